"""The second half of the story: the operation, from its plan to the lesson, by its people's acts alone."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from taawun.cycle import actions as cycle
from taawun.cycle.models import CooperationRequest, Operation
from taawun.evaluation import actions as evaluation
from taawun.evaluation.models import Evaluation, Recommendation
from taawun.foundation import clock
from taawun.foundation.steps import perform
from taawun.lessons import actions as lessons
from taawun.lessons.models import Answer, Lesson
from taawun.lessons.queries import answers_of, citations_of
from taawun.lessons.sources import source_for
from taawun.meetings import actions as meetings
from taawun.monitoring import actions as monitoring
from taawun.planning import actions as planning
from taawun.planning.models import DesignVersion, IndicatorDefinition, Input, Objective
from taawun.planning.queries import design_of, lock_of, values_of
from taawun.workspace.demo.exchange import by_letter
from taawun.workspace.demo.players import actor, body, person, players, says


def plan_part(operation: Operation, part: str, **values: Any) -> None:
    """The desk saves one part of the design as it finds it, with these values."""
    design = design_of(operation)
    held = {name: v if isinstance(v, str) else [] for name, v in values_of(operation, design, part).items()}
    planning.edit_part(
        operation=operation,
        part=part,
        values=held | values,
        actor=actor("desk"),
        base_version=lock_of(operation, design, part).version,
    )


def plan(operation: Operation) -> Operation:
    """What the request did not say: an indicator for each objective, an assumption, a risk, the ex-ante table."""
    design = DesignVersion.objects.get(operation=operation)
    rows = [_indicator(design, row) for row in says().INDICATORS]
    plan_part(operation, "indicators", indicators=rows)
    plan_part(operation, "assumptions", assumptions=[{"id": None, **says().ASSUMPTION}])
    plan_part(operation, "risks", risks=[{"id": None, **says().RISK}])
    plan_part(operation, "ex-ante", **says().EX_ANTE)
    answer_lessons(operation)
    return perform(operation, "appraise", actor=actor("desk"))


def answer_lessons(operation: Operation) -> None:
    """The desk answers each lesson offered: applied, where the case says how."""
    applied = getattr(says(), "APPLIED", "")
    for citation in citations_of(operation):
        lessons.answer_lesson(
            citation=citation,
            answer="applied" if applied else "not-applicable",
            how=applied or says().ANSWER,
            actor=actor("desk"),
            base_version=citation.version,
        )


def _indicator(design: DesignVersion, row: dict[str, Any]) -> dict[str, Any]:
    objective = Objective.objects.get(design=design, level=row["level"], number=row["number"])
    common = {
        "id": None,
        "kind": "number",
        "steps": None,
        "baseline_on": says().BASELINE_ON,
        "frequency": "",
        "responsible": "",
    }
    return (
        common | {k: v for k, v in row.items() if k not in ("level", "number")} | {"objective": objective.pk}
    )


def start(operation: Operation) -> Operation:
    """People, committee and the supplier's acceptance; then it starts."""
    office, today = actor("office"), clock.today()
    post, jica = body("requesting"), body("provider")
    people = [
        ("director", "line", post),
        ("manager", "line", post),
        ("chief-advisor", "office", jica),
    ]
    rows = [
        {
            "function": f,
            **_somebody(part, f),
            "organisation": o,
            "field": "",
            "held_from": today,
            "held_to": None,
        }
        for f, part, o in people
    ]
    cycle.name_people(operation, rows, actor=office, base_version=operation.version)
    operation.refresh_from_db()
    component = operation.components.get()
    values = {
        "title": component.title,
        "place": says().SITE,
        "starts_on": operation.starts_on,
        "ends_on": operation.ends_on,
        "supplier": jica,
        "confirmed_on": today,
    }
    cycle.save_component(component, values, actor=office, base_version=operation.version)
    seats = [(post, "line", "chair"), (jica, "office", "member")]
    if players().third:
        seats.append((body("facilitating"), "third", "member"))
    committee = [
        {
            "id": None,
            "organisation": o,
            "name": "",
            **_somebody(part, "director"),
            "title": "",
            "capacity": c,
            "held_from": today,
            "held_to": None,
        }
        for o, part, c in seats
    ]
    meetings.name_committee(operation, committee, actor=office, base_version=0)
    return perform(operation, "start", actor=office)


def _somebody(part: str, function: str) -> dict[str, Any]:
    """Who plays a part there: somebody known here; of a body without accounts, a name the case tells (`NAMES`)."""
    names = getattr(says(), "NAMES", {}) if part == "line" else {}
    return {"person": None, "name": names[function]} if names else {"person": person(part)}


def monitor(operation: Operation, period: tuple[date, date] | None = None) -> Operation:
    """One sheet with each side's values and confirmations, and one committee with a decision."""
    first, last = period or (clock.today() - timedelta(days=1), clock.today())
    values = {**says().SHEET, "period_from": first, "period_to": last}
    sheet = monitoring.open_sheet(
        operation,
        values=values,
        figures=figures_of(operation, says().SHEET_VALUES),
        as_of=last,
        actor=actor("line"),
    )
    sheet = monitoring.save_sheet(
        sheet,
        values={"actions": says().ACTIONS},
        figures=figures_of(operation, says().SHEET_OTHER),
        as_of=last,
        actor=actor("office"),
        base_version=sheet.version,
    )
    if players().third:
        sheet = monitoring.save_sheet(
            sheet,
            values={"actions": says().ACTIONS_THIRD},
            figures=figures_of(operation, says().SHEET_THIRD),
            as_of=last,
            actor=actor("third"),
            base_version=sheet.version,
        )
    for part in signing():
        sheet = monitoring.confirm_sheet(sheet, actor=actor(part), version=sheet.version)
    return meet(operation)


def meet(operation: Operation) -> Operation:
    """The committee looks at it and decides something."""
    held = {
        "held_on": clock.today(),
        "place": says().PLACE,
        "minutes": None,
        **says().MEETING,
    }
    decision = {
        "id": None,
        "text": says().DECISION,
        "owner": body("provider"),
        "due_on": clock.today() + timedelta(days=60),
    }
    meetings.record_meeting(operation, held, [decision], actor=actor("office"))
    operation.refresh_from_db()
    return operation


def signing() -> tuple[str, ...]:
    """Who confirms for each signing party."""
    return ("line", "office", *(["third"] if players().third else []))


def figures_of(operation: Operation, values: dict[str, tuple[Decimal, ...]]) -> dict[int, monitoring.Figure]:
    """What was measured, by indicator, of texts that name indicators by their codes."""
    definitions = {d.code: d.pk for d in IndicatorDefinition.objects.filter(operation=operation)}
    return {
        definitions[code]: monitoring.Figure(value=numbers[0])
        if len(numbers) == 1
        else monitoring.Figure(numerator=numbers[0], denominator=numbers[1])
        for code, numbers in values.items()
    }


def report(operation: Operation) -> Operation:
    """The last values and the completion report; each party confirms."""
    write_report(operation)
    for part in signing():
        operation = perform(operation, "confirm-results", actor=actor(part))
    return operation


def write_report(operation: Operation) -> Operation:
    """The last values and the completion report."""
    office = actor("office")
    monitoring.report_values(
        operation,
        figures=figures_of(operation, says().LAST_VALUES),
        as_of=clock.today(),
        actor=office,
        base_version=0,
    )
    monitoring.save_completion_report(
        operation,
        values=dict(says().REPORT),
        provided=_provided(operation),
        actor=office,
        base_version=0,
    )
    return operation


def _provided(operation: Operation) -> dict[int, monitoring.Provided]:
    planned = Input.objects.filter(design=design_of(operation))
    return {row.pk: monitoring.Provided(text=says().PROVIDED, amount=row.amount) for row in planned}


def evaluate(operation: Operation) -> Operation:
    """Someone who never held a post on it evaluates, or the office where the case says so (`EVALUATED_BY`).

    Rated by the rule set in force, unless the evaluator departs from it (`JUDGEMENT`); the rating is an example.
    """
    of_type = getattr(says(), "EVALUATED_BY", {})
    evaluation.name_evaluator(operation, person=person("evaluator"), actor=actor("desk"), **of_type)
    held = Evaluation.objects.get(operation=operation)
    findings = evaluation.Findings(
        evaluated_on=clock.today(),
        summary=says().EVALUATION,
        evidence=says().EVIDENCE,
        levels=says().LEVELS,
        recommendations=((says().RECOMMENDATION, body("requesting").pk),),
        **getattr(says(), "JUDGEMENT", {}),
    )
    evaluation.save_evaluation(held, findings, actor=actor("evaluator"), base_version=held.version)
    judge_lessons(operation)
    return perform(operation, "evaluate", actor=actor("evaluator"))


def judge_lessons(operation: Operation) -> None:
    """The evaluator says of each lesson that was applied whether it helped."""
    for citation in answers_of(operation):
        if citation.answer == Answer.APPLIED:
            result, outcome = says().OUTCOME
            lessons.tell_outcome(
                citation=citation,
                result=result,
                outcome=outcome,
                actor=actor("evaluator"),
                base_version=citation.version,
            )


def answer(operation: Operation) -> Operation:
    """The owner answers the recommendation; the desk closes."""
    for row in Recommendation.objects.filter(evaluation__operation=operation):
        evaluation.answer_recommendation(
            row,
            response=says().RESPONSE,
            actor=actor("line"),
            base_version=row.version,
            letter=by_letter("line", "answer").get("letter"),
        )
    return perform(operation, "close", actor=actor("desk"))


def teach(operation: Operation) -> Lesson:
    """The country office drafts the lesson from the first sheet; the knowledge officer analyses and certifies it."""
    lesson = lessons.draft_lesson(
        operation=operation,
        values=dict(says().LESSON),
        actor=actor("office"),
        source=source_for(operation, "sheet-1"),
    )
    perform(lesson, "analyse", actor=actor("knowledge"))
    return perform(lesson, "certify", actor=actor("knowledge"))


def of_request(made: CooperationRequest) -> Operation:
    """The operation a confirmed request opened."""
    return Operation.objects.get(coop_request=made)
