"""The fields of the settings' form that say how far each deadline lies, and who is reminded when."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from taawun.cycle.deadlines import Term, term_in
from taawun.foundation.deadline_rules import RULES, DeadlineRule
from taawun.governance.deadline_terms import MOST, TOLD, UNITS
from taawun.kernel.deadlines import LONGEST_AFTER, LONGEST_BEFORE, MOST_RUNGS, LadderError, ladder_of


class LadderField(forms.CharField):
    """Days before something is due, typed in a line: "30, 7, 1, 0, -7"."""

    def clean(self, value: Any) -> tuple[int, ...]:
        """The days, the earliest first."""
        typed = super().clean(value)
        try:
            return ladder_of(typed)
        except LadderError as error:
            limits = {"most": MOST_RUNGS, "before": LONGEST_BEFORE, "after": -LONGEST_AFTER, "word": error}
            raise forms.ValidationError(
                _("Write at most %(most)s whole numbers from %(before)s to %(after)s: not “%(word)s”.")
                % limits
            ) from None


def _name(slug: str, part: str) -> str:
    return f"deadline_{slug}_{part}"


def _fields_of(rule: DeadlineRule) -> Iterable[tuple[str, forms.Field]]:
    if rule.amount is not None:
        most = max(MOST[unit] for unit in rule.units)
        yield "amount", forms.IntegerField(label=gettext_lazy("How long"), min_value=0, max_value=most)
    if len(rule.units) > 1:
        choices = [(unit, UNITS[unit]) for unit in rule.units]
        yield "unit", forms.ChoiceField(label=gettext_lazy("Counted in"), choices=choices)
    yield "ladder", LadderField(label=gettext_lazy("Reminders"), required=False, max_length=100)
    yield (
        "reminded",
        forms.ChoiceField(label=gettext_lazy("Who is reminded"), choices=list(TOLD.items())),
    )


def add(form: Any) -> None:
    """Give the form the fields of every rule."""
    for slug, rule in RULES.items():
        for part, field in _fields_of(rule):
            form.fields[_name(slug, part)] = field


def names() -> list[str]:
    """The names of these fields, in the order of the rules."""
    return [_name(slug, part) for slug, rule in RULES.items() for part, _field in _fields_of(rule)]


def initial(held: Mapping[str, Any]) -> dict[str, Any]:
    """What the form shows of a version."""
    values: dict[str, Any] = {}
    for slug in RULES:
        term = term_in(held, slug)
        ladder = ", ".join(map(str, term.ladder))
        told = {"amount": term.amount, "unit": term.unit, "ladder": ladder, "reminded": term.reminded}
        values |= {_name(slug, part): value for part, value in told.items()}
    return values


def read(given: Mapping[str, Any]) -> dict[str, Any]:
    """The rules that were filled in otherwise than they usually are."""
    settled = {}
    for slug, rule in RULES.items():
        term = Term(
            given.get(_name(slug, "amount"), rule.amount),
            given.get(_name(slug, "unit")) or rule.unit,
            tuple(given[_name(slug, "ladder")]),
            given[_name(slug, "reminded")],
        )
        if term != term_in({}, slug):
            settled[slug] = term.raw()
    return settled


def shown(form: Any) -> list[tuple[Any, Any, list[Any]]]:
    """Each rule's name, what it is counted from, and its fields."""
    return [
        (rule.label, rule.from_what, [form[_name(slug, part)] for part, _field in _fields_of(rule)])
        for slug, rule in RULES.items()
    ]
