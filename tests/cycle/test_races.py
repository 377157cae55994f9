"""Many people at the same moment: one wins, the others are told what happened, nothing is half done or done twice.

Each in a thread with a connection of its own, let loose together; the commits are real.
"""

import fcntl
import threading
from collections import Counter as Count
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse

from taawun.cycle import actions
from taawun.cycle.models import Consent, CooperationRequest, Lot, Operation
from taawun.foundation import clock, editing, sending
from taawun.foundation.models import OutboxMessage
from taawun.foundation.once import once
from taawun.foundation.ports import registry
from taawun.foundation.steps import Refused, perform
from taawun.ui.words import written
from tests.cycle.made import (
    a_reviewed_request,
    body,
    derived_tasks,
    events_of,
    held_tasks,
    moves_of,
    signed_in,
)
from tests.factories import a_person, a_request, an_operation, who

MANY = 50
PATIENCE = 120


def today_in_words() -> str:
    """The day as a refusal says it."""
    return written(clock.today(), "d MMM y")


@pytest.fixture(autouse=True)
def _one_race_at_a_time(tmp_path_factory):
    """Fifty connections are half of what the server of a run gives to all its processes."""
    with (tmp_path_factory.getbasetemp().parent / "races.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def at_once(acts):
    """Let the acts loose together; gives what each returned, or the exception it ended in."""
    gate = threading.Barrier(len(acts))
    results = [None] * len(acts)

    def run(number, act):
        try:
            connection.ensure_connection()
            gate.wait(PATIENCE)
            results[number] = act()
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n, act)) for n, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return results


def taking(case, step, person, **more):
    return lambda: perform(case, step, actor=person, **more)


def sorts(results):
    return Count(type(result).__name__ for result in results)


def fresh(case):
    return type(case).objects.get(pk=case.pk)


def new_events(case, known):
    return events_of(case)[len(known) :]


def one_winner(case, results, known):
    """Exactly one act went through; every other is refused and told so; record and desk fit the state."""
    refused = [result for result in results if isinstance(result, Refused)]
    [event] = new_events(case, known)
    assert sorts(results) == {type(case).__name__: 1, "Refused": len(results) - 1}
    assert event.to_state == fresh(case).state
    assert held_tasks(case) == derived_tasks(case)
    return event, {str(obstacle) for refusal in refused for obstacle in refusal.obstacles}


def test_fifty_taking_the_same_step_have_one_winner_and_the_rest_are_told(committed_world):
    case = a_request("submitted")
    officers = [a_person("coordination", "mm-coordination") for _ in range(MANY)]
    known = events_of(case)

    results = at_once([taking(case, "retain", officer) for officer in officers])

    event, told = one_winner(case, results, known)
    assert (event.step, fresh(case).state, fresh(case).version) == ("retain", "retained", case.version + 1)
    assert told == {
        f"“Retain” is not open to you: the case is now “Retained” (last entry: Retained, {today_in_words()})."
    }
    # each officer holds the next seat: each is told once that it waits
    assert OutboxMessage.objects.count() == MANY + 1


def test_different_steps_from_one_state_have_one_winner_and_the_rest_are_told_which(committed_world):
    case = a_request("submitted")
    officers = [a_person("coordination", "mm-coordination") for _ in range(MANY)]
    steps = ["retain", "return", "not-retain"]
    known = events_of(case)

    results = at_once(
        [taking(case, steps[n % 3], officer, reason=f"Reason {n}.") for n, officer in enumerate(officers)]
    )

    event, told = one_winner(case, results, known)
    state = {"retain": "Retained", "return": "Draft", "not-retain": "Not retained"}[event.step]
    past = str(case.workflow.named(event.step).past)
    names = {step: str(case.workflow.named(step).label) for step in steps}
    assert told == {
        f"“{name}” is not open to you: the case is now “{state}” (last entry: {past}, {today_in_words()})."
        for name in names.values()
    }
    assert event.detail.data["reason"].startswith("Reason ")


def test_two_officers_forwarding_the_list_at_once_send_one_letter(committed_world):
    cases = [a_request("retained") for _ in range(3)]
    officers = [who("mm-coordinator"), a_person("coordination", "mm-coordination")]
    letter = {"letter_number": "C/1", "letter_date": clock.today()}

    results = at_once([lambda o=o: actions.forward_lot(cases, actor=o, **letter) for o in officers])

    assert sorts(results) == {"Lot": 1, "Refused": 1}
    [refusal] = [result for result in results if isinstance(result, Refused)]
    assert str(refusal) == "The list has changed meanwhile: look at it again before it leaves."
    lot = Lot.objects.get()
    assert [(fresh(c).state, fresh(c).rank, fresh(c).lot) for c in cases] == [
        ("endorsed", n, lot) for n in (1, 2, 3)
    ]
    assert [moves_of(c).count("forward") for c in cases] == [1, 1, 1]


def test_two_officers_sending_the_page_of_the_list_at_once_send_one_letter(committed_world):
    cases = [a_request("retained") for _ in range(3)]
    clients = [signed_in(who("mm-coordinator")), signed_in(a_person("coordination", "mm-coordination"))]
    address = reverse("cycle:lot", args=[cases[0].pk])

    def sending(client, order):
        ranks = {f"rank_{case.pk}": rank for case, rank in zip(cases, order, strict=True)}
        letter = {"letter_number": "C/1", "letter_date": str(clock.today()), "once": str(uuid4())}
        return lambda: client.post(address, ranks | letter).status_code

    results = at_once([sending(clients[0], (1, 2, 3)), sending(clients[1], (3, 2, 1))])

    assert sorted(results) == [302, 409]
    assert Lot.objects.count() == 1
    assert sorted(fresh(case).rank for case in cases) == [1, 2, 3]
    assert {fresh(case).state for case in cases} == {"endorsed"}


def test_a_request_retained_while_the_list_leaves_is_in_it_or_waits_for_the_next(committed_world):
    listed, late = [a_request("retained") for _ in range(2)], a_request("submitted")
    letter = {"letter_number": "C/1", "letter_date": clock.today()}

    results = at_once(
        [
            lambda: actions.forward_lot(listed, actor=who("mm-coordinator"), **letter),
            taking(late, "retain", a_person("coordination", "mm-coordination")),
        ]
    )

    assert [type(r).__name__ for r in results] in (
        ["Lot", "CooperationRequest"],
        ["Refused", "CooperationRequest"],
    )
    assert (fresh(late).state, fresh(late).rank) == ("retained", 3)
    assert {fresh(case).state for case in listed} == (
        {"endorsed"} if isinstance(results[0], Lot) else {"retained"}
    )


def test_requests_retained_at_once_take_ranks_without_gap_or_double(committed_world):
    cases = [a_request("submitted") for _ in range(10)]

    results = at_once([taking(case, "retain", who("mm-coordinator")) for case in cases])

    assert sorts(results) == {"CooperationRequest": 10}
    assert sorted(fresh(case).rank for case in cases) == list(range(1, 11))


def test_requests_submitted_at_once_take_numbers_without_gap_or_double(committed_world):
    cases = [a_request("draft") for _ in range(10)]

    results = at_once([taking(case, "submit", who("post-officer")) for case in cases])

    assert sorts(results) == {"CooperationRequest": 10}
    numbers = sorted(fresh(case).code for case in cases)
    assert numbers == [f"{numbers[0][:-4]}{n:04d}" for n in range(1, 11)]


def test_a_number_given_to_a_step_that_failed_is_given_again(committed_world, monkeypatch):
    """Five are undone after their number was taken; what remains has neither gap nor double."""
    cases = [a_request("draft") for _ in range(10)]
    failing = {case.pk for case in cases[::2]}
    number = registry.effects["number-request"]

    def number_and_break_off(case, ctx):
        number(case, ctx)
        if case.pk in failing:
            raise RuntimeError

    monkeypatch.setitem(registry.effects, "number-request", number_and_break_off)

    results = at_once([taking(case, "submit", who("post-officer")) for case in cases])

    assert sorts(results) == {"CooperationRequest": 5, "RuntimeError": 5}
    numbers = sorted(fresh(case).code for case in cases if fresh(case).code)
    assert numbers == [f"{numbers[0][:-4]}{n:04d}" for n in range(1, 6)]


def test_fifty_beginning_at_once_begin_fifty(committed_world):
    officer, values = (
        who("post-officer"),
        {"language": "en", "modality_id": "modality:technical-cooperation-project"},
    )

    def begin(number):
        return lambda: actions.begin_request(
            actor=officer,
            requesting=body("mm-post"),
            provider=body("jica"),
            values={**values, "title": f"Idea {number}"},
        )

    results = at_once([begin(number) for number in range(MANY)])

    assert sorts(results) == {"CooperationRequest": MANY}
    made = CooperationRequest.objects.all()
    assert sorted(case.title for case in made) == sorted(f"Idea {n}" for n in range(MANY))
    assert [case.pk for case in made if held_tasks(case) != derived_tasks(case)] == []
    assert [len(events_of(case)) for case in made] == [1] * MANY


def test_one_form_sent_fifty_times_at_once_begins_one(committed_world):
    officer, key = who("post-officer"), str(uuid4())
    values = {"title": "Idea", "language": "en", "modality_id": "modality:technical-cooperation-project"}

    def begin():
        made = actions.begin_request(
            actor=officer, requesting=body("mm-post"), provider=body("jica"), values=dict(values)
        )
        return made.get_absolute_url()

    results = at_once([lambda: once(officer, key, begin)] * MANY)

    assert results == [CooperationRequest.objects.get().get_absolute_url()] * MANY


def test_a_step_sent_twice_at_once_is_answered_twice_the_same(committed_world):
    """The second comes to a request that its sender may not see any more."""
    case = a_request("submitted")
    address = reverse("step", args=["request", case.pk, "return"])
    data = {"once": str(uuid4()), "reason": "Name the sites."}
    clients = [signed_in("mm-coordinator") for _ in range(8)]

    def sending(client):
        def send():
            answer = client.post(address, data)
            return answer.status_code, answer.get("Location")

        return send

    results = at_once([sending(client) for client in clients])

    assert results == [(302, "/desk/")] * 8
    assert moves_of(case).count("return") == 1


def test_one_seat_approving_twice_at_once_consents_once(committed_world):
    case = a_reviewed_request()
    officers = [who("mofa-approver"), *(a_person("approver", "jp-mofa") for _ in range(9))]

    results = at_once([taking(case, "adopt", officer) for officer in officers])

    assert sorts(results) == {"CooperationRequest": 1, "Refused": 9}
    assert Consent.objects.filter(coop_request=case).count() == 1
    assert fresh(case).state == "under_review"
    assert [e.step for e in events_of(case)].count("adopt") == 1
    assert held_tasks(case) == derived_tasks(case)


def test_an_approval_and_a_refusal_at_once_leave_one_decision(committed_world):
    case = a_reviewed_request()
    perform(case, "adopt", actor=who("mofa-approver"))
    known = events_of(case)
    acts = [
        taking(case, "adopt", who("jica-approver")),
        taking(case, "decline", a_person("approver", "jica"), reason="No."),
        taking(case, "decline", who("mofa-approver"), reason="No."),
    ]

    event, _told = one_winner(case, at_once(acts), known)

    assert fresh(case).state == {"adopt": "adopted", "decline": "declined"}[event.step]


def test_an_approval_never_counts_for_a_note_that_changed_under_it(committed_world):
    case = a_reviewed_request()

    results = at_once(
        [
            taking(case, "adopt", who("mofa-approver")),
            lambda: actions.write_appraisal_note(case, "Changed.", actor=who("desk"), base_version=1),
        ]
    )

    assert sorts(results) == {"CooperationRequest": 1, "AppraisalNote": 1}
    order = [e.step for e in events_of(case)][-2:]
    counts = Consent.objects.filter(coop_request=case, voided_at=None).count()
    assert (order, counts) in ((["adopt", "appraisal-note"], 0), (["appraisal-note", "adopt"], 1))
    assert held_tasks(case) == derived_tasks(case)


@pytest.mark.parametrize("part", ["background", "outputs"])
def test_fifty_saving_the_same_part_at_once_save_one_and_show_it_to_the_rest(committed_world, part):
    case = a_request("draft")
    officers = [a_person("line-officer", "mm-post") for _ in range(MANY)]

    def save(number, officer):
        common = {"actor": officer, "base_version": case.version}
        text = f"Version {number}"
        if part == "outputs":
            rows = [{"text": text, "activities": "One"}]
            return lambda: actions.save_request_rows(case, part, rows, **common)
        return lambda: actions.save_request_part(case, part, {part: text}, **common)

    results = at_once([save(n, officer) for n, officer in enumerate(officers)])

    after = fresh(case)
    held = after.outputs.get().text if part == "outputs" else after.background
    assert sorts(results) == {"CooperationRequest": 1, "Conflict": MANY - 1}
    assert after.version == case.version + 1
    conflicts = [result for result in results if isinstance(result, editing.Conflict)]
    assert all(held in str(conflict.theirs) for conflict in conflicts)
    assert len({str(conflict.mine) for conflict in conflicts}) == MANY - 1


TEXTS = {"background": "background", "goal": "purpose", "site": "site", "implementing": "implementing_note"}


def test_many_saving_different_parts_at_once_save_one_of_each(committed_world):
    """Four at each of five parts, in the same moment: each part has one winner, and no part keeps another back."""
    case, tries = a_request("draft"), 4
    outputs = [{"text": "Outputs of their own", "activities": "One"}]

    def save(part, number):
        common = {"actor": a_person("line-officer", "mm-post"), "base_version": case.version}
        if part == "outputs":
            rows = [{**row, "text": f"{row['text']} {number}"} for row in outputs]
            return lambda: (part, actions.save_request_rows(case, part, rows, **common))
        values = {TEXTS[part]: f"{part} {number}"}
        return lambda: (part, actions.save_request_part(case, part, values, **common))

    results = at_once([save(part, n) for n in range(tries) for part in (*TEXTS, "outputs")])

    won = sorted(result[0] for result in results if isinstance(result, tuple))
    lost = [result for result in results if isinstance(result, editing.Conflict)]
    assert (won, len(lost)) == (sorted([*TEXTS, "outputs"]), len(results) - len(won))
    after = fresh(case)
    assert after.version == case.version + len(won)
    for part, name in TEXTS.items():
        [theirs] = {conflict.theirs[name] for conflict in lost if name in conflict.theirs}
        assert (getattr(after, name), theirs.split()[0]) == (theirs, part)
    edited = [event.detail.data["part"] for event in events_of(case) if event.step == "edited"][-len(won) :]
    assert sorted(edited) == won


def test_a_save_and_the_submission_at_once_lose_nothing(committed_world):
    case = a_request("draft")
    values = {"background": "The last word."}

    saved, submitted = at_once(
        [
            lambda: actions.save_request_part(
                case, "background", values, actor=who("post-officer"), base_version=case.version
            ),
            taking(case, "submit", who("post-officer")),
        ]
    )

    assert isinstance(submitted, CooperationRequest)
    assert fresh(case).state == "submitted"
    if isinstance(saved, editing.Frozen):
        assert fresh(case).background != "The last word."
    else:
        assert (saved.background, fresh(case).background) == ("The last word.", "The last word.")


def test_two_naming_the_people_at_once_keep_the_first_naming(committed_world):
    operation = an_operation("planning")

    def naming(slug, function):
        row = {
            "function": function,
            "person": who(slug).person,
            "organisation": body("mm-post"),
            "field": "",
            "held_from": clock.today(),
            "held_to": None,
        }
        return lambda: actions.name_people(
            operation, [row], actor=who("desk"), base_version=operation.version
        )

    results = at_once([naming("post-officer", "director"), naming("mm-office", "manager")])

    assert sorts(results) == {"NoneType": 1, "Conflict": 1}
    assert Operation.objects.get().team.count() == 1


def test_a_message_is_sent_once_by_however_many_workers(committed_world, monkeypatch):
    message = OutboxMessage.objects.create(user=who("desk"), subject="Once", body="Once.", dedupe="once")
    left = []
    monkeypatch.setattr(sending.EmailMessage, "send", lambda self: left.append(self.to))

    at_once([lambda: sending.send(message.pk)] * 20)

    assert left == [["desk@example.org"]]
    assert OutboxMessage.objects.get().status == "sent"


def test_who_may_not_gains_nothing_by_being_many(committed_world):
    case = a_request("submitted")
    known = events_of(case)
    strangers = [a_person("line-officer", "mm-post") for _ in range(10)]

    results = at_once(
        [taking(case, "retain", stranger) for stranger in strangers]
        + [lambda s=s: actions.rank_lot([case], {case.pk: 1}, actor=s) for s in strangers]
    )

    assert sorts(results) == {"Refused": 10, PermissionDenied.__name__: 10}
    assert (new_events(case, known), fresh(case).state) == ([], "submitted")
