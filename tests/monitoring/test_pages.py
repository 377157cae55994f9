"""The pages of monitoring, as each person gets them."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from taawun.foundation.models import Draft
from taawun.monitoring import queries
from taawun.monitoring.models import (
    SECTIONS,
    CompletionReport,
    IndicatorValue,
    InputActual,
    Sheet,
    SheetActions,
    SheetConfirmation,
)
from tests.monitoring.made import (
    PARTNER,
    PROVIDER,
    a_complete_sheet,
    a_report,
    a_running_operation,
    a_sheet,
    add_values,
    indicators,
    last_values,
    on_the_day,
    who,
)
from tests.planning.made import a_complete_operation

pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture(autouse=True)
def _day(world):
    on_the_day()


@pytest.fixture
def as_(client, world):
    """The browser of a player of the cast."""

    def sign_in(slug):
        client.force_login(who(slug))
        return client

    return sign_in


def addresses(operation):
    at = [operation.pk]
    return [
        reverse("monitoring:sheets", args=at),
        reverse("monitoring:new-sheet", args=at),
        reverse("monitoring:values", args=at),
        reverse("monitoring:sheet", args=[*at, 1]),
        reverse("monitoring:edit-sheet", args=[*at, 1]),
        reverse("monitoring:sheet-paper", args=[*at, 1]),
        reverse("monitoring:completion", args=at),
        reverse("monitoring:edit-completion", args=at),
        reverse("monitoring:completion-paper", args=at),
    ]


def sheet_post(operation, **changes):
    data = {
        "period_from": "2026-06-09",
        "period_to": "2026-12-08",
        "progress": "Two experts are at work.",
        "as_of": "2026-12-01",
        "base_version": "0",
    }
    for definition in indicators(operation):
        prefix = f"value-{definition.pk}"
        if definition.kind == "ratio":
            data |= {f"{prefix}-numerator": "62", f"{prefix}-denominator": "100"}
        else:
            data[f"{prefix}-value"] = "2"
    return data | changes


def words(response):
    """The text of a page as people read it."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", text)


def test_both_sides_of_the_operation_open_every_page(as_):
    operation = a_running_operation("completion_review")
    a_sheet(operation)

    for slug in (PARTNER, PROVIDER):
        browser = as_(slug)
        assert [browser.get(address).status_code for address in addresses(operation)] == [200] * 9


@pytest.mark.parametrize("slug", ["la-officer", "la-office", "amci-desk", "sn-officer"])
def test_another_countrys_officer_gets_404_at_every_address(as_, slug):
    operation = a_running_operation("completion_review")
    a_sheet(operation)
    confirm = reverse("monitoring:confirm-sheet", args=[operation.pk, 1])

    browser = as_(slug)

    assert [browser.get(address).status_code for address in addresses(operation)] == [404] * 9
    written = [address for address in addresses(operation) if re.search("new|values|edit", address)]
    assert [browser.post(address).status_code for address in [*written, confirm]] == [404] * 5


def test_the_desk_reads_but_is_not_offered_to_write(as_):
    operation = a_running_operation("completion_review")
    a_sheet(operation)

    browser = as_("desk")
    page = browser.get(reverse("monitoring:sheets", args=[operation.pk]))

    assert page.context["may_write"] is False
    assert [browser.get(address).status_code for address in addresses(operation)] == [
        200, 403, 403, 200, 403, 200, 200, 403, 200,
    ]  # fmt: skip


def test_a_sheet_that_does_not_exist_is_404(as_):
    operation = a_running_operation()

    assert as_(PROVIDER).get(reverse("monitoring:sheet", args=[operation.pk, 7])).status_code == 404


def test_the_new_sheet_is_prefilled_and_saved_once(as_):
    operation = a_running_operation()
    address = reverse("monitoring:new-sheet", args=[operation.pk])
    browser = as_(PROVIDER)

    page = browser.get(address)
    form = page.context["form"]
    data = sheet_post(operation, once="0b9c6f0e4f6b4a0e8a5d0f5b8c7d6e5f")
    first, second = browser.post(address, data), browser.post(address, data)

    assert [str(form[name].value()) for name in ("period_from", "period_to", "as_of")] == [
        "2026-06-09",
        "2026-12-08",
        "2026-12-08",
    ]
    assert (first.status_code, second.status_code) == (302, 302)
    assert list(Sheet.objects.values_list("number", "opened_by__email")) == [(1, "mm-office@example.org")]
    assert IndicatorValue.objects.count() == 4


def test_both_sides_values_stand_side_by_side_and_a_difference_is_told_in_words(as_):
    operation = a_running_operation()
    sheet = a_sheet(operation, PROVIDER, (1, 70, 2, 3))
    add_values(sheet, PARTNER, 1, 67, 2)

    page = as_("desk").get(reverse("monitoring:sheets", args=[operation.pk]))

    row = page.context["rows"][1]
    assert {side.name: side.value.value for side in row.sides} == {
        "Myanmar Post": 67,
        "Japan International Cooperation Agency (JICA)": 70,
    }
    assert row.difference_text == "The sides differ by 3"
    assert [r.difference for r in page.context["rows"]] == [None, 3, None, None]
    assert words(page).count("The sides differ by 3") == 1
    assert "nothing reported" in words(page)


def test_an_indicator_stands_where_its_less_favourable_value_stands(as_):
    operation = a_running_operation()
    sheet = a_sheet(operation, PROVIDER, (10, 90, 9, 0))
    add_values(sheet, PARTNER, 10, 60, 9)

    page = as_("desk").get(reverse("monitoring:sheets", args=[operation.pk]))

    told = [row.standing_text for row in page.context["rows"]]
    assert (told[0], told[2]) == ("Reached", "On course")
    assert told[1].startswith("Behind by")
    assert told[3].startswith("Behind by")


def test_behind_the_number_stands_who_reported_it_when_and_in_which_sheet(as_):
    operation = a_running_operation()
    a_sheet(operation, PROVIDER, (1,))
    last_values(operation, 4, by=PARTNER)

    text = words(as_("desk").get(reverse("monitoring:sheets", args=[operation.pk])))

    assert "1 Dec 2026 1 · Japan International Cooperation Agency (JICA) · Monitoring sheet 1" in text
    assert "15 Dec 2026 4 · Myanmar Post · outside the sheets" in text


def test_a_side_edits_its_own_values_and_its_own_actions_beside_the_others(as_):
    operation = a_running_operation()
    sheet = a_sheet(operation, PROVIDER, (1, 70))
    address = reverse("monitoring:edit-sheet", args=[operation.pk, sheet.number])
    browser = as_(PARTNER)

    page = browser.get(address)
    saved = browser.post(address, sheet_post(operation, base_version="1", actions="Staff were named."))

    assert page.context["form"].fields["actions"].label == "Actions taken by Myanmar Post"
    assert "Japan International Cooperation Agency (JICA) reports 70 on 1 Dec 2026." in words(page)
    assert saved.status_code == 302
    assert list(SheetActions.objects.values_list("party__organisation__slug", "text")) == [
        ("mm-post", "Staff were named.")
    ]
    assert (
        sorted(IndicatorValue.objects.values_list("organisation__slug", flat=True))
        == ["jica"] * 2 + ["mm-post"] * 4
    )


def test_a_forged_indicator_of_another_operation_is_refused(as_):
    foreign = indicators(a_complete_operation())[0]
    operation = a_running_operation()
    browser = as_(PROVIDER)

    answer = browser.post(
        reverse("monitoring:new-sheet", args=[operation.pk]),
        sheet_post(operation, **{f"value-{foreign.pk}-value": "5"}),
    )

    assert answer.status_code == 422
    assert "One of the indicators does not belong to this operation." in words(answer)
    assert not IndicatorValue.objects.exists()
    assert Draft.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"period_to": "2026-06-01"}, "The period ends before it begins."),
        ({"as_of": "2026-12-16"}, "This day lies in the future."),
        ({"progress": ""}, "This field is required."),
        ({"progress": "x" * 8001}, "Ensure this value has at most 8000 characters (it has 8001)."),
        ({"period_from": "yesterday"}, "Enter a valid date."),
    ],
)
def test_bad_input_is_told_and_kept_as_a_draft(as_, changes, told):
    operation = a_running_operation()

    answer = as_(PROVIDER).post(
        reverse("monitoring:new-sheet", args=[operation.pk]), sheet_post(operation, **changes)
    )

    assert answer.status_code == 422
    assert told in words(answer)
    assert not Sheet.objects.exists()
    assert Draft.objects.count() == 1


@pytest.mark.parametrize(
    ("numerator", "denominator", "told"),
    [
        ("5", "", "A percentage needs both its numbers."),
        ("0", "0", "Of none there is no percentage"),
        ("-1", "10", "Ensure this value is greater than or equal to 0."),
        ("NaN", "10", "Enter a number."),
        ("1e30", "10", "Ensure that there are no more than 18 digits in total."),
    ],
)
def test_a_percentage_that_cannot_be_counted_is_told(as_, numerator, denominator, told):
    operation = a_running_operation()
    ratio = indicators(operation)[1]
    type(ratio).objects.filter(pk=ratio.pk).update(kind="ratio")
    prefix = f"value-{ratio.pk}"

    answer = as_(PROVIDER).post(
        reverse("monitoring:new-sheet", args=[operation.pk]),
        sheet_post(operation, **{f"{prefix}-numerator": numerator, f"{prefix}-denominator": denominator}),
    )

    assert answer.status_code == 422
    assert told in words(answer)


def test_two_editors_of_one_sheet_see_both_versions(as_):
    operation = a_running_operation()
    sheet = a_sheet(operation)
    add_values(sheet, PARTNER, 5, progress="Written by the partner.")

    answer = as_(PROVIDER).post(
        reverse("monitoring:edit-sheet", args=[operation.pk, 1]),
        sheet_post(operation, base_version="1", progress="Written by the provider."),
    )

    assert answer.status_code == 409
    assert "Someone else saved this meanwhile" in words(answer)
    assert {line["label"]: line["theirs"] for line in answer.context["conflict"]}[
        "Progress of inputs and activities"
    ] == "Written by the partner."
    assert Sheet.objects.get().progress == "Written by the partner."


def test_the_confirm_button_confirms_the_version_that_was_read(as_):
    operation = a_running_operation()
    sheet = a_sheet(operation)
    browser = as_(PARTNER)
    page = browser.get(reverse("monitoring:sheet", args=[operation.pk, 1]))
    address = reverse("monitoring:confirm-sheet", args=[operation.pk, 1])

    stale = browser.post(address, {"version": "0"})
    done = browser.post(address, {"version": str(page.context["sheet"].version)})
    after = browser.get(reverse("monitoring:sheet", args=[operation.pk, 1]))

    assert page.context["may_confirm"] is True
    assert (stale.status_code, done.status_code) == (409, 302)
    assert "The sheet was changed since you opened it" in words(stale)
    assert list(SheetConfirmation.objects.values_list("party__organisation__slug", flat=True)) == ["mm-post"]
    assert after.context["may_confirm"] is False
    assert sheet.version == 1


def test_values_reported_on_their_page_close_the_last_gap(as_):
    on_the_day(date(2029, 6, 1))
    operation = a_running_operation("completion_review")
    data = {name: value for name, value in sheet_post(operation).items() if name.startswith("value-")}

    answer = as_(PARTNER).post(
        reverse("monitoring:values", args=[operation.pk]), data | {"as_of": "2029-06-01", "base_version": "0"}
    )

    assert answer.status_code == 302
    assert queries.without_last_value(operation) == []
    assert set(IndicatorValue.objects.values_list("organisation__slug", "sheet")) == {("mm-post", None)}


def test_the_report_opens_prefilled_and_is_saved_with_what_was_provided(as_):
    operation = a_running_operation("completion_review")
    address = reverse("monitoring:edit-completion", args=[operation.pk])
    browser = as_(PROVIDER)

    page = browser.get(address)
    lines = queries.input_lines(operation)
    data = {name: f"On {name}." for name in SECTIONS} | {"base_version": "0"}
    data |= {f"input-{line.planned.pk}-text": "Provided in full" for line in lines}
    data |= {f"input-{lines[0].planned.pk}-amount": "119500000.25"}
    saved = browser.post(address, data)

    assert (
        page.context["form"]["activities_done"]
        .value()
        .splitlines()[0]
        .startswith("1-1 Survey the sorting centres: planned")
    )
    assert page.context["form"]["design_history"].value() == "Version 0, 1 Jun 2026"
    assert saved.status_code == 302
    assert CompletionReport.objects.get().impact == "On impact."
    assert InputActual.objects.count() == len(lines)
    shown = words(browser.get(reverse("monitoring:completion", args=[operation.pk])))
    assert "119,500,000.25" in shown


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("amount", "-1", "Ensure this value is greater than or equal to 0."),
        ("amount", "5", "Say what was provided for this amount."),
        ("text", "x" * 301, "Ensure this value has at most 300 characters (it has 301)."),
    ],
)
def test_bad_input_in_the_inputs_is_told(as_, field, value, told):
    operation = a_running_operation("completion_review")
    pk = queries.input_lines(operation)[0].planned.pk

    answer = as_(PROVIDER).post(
        reverse("monitoring:edit-completion", args=[operation.pk]),
        {f"input-{pk}-{field}": value, "base_version": "0"},
    )

    assert answer.status_code == 422
    assert told in words(answer)


@pytest.mark.parametrize("page", ["new-sheet", "values", "edit-completion"])
def test_what_can_no_longer_be_written_is_told_before_anybody_types(as_, page):
    operation = a_running_operation("completed")

    answer = as_(PROVIDER).get(reverse(f"monitoring:{page}", args=[operation.pk]))

    assert answer.status_code == 409
    assert "This can no longer be edited" in words(answer)


@pytest.mark.parametrize(
    ("page", "number", "field"),
    [
        ("new-sheet", (), "progress"),
        ("edit-sheet", (1,), "progress"),
        ("values", (), "as_of"),
        ("edit-completion", (), "relevance"),
    ],
)
def test_a_page_that_is_shut_still_shows_whoever_typed_before_their_draft(as_, page, number, field):
    operation = a_running_operation("completion_review")
    a_sheet(operation)
    address = reverse(f"monitoring:{page}", args=[operation.pk, *number])
    typed = "2026-11-03" if field == "as_of" else "Typed before it was shut."
    as_(PROVIDER).post(address, {field: typed, "base_version": "1", "autosave": "1"})
    type(operation).objects.update(state="completed")

    mine, theirs = as_(PROVIDER).get(address), as_(PARTNER).get(address)

    assert (mine.status_code, theirs.status_code) == (409, 409)
    assert mine.context["form"][field].value() == typed
    assert "This can no longer be edited: the case is now “Completed”." in words(mine)
    assert typed not in theirs.content.decode()


def test_a_page_that_moved_on_keeps_what_was_typed(as_):
    operation = a_running_operation("completed")

    answer = as_(PROVIDER).post(reverse("monitoring:new-sheet", args=[operation.pk]), sheet_post(operation))

    assert answer.status_code == 409
    assert not Sheet.objects.exists()
    assert Draft.objects.count() == 1


def test_who_reported_and_who_confirmed_are_named_in_the_script_of_the_paper_and_of_the_reader(as_):
    operation = a_running_operation("completion_review", language="ar")
    a_complete_sheet(operation)
    names = who(PROVIDER).person.names
    browser = as_(PROVIDER)
    browser.cookies["taawun_language"] = "ar"

    paper = browser.get(reverse("monitoring:sheet-paper", args=[operation.pk, 1])).content.decode()
    sheet = browser.get(reverse("monitoring:sheet", args=[operation.pk, 1])).content.decode()
    values = sheet.partition("<main")[2]

    assert (names["ar"] in paper, names["latin"] in paper) == (True, False)
    assert (names["ar"] in values, names["latin"] in values) == (True, False)


def test_the_papers_stand_in_the_language_of_the_operation(as_):
    operation = a_running_operation("completion_review", language="fr")
    a_complete_sheet(operation)
    a_report(operation)
    browser = as_(PROVIDER)

    sheet = browser.get(reverse("monitoring:sheet-paper", args=[operation.pk, 1]))
    report = browser.get(reverse("monitoring:completion-paper", args=[operation.pk]))

    assert '<html lang="fr" dir="ltr">' in sheet.content.decode()
    assert '<html lang="fr" dir="ltr">' in report.content.decode()
    assert "Poste du Myanmar" in words(sheet)
    assert [s["side"] for s in sheet.context["signatures"]] == [
        "Poste du Myanmar",
        "Agence japonaise de coopération internationale (JICA)",
    ]


def a_history(operation, count):
    for number in range(count):
        day = date(2026, 7 + number, 1)
        sheet = a_sheet(operation, period_from=day, period_to=day)
        add_values(sheet, PARTNER, 1, 60, 2, 3)


@pytest.mark.parametrize("sheets", [1, 3])
def test_the_tab_asks_the_database_as_often_for_three_sheets_as_for_one(as_, sheets):
    operation = a_running_operation()
    a_history(operation, sheets)
    browser = as_(PARTNER)
    address = reverse("monitoring:sheets", args=[operation.pk])
    browser.get(address)

    with CaptureQueriesContext(connection) as asked:
        browser.get(address)

    assert len(asked) == 13


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("monitoring:sheet", 15),
        ("monitoring:sheet-paper", 15),
        ("monitoring:completion", 14),
        ("monitoring:completion-paper", 16),
    ],
)
def test_each_page_asks_the_database_a_known_number_of_times(as_, name, count):
    operation = a_running_operation("completion_review")
    a_complete_sheet(operation)
    a_report(operation)
    at = [operation.pk, 1] if "sheet" in name else [operation.pk]
    browser = as_(PARTNER)
    browser.get(reverse(name, args=at))

    with CaptureQueriesContext(connection) as asked:
        browser.get(reverse(name, args=at))

    assert len(asked) == count
