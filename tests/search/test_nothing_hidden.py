"""A text tells nothing that the page it opens would hide; names of organisations are no secret in any language."""

import re
from dataclasses import replace
from html import unescape

import pytest
from django.db import connection
from tests.cycle.made import signed_in
from tests.factories import Organisation, who

from taawun.foundation.readable import SEARCHABLE
from taawun.foundation.standing import standing
from taawun.search.gates import seen_by
from taawun.search.models import SearchText

FINDERS = ["desk", "post-officer", "mm-coordinator", "mm-office", "evaluator", "jica-approver", "la-officer"]


def shown_on(person, address):
    page = signed_in(person).get(address.partition("#")[0], follow=True)
    assert page.status_code == 200, address
    return plain(unescape(re.sub(r"<[^>]+>", " ", page.content.decode())))


def plain(text):
    return " ".join(text.split())


def found_by(person):
    seen = {
        slug: set(each.visible_to(who(person)).values_list("pk", flat=True))
        for slug, each in SEARCHABLE.items()
    }
    return [text for text in SearchText.objects.all() if text.object_id in seen[text.kind]]


@pytest.mark.slow
@pytest.mark.parametrize("person", FINDERS)
def test_whoever_finds_a_text_opens_its_page_and_reads_it_all(index, person):
    missing, names = [], {name for body in Organisation.objects.all() for name in body.names.values()}
    for text in found_by(person):
        page = shown_on(person, text.address)
        missing += [
            (text.kind, text.address, line)
            for line in text.body.splitlines()
            if line not in names and plain(line) not in page
        ]

    assert missing == []


PEOPLE = [*FINDERS, "la-coordinator", "sn-officer", "amci-desk", "gn-embassy"]


def keys_passing(person, narrowed):
    """By kind what a person's gates let pass, of everything: in the statement of search, or as the pages ask."""
    if not narrowed:
        seen = {slug: each.visible_to(who(person)) for slug, each in SEARCHABLE.items()}
        return {slug: set(rows.values_list("pk", flat=True)) for slug, rows in seen.items()}
    found = " UNION ALL ".join(
        f"SELECT '{slug}'::text AS kind, id AS object_id FROM {each.model._meta.db_table}"  # noqa: S608
        for slug, each in SEARCHABLE.items()
    )
    gates, params = seen_by(who(person)) or ("seen AS (SELECT * FROM found WHERE false)", [])
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH found AS MATERIALIZED ({found}), {gates} SELECT kind, object_id FROM seen",  # noqa: S608
            params,
        )
        held = {slug: set() for slug in SEARCHABLE}
        for slug, pk in cursor.fetchall():
            held[slug].add(pk)
        return held


@pytest.mark.parametrize("person", PEOPLE)
def test_the_gates_of_search_let_pass_what_the_gates_of_the_pages_do(index, person):
    assert keys_passing(person, narrowed=True) == keys_passing(person, narrowed=False)


def test_a_gate_that_is_kept_reads_anew_what_passes(index):
    [other] = standing(who("amci-desk")).organisations
    assert keys_passing("amci-desk", narrowed=True)["operation"] == set()

    type(index[0]).objects.filter(pk=index[0].pk).update(provider_id=other)

    assert keys_passing("amci-desk", narrowed=True)["operation"] == {index[0].pk}


def test_a_gate_is_kept_for_nobody_who_stands_for_something_else(index):
    reader = who("desk")
    assert seen_by(reader) == seen_by(who("desk"))
    before = seen_by(reader)

    reader._standing = replace(standing(reader), posts=frozenset())

    assert seen_by(reader) != before
