"""Collect every string of the interface into the catalogues, and say what is not translated yet.

    python tools/messages.py            bring src/taawun/locale/*/LC_MESSAGES/django.po up to date
    python tools/messages.py --check    change nothing; exit 1 if they are stale or incomplete

Translations are kept, strings the program no longer has go, nothing is guessed ("fuzzy"). Entries name the
files they stand in, without line numbers, so that a diff shows what a translator must read and nothing else.
What is rightly the same in two languages ("Date") is listed in src/taawun/locale/same.toml.
"""

import argparse
import ast
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import polib
from babel.messages.extract import extract as babel_extract
from django.conf import settings
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "taawun"
PLURALS = {
    "fr": "nplurals=2; plural=(n > 1);",
    "ar": (
        "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
        "n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5;"
    ),
}
PLAIN, PLURAL, CONTEXT, BOTH = None, (1, 2), ((1, "c"), 2), ((1, "c"), 2, 3)
KEYWORDS = {
    "_": PLAIN,
    "gettext": PLAIN,
    "gettext_lazy": PLAIN,
    "gettext_noop": PLAIN,
    "ngettext": PLURAL,
    "ngettext_lazy": PLURAL,
    "pgettext": CONTEXT,
    "pgettext_lazy": CONTEXT,
    "npgettext": BOTH,
    "npgettext_lazy": BOTH,
}
NOTE = "Translators:"
WIDTH = 100


class Key(NamedTuple):
    """What the program asks for at run time."""

    context: str | None
    text: str


@dataclass
class Message:
    """One string to translate: its plural, the files it stands in, what translators should know."""

    plural: str = ""
    files: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)


Messages = dict[Key, Message]


def collect(package: Path = PACKAGE) -> Messages:
    """Every string of the Python files and templates under a folder."""
    found: Messages = {}
    for path in sorted(package.rglob("*")):
        name = path.relative_to(package).as_posix()
        for key, plural, notes in _strings(path, name):
            message = found.setdefault(key, Message())
            if plural and message.plural not in ("", plural):
                raise SystemExit(f"{name}: {key.text!r} has two plurals")
            message.plural = message.plural or plural
            message.files.add(name)
            message.notes += [note for note in notes if note not in message.notes]
    return found


def _strings(path: Path, name: str) -> Iterator[tuple[Key, str, list[str]]]:
    if path.suffix == ".py" and "migrations" not in path.parts:
        source = path.read_text(encoding="utf-8")
        yield from strings_of(source, {**KEYWORDS, **_other_names(source)})
    elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
        # In brackets, so that Python does not stumble over the indentation of what is left of the page.
        source = templatize(path.read_text(encoding="utf-8"), origin=name)
        yield from strings_of(f"(\n{source}\n)", KEYWORDS)


def _other_names(source: str) -> dict:
    """What the translation functions are called in a file that imports them under names of its own."""
    imports = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom))
    names = [name for node in imports if node.module == "django.utils.translation" for name in node.names]
    return {name.asname: KEYWORDS[name.name] for name in names if name.asname and name.name in KEYWORDS}


def strings_of(source: str, keywords: dict) -> Iterator[tuple[Key, str, list[str]]]:
    """The strings one source asks to have translated: key, plural, notes to translators."""
    encoded = BytesIO(source.encode("utf-8"))
    for _, texts, notes, context in babel_extract("python", encoded, keywords, (NOTE,)):
        text, plural = texts if isinstance(texts, tuple) else (texts, "")
        if text:
            yield Key(context, text), plural, notes


def merge(old: Iterable[polib.POEntry], messages: Messages, language: str) -> polib.POFile:
    """The catalogue of a language: the translations of `old`, for exactly the strings in `messages`."""
    kept = (entry for entry in old if not entry.obsolete and not entry.fuzzy)
    known = {Key(entry.msgctxt, entry.msgid): entry for entry in kept}
    catalogue = polib.POFile(wrapwidth=WIDTH)
    catalogue.metadata = {
        "Project-Id-Version": "Taawun",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    catalogue.extend(_entry(key, messages[key], known.get(key), language) for key in _in_order(messages))
    return catalogue


def _in_order(messages: Messages) -> list[Key]:
    """By the first file a string stands in, then by the alphabet."""
    return sorted(messages, key=lambda key: (min(messages[key].files), key.text, key.context or ""))


def _entry(key: Key, message: Message, known: polib.POEntry | None, language: str) -> polib.POEntry:
    entry = polib.POEntry(msgctxt=key.context, msgid=key.text, comment="\n".join(message.notes))
    entry.occurrences = [(name, "") for name in sorted(message.files)]
    if "%(" in key.text + message.plural:
        entry.flags = ["python-format"]
    if message.plural:
        entry.msgid_plural = message.plural
        forms = known.msgstr_plural if known else {}
        entry.msgstr_plural = {form: forms.get(form, "") for form in range(plural_forms(language))}
    elif known:
        entry.msgstr = known.msgstr
    return entry


def plural_forms(language: str) -> int:
    return int(PLURALS[language].removeprefix("nplurals=").partition(";")[0])


def catalogue_path(language: str, package: Path = PACKAGE) -> Path:
    return package / "locale" / language / "LC_MESSAGES" / "django.po"


def read(path: Path) -> list[polib.POEntry]:
    return list(polib.pofile(str(path), wrapwidth=WIDTH)) if path.exists() else []


def untranslated(catalogue: Iterable[polib.POEntry]) -> list[polib.POEntry]:
    """The entries with an empty form left."""
    return [entry for entry in catalogue if not all(forms(entry))]


def forms(entry: polib.POEntry) -> list[str]:
    """What a translator wrote: one text, or one for each plural form."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def main(arguments: list[str], package: Path = PACKAGE) -> int:
    parser = argparse.ArgumentParser(prog="messages", description="Collect the strings of the interface.")
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if stale or incomplete")
    check = parser.parse_args(arguments).check
    if not settings.configured:
        settings.configure()  # reading templates asks for it; nothing of it matters here
    messages, failed = collect(package), False
    for language in PLURALS:
        path = catalogue_path(language, package)
        catalogue = merge(read(path), messages, language)
        stale = not path.exists() or path.read_text(encoding="utf-8") != f"{catalogue}\n"
        if stale and not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{catalogue}\n", encoding="utf-8")
        missing = untranslated(catalogue)
        failed |= check and bool(stale or missing)
        state = "stale" if stale and check else "up to date"
        print(f"{language}: {len(catalogue)} strings, {state}, {len(missing)} to translate")
        if check:
            print(*(f"  {entry.msgctxt or ''}|{entry.msgid!r}" for entry in missing[:20]), sep="\n")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
