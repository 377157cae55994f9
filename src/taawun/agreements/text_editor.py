"""The texts of a signed paper as its form edits them: the clauses of each language, and what is offered beside them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects

from taawun.agreements.arranging import prefix_of, with_clauses
from taawun.agreements.models import Instrument
from taawun.agreements.translating import Texts, is_anew, source_of, to_write, under_keys
from taawun.agreements.version_forms import AUTHENTIC, NOT_USED, TRANSLATION, ClauseRows, VersionRows
from taawun.agreements.wording import as_clauses
from taawun.cycle.models import LANGUAGES, Operation
from taawun.kernel.clauses import Clause


@dataclass(frozen=True)
class Offered:
    """A clause that a language version lacks."""

    key: str
    title: str


@dataclass(frozen=True)
class ShownRow:
    """A clause in the form: its fields, whether it may move, what stands there meanwhile, what the agency says now."""

    form: Any
    place: int
    is_last: bool
    stands_in: str = ""
    stands: Clause | None = None
    anew: Clause | None = None

    @property
    def number(self) -> int:
        """Its place as people count."""
        return self.place + 1


class PaperTexts:
    """What is held, what the agency's clauses say now, and the rows of the form made of both."""

    def __init__(self, operation: Operation, held: Instrument | None, composed: Texts) -> None:
        self.operation, self.composed = operation, composed
        self.versions = {one.language: one for one in _versions_of(held)}
        self.prevailing = (held.prevailing_language if held else "") or operation.language
        self.held = {
            code: under_keys(as_clauses(one.clauses.all()), composed.get(code, []))
            for code, one in self.versions.items()
        }
        self.texts = {code: self.held.get(code, composed[code]) for code in composed}

    @property
    def known(self) -> Texts:
        """What is not lost with a version that is not used, and what stands where nothing is translated."""
        return {
            code: [*clauses, *self.composed[code], *to_write([*clauses, *self.composed[code]], code, {})]
            for code, clauses in self.texts.items()
        }

    def rows(self, data: Any) -> list[Any]:
        """The language versions, then the clauses of each."""
        data = with_clauses(data) if data is not None else None
        lists = {code: self._clauses(code, data) for code, _name in LANGUAGES}
        known = self.known
        versions = VersionRows(
            data,
            initial=[self._version(code) for code in self._in_order()],
            prefix="versions",
            form_kwargs={"known": known, "lists": lists},
        )
        return [versions, *lists.values()]

    def _in_order(self) -> list[str]:
        """The operation's own language first."""
        return sorted(self.composed, key=lambda language: language != self.operation.language)

    def _version(self, language: str) -> dict[str, str]:
        held = self.versions.get(language)
        first = not self.versions and language == self.operation.language
        use = (AUTHENTIC if held.authentic else TRANSLATION) if held else (AUTHENTIC if first else NOT_USED)
        return {"language": language, "use": use}

    def _clauses(self, language: str, data: Any) -> Any:
        clauses = to_write(self.texts[language], language, self.texts)
        names = ("key", "origin", "title", "text")
        initial = [{name: getattr(one, name) for name in names} for one in clauses]
        return ClauseRows(data, initial=initial, prefix=prefix_of(language))

    def dressed(self, bundle: Any) -> list[dict[str, Any]]:
        """Each language version as the page shows it, with what stands and what is offered beside its clauses."""
        versions = bundle.rows[0]
        prevailing = bundle.form["prevailing_language"].value() or self.prevailing
        said = {form.code: form.clauses.said() for form in versions if form.clauses is not None}
        used = [form.code for form in versions if form["use"].value() and form.code in said]
        order = sorted(used, key=lambda code: code != prevailing)
        return [
            {
                "it": form,
                "is_open": bool(form["use"].value() or form.errors or _has_errors(form.clauses)),
                "rows": list(self._shown(form, said, order)),
                "lacking": list(self._lacking(form.code, said, order)),
            }
            for form in versions
        ]

    def _shown(self, version: Any, said: Texts, order: list[str]) -> Iterator[ShownRow]:
        language = version.code
        now = {one.key: one for one in self.composed.get(language, [])}
        clauses = said.get(language, [])
        for place, clause in enumerate(clauses):
            source = None if clause.text else source_of(clause.key, language, said, order)
            composed = now.get(clause.key)
            yield ShownRow(
                form=version.clauses.forms[place],
                place=place,
                is_last=place + 1 == len(clauses),
                stands_in=source[0] if source else "",
                stands=source[1] if source else None,
                anew=composed if composed and is_anew(clause, composed, language) else None,
            )

    def _lacking(self, language: str, said: Texts, order: list[str]) -> Iterator[Offered]:
        """What other versions say and this one does not, then what the agency's clauses say."""
        there = {one.key for one in said.get(language, [])}
        others = [one for code in order if code != language for one in said[code]]
        for clause in [*others, *self.composed.get(language, [])]:
            if clause.key and clause.key not in there and (clause.title or clause.text):
                there.add(clause.key)
                yield Offered(clause.key, clause.title or clause.text[:60])


def _versions_of(held: Instrument | None) -> list[Any]:
    if held is None:
        return []
    versions = list(held.versions.all())
    prefetch_related_objects(versions, "clauses")
    return versions


def _has_errors(rows: Any) -> bool:
    return bool(rows is not None and rows.is_bound and any(rows.errors))


def composed_in_all(compose: Callable[[str], list[Clause]]) -> Texts:
    """The paper as the agency's clauses and the case give it now, in every language."""
    return {language: compose(language) for language, _name in LANGUAGES}
