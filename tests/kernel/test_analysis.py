"""Texts and questions meet in five languages and in Japanese, however they are written."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from taawun.kernel.analysis import LATIN, analyse, folded, terms_of
from taawun.kernel.asking import answered, asked, found_in

LETTERS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=60)
LANGUAGES = st.sampled_from(["", "en", "fr", "es", "pt", "ar", "ja", "my"])


def finds(query: str, text: str, language: str = "") -> bool:
    return answered(analyse(text, language), asked(query))


@pytest.mark.parametrize(
    ("query", "text", "language"),
    [
        ("farmers", "The farmer sows.", "en"),
        ("city", "Water for three cities", "en"),
        ("woman", "Women of the valley", "en"),
        ("travail", "Ministère des travaux publics", "fr"),
        ("hopitaux", "L’hôpital de Lomé", "fr"),
        ("hôpital", "Deux hopitaux", "fr"),
        ("reunion", "Procès-verbal des réunions", "fr"),
        ("REUNIÕES", "Ata da reunião", "pt"),
        ("reuniao", "Atas das reuniões", "pt"),
        ("agua", "Abastecimento de água", "pt"),
        ("voz", "Las voces del valle", "es"),
        ("acciones", "Acción comunitaria", "es"),
        ("educacion", "La educación rural", "es"),
        ("مياه", "توفير المياه", "ar"),
        ("المياه", "مياه الشرب", "ar"),
        ("والمياه", "مياه الشرب", "ar"),
        ("ادارة", "الإدارة المحلية", "ar"),
        ("إدارة", "اداره المدارس", "ar"),
        ("مُدَرِّسَة", "المدارس الريفية", "ar"),
        ("مشاريع", "المشروع الأول", "ar"),
        ("المعلمون", "تدريب معلمين", "ar"),
        ("مستشفى", "المستشفي الكبير", "ar"),
        ("専門家", "短期専門家の派遣", "ja"),
        ("ＪＩＣＡ", "JICA専門家", "ja"),
        ("水", "水道の整備", "ja"),
        ("٢٠٢٦", "in 2026", "en"),
    ],
)
def test_a_text_is_found_however_the_word_is_written(query, text, language):
    assert finds(query, text, language)


@pytest.mark.parametrize(
    ("query", "text", "language"),
    [
        ("farmers", "The fathers met.", "en"),
        ("門専", "短期専門家の派遣", "ja"),
        ("専家", "短期専門家の派遣", "ja"),
        ("JP-2026-PRJ-0002", "JP-2026-PRJ-0001", "en"),
        ("2026-JP", "JP-2026-PRJ-0001", "en"),
        ("مياه الشرب", "مياه الري", "ar"),
    ],
)
def test_what_is_another_word_is_not_found(query, text, language):
    assert not finds(query, text, language)


@pytest.mark.parametrize(
    "query",
    [
        "JP-2026-PRJ-0001",
        "jp-2026-prj-0001",
        "PRJ-0001",
        "0001",
        "JP 2026",
        "JP–2026–PRJ–0001",
        "jp/2026/prj/0001",
    ],
)
def test_a_code_is_found_whole_and_by_its_parts(query):
    assert finds(query, "Operation JP-2026-PRJ-0001, purpose 22012", "en")


def test_the_code_of_a_sector_is_a_word_like_another():
    assert finds("22012", "purpose 22012")
    assert not finds("2201", "purpose 22012")


def test_small_words_are_left_out_of_what_is_asked_beside_others():
    question = asked("the maintenance of la gare")

    assert [word.written for word in question.words] == ["maintenance", "gare"]


def test_small_words_alone_are_asked():
    assert [word.written for word in asked("sur").words] == ["sur"]
    assert finds("sur", "El sur", "pt")


def test_a_phrase_stands_in_its_order_small_words_between():
    text = "La maintenance de la gare et le transport postal"

    assert finds('"maintenance de la gare"', text, "fr")
    assert finds("« transport postal » gare", text, "fr")
    assert not finds('"postal transport"', text, "fr")
    assert not finds('"maintenance transport"', text, "fr")


def test_the_words_found_are_shown_where_they_stand():
    text = "Réunions : la réunion du projet JP-2026-PRJ-0001 (専門家の会議)"

    spans = found_in(analyse(text, "fr"), asked("reunion prj-0001 会議").sought)

    assert [text[start:end] for start, end in spans] == ["Réunions", "réunion", "PRJ-0001", "会議"]


def test_a_code_asked_does_not_show_its_year_elsewhere():
    text = "In 2026: JP-2026-PRJ-0001"

    spans = found_in(analyse(text, "en"), asked("JP-2026-PRJ-0001").sought)

    assert [text[start:end] for start, end in spans] == ["JP-2026-PRJ-0001"]


@given(LETTERS, LANGUAGES)
def test_whatever_is_written_its_words_stand_in_order_within_it(text, language):
    words = analyse(text, language)

    assert [word.place for word in words] == list(range(len(words)))
    assert all(0 <= word.start < word.end <= len(text) for word in words)
    assert all(first.start <= second.start for first, second in pairwise(words))
    assert all(term and len(term) <= 60 and "\0" not in term for word in words for term in word.terms)


@given(LETTERS, LANGUAGES)
def test_whatever_is_written_is_found_by_its_own_words(text, language):
    words = analyse(text, language)

    for word in (word for word in words if word.terms):
        question = asked(text[word.start : word.end])
        assert not question.asks or answered(words, question)


@given(st.text(st.sampled_from("aàâeéèêioôuùcçstnrl"), min_size=2, max_size=12), st.sampled_from(LATIN))
def test_without_accents_finds_with_accents(word, language):
    bare = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))

    ways = {way[0] for each in asked(bare).sought for way in each.ways}

    assert terms_of(word, language) & ways


@given(LETTERS)
def test_folding_twice_changes_nothing(text):
    assert folded(folded(text)) == folded(text)


@given(LETTERS)
def test_whatever_is_typed_is_a_question(text):
    question = asked(text)

    assert question.asks == bool(question.sought)
    assert all(way and all(way) for word in question.sought for way in word.ways)
