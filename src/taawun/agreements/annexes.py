"""The annexes of the Record of Discussions: which there are, which are wanted, what each shows."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from taawun.agreements.organigram import committee, seated, structure
from taawun.cycle.models import Operation
from taawun.foundation import clock
from taawun.planning.showing import FIRST, design_paper

NAMES: dict[str, Any] = {
    "matrix": gettext_lazy("Project design matrix"),
    "plan": gettext_lazy("Plan of operation"),
    "structure": gettext_lazy("Organisation of the operation"),
    "committee": gettext_lazy("Members of the joint coordinating committee"),
}
ALL = tuple(NAMES)
NUMBERS = (
    pgettext_lazy("number of an annex", "I"),
    pgettext_lazy("number of an annex", "II"),
    pgettext_lazy("number of an annex", "III"),
    pgettext_lazy("number of an annex", "IV"),
)


def wanted(asked: Mapping[str, str]) -> list[str]:
    """The annexes an address asks for: all of them where it says nothing of annexes."""
    if not asked.get("annexes"):
        return list(ALL)
    return [slug for slug in ALL if asked.get(slug)]


def choices(chosen: Sequence[str]) -> list[tuple[str, Any, bool]]:
    """What the bar of the paper offers, in the reader's language."""
    return [(slug, str(name), slug in chosen) for slug, name in NAMES.items()]


def annexes_of(operation: Operation, language: str, chosen: Sequence[str]) -> dict[str, Any]:
    """What the annexes of a paper show in a language: the design of the first version, people and seats of today."""
    offered = choices(chosen)
    shown = design_paper(operation, FIRST, language)
    has = [slug for slug in chosen if slug in ("structure", "committee") or shown["matrix"]]
    has = [slug for slug in has if slug != "plan" or shown["plan"]]
    people = bool({"structure", "committee"} & set(has))
    members = seated(operation) if people else []
    with translation.override(language):
        return shown | {
            "annexes": [
                {
                    "slug": slug,
                    "title": _("Annex %(number)s: %(title)s") % {"number": number, "title": NAMES[slug]},
                }
                for slug, number in zip(has, NUMBERS, strict=False)
            ],
            "annex_choices": offered,
            "boxes": structure(operation, shown["budget"], members) if "structure" in has else [],
            "seats": committee(operation, members) if "committee" in has else [],
            "as_of": clock.today(),
        }
