"""Somebody is away: a colleague acts in their seat, for so long, and the record says by whose delegation."""

import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from taawun.cycle import actions as cycle
from taawun.cycle.models import CooperationRequest
from taawun.directory import actions
from taawun.directory.models import Delegation, Post
from taawun.directory.queries import holders_of, standing_of
from taawun.foundation import clock
from taawun.foundation.audit import timeline
from taawun.foundation.models import AuditEvent, OutboxMessage
from taawun.foundation.standing import fresh_standing, standing
from taawun.foundation.steps import Refused, offered, perform
from taawun.foundation.tasks import tasks_waiting_on
from taawun.lessons import actions as lessons
from taawun.letters import actions as letters
from tests.cycle.made import a_reviewed_request, a_submittable, body, everything, in_words
from tests.directory.made import DAY, away, move_to, post_of
from tests.factories import a_person, a_request, an_operation, who
from tests.letters.made import facts

SEAT_OFFERED = {"desk": "open-review"}


@pytest.fixture
def colleague(world):
    """Somebody of the agency who has no say in requests."""
    return a_person("opinion", "jica")


def again(user):
    """The same person in their next request."""
    return type(user).objects.get(pk=user.pk)


def detail_of(case, step):
    return AuditEvent.objects.filter(kind=case.kind, subject_id=case.pk, step=step).latest("id").detail.data


# ── The seat ──


def test_a_deputy_holds_the_seat_for_so_long_and_no_longer(colleague):
    seat, today = (body("jica").pk, "desk"), clock.today()
    away(who("desk"), colleague, starts_on=today + DAY, ends_on=today + 3 * DAY)

    held = {}
    for days in range(5):
        move_to(today + days * DAY)
        held[days] = (seat in fresh_standing(colleague).posts, seat in fresh_standing(who("desk")).posts)

    assert held == {0: (False, True), 1: (True, True), 2: (True, True), 3: (True, True), 4: (False, True)}


def test_a_deputy_keeps_their_own_seat_and_name(colleague):
    away(who("desk"), colleague)

    held = standing(again(colleague))

    assert held.posts == {(body("jica").pk, "desk"), (body("jica").pk, "opinion")}
    assert held.own_posts == {(body("jica").pk, "opinion")}
    assert held.person_id == colleague.person.pk
    assert held.names == colleague.person.names
    assert {seat: (a.person_id, a.until) for seat, a in held.delegated.items()} == {
        (body("jica").pk, "desk"): (who("desk").person.pk, clock.today() + 7 * DAY)
    }


def test_the_seat_of_another_house_opens_what_that_house_opens_but_the_masthead_names_ones_own(world):
    clerk = a_person("opinion", "jp-mofa")
    assert standing(again(clerk)).governs == {body("jp-mofa").pk, body("jica").pk}
    away(who("desk"), clerk)

    held = standing(again(clerk))

    assert held.governs == {body(s).pk for s in ("jp-mofa", "jica", "jica-mm", "jica-la", "jica-sn")}
    assert held.houses == (body("jp-mofa").names,)


def test_whoever_holds_the_seat_already_is_nobodys_deputy_in_it(world):
    second = a_person("desk", "jica")
    away(who("desk"), second)

    assert standing(again(second)).delegated == {}
    assert standing(again(second)).posts == {(body("jica").pk, "desk")}


@pytest.mark.parametrize("deputies", [0, 1, 3])
def test_a_standing_still_costs_two_statements(world, django_assert_num_queries, deputies):
    colleague = a_person("opinion", "jica")
    for slug in ("desk", "knowledge", "jica-approver")[:deputies]:
        away(who(slug), colleague)
    clock.begin_request()

    with django_assert_num_queries(2):
        assert len(standing_of(colleague).delegated) == deputies


def test_a_delegation_ends_with_the_post_and_with_the_deputys_own(colleague):
    away(who("desk"), colleague)
    assert standing(again(colleague)).delegated != {}
    yesterday = clock.today() - DAY

    Post.objects.filter(pk=post_of(who("desk")).pk).update(held_to=yesterday)
    assert standing(again(colleague)).delegated == {}
    Post.objects.filter(pk=post_of(who("desk")).pk).update(held_to=None)
    assert standing(again(colleague)).delegated != {}
    Post.objects.filter(person=colleague.person).update(held_to=yesterday)

    assert standing(again(colleague)).posts == frozenset()
    assert colleague not in holders_of(body("jica").pk, "desk", None)


def test_what_one_fills_as_deputy_is_not_passed_on(colleague):
    other = a_person("opinion", "jica")
    away(who("desk"), colleague)
    away(colleague, other)

    assert standing(again(other)).posts == {(body("jica").pk, "opinion")}
    before = everything()
    with pytest.raises(PermissionDenied):
        actions.delegate(
            post_of(who("desk")),
            other.person,
            starts_on=clock.today() + 20 * DAY,
            ends_on=clock.today() + 21 * DAY,
            reason="Leave",
            actor=again(colleague),
        )
    assert everything() == before


# ── Mail and desk ──


def test_a_notice_reaches_the_deputy_and_goes_on_reaching_the_holder(colleague):
    desk = who("desk")
    assert holders_of(body("jica").pk, "desk", None) == [desk]
    away(desk, colleague)

    assert set(holders_of(body("jica").pk, "desk", None)) == {desk, colleague}


def test_the_deputy_is_told_by_mail_once_in_their_language(colleague):
    colleague.keep_language("fr")
    made = away(who("desk"), again(colleague))

    mails = OutboxMessage.objects.filter(dedupe=f"delegation:{made.pk}")
    assert [m.user for m in mails] == [colleague]
    assert "Chargé de programme, Asie du Sud-Est" in mails[0].body


def test_what_waits_on_the_seat_waits_on_the_deputy_and_on_the_holder(colleague):
    case = a_request("received")
    away(who("desk"), colleague)

    for person in (again(colleague), who("desk")):
        assert "open-review" in [t.act for t in tasks_waiting_on(standing(person)) if t.subject_id == case.pk]


# ── The record ──


def test_a_step_taken_by_a_deputy_names_the_seat_as_usual_and_by_whose_delegation(colleague):
    case, desk = a_request("received"), who("desk")
    lessons.mark_similar_seen(coop_request=case, actor=desk)
    away(desk, colleague)

    perform(case, "open-review", actor=again(colleague), data={"ministries": [body("jp-comms")]})

    event = AuditEvent.objects.filter(kind="request", subject_id=case.pk, step="open-review").get()
    assert (event.actor, event.organisation_id, event.role) == (colleague, body("jica").pk, "desk")
    told = event.detail.data["by_delegation"]
    assert (told["person"], told["names"]) == (desk.person.pk, desk.person.names)
    entry = next(e for e in timeline(case, standing(desk)) if e.title == "Review opened")
    assert entry.by_delegation_of == desk.person.names
    assert "by_delegation" not in detail_of(case, "similar-seen")


def test_what_names_no_seat_tells_it_too(world):
    """The texts of a request, its rank, a letter: entries without a role."""
    officer = who("post-officer")
    stand_in = a_person("opinion", "mm-post")
    away(officer, stand_in)
    case = a_submittable()
    cycle.save_request_part(
        case, "goal", {"purpose": "Otherwise."}, actor=again(stand_in), base_version=case.version
    )
    assert detail_of(case, "edited")["by_delegation"]["person"] == officer.person.pk

    letter = letters.enter_letter(body("mm-post"), facts(), actor=again(stand_in))
    assert detail_of(letter, "letter-entered")["by_delegation"]["person"] == officer.person.pk

    ranked = a_request("retained")
    coordinator, second = who("mm-coordinator"), a_person("opinion", "mm-coordination")
    away(coordinator, second)
    cycle.rank_lot([ranked], {ranked.pk: 7}, actor=again(second))
    assert detail_of(ranked, "ranked")["by_delegation"]["person"] == coordinator.person.pk


def test_what_one_may_do_in_ones_own_right_is_done_in_it(world):
    """An officer of the country office who is deputy of the desk names the people in their own seat."""
    operation, officer = an_operation("agreed"), who("mm-office")
    away(who("desk"), officer)
    assert standing(again(officer)).delegated != {}
    director = {"person": officer.person, "organisation": body("jica-mm"), "function": "director"}
    director |= {"field": "", "held_from": clock.today(), "held_to": None}

    cycle.name_people(operation, [director], actor=again(officer), base_version=operation.version)

    event = AuditEvent.objects.filter(kind="operation", subject_id=operation.pk, step="people-named").latest(
        "id"
    )
    assert (event.organisation_id, event.role) == (body("jica-mm").pk, "country-office")
    assert "by_delegation" not in event.detail.data


def test_after_the_delegation_the_record_still_says_so(colleague):
    case = a_request("received")
    lessons.mark_similar_seen(coop_request=case, actor=who("desk"))
    made = away(who("desk"), colleague)
    perform(case, "open-review", actor=again(colleague), data={"ministries": [body("jp-comms")]})
    actions.end_delegation(made, actor=who("desk"))

    assert detail_of(case, "open-review")["by_delegation"]["delegation"] == made.pk


# ── Each seat gives its consent ──


def test_a_deputy_does_not_consent_in_their_own_seat_and_in_the_delegated_one(world):
    case, approver = a_reviewed_request(), who("jica-approver")
    away(who("mofa-approver"), approver)

    perform(case, "adopt", actor=again(approver))
    before = everything()
    with pytest.raises(Refused) as refused:
        perform(case, "adopt", actor=again(approver))

    assert in_words(refused) == [
        "You have consented to this step in another seat. A deputy does not give the consent of two seats: it waits "
        "on the holder of this one, or on another deputy."
    ]
    assert everything() == before
    assert "adopt" not in [s.name for s in offered(fresh(case), again(approver))]
    assert perform(case, "adopt", actor=a_person("approver", "jica")).state == "adopted"


def test_the_bar_stays_when_the_delegation_has_ended(world):
    case, approver = a_reviewed_request(), who("jica-approver")
    made = away(who("mofa-approver"), approver)
    perform(case, "adopt", actor=again(approver))
    actions.end_delegation(made, actor=again(approver))

    with pytest.raises(Refused):
        perform(case, "adopt", actor=again(approver))


def test_a_first_consent_in_ones_own_right_bars_the_delegated_seat(world):
    case, approver = a_reviewed_request(), who("mofa-approver")
    perform(case, "adopt", actor=approver)
    away(who("jica-approver"), approver)

    with pytest.raises(Refused):
        perform(case, "adopt", actor=again(approver))
    assert perform(case, "adopt", actor=who("jica-approver")).state == "adopted"


def test_who_was_appointed_to_two_seats_consents_in_both(world):
    case, approver = a_reviewed_request(), who("mofa-approver")
    Post.objects.create(
        person=approver.person, organisation=body("jica"), role="approver", held_from=clock.today()
    )

    perform(case, "adopt", actor=again(approver))

    assert perform(case, "adopt", actor=again(approver)).state == "adopted"


def test_a_deputy_who_stands_in_one_seat_alone_consents_in_it(world):
    case = a_reviewed_request()
    clerk = a_person("opinion", "jp-mofa")
    away(who("mofa-approver"), clerk)

    perform(case, "adopt", actor=again(clerk))

    consent = case.consents.get()
    assert (consent.organisation, consent.given_by, consent.for_person) == (
        body("jp-mofa"),
        clerk,
        who("mofa-approver").person,
    )


def fresh(case):
    return CooperationRequest.objects.get(pk=case.pk)


# ── What is refused ──


def refused(holder, deputy, **given):
    before = everything()
    with pytest.raises(Refused) as refusal:
        away(holder, deputy, **given)
    assert everything() == before
    return in_words(refusal)


def test_an_evaluation_is_personal(world):
    evaluator = who("evaluator")
    colleague = a_person("opinion", "ex-evaluators")

    assert refused(evaluator, colleague) == [
        "An evaluator is chosen as a person: nobody evaluates in their place."
    ]


@pytest.mark.parametrize(
    ("house", "may"),
    [("jica", True), ("jp-mofa", True), ("jica-mm", True), ("jp-comms", False), ("mm-post", False)],
)
def test_a_deputy_is_a_colleague_of_the_same_house_or_of_the_one_above_or_below(world, house, may):
    person = a_person("opinion", house)

    if may:
        assert away(who("desk"), person).to_person == person.person
    else:
        assert refused(who("desk"), person) == [
            "The deputy holds a post in the same organisation, or in the one directly above or below it."
        ]


def test_a_sister_office_is_not_near_enough(world):
    assert len(refused(who("mm-office"), who("la-office"))) == 1


def test_nobody_is_their_own_deputy_and_no_closed_account_is_one(colleague):
    colleague.is_active = False
    colleague.save()

    assert len(refused(who("desk"), who("desk"))) == 1
    assert len(refused(who("desk"), colleague)) == 1


def test_days_that_do_not_fit_are_all_told(colleague):
    today = clock.today()
    Post.objects.filter(person__user=who("desk")).update(held_to=today + 3 * DAY)

    assert refused(who("desk"), colleague, starts_on=today - DAY, ends_on=today - 2 * DAY, reason=" ") == [
        "An absence is announced before it begins: today at the earliest.",
        "The last day comes before the first.",
        "Give the reason.",
    ]
    assert len(refused(who("desk"), colleague, ends_on=today + 4 * DAY)) == 1


def test_one_deputy_at_a_time(colleague):
    today = clock.today()
    made = away(who("desk"), colleague, starts_on=today + 5 * DAY, ends_on=today + 9 * DAY)

    assert len(refused(who("desk"), colleague, starts_on=today + 9 * DAY, ends_on=today + 12 * DAY)) == 1
    away(who("desk"), colleague, starts_on=today + 10 * DAY, ends_on=today + 12 * DAY)
    actions.end_delegation(made, actor=who("desk"))
    away(who("desk"), colleague, starts_on=today, ends_on=today + 9 * DAY)

    assert Delegation.objects.filter(ended_on__isnull=True).count() == 2


def test_only_the_holder_names_a_deputy(colleague):
    post = post_of(who("desk"))
    before = everything()

    for person in (colleague, who("jica-approver"), a_person("desk", "jica")):
        with pytest.raises(PermissionDenied):
            actions.delegate(
                post,
                colleague.person,
                starts_on=clock.today(),
                ends_on=clock.today(),
                reason="Leave",
                actor=person,
            )

    assert Delegation.objects.count() == 0
    assert before["directory.Delegation"] == []


# ── Its end ──


@pytest.mark.parametrize("by", ["holder", "deputy"])
def test_it_is_ended_before_its_day_by_holder_or_deputy_and_counts_no_more_at_once(colleague, by):
    made = away(who("desk"), colleague)

    actions.end_delegation(made, actor=who("desk") if by == "holder" else again(colleague))

    assert standing(again(colleague)).delegated == {}
    assert AuditEvent.objects.filter(kind="delegation", subject_id=made.pk).count() == 2
    with pytest.raises(Refused):
        actions.end_delegation(made, actor=who("desk"))


def test_nobody_else_ends_it(colleague):
    made = away(who("desk"), colleague)

    with pytest.raises(PermissionDenied):
        actions.end_delegation(made, actor=who("jica-approver"))


def test_of_two_who_name_a_deputy_at_once_one_is_told_of_the_other(committed_world):
    desk, colleagues = who("desk"), [a_person("opinion", "jica") for _ in range(2)]
    gate, results = threading.Barrier(2), []

    def name(colleague):
        try:
            gate.wait(30)
            results.append(away(again(desk), colleague))
        except Refused as refusal:
            results.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=name, args=(c,)) for c in colleagues]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert sorted(type(r).__name__ for r in results) == ["Delegation", "Refused"]
    assert Delegation.objects.count() == 1
