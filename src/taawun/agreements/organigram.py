"""The structure by which an operation is carried out, drawn from what is known of it: nobody types it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from taawun.cycle.models import (
    InputKind,
    Operation,
    OperationPart,
    Party,
    TeamFunction,
    TeamMember,
    still_serving,
)
from taawun.foundation import clock
from taawun.meetings.models import Capacity, Member
from taawun.meetings.queries import members_of, sitting
from taawun.reference.names import code_name
from taawun.ui import words

PARTNER, PROVIDER, FACILITATING = "partner", "provider", "facilitating"
SIDES = (PARTNER, PROVIDER, FACILITATING)
PARTNERS = (OperationPart.BENEFICIARY, OperationPart.IMPLEMENTING, OperationPart.COORDINATION)
LOCAL = (TeamFunction.DIRECTOR, TeamFunction.MANAGER, TeamFunction.COUNTERPART)


@dataclass
class Box:
    """A post, a body or a part of the work: what it is, who, what more; and what stands under it."""

    label: str
    name: str = ""
    detail: str = ""
    language: str = ""  # of the name, where it is not the paper's
    boxes: list["Box"] = field(default_factory=list)


def structure(operation: Operation, budget: Iterable[Any], members: list[Member]) -> list[Box]:
    """Committee, director, manager; under them the people of each side and the components.

    A post nobody holds yet is shown as one to be named. Evaluators stand outside. One SQL statement for the people,
    one for the components; `budget`: the inputs by party, for the experts foreseen; `members`: of the committee.
    """
    people = list(
        TeamMember.objects.filter(still_serving(), operation_id=operation.pk)
        .exclude(function=TeamFunction.EVALUATOR)
        .select_related("person", "organisation")
    )
    foreseen = {row.party.pk: [one for one in row.inputs if one.kind == InputKind.EXPERT] for row in budget}
    sides = [_side(operation, side, people, foreseen) for side in SIDES]
    under = [box for box in sides if box.boxes] + _components(operation)
    manager = _post(TeamFunction.MANAGER, people, under)
    director = _post(TeamFunction.DIRECTOR, people, [manager])
    return [Box(_("Joint coordinating committee"), _seats(members), "", "", [director])]


def side_of(party: Party) -> str:
    """On which side a party stands."""
    if party.part in PARTNERS:
        return PARTNER
    return FACILITATING if party.part == OperationPart.FACILITATING else PROVIDER


def side_name(operation: Operation, side: str) -> str:
    """How a side is called on paper."""
    if side == PARTNER:
        return _("Partner country: %(country)s") % {"country": code_name(operation.country_id)}
    return _("Side of the provider") if side == PROVIDER else _("Side of the facilitating provider")


def bodies_of(operation: Operation, side: str) -> set[int]:
    """The organisations of a side, and the offices they act through."""
    mine = [party for party in operation.party_rows if side_of(party) == side]
    return {pk for party in mine for pk in (party.organisation_id, party.acts_through_id)}


def _seats(members: list[Member]) -> str:
    chairs = [_who(one.known_as, one.organisation.name) for one in members if one.capacity == Capacity.CHAIR]
    return _("Chair: %(name)s") % {"name": words.listed(chairs)} if chairs else _("to be named")


def _who(name: str, organisation: str) -> str:
    return f"{words.apart(name)} ({words.apart(organisation)})"


def _post(function: Any, people: list[TeamMember], under: list[Box]) -> Box:
    held = [_who(one.person.name, one.organisation.name) for one in people if one.function == function]
    return Box(str(function.label), words.listed(held) if held else _("to be named"), boxes=under)


def _side(operation: Operation, side: str, people: list[TeamMember], foreseen: dict[int, list[Any]]) -> Box:
    parties = [party for party in operation.party_rows if side_of(party) == side]
    bodies = bodies_of(operation, side)
    others = set().union(*(bodies_of(operation, one) for one in SIDES)) - bodies
    default = [one for one in people if one.function in LOCAL] if side == PARTNER else []
    if side == PROVIDER:
        default = [one for one in people if one.function not in LOCAL]
    mine = [
        one
        for one in people
        if one.organisation_id in bodies or (one in default and one.organisation_id not in others)
    ]
    working = [one for one in mine if one.function not in (TeamFunction.DIRECTOR, TeamFunction.MANAGER)]
    return Box(side_name(operation, side), boxes=_parties(operation, parties, working, foreseen))


def _parties(
    operation: Operation, parties: list[Party], people: list[TeamMember], foreseen: dict[int, list[Any]]
) -> list[Box]:
    """Each organisation of a side once, with its people and the experts it is to send."""
    by_body: dict[int, Box] = {}
    for party in parties:
        if (box := by_body.get(party.organisation_id)) is None:
            by_body[party.organisation_id] = box = Box(
                str(party.get_part_display()), words.apart(party.organisation.name)
            )
        else:
            box.label = words.listed([box.label, str(party.get_part_display())])
        box.boxes += [_expert(operation, one) for one in foreseen.get(party.pk, [])]
    for one in people:
        body = _body(one, parties)
        if body not in by_body:
            by_body[body] = Box("", words.apart(one.organisation.name))
        person = Box(str(one.get_function_display()), words.apart(one.person.name), one.field)
        by_body[body].boxes.append(person)
    return list(by_body.values())


def _body(member: TeamMember, parties: list[Party]) -> int:
    """The organisation under which a person stands: an office's people under the one that acts through it."""
    own = [p.organisation_id for p in parties if p.organisation_id == member.organisation_id]
    through = [p.organisation_id for p in parties if p.acts_through_id == member.organisation_id]
    return next(iter([*own, *through]), member.organisation_id)


def _expert(operation: Operation, one: Any) -> Box:
    much = f"{words.figure(one.quantity)} {one.unit}".strip() if one.quantity is not None else ""
    return Box(_("Expert foreseen"), one.text, much, operation.language)


def _components(operation: Operation) -> list[Box]:
    rows = list(operation.components.select_related("supplier"))
    boxes = [
        Box(
            code_name(one.modality_id),
            one.title,
            words.apart(one.supplier.name) if one.supplier else "",
            operation.language,
        )
        for one in rows
    ]
    return [Box(_("Components"), boxes=boxes)] if boxes else []


@dataclass
class Seats:
    """The members of the committee from one side."""

    name: str
    members: list[Member]
    missing: list[str]


def committee(operation: Operation, members: list[Member]) -> list[Seats]:
    """The members by side; the parties that sign and have named nobody yet are told."""
    found = []
    left = list(members)
    for side in SIDES:
        bodies = bodies_of(operation, side)
        mine = [one for one in left if one.organisation_id in bodies]
        left = [one for one in left if one not in mine]
        seated = {one.organisation_id for one in mine}
        missing = [
            party.organisation.name
            for party in operation.party_rows
            if party.signs
            and side_of(party) == side
            and not {party.organisation_id, party.acts_through_id} & seated
        ]
        found.append(Seats(side_name(operation, side), mine, missing))
    found.append(Seats(_("Others"), left, []))
    return [one for one in found if one.members or one.missing]


def seated(operation: Operation) -> list[Member]:
    """Who sits on the committee today: one SQL statement."""
    return sitting(members_of(operation), clock.today())
