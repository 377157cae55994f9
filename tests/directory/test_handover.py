"""A rotating officer hands over everything open in one step; whoever served stays on record as having served."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from taawun.cycle.models import CooperationRequest, Operation, TeamMember
from taawun.directory import actions, handovers
from taawun.directory.models import Delegation, Handover, Post
from taawun.evaluation.actions import name_evaluator
from taawun.evaluation.independence import candidates
from taawun.foundation import clock, editing
from taawun.foundation.models import AuditEvent, Draft, OutboxMessage, Task, User
from taawun.foundation.standing import fresh_standing, standing
from taawun.foundation.steps import Refused
from taawun.foundation.tasks import tasks_of, tasks_waiting_on
from taawun.meetings.models import Committee, Member
from tests.cycle.made import body, everything, in_words
from tests.directory.made import DAY, away
from tests.factories import a_person, a_request, an_operation, who


@pytest.fixture
def successor(world):
    return a_person("opinion", "jica")


def again(user):
    return User.objects.get(pk=user.pk)


def give(officer, successor, actor=None, **more):
    values = {"on": clock.today(), "reason": "Rotation"} | more
    return actions.hand_over(officer.person, successor.person, **values, actor=actor or again(officer))


def refused(*args, **more):
    before = everything()
    with pytest.raises(Refused) as refusal:
        give(*args, **more)
    assert everything() == before
    return in_words(refusal)


def on_team(operation, user, function="counterpart", house="mm-post", since=None):
    return TeamMember.objects.create(
        operation=operation,
        person=user.person,
        organisation=body(house),
        function=function,
        held_from=since or clock.today() - 30 * DAY,
    )


def an_administrator(house):
    return a_person("administrator", house)


# ── Posts and what waits on them ──


def test_posts_end_on_the_day_and_begin_for_the_successor(successor):
    desk, today = who("desk"), clock.today()

    give(desk, successor)

    seat = (body("jica").pk, "desk")
    assert Post.objects.get(person=desk.person).held_to == today
    made = Post.objects.get(person=successor.person, role="desk")
    assert (made.organisation, made.held_from, made.held_to) == (body("jica"), today, None)
    clock.set_today(today + DAY)
    assert seat not in fresh_standing(again(desk)).posts
    assert seat in fresh_standing(again(successor)).posts


def test_what_waits_on_the_seat_waits_on_the_successor_with_its_deadline(successor):
    case = a_request("received")
    before = list(Task.objects.order_by("pk").values())

    give(who("desk"), successor)

    assert list(Task.objects.order_by("pk").values()) == before
    assert case.pk in [task.subject_id for task in tasks_waiting_on(standing(again(successor)))]


def test_who_holds_the_same_post_already_gets_no_second_one(world):
    second = a_person("desk", "jica")

    made = give(who("desk"), second)

    assert Post.objects.filter(person=second.person).count() == 1
    assert [line["new"] for line in made.lines["posts"]] == [False]


def test_a_handover_given_back_the_same_day_goes_on_in_the_same_row(world):
    first, second = who("desk"), a_person("desk", "jica-mm")
    give(first, second)
    give(second, first)
    give(first, second)

    assert Post.objects.filter(person=second.person, organisation=body("jica")).count() == 1
    assert (body("jica").pk, "desk") in fresh_standing(again(second)).posts


# ── Functions held by name ──


def test_a_function_ends_and_begins_and_the_case_tells_it_once(world):
    operation, officer = an_operation("agreed"), who("post-officer")
    colleague = a_person("line-officer", "mm-post")
    old = on_team(operation, officer)
    on_team(operation, officer, function="director")
    version = Operation.objects.get(pk=operation.pk).version

    made = give(officer, colleague)

    old.refresh_from_db()
    assert (old.held_to, old.handed_over) == (clock.today(), True)
    new = TeamMember.objects.filter(operation=operation, person=colleague.person).order_by("function")
    assert [(m.function, m.held_from, m.held_to) for m in new] == [
        ("counterpart", clock.today(), None),
        ("director", clock.today(), None),
    ]
    events = AuditEvent.objects.filter(kind="operation", subject_id=operation.pk, step="function-handed-over")
    assert [e.detail.data["functions"] for e in events] == [[["team", "counterpart"], ["team", "director"]]]
    assert events[0].detail.data["handover"] == made.pk
    assert Operation.objects.get(pk=operation.pk).version == version + 1


def test_a_function_to_come_becomes_the_successors(world):
    operation, officer, colleague = (
        an_operation("agreed"),
        who("post-officer"),
        a_person("line-officer", "mm-post"),
    )
    start = clock.today() + 10 * DAY
    on_team(operation, officer, since=start)

    give(officer, colleague)

    held = TeamMember.objects.filter(operation=operation, function="counterpart").exclude(
        held_to__lte=clock.today()
    )
    assert [(m.person, m.held_from) for m in held if m.person == colleague.person] == [
        (colleague.person, start)
    ]
    assert not TeamMember.objects.filter(person=officer.person, held_from=start).exists()


def test_whoever_served_stays_bound_and_so_is_the_successor(world):
    """Neither can evaluate the operation afterwards."""
    operation, officer, colleague = (
        an_operation("completed"),
        who("post-officer"),
        a_person("line-officer", "mm-post"),
    )
    on_team(operation, officer)
    give(officer, colleague)
    for person in (officer, colleague):
        Post.objects.create(
            person=person.person,
            organisation=body("ex-evaluators"),
            role="evaluator",
            held_from=clock.today(),
        )

    tied = {c.post.person: c.ties for c in candidates(operation, "external")}

    for person in (officer, colleague):
        assert f"{person.person.name} held a post on this operation: Counterpart." in tied[person.person]


def test_an_evaluation_stays_with_its_evaluator(world):
    operation, evaluator = an_operation("ex_post_due"), who("evaluator")
    colleague = a_person("opinion", "ex-evaluators")
    name_evaluator(operation, person=evaluator.person, actor=who("desk"))
    named = TeamMember.objects.get(operation=operation, function="evaluator")
    Post.objects.create(
        person=evaluator.person, organisation=body("ex-evaluators"), role="opinion", held_from=clock.today()
    )

    made = give(evaluator, colleague)

    named.refresh_from_db()
    assert (named.person, named.held_to) == (evaluator.person, None)
    assert [line["what"] for line in made.lines["stays"]] == ["evaluator"]
    assert [line["role"] for line in made.lines["personal_posts"]] == ["evaluator"]
    assert (body("ex-evaluators").pk, "evaluator") in fresh_standing(again(evaluator)).posts
    assert (body("ex-evaluators").pk, "evaluator") not in fresh_standing(again(colleague)).posts
    assert Task.objects.filter(person_id=colleague.person.pk).count() == 0


def test_an_evaluator_takes_no_function_on_what_they_evaluate(world):
    operation, officer, evaluator = an_operation("ex_post_due"), who("post-officer"), who("evaluator")
    on_team(operation, officer)
    name_evaluator(operation, person=evaluator.person, actor=who("desk"))
    Post.objects.create(
        person=evaluator.person, organisation=body("mm-post"), role="line-officer", held_from=clock.today()
    )

    assert refused(officer, evaluator) == [
        f"External evaluator is named to evaluate {operation.code} and can take no other function on it."
    ]


def test_a_seat_on_the_committee_passes_on_even_the_chair(world):
    operation, officer, colleague = (
        an_operation("agreed"),
        who("post-officer"),
        a_person("line-officer", "mm-post"),
    )
    committee, _made = Committee.objects.get_or_create(operation=operation)
    committee.members.all().delete()
    Member.objects.create(
        committee=committee,
        organisation=body("mm-post"),
        person=officer.person,
        capacity="chair",
        held_from=clock.today() - DAY,
    )

    give(officer, colleague)

    assert [(m.person, m.capacity, m.held_to) for m in committee.members.order_by("pk")] == [
        (officer.person, "chair", clock.today()),
        (colleague.person, "chair", None),
    ]
    assert AuditEvent.objects.filter(step="function-handed-over", subject_id=operation.pk).count() == 1


def test_the_desks_table_is_what_the_cases_say_afterwards(world):
    operation, officer, colleague = (
        an_operation("in_implementation"),
        who("post-officer"),
        a_person("line-officer", "mm-post"),
    )
    on_team(operation, officer)

    give(officer, colleague)

    held = sorted(Task.objects.filter(kind="operation").values_list("act", "ref", "person_id"), key=str)
    wanted = tasks_of(Operation.objects.get(pk=operation.pk))
    assert held == sorted(((s.act, s.ref, s.person_id) for s in wanted), key=str)


# ── Drafts and delegations ──


def test_drafts_are_copied_to_the_successor_and_to_nobody_else(world):
    case, officer, colleague = a_request("draft"), who("post-officer"), a_person("opinion", "mm-post")
    editing.keep_draft(
        officer, case, "background", base_version=case.version, data={"post": "background=Half"}
    )

    give(officer, colleague)

    held = Draft.objects.filter(subject_id=case.pk, part="background").order_by("pk")
    assert [(d.user, d.data, d.base_version) for d in held] == [
        (officer, {"post": "background=Half"}, case.version),
        (colleague, {"post": "background=Half"}, case.version),
    ]


def test_a_draft_of_the_successors_own_is_not_overwritten(world):
    case, officer, colleague = a_request("draft"), who("post-officer"), a_person("line-officer", "mm-post")
    for person, text in ((officer, "Mine"), (colleague, "Theirs")):
        editing.keep_draft(person, case, "goal", base_version=case.version, data={"post": text})

    made = give(officer, colleague)

    assert Draft.objects.get(user=colleague, part="goal").data == {"post": "Theirs"}
    assert [line["copied"] for line in made.lines["drafts"]] == [False]


def test_a_draft_of_a_case_the_successor_does_not_see_stays_behind(world):
    case, officer, colleague = a_request("draft"), who("post-officer"), a_person("line-officer", "mm-post")
    elsewhere = a_request("draft")
    CooperationRequest.objects.filter(pk=elsewhere.pk).update(requesting=body("la-post"))
    editing.keep_draft(officer, elsewhere, "goal", base_version=1, data={"post": "x"})

    give(officer, colleague)

    assert case.pk != elsewhere.pk
    assert not Draft.objects.filter(user=colleague, subject_id=elsewhere.pk).exists()


def test_the_draft_of_an_evaluation_is_its_evaluators_alone(world):
    operation, evaluator = an_operation("ex_post_due"), who("evaluator")
    name_evaluator(operation, person=evaluator.person, actor=who("desk"))
    colleague = a_person("opinion", "ex-evaluators")
    Post.objects.create(
        person=evaluator.person, organisation=body("ex-evaluators"), role="opinion", held_from=clock.today()
    )
    TeamMember.objects.create(
        operation=operation,
        person=colleague.person,
        organisation=body("ex-evaluators"),
        function="expert",
        held_from=clock.today(),
    )
    editing.keep_draft(evaluator, operation, "evaluation", base_version=1, data={"post": "secret"})

    give(evaluator, colleague)

    assert Draft.objects.filter(part="evaluation").count() == 1


def test_delegations_of_the_posts_and_to_the_officer_end(successor):
    desk, other = who("desk"), who("knowledge")
    mine, theirs = away(desk, successor), away(other, desk)
    kept = away(who("jica-approver"), successor)

    give(desk, successor)

    assert [Delegation.objects.get(pk=d.pk).ended_on for d in (mine, theirs, kept)] == [
        clock.today(),
        clock.today(),
        None,
    ]


# ── Who may, and to whom ──


def test_the_administrator_of_the_organisation_hands_over_what_it_gave_and_nothing_else(world):
    officer, colleague = who("desk"), a_person("opinion", "jica")
    Post.objects.create(
        person=officer.person, organisation=body("jp-mofa"), role="opinion", held_from=clock.today() - DAY
    )
    case = a_request("received")
    editing.keep_draft(officer, case, "x", base_version=1, data={"post": "x"})
    operation = an_operation("agreed")
    on_team(operation, officer, function="expert", house="mm-post")

    made = give(officer, colleague, actor=an_administrator("jica"))

    assert made.scope == body("jica")
    assert fresh_standing(again(colleague)).posts == {(body("jica").pk, "opinion"), (body("jica").pk, "desk")}
    assert Post.objects.get(person=officer.person, role="opinion").held_to is None
    assert not Draft.objects.filter(user=colleague).exists()
    assert TeamMember.objects.filter(person=officer.person, handed_over=True).count() == 0
    event = AuditEvent.objects.get(kind="handover", subject_id=made.pk)
    assert (event.organisation_id, event.role) == (body("jica").pk, "administrator")


@pytest.mark.parametrize("house", ["jica-mm", "jp-mofa", "amci"])
def test_an_administrator_of_another_organisation_hands_over_nothing(world, house):
    before = everything()

    with pytest.raises((PermissionDenied, Refused)):
        give(who("desk"), a_person("opinion", "jica"), actor=an_administrator(house))

    assert len(everything()["directory.Handover"]) == len(before["directory.Handover"]) == 0


@pytest.mark.parametrize("slug", ["jica-approver", "knowledge", "la-officer"])
def test_a_colleague_hands_over_nothing_of_anothers(successor, slug):
    with pytest.raises(PermissionDenied):
        give(who("desk"), successor, actor=who(slug))


def test_a_deputy_hands_over_nothing_of_the_one_they_act_for(successor):
    away(who("desk"), successor)

    with pytest.raises(PermissionDenied):
        give(who("desk"), who("knowledge"), actor=again(successor))


@pytest.mark.parametrize(
    ("house", "may"),
    [
        ("jica", True),
        ("jp-mofa", True),
        ("jica-mm", True),
        ("jp-comms", False),
        ("mm-post", False),
        ("amci", False),
    ],
)
def test_the_successor_is_of_the_same_family_of_organisations(world, house, may):
    person = a_person("opinion", house)

    if may:
        assert give(who("desk"), person).to_person == person.person
    else:
        assert len(refused(who("desk"), person)) == 1


def test_a_sister_office_is_near_enough_for_a_rotation(world):
    assert give(who("mm-office"), who("la-office")).to_person == who("la-office").person


def test_somebody_without_a_post_is_chosen_by_whoever_governs_alone(world):
    new = a_person("opinion", "jica")
    Post.objects.filter(person=new.person).delete()

    assert len(refused(who("desk"), new)) == 1
    assert give(who("desk"), new, actor=an_administrator("jica")).to_person == new.person


def test_what_does_not_fit_is_all_told(successor):
    assert refused(who("desk"), who("desk"), on=clock.today() + DAY, reason=" ") == [
        "The successor has an open account and a post in the same organisation, or in one directly above, below or "
        "beside it.",
        "A handover is made on the day it takes effect: today.",
        "Give the reason.",
    ]


def test_what_changed_since_the_preview_is_told(successor):
    desk = who("desk")
    seen = handovers.plan_of(desk.person, None).fingerprint
    Post.objects.create(
        person=desk.person, organisation=body("jica"), role="knowledge", held_from=clock.today()
    )

    assert refused(desk, successor, seen=seen) == [
        "Something has changed since you looked: look again at what would be handed over."
    ]


def test_nothing_is_left_for_a_second_handover(successor):
    give(who("desk"), successor)

    assert refused(who("desk"), who("knowledge")) == [
        "Nothing is left to hand over: it was done already, or no post and no function is held."
    ]


# ── Record, mail, races ──


def test_the_summary_keeps_what_was_handed_over(world):
    case, officer, colleague = a_request("draft"), who("post-officer"), a_person("opinion", "mm-post")
    operation = an_operation("agreed")
    on_team(operation, officer)

    made = give(officer, colleague)

    assert [(p["role"], p["organisation"]) for p in made.lines["posts"]] == [
        ("line-officer", body("mm-post").pk)
    ]
    told = [(f["code"], f["what"]) for f in made.lines["functions"] if f["source"] == "team"]
    assert (operation.code, "counterpart") in told
    assert case.title in [task["title"] for task in made.lines["tasks"]]


def test_the_successor_is_told_by_mail_and_the_officer_where_another_did_it(successor):
    made = give(who("desk"), successor, actor=an_administrator("jica"))

    mails = OutboxMessage.objects.filter(dedupe__startswith=f"handover:{made.pk}:")
    assert {m.user for m in mails} == {successor, who("desk")}


def test_the_record_is_only_added_to(successor):
    case = a_request("received")
    before = list(AuditEvent.objects.order_by("id").values())

    give(who("desk"), successor)

    after = list(AuditEvent.objects.order_by("id").values())
    assert after[: len(before)] == before
    assert [(e["kind"], e["step"]) for e in after[len(before) :]] == [("handover", "handed-over")]
    assert case.pk


def test_of_two_handovers_at_once_one_wins(committed_world):
    desk, two = who("desk"), [a_person("opinion", "jica") for _ in range(2)]
    gate, results = threading.Barrier(2), []

    def run(person):
        try:
            gate.wait(30)
            results.append(give(desk, person))
        except Refused as refusal:
            results.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(person,)) for person in two]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert sorted(type(r).__name__ for r in results) == ["Handover", "Refused"]
    assert Handover.objects.count() == 1
    assert Post.objects.filter(organisation=body("jica"), role="desk", held_to=None).count() == 1


def test_a_failure_in_the_middle_leaves_nothing(successor, monkeypatch):
    before = everything()
    monkeypatch.setattr(
        "taawun.directory.actions.handing_over._tell", lambda made: (_ for _ in ()).throw(RuntimeError("cut"))
    )

    with pytest.raises(RuntimeError):
        give(who("desk"), successor)

    assert everything() == before


@pytest.mark.parametrize("number", [1, 4])
def test_looking_at_it_costs_the_same_however_much(world, django_assert_num_queries, number):
    officer = who("post-officer")
    operation = an_operation("agreed")
    for n in range(number):
        case = a_request("draft")
        editing.keep_draft(officer, case, "goal", base_version=1, data={"post": "x"})
        on_team(operation, officer, since=clock.today() - timedelta(days=n + 1))
        assert case.pk

    with django_assert_num_queries(6):
        handovers.plan_of(officer.person, None)
