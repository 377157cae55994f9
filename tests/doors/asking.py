"""How the table is put to the doors: who tries what at which stage, and what the table says they must get."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from tests.doors.table import (
    DOORS,
    ELSEWHERE,
    EVERYBODY_SEES,
    SEES,
    STATES,
    STEPS,
    STRANGERS,
    Door,
    leaves,
    life,
)
from tests.doors.walk import Address, addresses, things_of

EVERYBODY = sorted({slug for kind in SEES.values() for slug in kind} | STRANGERS.keys())


def sees(case: Any, slug: str) -> bool:
    """Whether the table lets a person know of the case, in its present state."""
    named = case.state in SEES[life(case)].get(slug, ())
    return named or case.state in EVERYBODY_SEES.get(life(case), ())


def steps_of(case: Any, slug: str) -> set[str]:
    """The steps the table gives a person now."""
    return {
        name for name, (_states, people) in STEPS[life(case)].items() if leaves(case, name) and slug in people
    }


def answers(address: Address, case: Any, slug: str, method: str) -> set[int]:
    """What the table says this person gets; nothing for what they may send."""
    door = address.door
    if method == "POST" and not door.posts:
        return {405}
    if method == "GET" and not door.shows:
        return {405}
    if address.exists and case.state in door.besides.get(slug, ()):
        return {200} if method == "GET" else set()
    if not sees(case, slug):
        return {404}
    allowed = (door.senders or door.writers) if method == "POST" else door.writers
    barred = bool(allowed) and slug not in allowed
    if not address.exists:
        return {404, door.barred} if barred else {404}
    if barred:
        return {door.barred}
    if method == "POST":
        return set()
    return {200} if not door.states or case.state in door.states else _one_or_more(door.shut)


def _one_or_more(status: int | tuple[int, ...]) -> set[int]:
    return {status} if isinstance(status, int) else set(status)


# ── Every address of a case ──


def doors_of(case: Any, *, every: bool = False) -> list[Address]:
    """Every address of the table that belongs to this kind of case, and the pages of its steps.

    Of an address that takes one of several words, and of the steps that start elsewhere, another at each stage;
    `every`: all of them at each.
    """
    held, turn = things_of(case), None if every else turn_of(case)
    listed = [door for door in DOORS if door.kind == life(case)]
    return [
        address
        for door in [*listed, *step_doors(case, every=every)]
        for address in addresses(door, held, turn)
    ]


def step_doors(case: Any, *, every: bool) -> Iterable[Door]:
    """The page of each step that leaves the case's state, and of one (or every one) that does not."""
    here = [name for name in STEPS[life(case)] if leaves(case, name)]
    others = [name for name in STEPS[life(case)] if name not in here]
    for name in [*here, *(others if every else rota(others, turn_of(case), 1))]:
        people = STEPS[life(case)][name][1] if name in here else ()
        yield Door(
            "step",
            life(case),
            {"kind": case.kind, "name": name},
            writers=people or ("nobody",),
            states=frozenset({"elsewhere"}) if name in ELSEWHERE else frozenset(),
            shut=302,
            barred=409,
            posts=True,
        )


# ── Who tries it ──


def turn_of(case: Any) -> int:
    """The number of the case's state on its way: at each, others come to a door."""
    return STATES[life(case)].index(case.state)


def rota(people: Sequence[str], turn: int, share: int) -> list[str]:
    """Some of the people, others at each turn: after a few turns everybody has come."""
    return [people[(turn * share + n) % len(people)] for n in range(min(share, len(people)))]


# How many strangers come to each address at each stage, to look or to send: others at each stage.
STRANGERS_AT_ONCE = {"request": 2, "operation": 2, "activity": 2, "lesson": 8}


def lookers(address: Address, case: Any, number: int) -> list[str]:
    """Who looks at an address at this stage: strangers, one who sees the case, one whom it opens to."""
    mine, others = _apart(case)
    writers = [slug for slug in address.door.writers if slug in mine and at_an_edge(address.door, case)]
    turn, share = turn_of(case) + number, STRANGERS_AT_ONCE[life(case)]
    strangers = rota(others, turn, share)[: share - address.door.posts]
    return list(dict.fromkeys([*strangers, *rota(mine, turn, 1), *rota(writers, turn, 1)]))


def senders(address: Address, case: Any, number: int) -> list[str]:
    """Who sends something to it: a stranger and one who sees the case; where nothing is taken, now and then one."""
    mine, others = _apart(case)
    turn, share = turn_of(case) + number, STRANGERS_AT_ONCE[life(case)]
    if not address.door.posts:
        return rota(mine, turn, turn % 3 == 0)
    return list(
        dict.fromkeys([*rota(others, turn, share)[share - 1 :], *rota(mine, turn + len(mine) // 2, 1)])
    )


def _apart(case: Any) -> tuple[list[str], list[str]]:
    """Those who see the case, and those who do not."""
    mine = [slug for slug in EVERYBODY if sees(case, slug)]
    return mine, [slug for slug in EVERYBODY if slug not in mine]


def at_an_edge(door: Door, case: Any) -> bool:
    """Whether the door opens or shuts between this state and a neighbour of it; one that never does counts always."""
    states, here = STATES[life(case)], turn_of(case)
    near = {state in door.states for state in states[max(here - 1, 0) : here + 2]}
    return len(near) > 1 or not door.states


# ── What they are told ──


def text_of(answer: Any) -> str:
    """The text of an answer."""
    return answer.body.decode("utf-8", "replace")


def told(answer: Any, path: str) -> tuple[Any, ...]:
    """All an answer tells, but for its own address and what is drawn anew each time."""
    body = re.sub(r'(csrfmiddlewaretoken|once)" value="[^"]*"', "", text_of(answer).replace(path, ""))
    headers = {name: value for name, value in answer.headers.items() if name != "Content-Length"}
    return answer.status_code, headers, body
