"""Absences for tests."""

from datetime import date, timedelta
from typing import Any

from taawun.directory import actions
from taawun.directory.models import Delegation, Post
from taawun.foundation import clock
from taawun.foundation.models import User

DAY = timedelta(days=1)


def post_of(user: User) -> Post:
    """The one post of somebody."""
    return Post.objects.get(person__user=user)


def away(holder: User, deputy: User, **given: Any) -> Delegation:
    """The holder is away from today on for a week, or as given; the deputy acts."""
    values: dict[str, Any] = {
        "starts_on": clock.today(),
        "ends_on": clock.today() + 7 * DAY,
        "reason": "Leave",
    }
    return actions.delegate(post_of(holder), deputy.person, **values | given, actor=holder)


def move_to(day: date) -> None:
    """The clock of this process shows another day."""
    clock.set_today(day)
