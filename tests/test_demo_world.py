"""The demonstration world is made by its people's acts: it is our longest test."""

import gzip
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.db.models import Count
from django.test import Client
from django.utils.timezone import localdate
from tools import portfolio

from taawun.agreements.in_force import agreements_visible_to, with_terms
from taawun.agreements.models import Amendment, Clause, Instrument, NegotiationRound
from taawun.batches.models import Batch, BatchRow
from taawun.cycle.models import (
    ActivityReport,
    AgencyDay,
    Consent,
    CooperationRequest,
    Operation,
    Party,
)
from taawun.cycle.parties import Framework, framework_of
from taawun.cycle.queries import operations_visible_to, requests_visible_to
from taawun.cycle.related import asked_elsewhere
from taawun.directory.models import Merge
from taawun.directory.queries import holders_of
from taawun.evaluation.models import Evaluation
from taawun.figures.models import CurrencyRate
from taawun.foundation.models import AuditEvent, Job, Notice, OutboxMessage, Task
from taawun.foundation.tasks import tasks_of
from taawun.interchange.models import PublishedActivity, PublishedSeen
from taawun.lessons.models import Lesson
from taawun.lessons.queries import offers_for_request, uses_of
from taawun.letters.models import Letter, Question
from taawun.meetings.models import Survey
from taawun.monitoring.models import Dispute, IndicatorValue, Sheet
from taawun.monitoring.queries import state_of
from taawun.planning.models import Target
from taawun.planning.queries import design_of, versions_of, waits_to_be_entered
from taawun.workspace.demo import abroad, cast, world as demo
from taawun.workspace.demo.persons import PLAYERS
from taawun.workspace.demo.texts import champasak, kindia, luang_prabang, savannakhet

SHARED = Path(__file__).resolve().parents[2] / "shared" / "standards"


@pytest.fixture(scope="module")
def demonstration(shared_world):
    """The whole world, built once: the tests read it."""
    demo.build()


def test_the_world_holds_each_case_where_its_people_left_it(demonstration):
    held = Counter(Operation.objects.values_list("country_id", "form", "state"))
    assert held == {
        ("country:MM", "project", "closed"): 1,
        ("country:MM", "project", "planning"): 1,  # appraised, and sent back
        ("country:MM", "project", "appraised"): 1,  # its text is with the other side
        ("country:MM", "project", "suspended"): 1,
        ("country:MM", "project", "cancelled"): 1,
        ("country:MM", "project", "agreed"): 1,  # cancelled, and reopened
        ("country:MM", "activity", "planning"): 1,  # follow-up of the closed one
        ("country:LA", "project", "evaluated"): 1,  # applied the lesson
        (
            "country:LA",
            "project",
            "closed",
        ): 3,  # evaluated by the office; without an evaluation; by a judgement
        ("country:SN", "project", "in_implementation"): 5,  # bilateral, triangular, three taken over
        ("country:SN", "project", "suspended"): 1,  # taken over
        ("country:SN", "project", "completed"): 1,  # taken over
        ("country:LK", "project", "in_implementation"): 1,  # taken over from what is published
        ("country:SN", "activity", "closed"): 3,  # a mission, a course, a seminar
        ("country:SN", "activity", "in_implementation"): 1,
        ("country:SN", "activity", "agreed"): 1,
        ("country:GN", "project", "closed"): 1,  # without any account
    }
    asked = Counter(CooperationRequest.objects.values_list("country_id", "state"))
    assert asked == {
        ("country:LA", "confirmed"): 3,
        ("country:LA", "draft"): 1,
        ("country:LA", "retained"): 2,  # ranked, not forwarded
        ("country:MM", "adopted"): 1,
        ("country:MM", "confirmed"): 6,
        ("country:MM", "declined"): 1,
        ("country:MM", "deferred"): 1,
        ("country:MM", "draft"): 3,  # returned, taken back, prepared again
        ("country:MM", "dropped"): 1,
        ("country:MM", "not_retained"): 1,
        ("country:MM", "received"): 1,
        ("country:MM", "submitted"): 3,  # waiting, incomplete, out of round
        ("country:MM", "under_review"): 2,  # one was offered what others publish
        ("country:MM", "withdrawn"): 1,
        ("country:SN", "adopted"): 1,  # without the seat that is not used
        ("country:SN", "confirmed"): 2,
        ("country:SN", "notified"): 1,
        ("country:SN", "under_review"): 1,
        ("country:GN", "confirmed"): 1,
        ("country:GN", "endorsed"): 1,
    }
    assert list(Lesson.objects.order_by("pk").values_list("code", "state")) == [
        ("LES-2017-0001", "certified"),
        ("LES-2020-0001", "returned"),
        ("LES-2022-0001", "joined"),
        ("LES-2021-0001", "retired"),
    ]
    assert set(OutboxMessage.objects.values_list("status", flat=True)) == {"held"}
    assert Notice.objects.exclude(mail="none").count() == OutboxMessage.objects.count() > 0
    assert Notice.objects.values("task_id").distinct().count() == len(
        [task for task in Task.objects.all() if holders_of(task.organisation_id, task.role, task.person_id)]
    )


def test_running_work_is_taken_over_by_a_workbook_and_by_hand(demonstration):
    told = {(b.stage, *sorted(b.counts.items())) for b in Batch.objects.filter(definition_slug="take-over")}
    assert told == {
        ("applied", ("added", 4)),
        ("previewed", ("added", 1), ("refused", 1)),
        ("previewed", ("added", 1), ("conflicting", 1), ("unchanged", 1)),
        ("undone", ("added", 2)),
    }
    entered = Operation.objects.filter(old_number__startswith="COOP").order_by("old_number")
    assert [(o.old_number, o.state) for o in entered] == [
        ("COOP-2019-12", "in_implementation"),
        ("COOP-2020-04", "in_implementation"),
        ("COOP-2020-09", "suspended"),
        ("COOP-2021-02", "completed"),
        ("COOP-2023-03", "in_implementation"),
    ]
    assert design_of(entered[4]).frozen_on == date(2024, 7, 15)
    assert waits_to_be_entered(entered[0]).number == 0


def test_one_operation_of_the_world_bank_is_taken_over_as_it_published_it(demonstration):
    made = Operation.objects.get(old_number="44000-P171269")
    told = Target.objects.filter(design__operation=made, name__startswith="PDO 2:")  # the file says it twice

    assert (made.state, made.title) == ("in_implementation", "Plastic free Rivers and Seas for South Asia")
    assert list(told.values_list("baseline", "target", "target_on")) == [(0, 3, date(2025, 6, 30))] * 2
    values = IndicatorValue.objects.filter(definition__targets__in=told)
    assert list(values.values_list("value", "as_of")) == [(3, date(2025, 4, 13))] * 2


def test_a_request_under_review_was_offered_what_others_publish_with_the_reasons(demonstration):
    desk = Client()
    desk.force_login(cast.user("desk"))
    made = CooperationRequest.objects.get(state="under_review", title__startswith="Disaster Readiness")

    page = desk.get(f"/requests/{made.pk}/similar/")

    same = "Same sector: Multi-hazard response preparedness"
    readiness = [same, "Same region: Asia, regional", "Words in common: Disaster, Readiness"]
    assert [(one.identifier, one.reasons) for one in page.context["published"]] == [
        (
            "44000-P171054",  # Climate Adaptation and Resilience for South Asia
            [
                same,
                "Same region: South & Central Asia, regional",
                "Words in common: Climate, Resilience",
            ],
        ),
        ("US-GOV-1-AID-OFDA-IO-17-00046", readiness),
        ("US-GOV-1-720FDA20GR00075", readiness),
        ("US-GOV-1-720FDA19IO00099", readiness),
        ("US-GOV-1-720FDA18IO00102", readiness),
    ]
    seen = PublishedSeen.objects.filter(coop_request=made).values_list("identifier", flat=True)
    assert sorted(seen) == sorted(one.identifier for one in page.context["published"])


def test_the_second_country_is_offered_the_lesson_with_its_reasons(demonstration):
    offers = offers_for_request(CooperationRequest.objects.get(country_id="country:LA", state="draft"))

    assert [offer.code for offer in offers] == ["LES-2017-0001"]
    assert offers[0].reasons[:2] == ["Same sector: Postal services", "Same region: South-eastern Asia"]


def test_a_second_operation_applied_the_lesson_and_its_page_says_whether_it_helped(demonstration):
    lesson = Lesson.objects.get(code="LES-2017-0001")
    told = [
        (use.operation.code, str(use.answer), str(use.result), use.told_on)
        for use in uses_of(lesson, cast.user("knowledge")).seen
        if use.result
    ]
    assert told == [("LA-2018-PRJ-0001", "applied", "helped-partly", date(2024, 2, 12))]
    abroad = uses_of(lesson, cast.user("la-officer"))
    applied = [use.operation.code for use in abroad.seen if use.answer == "applied"]
    assert applied == ["LA-2018-PRJ-0001"]

    client = Client()
    client.force_login(cast.user("knowledge"))
    page = client.get(lesson.get_absolute_url()).content.decode()
    assert page.count("Helped partly") == 1


# ── Doors at the end of an operation ──

PARCELS = "Parcel Service of the Southern Provinces (example)"


def steps_of(case):
    """The states a case was led to, by which step, as its record tells it."""
    told = AuditEvent.objects.filter(kind=case.kind, subject_id=case.pk).exclude(to_state="").order_by("id")
    return list(told.values_list("step", "to_state", "acted_on"))


def test_an_operation_was_suspended_and_resumed(demonstration):
    operation = Operation.objects.get(title=PARCELS)
    reasons = AuditEvent.objects.filter(subject_id=operation.pk, step__in=["suspend", "resume"]).order_by(
        "id"
    )

    assert steps_of(operation)[3:6] == [
        ("start", "in_implementation", date(2019, 7, 1)),
        ("suspend", "suspended", date(2020, 9, 14)),
        ("resume", "in_implementation", date(2021, 3, 15)),
    ]
    assert [e.detail.data["reason"] for e in reasons] == [champasak.FLOOD, champasak.DRY]


def test_an_output_was_added_and_the_ceiling_raised_by_an_amendment_the_parties_signed(demonstration):
    operation = Operation.objects.get(title=PARCELS)
    [amendment] = Amendment.objects.filter(operation=operation)

    changed = [(i.key.partition(":")[0], i.before, i.after) for i in amendment.items.order_by("pk")]
    assert changed == [
        ("output", "", "Counters report by telephone when the road is cut (example)"),
        ("component-ceiling", "109000000.00 JPY", "115000000.00 JPY"),
    ]
    assert operation.components.get().ceiling == 115_000_000
    assert amendment.instrument.signatures.count() == 2
    told = [(v.number, v.frozen_on, v.meeting and v.meeting.held_on) for v in versions_of(operation)]
    assert told == [(0, date(2019, 4, 8), None), (1, date(2021, 5, 17), date(2021, 4, 12))]
    acts = ["revision-opened", "amendment-signed", "revision-adopted"]
    events = AuditEvent.objects.filter(kind="operation", subject_id=operation.pk, step__in=acts).order_by(
        "id"
    )
    assert list(events.values_list("step", flat=True)) == acts
    measured = IndicatorValue.objects.filter(operation=operation, definition__code="3-1")
    assert [v.value for v in measured] == [11]


def test_an_operation_was_evaluated_by_its_office_which_departs_from_the_rule_with_its_reasons(demonstration):
    evaluation = Evaluation.objects.get(operation__title=PARCELS)
    [edited] = AuditEvent.objects.filter(
        kind="operation", subject_id=evaluation.operation_id, step="evaluation-edited"
    )

    assert (evaluation.type, evaluation.evaluator.organisation.slug) == ("internal", "jica-la")
    assert (evaluation.overall, evaluation.computed) == ("B", False)
    assert (edited.detail.data["by_rule"], edited.detail.data["judgement"]) == (
        "A",
        evaluation.judgement_reason,
    )
    client = Client()
    client.force_login(cast.user("la-officer"))
    page = client.get(f"/operations/{evaluation.operation_id}/evaluation/").content.decode()
    assert page.count("Internal ex-post evaluation") == 1
    assert page.count("The rule set gives A, Highly satisfactory") == 1


def test_an_operation_below_the_threshold_whose_review_its_date_opened_was_closed_without_an_evaluation(
    demonstration,
):
    operation = Operation.objects.get(title="Mail Delivery in Luang Prabang (example)")

    assert steps_of(operation)[-1] == ("close-without-ex-post", "closed", date(2021, 11, 15))
    opened = AuditEvent.objects.get(subject_id=operation.pk, kind="operation", step="open-completion")
    assert (opened.actor, opened.acted_on) == (None, date(2021, 3, 31))
    assert not Evaluation.objects.filter(operation=operation).exists()


def test_the_ranks_of_a_list_were_changed_and_it_is_not_sent_yet(demonstration):
    waiting = CooperationRequest.objects.filter(country_id="country:LA", state="retained").order_by("rank")

    assert list(waiting.values_list("rank", "title")) == [
        (1, "Mail Rounds in the Suburbs of Vientiane (example)"),
        (2, "Parcel Counters in Vientiane (example)"),
    ]
    ranked = AuditEvent.objects.filter(kind="request", subject_id__in=waiting.values("pk"), step="ranked")
    assert ranked.count() == 2


def test_of_the_lessons_one_waits_on_its_author_one_was_taken_up_in_another_and_one_retired(demonstration):
    returned, joined, retired = Lesson.objects.exclude(state="certified").order_by("pk")
    whole = Lesson.objects.get(state="certified")

    waiting = Task.objects.filter(kind="lesson", subject_id=returned.pk)
    assert list(waiting.values_list("act", "organisation_id", "role")) == [
        ("hand-in", cast.organisation("jica-la").pk, "country-office")
    ]
    assert joined.successor == whole
    seen = whole.occurrences.order_by("pk").values_list("operation__title", "joined__code")
    assert list(seen) == [
        ("Mail Delivery Improvement in Vientiane (example)", None),
        (PARCELS, joined.code),
    ]
    assert (retired.certified_on, retired.retired_on) == (date(2021, 11, 15), date(2024, 5, 13))
    assert retired.retired_because == luang_prabang.WHY_RETIRED


def test_two_merges_were_undone_and_persons_and_organisations_stand_again(demonstration):
    undone = [merge for merge in Merge.objects.order_by("pk") if merge.is_undone]
    assert [(m.gone.own_name, m.kept.own_name, m.scope.slug) for m in undone] == [
        ("Second signatory, Senegal office", "Signatory, Senegal office", "jica"),
        ("Postal training institute (example)", "Postal research institute (example)", "jica"),
    ]
    assert [one.merged_into_id for m in undone for one in (m.gone, m.kept)] == [None] * 4
    assert Merge.objects.count() == 4
    told = AuditEvent.objects.filter(step="unmerged", kind="merge").order_by("id")
    assert [e.detail.data["reason"] for e in told] == [m.undone_reason for m in undone]


def test_one_case_was_moved_to_newer_settings_and_its_record_says_why(demonstration):
    [told] = AuditEvent.objects.filter(step="settings-moved")
    moved = Operation.objects.get(pk=told.subject_id)

    assert (moved.title, moved.settings.version) == ("School of the post (example)", 2)
    assert told.detail.data["settings"] == [1, 2]
    assert told.detail.data["reason"].startswith("It has not begun")


def test_what_an_undone_batch_entered_is_gone_and_its_record_stays(demonstration):
    [batch] = Batch.objects.filter(stage="undone")
    taken_out = AuditEvent.objects.filter(kind="operation", step="take-over-undone").order_by("id")

    assert [e.detail.data["title"] for e in taken_out] == [
        "Bulletins météorologiques par radio (exemple)",
        "Suivi des puits du bassin arachidier (exemple)",
    ]
    assert not Operation.objects.filter(pk__in=[row.subject_id for row in batch.rows.all()]).exists()


def test_what_waits_in_the_world_is_what_its_cases_say(demonstration):
    held = sorted(Task.objects.values_list("kind", "subject_id", "act", "ref"))
    wanted = sorted(
        (case.kind, case.pk, spec.act, spec.ref)
        for model in (CooperationRequest, Operation, Lesson)
        for case in model.objects.all()
        for spec in tasks_of(case)
    )
    assert held == wanted
    assert held


def test_letters_of_the_world_stand_in_the_registers_of_both_sides(demonstration):
    french = Letter.objects.filter(operation__code="SN-2024-PRJ-0001").order_by("pk")
    assert [(x.organisation.slug, x.direction, x.number) for x in french] == [
        ("amci-sn", "out", "AMB-COOP-57 (exemple)"),
        ("sn-meteo", "in", "AMB-COOP-57 (exemple)"),
        ("sn-meteo", "out", "DG-112 (exemple)"),
        ("amci-sn", "in", "DG-112 (exemple)"),
    ]
    assert sorted(Letter.objects.exclude(made_by="").values_list("made_by", flat=True).distinct()) == [
        "covering-letter",
        "note-verbale",
        "note-verbale-reply",
        "on-paper",
    ]


def test_the_same_asked_of_two_providers_is_flagged_in_the_world(demonstration):
    french = CooperationRequest.objects.get(country_id="country:SN", state="under_review")
    assert [r.provider.slug for r in asked_elsewhere(french, cast.user("sn-coordinator"))] == ["jica"]
    assert asked_elsewhere(french, cast.user("sn-embassy")) == []


def test_guinea_got_through_on_paper(demonstration):
    made = CooperationRequest.objects.get(country_id="country:GN", state="endorsed")
    acts = AuditEvent.objects.filter(kind="request", subject_id=made.pk).exclude(to_state="")
    assert [e.step for e in acts.order_by("id")] == ["prepare", "submit", "retain", "forward"]
    assert {e.detail.data["on_paper"]["number"][:2] for e in acts} == {"MA", "DC"}
    assert [late(e) for e in acts.order_by("id")] == [21, 16, 12, 9]


def test_a_country_without_accounts_got_through_to_the_closed_operation(demonstration):
    operation = Operation.objects.get(country_id="country:GN")
    cases = [("request", operation.coop_request_id), ("operation", operation.pk)]
    told = [
        (e.step, e.on_behalf_of_id, e.detail.data["on_paper"]["number"], late(e))
        for e in AuditEvent.objects.filter(on_behalf_of_id__isnull=False).order_by("id")
        if (e.kind, e.subject_id) in cases and "on_paper" in e.detail.data
    ]

    ministry, coordination = (cast.organisation(f"gn-{body}").pk for body in ("agriculture", "coordination"))
    assert told == [
        ("prepare", ministry, "MA-17/2018 (exemple)", 6),
        ("submit", ministry, "MA-31/2018 (exemple)", 4),
        ("retain", coordination, "DC-12/2018 (exemple)", 7),
        ("forward", coordination, "DC-15/2018 (exemple)", 3),
        ("sheet-confirmed", ministry, "MA-88/2019 (exemple)", 8),
        ("confirm-results", ministry, "MA-140/2020 (exemple)", 5),
        ("recommendation-answered", ministry, "MA-26/2024 (exemple)", 11),
    ]
    named = operation.team.filter(organisation=ministry)
    assert [(m.function, m.person.name, m.person.user) for m in named.order_by("pk")] == [
        ("director", kindia.NAMES["director"], None),
        ("manager", kindia.NAMES["manager"], None),
    ]


def late(event):
    """How many days after the act it was recorded."""
    return (localdate(event.recorded_at) - event.acted_on).days


def test_an_operation_was_evaluated_in_words_alone_for_its_provider_rates_nothing(demonstration):
    evaluation = Evaluation.objects.get(operation__country_id="country:GN")

    assert (evaluation.rule_set, evaluation.rule_set_version, evaluation.overall) == ("", None, "")
    assert [r.level for r in evaluation.ratings.all()] == [None] * 6
    assert [r.response for r in evaluation.recommendations.all()] == [kindia.RESPONSE]
    client = Client()
    client.force_login(cast.user("amci-desk"))
    client.cookies["taawun_language"] = "fr"
    page = client.get(f"/operations/{evaluation.operation_id}/evaluation/").content.decode()
    assert page.count(kindia.EVIDENCE["impact"]) == 1


def test_where_the_rule_set_is_silent_the_evaluator_gave_a_judgement_with_its_reasons(demonstration):
    evaluation = Evaluation.objects.get(operation__title=savannakhet.TITLE)
    [edited] = AuditEvent.objects.filter(
        kind="operation", subject_id=evaluation.operation_id, step="evaluation-edited"
    )

    assert (evaluation.overall, evaluation.computed, evaluation.type) == ("C", False, "external")
    assert (edited.detail.data["by_rule"], edited.detail.data["judgement"]) == (
        "",
        savannakhet.JUDGEMENT["judgement_reason"],
    )
    assert [step for step, _to, _day in steps_of(evaluation.operation)][-2:] == ["evaluate", "close"]


def test_a_course_and_a_seminar_came_to_their_end_each_step_on_its_day(demonstration):
    for title, days in (
        ("Cours d’étalonnage", [(2025, 4, 7), (2025, 5, 5), (2025, 6, 2), (2025, 6, 23)]),
        ("Séminaire sur les bulletins", [(2025, 9, 8), (2025, 10, 13), (2025, 11, 3), (2025, 11, 24)]),
    ):
        made = Operation.objects.get(title__startswith=title)
        steps = zip(["agree", "start", "report", "close"], days, strict=True)
        assert [(step, day) for step, _state, day in steps_of(made)[-4:]] == [
            (step, date(*day)) for step, day in steps
        ]
        report = ActivityReport.objects.get(operation=made)
        assert report.participants in (16, 41)


def test_a_seat_that_is_not_used_was_skipped_by_a_case_that_began_since(demonstration):
    case = CooperationRequest.objects.get(country_id="country:SN", state="adopted")

    seats = [(seat.organisation.slug, seat.used) for seat in case.settings.seats.order_by("position")]
    assert (case.settings.version, seats) == (2, [("ma-mfa", False), ("amci", True)])
    consents = Consent.objects.filter(coop_request=case, step="adopt")
    assert [consent.organisation.slug for consent in consents] == ["amci"]


def test_a_row_that_says_something_else_than_what_stands_here_is_told_as_conflicting(demonstration):
    row = BatchRow.objects.get(verdict="conflicting")
    held = Operation.objects.get(old_number="COOP-2019-12")

    assert (row.subject_id, row.batch.stage) == (held.pk, "previewed")
    assert held.ends_on == date(2028, 3, 31)


def test_one_question_of_the_world_is_answered_and_one_is_open(demonstration):
    asked = Question.objects.order_by("pk")
    assert [(q.part, str(q.state), q.more_until is not None) for q in asked] == [
        ("design", "answered", False),
        ("sheets", "open", True),
    ]


def test_an_operation_of_the_world_was_surveyed_revised_and_extended(demonstration):
    operation = Operation.objects.get(code="SN-2024-PRJ-0001")
    versions = [
        (one.number, one.frozen_on, one.meeting and one.meeting.number) for one in versions_of(operation)
    ]
    [amendment] = Amendment.objects.filter(operation=operation)

    assert versions == [(0, date(2024, 11, 30), None), (1, date(2025, 11, 24), 2)]
    assert [item.key.partition(":")[0] for item in amendment.items.all()] == ["period", "component-period"]
    assert (operation.ends_on, amendment.instrument.frozen_on) == (date(2028, 6, 30), date(2025, 11, 24))
    assert [survey.is_signed for survey in Survey.objects.filter(operation=operation)] == [True]


def test_three_parties_signed_reported_and_confirmed_and_one_figure_is_left_disputed(demonstration):
    operation = Operation.objects.get(code="SN-2025-PRJ-0001")
    assert [(p.part, p.organisation.slug) for p in operation.party_rows if p.signs] == [
        ("implementing", "sn-meteo"),
        ("provider", "amci"),
        ("facilitating", "jica"),
    ]
    assert framework_of(operation) == Framework.TRIANGULAR
    signed = Instrument.objects.get(operation=operation, kind="record-of-discussions")
    assert (signed.dated_on, signed.signatures.count()) == (date(2025, 6, 23), 3)

    [sheet] = Sheet.objects.filter(operation=operation)
    state = state_of(operation, sheet)
    assert (sorted(c.party.organisation.slug for c in state.confirmed), state.open) == (
        ["amci", "jica", "sn-meteo"],
        [],
    )
    assert {v.organisation.slug for v in sheet.values.select_related("organisation")} == {
        *("sn-meteo", "amci", "jica")
    }

    disputes = Dispute.objects.filter(operation=operation).order_by("pk")
    assert [(d.party.organisation.slug, d.figure, d.how, d.settled_on, bool(d.answer)) for d in disputes] == [
        ("jica", "6 (2026-01-20)", "corrected", date(2026, 1, 26), False),
        ("sn-meteo", "11 (2026-01-20)", "", None, True),
    ]
    waiting = Task.objects.filter(kind="operation", subject_id=operation.pk, act__endswith="dispute")
    assert list(waiting.values_list("act", "organisation_id", "role")) == [
        ("settle-dispute", cast.organisation("sn-meteo").pk, "line-officer")
    ]

    client = Client()
    client.force_login(cast.user("sn-jica"))
    page = client.get(f"/operations/{operation.pk}/monitoring/1/").content.decode()
    assert page.count("data-disputed>") >= 1


def test_papers_and_post_have_something_to_see(demonstration):
    clause = Clause.objects.get()
    assert [clause.provider.slug, sorted(clause.texts)] == ["amci", ["en", "fr"]]
    assert AgencyDay.objects.count() == 3
    jobs = list(Job.objects.order_by("pk"))
    assert [(job.arguments["paper"], bool(job.arguments["left_out"])) for job in jobs] == [
        ("covering-letter", False),
        ("note-verbale", True),
    ]
    rows = with_terms(agreements_visible_to(cast.user("amci-desk")))
    stands = set(rows.values_list("stands", flat=True))
    assert {"in-force", "exchanged"} <= stands


def test_a_text_is_with_the_other_side_and_an_agreement_expires_soon(demonstration):
    out = NegotiationRound.objects.get()
    assert (out.state, out.language, out.party.organisation.slug) == ("out", "en", "mm-post")

    held = with_terms(Instrument.objects.filter(kind="record-of-discussions"))
    soon = held.filter(stands="soon").values_list("operation__title", flat=True)
    assert list(soon) == ["Counter software (example)"]


def test_a_real_portfolio_stands_beside_the_cases_with_where_it_is_from_and_its_licence(demonstration):
    held = PublishedActivity.objects.values("feed__reference", "feed__licence").annotate(number=Count("pk"))
    assert sorted(tuple(row.values()) for row in held) == [
        ("44000", "CC BY 4.0", 5),
        ("GB-GOV-13", "Open Government Licence v3.0", 9),
        ("US-GOV-1", "Public domain (work of the United States government)", 172),
    ]
    without = PublishedActivity.objects.exclude(shares__kind__in=["country", "region"])
    assert without.count() == 0
    assert not PublishedActivity.objects.exclude(shares__kind="sector").exists()
    assert not PublishedActivity.objects.exclude(amounts__isnull=False).exists()


def test_the_portfolio_holds_no_contact_of_a_person():
    for packed in sorted(abroad.PORTFOLIO.glob("*.gz")):
        assert (packed.name, b"contact-info" in gzip.decompress(packed.read_bytes())) == (packed.name, False)


@pytest.mark.skipif(not SHARED.exists(), reason="the standards' own files are not beside this checkout")
def test_the_portfolio_is_what_its_tool_makes_of_the_publishers_files():
    made = portfolio.pack(SHARED)
    assert made == {name: (abroad.PORTFOLIO / name).read_bytes() for name in made}


def test_the_exchange_rates_say_that_they_are_made_up(demonstration):
    rates = CurrencyRate.objects.all()

    assert rates.count() == 14
    assert {(rate.is_example, rate.source.startswith("Example:")) for rate in rates} == {(True, True)}


@pytest.mark.parametrize(
    ("gate", "model"), [(requests_visible_to, CooperationRequest), (operations_visible_to, Operation)]
)
def test_within_a_country_the_gate_lets_the_same_pass(demonstration, gate, model):
    countries = set(model.objects.values_list("country_id", flat=True))
    people = [cast.user(player.slug) for player in PLAYERS]

    def passing(rows):
        return sorted(rows.values_list("pk", flat=True))

    told = {
        (user.email, country): passing(gate(user, {"country_id": country}))
        for user in people
        for country in countries
    }
    assert told == {
        (user.email, country): passing(gate(user).filter(country_id=country))
        for user in people
        for country in countries
    }
    assert any(told.values())


def test_an_agency_is_the_provider_among_the_parties_of_whatever_it_provides(demonstration):
    provided = Operation.objects.values_list("pk", "provider_id")
    named = Party.objects.filter(part="provider").values_list("operation_id", "organisation_id")
    assert sorted(named) == sorted(provided)
