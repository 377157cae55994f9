"""Persons and organisations entered twice: merged, shown, set apart again; history intact."""

import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import translation

from taawun.agreements.queries import record_of_discussions
from taawun.agreements.showing import record_paper
from taawun.cycle.forms.beginning import BeginForm
from taawun.cycle.models import CooperationRequest, Operation, Party, TeamMember
from taawun.cycle.queries import operations_visible_to, requests_visible_to, supplying_institutions
from taawun.directory.models import Merge, MergedRow, Organisation, Person, Post
from taawun.directory.queries import country_office_for, holders_of, name_of_user
from taawun.evaluation.actions import name_evaluator
from taawun.evaluation.independence import candidates
from taawun.foundation import clock, editing
from taawun.foundation.audit import events_of, timeline
from taawun.foundation.models import AuditEvent, Draft, OutboxMessage, Task, User
from taawun.foundation.standing import fresh_standing, standing
from taawun.foundation.steps import Refused, perform
from taawun.foundation.tasks import tasks_waiting_on
from taawun.letters.actions import take_in
from taawun.letters.queries import letters_visible_to
from tests.cycle.made import body, derived_tasks, everything, held_tasks, in_words, signed_in
from tests.directory.made import DAY, away
from tests.directory.merged import (
    a_double,
    an_administrator,
    merge,
    obstacles,
    unmerge,
    untouched,
)
from tests.factories import a_person, a_request, an_operation, who
from tests.letters.made import a_letter


def again(user):
    return User.objects.get(pk=user.pk)


def on_team(operation, user, function="expert", house="jica", since=None, until=None):
    return TeamMember.objects.create(
        operation=operation,
        person=user.person,
        organisation=body(house),
        function=function,
        held_from=since or clock.today() - 30 * DAY,
        held_to=until,
    )


# ── Persons ──


def test_posts_functions_and_drafts_lead_to_the_person_who_stays(world):
    case, operation = a_request("received"), an_operation("agreed")
    double, desk = a_person("knowledge", "jica"), who("desk")
    function = on_team(operation, double)
    editing.keep_draft(double, case, "note", base_version=1, data={"post": "x"})

    made = merge(double, desk)

    assert {(p.organisation.slug, p.role) for p in Post.objects.filter(person=desk.person)} == {
        ("jica", "desk"),
        ("jica", "knowledge"),
    }
    function.refresh_from_db()
    assert function.person == desk.person
    assert Draft.objects.get().user == desk
    assert sorted(made.rows.values_list("table", "column", "was")) == [
        ("cycle.TeamMember", "person", double.person.pk),
        ("directory.Post", "person", double.person.pk),
        ("foundation.Draft", "user", double.pk),
    ]
    assert (body("jica").pk, "knowledge") in fresh_standing(again(desk)).posts


def test_the_account_of_the_one_merged_away_signs_in_no_more_until_the_merge_is_undone(world):
    double = a_person("knowledge", "jica")
    browser = signed_in(double)
    assert browser.get("/desk/").status_code == 200

    made = merge(double, who("desk"))

    assert (browser.get("/desk/").status_code, again(double).is_active) == (302, False)
    assert fresh_standing(again(double)).posts == frozenset()
    unmerge(made)
    assert (signed_in(again(double)).get("/desk/").status_code, again(double).is_active) == (200, True)


def test_an_account_that_was_closed_before_stays_closed(world):
    double = a_person("knowledge", "jica")
    User.objects.filter(pk=double.pk).update(is_active=False)

    unmerge(merge(again(double), who("desk")))

    assert again(double).is_active is False


def test_what_was_done_stays_under_the_name_it_was_done_with_the_present_one_beside(world):
    case, officer = a_request("received"), who("mm-office")
    double = a_person("country-office", "jica-mm")
    before = list(AuditEvent.objects.order_by("pk").values())
    acted = AuditEvent.objects.filter(actor=officer).count()

    merge(officer, double)

    assert list(AuditEvent.objects.order_by("pk").values())[: len(before)] == before
    assert AuditEvent.objects.filter(actor=officer).count() == acted > 0
    shown = f"{officer.person.own_name} (now: {double.person.own_name})"
    assert shown in {entry.who for entry in timeline(case, standing(again(double)))}
    assert name_of_user(again(officer)) == shown


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_present_name_is_told_in_the_readers_language(world, language):
    desk, double = who("desk"), a_person("knowledge", "jica")
    merge(desk, double)

    with translation.override(language):
        name = Person.objects.get(pk=desk.person.pk).name

    assert "(now:" not in name
    assert double.person.own_name in name


def test_mail_for_the_seat_goes_to_the_one_who_stays(world):
    double = a_person("knowledge", "jica")

    merge(double, who("desk"))

    holders = holders_of(body("jica").pk, "knowledge", None)
    assert (double in holders, who("desk") in holders) == (False, True)
    assert holders_of(None, "", double.person.pk) == []


def test_nobody_is_mailed_for_what_waited_already(world):
    an_operation("in_implementation")
    tasks = OutboxMessage.objects.filter(dedupe__startswith="task:")
    mails = tasks.count()

    merge(who("mm-office"), a_person("country-office", "jica-mm"))

    assert tasks.count() == mails


def test_the_person_is_told_by_mail_and_both_when_it_is_undone(world):
    double, desk = a_person("knowledge", "jica"), who("desk")
    desk.keep_language("fr")
    mails = OutboxMessage.objects.filter(dedupe__startswith="merge:").order_by("pk")

    made = merge(double, desk)
    assert [(mail.user, mail.subject) for mail in mails] == [
        (desk, "Taawun\u00a0: vos deux saisies ont été fusionnées")
    ]
    assert f"{double.person.own_name}" in mails[0].body
    unmerge(made)

    mails = mails.all()
    assert [mail.user for mail in mails] == [desk, desk, double]
    assert "They are two" in mails[2].body


def test_what_both_hold_alike_stays_with_the_one_merged_away_and_counts_no_more(world):
    desk, double = who("desk"), a_person("desk", "jica")

    made = merge(double, desk)

    assert [(r.table, r.moved) for r in made.rows.all()] == [("directory.Post", False)]
    assert Post.objects.get(person=double.person).held_to is None
    assert double not in holders_of(body("jica").pk, "desk", None)


def test_the_desks_table_is_what_the_cases_say_after_the_merge_and_after_its_undoing(world):
    operation = an_operation("in_implementation")
    double, officer = a_person("country-office", "jica-mm"), who("mm-office")
    for user in (double, officer):
        on_team(operation, user, "manager", "jica-mm")

    made = merge(double, officer)

    assert held_tasks(operation) == derived_tasks(operation)
    unmerge(made)
    assert held_tasks(operation) == derived_tasks(operation)


def test_what_waits_by_name_keeps_its_day_and_since_when(world):
    operation, evaluator = an_operation("ex_post_due"), who("evaluator")
    name_evaluator(operation, person=evaluator.person, actor=who("desk"))
    double, admin = a_person("evaluator", "ex-evaluators"), an_administrator("ex-evaluators")
    before = list(Task.objects.filter(person_id=evaluator.person.pk).order_by("pk").values())

    merge(evaluator, double, admin)

    after = list(Task.objects.filter(person_id=double.person.pk).order_by("pk").values())
    assert after == [task | {"person_id": double.person.pk} for task in before]
    assert before != []
    assert operation.pk in [task.subject_id for task in tasks_waiting_on(standing(again(double)))]


def test_a_case_with_a_function_that_moved_is_told_once(world):
    operation, double = an_operation("agreed"), a_person("knowledge", "jica")
    on_team(operation, double)
    on_team(operation, double, "researcher")

    made = merge(double, who("desk"))
    unmerge(made)

    seen = events_of(operation, fresh_standing(again(who("post-officer"))))
    assert [e.step for e in seen if e.step in ("merged", "unmerged")] == ["unmerged", "merged"]


# ── Refused ──


def test_nothing_is_merged_with_itself_nor_twice_nor_in_chains(world):
    first, second, third = (a_person("knowledge", "jica") for _ in range(3))
    assert obstacles(first, first) == ["Choose two: nothing is merged with itself."]

    merge(first, second)

    name = Person.objects.get(pk=first.person.pk).name
    already = f"{name} was merged already: undo that first, or choose the one it was merged into."
    chain = (
        f"Another was merged into {second.person.name}: let this one stay, or undo that first. "
        "Merges form no chains."
    )
    fresh = Person.objects.get(pk=first.person.pk)
    assert obstacles(fresh, third.person) == [already]
    assert obstacles(third.person, fresh) == [already]
    assert obstacles(second.person, third.person) == [chain]
    assert obstacles(second.person, fresh) == [already, chain]
    assert obstacles(third.person, second.person) == []


def test_no_administrator_merges_themselves(world):
    admin, double = who("jica-admin"), a_person("knowledge", "jica")
    told = ["You would merge yourself: another administrator does that."]

    assert obstacles(double, admin) == told
    assert obstacles(admin, double) == told


def test_somebody_with_an_account_is_not_merged_into_somebody_without_an_open_one(world):
    person, closed = a_person("knowledge", "jica"), a_person("knowledge", "jica")
    without = Person.objects.create(names={"latin": "No account"})
    Post.objects.create(
        person=without, organisation=body("jica"), role="knowledge", held_from=clock.today() - DAY
    )
    User.objects.filter(pk=closed.pk).update(is_active=False)

    assert obstacles(person.person, without) == [
        f"No account has no account, {person.person.name} has one: merge the other way round."
    ]
    assert obstacles(person, again(closed)) == [
        f"The account of {closed.person.name} is closed, that of {person.person.name} is open: merge the other "
        "way round."
    ]
    assert obstacles(without, person.person) == []


def test_a_deputy_and_the_holder_are_two(world):
    desk, deputy = who("desk"), a_person("opinion", "jica")
    away(desk, deputy)

    assert obstacles(deputy, desk) == [
        "One of them is the other's deputy: two persons, unless that is ended first."
    ]


def test_a_post_or_a_function_elsewhere_is_for_its_administrator(world):
    double, told = (
        a_person("knowledge", "jica"),
        ["One of them holds a post or a function in an organisation that you do not administer."],
    )
    abroad = Post.objects.create(
        person=double.person, organisation=body("amci"), role="opinion", held_from=clock.today() - DAY
    )
    assert obstacles(double, who("desk")) == told
    assert obstacles(who("desk"), double) == told

    Post.objects.filter(pk=abroad.pk).update(held_from=clock.today() - 9 * DAY, held_to=clock.today() - DAY)
    assert obstacles(double, who("desk")) == []
    on_team(an_operation("agreed"), double, house="mm-post")
    assert obstacles(double, who("desk")) == told


def test_the_same_post_until_different_days_is_two_acts(world):
    desk, double = who("desk"), a_person("desk", "jica")
    Post.objects.filter(person=double.person).update(held_to=clock.today() + DAY)

    told = obstacles(double, desk)

    assert len(told) == 1
    assert told[0].startswith("Both stand in the same place with acts of their own: Post")


def test_what_one_evaluates_the_other_did_not_serve_on(world):
    operation, evaluator = an_operation("ex_post_due"), who("evaluator")
    name_evaluator(operation, person=evaluator.person, actor=who("desk"))
    double, admin = a_person("evaluator", "ex-evaluators"), an_administrator("ex-evaluators")
    assert obstacles(double, evaluator, admin) == []

    on_team(operation, double, house="ex-evaluators")

    assert obstacles(double, evaluator, admin) == [
        "What one of them evaluates, the other served or acted on: an evaluator is independent."
    ]


def test_whoever_acted_under_the_account_merged_away_is_bound_by_it(world):
    operation = an_operation("ex_post_due")
    officer, second = who("mm-office"), a_person("evaluator", "jica-mm")
    assert [c.ties for c in candidates(operation, "external") if c.post.person == second.person] != []
    merge(officer, second)

    held = [c for c in candidates(operation, "external") if c.post.person == second.person]

    assert f"{second.person.name} took a step on this operation." in held[0].ties


@pytest.mark.parametrize("stranger", ["amci-admin", "desk", "jica-approver", "post-officer"])
def test_a_stranger_merges_nothing_and_undoes_nothing(world, stranger):
    first, second = a_person("knowledge", "jica"), a_person("knowledge", "jica")
    before = everything()
    with pytest.raises(PermissionDenied):
        merge(first, second, who(stranger))
    assert everything() == before
    made = merge(first, second)

    with pytest.raises(PermissionDenied):
        unmerge(made, who(stranger))


def test_a_reason_is_asked_and_what_changed_since_the_preview_is_told(world):
    first, second = a_person("knowledge", "jica"), a_person("knowledge", "jica")

    with pytest.raises(Refused) as refusal:
        merge(first, second, reason=" ")
    assert in_words(refusal) == ["Give the reason."]
    with pytest.raises(Refused) as refusal:
        merge(first, second, seen="something else")
    assert in_words(refusal) == ["Something has changed since you looked: look again at what would move."]


# ── Organisations ──


@pytest.fixture
def ministry(world):
    """The administrator of the ministry above the Myanmar Post."""
    return an_administrator("mm-mcit")


def test_the_cases_of_an_organisation_lead_to_the_one_that_stays(ministry):
    case, operation = a_request("received"), an_operation("in_implementation")
    post, double = body("mm-post"), a_double("mm-post")
    clerk = a_person("line-officer", double)

    made = merge(post, double, ministry)

    assert CooperationRequest.objects.get(pk=case.pk).requesting == double
    assert not Party.objects.filter(organisation=post).exists()
    assert not Party.objects.filter(acts_through=post).exists()
    for reader in (clerk, who("post-officer")):
        assert case in requests_visible_to(again(reader))
        assert operation in operations_visible_to(again(reader))
    assert {(table, column) for table, column in made.rows.values_list("table", "column")} >= {
        ("cycle.CooperationRequest", "requesting"),
        ("cycle.Party", "organisation"),
        ("directory.Post", "organisation"),
    }
    for one in (CooperationRequest.objects.get(pk=case.pk), Operation.objects.get(pk=operation.pk)):
        assert held_tasks(one) == derived_tasks(one)


def test_an_organisation_merged_away_is_offered_no_more_and_leads_to_the_one_that_stays(world):
    office, double = body("jica-mm"), a_double("jica-mm")
    merge(office, double)

    assert country_office_for(body("jica").pk, "country:MM") == double
    held = Organisation.objects.get(pk=office.pk)
    assert (held.merged_into, held.name) == (double, f"{office.own_name} (now: {double.own_name})")
    page = signed_in("jica-admin").get(held.get_absolute_url())
    assert (page.status_code, page["Location"]) == (302, double.get_absolute_url())


def test_a_choice_no_longer_offers_it(ministry):
    post, double = body("mm-post"), a_double("mm-post")
    officer = who("post-officer")
    merge(post, double, ministry)

    form = BeginForm(who=standing(again(officer)))

    assert list(form.fields["requesting"].queryset) == [double]
    assert post not in supplying_institutions()


def test_the_register_of_the_one_merged_away_stays_its_own_and_is_read_by_the_other(world):
    an_operation("agreed")
    office, double = body("jica-mm"), a_double("jica-mm")
    clerk = a_person("country-office", double)
    mine = set(letters_visible_to(who("mm-office")).values_list("pk", flat=True))
    assert (mine != set(), letters_visible_to(clerk).count()) == (True, 0)

    made = merge(office, double)

    assert made.rows.filter(table="letters.Letter").count() == 0
    for reader in (clerk, who("mm-office")):
        assert set(letters_visible_to(again(reader)).values_list("pk", flat=True)) == mine


def test_the_internal_record_of_the_side_merged_away_is_read_by_the_other_and_by_nobody_else(world):
    case = a_request("received")
    office, double = body("jica-mm"), a_double("jica-mm")
    AuditEvent.objects.create(
        kind="request",
        subject_id=case.pk,
        step="note-written",
        acted_on=clock.today(),
        audience_id=office.pk,
        digest="x",
    )
    reader = a_person("country-office", double)

    def internal(user):
        return events_of(case, fresh_standing(again(user))).filter(audience_id=office.pk).count()

    assert (internal(who("mm-office")), internal(reader), internal(who("post-officer"))) == (1, 0, 0)
    merge(office, double)
    assert (internal(who("mm-office")), internal(reader), internal(who("post-officer"))) == (1, 1, 0)


def test_organisations_of_two_countries_or_two_sides_are_not_merged(world):
    mofa = an_administrator("jp-mofa")
    agency = body("jica")
    abroad = a_double("jica-mm", serves_id="country:LA")
    other = a_double("jica-la", kind="agency", serves_id="country:LA")
    of_side = "One is a Country office, the other a Cooperation agency: they stand on different sides of a cooperation."

    assert obstacles(body("jica-mm"), abroad) == [
        "They belong to two countries, or stand in two: organisations are merged within one alone."
    ]
    assert obstacles(body("jica-la"), other) == [of_side]
    assert of_side in obstacles(body("jica-mm"), agency, mofa)
    assert "One of them is part of the other: they are two." in obstacles(body("jica-mm"), agency, mofa)


def test_both_with_acts_of_their_own_in_the_same_seat_are_refused(ministry):
    operation, double = an_operation("agreed"), a_double("mm-post")
    held = Party.objects.get(operation=operation, organisation=body("mm-post"), part="implementing")
    Party.objects.create(
        operation=operation, organisation=double, part=held.part, signs=False, acts_through=double
    )

    told = "in a case you may not see"
    assert obstacles(double, body("mm-post"), ministry) == [
        f"Both stand in the same place with acts of their own: Party – {told}."
    ]


def test_an_administrator_does_not_reach_beyond_their_house(world):
    double = a_double("jica-mm")
    for house in ("jica-mm", "amci", "mm-mcit"):
        with pytest.raises(PermissionDenied):
            merge(body("jica-mm"), double, an_administrator(house))
    assert Merge.objects.count() == 0


# ── Undone ──


def test_what_has_moved_on_since_stays_and_is_named(ministry):
    operation = an_operation("agreed")
    post, double, third = body("mm-post"), a_double("mm-post"), body("mm-mcit")
    made = merge(post, double, ministry)
    party = Party.objects.get(operation=operation, organisation=double, part="implementing")
    Party.objects.filter(pk=party.pk).update(organisation=third)

    unmerge(made, ministry)

    rows = MergedRow.objects.filter(merge=made, table="cycle.Party", column="organisation")
    assert rows.get(row=party.pk).put_back is False
    assert set(rows.exclude(row=party.pk).values_list("put_back", flat=True)) <= {True}
    assert Party.objects.get(pk=party.pk).organisation == third
    page = signed_in(ministry).get(made.get_absolute_url())
    assert operation.code in page.content.decode()


def test_what_came_after_the_merge_stays_with_the_one_that_stayed(world):
    double, desk = a_person("knowledge", "jica"), who("desk")
    made = merge(double, desk)
    later = on_team(an_operation("agreed"), desk)

    unmerge(made)

    later.refresh_from_db()
    assert later.person == desk.person


def test_a_merge_is_undone_once(world):
    made = merge(a_person("knowledge", "jica"), who("desk"))
    unmerge(made)

    with pytest.raises(Refused) as refusal:
        unmerge(made)
    assert in_words(refusal) == ["This merge was undone already."]


def test_merged_again_after_it_was_undone(world):
    double, desk = a_person("knowledge", "jica"), who("desk")
    unmerge(merge(double, desk))

    merge(again(double), desk)

    assert Merge.objects.filter(undone_at=None).count() == 1


def test_a_failure_in_the_middle_leaves_nothing(world, monkeypatch):
    double = a_person("knowledge", "jica")
    before = everything()
    monkeypatch.setattr(
        "taawun.directory.actions.merging._record", lambda *given: (_ for _ in ()).throw(RuntimeError("cut"))
    )

    with pytest.raises(RuntimeError):
        merge(double, who("desk"))

    assert everything() == before


# ── Two at once ──


def at_once(*acts):
    gate, results = threading.Barrier(len(acts)), []

    def run(act):
        try:
            gate.wait(30)
            results.append(act())
        except (Refused, PermissionDenied) as refusal:
            results.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return sorted(type(result).__name__ for result in results)


def test_of_two_who_merge_at_once_one_is_refused(committed_world):
    first, second = a_person("knowledge", "jica"), a_person("knowledge", "jica")

    results = at_once(lambda: merge(first, second), lambda: merge(second, first))

    assert results == ["Merge", "Refused"]
    assert Person.objects.filter(merged_into__isnull=False).count() == 1


def test_of_two_who_undo_at_once_one_is_refused(committed_world):
    double = a_person("knowledge", "jica")
    made = merge(double, who("desk"))

    assert at_once(lambda: unmerge(made), lambda: unmerge(made)) == ["Merge", "Refused"]
    assert again(double).is_active is True


def test_nothing_is_touched_by_looking(world):
    double = a_person("knowledge", "jica")
    before = untouched()

    assert obstacles(double, who("desk")) == []

    assert untouched() == before


# ── Papers ──


def test_a_signed_paper_names_whom_it_named_and_a_new_one_the_one_that_stays(ministry):
    operation = an_operation("agreed")
    post, double = body("mm-post"), a_double("mm-post", names={"en": "Post of Myanmar"})
    record, version = signed_record(operation)
    before = record_paper(operation, record, version)

    made = merge(post, double, ministry)
    after = record_paper(Operation.objects.get(pk=operation.pk), record, version)

    assert post.own_name in before["letterhead"]
    assert (after["letterhead"], after["signatures"]) == (before["letterhead"], before["signatures"])
    record.signatures.update(signed_on=None)
    fresh = record_paper(Operation.objects.get(pk=operation.pk), *signed_record(operation))
    assert fresh["letterhead"] == [
        double.own_name if name == post.own_name else name for name in before["letterhead"]
    ]
    unmerge(made, ministry)


def signed_record(operation):
    record = record_of_discussions(operation)
    return record, record.versions.first()


def test_a_letter_to_the_one_merged_away_is_entered_in_the_register_of_the_one_that_stays(world):
    office, double = body("jica-mm"), a_double("jica-mm")
    operation = an_operation("agreed")
    letter = a_letter("mm-post", "post-officer", operation, direction="out", to="jica-mm")
    merge(office, double)

    made = take_in(letter, actor=again(who("mm-office")))

    assert (made.organisation, made.correspondent) == (double, letter.organisation)


def test_a_step_and_a_merge_at_once_both_go_through(committed_world):
    case = a_request("endorsed")
    office, double, officer = body("jica-mm"), a_double("jica-mm"), who("mm-office")

    results = at_once(
        lambda: perform(case, "receive", actor=officer, data={"checked": ["form"]}),
        lambda: merge(office, double),
    )

    held = CooperationRequest.objects.get(pk=case.pk)
    assert results in (["CooperationRequest", "Merge"], ["Merge", "Refused"])
    assert held.state == ("received" if results[0] == "CooperationRequest" else "endorsed")
    assert held.country_office == double
    assert held_tasks(held) == derived_tasks(held)


def test_what_came_late_is_shown_and_moves_by_one_button(world):
    double, desk = a_person("desk", "jica"), who("desk")
    made, browser = merge(double, desk), signed_in("jica-admin")
    assert browser.get(made.get_absolute_url()).context["late"] == []
    assert browser.post(made.get_absolute_url(), {"gather": "1"}).status_code == 409
    late = on_team(an_operation("agreed"), double)

    page = browser.get(made.get_absolute_url())
    assert [(line["what"], line["number"]) for line in page.context["late"]] == [("Function", 1)]
    assert signed_in("amci-admin").post(made.get_absolute_url(), {"gather": "1"}).status_code == 404
    assert browser.post(made.get_absolute_url(), {"gather": "1"}).status_code == 302

    late.refresh_from_db()
    assert late.person == desk.person
    unmerge(made)
    late.refresh_from_db()
    assert late.person == double.person
    assert browser.get(made.get_absolute_url()).context["late"] == []
