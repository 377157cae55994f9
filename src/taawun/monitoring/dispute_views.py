"""The pages of disputes: which figures are disputed, disputing one, explaining and settling it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from taawun.cycle import rights
from taawun.cycle.models import Operation, Party
from taawun.cycle.pages import operation_page
from taawun.foundation.answers import answered_once
from taawun.foundation.once import once
from taawun.foundation.ports import Obstacle
from taawun.foundation.requests import SignedRequest, there
from taawun.foundation.standing import standing
from taawun.foundation.steps import Refused
from taawun.meetings.queries import meetings_of
from taawun.monitoring import dispute_letters, disputes as held, disputing, queries, settling
from taawun.monitoring.dispute_forms import CommitteeForm, DisputeForm, DisputeLetterForm, ExplanationForm
from taawun.monitoring.disputes import Disputed
from taawun.monitoring.figures import in_words
from taawun.monitoring.models import DisputeKind


@login_required
@require_safe
def disputes(request: SignedRequest, pk: int) -> HttpResponse:
    """Every figure of an operation that is or was disputed."""
    operation, context = operation_page(request, pk, "sheets")
    context |= {"disputes": held.disputes_of(operation)}
    return render(request, "monitoring/disputes.html", context)


# ── Disputing ──


@login_required
def dispute_new(request: SignedRequest, pk: int, figure: str) -> HttpResponse:
    """Dispute a figure, with the reason."""
    return answered_once(request, lambda: _answer_new(request, pk, figure))


def figure_of(operation: Operation, figure: str) -> tuple[held.Place, Any]:
    """The figure an address names, with its row: value-12, input-7, section-impact; nothing else is there."""
    kind, _dash, rest = figure.partition("-")
    if kind == DisputeKind.SECTION:
        report = queries.report_of(operation)
        place = (kind, report.pk if report else 0, rest)
    else:
        known = rest.isascii() and rest.isdigit() and len(rest) < 16
        place = (kind, int(rest) if known else 0, "")
    thing = there(held.read(operation, [place]).get(place))
    return place, thing


def _answer_new(request: SignedRequest, pk: int, figure: str) -> HttpResponse:
    operation, context = operation_page(request, pk, "sheets")
    sides = held.own_party(operation, request.user), dispute_letters.by_letter(operation, request.user)
    if not any(sides):
        raise PermissionDenied
    place, thing = figure_of(operation, figure)
    form = _form_of(request, held.author_of(operation, thing), *sides)
    says = held.said(thing, place[2])
    context |= {
        "form": form,
        "figure": held.name_of(place, thing),
        "says": in_words(says),
        "saw": held.fingerprint(says),
        "back": place_of(operation, place, thing),
    }
    if late := disputing.too_late(operation, place[0]):
        told = {"heading": _("Dispute a figure"), "obstacles": [Obstacle(text) for text in late]}
        return render(request, "409.html", told | {"back": context["back"]}, status=409)
    if request.method != "POST" or not form.is_valid():
        return render(request, "monitoring/dispute_new.html", context, status=422 if form.is_bound else 200)

    def act() -> str:
        made = disputing.dispute_figure(
            operation,
            place,
            reason=form.cleaned_data["reason"],
            saw=request.POST.get("saw", ""),
            actor=request.user,
            paper=form.paper(),
        )
        messages.success(request, _("Disputed and recorded: the figure is marked wherever it appears."))
        return made.get_absolute_url()

    try:
        return HttpResponseRedirect(once(request.user, request.POST.get("once", ""), act))
    except Refused as refusal:
        context["obstacles"] = refusal.obstacles
        return render(request, "monitoring/dispute_new.html", context, status=409)


def _form_of(
    request: SignedRequest, author: Party | None, own: Party | None, others: list[Party]
) -> DisputeForm:
    """The form, for those of one's sides that can dispute what the author reported."""
    others = [party for party in others if party != author] or ([] if own else others)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    own = None if others and own == author else own
    return DisputeForm(*posted, user=request.user, own=own, others=others)


def place_of(operation: Operation, place: held.Place, thing: Any) -> str:
    """Where one sees the figure."""
    if place[0] != DisputeKind.VALUE:
        return reverse("monitoring:completion", args=[operation.pk])
    if thing is not None and thing.sheet:
        return reverse("monitoring:sheet", args=[operation.pk, thing.sheet.number])
    return reverse("monitoring:sheets", args=[operation.pk])


# ── Explaining and settling ──


@login_required
def dispute(request: SignedRequest, pk: int, ref: int) -> HttpResponse:
    """One dispute: what is disputed, by whom, why; how it was explained, and how it was or may be settled."""
    return answered_once(request, lambda: _answer_dispute(request, pk, ref))


def _answer_dispute(request: SignedRequest, pk: int, ref: int) -> HttpResponse:
    operation, context = operation_page(request, pk, "sheets")
    found = held.dispute_of(operation, ref)
    how = request.POST.get("settle", "")
    forms: dict[str, Any] = {
        "explain": ExplanationForm(request.POST if how == "explain" else None),
        "committee": CommitteeForm(
            request.POST if how == "committee" else None, meetings=meetings_of(operation)
        ),
    }
    if choices := _letters_expected(operation, found, request.user):
        posted = (request.POST, request.FILES) if how == "letter" else ()
        forms["letter"] = DisputeLetterForm(*posted, user=request.user, choices=choices)
    context |= _shown(request, operation, found) | {"forms": forms}
    if request.method != "POST":
        return render(request, "monitoring/dispute.html", context)
    if any(form.is_bound and not form.is_valid() for form in forms.values()):
        return render(request, "monitoring/dispute.html", context, status=422)
    try:
        return HttpResponseRedirect(
            once(request.user, request.POST.get("once", ""), lambda: _act(request, found, how, forms))
        )
    except Refused as refusal:
        context |= _shown(request, operation, held.dispute_of(operation, ref))
        context["obstacles"] = refusal.obstacles
        return render(request, "monitoring/dispute.html", context, status=409)


def _shown(request: SignedRequest, operation: Operation, found: Disputed) -> dict[str, Any]:
    one = found.dispute
    own = held.own_party(operation, request.user)
    return {
        "dispute": one,
        "found": found,
        "saw": held.fingerprint(found.says),
        "mine": one.is_open and own is not None and own.pk == one.party_id,
        "may_explain": one.is_open and _answers(request.user, operation, found),
        "may_record": one.is_open and rights.seat_for(operation, request.user, "meeting"),
        "letters": dispute_letters.letters_about(one),
        "can_settle": held.can_settle(one),
        "where": place_of(operation, one.place, found.thing),
        "back": reverse("monitoring:disputes", args=[operation.pk]),
    }


def _answers(user: Any, operation: Operation, found: Disputed) -> bool:
    """Whether this person answers for the figure, while that can still be done."""
    seat = rights.seat_for(operation, user, "dispute-answer")
    if seat is None or disputing.too_late(operation, found.dispute.kind):
        return False
    return queries.party_of(operation, seat[1], seat[0].role) in held.answering(operation, found.dispute)


def _letters_expected(operation: Operation, found: Disputed, user: Any) -> list[tuple[str, str]]:
    """What the letters of parties on paper may say about a dispute, for whoever records them."""
    one, choices = found.dispute, []
    if not one.is_open:
        return []
    answering = [] if disputing.too_late(operation, one.kind) else held.answering(operation, one)
    for party in dispute_letters.recorded_for(operation, standing(user)):
        told = {"party": party.organisation.name}
        if party.pk == one.party_id:
            accepts = (
                _("%(party)s accepts the corrected figure")
                if found.corrected
                else _("%(party)s accepts the figure as it stands")
            )
            choices.append((f"accept-{party.pk}", accepts % told))
            choices.append((f"withdraw-{party.pk}", _("%(party)s withdraws the dispute") % told))
        elif party in answering:
            choices.append((f"explain-{party.pk}", _("%(party)s explains the figure") % told))
    return choices


def _act(request: SignedRequest, found: Disputed, how: str, forms: dict[str, Any]) -> str:
    actor, saw, one, paper = request.user, request.POST.get("saw", ""), found.dispute, None
    text = forms["explain"].cleaned_data["text"] if how == "explain" else ""
    if how == "letter" and "letter" in forms:
        how, paper = forms["letter"].act()
        text = forms["letter"].cleaned_data.get("text", "")
    if how == "explain":
        disputing.explain(one, text=text, actor=actor, paper=paper)
        messages.success(
            request, _("Explained and recorded: whoever disputes the figure is asked to accept it.")
        )
        return one.get_absolute_url()
    if how == "committee":
        settling.settle_by_committee(one, forms["committee"].cleaned_data["meeting"], saw=saw, actor=actor)
    elif how == "withdraw":
        settling.withdraw(one, actor=actor, paper=paper)
    elif how == "accept":
        settling.accept(one, actor=actor, saw=saw, paper=paper)
    else:
        raise Refused([Obstacle(_("Choose how the dispute is settled."))])
    messages.success(request, _("Settled and recorded: the mark is gone."))
    return one.get_absolute_url()
