"""A text tells nothing that the page it opens would hide; names of organisations are no secret in any language."""

import re
from html import unescape

import pytest
from tests.cycle.made import signed_in
from tests.factories import Organisation, who

from taawun.foundation.readable import SEARCHABLE
from taawun.search.models import SearchText

FINDERS = ["desk", "post-officer", "mm-coordinator", "mm-office", "evaluator", "jica-approver", "la-officer"]


def shown_on(person, address):
    page = signed_in(person).get(address.partition("#")[0])
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
