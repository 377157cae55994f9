"""The table of deadlines says at every moment what the cases say, and reminds of each day of a ladder once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.cycle.made import body
from tests.factories import a_person, a_request, an_activity, an_operation, who
from tests.governance.made import make, terms_in_force

from taawun.cycle.models import Operation
from taawun.foundation import clock, deadlines, reminders
from taawun.foundation.deadline_rules import RULES
from taawun.foundation.deadlines import DERIVED, deadlines_of, deadlines_visible_to, row_of, sync_deadlines
from taawun.foundation.models import Deadline, OutboxMessage
from taawun.kernel.periods import add_months, add_years

KEY = ("rule", "ref", *DERIVED)


def said(row):
    return {name: getattr(row, name) for name in KEY}


def held(case):
    rows = Deadline.objects.filter(kind=case.kind, subject_id=case.pk).order_by("rule", "ref")
    return [said(row) for row in rows]


def derived(case):
    fresh = type(case).objects.get(pk=case.pk)
    rows = [row_of(fresh, spec) for spec in deadlines_of(fresh)]
    return [said(row) for row in sorted(rows, key=lambda row: (row.rule, row.ref))]


def due_in(case):
    return {row["rule"]: row["due"] for row in held(case)}


WAITS = {
    "planning": set(),
    "agreed": {"operation-end", "agreement-expires"},
    "in_implementation": {
        *("operation-end", "completion-review", "monitoring-sheet", "committee-yearly"),
        *("completion-draft", "completion-final", "agreement-expires"),
    },
    "completion_review": {"operation-end", "completion-final", "agreement-expires"},
    "completed": {"ex-post"},
    "evaluated": {"recommendation-response"},
    "closed": set(),
}


@pytest.mark.parametrize("state", WAITS)
def test_the_rows_of_an_operation_are_what_the_case_says(world, state):
    case = an_operation(state)

    assert held(case) == derived(case)
    assert set(due_in(case)) - {"completion-draft"} == WAITS[state] - {"completion-draft"}


@pytest.mark.parametrize("state", ["draft", "submitted", "endorsed", "under_review", "confirmed"])
def test_the_rows_of_a_request_are_what_the_case_says(world, state):
    case = a_request(state)

    assert held(case) == derived(case)
    rules = {"draft": {"round-closes"}, "submitted": {"round-closes"}, "under_review": {"opinion"}}
    assert set(due_in(case)) == rules.get(state, set())


def test_counting_everything_anew_changes_nothing(world):
    cases = [a_request("under_review"), an_operation("in_implementation"), an_activity("in_implementation")]
    before = [held(case) for case in cases]

    assert deadlines.recount() >= 3
    assert [held(case) for case in cases] == before
    assert all(before)


def test_counting_anew_brings_back_what_is_missing_and_takes_out_what_is_wrong(world):
    case = an_operation("in_implementation")
    before = held(case)
    Deadline.objects.filter(rule="operation-end").delete()
    Deadline.objects.filter(rule="completion-review").update(due=date(2001, 1, 1), rule="gone-rule")

    deadlines.recount()

    assert held(case) == before


def test_each_is_counted_by_the_settings(world):
    case = an_operation("in_implementation")
    due = due_in(case)

    assert due["operation-end"] == case.ends_on
    assert due["completion-review"] == add_months(case.ends_on, -6)
    assert due["completion-final"] == add_months(case.ends_on, -1)
    assert due["committee-yearly"] == add_months(case.starts_on or case.opened_on, 12)


def test_other_settings_give_other_days_and_ladders(world):
    rules = {
        "committee-yearly": {"amount": 2, "unit": "years", "ladder": [10], "reminded": "desk"},
    }
    make(replace(terms_in_force(ex_post_years=5), deadlines=rules))
    case = an_operation("in_implementation")
    row = Deadline.objects.get(rule="committee-yearly", subject_id=case.pk)

    assert row.due == add_years(case.starts_on or case.opened_on, 2)
    assert row.ladder == [10]
    assert f"{body('jica').pk}:desk" in row.copied


def test_an_opinion_asked_in_working_days_leaves_out_the_weekends_of_the_ministrys_country(world):
    make(replace(terms_in_force(opinion_days=5), deadlines={"opinion": {"unit": "working-days"}}))
    day = clock.today()
    case = a_request("under_review")

    for opinion in case.opinions.all():
        assert (opinion.due_on - day).days >= 7
        assert opinion.due_on.weekday() < 5


def test_the_partner_learns_nothing_of_an_opinion(world):
    case = a_request("under_review")

    def rules_for(slug):
        return set(deadlines_visible_to(who(slug)).filter(subject_id=case.pk).values_list("rule", flat=True))

    assert rules_for("desk") == rules_for("mm-office") == rules_for("comms-opinion") == {"opinion"}
    assert rules_for("post-officer") == rules_for("mm-coordinator") == set()
    assert deadlines_visible_to(who("comms-opinion")).count() >= 1


def test_another_country_sees_none_and_nobody_without_a_person_either(world):
    case = an_operation("in_implementation")
    mine = Deadline.objects.filter(kind="operation", subject_id=case.pk).count()

    assert deadlines_visible_to(who("post-officer")).filter(subject_id=case.pk).count() == mine == 7
    for slug in ("la-officer", "sn-officer", "amci-desk"):
        assert list(deadlines_visible_to(who(slug)).filter(subject_id=case.pk, kind="operation")) == []


def test_looking_again_costs_few_statements_and_writes_nothing(world, django_assert_max_num_queries):
    case = Operation.objects.select_related("settings").get(pk=an_operation("in_implementation").pk)
    before = list(Deadline.objects.order_by("pk").values())

    with django_assert_max_num_queries(12):
        sync_deadlines(case)

    assert list(Deadline.objects.order_by("pk").values()) == before


# ── Reminders ──


def mails(rule="operation-end"):
    return list(
        OutboxMessage.objects.filter(dedupe__contains=f":{rule}:")
        .order_by("pk")
        .values_list("user__email", "dedupe")
    )


@pytest.fixture
def ending(world):
    """An operation with its end in sight, all other deadlines out of the way."""
    case = an_operation("agreed")
    Operation.objects.filter(pk=case.pk).update(ends_on=clock.today() + timedelta(days=400))
    sync_deadlines(Operation.objects.get(pk=case.pk))
    return case, Deadline.objects.get(rule="operation-end", subject_id=case.pk)


def test_a_reminder_goes_once_to_each_who_holds_a_seat(ending):
    _case, row = ending
    clock.set_today(row.due - timedelta(days=180))

    assert reminders.remind() >= 1
    first = mails()
    reminders.remind()

    assert mails() == first
    assert {mail for mail, _key in first} == {who("desk").email, who("mm-office").email}


def test_of_several_missed_days_the_last_is_told_and_the_next_waits(ending):
    _case, row = ending
    clock.set_today(row.due - timedelta(days=60))

    reminders.remind()

    day = row.due - timedelta(days=90)
    assert {key.split(":")[-2] for _mail, key in mails()} == {day.isoformat()}
    assert Deadline.objects.get(pk=row.pk).next_reminder == row.due - timedelta(days=30)


def test_a_killed_job_that_runs_again_tells_nobody_twice(ending):
    _case, row = ending
    clock.set_today(row.due - timedelta(days=180))
    reminders.remind()
    told = mails()
    Deadline.objects.filter(pk=row.pk).update(next_reminder=row.next_reminder)

    reminders.remind()

    assert mails() == told


def test_a_day_that_moved_is_reminded_of_anew_and_not_of_days_that_are_past(ending):
    case, row = ending
    clock.set_today(row.due - timedelta(days=180))
    reminders.remind()
    Operation.objects.filter(pk=case.pk).update(ends_on=row.due - timedelta(days=120))

    sync_deadlines(Operation.objects.get(pk=case.pk))

    moved = Deadline.objects.get(pk=row.pk)
    assert (moved.due, moved.since) == (row.due - timedelta(days=120), clock.today())
    assert moved.next_reminder == moved.due - timedelta(days=30)


def test_who_left_the_post_is_reminded_no_more_and_who_came_is(ending):
    _case, row = ending
    former = who("mm-office")
    former.person.posts.update(held_to=row.due - timedelta(days=200))
    successor = a_person("country-office", "jica-mm")
    clock.set_today(row.due - timedelta(days=180))

    reminders.remind()

    assert {mail for mail, _key in mails()} == {who("desk").email, successor.email}


def test_the_mail_is_in_its_readers_language_and_its_subject_names_no_title(ending):
    case, row = ending
    user = who("desk")
    type(user).objects.filter(pk=user.pk).update(language="fr")
    clock.set_today(row.due - timedelta(days=180))

    reminders.remind()

    mail = OutboxMessage.objects.get(dedupe__contains=":operation-end:", user=user)
    assert mail.subject == f"Taawun\u00a0: rappel ({case.code})"
    assert "Fin de l’opération" in mail.body
    assert case.title in mail.body


def test_every_rule_has_a_name_and_can_be_climbed():
    for rule in RULES.values():
        assert str(rule.label)
        assert list(rule.ladder) == sorted(set(rule.ladder), reverse=True)
        assert bool(rule.units) == (rule.amount is not None or bool(rule.column))
