"""What versions of a design say, row by row in words, for the page that compares them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import BigIntegerField, DateField, F, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from taawun.cycle.models import Operation
from taawun.planning.comparing import NOUNS
from taawun.planning.differences import Row, Said, Snapshot
from taawun.planning.models import (
    Activity,
    Assumption,
    DesignVersion,
    Input,
    Level,
    LineKind,
    Milestone,
    Objective,
    ObjectiveLevel,
    PlanLine,
    Precondition,
    Risk,
    Target,
)
from taawun.planning.queries import objective_label, parties_by_id
from taawun.ui import words

Found = dict[int, Snapshot]
LEVELS = list(ObjectiveLevel.values)


def snapshots(operation: Operation, designs: Iterable[DesignVersion]) -> list[Snapshot]:
    """Each of these versions, in the reader's language: six SQL statements, however many versions.

    What was done, and when, is no part of it: that is monitoring, not design.
    """
    designs = list(designs)
    found: Found = {design.pk: defaultdict(list) for design in designs}
    for read in (_objectives, _activities, _targets, _short, _inputs, _risks):
        read(operation, found)
    return [dict(found[design.pk]) for design in designs]


def _field(model: Any, name: str, value: Any, text: str | None = None) -> tuple[str, Said]:
    label = str(capfirst(model._meta.get_field(name).verbose_name))
    return label, Said(value, _words(value) if text is None else text)


def _words(value: Any) -> str:
    if value in (None, ""):
        return ""
    if isinstance(value, date):
        return words.written(value, "d MMM y")
    return words.figure(value) if isinstance(value, int | Decimal) else str(value)


def _chosen(one: Any, name: str) -> tuple[str, Said]:
    """A choice, by its name."""
    value = getattr(one, name)
    return _field(type(one), name, value, str(getattr(one, f"get_{name}_display")()) if value else "")


def _plainly(one: Any, *names: str) -> dict[str, Said]:
    return dict(_field(type(one), name, getattr(one, name)) for name in names)


def _party(operation: Operation, pk: int | None, name: str, model: Any) -> tuple[str, Said]:
    return _field(model, name, pk, str(parties_by_id(operation).get(pk or 0, "")))


def _number(value: Any, text: str) -> dict[str, Said]:
    return {_("No."): Said(value, text)}


def _objectives(operation: Operation, found: Found) -> None:
    rows = Objective.objects.filter(design_id__in=found)
    for one in sorted(rows, key=lambda o: (LEVELS.index(o.level), o.number)):
        fields = dict([_field(Objective, "text", one.text)])
        if one.level == ObjectiveLevel.OUTPUT:
            fields = _number(one.number, str(one.number)) | fields
        part = "outputs" if one.level == ObjectiveLevel.OUTPUT else "objectives"
        found[one.design_id][part].append(Row(one.lineage, objective_label(one.level, one.number), fields))


def _activities(operation: Operation, found: Found) -> None:
    """The activities, each with its line of the plan."""
    rows = Activity.objects.filter(output__design_id__in=found).select_related("output", "plan_line")
    for one in rows.order_by("output__number", "number"):
        code, held = f"{one.output.number}-{one.number}", found[one.output.design_id]
        fields = _number((one.output.lineage, one.number), code) | _plainly(one, "text")
        label = _("Activity %(number)s") % {"number": code}
        held["outputs"].append(Row(one.lineage, label, fields))
        line = getattr(one, "plan_line", None)
        if line:
            dates = _plainly(line, "planned_start", "planned_end")
            dates |= dict([_party(operation, line.responsible_id, "responsible", PlanLine)])
            held["plan"].append(Row(line.lineage, label, dates))


def _targets(operation: Operation, found: Found) -> None:
    rows = Target.objects.filter(design_id__in=found).select_related("definition", "objective")
    for one in sorted(rows, key=_place):
        objective, definition = one.objective, one.definition
        named = f"{objective_label(objective.level, objective.number)} – {objective.text[:80]}"
        place = one.code.rpartition("-")[2]
        fields = (
            _number((objective.lineage, place), one.code)
            | {str(capfirst(Objective._meta.verbose_name)): Said(objective.lineage, named)}
            | _plainly(one, "name")
            | _plainly(definition, "unit")
            | dict([_chosen(definition, "kind")])
            | _plainly(definition, "steps")
            | _plainly(one, "baseline", "baseline_on", "target", "target_on", "means_of_verification")
            | dict([_chosen(one, "frequency")])
            | _plainly(one, "responsible")
        )
        label = _("Indicator %(number)s") % {"number": one.code}
        found[one.design_id]["indicators"].append(Row(definition.pk, label, fields))


def _place(one: Target) -> tuple[int, int, int, int]:
    return LEVELS.index(one.objective.level), one.objective.number, one.position, one.pk


COLUMNS = ("noun", "pk", "design_id", "lineage", "level", "text", "day", "until", "party")


def _short(operation: Operation, found: Found) -> None:
    """Assumptions, preconditions, milestones and the lines of the plan that are no activity: one statement."""
    none, no_day, nobody = Value(""), Cast(Value(None), DateField()), Cast(Value(None), BigIntegerField())
    no_dates: dict[str, Any] = {"day": no_day, "until": no_day, "party": nobody}
    conditions = _of(found, Assumption).annotate(noun=Value("assumptions"), **no_dates)
    preconditions = _of(found, Precondition).annotate(noun=Value("preconditions"), level=none, **no_dates)
    milestones = _of(found, Milestone).annotate(
        noun=Value("milestones"), level=none, text=F("label"), day=F("due_on"), until=no_day, party=nobody
    )
    lines = _of(found, PlanLine).filter(activity__isnull=True)
    lines = lines.annotate(noun=Value("lines"), level=F("kind"), text=F("label"), day=F("planned_start"))
    lines = lines.annotate(until=F("planned_end"), party=F("responsible_id"))
    others = [rows.values_list(*COLUMNS) for rows in (preconditions, milestones, lines)]
    count: Counter[tuple[int, str]] = Counter()
    rows = conditions.values_list(*COLUMNS).union(*others, all=True)
    for noun, _pk, design_id, lineage, *said in sorted(rows, key=lambda row: row[:2]):
        count[design_id, noun] += 1
        label = str(NOUNS[noun] % {"number": count[design_id, noun]})
        part = "plan" if noun in ("milestones", "lines") else "assumptions"
        found[design_id][part].append(Row(lineage, label, _short_fields(operation, noun, *said)))


def _short_fields(
    operation: Operation,
    noun: str,
    level: str,
    text: str,
    day: date | None,
    until: date | None,
    party: int | None,
) -> dict[str, Said]:
    if noun == "assumptions":
        where = _field(Assumption, "level", level, str(Level(level).label))
        return dict([where, _field(Assumption, "text", text)])
    if noun == "preconditions":
        return dict([_field(Precondition, "text", text)])
    if noun == "milestones":
        return dict([_field(Milestone, "label", text), _field(Milestone, "due_on", day)])
    return dict(
        [
            _field(PlanLine, "kind", level, str(LineKind(level).label)),
            _field(PlanLine, "label", text),
            _field(PlanLine, "planned_start", day),
            _field(PlanLine, "planned_end", until),
            _party(operation, party, "responsible", PlanLine),
        ]
    )


def _of(found: Found, model: Any) -> QuerySet[Any]:
    rows: QuerySet[Any] = model.objects.filter(design_id__in=found).order_by()
    return rows


def _inputs(operation: Operation, found: Found) -> None:
    def fields(one: Any) -> dict[str, Said]:
        return (
            dict([_party(operation, one.party_id, "party", Input), _chosen(one, "kind")])
            | _plainly(one, "text", "quantity", "unit")
            | dict([_field(Input, "amount", (one.amount, one.currency_id), _money(one))])
        )

    _listed(found, Input, "inputs", fields)


def _money(one: Input) -> str:
    return words.money(one.money) if one.money else ""


def _risks(operation: Operation, found: Found) -> None:
    def fields(one: Any) -> dict[str, Said]:
        return (
            _plainly(one, "text")
            | dict([_chosen(one, "likelihood")])
            | _plainly(one, "countermeasure")
            | dict([_party(operation, one.owner_id, "owner", Risk)])
        )

    _listed(found, Risk, "risks", fields)


def _listed(found: Found, model: Any, part: str, fields: Callable[[Any], dict[str, Said]]) -> None:
    """Rows without a number of their own: told by their place."""
    count: Counter[int] = Counter()
    for one in _of(found, model).order_by("pk"):
        count[one.design_id] += 1
        label = str(NOUNS[part] % {"number": count[one.design_id]})
        found[one.design_id][part].append(Row(one.lineage, label, fields(one)))
