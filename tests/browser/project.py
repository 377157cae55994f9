"""A project on its pages: designed, planned, signed, started, measured and reported, by the people of its parties."""

from collections.abc import Iterable, Mapping
from typing import Any

from tests.browser.conftest import Person
from tests.browser.hall import TODAY, Hall

LEVELS = {"goal": "Overall goal", "purpose": "Project purpose", "output": "Output"}
SHOWN = ("name", "unit", "baseline", "target", "means_of_verification")
Row = Mapping[str, Any]


def fill(person: Person, prefix: str, rows: Iterable[Row], first: int = 0) -> Person:
    """Fill the rows of a form, from one of them on; more are added as they are needed."""
    for number, row in enumerate(rows, start=first):
        person.more_rows(prefix, number + 1)
        person.write(**{f"{prefix}-{number}-{name}": value for name, value in row.items()})
    return person


def design(hall: Hall, slug: str, case: str, objectives: Row, outputs: list[Row], inputs: list[Row]) -> None:
    """Goal and purpose, outputs with their activities, the inputs of each party."""
    edit = f"{case}design/edit/"
    hall.save(slug, f"{edit}objectives/", **objectives)
    shown = [{name: row[name] for name in ("text", "activities")} for row in outputs]
    fill(hall.as_(slug, f"{edit}outputs/"), "outputs", shown).save()
    fill(hall.as_(slug, f"{edit}inputs/"), "inputs", inputs).save()


def plan(
    hall: Hall, slug: str, case: str, says: Any, days: tuple[str, str], responsible: str, *, first: int = 0
) -> None:
    """When each activity is done and by whom; indicators, assumption, risk, ex-ante evaluation.

    `first`: the row in which the indicators begin, after those that the request brought along.
    """
    edit = f"{case}design/edit/"
    person = hall.as_(slug, f"{edit}plan/")
    lines = len(person.names(r"^activities-\d+-planned_start$"))
    done = {"planned_start": days[0], "planned_end": days[1], "responsible": responsible}
    fill(person, "activities", [done] * lines).save()
    person.go(f"{edit}indicators/")
    for number, row in enumerate(says.INDICATORS, start=first):
        person.more_rows("indicators", number + 1)
        label = LEVELS[row["level"]] + (f" {row['number']}" if row["level"] == "output" else "")
        person.choose_beginning(f"indicators-{number}-objective", label)
        days = {"kind": "number", "baseline_on": says.BASELINE_ON, "target_on": row["target_on"]}
        fill(person, "indicators", [{name: row[name] for name in SHOWN} | days], number)
    person.save()
    fill(hall.as_(slug, f"{edit}assumptions/"), "assumptions", [says.ASSUMPTION]).save()
    risk = {name: value for name, value in says.RISK.items() if value}
    fill(hall.as_(slug, f"{edit}risks/"), "risks", [risk]).save()
    hall.save(slug, f"{edit}ex-ante/", **says.EX_ANTE)


def sign(hall: Hall, slug: str, case: str, day: str, language: str) -> None:
    """The office writes the Record of Discussions that two parties signed, and records the signature."""
    person = hall.as_(slug, f"{case}agreements/record-of-discussions/")
    person.write(dated_on=day, place="Place (example)", prevailing_language=language, scan=hall.scan)
    person.write(**{"versions-0-use": "authentic"})
    names = [{"name": f"Signatory {n} (example)", "signed_on": day} for n in (1, 2)]
    fill(person, "signatures", names).save()
    hall.step(slug, case, "Record the signature")


def start(
    hall: Hall,
    slug: str,
    case: str,
    staff: tuple[str, str],
    committee: list[str],
    *,
    supplier: str,
    day: str = TODAY,
    known: bool = True,
) -> None:
    """Director and manager are named, the supplier accepts, the committee is seated; then it starts.

    `known`: the one who is both stands in the list of people; else the name is written.
    """
    name, organisation = staff
    team = [
        {"function": f, "person" if known else "name": name, "organisation": organisation, "held_from": day}
        for f in ("director", "manager")
    ]
    fill(hall.as_(slug, f"{case}people/edit/"), "team", team).save()
    component = hall.as_(slug, f"{case}parties/").press("Edit", exact=False)
    component.write(place="Site (example)", supplier=supplier, confirmed_on=day).save()
    seats = [
        {"organisation": body, "capacity": "member" if n else "chair", "name": f"Member {n + 1} (example)"}
        | {"held_from": day}
        for n, body in enumerate(committee)
    ]
    fill(hall.as_(slug, f"{case}meetings/committee/"), "members", seats).save()
    hall.step(slug, case, "Start the implementation")


def measure(person: Person, values: Mapping[str, tuple[Any, ...]]) -> Person:
    """What a party measured, each figure in the row of its indicator."""
    for code, numbers in values.items():
        names = ["value"] if len(numbers) == 1 else ["numerator", "denominator"]
        for name, number in zip(names, numbers, strict=True):
            person.write_in_row(code, name, number)
    return person


def report(hall: Hall, slug: str, case: str, says: Any) -> None:
    """The last values and the completion report."""
    measure(hall.as_(slug, f"{case}monitoring/values/"), says.LAST_VALUES).save()
    person = hall.as_(slug, f"{case}completion/edit/").write(**says.REPORT)
    for name in person.names(r"^input-\d+-text$"):
        person.write(**{name: says.PROVIDED})
    person.save()
