"""The search page: words in context, facets, slips, what to try; and the searches a person keeps."""

import re
from datetime import date
from urllib.parse import parse_qs, urlencode

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from tests.cycle.made import signed_in
from tests.factories import CooperationRequest, a_request, an_operation, who

from taawun.kernel.asking import asked
from taawun.search import current, excerpts
from taawun.search.models import SavedSearch, SearchText
from taawun.search.saved import MOST


@pytest.fixture(scope="module")
def made(shared_world):
    operation, draft = an_operation("evaluated"), a_request("draft")
    CooperationRequest.objects.filter(pk=draft.pk).update(title="<b>Zebra</b> & crossings of Kalaw")
    current.rebuild()
    return operation, draft


@pytest.fixture
def index(made):
    with transaction.atomic():
        yield made
        transaction.set_rollback(True)


def page(slug, **query):
    return signed_in(slug).get(reverse("search"), query)


def test_the_words_found_are_marked_in_title_and_text_and_nothing_is_left_as_markup(index):
    body = page("post-officer", q="zebra").content.decode()

    assert "&lt;b&gt;<mark>Zebra</mark>&lt;/b&gt; &amp; crossings of Kalaw" in body
    assert "<b>Zebra" not in body


def test_a_text_is_shown_where_its_words_stand(index):
    text = "First sentence without it. " * 40 + "Here the parcels are sorted. " + "Nothing more. " * 40

    shown = excerpts.excerpt(text, "en", asked("parcel sorting"))

    assert "<mark>parcels</mark> are <mark>sorted</mark>" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 400


@pytest.mark.parametrize(
    ("language", "query", "shown"),
    [
        ("en", "posts", "Sorting. Department of <mark>Posts</mark>"),
        ("fr", "postes", "Sorting. Direction des <mark>postes</mark>"),
        ("fr", "posts", "Sorting. Direction des <mark>postes</mark>"),
        ("ar", "posts", "Sorting. مديرية البريد (Department of <mark>Posts</mark>)"),
        ("en", "sorting", "<mark>Sorting</mark>. Department of Posts"),
    ],
)
def test_an_organisation_is_named_once_in_the_readers_language(language, query, shown):
    names = {"en": "Department of Posts", "fr": "Direction des postes", "ar": "مديرية البريد"}
    text = SearchText(body="Sorting.", names=[names], added_at=None)

    with translation.override(language):
        assert excerpts.context(text, "en", asked(query)) == shown


def test_each_result_opens_its_page(index):
    found = page("desk", q="postal").context["results"]

    reader, pages = signed_in("desk"), [line["address"].partition("#")[0] for line in found]
    assert len(found) == 15
    assert {reader.get(page, follow=True).status_code for page in pages} == {200}


def test_another_countrys_person_sees_no_result_no_count_no_facet(index):
    shown = page("la-officer", q="MM-2026-PRJ-0001")

    assert (shown.context["total"], shown.context["results"], shown.context["facets"]) == (0, [], [])
    assert "Try fewer words" in shown.content.decode()


def test_facets_lead_to_what_they_count(index):
    desk = signed_in("desk")
    facets = desk.get(reverse("search"), {"q": "postal"}).context["facets"]

    for facet in facets:
        for _value, number, address in facet["values"]:
            assert desk.get(reverse("search") + address).context["count"] == number


def test_a_facet_chosen_is_told_and_can_be_removed(index):
    shown = page("desk", q="postal", kind="agreement")

    [(_label, value, address)] = shown.context["chosen"]
    assert (value, address) == ("Agreement", "?q=postal")
    assert [line["kind"] for line in shown.context["results"]] == ["Agreement"] * 3


@pytest.mark.parametrize("wrong", [{"kind": "nothing"}, {"year": "soon"}, {"country": "\0"}])
def test_what_an_address_cannot_mean_is_left_out_and_said(index, wrong):
    shown = page("desk", q="postal", **wrong)

    assert shown.context["total"] == 15
    assert "was left out" in shown.content.decode()


def test_a_slip_is_told_with_what_is_shown_instead(index):
    body = re.sub(r"<[^>]+>", "", page("desk", q="postla").content.decode())

    assert "for “postla”: postal" in body


def test_without_a_question_the_page_says_what_can_be_found(index):
    assert "Lesson" in page("desk").context["kinds"]


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_page_is_read_in_each_language(index, language):
    desk = signed_in("desk")
    desk.cookies["django_language"] = language

    assert (
        desk.get(reverse("search"), {"q": "postal"}, headers={"accept-language": language}).context["total"]
        == 15
    )


def statements(slug, query):
    client = signed_in(slug)
    client.get(reverse("search"), query)
    with CaptureQueriesContext(connection) as held:
        client.get(reverse("search"), query)
    return len(held)


def test_few_statements_however_much_is_found(index):
    few = statements("desk", {"q": "zebra"}), statements("desk", {"q": "postal"})
    copies = SearchText.objects.get(kind="operation")
    for n in range(60):
        copies.pk, copies.kind, copies.object_id, copies.language = None, "lesson", 10**6 + n, "en"
        copies.save()

    assert statements("desk", {"q": "postal"}) == few[1] <= 15


def test_pages_go_on_where_the_last_ended(index, monkeypatch):
    monkeypatch.setattr("taawun.workspace.search.ON_A_PAGE", 5)
    desk = signed_in("desk")
    shown = [
        desk.get(reverse("search"), {"q": "postal", "page": n}).context["results"] for n in (1, 2, 3, 99)
    ]

    assert [len(each) for each in shown] == [5, 5, 5, 5]
    assert len({line["address"] + line["kind"] for each in shown[:3] for line in each}) == 15


def test_of_the_newest_alone_it_is_told_so_and_no_year_of_what_others_see(index, monkeypatch):
    SearchText.objects.filter(kind="request").update(day=date(1999, 1, 1), year=1999)
    days = sorted(SearchText.objects.filter(day__isnull=False).values_list("day", flat=True))
    monkeypatch.setattr("taawun.search.reach.since", lambda *_asked: days[-2])
    monkeypatch.setattr("taawun.search.statement.ENOUGH", 1)

    shown = page("desk", q="postal")

    assert f"At least {shown.context['count']} results" in shown.content.decode()
    [years] = [facet["values"] for facet in shown.context["facets"] if facet["label"] == "Year"]
    counted = [int(year) for year, number, _address in years if number]
    assert [year for year, number, _address in years if not number] == [
        str(min(counted) - back) for back in range(1, 6)
    ]


# ── The searches a person keeps ──


def keep(slug, name="Post", query="q=postal"):
    return signed_in(slug).post(reverse("search-save"), {"name": name, "asked": f"?{query}"})


def test_a_search_is_kept_stands_on_the_desk_and_is_run_from_there(index):
    answer = keep("desk", query="q=postal&kind=agreement&page=3&evil=x")

    assert answer.url == "/search/?q=postal&kind=agreement"
    held = SavedSearch.objects.get()
    desk = signed_in("desk").get(reverse("desk"))
    assert [(one["name"], one["new"]) for one in desk.context["saved"]] == [("Post", 0)]
    assert signed_in("desk").post(desk.context["saved"][0]["run"]).url == f"/search/?{held.asked}"


def test_what_came_since_the_last_look_is_counted_until_it_is_looked_at(index):
    keep("post-officer", query="q=zebra")
    keep("desk", query="q=zebra")
    SearchText.objects.filter(kind="request", object_id=index[1].pk).update(added_at="2999-01-01T00:00Z")

    def new(slug):
        return [one["new"] for one in signed_in(slug).get(reverse("desk")).context["saved"]]

    assert new("post-officer") == [1]
    assert new("desk") == [0]  # a draft of others is nothing new to them

    SearchText.objects.filter(kind="request").update(added_at="2001-01-01T00:00Z")
    assert new("post-officer") == [0]


def test_nobody_runs_or_forgets_the_search_of_another(index):
    keep("desk")
    held = SavedSearch.objects.get()

    assert signed_in("la-officer").post(reverse("search-run", args=[held.pk])).status_code == 404
    assert signed_in("la-officer").post(reverse("search-forget", args=[held.pk])).status_code == 404
    assert SavedSearch.objects.filter(pk=held.pk).exists()


def test_a_search_is_forgotten(index):
    keep("desk")

    signed_in("desk").post(reverse("search-forget", args=[SavedSearch.objects.get().pk]))

    assert not SavedSearch.objects.exists()


def test_the_same_name_keeps_the_new_search_and_there_is_a_most(index):
    keep("desk", query="q=one")
    keep("desk", query="q=two")
    assert [one.asked for one in SavedSearch.objects.all()] == ["q=two"]

    for n in range(MOST + 3):
        keep("desk", name=f"Search {n}")

    assert SavedSearch.objects.filter(user=who("desk")).count() == MOST


def test_a_long_search_in_arabic_is_kept(index):
    typed = " ".join(["مشروع"] * 30)

    keep("desk", name="طويل\0", query=urlencode({"q": typed}))

    held = SavedSearch.objects.get()
    assert (held.name, parse_qs(held.asked)["q"]) == ("طويل", [typed])


def test_a_search_without_a_name_is_not_kept(index):
    keep("desk", name="   ")

    assert not SavedSearch.objects.exists()
