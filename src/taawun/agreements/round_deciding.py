"""The page on which each change of a text that came back is answered."""

from typing import Any

from django.utils.translation import gettext as _

from taawun.agreements import negotiation, queries
from taawun.agreements.actions.round_decisions import Decision, decide
from taawun.agreements.actions.rounds import State
from taawun.agreements.models import NegotiationRound
from taawun.agreements.round_forms import YES, DecisionRows, RemarksForm
from taawun.cycle.models import Operation
from taawun.foundation.bundle import Bundle
from taawun.foundation.pages import FormPage
from taawun.foundation.requests import SignedRequest
from taawun.kernel.negotiating import open_places


def decision_page(
    request: SignedRequest, operation: Operation, held: NegotiationRound, context: dict[str, Any]
) -> FormPage:
    """Answer each change, then bring the accepted ones into the text."""
    actor: Any = request.user
    comparison = negotiation.comparison_of(held)
    places = open_places(comparison)
    initial = [{"place": place} for place in places]

    def build(data: Any, files: Any) -> Bundle:
        rows = DecisionRows(data, initial=initial, prefix="rows")
        for form, place in zip(rows.forms, places, strict=False):
            form.change = comparison.rows[place]
        return Bundle(RemarksForm(data), [rows])

    def save(bundle: Bundle, base: int) -> None:
        answers = [
            Decision(one["place"], one["answer"] == YES, one["remark"])
            for one in (form.cleaned_data for form in bundle.rows[0].forms)
        ]
        decide(held, answers, actor=actor, base_version=base)

    return FormPage(
        case=operation,
        part=f"text-round-{held.number}",
        title=_("Decide of the changes"),
        version=held.version,
        build=build,
        save=save,
        done=held.get_absolute_url(),
        template="agreements/round_decide.html",
        shut=held.state != State.BACK or not queries.waits(held, operation),
        why_shut=_("Nothing waits for a decision on this text: it was decided, withdrawn or signed."),
        extra={"crumbs": context["crumbs"], "comparison": comparison, "round": held},
    )
