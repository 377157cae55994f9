"""A version of settings in words: its lines, and what differs between two."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _, ngettext

from taawun.cycle.models import ExPostType, ProviderSettings
from taawun.foundation.deadline_rules import RULES
from taawun.foundation.ports import registry
from taawun.governance.deadline_terms import told
from taawun.governance.terms import Terms
from taawun.kernel.money import Money
from taawun.reference.names import code_name
from taawun.ui import words

Names = Mapping[int, str]
SHOWN = (
    *("fiscal_year_start", "completion_months", "report_draft_months", "report_final_months"),
    *("monitoring_months", "ex_post", "ex_post_years", "ex_post_threshold"),
    *("ex_post_type", "ex_post_external_from", "lessons_offered"),
    *("rating_rules", "numbering"),
)


@dataclass(frozen=True)
class Said:
    """One line of a version: what is settled, and how."""

    key: str
    label: Any
    text: str


@dataclass(frozen=True)
class Difference:
    """One line in two versions."""

    key: str
    label: Any
    before: str
    after: str

    @property
    def changed(self) -> bool:
        return self.before != self.after


def said(terms: Terms, names: Names) -> list[Said]:
    """Everything a version says, line by line; of the modalities those alone of which something is not asked."""
    values = terms.values
    lines = [
        Said("seats", _("Seats that approve"), _seats(terms, names)),
        Said("approvals_needed", _label("approvals_needed"), _approvals(values["approvals_needed"])),
        Said(
            "ministries", _("Ministries usually asked"), _listed(names.get(pk, "") for pk in terms.ministries)
        ),
        Said("opinion_days", _label("opinion_days"), _days(values["opinion_days"])),
        *(Said(name, _label(name), _text(name, values)) for name in SHOWN),
        Said("stand_alone", _label("stand_alone"), _listed(map(code_name, terms.alone))),
    ]
    return [*lines, *_deadlines(terms), *_modalities(terms)]


def _deadlines(terms: Terms) -> list[Said]:
    return [
        Said(f"deadline:{slug}", _("Deadline: %(rule)s") % {"rule": rule.label}, told(terms, slug))
        for slug, rule in RULES.items()
    ]


def differences(before: Terms | None, after: Terms, names: Names) -> list[Difference]:
    """The lines in which two versions differ; against none, all that is said."""
    return [line for line in compared(before, after, names) if line.changed]


def compared(before: Terms | None, after: Terms, names: Names) -> list[Difference]:
    """Two versions line by line."""
    old = {line.key: line for line in said(before, names)} if before else {}
    new = {line.key: line for line in said(after, names)}
    return [
        Difference(
            key,
            (new.get(key) or old[key]).label,
            old[key].text if key in old else words.NOTHING,
            new[key].text if key in new else words.NOTHING,
        )
        for key in dict.fromkeys([*new, *old])
    ]


def _label(name: str) -> str:
    field: Any = ProviderSettings._meta.get_field(name)
    return capfirst(field.verbose_name)


def _listed(names: Iterable[str]) -> str:
    return words.listed(sorted(names)) or words.NOTHING


def _seats(terms: Terms, names: Names) -> str:
    if not terms.approving:
        return _("None: the agency's own approver decides")
    used = [f"{n}. {names.get(pk, '')}" for n, pk in enumerate(terms.approving, start=1)]
    skipped = [names.get(seat.organisation_id, "") for seat in terms.seats if not seat.used]
    text = words.listed(used)
    return (
        _("%(seats)s (not used: %(skipped)s)") % {"seats": text, "skipped": _listed(skipped)}
        if skipped
        else text
    )


def _approvals(needed: int) -> str:
    if not needed:
        return _("Every seat, in this order")
    return ngettext("One of the seats, whichever", "%(number)s of the seats, in any order", needed) % {
        "number": needed
    }


def _days(number: int) -> str:
    return ngettext("%(count)s day", "%(count)s days", number) % {"count": number}


def _months(number: int) -> str:
    return ngettext("%(count)s month", "%(count)s months", number) % {"count": number}


def _years(number: int) -> str:
    return ngettext("%(count)s year", "%(count)s years", number) % {"count": number}


def _text(name: str, values: Mapping[str, Any]) -> str:
    value = values[name]
    if name == "fiscal_year_start":
        return words.written(date(2001, value, 1), "LLLL")
    if name == "ex_post":
        return _("Yes") if value else _("No")
    if name in ("ex_post_threshold", "ex_post_external_from"):
        return _amount(value, values["ex_post_currency_id"])
    if name == "ex_post_type":
        return str(ExPostType(value).label)
    if name == "rating_rules":
        return rules_name(value)
    if name.endswith("_months"):
        return _months(value)
    return _years(value) if name.endswith("_years") else str(value)


def _amount(amount: Any, currency: str | None) -> str:
    if amount is None or not currency:
        return words.NOTHING
    return words.money(Money(amount, currency.partition(":")[2]))


def rules_name(slug: str) -> str:
    """A rating scheme by its name; none where the provider rates nothing."""
    return dict(rating_choices()).get(slug, slug) if slug else _("None")


def rating_choices() -> list[tuple[str, str]]:
    """The rating schemes and families of schemes this installation knows, by name."""
    ask = registry.services.get("rating-choices")
    return ask() if ask else []


def _modalities(terms: Terms) -> list[Said]:
    by_modality: dict[str, list[str]] = {}
    for modality, slug in sorted(terms.waived):
        known = registry.requirements.get(slug)
        by_modality.setdefault(modality, []).append(str(known.label) if known else slug)
    return [
        Said(
            modality,
            _("Not asked for “%(modality)s”") % {"modality": code_name(modality)},
            words.parted(labels),
        )
        for modality, labels in by_modality.items()
    ]
