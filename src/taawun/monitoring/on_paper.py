"""A party that does not sign in stands by a sheet by letter: the recording office enters it on its behalf (ADR 15)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from taawun.cycle.actions import mark_monitored
from taawun.cycle.models import Operation, Party
from taawun.cycle.pages import operation_page
from taawun.foundation import clock, editing
from taawun.foundation.audit import label_of, record
from taawun.foundation.forms import letter_fields
from taawun.foundation.models import User
from taawun.foundation.once import once
from taawun.foundation.ports import Obstacle, registry
from taawun.foundation.requests import SignedRequest
from taawun.foundation.seats import Letter, missing_of_letter, on_paper, recording_office
from taawun.foundation.standing import fresh_standing, standing
from taawun.foundation.steps import Refused
from taawun.foundation.tasks import sync_tasks
from taawun.letters.actions import letter_of_entry
from taawun.monitoring import queries, settling
from taawun.monitoring.models import Sheet, SheetConfirmation


def parties_on_paper(operation: Operation, user: Any, state: Any) -> list[Party]:
    """The parties whose confirmation of a sheet is still awaited and comes by letter, for whoever records it."""
    if queries.is_shut(operation, "sheet-confirmation") or not recording_office(operation, standing(user)):
        return []
    paper = on_paper(operation)
    return [party for party in state.open if party.acts_through_id in paper]


def confirm_on_paper(sheet: Sheet, party: Party, *, actor: User, version: int, letter: Letter) -> Sheet:
    """Record by its letter that a party on paper stands by a sheet. When every signing party does, the sheet is in.

    For the recording office alone (403). `version` is the one the letter speaks of: refuses when the sheet has changed
    since, a letter without number, date or scan, and a second confirmation; `Frozen` when nobody confirms any more.
    """
    with transaction.atomic():
        operation = Operation.objects.select_for_update(of=("self",)).get(pk=sheet.operation_id)
        office = recording_office(operation, fresh_standing(actor))
        if office is None or party.acts_through_id not in on_paper(operation):
            raise PermissionDenied
        if queries.is_shut(operation, "sheet-confirmation"):
            raise editing.Frozen
        held = Sheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk, operation=operation)
        obstacles = missing_of_letter(letter)
        if held.version != version:
            text = _("The sheet was changed since you opened it: read it again before you confirm it.")
            obstacles.append(Obstacle(text))
        if party.pk not in {p.pk for p in queries.state_of(operation, held).open}:
            obstacles.append(Obstacle(_("This party has confirmed the sheet already.")))
        if obstacles or letter.dated_on is None:
            raise Refused(obstacles)
        settling.refuse_own_dispute(operation, held, party.pk, party.organisation.name)
        SheetConfirmation.objects.create(sheet=held, party=party, confirmed_on=letter.dated_on, by=actor)
        _enter(operation, held, party, office, actor, letter)
        if queries.state_of(operation, held).complete:
            mark_monitored(operation, on=clock.today(), actor=actor)
            settling.settle_confirmed(operation, held, actor)
        sync_tasks(operation)
    return held


def _enter(
    operation: Operation, sheet: Sheet, party: Party, office: int, actor: User, letter: Letter
) -> None:
    seat = operation.workflow.recorder
    event = record(
        operation,
        "sheet-confirmed",
        actor=actor,
        organisation_id=office,
        role=seat.role if seat else "",
        on_behalf_of_id=party.organisation_id,
        acted_on=letter.dated_on,
        detail={
            "sheet": sheet.number,
            "on_paper": {"number": letter.number, "dated_on": letter.dated_on},
        },
    )
    registry.services["keep-letter"](letter.scan, actor, event)
    done = label_of(Operation.kind, "sheet-confirmed")
    letter_of_entry(operation, event, letter, done=done, actor=actor)


class LetterForm(forms.Form):
    """The letter by which a party stands by a sheet."""

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= letter_fields(user)

    def letter(self) -> Letter:
        """The letter as typed."""
        held = self.cleaned_data
        return Letter(held["letter_number"], held["letter_date"], held["letter_scan"])


def confirm_on_paper_page(request: SignedRequest, pk: int, number: int, party_pk: int) -> HttpResponse:
    """Record the letter by which a party on paper confirms a sheet."""
    operation, context = operation_page(request, pk, "sheets")
    sheet = queries.sheet_of(operation, number)
    state = queries.state_of(operation, sheet)
    party = next((p for p in parties_on_paper(operation, request.user, state) if p.pk == party_pk), None)
    back = reverse("monitoring:sheet", args=[pk, number])
    if party is None:
        if not recording_office(operation, standing(request.user)):
            raise Http404
        text = _("No confirmation of this party by letter is awaited.")
        return render(
            request,
            "409.html",
            {"heading": _("Confirm by letter"), "obstacles": [Obstacle(text)], "back": back},
            status=409,
        )
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = LetterForm(*posted, user=request.user)
    context |= {"form": form, "party": party, "sheet": sheet, "back": back}
    if not form.is_bound or not form.is_valid():
        return render(request, "monitoring/on_paper.html", context, status=422 if form.is_bound else 200)

    def act() -> str:
        version, letter = sheet.version, form.letter()
        confirm_on_paper(sheet, party, actor=request.user, version=version, letter=letter)
        messages.success(request, _("Confirmed and recorded."))
        return back

    try:
        return HttpResponseRedirect(once(request.user, request.POST.get("once", ""), act))
    except Refused as refusal:
        context |= {"obstacles": refusal.obstacles}
        return render(request, "monitoring/on_paper.html", context, status=409)
