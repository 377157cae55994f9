"""Exchange rates come in by Excel: looked at, applied as one, undone as one; each has its source and its record."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client

from taawun.batches import actions
from taawun.batches.reasons import tell
from taawun.figures.counting import figure
from taawun.figures.models import CurrencyRate
from taawun.figures.rate_sheet import RATES
from taawun.foundation import clock
from taawun.foundation.models import AuditEvent, User
from tests.batches import made
from tests.factories import who
from tests.figures.made import a_rate, an_input, an_operation, body, opened

pytestmark = pytest.mark.usefixtures("world")
DAY = date(2024, 3, 5)
ROW = {
    "currency": "currency:JPY",
    "per": "currency:USD",
    "day": DAY,
    "year": None,
    "rate": 150.25,
    "source": "Bulletin of a test",
    "source_on": date(2024, 3, 6),
    "licence": None,
}


@pytest.fixture(autouse=True)
def files_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


def previewed(*rows, slug="jica-admin", house="jica"):
    written = [{**ROW, **row} for row in rows]
    return made.a_batch(made.filled(written, definition=RATES), definition=RATES, person=slug, house=house)


def applied(*rows):
    return actions.apply_batch(previewed(*rows), actor=who("jica-admin"))


def held():
    rows = CurrencyRate.objects.order_by("pk")
    return [(one.currency_code, one.per_code, one.time, one.rate, one.version) for one in rows]


def whys(batch):
    rows = batch.rows.order_by("number")
    return [{slug: tell(RATES, c["why"][0]) for slug, c in row.cells.items() if "why" in c} for row in rows]


def test_rates_of_days_and_years_come_in_with_their_source_and_leave_again():
    batch = applied({}, {"day": None, "year": 2023, "rate": 140.5, "licence": "CC0-1.0"})
    first = CurrencyRate.objects.order_by("pk").first()

    assert held() == [
        ("JPY", "USD", DAY, Decimal("150.25"), 1),
        ("JPY", "USD", 2023, Decimal("140.5"), 1),
    ]
    assert (first.source, first.source_on, first.organisation) == (
        "Bulletin of a test",
        date(2024, 3, 6),
        body("jica"),
    )

    actions.undo_batch(batch, actor=who("jica-admin"), reason="Of another bank.")

    assert held() == []
    steps = AuditEvent.objects.filter(kind="currency-rate").order_by("pk").values_list("step", flat=True)
    assert list(steps) == ["rate-brought-in", "rate-brought-in", "rate-put-back", "rate-put-back"]


def test_a_new_rate_replaces_the_former_which_comes_back_when_undone():
    applied({})
    again = applied({"rate": 151, "source": "Corrected bulletin"})
    replaced = held()

    actions.undo_batch(again, actor=who("jica-admin"), reason="The first was right.")

    assert replaced == [("JPY", "USD", DAY, Decimal(151), 2)]
    assert held() == [("JPY", "USD", DAY, Decimal("150.25"), 1)]
    assert CurrencyRate.objects.get().source == "Bulletin of a test"
    assert (previewed({}).counts, previewed({}).may_apply) == ({"unchanged": 1}, False)


def test_what_cannot_be_is_refused_cell_by_cell_and_nothing_comes_in():
    tomorrow = clock.today() + timedelta(days=1)
    batch = previewed(
        {"per": "currency:JPY"},
        {"day": None},
        {"year": 2023},
        {"day": tomorrow, "rate": 0},
        {"day": None, "year": clock.today().year},
        {"rate": 0.12345678901},
        {"source_on": tomorrow, "day": date(2024, 3, 7)},
    )

    assert whys(batch) == [
        {"per": "A rate is of two different currencies."},
        {"day": "Give a day, or the year of which it is the average: one of the two."},
        {"day": "Give a day, or the year of which it is the average: one of the two."},
        {"day": "This day has not come yet.", "rate": "A rate is above zero."},
        {"year": "This year is not over: it has no average yet, or is too long ago."},
        {"rate": "At most 10 digits after the point are kept."},
        {"source_on": "This day has not come yet."},
    ]
    assert (batch.may_apply, held()) == (False, [])


def test_no_agency_replaces_the_rate_of_another():
    applied({})

    batch = previewed({"rate": 149}, slug="amci-admin", house="amci")
    row = batch.rows.get()

    assert (row.verdict, batch.may_apply) == ("conflicting", False)
    assert tell(RATES, row.why[0]).endswith(
        "brought this rate in and says something else: agree with it which one holds."
    )


def test_only_an_administrator_brings_rates_in():
    with pytest.raises(PermissionDenied):
        previewed({}, slug="desk")
    assert [
        opened(slug, "/batches/sheets/exchange-rates/").status_code for slug in ("jica-admin", "desk")
    ] == [
        200,
        404,
    ]


def test_a_figure_counts_with_a_rate_once_it_is_in():
    an_input(an_operation(1), 300, "JPY")
    asked = {"currency": "USD", "day": DAY}
    before = figure("planned-inputs", {}, who("desk"), **asked).value

    applied({"rate": 150})

    assert (before, figure("planned-inputs", {}, who("desk"), **asked).value) == (None, Decimal("2.00"))


def test_the_list_is_filtered_by_either_currency_and_leads_to_each_with_its_record():
    applied({}, {"currency": "currency:EUR", "rate": 0.9})

    listed = opened("la-officer", "/figures/rates/?currency=EUR").context["list"].rows
    page = opened("la-officer", CurrencyRate.objects.get(currency="currency:EUR").get_absolute_url())

    assert [[cell.html for cell in row[:2]] for row in listed] == [["EUR", "USD"]]
    assert page.context["title"] == "1 USD = 0.9 EUR"
    assert [str(entry["title"]) for entry in page.context["timeline"]] == ["Rate brought in"]
    nobody = Client()
    nobody.force_login(User.objects.create_user("nobody@example.org"))
    assert nobody.get("/figures/rates/").context["list"].rows == []
    assert nobody.get(page.request["PATH_INFO"]).status_code == 404


def test_the_door_to_bring_rates_in_is_shown_to_those_who_may():
    found = {slug: opened(slug, "/figures/rates/").context["acts"] for slug in ("jica-admin", "desk")}

    assert found == {
        "jica-admin": [("/batches/sheets/exchange-rates/", "Bring in rates by Excel")],
        "desk": [],
    }


@pytest.mark.parametrize(
    "facts", [{"per": "JPY"}, {"number": "0"}, {"rate_of": "year", "day": DAY}, {"rate_of": "week"}]
)
def test_the_database_itself_refuses_what_is_no_rate(facts):
    values = {"currency": "JPY", "per": "USD", "number": "150", **facts}
    with pytest.raises(IntegrityError), transaction.atomic():
        a_rate(values.pop("currency"), values.pop("per"), values.pop("number"), **values)


def test_two_rates_of_one_time_are_one():
    a_rate("JPY", "USD", "150")
    with pytest.raises(IntegrityError), transaction.atomic():
        a_rate("JPY", "USD", "151")
