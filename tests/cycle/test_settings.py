"""An agency's settings in versions: a case keeps those it began under, a new one takes those in force."""

from datetime import timedelta
from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps
from django.urls import reverse

from taawun.cycle.models import (
    ApprovingSeat,
    ConsultedMinistry,
    CooperationRequest,
    Operation,
    ProviderSettings,
    settings_for,
    settings_of,
)
from taawun.foundation import clock
from taawun.foundation.steps import Refused, offered, perform
from taawun.foundation.tasks import ball_of
from taawun.kernel.periods import add_months
from taawun.lessons import actions as lessons
from taawun.workspace.demo import exchange, story
from tests.cycle.made import a_reviewed_request, body, derived_tasks, signed_in
from tests.factories import Organisation, a_person, a_request, an_operation, who

LATER = timedelta(days=30)


def a_version(provider, *seats, ministries=(), unused=(), **changes):
    """The next version of an agency's settings, in force from today unless it says otherwise."""
    last = ProviderSettings.objects.filter(provider=body(provider)).order_by("-version").first()
    made = ProviderSettings.objects.create(
        provider=body(provider),
        version=last.version + 1,
        **{"preset": last.preset, "in_force_from": clock.today()} | changes,
    )
    for position, slug in enumerate(seats, start=1):
        ApprovingSeat.objects.create(
            settings=made, position=position, organisation=body(slug), used=slug not in unused
        )
    for slug in ministries:
        ConsultedMinistry.objects.create(settings=made, organisation=body(slug))
    return made


def fresh(case):
    return type(case).objects.get(pk=case.pk)


def seats_of(case):
    return [Organisation.objects.get(pk=pk).slug for pk in fresh(case).approving_organisations]


# ── Versions ──


def test_the_version_in_force_is_the_last_one_whose_day_has_come(world):
    first = settings_of(body("jica").pk)
    tomorrow = a_version("jica", in_force_from=clock.today() + timedelta(days=1))

    assert (first.version, first.in_force_from) == (1, None)
    assert settings_of(body("jica").pk) == first
    assert settings_of(body("jica").pk, clock.today() + timedelta(days=1)) == tomorrow


def test_a_version_made_later_replaces_one_whose_day_has_not_come(world):
    a_version("jica", in_force_from=clock.today() + LATER)
    third = a_version("jica")

    assert settings_of(body("jica").pk) == third
    assert settings_of(body("jica").pk, clock.today() + LATER) == third


def test_an_agency_without_settings_works_by_the_defaults(world):
    held = settings_of(body("jp-mofa").pk)

    assert (held.pk, held.opinion_days, held.fiscal_year_start) == (None, 30, 4)


def test_a_case_keeps_the_version_it_began_under_and_a_new_one_takes_the_one_in_force(world):
    begun = a_request("draft")
    second = a_version("jica", "jica", ministries=["jp-finance"], opinion_days=3, fiscal_year_start=1)
    new = a_request("draft")

    assert settings_for(fresh(begun)).version == 1
    assert settings_for(fresh(new)) == second
    assert (seats_of(begun), seats_of(new)) == (["jp-mofa", "jica"], ["jica"])


def test_an_operation_opens_under_the_version_in_force_whatever_its_request_began_under(world):
    notified = a_request("notified")
    second = a_version("jica", completion_months=2, fiscal_year_start=1)

    exchange.reply(notified)
    opened = Operation.objects.get(coop_request=notified)

    assert (settings_for(fresh(notified)).version, settings_for(opened)) == (1, second)


def test_a_change_leaves_the_due_dates_and_tasks_of_a_running_operation_as_they_were(world):
    running = an_operation("in_implementation")
    before = derived_tasks(running)
    assert {t.due for t in before if t.act == "open-completion"} == {add_months(running.ends_on, -6)}

    a_version("jica", completion_months=1, monitoring_months=1, ex_post_years=1)

    assert derived_tasks(running) == before


def test_a_change_leaves_the_seats_of_a_running_review_as_they_were(world):
    case = a_reviewed_request()
    a_version("jica", "jica")

    perform(case, "adopt", actor=who("mofa-approver"))
    adopted = perform(case, "adopt", actor=who("jica-approver"))

    assert adopted.state == "adopted"


def test_a_request_is_numbered_by_the_settings_it_began_under(world):
    draft = a_request("draft")
    year = clock.today().year if clock.today().month >= 4 else clock.today().year - 1
    a_version("jica", fiscal_year_start=(clock.today().month % 12) + 1)

    submitted = story.WALK["submitted"](draft)

    assert submitted.code == f"MM-{year}-REQ-0001"


def test_cases_of_before_the_versions_keep_the_first_one(world):
    request, operation = a_request("draft"), an_operation("planning")
    CooperationRequest.objects.update(settings=None)
    Operation.objects.update(settings=None)
    a_version("jica")

    import_module("taawun.cycle.migrations.0004_cases_keep_their_settings").keep(apps, None)

    assert [settings_for(fresh(case)).version for case in (request, operation)] == [1, 1]
    assert fresh(request).settings_id is not None


# ── Seats ──


def under(*seats, **changes):
    """A request whose review waits for nothing but approvals, under settings with these seats."""
    made = a_version("jica", *seats, ministries=["jp-comms", "jp-finance"], **changes)
    case = a_reviewed_request()
    assert settings_for(case) == made
    return case


def test_a_seat_that_is_not_used_is_skipped(world):
    case = under("jp-mofa", "jica", unused=["jp-mofa"])

    assert [t.organisation_id for t in ball_of(case)] == [body("jica").pk]
    assert perform(case, "adopt", actor=who("jica-approver")).state == "adopted"


def test_an_agency_without_a_seat_in_use_approves_itself(world):
    case = under()

    assert seats_of(case) == ["jica"]
    assert [t.organisation_id for t in ball_of(case)] == [body("jica").pk]
    assert perform(case, "adopt", actor=who("jica-approver")).state == "adopted"


def test_so_many_approvals_as_are_needed_come_in_any_order(world):
    case = under("jp-mofa", "jp-finance", "jica", approvals_needed=2)
    finance = a_person("approver", "jp-finance")
    waiting = {body(slug).pk for slug in ("jp-mofa", "jp-finance", "jica")}
    assert {t.organisation_id for t in ball_of(case)} == waiting

    perform(case, "adopt", actor=who("jica-approver"))
    assert {t.organisation_id for t in ball_of(case)} == waiting - {body("jica").pk}
    with pytest.raises(Refused):
        perform(case, "adopt", actor=who("jica-approver"))
    adopted = perform(case, "adopt", actor=finance)

    assert (adopted.state, [t.act for t in ball_of(adopted)]) == ("adopted", ["notify"])


def test_a_seat_outside_the_agencys_side_sees_what_it_has_to_approve_and_nothing_else(world):
    approver = a_person("approver", "jp-finance")
    other = a_reviewed_request()
    case = under("jp-finance")
    browser = signed_in(approver)

    pages = [browser.get(one.get_absolute_url()).status_code for one in (case, other)]

    assert pages == [200, 404]
    assert [step.name for step in offered(case, approver)] == ["adopt", "defer", "decline"]


# ── Ministries ──


def test_a_review_opens_without_opinions_where_the_settings_name_no_ministry(world):
    a_version("jica", "jica")
    case = a_request("received")
    lessons.mark_similar_seen(coop_request=case, actor=who("desk"))
    desk, address = signed_in("desk"), reverse("step", args=["request", case.pk, "open-review"])

    page = desk.get(address)
    sent = desk.post(address, {"once": str(uuid4())})

    told = "Japan International Cooperation Agency (JICA) name no ministry to ask"
    assert (page.status_code, told in page.content.decode()) == (200, True)
    assert [f.name for f in page.context["form"]] == ["acted_on"]
    assert (sent.status_code, fresh(case).state) == (302, "under_review")
    assert {t.act for t in derived_tasks(case)} == {"adopt", "appraisal-note"}


def test_where_ministries_are_named_one_at_least_is_asked(world):
    case = a_request("received")
    lessons.mark_similar_seen(coop_request=case, actor=who("desk"))
    address = reverse("step", args=["request", case.pk, "open-review"])

    sent = signed_in("desk").post(address, {"once": str(uuid4())})

    assert (sent.status_code, fresh(case).state) == (422, "received")
