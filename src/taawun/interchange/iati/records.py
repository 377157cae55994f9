"""What one activity of an IATI file says, as plain records: nothing added, nothing guessed.

Words are kept by language: `{"fr": "Eau potable", "": "…"}`; "" where the file says none. Codes are the file's own,
raw. Amounts are decimals in the currency the file gives (the activity's default where the value names none).
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

Words = dict[str, str]


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation's part: role 1 funding, 2 accountable, 3 extending, 4 implementing."""

    role: str
    ref: str = ""
    type: str = ""
    names: Words = field(default_factory=dict)
    activity_ref: str = ""  # the same work in that organisation's own files


@dataclass(frozen=True, slots=True)
class Share:
    """A country, region, sector, tag or policy marker, with its percentage where the file says one.

    `kind` is "country", "region", "sector", "tag" or "marker"; a marker has a significance and no percentage.
    """

    kind: str
    code: str
    vocabulary: str = ""
    percentage: Decimal | None = None
    significance: str = ""
    names: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Amount:
    """Money: `kind` is "budget", "planned" (disbursement) or "transaction".

    `type`: the code of the budget’s or the transaction’s type. A transaction has a day, the others a period.
    """

    kind: str
    value: Decimal
    currency: str
    value_on: date | None
    type: str = ""
    status: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    ref: str = ""
    description: Words = field(default_factory=dict)
    giver: Party | None = None
    receiver: Party | None = None
    flow_type: str = ""
    finance_type: str = ""
    aid_type: str = ""
    tied: str = ""
    humanitarian: bool | None = None
    shares: tuple[Share, ...] = ()  # its own countries, regions and sectors

    @property
    def happened_on(self) -> date | None:
        """The day of a transaction."""
        return self.starts_on if self.kind == "transaction" else None


@dataclass(frozen=True, slots=True)
class Value:
    """A baseline, target or actual as it is written; `number` where it is one."""

    written: str
    number: Decimal | None = None
    dimensions: tuple[tuple[str, str], ...] = ()
    comment: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Baseline:
    value: Value
    year: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """One period of an indicator, with what was aimed at and what was reached in it."""

    starts_on: date | None
    ends_on: date | None
    targets: tuple[Value, ...] = ()
    actuals: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Indicator:
    """`measure`: 1 unit, 2 percentage, 3 nominal, 4 ordinal, 5 qualitative."""

    measure: str
    titles: Words
    descriptions: Words = field(default_factory=dict)
    ascending: bool | None = None
    baselines: tuple[Baseline, ...] = ()
    periods: tuple[Period, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """`type`: 1 output, 2 outcome, 3 impact, 9 other."""

    type: str
    titles: Words
    descriptions: Words = field(default_factory=dict)
    indicators: tuple[Indicator, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    url: str
    format: str = ""
    titles: Words = field(default_factory=dict)
    categories: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    dated_on: date | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """`type`: 1 parent, 2 child, 3 sibling, 4 co-funded, 5 third party."""

    ref: str
    type: str


@dataclass(frozen=True, slots=True)
class Place:
    names: Words
    latitude: Decimal | None = None
    longitude: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity. Contact persons are left out on purpose: personal data are not read in."""

    identifier: str
    reporting_ref: str
    reporting_names: Words
    version: str  # of the standard: "2.03"
    line: int  # where it begins in the file
    xml: bytes  # the element as it came, canonical (C14N)
    reporting_type: str = ""
    titles: Words = field(default_factory=dict)
    descriptions: dict[str, Words] = field(
        default_factory=dict
    )  # by type: "1" general, "2" objectives, "3" …
    status: str = ""
    planned_start: date | None = None
    actual_start: date | None = None
    planned_end: date | None = None
    actual_end: date | None = None
    language: str = ""
    currency: str = ""
    hierarchy: str = ""
    humanitarian: bool | None = None
    updated_at: str = ""  # last-updated-datetime as written
    scope: str = ""
    collaboration_type: str = ""
    flow_type: str = ""
    finance_type: str = ""
    aid_type: str = ""
    tied: str = ""
    other_identifiers: tuple[tuple[str, str], ...] = ()  # (type, reference)
    parties: tuple[Party, ...] = ()
    shares: tuple[Share, ...] = ()
    places: tuple[Place, ...] = ()
    amounts: tuple[Amount, ...] = ()
    results: tuple[Result, ...] = ()
    documents: tuple[Document, ...] = ()
    relations: tuple[Relation, ...] = ()


@dataclass(frozen=True, slots=True)
class Header:
    """What the file says of itself, before its first activity."""

    version: str
    generated_at: str = ""
    root: str = "iati-activities"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a reader should know: where, of which activity, what (a slug), with the values its sentence needs.

    `fatal`: the file is refused whole.
    """

    slug: str
    line: int = 0
    identifier: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    fatal: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """One activity with what was found about it; `activity` is None where it could not be read."""

    activity: Activity | None
    findings: tuple[Finding, ...] = ()
