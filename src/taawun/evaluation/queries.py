"""Questions about evaluations: who is independent, what was found, what still waits for an answer."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from taawun.cycle import rights
from taawun.cycle.actions import fiscal_year_of
from taawun.cycle.models import Operation, Party, TeamFunction, TeamMember, settings_for
from taawun.cycle.queries import operations_among
from taawun.directory.roles import Role
from taawun.evaluation.judging import known, rule_set
from taawun.evaluation.models import Evaluation, Recommendation
from taawun.foundation.models import AuditEvent
from taawun.foundation.readable import Cases
from taawun.foundation.requests import there
from taawun.foundation.seats import on_paper, recording_office
from taawun.foundation.standing import Standing, standing
from taawun.kernel import ratings
from taawun.kernel.ratings import RuleSet

SHOWN_FROM_COMPLETED = ("completed", "ex_post_due", "evaluated", "closed")
NAMED_IN = ("completed", "ex_post_due")
WRITTEN_IN = ("ex_post_due",)
ANSWERED_IN = ("evaluated",)
ANSWERED = "recommendation-answered"
READABLE_IN = ("evaluated", "closed")


def evaluation_of(operation: Operation) -> Evaluation | None:
    """The operation's evaluation, once an evaluator is named."""
    return (
        Evaluation.objects.filter(operation=operation)
        .select_related("evaluator__person", "evaluator__organisation")
        .prefetch_related("ratings", "recommendations__owner", "recommendations__responded_by__person")
        .first()
    )


def letters_that_answer(operation: Operation) -> dict[int, str]:
    """By the number of each recommendation the letter that answers it, where its owner does not sign in; else "".

    One SQL statement. Empty too where the letter's number was erased from the record.
    """
    told: dict[int, str] = {}
    acts = AuditEvent.objects.filter(kind=operation.kind, subject_id=operation.pk, step=ANSWERED)
    for event in acts.select_related("detail").order_by("id"):
        data = event.detail.data if hasattr(event, "detail") else {}
        told[data.get("number", 0)] = data.get("on_paper", {}).get("number", "")
    return told


def rules_of(evaluation: Evaluation) -> RuleSet | None:
    """The rule set an evaluation goes by; None where the provider rates nothing."""
    return rule_set(evaluation.rule_set, evaluation.rule_set_version)


def rules_in_force(operation: Operation, day: date) -> RuleSet | None:
    """The version of the provider's rating scheme in force on a day; None where it has none."""
    settings = settings_for(operation)
    if not settings.rating_rules:
        return None
    return ratings.in_force(known(), settings.rating_rules, fiscal_year_of(day, settings))


def may_read(operation: Operation, user: Any) -> bool:
    """Whether the findings are open to this person: to all parties once recorded, before to the evaluator alone."""
    return operation.state in READABLE_IN or standing(user).person_id in operation.evaluator_ids


def on_findings_read(user: Any, cases: Cases | None = None) -> Q:
    """On an operation the person may know of and whose findings are open to them: `may_read` of all at once."""
    person_id = standing(user).person_id or 0  # nobody
    named = TeamMember.objects.order_by().filter(function=TeamFunction.EVALUATOR, person_id=person_id)
    read = Operation.objects.order_by().filter(
        Q(state__in=READABLE_IN) | Q(pk__in=named.values("operation_id"))
    )
    among = read.filter(pk__in=operations_among(user, cases))
    return Q(Exists(among.filter(pk=OuterRef("subject_id"))))


def may_name(operation: Operation, user: Any) -> bool:
    """Whether a page offers this person to name the evaluator, or another one."""
    return operation.state in NAMED_IN and rights.seat_for(operation, user, "name-evaluator") is not None


# ── Recommendations ──


def owners_of(operation: Operation) -> dict[int, Party]:
    """The parties a recommendation may be addressed to, by organisation; the part that signs speaks first."""
    rows = sorted(operation.party_rows, key=lambda party: party.signs)
    return {party.organisation_id: party for party in rows}


def answering_seat(operation: Operation, owner_id: int, who: Standing) -> tuple[int, str] | None:
    """The post in which a person may answer for the owner of a recommendation."""
    party = owners_of(operation).get(owner_id)
    seats = [(party.acts_through_id, party.acts_as)] if party else []
    seats += [(owner_id, Role.DESK), (owner_id, Role.LINE_OFFICER)]
    held = [seat for seat in seats if seat in who.posts]
    return min(held, key=lambda seat: seat in who.delegated, default=None)


def office_recording(operation: Operation, owner_id: int, who: Standing) -> int | None:
    """The office in which a person records the letter of an owner that does not sign in; None for anybody else."""
    party = owners_of(operation).get(owner_id)
    through = party.acts_through_id if party else owner_id
    return recording_office(operation, who) if through in on_paper(operation) else None


def answers_by_letter(operation: Operation, recommendation: Recommendation, user: Any) -> bool:
    """Whether this person answers only by recording the letter of the owner."""
    owner, who = recommendation.owner_id, standing(user)
    return answering_seat(operation, owner, who) is None and bool(office_recording(operation, owner, who))


def answers_for(operation: Operation, recommendation: Recommendation, user: Any) -> bool:
    """Whether this person acts for the owner of the recommendation, in its seat or by recording its letter."""
    owner, who = recommendation.owner_id, standing(user)
    return rights.seat_for(operation, user, "recommendation-response") is not None and (
        answering_seat(operation, owner, who) is not None
        or office_recording(operation, owner, who) is not None
    )


def may_answer(operation: Operation, recommendation: Recommendation, user: Any) -> bool:
    """Whether a page offers this person to answer the recommendation."""
    return operation.state in ANSWERED_IN and answers_for(operation, recommendation, user)


def recommendation_of(operation: Operation, pk: int) -> Recommendation:
    """A recommendation of this operation's evaluation; another's is not there."""
    found = there(
        Recommendation.objects.filter(pk=pk, evaluation__operation=operation).select_related("owner").first()
    )
    return found
