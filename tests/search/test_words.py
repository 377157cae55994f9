"""Slips, and vectors as the database reads them."""

from datetime import date

import pytest
from django.db import connection
from hypothesis import given, strategies as st

from taawun.kernel.analysis import analyse
from taawun.kernel.asking import answered, asked
from taawun.search.ranking import Hit, best_first, rarities
from taawun.search.vectors import query_of, vector_of
from taawun.search.words import distance, slips

WORDS = st.text("abcé", min_size=1, max_size=7)


@given(WORDS, WORDS)
def test_one_slip_apart_is_sharing_a_form_with_a_letter_left_out(one, other):
    if distance(one, other) <= 1:
        assert slips(one) & slips(other)


@given(WORDS, WORDS)
def test_as_many_slips_there_as_back(one, other):
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) == (one == other)


@pytest.mark.parametrize(
    ("one", "other", "slipped"),
    [("suply", "supply", 1), ("watre", "water", 1), ("maintenence", "maintenance", 1), ("wotar", "water", 2)],
)
def test_slips_are_counted_as_people_make_them(one, other, slipped):
    assert distance(one, other) == slipped


def database_finds(query, title, body):
    vector = vector_of(analyse(title, "fr"), analyse(body, "fr"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::tsvector @@ %s::tsquery", [vector, query_of(asked(query))])
        return cursor.fetchone()[0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        *(
            "réunion",
            "reunions plan",
            '"plan d\'eau"',
            "JP-2026-PRJ-0001",
            "PRJ-0001",
            "0001",
            "JP 0001",
            "専門家",
            "専",
        ),
        *("l'eau", "o'\\brien", "المياه", "nothing", '"eau plan"', "2026-JP", "家専", "JP-2026-PRJ-0002"),
    ],
)
def test_the_database_answers_as_the_kernel_does(query):
    title, body = "JP-2026-PRJ-0001 Réunions", "Le plan d'eau de l'O'\\Brien ; 専門家の派遣 مياه الشرب"
    words = analyse(f"{title} . {body}", "fr")

    assert database_finds(query, title, body) == answered(words, asked(query))


@pytest.mark.django_db
@given(st.text(max_size=40), st.text(max_size=40))
def test_the_database_reads_whatever_is_written_and_asked(text, query):
    if asked(query).asks:
        database_finds(query, text.replace("\0", ""), text.replace("\0", ""))


def hit(pk, **told):
    usual = {"kind": "lesson", "object_id": pk, "rank": 0.1, "in_title": (False, False)}
    return Hit(
        **{"pk": pk, "as_phrase": False, "is_code": False, "is_case": False, "day": None} | usual | told
    )


def test_title_phrase_and_number_come_first_and_an_object_once():
    today = date(2026, 11, 30)
    rarity = rarities([5, 9000], 10_000)
    hits = [
        hit(1),
        hit(2, in_title=(False, True)),
        hit(3, in_title=(True, False)),
        hit(4, as_phrase=True, in_title=(True, True)),
        hit(5, is_code=True, in_title=(True, True), as_phrase=True),
        hit(6, object_id=4),
        hit(7, day=today),
    ]

    assert [each.pk for each in best_first(hits, rarity, today)] == [5, 4, 3, 7, 2, 1]
