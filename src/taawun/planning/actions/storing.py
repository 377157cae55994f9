"""How each part of a design is stored. Called by `edit_part` alone, inside its transaction and lock."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from taawun.cycle.models import Operation
from taawun.foundation.steps import Refused
from taawun.planning.actions.carrying import by_the_end
from taawun.planning.models import (
    Activity,
    Assumption,
    DesignVersion,
    ExAnteTable,
    IndicatorDefinition,
    Input,
    LineKind,
    Milestone,
    Objective,
    ObjectiveLevel,
    PlanLine,
    Precondition,
    Risk,
    Target,
)
from taawun.planning.models.indicators import COUNTED, WORDED
from taawun.planning.queries import AIMED, DEFINED, EX_ANTE_FIELDS

Values = dict[str, Any]
PREFIXES = {ObjectiveLevel.GOAL: "G", ObjectiveLevel.PURPOSE: "P"}


def _objectives(operation: Operation, design: DesignVersion, values: Values) -> None:
    for level in (ObjectiveLevel.GOAL, ObjectiveLevel.PURPOSE):
        Objective.objects.update_or_create(design=design, level=level, defaults={"text": values[level]})


def _outputs(operation: Operation, design: DesignVersion, values: Values) -> None:
    """Outputs keep their identity by their row, activities by their text: a line moved or renamed keeps its dates."""
    held = {
        o.pk: o
        for o in Objective.objects.filter(design=design, level=ObjectiveLevel.OUTPUT).order_by("number")
    }
    rows = _known(values["outputs"], held)
    activities: dict[int, list[Activity]] = defaultdict(list)
    for activity in Activity.objects.filter(output__design=design).order_by("output__number", "number"):
        activities[activity.output_id].append(activity)
    posted = {row["id"] for row in rows if row["id"]}
    kept = [row for row in rows if not row.get("delete")]
    untouched = [
        {"id": pk, "text": o.text, "activities": "\n".join(a.text for a in activities[pk])}
        for pk, o in held.items()
        if pk not in posted
    ]
    wanted: list[tuple[Objective, list[str]]] = []
    for number, row in enumerate([*kept, *untouched], start=1):
        output = held.get(row["id"]) or Objective(design=design, level=ObjectiveLevel.OUTPUT)
        output.number, output.text = number, row["text"]
        output.save()
        wanted.append((output, lines_of(row["activities"])))
    _arrange_activities(wanted, [a for rows_ in activities.values() for a in rows_])
    for row in rows:
        if row.get("delete") and row["id"]:
            held[row["id"]].delete()
    drop_orphans(operation)
    renumber_indicators(design)


def lines_of(text: str) -> list[str]:
    """Activities as written, one a line, without blank lines."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _arrange_activities(wanted: list[tuple[Objective, list[str]]], held: list[Activity]) -> None:
    """Give each line an activity: the one of the same text, else the one that stood there, else a new one."""
    places = [
        (output, number, text) for output, texts in wanted for number, text in enumerate(texts, start=1)
    ]
    spare = list(held)
    found: dict[tuple[int, int], Activity] = {}
    for matches in (_same_text_and_output, _same_text, _same_output):
        for output, number, text in places:
            if (output.pk, number) not in found:
                one = next((a for a in spare if matches(a, output, text)), None)
                if one is not None:
                    spare.remove(one)
                    found[output.pk, number] = one
    for output, number, text in places:
        activity = found.get((output.pk, number)) or Activity()
        activity.output, activity.number, activity.text = output, number, text
        activity.save()
    Activity.objects.filter(pk__in=[a.pk for a in spare]).delete()


def _same_text_and_output(activity: Activity, output: Objective, text: str) -> bool:
    return activity.output_id == output.pk and activity.text == text


def _same_text(activity: Activity, output: Objective, text: str) -> bool:
    return activity.text == text


def _same_output(activity: Activity, output: Objective, text: str) -> bool:
    return activity.output_id == output.pk


def _indicators(operation: Operation, design: DesignVersion, values: Values) -> None:
    """A definition keeps its identity however it is worded; its number follows its objective and place."""
    held = {t.pk: t for t in Target.objects.filter(design=design).select_related("definition")}
    objectives = {o.pk: o for o in Objective.objects.filter(design=design)}
    kept = _frozen_definitions(operation)
    for position, row in enumerate(_known(values["indicators"], held), start=1):
        target = held.get(row["id"])
        if row.get("delete"):
            if target:
                target.delete()
            continue
        if row["objective"] not in objectives:
            raise Refused([_("The objective of this indicator is no longer part of the design.")])
        objective = objectives[row["objective"]]
        definition = target.definition if target else IndicatorDefinition(operation=operation, code="+")
        if definition.pk in kept:
            _refuse_other_measure(definition, row)
        else:
            _set(definition, {name: row[name] for name in DEFINED})
            definition.save()
        target = target or Target(design=design, code=f"+{position}")
        target.definition, target.objective, target.position = definition, objective, position
        _set(target, {name: row[name] for name in (*WORDED, *AIMED)})
        if target.target_on is None and objective.level != ObjectiveLevel.GOAL:
            target.target_on = by_the_end(operation, target.baseline_on)
        target.save()
    drop_orphans(operation)
    renumber_indicators(design)


def _frozen_definitions(operation: Operation) -> set[int]:
    """The indicators a frozen version has: a revision words them anew in its own targets alone."""
    rows = Target.objects.filter(design__operation=operation, design__frozen_on__isnull=False)
    return set(rows.values_list("definition_id", flat=True))


def _refuse_other_measure(definition: IndicatorDefinition, row: Values) -> None:
    """Values of two measures do not compare: what is counted otherwise is another indicator."""
    if any(getattr(definition, name) != row[name] for name in COUNTED):
        text = _(
            "Indicator %(code)s is measured already: its unit and measure stay. Delete it and enter another indicator."
        )
        raise Refused([text % {"code": definition.code}])


def renumber_indicators(design: DesignVersion) -> None:
    """G-1 for the goal, P-1 for the purpose, 2-1 for the first of output 2: by objective and place."""
    kept = _frozen_definitions(design.operation)
    count: dict[str, int] = defaultdict(int)
    rows = Target.objects.filter(design=design).select_related("definition", "objective")
    for target in sorted(rows, key=lambda t: (t.position, t.pk)):
        level = target.objective.level
        prefix = PREFIXES.get(ObjectiveLevel(level)) or str(target.objective.number)
        count[prefix] += 1
        code = f"{prefix}-{count[prefix]}"
        if target.code != code:
            Target.objects.filter(pk=target.pk).update(code=code)
        if target.definition_id not in kept and target.definition.code != code:
            IndicatorDefinition.objects.filter(pk=target.definition_id).update(code=code)


def drop_orphans(operation: Operation) -> None:
    """A definition no version ever aimed at was only a draft."""
    IndicatorDefinition.objects.filter(operation=operation, targets__isnull=True).delete()


def _assumptions(operation: Operation, design: DesignVersion, values: Values) -> None:
    _store_rows(Assumption.objects.filter(design=design), values["assumptions"], design=design)
    _store_rows(Precondition.objects.filter(design=design), values["preconditions"], design=design)


def _inputs(operation: Operation, design: DesignVersion, values: Values) -> None:
    _store_rows(Input.objects.filter(design=design), values["inputs"], design=design)


def _risks(operation: Operation, design: DesignVersion, values: Values) -> None:
    _store_rows(Risk.objects.filter(design=design), values["risks"], design=design)


def _plan(operation: Operation, design: DesignVersion, values: Values) -> None:
    activities = {a.pk: a for a in Activity.objects.filter(output__design=design).select_related("plan_line")}
    for row in _known(values["activities"], activities):
        _plan_activity(design, activities[row["id"]], row)
    other = PlanLine.objects.filter(design=design, activity__isnull=True)
    _store_rows(other, values["lines"], design=design)
    _store_rows(Milestone.objects.filter(design=design), values["milestones"], design=design)


def _plan_activity(design: DesignVersion, activity: Activity, row: Values) -> None:
    line = getattr(activity, "plan_line", None)
    if row["planned_start"] is None:
        if line:
            line.delete()
        return
    line = line or PlanLine(design=design, kind=LineKind.ACTIVITY, activity=activity)
    _set(line, row)
    line.save()


def _progress(operation: Operation, design: DesignVersion, values: Values) -> None:
    """What was done, on lines that stand: none is added or removed here."""
    _store_rows(PlanLine.objects.filter(design=design), values["done"])
    _store_rows(Milestone.objects.filter(design=design), values["reached"])


def _ex_ante(operation: Operation, design: DesignVersion, values: Values) -> None:
    texts = {name: values[name] for name in EX_ANTE_FIELDS}
    ExAnteTable.objects.filter(operation=operation).update(**texts)


def _store_rows(queryset: QuerySet[Any], rows: list[Values], **fixed: Any) -> None:
    """Change, add and remove rows; those not mentioned stay."""
    held = {one.pk: one for one in queryset}
    for row in _known(rows, held):
        one = held.get(row["id"])
        if row.get("delete"):
            if one:
                one.delete()
            continue
        one = one or queryset.model(**fixed)
        _set(one, row)
        one.save()


def _known(rows: list[Values], held: Iterable[int]) -> list[Values]:
    """The rows, none of them another design's: a foreign or vanished id is refused."""
    known = set(held)
    if any(row["id"] is not None and row["id"] not in known and not row.get("delete") for row in rows):
        raise Refused([_("A row is no longer part of this design: somebody removed it meanwhile.")])
    return [row for row in rows if row["id"] is None or row["id"] in known]


def _set(one: Model, values: Values) -> None:
    columns = {field.name: field.attname for field in one._meta.concrete_fields}
    for name, value in values.items():
        if name not in ("id", "delete"):
            setattr(one, columns[name], value)


STORES: dict[str, Callable[[Operation, DesignVersion, Values], None]] = {
    "objectives": _objectives,
    "outputs": _outputs,
    "indicators": _indicators,
    "assumptions": _assumptions,
    "inputs": _inputs,
    "risks": _risks,
    "plan": _plan,
    "progress": _progress,
    "ex-ante": _ex_ante,
}
