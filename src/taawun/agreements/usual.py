"""The clauses that come with the program: today's usual texts, in three languages through the catalogues.

They are a beginning, not what any agency has published; an agency changes, leaves out and adds what it wishes.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy, pgettext_lazy

from taawun.agreements.models import InstrumentKind
from taawun.cycle.models import LANGUAGES

OPENING = gettext_lazy(
    "%(office)s presents its compliments to %(body)s and has the honour to inform it that the request "
    "“%(title)s” (No. %(number)s) of %(requesting)s has been adopted for technical cooperation by %(provider)s."
)
ASKED = gettext_lazy(
    "%(office)s would be grateful for a note in reply by which the Government of %(country)s confirms its "
    "agreement; this note and the reply will together constitute the exchange of notes on this cooperation."
)
CLOSING = gettext_lazy(
    "%(office)s avails itself of this opportunity to renew to %(body)s the assurances of its highest "
    "consideration."
)
UNDERTAKINGS = gettext_lazy(
    "%(party)s takes the measures needed, within its laws and its budget, for the inputs named above to be "
    "there in time, and for the results of the cooperation to be used and kept up after its end."
)
ORGANISATION = gettext_lazy(
    "A project director and a project manager are named. A joint coordinating committee, on which each party "
    "sits, meets at least once a year and when needed; it approves the yearly plan, reviews the progress and "
    "settles what is brought before it."
)
MONITORING = gettext_lazy(
    "The parties monitor the cooperation together by the indicators of the project design matrix (annex I), "
    "confirm its results before its end, and lend each other their support for the evaluation after it."
)
CHANGES = gettext_lazy(
    "A change of the overall goal, the project purpose, the outputs, the period or the ceiling is agreed in "
    "writing by the parties. If the language versions differ, the text in the prevailing language decides."
)
AMENDED = gettext_lazy(
    "The parties to the Record of Discussions on “%(title)s” (No. %(number)s), signed on %(day)s, agree to amend it as "
    "set out in the table annexed, which is part of this amendment."
)
UNCHANGED = gettext_lazy(
    "All other provisions of the Record of Discussions stay in force. This amendment takes effect with the last "
    "signature. If the language versions differ, the text in the prevailing language decides."
)


@dataclass(frozen=True)
class Usual:
    """A clause as it comes with the program."""

    key: str
    title: Any
    text: Any


USUAL: dict[str, list[Usual]] = {
    InstrumentKind.RECORD_OF_DISCUSSIONS: [
        Usual("parties", gettext_lazy("Parties"), "%(parties)s"),
        Usual(
            "cooperation",
            gettext_lazy("Title and place of the cooperation"),
            "%(title)s (%(number)s)\n%(place)s\n%(period)s",
        ),
        Usual("goal", gettext_lazy("Overall goal"), "%(goal)s"),
        Usual("purpose", gettext_lazy("Project purpose"), "%(purpose)s"),
        Usual("outputs", gettext_lazy("Outputs"), "%(outputs)s"),
        Usual("inputs", gettext_lazy("Inputs"), "%(inputs)s"),
        Usual("undertakings", gettext_lazy("Undertakings of %(party)s"), UNDERTAKINGS),
        Usual("organisation", pgettext_lazy("how a project is organised", "Organisation"), ORGANISATION),
        Usual("monitoring", gettext_lazy("Monitoring and evaluation"), MONITORING),
        Usual("changes", gettext_lazy("Changes and languages"), CHANGES),
    ],
    InstrumentKind.AMENDMENT: [
        Usual("parties", gettext_lazy("Parties"), "%(parties)s"),
        Usual("amendment", gettext_lazy("Amendment"), AMENDED),
        Usual("reason", gettext_lazy("Reason"), "%(reason)s"),
        Usual("other", gettext_lazy("Other provisions"), UNCHANGED),
    ],
    # A note has no headings: the titles of its clauses name them in the settings alone.
    InstrumentKind.NOTE_VERBALE: [
        Usual("opening", gettext_lazy("Opening"), OPENING),
        Usual(
            "purpose",
            gettext_lazy("Project purpose"),
            gettext_lazy("The purpose of the cooperation is the following: %(purpose)s"),
        ),
        Usual(
            "period",
            gettext_lazy("Period and site"),
            gettext_lazy(
                "The cooperation is planned for the period %(period)s, at the following site: %(site)s."
            ),
        ),
        Usual("reply", gettext_lazy("Reply asked for"), ASKED),
        Usual("closing", gettext_lazy("Closing"), CLOSING),
    ],
}
APART = 10  # between the places of two usual clauses there is room for an agency's own


@dataclass(frozen=True)
class Said:
    """Titles and texts by language."""

    titles: dict[str, str]
    texts: dict[str, str]


@lru_cache
def said(instrument: str, key: str) -> Said:
    """A usual clause in every language; nothing where there is none of this key."""
    one = next((one for one in USUAL[instrument] if one.key == key), None)
    titles: dict[str, str] = {}
    texts: dict[str, str] = {}
    for language, _name in LANGUAGES:
        with translation.override(language):
            if one is None:
                break
            titles[language], texts[language] = str(one.title), str(one.text)
    return Said(titles, texts)


def places(instrument: str) -> dict[str, int]:
    """The usual clauses of a paper in their order, each with its place."""
    return {one.key: APART * n for n, one in enumerate(USUAL[instrument], start=1)}
