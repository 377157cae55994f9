"""A project on its pages: planned, signed, started, reported, confirmed and judged, by the people of its parties."""

from collections.abc import Iterable, Mapping
from types import ModuleType
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


def plan(hall: Hall, slug: str, case: str, says: ModuleType, first: int = 0) -> None:
    """What a design still lacks: indicators (`first` of them are there), assumption, risk, ex-ante evaluation."""
    edit = f"{case}design/edit/"
    person = hall.as_(slug, f"{edit}indicators/")
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


def sign(hall: Hall, slug: str, case: str, parties: int, **values: Any) -> Person:
    """The office writes the Record of Discussions that so many parties signed, and records the signature."""
    person = hall.as_(slug, f"{case}agreements/record-of-discussions/")
    person.write(dated_on=TODAY, scan=hall.scan, **values)
    names = [{"name": f"Signatory {n + 1} (example)", "signed_on": TODAY} for n in range(parties)]
    fill(person, "signatures", names).save()
    return hall.step(slug, case, "Record the signature")


def start(
    hall: Hall, slug: str, case: str, staff: tuple[str, str], committee: Iterable[str], supplier: str
) -> None:
    """Director and manager are named, the supplier accepts, the committee is seated; then it starts."""
    name, organisation = staff
    team = [
        {"function": f, "person": name, "organisation": organisation, "held_from": TODAY}
        for f in ("director", "manager")
    ]
    fill(hall.as_(slug, f"{case}people/edit/"), "team", team).save()
    component = hall.as_(slug, f"{case}parties/").press("Edit", exact=False)
    component.write(place="Site (example)", supplier=supplier, confirmed_on=TODAY).save()
    seats = [
        {"organisation": body, "capacity": "member" if n else "chair", "name": f"Member {n + 1} (example)"}
        | {"held_from": TODAY}
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


def report(hall: Hall, slug: str, case: str, says: ModuleType) -> None:
    """The last values and the completion report."""
    measure(hall.as_(slug, f"{case}monitoring/values/"), says.LAST_VALUES).save()
    person = hall.as_(slug, f"{case}completion/edit/").write(**says.REPORT)
    for name in person.names(r"^input-\d+-text$"):
        person.write(**{name: says.PROVIDED})
    person.save()
