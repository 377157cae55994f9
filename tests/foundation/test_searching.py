"""Lists are found by words: as typed in French, English or Arabic, by an index, whatever is typed."""

import pytest
from django.db import connection
from hypothesis import example, given, settings, strategies as st

from taawun.cycle.lists import operations_found, requests_found
from taawun.cycle.models import CooperationRequest, Operation

TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=200)


def finds(typed: str, *columns: str | None) -> bool:
    with connection.cursor() as cursor:
        sql = f"SELECT taawun_words({', '.join(['%s::text'] * len(columns))}) @@ taawun_asked(%s)"
        cursor.execute(sql, [*columns, typed])
        return bool(cursor.fetchone()[0])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("postal", "Postal Services Capacity Improvement"),
        ("POSTAL impro", "Postal Services Capacity Improvement"),
        ("meteo alerte", "Réseau de météorologie et d’alerte"),
        ("météo", "METEOROLOGIE"),
        ("d'alerte", "Réseau d’alerte"),
        ("2026-PRJ-0001", "MM-2026-PRJ-0001 (old: COOP/19)"),
        ("coop 19", "MM-2026-PRJ-0001 (old: COOP/19)"),
        ("البريديه", "تحسين الخدمات البريدية"),
        ("الى", "دعم إلي القرى"),
        ("مُدُن", "مـــدن ساحلية"),
        ("ﬁshery", "Fishery ports"),
    ],
)
def test_what_people_type_finds_what_was_written(typed, text):
    assert finds(typed, text)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("ostal", "Postal Services"),
        ("postal roads", "Postal Services"),
        ("", "Postal Services"),
        ("— ' \\ : & | ! ( ) <->", "Postal — Services"),
        ("2027", "MM-2026-PRJ-0001"),
    ],
)
def test_what_was_not_written_is_not_found(typed, text):
    assert not finds(typed, text)


@pytest.mark.django_db
def test_a_column_without_a_value_takes_nothing_from_the_others():
    assert [finds("postal", None, "Postal"), finds("postal", None, None)] == [True, False]


@pytest.mark.django_db
@settings(max_examples=150, deadline=None)
@given(TEXT)
@example("ﷺ" * 200)
@example("'quoted' \\back\\ slash:*")
@example("ក្រសួង မြန်မာ नेपाल")
def test_whatever_is_written_is_found_again_by_itself(text):
    with connection.cursor() as cursor:
        cursor.execute("SELECT taawun_words(%s) = ''::tsvector", [text])
        wordless = cursor.fetchone()[0]

    assert finds(text, "before", text) is not wordless


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("found", "model", "index"),
    [
        (operations_found, Operation, "operation_words"),
        (requests_found, CooperationRequest, "request_words"),
    ],
)
def test_a_long_list_is_searched_by_its_index(found, model, index):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")

    plan = found(model.objects.values("pk"), "postal 2026").explain()

    assert index in plan
