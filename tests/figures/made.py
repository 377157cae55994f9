"""Operations, inputs and rates in numbers, for the tests of figures."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.test import Client

from taawun.cycle.models import Operation, OperationPart, Party
from taawun.directory.models import Organisation
from taawun.figures.models import CurrencyRate
from taawun.foundation import clock
from taawun.planning.models import DesignVersion, Input
from tests.factories import who

PROJECT = "modality:technical-cooperation-project"


def body(slug: str) -> Organisation:
    return Organisation.objects.get(slug=slug)


def an_operation(number: int, **facts: Any) -> Operation:
    """One of Japan's with Myanmar, without a life of its own."""
    values = {
        "code": f"FIG-{number:05d}",
        "title": f"Operation {number}",
        "modality_id": PROJECT,
        "country_id": "country:MM",
        "provider": body("jica"),
        "country_office": body("jica-mm"),
        "state": "in_implementation",
        "state_since": clock.now(),
        "opened_on": date(2026, 3, 1),
    }
    return Operation.objects.create(**(values | facts))


def an_input(operation: Operation, amount: Any, currency: str = "JPY", *, frozen: bool = True) -> Input:
    """What Japan brings to it, of the design in force."""
    design, _new = DesignVersion.objects.get_or_create(
        operation=operation, number=0, defaults={"frozen_on": clock.today() if frozen else None}
    )
    party, _new = Party.objects.get_or_create(
        operation=operation,
        organisation=operation.provider,
        part=OperationPart.PROVIDER,
        defaults={"acts_through": operation.country_office},
    )
    money = {} if amount is None else {"amount": Decimal(amount), "currency_id": f"currency:{currency}"}
    return Input.objects.create(design=design, party=party, kind="expert", text="Experts", **money)


def a_rate(currency: str, per: str, number: str, **facts: Any) -> CurrencyRate:
    """So many of one currency for one of another today, made up for a test."""
    values = {
        "rate_of": "day",
        "day": clock.today(),
        "source": "Made up for a test",
        "source_on": clock.today(),
        "organisation": body("jica"),
        "recorded_by": who("desk"),
    }
    return CurrencyRate.objects.create(
        currency_id=f"currency:{currency}", per_id=f"currency:{per}", rate=Decimal(number), **(values | facts)
    )


def browser_of(slug: str) -> Client:
    """The browser of a person of the cast."""
    browser = Client()
    browser.force_login(who(slug))
    return browser


def opened(slug: str, path: str) -> Any:
    """A page as a person of the cast sees it."""
    return browser_of(slug).get(path)
