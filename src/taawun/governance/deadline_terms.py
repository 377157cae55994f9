"""The rules of deadlines in an agency's settings: what is wrong with them, how they read."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _, gettext_lazy, ngettext

from taawun.cycle.deadlines import REMINDED, Term, term_in
from taawun.foundation.deadline_rules import RULES, DeadlineRule
from taawun.governance.terms import Terms
from taawun.kernel.deadlines import LadderError, checked
from taawun.ui import words

MOST = {"days": 730, "working-days": 365, "months": 120, "years": 20}
UNITS = {
    "days": gettext_lazy("days"),
    "working-days": gettext_lazy("working days"),
    "months": gettext_lazy("months"),
    "years": gettext_lazy("years"),
}
TOLD = {
    "seat": gettext_lazy("Those who must act"),
    "office": gettext_lazy("Those who must act, and the country office"),
    "desk": gettext_lazy("Those who must act, the country office and the desk"),
}


def problems_of(held: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Sentences about rules that cannot be kept, each naming its rule."""
    found = []
    for slug in held:
        rule = RULES.get(slug)
        if rule is None:
            found.append(_("There is no such deadline: %(rule)s") % {"rule": slug})
            continue
        wrong = _problem(rule, term_in(held, slug), held[slug])
        if wrong:
            found.append(_("%(label)s: %(error)s") % {"label": rule.label, "error": wrong})
    return found


def _problem(rule: DeadlineRule, term: Term, written: Mapping[str, Any]) -> str:
    if written.get("unit", term.unit) != term.unit:
        return _("It cannot be counted in this unit.")
    if rule.amount is not None and not _within(term):
        return _("Give a number from 0 to %(most)s.") % {"most": MOST[term.unit]}
    try:
        checked(term.ladder)
    except LadderError:
        return _("These reminders cannot be sent.")
    return "" if term.reminded in REMINDED else _("Choose who is reminded.")


def _within(term: Term) -> bool:
    return isinstance(term.amount, int) and 0 <= term.amount <= MOST[term.unit]


def told(terms: Terms, slug: str) -> str:
    """One rule in words: when it is due, on which days one is reminded, and who is."""
    rule, term = RULES[slug], term_in(terms.deadlines, slug)
    when = str(rule.from_what)  # where another setting holds how long, its own line says so
    if term.amount:
        when = f"{_period(term.amount, term.unit)} {when}"
    elif rule.column and len(rule.units) > 1:
        when = _("%(from_what)s, in %(units)s") % {"from_what": when, "units": UNITS[term.unit]}
    ladder = words.listed(rung(step) for step in term.ladder) or _("no reminder")
    return words.parted([when, ladder, TOLD[term.reminded]])


def _period(amount: int, unit: str) -> str:
    if unit == "working-days":
        text = ngettext("%(count)s working day", "%(count)s working days", amount)
    elif unit == "months":
        text = ngettext("%(count)s month", "%(count)s months", amount)
    elif unit == "years":
        text = ngettext("%(count)s year", "%(count)s years", amount)
    else:
        text = ngettext("%(count)s day", "%(count)s days", amount)
    return text % {"count": amount}


def rung(step: int) -> str:
    """One day of a ladder in words."""
    if step == 0:
        return _("on the day")
    if step > 0:
        return ngettext("%(count)s day before", "%(count)s days before", step) % {"count": step}
    return ngettext("%(count)s day after", "%(count)s days after", -step) % {"count": -step}
