"""The usual ways of working from which an agency's settings may start: data (`data/presets.toml`), checked as read."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from taawun.cycle.models import ProviderSettings, usually_alone
from taawun.directory.models import in_readers_language

SHIPPED = Path(__file__).parent / "data" / "presets.toml"
# What a version of settings says in one value each, in the order pages show it.
VALUES = (
    *("approvals_needed", "fiscal_year_start", "opinion_days", "completion_months"),
    *("report_draft_months", "report_final_months", "monitoring_months"),
    *("ex_post", "ex_post_years", "ex_post_threshold", "ex_post_currency_id"),
    *("ex_post_type", "ex_post_external_from"),
    *("lessons_offered", "rating_rules", "numbering"),
)
SEATS = ("above", "agency")
LANGUAGES = ("en", "fr", "ar")
Table = Mapping[str, Any]


class PresetError(ValueError):
    """Presets that cannot be used, with everything that is wrong with them."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = list(problems)
        super().__init__("; ".join(self.problems))


@dataclass(frozen=True)
class Preset:
    """A way of working: its values, who approves in which order, what stands alone, what each modality does not ask."""

    slug: str
    names: Mapping[str, str]
    values: Mapping[str, Any]
    seats: tuple[str, ...]
    stand_alone: frozenset[str]
    waived: Mapping[str, tuple[str, ...]]

    @property
    def name(self) -> str:
        """Its name in the reader's language."""
        return in_readers_language(dict(self.names))


@cache
def shipped() -> dict[str, Preset]:
    """The presets that come with the program, by slug."""
    return read(SHIPPED.read_text(encoding="utf-8"))


def read(text: str) -> dict[str, Preset]:
    """Presets as written in a file; `PresetError` with every problem when they cannot be used."""
    try:
        tables = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise PresetError([str(error)]) from None
    problems = [problem for slug, table in tables.items() for problem in _problems(slug, table)]
    if problems:
        raise PresetError(problems)
    return {slug: _preset(slug, table) for slug, table in tables.items()}


def _preset(slug: str, table: Table) -> Preset:
    values = {name: _value(name, table.get(_key(name))) for name in VALUES}
    waived = {f"modality:{modality}": tuple(slugs) for modality, slugs in table.get("waived", {}).items()}
    named = table.get("stand_alone")
    alone = usually_alone() if named is None else [f"modality:{modality}" for modality in named]
    return Preset(slug, table["names"], values, tuple(table["seats"]), frozenset(alone), waived)


def _key(name: str) -> str:
    return name.removesuffix("_id")


def _value(name: str, written: Any) -> Any:
    """A value as the model holds it. `ValidationError` when the model would not."""
    if name == "ex_post_currency_id":
        return f"currency:{written}" if written is not None else None
    field: Any = ProviderSettings._meta.get_field(name)
    return field.clean(field.get_default() if written is None else written, None)


def _problems(slug: str, table: Any) -> Iterable[str]:
    if not isinstance(table, dict):
        yield f"{slug}: no table"
        return
    known = {"names", "seats", "stand_alone", "waived", *map(_key, VALUES)}
    yield from (f"{slug}: {key} is unknown" for key in table.keys() - known)
    yield from (f"{slug}: {problem}" for problem in _problems_of_names(table.get("names")))
    yield from (f"{slug}: {problem}" for problem in _problems_of_values(table))
    seats = table.get("seats")
    if not (isinstance(seats, list) and all(seat in SEATS for seat in seats) and _once(seats)):
        yield f"{slug}: seats are some of {', '.join(SEATS)}, each once"
    if not _is_slugs(table.get("stand_alone", [])):
        yield f"{slug}: stand_alone holds a list of modalities, each once"
    waived = table.get("waived", {})
    if not (isinstance(waived, dict) and all(_is_slugs(slugs) for slugs in waived.values())):
        yield f"{slug}: waived holds a list of conditions for each modality"


def _problems_of_names(names: Any) -> Iterable[str]:
    if not isinstance(names, dict) or not all(isinstance(names.get(language), str) for language in LANGUAGES):
        yield f"a name in each of {', '.join(LANGUAGES)} is needed"


def _problems_of_values(table: Table) -> Iterable[str]:
    for name in VALUES:
        written = table.get(_key(name))
        if written is None:
            continue
        if type(written) is not _written_as(name):
            yield f"{_key(name)} is no {_written_as(name).__name__}"
            continue
        try:
            _value(name, written)
        except (ValidationError, ValueError) as error:
            yield f"{_key(name)}: {error}"
    if table.get("ex_post_threshold") is not None and not table.get("ex_post_currency"):
        yield "ex_post_threshold needs a currency"
    limit = table.get("ex_post_external_from")
    if table.get("ex_post_type") == "amount" and (limit is None or not table.get("ex_post_currency")):
        yield "ex_post_type by the amount needs ex_post_external_from and a currency"


def _written_as(name: str) -> type:
    if name == "ex_post":
        return bool
    return str if name in ("ex_post_currency_id", "ex_post_type", "rating_rules", "numbering") else int


def _is_slugs(given: Any) -> bool:
    return isinstance(given, list) and all(isinstance(one, str) for one in given) and _once(given)


def _once(given: list[Any]) -> bool:
    return len(set(given)) == len(given)
