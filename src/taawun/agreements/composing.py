"""Papers composed of clauses: their fields filled from the case, what is not translated marked as such."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from django.utils import translation
from django.utils.translation import gettext as _

from taawun.agreements.clausebook import Held, has_headings
from taawun.agreements.fields import PARTY, filled, named
from taawun.cycle.models import LANGUAGES
from taawun.kernel.clauses import Clause, fingerprint, join, numbered


@dataclass(frozen=True)
class Facts:
    """What a case says, in one language: the fields but for the party, and the names of the parties that sign."""

    values: dict[str, str]
    parties: list[str] = field(default_factory=list)


def composed(
    held: Iterable[Held], facts_in: Callable[[str], Facts], language: str, prevailing: str
) -> list[Clause]:
    """The clauses of a paper in one language, numbered. `facts_in` gives what the case says in a language.

    A clause that has no text in the language stands in the prevailing one (else in one it has), and says so.
    A clause for which the case says nothing is left out.
    """
    read: dict[str, Facts] = {}
    found: list[Clause] = []
    for one in held:
        stands_in = standing_in(one.texts, language, prevailing)
        if stands_in not in read:
            read[stands_in] = facts_in(stands_in)
        found += _written(one, stands_in, language, read[stands_in])
    return numbered(found)


def whole_text(clauses: Iterable[Clause]) -> str:
    """The clauses as one text."""
    return join(clauses)


def standing_in(texts: dict[str, str], language: str, prevailing: str) -> str:
    """The language a clause stands in for a paper in `language`."""
    wanted = [language, prevailing, *(code for code, _name in LANGUAGES)]
    return next((code for code in wanted if texts.get(code)), language)


def _written(one: Held, stands_in: str, language: str, facts: Facts) -> Iterator[Clause]:
    title = one.titles.get(stands_in, "") if has_headings(one.instrument) else ""
    text = one.texts.get(stands_in, "")
    mark = untranslated(language, stands_in) + "\n" if stands_in != language else ""
    by_party = PARTY in named(f"{title}\n{text}")
    for n, party in enumerate(facts.parties if by_party else [""], start=1):
        values = facts.values | {PARTY: party}
        if body := filled(text, values):
            key = f"{one.key}-{n}" if by_party else one.key
            heading = filled(title, values)
            yield Clause(heading, f"{mark}{body}", key, origin="" if mark else fingerprint(heading, body))


def untranslated(language: str, stands_in: str) -> str:
    """The mark over a clause that has no text in the language of the paper."""
    with translation.override(language):
        name = str(dict(LANGUAGES)[stands_in])
        return _("[Not translated: this clause stands in %(language)s.]") % {"language": name}


def is_untranslated(text: str, language: str) -> bool:
    """Whether a clause of a paper in this language still bears the mark."""
    return language_of(text, language) != language


def language_of(text: str, language: str) -> str:
    """The language a clause of a paper in `language` stands in: another one where it bears the mark."""
    head = text.lstrip().split("\n", 1)[0].strip()
    others = (code for code, _name in LANGUAGES if code != language)
    return next((code for code in others if head == untranslated(language, code)), language)


def unmarked(text: str) -> str:
    """The words under the mark."""
    return text.lstrip().partition("\n")[2]
