"""Tokens for tests, and programs that read with them."""

from datetime import timedelta
from typing import Any

from django.test import Client

from taawun.api.actions import issue_token
from taawun.api.scopes import Scope
from taawun.foundation import clock
from taawun.foundation.models import User
from tests.factories import who

EVERYTHING = tuple(Scope.values)


def a_token(person: str | User, *scopes: str, days: int = 30) -> str:
    """A person's new token with these scopes (none: all): its secret word."""
    user = who(person) if isinstance(person, str) else person
    ends_on = clock.today() + timedelta(days=days)
    return issue_token(actor=user, name="Test", scopes=scopes or EVERYTHING, ends_on=ends_on)[1]


def program(person: str | User, *scopes: str, language: str = "en") -> Client:
    """A program that reads as a person."""
    return reader(a_token(person, *scopes), language)


def reader(secret: str, language: str = "en") -> Client:
    """A program with a token."""
    return Client(headers={"authorization": f"Bearer {secret}", "accept-language": language})


def read(client: Client, path: str, **query: Any) -> Any:
    """What stands at an address, which must be there."""
    answer = client.get(f"/api/v1/{path}", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def refused(client: Client, path: str, **query: Any) -> tuple[int, str]:
    """Why an address answers nothing: status and kind of problem."""
    answer = client.get(f"/api/v1/{path}", query)
    assert answer["Content-Type"] == "application/problem+json"
    return answer.status_code, answer.json()["type"].removeprefix("/api/#")
