"""The interface in French and Arabic: every string there, none guessed, each fitting where it is put."""

import re
import tomllib

import polib
import pytest
from tools.messages import (
    PACKAGE,
    PLURALS,
    WIDTH,
    Key,
    catalogue_path,
    collect,
    forms,
    plural_forms,
    untranslated,
)

SAME = tomllib.loads((PACKAGE / "locale" / "same.toml").read_text(encoding="utf-8"))
# %(name)s and %s, {name} and {}, and the tags a sentence may hold.
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}|</?\w+[^>]*>")
# What a language's own writing rules forbid: in French a common space or none before : ; ? ! and inside « », straight
# or English quotation marks; in Arabic vowel marks, Latin commas and question marks, digits that are not Western.
MISWRITTEN = {
    "fr": re.compile(r"(?<!\u202f)[;?!]|(?<!\u00a0):(?=\s|$)|«(?!\u00a0)|(?<!\u00a0)»|[\"“”]|\w'\w"),
    "ar": re.compile(r"[\u064b-\u0652]|[,;?]|[\u0660-\u0669\u06f0-\u06f9]|[\"“”]"),
}

pytestmark = pytest.mark.parametrize("language", PLURALS)


@pytest.fixture(scope="module")
def strings():
    return collect()


@pytest.fixture(scope="module")
def catalogues():
    return {language: polib.pofile(str(catalogue_path(language)), wrapwidth=WIDTH) for language in PLURALS}


def told(entries):
    return [f"{entry.msgctxt or ''}|{entry.msgid}" for entry in entries]


def placeholders(text):
    return sorted(PLACEHOLDER.findall(text))


def edges(text):
    """The blank beginning and end of a string, which its translation keeps."""
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def test_the_catalogue_holds_exactly_the_strings_of_the_program(language, strings, catalogues):
    held = {Key(entry.msgctxt, entry.msgid): entry.msgid_plural for entry in catalogues[language]}

    wanted = {key: message.plural for key, message in strings.items()}

    assert sorted(key.text for key in wanted.keys() - held.keys()) == []
    assert sorted(key.text for key in held.keys() - wanted.keys()) == []
    assert held == wanted
    assert len(held) == len(catalogues[language])


def test_nothing_is_guessed_and_nothing_left_over(language, catalogues):
    catalogue = catalogues[language]

    assert told(catalogue.fuzzy_entries()) == []
    assert told(catalogue.obsolete_entries()) == []


def test_every_string_is_translated_in_every_form(language, catalogues):
    assert told(untranslated(catalogues[language])) == []
    for entry in catalogues[language]:
        if entry.msgid_plural:
            assert sorted(entry.msgstr_plural) == list(range(plural_forms(language)))


def test_every_placeholder_stands_in_the_translation(language, catalogues):
    wrong = [
        entry
        for entry in catalogues[language]
        if not entry.msgid_plural and entry.msgstr and placeholders(entry.msgid) != placeholders(entry.msgstr)
    ]

    assert told(wrong) == []


def test_a_plural_form_names_what_its_sentence_names(language, catalogues):
    """“One file” may leave out the number; the form for any number has all that the English one has."""
    wrong = []
    for entry in catalogues[language]:
        if entry.msgid_plural and all(forms(entry)):
            known = set(placeholders(entry.msgid)) | set(placeholders(entry.msgid_plural))
            strange = [form for form in forms(entry) if not known.issuperset(placeholders(form))]
            if strange or placeholders(forms(entry)[-1]) != placeholders(entry.msgid_plural):
                wrong.append(entry)

    assert told(wrong) == []


def test_a_translation_begins_and_ends_as_its_source(language, catalogues):
    wrong = [
        entry
        for entry in catalogues[language]
        for form in forms(entry)
        if form and edges(form) != edges(entry.msgid)
    ]

    assert told(wrong) == []


def test_nothing_is_left_in_english_but_what_is_the_same_word(language, catalogues):
    same = {entry.msgid for entry in catalogues[language] if entry.msgid in forms(entry)}

    assert sorted(same - set(SAME[language])) == []
    assert sorted(set(SAME[language]) - same) == []


def test_the_header_names_the_language_and_counts_its_plurals(language, catalogues):
    assert catalogues[language].metadata["Language"] == language
    assert catalogues[language].metadata["Plural-Forms"] == PLURALS[language]


def test_a_translation_keeps_the_writing_rules_of_its_language(language, catalogues):
    wrong = [
        (form, found[0])
        for entry in catalogues[language]
        for form in forms(entry)
        if (found := MISWRITTEN[language].search(PLACEHOLDER.sub("x", form)))
    ]

    assert wrong == []
