"""A request before its review is offered what others publish that resembles it; what the desk saw is kept."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.test import Client

from taawun.foundation.models import AuditEvent
from taawun.interchange.actions import take_in, undo_load
from taawun.interchange.iati.records import Share
from taawun.interchange.models import PublishedActivity, PublishedSeen
from taawun.lessons.actions import mark_similar_seen
from tests.interchange.made import a_file, activity
from tests.lessons import made

pytestmark = pytest.mark.usefixtures("world")


def published(*numbers, sector="22012", country="LA", **more):
    """Activities of a sector in a country, taken in as one file."""
    shares = (
        Share("country", country, percentage=Decimal(100)),
        Share("sector", sector, vocabulary="1", percentage=Decimal(100)),
    )
    return take_in(
        a_file(*(activity(n, shares=shares, **more) for n in numbers)), actor=made.who("jica-admin")
    ).load


def offered(page):
    return [(one.identifier, one.reasons) for one in page.context["published"]]


@pytest.fixture
def as_():
    def browser(slug):
        client = Client()
        client.force_login(made.who(slug))
        return client

    return browser


def look(as_, coop_request):
    return as_("desk").get(f"/requests/{coop_request.pk}/similar/")


def test_the_panel_offers_what_resembles_it_with_reasons_and_a_way_to_open_it(as_):
    coop_request = made.a_request()
    published(1)
    published(2, sector="14030", country="MM")

    page = look(as_, coop_request)

    held = PublishedActivity.objects.get(identifier="XM-DAC-999-1")
    assert [identifier for identifier, _why in offered(page)] == ["XM-DAC-999-1"]
    assert offered(page)[0][1][:1] == ["Same sector: Postal services"]
    assert f'href="/published/{held.pk}/"' in page.content.decode()


def test_where_nothing_resembles_it_the_panel_says_so(as_):
    published(1, sector="14030", country="BO", titles={"en": "Wells"})

    page = look(as_, made.a_request())

    assert offered(page) == []
    assert (
        "No published activity near this request was found. Nothing depends on it." in page.content.decode()
    )


def test_what_the_desk_saw_stands_as_it_was_whatever_is_loaded_or_taken_away_later(as_):
    coop_request = made.a_request()
    load = published(1)
    mark_similar_seen(coop_request=coop_request, actor=made.who("desk"))
    published(2)
    undo_load(load, actor=made.who("jica-admin"), reason="Wrong file.")

    page = look(as_, coop_request)

    seen = PublishedSeen.objects.get()
    event = AuditEvent.objects.get(kind="request", step="similar-seen")
    assert (seen.identifier, seen.seen_by, seen.load) == ("XM-DAC-999-1", made.who("desk"), load)
    assert event.detail.data["published"] == ["XM-DAC-999-1"]
    assert [identifier for identifier, _why in offered(page)] == ["XM-DAC-999-1"]
    assert "no longer held" in page.content.decode()


def test_words_of_the_title_alone_find_it_too(as_):
    coop_request = made.a_request()
    words = replace(activity(), shares=(), titles={"en": coop_request.title})
    take_in(a_file(words), actor=made.who("jica-admin"))

    [(identifier, why)] = offered(look(as_, coop_request))

    assert identifier == "XM-DAC-999-1"
    assert [one.partition(":")[0] for one in why] == ["Words in common"]


@pytest.mark.parametrize("number", [1, 5])
def test_one_statement_finds_them_however_many(as_, django_assert_num_queries, number):
    coop_request = made.a_request()
    published(*range(1, number + 1))
    browser = as_("desk")
    browser.get("/lessons/")

    with django_assert_num_queries(13):
        page = browser.get(f"/requests/{coop_request.pk}/similar/")

    assert len(offered(page)) == number
