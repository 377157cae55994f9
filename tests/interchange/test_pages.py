"""The pages of what others publish: everybody reads them, administrators alone see and undo loads."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from taawun.interchange import actions
from taawun.interchange.iati.records import Document, Share
from taawun.interchange.models import Load, PublishedActivity
from taawun.interchange.sources import file_source
from taawun.workspace.demo.cast import user
from tests.interchange.made import a_file, activity, amount, xml_file


def taken(*activities, **more):
    return actions.take_in(a_file(*activities, **more), actor=user("jica-admin")).load


@pytest.fixture
def page(world, client):
    """What a person is shown at an address."""

    def page(path, who="post-officer", **more):
        client.force_login(user(who))
        return client.get(path, more)

    return page


def titles(response):
    return [str(row[0].html) for row in response.context["list"].rows]


def found(page, **asked):
    """The numbers of the activities a list shows."""
    shown = page("/published/", **asked)
    return sorted(
        int("".join(filter(str.isdigit, title.rpartition("Safe water")[2]))) for title in titles(shown)
    )


def test_everybody_who_is_signed_in_reads_what_is_published(page):
    taken(activity(1))

    shown = page("/published/")
    (row,) = shown.context["list"].rows

    assert [str(cell.html) for cell in row][1:] == [
        "Agency of the North",
        "Myanmar",
        str(row[3].html),
        "1 Jan 2024 – 31 Dec 2026",
        "USD 9",
        "EUR 500; USD 1,000.50",
        str(row[7].html),
    ]


def test_the_list_is_narrowed_by_country_sector_publisher_year_and_words(page):
    taken(
        activity(1), replace(activity(2), planned_start=None, planned_end=None, titles={"en": "Safe water 2"})
    )
    other = {"identifier": "XM-DAC-5-3", "reporting_ref": "XM-DAC-5", "titles": {"en": "Rail, Safe water 3"}}
    taken(activity(3, **other, shares=(Share("country", "LA"),)))
    feed = PublishedActivity.objects.get(identifier="XM-DAC-5-3").feed_id

    assert found(page) == [1, 2, 3]
    assert found(page, country="country:MM") == [1, 2]
    assert found(page, sector="sector:14030") == [1, 2]
    assert found(page, publisher=feed) == [3]
    assert found(page, year=2025) == [1, 3]
    assert found(page, q="rail") == [3]
    assert found(page, q="XM-DAC-999-2") == [2]
    assert found(page, q="ministry water") == [1, 2, 3]


def test_a_country_of_a_transaction_alone_is_not_the_activitys(page):
    taken(activity(1))

    assert ("country:KH", "Cambodia") not in page("/published/").context["list"].choices[0].options
    assert "country:MM" in {value for value, *_ in page("/published/").context["list"].choices[0].options}


def test_the_list_is_exported(page):
    taken(activity(1))

    text = b"".join(page("/published/", export="csv").streaming_content).decode()

    assert text.splitlines()[1].startswith("Safe water 1,Agency of the North,")


def test_one_activity_says_everything_with_no_sum_over_currencies(page):
    taken(replace(activity(1), amounts=(*activity(1).amounts, amount("1.50"))))

    shown = page(PublishedActivity.objects.get().get_absolute_url())

    assert [(row["year"], row["total"], row["number"]) for row in shown.context["amounts"]] == [
        (2024, "USD 9", 1),
        (2024, "EUR 500", 1),
        (2024, "USD 1,002", 2),
    ]
    assert [(row["code"], row["percentage"], row["is_derived"]) for row in shown.context["shares"]] == [
        ("MM", "100", False),
        ("14030", "60.5", False),
        ("X-9", "100", False),
    ]
    ((_type, result),) = shown.context["results"]
    (indicator,) = result.indicators
    assert (result.title.text, indicator.baselines) == ("Wells dug", ["0 (2023)"])
    assert [(p.label, p.targets, p.actuals, p.reached) for p in indicator.periods] == [
        ("1 Jan 2024 – 31 Dec 2024", ["10"], ["about 7 (sex f)"], "")
    ]


def test_the_page_says_where_it_cut(page):
    many = tuple(Document(f"https://example.org/{number}.pdf", "application/pdf") for number in range(201))
    taken(activity(1, documents=many), activity(2, documents=many[:200]))

    cut = [
        page(one.get_absolute_url()).context["cut"]
        for one in PublishedActivity.objects.order_by("identifier")
    ]

    assert cut == [["Number of documents: 201"], []]


def test_many_countries_are_told_in_few_words_and_exported_whole(page):
    codes = ("MM", "LA", "KH", "TH", "VN")
    taken(replace(activity(1), shares=tuple(Share("country", code) for code in codes)))

    (row,) = page("/published/").context["list"].rows
    text = b"".join(page("/published/", export="csv").streaming_content).decode()

    assert str(row[2].html) == "Myanmar, Laos, Cambodia and 2 others"
    assert "Myanmar; Laos; Cambodia; Thailand; Vietnam" in text


def test_what_could_not_be_worked_out_is_said_with_the_reason(page):
    taken(replace(activity(1), shares=(), amounts=()))

    shown = page(PublishedActivity.objects.get().get_absolute_url())

    nobody = "Neither the activity nor any of its transactions says so."
    assert shown.context["not_derived"] == [f"Countries and regions: {nobody}", f"Sectors: {nobody}"]


def test_what_was_reached_is_told_as_a_part_of_the_target_where_both_are_one_number(page, tmp_path):
    actions.take_in(file_source(xml_file(tmp_path / "file.xml", 1)), actor=user("jica-admin"))

    shown = page(PublishedActivity.objects.get().get_absolute_url())

    ((_type, result),) = shown.context["results"]
    assert [period.reached for period in result.indicators[0].periods] == ["70%"]


def test_the_original_is_fetched_and_is_a_file_that_can_be_taken_in_again(page, tmp_path):
    actions.take_in(file_source(xml_file(tmp_path / "file.xml", 1)), actor=user("jica-admin"))
    held = PublishedActivity.objects.get()

    answer = page(f"/published/{held.pk}/original.xml")
    again = tmp_path / "again.xml"
    again.write_bytes(answer.content)

    assert answer["Content-Type"] == "application/xml"
    assert actions.take_in(file_source(again), actor=None).counts == {"unchanged": 1}


def test_an_address_that_a_browser_would_run_is_no_link(page):
    bad, good = Document("javascript:alert(1)"), Document("https://example.org/plan.pdf")
    taken(replace(activity(1), documents=(bad, good)))

    text = page(PublishedActivity.objects.get().get_absolute_url()).content.decode()

    assert "javascript:alert(1)" in text
    assert 'href="javascript:' not in text
    assert 'href="https://example.org/plan.pdf"' in text


def test_a_related_activity_that_is_held_is_a_link(page):
    taken(replace(activity(1), relations=()), activity(2, relations=activity(2).relations))
    parent = taken(activity(0))

    shown = page(PublishedActivity.objects.get(identifier="XM-DAC-999-2").get_absolute_url())

    assert [one.held for _type, one in shown.context["relations"]] == [
        PublishedActivity.objects.get(load=parent).pk
    ]


@pytest.mark.parametrize("who", ["post-officer", "desk"])
def test_loads_are_the_administrators_alone(page, who):
    load = taken(activity(1))

    assert page(load.get_absolute_url(), who).status_code == 404
    assert page("/published/loads/", who).context["list"].rows == []
    assert page("/published/", who).context["acts"] == [("/countries/", "Countries")]
    assert len(page("/published/loads/", "jica-admin").context["list"].rows) == 1


def test_a_load_tells_what_differs_in_words(page):
    taken(activity(1), activity(2))
    newer = replace(activity(2), xml=b"newer", titles={"en": "Water for all", "fr": "Eau potable 2"})
    load = taken(activity(1), newer)

    shown = page(load.get_absolute_url(), "jica-admin")

    assert shown.context["counted"] == ["1 changed", "1 as it is held"]
    ((_identifier, _title, _mark, differs, _line),) = shown.context["list"].rows
    assert str(differs.html) == "Title (en): Water for all (before: Safe water 2)"


def test_a_load_is_undone_with_a_reason_once(page, client):
    load = taken(activity(1))
    address = f"/published/loads/{load.pk}/undo/"

    assert page(address, "jica-admin").status_code == 200
    assert client.post(address, {"reason": ""}).status_code == 422
    assert PublishedActivity.objects.count() == 1
    done = client.post(address, {"reason": "The wrong file", "once": "a"}, follow=True)

    assert done.redirect_chain == [(load.get_absolute_url(), 302)]
    assert not PublishedActivity.objects.exists()
    assert Load.objects.get().stage == "undone"
    refused = client.post(address, {"reason": "Again", "once": "b"})
    assert (refused.status_code, [str(one) for one in refused.context["obstacles"]]) == (
        409,
        ["This load is not applied, or no longer: there is nothing to undo."],
    )


def test_an_undoing_refused_says_why_on_its_page(page, client):
    first = taken(activity(1), name="first.xml")
    taken(replace(activity(1), xml=b"later"), name="later.xml")
    page("/published/", "jica-admin")

    refused = client.post(f"/published/loads/{first.pk}/undo/", {"reason": "Why not"})

    assert [str(one) for one in refused.context["obstacles"]] == [
        "A later load changed some of the same activities: undo that one first (later.xml)."
    ]


def statements(client, path):
    client.get(path)  # names of codes are read once a process
    with CaptureQueriesContext(connection) as seen:
        client.get(path)
    return len(seen)


def test_the_pages_ask_the_database_as_often_for_many_as_for_few(page, client):
    load = taken(*(activity(number) for number in range(1, 4)))
    page("/published/", "jica-admin")
    one = PublishedActivity.objects.first().get_absolute_url()
    paths = ["/published/", one, "/published/loads/", load.get_absolute_url()]
    few = [statements(client, path) for path in paths]

    taken(*(activity(number) for number in range(4, 30)))
    many = [statements(client, path) for path in paths]

    assert [after - before for before, after in zip(few, many, strict=True)] == [1, 0, 0, 0]  # a second page
    assert [(path, number) for path, number in zip(paths, many, strict=True) if number > 15] == []
