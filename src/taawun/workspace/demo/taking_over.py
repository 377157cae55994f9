"""Running work taken over in the demonstration: batches that entered, are looked at, were undone; one by hand.

All of it is example; the design of the one entered by hand is in force as the paper tells it.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import override

from taawun.batches import actions as batches
from taawun.batches.definitions import Scope
from taawun.batches.models import Batch
from taawun.cycle import actions as cycle
from taawun.cycle.models import Operation
from taawun.cycle.takeover_sheet import TAKE_OVER
from taawun.foundation import clock
from taawun.papers.actions import hold
from taawun.papers.models import FileKind
from taawun.planning import actions as planning
from taawun.planning.models import DesignPart
from taawun.planning.queries import design_of
from taawun.workspace.demo import cast
from taawun.workspace.demo.exchange import scan
from taawun.workspace.demo.sheets import filled
from taawun.workspace.demo.story import on

PROJECT = "modality:technical-cooperation-project"
SOURCE = "Registre des projets, volume 3 (exemple)"


def _row(number: str, title: str, site: str, *days: date, state: str = "in_implementation") -> dict[str, Any]:
    """`days`: begins, ends, in this state since, agreed."""
    begins, ends, state_on, agreed = days
    return {
        "old_number": number,
        "title": f"{title} (exemple)",
        "partner": "sn-meteo",
        "language": "fr",
        "modality_id": PROJECT,
        "site": site,
        "starts_on": begins,
        "ends_on": ends,
        "state": state,
        "state_on": state_on,
        "agreed_on": agreed,
        "source": SOURCE,
    }


def _right() -> list[dict[str, Any]]:
    water = (date(2023, 4, 1), date(2028, 3, 31), date(2023, 6, 5), date(2023, 2, 13))
    seeds = (date(2024, 1, 1), date(2028, 12, 31), date(2024, 3, 4), date(2023, 11, 20))
    maps = (date(2023, 9, 1), date(2027, 8, 31), date(2025, 5, 12), date(2023, 7, 3))
    stations = (date(2021, 2, 1), date(2025, 1, 31), date(2025, 2, 14), date(2020, 12, 7))
    return [
        _row("COOP-2019-12", "Eau potable de trois villes", "Thiès", *water),
        _row("COOP-2020-04", "Semences certifiées", "Kaolack", *seeds),
        _row("COOP-2020-09", "Cartographie des zones inondables", "Saint-Louis", *maps, state="suspended"),
        _row("COOP-2021-02", "Entretien des stations agricoles", "Tambacounda", *stations, state="completed"),
    ]


def _wrong() -> list[dict[str, Any]]:
    """The second ends before it begins, and was agreed after it was under way."""
    soils = (date(2024, 6, 1), date(2027, 5, 31), date(2024, 7, 1), date(2024, 4, 8))
    fishing = (date(2027, 1, 1), date(2024, 1, 1), date(2024, 7, 1), date(2025, 4, 8))
    return [
        _row("COOP-2022-01", "Laboratoire de sols", "Kolda", *soils),
        _row("COOP-2022-07", "Pêche artisanale", "Joal", *fishing),
    ]


def build() -> None:
    """A batch applied, a batch with a row that is refused, and an operation with its scan and its design."""
    with on(clock.today()):
        by_excel()
        enter_design(by_hand())


def by_excel() -> None:
    """Four rows enter as one; of two others one says what cannot be."""
    desk = cast.user("amci-desk")
    batches.apply_batch(_previewed(_right()), actor=desk)
    _previewed(_wrong())


def undo_one() -> Batch:
    """Two rows of another register enter, and are taken out again as one batch: that register was closed."""
    desk = cast.user("amci-desk")
    with on(clock.today()):
        applied = batches.apply_batch(_previewed(_of_a_closed_register()), actor=desk)
        return batches.undo_batch(
            applied, actor=desk, reason="Ces dossiers ont été clos en 2024, écrit le service (exemple)."
        )


def _of_a_closed_register() -> list[dict[str, Any]]:
    radio = (date(2022, 3, 1), date(2027, 2, 28), date(2022, 5, 2), date(2022, 1, 17))
    wells = (date(2022, 9, 1), date(2027, 8, 31), date(2022, 11, 7), date(2022, 6, 20))
    return [
        _row("COOP-2018-03", "Bulletins météorologiques par radio", "Louga", *radio),
        _row("COOP-2018-05", "Suivi des puits du bassin arachidier", "Fatick", *wells),
    ]


def look_again() -> Batch:
    """The register comes once more: one row says what stands here, one says something else, one is new."""
    with on(clock.today()):
        return _previewed(_of_the_register_again())


def _of_the_register_again() -> list[dict[str, Any]]:
    water, seeds, *_others = _right()
    trees = (date(2024, 2, 1), date(2027, 1, 31), date(2024, 3, 11), date(2023, 12, 4))
    return [
        seeds,
        water | {"ends_on": date(2029, 3, 31)},
        _row("COOP-2022-03", "Pépinières villageoises", "Kolda", *trees),
    ]


def _previewed(rows: Iterable[dict[str, Any]]) -> Batch:
    desk, agency = cast.user("amci-desk"), cast.organisation("amci")
    with override("fr"):
        data = filled(TAKE_OVER, Scope(agency, desk), rows)
        sent = ContentFile(data, name="reprise.xlsx")
        file = hold(sent, actor=desk, allowed=(FileKind.XLSX,))
        return batches.preview_batch(TAKE_OVER, agency, file, actor=desk)


def by_hand() -> Operation:
    """One more, from its signed paper."""
    desk = cast.user("amci-desk")
    values = dict.fromkeys(
        (*("sector_id", "supplier", "started_on", "completed_on", "basis_on"), "opened_on")
    )
    values |= {
        "title": "Alerte aux crues du fleuve (exemple)",
        "language": "fr",
        "modality_id": PROJECT,
        "site": "Matam",
        "starts_on": date(2024, 9, 2),
        "ends_on": date(2028, 8, 31),
        "state": "in_implementation",
        "state_on": date(2024, 10, 7),
        "agreed_on": date(2024, 7, 15),
        "basis": "",
        "basis_number": "",
        "old_number": "COOP-2023-03",
        "source": "Procès-verbal de discussions du 15 juillet 2024 (exemple)",
        "scan": scan("Proces-verbal de discussions (exemple)", desk),
    }
    made, _event = cycle.take_over(
        actor=desk,
        provider=cast.organisation("amci"),
        partner=cast.organisation("sn-meteo"),
        values=values,
    )
    return made


def enter_design(made: Operation) -> None:
    """Its design as the paper tells it, in force since the signature."""
    _write(made, "objectives", goal="Les riverains sont à l’abri.", purpose="L’alerte arrive à temps.")
    rows = [{"id": None, "text": "Les échelles sont lues chaque jour", "activities": "Poser dix échelles"}]
    _write(made, "outputs", outputs=rows)
    design = design_of(made)
    assert design is not None  # noqa: S101  # begun with the take-over
    _write(
        made,
        "indicators",
        indicators=[
            _indicator(one.pk, name, target)
            for one, (name, target) in zip(design.objectives.order_by("pk"), AIMS, strict=True)
        ],
    )
    desk = cast.user("amci-desk")
    version = design_of(made)
    assert version is not None  # noqa: S101
    planning.put_in_force(
        operation=made, agreed_on=date(2024, 7, 15), actor=desk, base_version=version.version
    )


AIMS = (("Habitants prévenus", 40_000), ("Heures entre alerte et crue", 12), ("Lectures par mois", 300))


def _indicator(objective: int, name: str, target: int) -> dict[str, Any]:
    return {
        "id": None,
        "objective": objective,
        "name": name,
        "kind": "number",
        "unit": "",
        "steps": None,
        "baseline": 0,
        "baseline_on": date(2024, 7, 15),
        "target": target,
        "target_on": date(2028, 8, 31),
        "means_of_verification": "Relevés du service (exemple)",
        "frequency": "",
        "responsible": "",
    }


def _write(made: Operation, part: str, **values: Any) -> None:
    base = DesignPart.objects.get(design__operation=made, part=part).version
    planning.edit_part(
        operation=made, part=part, values=values, actor=cast.user("amci-desk"), base_version=base
    )
