"""What people do to requests and operations besides moving their state."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Max, Q
from django.utils.translation import gettext as _

from taawun.cycle import rights, rows, team
from taawun.cycle.models import (
    AppraisalNote,
    Component,
    Consent,
    CooperationRequest,
    Counter,
    Lot,
    Operation,
    OperationPart,
    Opinion,
    Party,
    ProviderSettings,
    RequestInput,
    RequestOutput,
    Round,
)
from taawun.directory.models import Organisation
from taawun.directory.queries import coordination_body_of, country_office_for
from taawun.directory.roles import Role
from taawun.foundation import clock, editing
from taawun.foundation.audit import record
from taawun.foundation.models import User
from taawun.foundation.ports import Obstacle
from taawun.foundation.standing import fresh_standing
from taawun.foundation.steps import Context, Refused, perform
from taawun.foundation.tasks import sync_tasks

BEFORE_THE_START = ("planning", "appraised", "agreed")


def next_number(series: str) -> int:
    """The next number of a series, without gap or double: the series' row stays locked until the act is done."""
    Counter.objects.get_or_create(series=series)
    Counter.objects.filter(series=series).update(last=F("last") + 1)
    return Counter.objects.values_list("last", flat=True).get(series=series)


def settings_of(provider_id: int) -> ProviderSettings:
    """The provider's settings; one without any works by the defaults."""
    found = ProviderSettings.objects.filter(provider_id=provider_id).first()
    return found or ProviderSettings(provider_id=provider_id, preset="default")


def fiscal_year_of(day: date, settings: ProviderSettings) -> int:
    """The fiscal year a day belongs to, named by the year it begins in."""
    return day.year if day.month >= settings.fiscal_year_start else day.year - 1


def case_number(country_id: str, sort: str, day: date, settings: ProviderSettings) -> str:
    """CC-YYYY-SORT-NNNN: stable, quoted on paper (domain.md §11)."""
    series = f"{country_id.partition(':')[2]}-{fiscal_year_of(day, settings)}-{sort}"
    return f"{series}-{next_number(series):04d}"


# ── The request ──


def begin_request(
    *, actor: User, requesting: Organisation, provider: Organisation, values: dict[str, Any]
) -> CooperationRequest:
    """Open an idea for an organisation the actor is an officer of; refuses (403) anyone else.

    The coordination body and the provider's office follow from the country: nobody chooses them.
    """
    if requesting.pk not in fresh_standing(actor).holding(Role.LINE_OFFICER):
        raise PermissionDenied
    coordination = coordination_body_of(requesting.country_id)
    office = country_office_for(provider.pk, requesting.country_id)
    if coordination is None or office is None:
        raise Refused(
            [
                Obstacle(
                    _(
                        "No coordination body or country office is known for this country and provider: "
                        "ask your administrator."
                    )
                )
            ]
        )
    with transaction.atomic():
        made = CooperationRequest.objects.create(
            state="idea",
            state_since=clock.now(),
            country_id=requesting.country_id,
            requesting=requesting,
            coordination=coordination,
            provider=provider,
            country_office=office,
            implementing=requesting,
            created_by=actor,
            is_example=requesting.is_example,
            **values,
        )
        record(made, "begun", actor=actor, organisation_id=requesting.pk, role=Role.LINE_OFFICER)
        sync_tasks(made)
    return made


def save_request_part(
    coop_request: CooperationRequest, part: str, values: dict[str, Any], *, actor: User, base_version: int
) -> CooperationRequest:
    """Save one part of a request's form; never over another's save (`editing.Conflict`)."""
    rights.require(coop_request, actor, "request-texts")
    with transaction.atomic():
        saved = editing.save_part(coop_request, part, values, actor=actor, base_version=base_version)
        sync_tasks(saved)
    return saved


def save_request_rows(
    coop_request: CooperationRequest,
    part: str,
    given: list[dict[str, Any]],
    *,
    actor: User,
    base_version: int,
) -> CooperationRequest:
    """Save a part that is rows (outputs with activities, inputs): the rows given replace those held.

    Never over another's save (`editing.Conflict`); what says the same changes nothing. Raises `editing.Frozen` once
    the request is submitted.
    """
    rights.require(coop_request, actor, "request-texts")
    names, lines = rows.OF_A_REQUEST[part]
    with transaction.atomic():
        locked = CooperationRequest.objects.select_for_update(of=("self",)).get(pk=coop_request.pk)
        if not locked.is_editable:
            raise editing.Frozen
        held = rows.values_of(getattr(locked, part).all(), names)
        wanted = rows.values_of(given, names)
        if held != wanted:
            editing.bump(locked, base_version, theirs=lines(held), mine=lines(wanted))
            _replace_rows(locked, part, wanted)
            record(locked, "edited", actor=actor, detail={"part": part, "changed": {part: [held, wanted]}})
            sync_tasks(locked)
    return locked


def _replace_rows(coop_request: CooperationRequest, part: str, wanted: list[dict[str, Any]]) -> None:
    getattr(coop_request, part).all().delete()
    if part == "outputs":
        RequestOutput.objects.bulk_create(
            RequestOutput(coop_request=coop_request, number=n, **row) for n, row in enumerate(wanted, start=1)
        )
    else:
        RequestInput.objects.bulk_create(RequestInput(coop_request=coop_request, **row) for row in wanted)


def rank_lot(requests: list[CooperationRequest], ranks: dict[int, int], *, actor: User) -> None:
    """Set the ranks of retained requests of one provider and round, before they are forwarded. Changed freely."""
    with transaction.atomic():
        held = {
            r.pk: r
            for r in CooperationRequest.objects.select_for_update(of=("self",))
            .filter(pk__in=[r.pk for r in requests])
            .order_by("pk")
        }
        for pk, coop_request in held.items():
            _require_coordination(coop_request, actor)
            if coop_request.state != "retained":
                raise Refused(
                    [
                        Obstacle(
                            _("“%(title)s” is no longer in the list: it has moved on.")
                            % {"title": coop_request.title}
                        )
                    ]
                )
            if coop_request.rank != ranks[pk]:
                CooperationRequest.objects.filter(pk=pk).update(rank=ranks[pk])
                record(coop_request, "ranked", actor=actor, detail={"rank": [coop_request.rank, ranks[pk]]})


def _require_coordination(coop_request: CooperationRequest, actor: User) -> None:
    if coop_request.coordination_id not in fresh_standing(actor).holding(Role.COORDINATION):
        raise PermissionDenied


def lot_of(coop_request: CooperationRequest) -> list[CooperationRequest]:
    """The retained requests that would be forwarded with this one, by rank."""
    return list(
        CooperationRequest.objects.filter(
            coordination_id=coop_request.coordination_id,
            provider_id=coop_request.provider_id,
            round_id=_round(coop_request),
            state="retained",
        ).order_by(F("rank").asc(nulls_last=True), "pk")
    )


def _round(coop_request: CooperationRequest) -> int:
    """The round a request stands in; it entered one when it was submitted."""
    if coop_request.round_id is None:
        raise Refused([Obstacle(_("The request stands in no round."))])
    return coop_request.round_id


def forward_lot(
    requests: list[CooperationRequest], *, actor: User, letter_number: str, letter_date: date, key: Any = None
) -> Lot:
    """Forward a ranked list to the provider under one covering letter: all of it, or nothing (`Refused`).

    Ranks run 1…n without gap; they are frozen from here on. Each request records its own step.
    """
    if not requests:
        raise Refused([Obstacle(_("No retained request waits in this round."))])
    first = requests[0]
    with transaction.atomic():
        # The round's row orders competing forwards: two officers cannot both send the list.
        Round.objects.select_for_update().get(pk=_round(first))
        present = lot_of(first)
        if {r.pk for r in present} != {r.pk for r in requests}:
            raise Refused([Obstacle(_("The list has changed meanwhile: look at it again before it leaves."))])
        lot = Lot.objects.create(
            coordination_id=first.coordination_id,
            provider_id=first.provider_id,
            round_id=_round(first),
            letter_number=letter_number,
            letter_date=letter_date,
        )
        for coop_request in present:
            perform(coop_request, "forward", actor=actor, acted_on=letter_date, data={"lot": lot})
    return lot


def rank_last(coop_request: CooperationRequest, ctx: Context) -> None:
    """A retained request enters at the end of its round's list; those already forwarded keep their ranks."""
    # Two retained at once follow one another: else both would take the same rank.
    Round.objects.select_for_update().get(pk=_round(coop_request))
    last = (
        CooperationRequest.objects.filter(
            coordination_id=coop_request.coordination_id,
            provider_id=coop_request.provider_id,
            round_id=_round(coop_request),
        )
        .filter(Q(state="retained") | Q(lot__isnull=False))
        .aggregate(last=Max("rank"))["last"]
    )
    coop_request.rank = (last or 0) + 1
    coop_request.save(update_fields=["rank"])


def ask_opinions(coop_request: CooperationRequest, ctx: Context) -> None:
    """Ask each chosen ministry for its opinion, with the deadline; each sees this case only."""
    due = ctx.data.get("due_on") or clock.today() + timedelta(
        days=settings_of(coop_request.provider_id).opinion_days
    )
    for organisation in ctx.data.get("ministries", ()):
        Opinion.objects.create(
            coop_request=coop_request, organisation=organisation, asked_on=ctx.acted_on, due_on=due
        )


def give_opinion(opinion: Opinion, *, verdict: str, text: str, actor: User) -> Opinion:
    """Answer for the ministry asked: once, while the request is under review. Refuses anyone else (403)."""
    with transaction.atomic():
        coop_request = CooperationRequest.objects.select_for_update(of=("self",)).get(
            pk=opinion.coop_request_id
        )
        held = Opinion.objects.select_for_update().get(pk=opinion.pk)
        if held.organisation_id not in fresh_standing(actor).holding(Role.OPINION):
            raise PermissionDenied
        if coop_request.state != "under_review":
            raise Refused([Obstacle(_("The review is over: the opinion can no longer be given."))])
        if held.given_on:
            raise Refused([Obstacle(_("Your ministry has already given its opinion."))])
        held.verdict, held.text, held.given_on, held.given_by = verdict, text, clock.today(), actor
        held.save()
        record(
            coop_request,
            "opinion",
            actor=actor,
            organisation_id=held.organisation_id,
            role=Role.OPINION,
            audience_id=coop_request.provider_id,
            detail={"verdict": verdict},
        )
        sync_tasks(coop_request)
    return held


def write_appraisal_note(
    coop_request: CooperationRequest, text: str, *, actor: User, base_version: int
) -> AppraisalNote:
    """Write the desk's internal assessment. A change voids approvals already given: they approved another text."""
    with transaction.atomic():
        locked = CooperationRequest.objects.select_for_update(of=("self",)).get(pk=coop_request.pk)
        seat, organisation_id = rights.require(locked, actor, "appraisal-note")
        if locked.state != "under_review":
            raise editing.Frozen
        note = AppraisalNote.objects.filter(coop_request=locked).first()
        if note is None:
            note = AppraisalNote.objects.create(coop_request=locked, text=text, written_by=actor)
        elif note.text == text:
            return note
        else:
            editing.bump(note, base_version, theirs={"text": note.text}, mine={"text": text})
            AppraisalNote.objects.filter(pk=note.pk).update(
                text=text, written_by=actor, written_at=clock.now()
            )
        void_consents(locked, "adopt")
        record(
            locked,
            "appraisal-note",
            actor=actor,
            organisation_id=organisation_id,
            role=seat.role,
            audience_id=locked.provider_id,
        )
        sync_tasks(locked)
    return note


# ── Consents ──


def void_consents(case: Any, step: str) -> int:
    """What was consented to has changed: the consents given so far no longer count. Returns how many."""
    held = Consent.objects.filter(**_consent_subject(case), step=step, voided_at__isnull=True)
    voided = held.update(voided_at=clock.now())
    if voided:
        sync_tasks(case)
    return voided


def _consent_subject(case: Any) -> dict[str, Any]:
    return {"coop_request_id": case.pk} if case.kind == "request" else {"operation_id": case.pk}


def consents_given(case: Any, step: str) -> list[Consent]:
    """The consents that count, in the order they were given."""
    return list(
        Consent.objects.filter(**_consent_subject(case), step=step, voided_at__isnull=True).select_related(
            "organisation"
        )
    )


def keep_consent(case: Any, ctx: Context) -> None:
    """Enter one seat's consent."""
    if ctx.organisation_id is None:
        raise PermissionDenied
    Consent.objects.create(
        **_consent_subject(case),
        step=ctx.step.name,
        organisation_id=ctx.organisation_id,
        given_by=ctx.actor,
        acted_on=ctx.acted_on,
    )


# ── The operation ──


def open_operation(coop_request: CooperationRequest, ctx: Context) -> None:
    """Open the operation a confirmed request leads to, everything carried over: nothing is typed twice."""
    settings = settings_of(coop_request.provider_id)
    operation = Operation.objects.create(
        state="planning",
        state_since=clock.now(),
        code=case_number(coop_request.country_id, "PRJ", ctx.acted_on, settings),
        language=coop_request.language,
        title=coop_request.title,
        modality_id=coop_request.modality_id,
        country_id=coop_request.country_id,
        sector_id=coop_request.sector_id,
        coop_request=coop_request,
        provider_id=coop_request.provider_id,
        country_office_id=coop_request.country_office_id,
        site=coop_request.site,
        starts_on=coop_request.starts_on,
        ends_on=coop_request.ends_on,
        opened_on=ctx.acted_on,
        is_example=coop_request.is_example,
    )
    Party.objects.bulk_create(_parties(operation, coop_request))
    Component.objects.create(
        operation=operation,
        modality_id=coop_request.modality_id,
        title=coop_request.title,
        place=coop_request.site[:200],
        starts_on=coop_request.starts_on,
        ends_on=coop_request.ends_on,
        supplier_id=coop_request.provider_id,
    )
    record(
        operation,
        "opened",
        actor=ctx.actor,
        to_state="planning",
        acted_on=ctx.acted_on,
        detail={"request": coop_request.code},
    )
    ctx.notes["operation"] = operation.code
    ctx.data["operation"] = operation


def _parties(operation: Operation, coop_request: CooperationRequest) -> Iterable[Party]:
    implementing_id = coop_request.implementing_id or coop_request.requesting_id
    yield Party(
        operation=operation,
        organisation_id=implementing_id,
        part=OperationPart.IMPLEMENTING,
        signs=True,
        acts_through_id=implementing_id,
        acts_as=Role.LINE_OFFICER,
    )
    if coop_request.requesting_id != implementing_id:
        yield Party(
            operation=operation,
            organisation_id=coop_request.requesting_id,
            part=OperationPart.BENEFICIARY,
            acts_through_id=coop_request.requesting_id,
            acts_as=Role.LINE_OFFICER,
        )
    yield Party(
        operation=operation,
        organisation_id=coop_request.coordination_id,
        part=OperationPart.COORDINATION,
        acts_through_id=coop_request.coordination_id,
        acts_as=Role.COORDINATION,
    )
    yield Party(
        operation=operation,
        organisation_id=coop_request.provider_id,
        part=OperationPart.PROVIDER,
        signs=True,
        acts_through_id=coop_request.country_office_id,
        acts_as=Role.COUNTRY_OFFICE,
    )


def name_people(operation: Operation, given: list[dict[str, Any]], *, actor: User, base_version: int) -> None:
    """Set who works on the operation (directors, managers, counterparts, experts). Evaluators are named elsewhere.

    The rows given replace those that are not over yet. Of whoever is left out the function ends today; only one that
    has not begun vanishes. One that is over already stays, unless given anew from the same day: then it was struck
    out by mistake. Never over another's save (`editing.Conflict`); what says the same changes nothing. Refuses a
    person twice in one function from one day.
    """
    with transaction.atomic():
        locked = Operation.objects.select_for_update(of=("self",)).get(pk=operation.pk)
        seat, organisation_id = rights.require(locked, actor, "people")
        held_team = list(team.named_team(locked))
        held = rows.values_of(held_team, rows.MEMBER)
        wanted = rows.values_of(given, rows.MEMBER)
        if held == wanted:
            return
        _refuse_twice_named(wanted)
        editing.bump(locked, base_version, theirs=rows.member_lines(held), mine=rows.member_lines(wanted))
        left = team.left_out(held_team, wanted)
        team.replace(locked, held_team, left, wanted)
        record(
            locked,
            "people-named",
            actor=actor,
            organisation_id=organisation_id,
            role=seat.role,
            detail={"ended": [[member.function, member.person_id] for member in left]},
        )
        sync_tasks(locked)


def _refuse_twice_named(wanted: list[dict[str, Any]]) -> None:
    seen = [team.function_of(row) for row in wanted]
    twice = {row["person"].name for row, one in zip(wanted, seen, strict=True) if seen.count(one) > 1}
    if twice:
        raise Refused(
            [_("Named twice in one function from one day: %(name)s.") % {"name": name} for name in twice]
        )


def save_component(component: Component, values: dict[str, Any], *, actor: User, base_version: int) -> None:
    """Set a component's period, place, ceiling and supplier, and the date the supplier accepted them."""
    with transaction.atomic():
        locked = Operation.objects.select_for_update(of=("self",)).get(pk=component.operation_id)
        seat, organisation_id = rights.require(locked, actor, "component")
        if locked.state not in BEFORE_THE_START:
            raise editing.Frozen
        before = Component.objects.get(pk=component.pk, operation=locked)
        held = {name: getattr(before, name) for name in values}
        if held == values:
            return
        editing.bump(locked, base_version, theirs=held, mine=values)
        Component.objects.filter(pk=component.pk).update(**values)
        record(
            locked,
            "component-edited",
            actor=actor,
            organisation_id=organisation_id,
            role=seat.role,
            detail={"component": component.title},
        )
        sync_tasks(locked)


def mark_monitored(operation: Operation, *, on: date, actor: User | None) -> None:
    """The first monitoring sheet is in: the operation passes from station 3 to station 4 of the cycle."""
    Operation.objects.filter(pk=operation.pk, monitored_since__isnull=True).update(monitored_since=on)


def schedule_ex_post(operation: Operation, ctx: Context) -> None:
    """Completion starts the time to the ex-post evaluation (about three years: seed 1; the provider's setting)."""
    years = settings_of(operation.provider_id).ex_post_years
    operation.completed_on = ctx.acted_on
    operation.ex_post_on = ctx.acted_on + relativedelta(years=years)
    operation.save(update_fields=["completed_on", "ex_post_on"])


def tick(limit: int = 500) -> int:
    """The clock's own steps: ex-post evaluations that fall due. Safe to run twice; returns how many moved."""
    due = Operation.objects.filter(state="completed", ex_post_on__lte=clock.today()).order_by("ex_post_on")[
        :limit
    ]
    moved = 0
    for operation in due:
        try:
            perform(operation, "fall-due", actor=None)
            moved += 1
        except Refused:
            continue
    return moved
