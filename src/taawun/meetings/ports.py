"""What meetings supplies: the committee's requirement, its tab, its acts, the gate of its minutes."""

from collections.abc import Iterable

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from taawun.cycle.deadlines import counted_from, due, office_of
from taawun.cycle.models import Operation
from taawun.directory.handing import hands_over
from taawun.directory.references import moves, stays
from taawun.foundation import clock, ports
from taawun.foundation.deadline_rules import DeadlineSpec, deadline_rule, deadline_source
from taawun.foundation.ports import Obstacle
from taawun.foundation.readable import searchable
from taawun.meetings import queries, texts
from taawun.meetings.actions import GATE, SURVEY_GATE
from taawun.meetings.handing import SOURCE, Seats
from taawun.meetings.models import Meeting, Survey

ports.panel(
    "operation",
    "meetings",
    label=gettext_lazy("Meetings"),
    url_name="meetings:meetings",
    order=50,
    workflow="operation",
)
ports.act(
    "operation",
    "committee-named",
    label=gettext_lazy("Name the joint coordinating committee"),
    done=gettext_lazy("Joint coordinating committee named"),
    url=lambda pk, ref: reverse("meetings:committee", args=[pk]),
)
ports.act(
    "operation",
    "meeting-recorded",
    label=gettext_lazy("Record a meeting"),
    done=gettext_lazy("Meeting of the joint coordinating committee recorded"),
    url=lambda pk, ref: reverse("meetings:new", args=[pk]),
)
ports.act(
    "operation",
    "meeting-edited",
    label=gettext_lazy("Correct the record of a meeting"),
    done=gettext_lazy("Record of a meeting corrected"),
)
hands_over(SOURCE, Seats())
ports.act(
    "operation",
    "survey-recorded",
    label=gettext_lazy("Record a detailed planning survey"),
    done=gettext_lazy("Detailed planning survey recorded"),
    url=lambda pk, ref: reverse("meetings:survey-new", args=[pk]),
)
ports.act(
    "operation",
    "survey-edited",
    label=gettext_lazy("Complete the record of the survey"),
    done=gettext_lazy("Record of the survey completed"),
)
ports.file_gate(GATE)(queries.may_see)
ports.file_gate(SURVEY_GATE)(queries.may_see_survey)
ports.gate_of_all(GATE, texts.on_meetings_seen, of="meeting", files=True)
ports.gate_of_all(SURVEY_GATE, texts.on_surveys_seen, of="survey", files=True)


deadline_rule(
    "committee-yearly",
    label=gettext_lazy("Meeting of the joint coordinating committee"),
    from_what=gettext_lazy("after the last meeting, or the beginning"),
    ladder=(60, 30, 7, 0, -30),
    amount=12,
    units=("months", "years"),
    url=lambda pk, ref: reverse("meetings:meetings", args=[pk]),
)


@deadline_source("operation", workflow="operation")
def committee_due(case: Operation) -> Iterable[DeadlineSpec]:
    """While it runs the committee meets once in the period settled (a year: general knowledge, domain.md §11)."""
    if case.state != "in_implementation" or "committee-named" in case.waived:
        return
    held = Meeting.objects.filter(operation=case).aggregate(last=Max("held_on"))["last"]
    begun = held or case.starts_on or case.opened_on
    since = max(begun, case.taken_over_on) if case.taken_over_on else begun
    day = counted_from(case, "committee-yearly", since, case.country_id)
    if case.ends_on is None or day <= case.ends_on:
        implementing = sorted((p.acts_through_id, p.acts_as) for p in case.party_rows if p.signs)
        yield due(case, "committee-yearly", day, [office_of(case), *implementing])


@ports.requirement(
    "committee-named", label=gettext_lazy("The joint coordinating committee is named"), waivable=True
)
def committee_named(operation: Operation) -> Iterable[Obstacle]:
    """Each signing party has a member today, and somebody chairs."""
    members = queries.sitting(queries.members_of(operation), clock.today())
    link, who = reverse("meetings:committee", args=[operation.pk]), _("Desk officer or country office")
    for party in operation.party_rows:
        if party.signs and not any(queries.speaks_for(party, member) for member in members):
            text = _("%(party)s has no member on the joint coordinating committee") % {
                "party": party.organisation.name
            }
            yield Obstacle(text, link, _("Name the members"), who)
    if not queries.has_chair(members):
        yield Obstacle(_("The joint coordinating committee has no chair"), link, _("Name the chair"), who)


moves("meetings.Member", "person", "organisation", what=gettext_lazy("Seat on the committee"))
moves("meetings.DecisionItem", "owner", what=gettext_lazy("Decision to carry out"))
stays("meetings.Signatory", "organisation")
stays("meetings.Meeting", "recorded_by")
stays("meetings.Survey", "recorded_by")

searchable(
    "meeting",
    label=gettext_lazy("Meeting"),
    model=Meeting,
    visible_to=texts.meetings_visible_to,
    by_cases=True,
    about={"operation": "operation_id"},
)(texts.of_meetings)
searchable(
    "survey",
    label=gettext_lazy("Detailed planning survey"),
    model=Survey,
    visible_to=texts.surveys_visible_to,
    by_cases=True,
    about={"operation": "operation_id"},
)(texts.of_surveys)
