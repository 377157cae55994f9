"""The postal case, led by its people from the idea to the lesson, for whoever looks at its doors on the way."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse

from taawun.agreements import actions as agreements
from taawun.agreements.actions import rounds
from taawun.agreements.models import Amendment, Instrument, LanguageVersion, NegotiationRound
from taawun.cycle import actions as cycle
from taawun.cycle.models import CooperationRequest, Operation, Opinion
from taawun.cycle.papers import of_operation
from taawun.evaluation import actions as evaluation
from taawun.evaluation.models import Evaluation, Recommendation
from taawun.foundation import clock, outbox
from taawun.foundation.steps import perform
from taawun.lessons import actions as lessons
from taawun.lessons.models import Citation, Lesson
from taawun.meetings import actions as meetings
from taawun.meetings.actions import GATE
from taawun.meetings.models import Meeting, Survey
from taawun.monitoring import disputes, disputing
from taawun.monitoring.models import Dispute, DisputeKind, IndicatorValue, Sheet
from taawun.papers import actions as papers
from taawun.papers.making import Page
from taawun.papers.models import File
from taawun.planning import actions as planning
from taawun.workspace.demo import operation as op, story
from taawun.workspace.demo.cast import organisation, user
from taawun.workspace.demo.exchange import reply, scan, sign
from taawun.workspace.demo.players import actor, person, says
from taawun.workspace.demo.scan import a_scan
from taawun.workspace.demo.walks import fall_due, review_results
from tests.doors.table import Door

NOT_THERE = 999_999_999
Stage = tuple[str, str]
Leg = Callable[[Any], Any]


# ── Where the demonstration does two things at once, and a door opens in between ──


def _adopt(made: CooperationRequest) -> CooperationRequest:
    """Adopted, and the note verbale is written: it has not left yet."""
    made = story.adopt(made)
    note = {
        "number": "JM-118",
        "dated_on": clock.today(),
        "prevailing_language": "en",
        "text": NOTE,
        "scan": None,
    }
    agreements.write_note(made, note, actor=actor("office"), base_version=0)
    return made


def _survey(made: Operation) -> Operation:
    """In planning, with the survey made for it."""
    mission = {"starts_on": clock.today(), "ends_on": clock.today(), "places": "Yangon", "minutes": ""}
    unsigned = {"signed_on": None, "signed_at": "", "scan": None}
    meetings.record_survey(made, mission | unsigned, [], [], actor=actor("desk"))
    return made


def _start(made: Operation) -> Operation:
    """Under way, with a sheet, a figure of it disputed, and a meeting, its minutes scanned, a revision of its design
    and an amendment being written.
    """
    made = op.monitor(op.start(made))
    _dispute(made)
    [meeting] = Meeting.objects.filter(operation=made)
    minutes = ContentFile(a_scan("Minutes"), name="minutes.pdf")
    meeting.minutes = papers.keep(minutes, actor=actor("office"), gate=GATE, subject_id=meeting.pk)
    meeting.save(update_fields=["minutes"])
    planning.save_grounds(
        operation=made, reason="For this test.", meeting=meeting, actor=actor("desk"), base_version=0
    )
    proposed = {"reason": "For this test.", "starts_on": made.starts_on, "ends_on": made.ends_on}
    agreements.write_amendment(
        made, proposed | {"with_revision": True}, [], actor=actor("office"), base_version=0
    )
    _send_text(made)
    scan("Half sent", actor("office"))  # waits for a form that was never finished
    return made


def _send_text(made: Operation) -> None:
    """The text of the amendment, with the partner."""
    held = Amendment.objects.get(operation=made)
    values = {"number": "", "dated_on": None, "place": "", "prevailing_language": "en", "scan": None}
    text = {"language": "en", "authentic": True, "text": "1. Subject\nFor this test."}
    agreements.write_amendment_text(
        made, values, [text], [], actor=actor("office"), base_version=held.instrument.version
    )
    rounds.send_text(
        made,
        LanguageVersion.objects.select_related("instrument").get(instrument=held.instrument),
        next(party for party in made.party_rows if party.organisation.slug == "mm-post"),
        message="",
        paper=of_operation(made, "amendment"),
        page=Page("<html><head></head><body><main></main></body></html>", "Amendment", "/", "en"),
        origin="https://taawun.example",
        actor=actor("office"),
    )


def _dispute(made: Operation) -> None:
    """The partner disputes what the office says in the sheet: later it reports it anew, so it stops nobody."""
    value = IndicatorValue.objects.filter(operation=made, organisation=organisation("jica")).earliest("pk")
    disputing.dispute_figure(
        made,
        (DisputeKind.VALUE, value.pk, ""),
        reason="For this test.",
        saw=disputes.fingerprint(disputes.said(value)),
        actor=actor("line"),
    )


def _fall_due(made: Operation) -> Operation:
    """Due, an evaluator named and their findings half written."""
    made = fall_due(made)
    evaluation.name_evaluator(made, person=person("evaluator"), actor=actor("desk"))
    held = Evaluation.objects.get(operation=made)
    findings = evaluation.Findings(
        evaluated_on=clock.today(),
        summary=says().EVALUATION,
        evidence=says().EVIDENCE,
        levels=says().LEVELS,
        recommendations=((says().RECOMMENDATION, organisation("mm-post").pk),),
    )
    evaluation.save_evaluation(held, findings, actor=actor("evaluator"), base_version=held.version)
    return Operation.objects.get(pk=made.pk)


def _decided(made: CooperationRequest, step: str) -> CooperationRequest:
    """The opinions are in, the note is written, and a seat decides against it."""
    story.opine(made)
    code = {"reason_code": "decision-reason:budget"}
    return perform(made, step, actor=user("mofa-approver"), reason="For this test.", data=code)


def _activity() -> Operation:
    """A mission no request led to, supplied by a ministry of the provider's country."""
    desk, day = user("desk"), clock.today()
    values = {
        "title": "Expert mission on addressing",
        "language": "en",
        "modality_id": "modality:expert",
        "starts_on": day,
        "ends_on": day,
        "basis": "letter",
        "basis_number": "L-1",
        "basis_on": day,
        "scan": scan("Letter (example)", desk),
        "supplier": organisation("jp-comms"),
    }
    return cycle.open_without_request(
        actor=desk, provider=organisation("jica"), partner=organisation("mm-post"), values=values
    )


def _ready(made: Operation) -> Operation:
    """The supplier accepted, and an expert is named."""
    expert = {
        "function": "expert",
        "person": person("line"),
        "organisation": organisation("mm-post"),
        "field": "",
        "held_from": clock.today(),
        "held_to": None,
    }
    cycle.name_people(made, [expert], actor=user("desk"), base_version=made.version)
    made = Operation.objects.get(pk=made.pk)
    accepted = {"confirmed_on": clock.today(), "place": "Yangon"}
    cycle.save_component(made.components.get(), accepted, actor=user("desk"), base_version=made.version)
    return Operation.objects.get(pk=made.pk)


def _reported(made: Operation) -> Operation:
    """The office wrote the report; the desk accepts it."""
    report = {"done": "Two weeks.", "results": "A plan.", "recommended": "", "participants": None}
    cycle.write_activity_report(made, report, actor=user("mm-office"), base_version=0)
    return perform(made, "report", actor=user("desk"))


def _learn(made: Operation) -> Lesson:
    """The office drafts what it learnt."""
    return lessons.draft_lesson(operation=made, values=dict(says().LESSON), actor=actor("office"))


def _join(made: Lesson) -> Lesson:
    """The same was learnt twice from the operation: this draft is taken up in the other."""
    into = perform(_learn(made.operation), "analyse", actor=actor("knowledge"))
    return perform(made, "join", actor=actor("knowledge"), data={"into": into})


def by(slug: str, step: str) -> Leg:
    """A step that needs nothing besides a reason."""
    return lambda case: perform(case, step, actor=user(slug), reason="For this test.")


NOTE = "The office presents its compliments and tells what has not been sent yet."
WAY: dict[Stage, Leg] = {
    ("request", "idea"): lambda _: story.begin(clock.today()),
    **{("request", state): leg for state, leg in story.WALK.items()},
    ("request", "adopted"): _adopt,
    ("request", "notified"): by("mm-office", "notify"),
    ("request", "confirmed"): reply,
    ("operation", "planning"): lambda made: _survey(op.of_request(made)),
    ("operation", "appraised"): op.plan,
    ("operation", "agreed"): sign,
    ("operation", "in_implementation"): _start,
    ("operation", "completion_review"): review_results,
    ("operation", "completed"): op.report,
    ("operation", "ex_post_due"): _fall_due,
    ("operation", "evaluated"): by("evaluator", "evaluate"),
    ("operation", "closed"): op.answer,
    ("lesson", "draft"): _learn,
    ("lesson", "analysed"): by("knowledge", "analyse"),
    ("lesson", "certified"): by("knowledge", "certify"),
    ("lesson", "retired"): by("knowledge", "retire"),
    ("activity", "planning"): lambda _: _activity(),
    ("activity", "agreed"): lambda made: perform(_ready(made), "agree", actor=user("mm-office")),
    ("activity", "in_implementation"): by("mm-office", "start"),
    ("activity", "reported"): lambda made: _reported(made),
    ("activity", "closed"): by("desk", "close"),
}
# Where the way ends early: from which state, by whose act.
ENDINGS: dict[Stage, tuple[str, Leg]] = {
    ("request", "dropped"): ("idea", by("post-officer", "drop")),
    ("request", "withdrawn"): ("draft", by("post-officer", "withdraw")),
    ("request", "not_retained"): ("submitted", by("mm-coordinator", "not-retain")),
    ("lesson", "returned"): ("analysed", by("knowledge", "return")),
    ("lesson", "joined"): ("analysed", _join),
    ("request", "deferred"): ("under_review", lambda made: _decided(made, "defer")),
    ("request", "declined"): ("under_review", lambda made: _decided(made, "decline")),
    ("operation", "suspended"): ("in_implementation", by("desk", "suspend")),
    ("operation", "cancelled"): ("in_implementation", by("jica-approver", "cancel")),
    ("activity", "cancelled"): ("in_implementation", by("jica-approver", "cancel")),
}


def stage_number(stage: Stage) -> int:
    """How far along the way a stage is; an ending, where it turns off."""
    return list(WAY).index((stage[0], ENDINGS[stage][0]) if stage in ENDINGS else stage)


@dataclass
class Walk:
    """One case that goes forward as later stages are asked for. Asked for an earlier one, it begins anew."""

    cases: dict[Stage, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.start = transaction.savepoint()

    def to(self, stage: Stage) -> Any:
        """The case, at this stage (of an ending: at the one it ends from)."""
        stages, wanted = list(WAY), stage_number(stage)
        if wanted < len(self.cases) - 1:
            self._begin_anew()
        with outbox.quiet():
            for here in stages[len(self.cases) : wanted + 1]:
                before = next(reversed(self.cases.values()), None)
                self.cases[here] = WAY[here](before)
        case = self.cases[stages[wanted]]
        return type(case).objects.get(pk=case.pk)

    def _begin_anew(self) -> None:
        transaction.savepoint_rollback(self.start)
        clock.forget()
        self.cases = {}


def ended(case: Any, stage: Stage) -> Any:
    """The case at an ending; at any other stage, as it is."""
    return ENDINGS[stage][1](case) if stage in ENDINGS else case


# ── What else an address names ──


def _things_of_request(case: CooperationRequest) -> dict[str, int | None]:
    opinions = Opinion.objects.filter(coop_request=case).values_list("organisation__slug", "pk")
    return {"lot": case.lot_id, **{f"opinion of {slug}": pk for slug, pk in opinions}}


def _things_of_operation(case: Operation) -> dict[str, int | str | None]:
    def first(rows: Any, name: str = "pk") -> int | None:
        return rows.order_by("pk").values_list(name, flat=True).first()

    instruments = Instrument.objects.exclude(scan=None)
    return {
        "component": first(case.components.all()),
        "citation": first(Citation.objects.filter(operation=case)),
        "meeting": first(Meeting.objects.filter(operation=case)),
        "survey": first(Survey.objects.filter(operation=case)),
        "round": first(NegotiationRound.objects.filter(operation=case), "number"),
        "amendment": first(Amendment.objects.filter(operation=case), "number"),
        "minutes": first(Meeting.objects.filter(operation=case), "minutes"),
        "party": first(case.parties.all()),
        "dispute": first(Dispute.objects.filter(operation=case)),
        "figure": _figure(case),
        "sheet": first(Sheet.objects.filter(operation=case), "number"),
        "recommendation": first(Recommendation.objects.filter(evaluation__operation=case)),
        "reply": first(instruments.filter(coop_request=case.coop_request), "scan"),
        "record": first(instruments.filter(operation=case), "scan"),
        "held scan": first(File.objects.filter(gate="pending")),
    }


def _figure(case: Operation) -> str | None:
    value = IndicatorValue.objects.filter(operation=case).order_by("pk").first()
    return value.figure if value else None


THINGS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "request": _things_of_request,
    "operation": _things_of_operation,
    "lesson": lambda case: {},
}


def things_of(case: Any) -> dict[str, Any]:
    """What of a case has an address of its own, by the name the table gives it."""
    return {name: pk for name, pk in THINGS[case.kind](case).items() if pk is not None} | {"case": case.pk}


@dataclass(frozen=True)
class Address:
    """A door of this case: where it is, where it would be of a case that is nowhere, whether anything is behind it."""

    door: Door
    label: str
    path: str
    nowhere: str
    exists: bool


def addresses(door: Door, held: dict[str, Any], turn: int | None = None) -> list[Address]:
    """The addresses a door stands for: one for each of its words, or of these another at each turn."""
    varied = [name for name, value in door.args.items() if isinstance(value, tuple)]
    if not varied:
        return [_address(door, held, {})]
    words = door.args[varied[0]]
    tried = words if turn is None else (words[turn % len(words)],)
    return [_address(door, held, {varied[0]: word}) for word in tried]


def _address(door: Door, held: dict[str, Any], chosen: dict[str, str]) -> Address:
    wanted = {**({door.key: door.of} if door.key else {}), **door.args, **chosen}
    given = {name: held.get(v[1:]) if v.startswith("#") else v for name, v in wanted.items()}
    there = {name: NOT_THERE if value is None else value for name, value in given.items()}
    gone = there | ({door.key: NOT_THERE} if door.key else {})
    return Address(
        door,
        " ".join(
            [
                door.name,
                door.of if door.of != "#case" else "",
                *(v for n, v in wanted.items() if n in door.args),
            ]
        ),
        reverse(door.name, kwargs=there) + door.query.format(pk=held["case"]),
        reverse(door.name, kwargs=gone) + door.query.format(pk=NOT_THERE),
        None not in given.values(),
    )
