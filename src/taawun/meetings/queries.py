"""Questions about an operation's committee and its meetings."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from taawun.cycle.models import Operation, Party
from taawun.cycle.queries import operations_visible_to
from taawun.directory.models import Organisation, Person
from taawun.meetings.models import Capacity, Committee, Meeting, Member, Survey


def committee_of(operation: Operation) -> Committee | None:
    """The joint coordinating committee, once somebody was named to it."""
    return Committee.objects.filter(operation_id=operation.pk).first()


def members_of(operation: Operation) -> list[Member]:
    """Everyone who sits or sat on the committee, the chair first: one SQL statement."""
    rows = Member.objects.filter(committee__operation_id=operation.pk).select_related(
        "organisation", "person"
    )
    return list(rows)


def sitting(members: Iterable[Member], day: date) -> list[Member]:
    """Those who hold their seat on a day."""
    return [m for m in members if m.held_from <= day and (m.held_to is None or m.held_to >= day)]


def has_chair(members: Iterable[Member]) -> bool:
    """Whether one of them chairs."""
    return any(member.capacity == Capacity.CHAIR for member in members)


def speaks_for(party: Party, member: Member) -> bool:
    """Whether a member sits for a party: of its organisation or of the office it acts through; observers do not."""
    mine = {party.organisation_id, party.acts_through_id}
    return member.organisation_id in mine and member.capacity != Capacity.OBSERVER


def meetings_of(operation: Operation) -> QuerySet[Meeting]:
    """The meetings of an operation with their decisions, newest first: two SQL statements."""
    rows = Meeting.objects.filter(operation_id=operation.pk).select_related("minutes")
    return rows.prefetch_related("decisions__owner")


def meeting_in(operation: Operation, pk: int) -> Meeting | None:
    """A meeting of this operation; another operation's is not there."""
    return meetings_of(operation).filter(pk=pk).first()


def may_see(user: Any, meeting_id: int) -> bool:
    """Whoever sees the operation sees its meetings, and their minutes."""
    held = Meeting.objects.filter(pk=meeting_id).values("operation_id")
    return operations_visible_to(user).filter(pk__in=held).exists()


def seated_organisations(operation: Operation) -> list[Organisation]:
    """The organisations that may have seats: the parties, and the offices they act through."""
    held = [body for party in operation.party_rows for body in (party.organisation, party.acts_through)]
    return list(dict.fromkeys(held))


def people_of(operation: Operation) -> list[Person]:
    """The persons who have a function on the operation: one SQL statement."""
    return list(Person.objects.filter(pk__in=operation.team.order_by().values("person_id")).order_by("pk"))


def surveys_of(operation: Operation) -> QuerySet[Survey]:
    """The surveys before the plan, with who went and who signed, the latest first: three SQL statements at most."""
    rows = Survey.objects.filter(operation_id=operation.pk).select_related("scan")
    return rows.prefetch_related("members", "signatories__organisation")


def survey_in(operation: Operation, pk: int) -> Survey | None:
    """A survey of this operation; another operation's is not there."""
    return surveys_of(operation).filter(pk=pk).first()


def may_see_survey(user: Any, survey_id: int) -> bool:
    """Whoever sees the operation sees its surveys, and their minutes."""
    held = Survey.objects.filter(pk=survey_id).values("operation_id")
    return operations_visible_to(user).filter(pk__in=held).exists()
