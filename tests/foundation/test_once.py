"""A form sent twice is answered once."""

from uuid import uuid4

import pytest
from tests.factories import who

from taawun.foundation.models import OnceKey
from taawun.foundation.once import once


def acting(results):
    """An act that leaves a trace and tells where its result is."""

    def act():
        results.append(f"/requests/{len(results) + 1}/")
        return results[-1]

    return act


def test_the_second_sending_is_answered_with_the_first_result(world):
    done, key = [], str(uuid4())

    first, second = (once(who("desk"), key, acting(done)) for _ in range(2))

    assert (first, second, done) == ("/requests/1/", "/requests/1/", ["/requests/1/"])


def test_another_key_is_another_form(world):
    done = []

    answers = [once(who("desk"), str(uuid4()), acting(done)) for _ in range(2)]

    assert answers == ["/requests/1/", "/requests/2/"]


def test_a_key_is_its_own_persons(world):
    done, key = [], str(uuid4())

    answers = [once(who(slug), key, acting(done)) for slug in ("desk", "knowledge")]

    assert answers == ["/requests/1/", "/requests/2/"]


@pytest.mark.parametrize(
    "key",
    ["", "0", "not-a-key", "\x00", "🙂" * 40, None],
    ids=["empty", "short", "word", "nul", "long", "none"],
)
def test_a_forged_key_neither_fails_nor_remembers(world, key):
    done = []

    answers = [once(who("desk"), key, acting(done)) for _ in range(2)]

    assert answers == ["/requests/1/", "/requests/2/"]
    assert OnceKey.objects.count() == 0


@pytest.mark.parametrize("key", ["", "7d1c9c1e-6f0c-4a51-9d6a-0f6f0b6f8f11"], ids=["no key", "a key"])
def test_an_act_that_fails_leaves_nothing_and_may_be_sent_again(world, key):
    def fail():
        OnceKey.objects.create(user=who("desk"), address="half done")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        once(who("desk"), key, fail)
    assert OnceKey.objects.count() == 0

    assert once(who("desk"), key, lambda: "/done/") == "/done/"
