"""What the parties signed changes by an amendment they sign, and by nothing else."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from taawun.agreements import actions, drafting, queries
from taawun.agreements.changes import digest_of, items_of
from taawun.agreements.models import AmendedItem, Amendment, Instrument
from taawun.cycle import actions as cycle
from taawun.cycle.models import Component, Operation
from taawun.foundation import clock, editing
from taawun.foundation.models import AuditEvent, Task
from taawun.foundation.steps import Refused
from taawun.foundation.tasks import sync_tasks
from taawun.planning import actions as planning
from taawun.planning.models import Objective
from taawun.planning.queries import design_of, revision_of, values_of
from tests.agreements.amended import (
    LATER,
    amend,
    an_agreed_operation,
    of_component,
    proposal,
    propose,
    sign,
    write_text,
)
from tests.meetings.made import rows, signed_in
from tests.planning.made import ENDS, STARTS, save, who
from tests.planning.revised import a_decided_revision, a_meeting, adopt

pytestmark = pytest.mark.usefixtures("world")

STRANGERS = ["la-officer", "la-office", "sn-officer", "sn-embassy", "amci-desk", "evaluator", "comms-opinion"]


@pytest.fixture
def operation(world) -> Operation:
    """The postal operation under way."""
    return an_agreed_operation()


def told(refusal):
    return [str(obstacle) for obstacle in refusal.value.obstacles]


def fresh(operation):
    return Operation.objects.get(pk=operation.pk)


def said(amendment, operation):
    return [(item.label, item.before_text, item.after_text) for item in items_of(operation, amendment)]


def change_goal(operation, text="Citizens and firms use quick and certain mail."):
    """A revision that changes the goal, decided by a committee."""
    revision = revision_of(operation) or a_decided_revision(operation)
    held = values_of(operation, revision, "objectives")
    version = revision.parts.get(part="objectives").version
    save(operation, "objectives", held | {"goal": text}, version=version)
    return revision_of(operation)


# ── Nothing slips through as an edit ──

AGREED_ON = ("agreed", "in_implementation", "suspended", "completion_review", "completed", "closed")
PERIOD = {"starts_on": date(2026, 7, 1), "ends_on": LATER}
SLIPS = [
    {"starts_on": PERIOD["starts_on"]},
    {"ends_on": LATER},
    {"ceiling": Decimal(1), "currency_id": "currency:JPY"},
]


def component_values(component, **changes):
    names = ("title", "place", "starts_on", "ends_on", "ceiling", "supplier", "confirmed_on", "currency_id")
    return {name: getattr(component, name) for name in names} | changes


@pytest.mark.parametrize("state", AGREED_ON)
@pytest.mark.parametrize("slip", SLIPS)
def test_no_edit_of_a_component_changes_what_is_agreed(state, slip):
    operation = an_agreed_operation(state)
    component = operation.components.get()

    with pytest.raises((Refused, editing.Frozen)):
        cycle.save_component(
            component,
            component_values(component, **slip),
            actor=who("mm-office"),
            base_version=operation.version,
        )

    held = operation.components.get()
    assert {name: getattr(held, name) for name in slip} == {name: getattr(component, name) for name in slip}


def test_before_the_signature_and_beside_what_is_agreed_a_component_is_edited():
    appraised, agreed = an_agreed_operation("appraised"), an_agreed_operation("agreed")
    edits = [
        (appraised, {"ends_on": date(2028, 1, 1)}),
        (agreed, {"place": "Mandalay", "confirmed_on": clock.today()}),
    ]

    for operation, change in edits:
        component = operation.components.get()
        values = component_values(component, **change)
        cycle.save_component(component, values, actor=who("mm-office"), base_version=operation.version)
        held = operation.components.get()
        assert {name: getattr(held, name) for name in change} == change


@pytest.mark.parametrize("state", ["agreed", "in_implementation"])
def test_a_forged_form_changes_nothing_that_is_agreed(state):
    operation = an_agreed_operation(state)
    component = operation.components.get()
    address = reverse("cycle:component", args=[operation.pk, component.pk])
    forged = {
        "title": component.title,
        "place": "Mandalay",
        "starts_on": "2026-07-01",
        "ends_on": "2030-12-31",
        "ceiling": "1000000",
        "currency": "currency:JPY",
        "supplier": component.supplier_id,
        "base_version": operation.version,
    }

    answer = signed_in("mm-office").post(address, forged)

    held = operation.components.get()
    assert answer.status_code == (302 if state == "agreed" else 409)
    assert (held.starts_on, held.ends_on, held.ceiling) == (STARTS, ENDS, None)
    assert held.place == ("Mandalay" if state == "agreed" else "Yangon")


def test_no_address_of_the_operation_takes_another_period():
    operation = an_agreed_operation()
    forged = {"starts_on": "2026-07-01", "ends_on": "2030-12-31", "base_version": "1", "reason": "x"}
    names = ["planning:revision", "planning:adopt", "cycle:people-edit", "meetings:new", "meetings:committee"]

    for name in names:
        signed_in("mm-office").post(reverse(name, args=[operation.pk]), forged)
    for part in ("objectives", "plan", "progress"):
        signed_in("desk").post(reverse("planning:edit", args=[operation.pk, part]), forged)

    held = fresh(operation)
    assert (held.starts_on, held.ends_on) == (STARTS, ENDS)


def test_an_amendment_that_is_not_signed_changes_nothing(operation):
    priced = {"ceiling": Decimal(5), "currency_id": "currency:JPY"}
    propose(operation, ends_on=LATER, components=of_component(operation, ends_on=LATER, **priced))
    write_text(operation)

    assert (fresh(operation).ends_on, operation.components.get().ends_on) == (ENDS, ENDS)
    assert operation.components.get().ceiling is None
    assert not AmendedItem.objects.exists()


# ── Extension and ceiling ──


def test_an_extension_takes_effect_with_the_signature(operation):
    amendment = amend(operation, ends_on=LATER, components=of_component(operation, ends_on=LATER))

    assert (fresh(operation).ends_on, operation.components.get().ends_on) == (LATER, LATER)
    assert amendment.instrument.frozen_on == clock.today()
    assert said(amendment, operation) == [
        ("Period of the operation", "9 Jun 2026 – 8 Jun 2029", "9 Jun 2026 – 31 Dec 2030"),
        (
            "Period of the component “Experts and courses”",
            "9 Jun 2026 – 8 Jun 2029",
            "9 Jun 2026 – 31 Dec 2030",
        ),
    ]
    event = AuditEvent.objects.get(step="amendment-signed")
    assert (event.role, event.detail.data["changed"]["period"]) == (
        "country-office",
        ["2026-06-09/2029-06-08", "2026-06-09/2030-12-31"],
    )


def test_what_falls_due_by_the_end_follows_the_extension(operation):
    sync_tasks(operation)
    due = Task.objects.filter(subject_id=operation.pk, act="open-completion").values_list("due", flat=True)
    before = set(due)

    amend(operation, ends_on=LATER)

    assert before == {date(2028, 12, 8)}
    assert set(due.all()) == {date(2030, 6, 30)}


def test_a_ceiling_takes_effect_with_the_signature(operation):
    rows_ = of_component(operation, ceiling=Decimal("1200000.50"), currency_id="currency:JPY")

    amendment = amend(operation, components=rows_)

    held = operation.components.get()
    assert (held.ceiling, held.currency_id) == (Decimal("1200000.50"), "currency:JPY")
    assert said(amendment, operation) == [
        ("Ceiling of the component “Experts and courses”", "", "JPY 1,200,000.50")
    ]


def test_a_plan_within_the_new_period_may_be_adopted_after_the_extension(operation):
    revision = a_decided_revision(operation)
    line = revision.plan_lines.first()
    version = revision.parts.get(part="plan").version
    row = {
        "id": line.activity_id,
        "planned_start": STARTS,
        "planned_end": date(2030, 1, 31),
        "responsible": None,
    }
    save(operation, "plan", {"activities": [row], "lines": [], "milestones": []}, version=version)
    with pytest.raises(Refused) as refusal:
        adopt(operation)
    assert told(refusal) == [
        "Activity 1-1 is planned outside the period of the operation (9 Jun 2026 – 8 Jun 2029)."
    ]

    amend(operation, ends_on=LATER)

    assert adopt(fresh(operation)).number == 1


# ── Goal, purpose, outputs ──


def test_a_revision_of_the_goal_is_adopted_once_the_parties_signed_exactly_it(operation):
    change_goal(operation)
    with pytest.raises(Refused):
        adopt(operation)

    amendment = amend(operation)
    adopted = adopt(operation)

    assert adopted.objectives.get(level="goal").text == "Citizens and firms use quick and certain mail."
    assert said(amendment, operation) == [
        (
            "Overall goal",
            "Citizens use quick and certain mail.",
            "Citizens and firms use quick and certain mail.",
        )
    ]


def test_what_is_changed_after_the_signature_takes_another(operation):
    change_goal(operation)
    amend(operation)
    change_goal(operation, "Everybody uses mail.")

    with pytest.raises(Refused) as refusal:
        adopt(operation)
    second = amend(operation)

    assert told(refusal) == ["Overall goal is changed: this takes an amendment signed by the parties."]
    assert said(second, operation) == [
        ("Overall goal", "Citizens and firms use quick and certain mail.", "Everybody uses mail.")
    ]
    assert adopt(operation).objectives.get(level="goal").text == "Everybody uses mail."


def test_what_the_parties_signed_cannot_be_left_out_of_the_revision(operation):
    revision = change_goal(operation)
    amend(operation)
    Objective.objects.filter(design=revision, level="goal").update(
        text="Citizens use quick and certain mail."
    )
    a_risk_more(operation)

    with pytest.raises(Refused) as refusal:
        adopt(operation)

    assert told(refusal) == ["Overall goal is changed: this takes an amendment signed by the parties."]


ONCE = "8b1b4a3e-0b0f-4a57-9d0e-3a55d5c3a112"


def a_risk_more(operation):
    row = {"id": None, "text": "Floods", "likelihood": "low", "countermeasure": "", "owner": None}
    save(operation, "risks", {"risks": [row]}, version=revision_of(operation).parts.get(part="risks").version)


def test_an_amendment_may_leave_the_revision_aside(operation):
    change_goal(operation)

    amendment = amend(operation, ends_on=LATER, with_revision=False)

    assert [label for label, _before, _after in said(amendment, operation)] == ["Period of the operation"]
    with pytest.raises(Refused):
        adopt(fresh(operation))


def test_an_output_added_and_one_left_out_are_signed_too(operation):
    revision = a_decided_revision(operation)
    first, second = values_of(operation, revision, "outputs")["outputs"]
    new = {"id": None, "text": "Post offices are rebuilt", "activities": "Draw up the plans"}
    version = revision.parts.get(part="outputs").version
    save(operation, "outputs", {"outputs": [first, second | {"delete": True}, new]}, version=version)

    amendment = propose(operation)

    assert said(amendment, operation) == [
        ("Output 2", "", "Post offices are rebuilt"),
        ("Output 2", "Carriers are trained", ""),
    ] or said(amendment, operation) == [
        ("Output 2", "Carriers are trained", ""),
        ("Output 2", "", "Post offices are rebuilt"),
    ]


def test_a_revision_the_parties_signed_for_is_not_discarded(operation):
    change_goal(operation)
    amend(operation)

    with pytest.raises(Refused) as refusal:
        planning.discard_revision(
            operation=operation, reason="No", actor=who("desk"), base_version=revision_of(operation).version
        )

    assert told(refusal) == [
        "The parties signed an amendment for this revision: it is adopted, not discarded."
    ]


def test_once_the_parties_signed_it_away_again_the_revision_may_be_discarded(operation):
    change_goal(operation)
    amend(operation)
    change_goal(operation, "Citizens use quick and certain mail.")
    amend(operation, reason="Back to what was agreed")

    planning.discard_revision(
        operation=operation, reason="No", actor=who("desk"), base_version=revision_of(operation).version
    )

    assert design_of(operation).number == 0
    assert revision_of(operation) is None


# ── Writing and signing ──


def test_everything_the_signature_lacks_is_told_at_once(operation):
    propose(operation, reason="")

    with pytest.raises(Refused) as refusal:
        sign(operation)

    assert told(refusal) == [
        "The reason is not given.",
        "The amendment changes nothing yet.",
        "No language version of the amendment is marked authentic",
        "The signatory for Myanmar Post is not named",
        "The signatory for Japan International Cooperation Agency (JICA) is not named",
        "The place of signature is missing",
        "The date of the amendment is missing",
        "The signed scan of the amendment is missing",
    ]
    assert queries.open_amendment(operation) is not None


@pytest.mark.parametrize(
    ("change", "obstacle"),
    [
        ({"place": ""}, "The place of signature is missing"),
        ({"dated_on": None}, "The date of the amendment is missing"),
        ({"scan": None}, "The signed scan of the amendment is missing"),
        (
            {"prevailing_language": "fr"},
            "The prevailing language of the amendment is not one of its authentic versions",
        ),
    ],
)
def test_each_fact_of_the_signature_is_asked_for(operation, change, obstacle):
    propose(operation, ends_on=LATER)
    write_text(operation, **change)

    with pytest.raises(Refused) as refusal:
        sign(operation)

    assert told(refusal) == [obstacle]
    assert fresh(operation).ends_on == ENDS


def test_one_party_alone_does_not_amend(operation):
    propose(operation, ends_on=LATER)
    [post, _coordination, jica] = operation.party_rows
    signatures = [
        {"party": post, "name": "For the post", "title": "", "signed_on": None},
        {"party": jica, "name": "For JICA", "title": "", "signed_on": clock.today()},
    ]
    write_text(operation, signatures=signatures)

    with pytest.raises(Refused) as refusal:
        sign(operation)

    assert told(refusal) == ["The date on which Myanmar Post signed is missing"]


def test_a_component_stays_inside_the_period(operation):
    propose(operation, components=of_component(operation, ends_on=LATER))
    write_text(operation)

    with pytest.raises(Refused) as refusal:
        sign(operation)

    assert told(refusal) == [
        "The component “Experts and courses” would lie outside the period of the operation."
    ]


@pytest.mark.parametrize(
    ("changes", "component", "obstacle"),
    [
        ({"ends_on": STARTS - timedelta(days=1)}, {}, "The end comes before the beginning."),
        ({}, {"ends_on": STARTS - timedelta(days=1)}, "The end comes before the beginning."),
        ({"ends_on": None}, {}, "A period keeps both its days: enter the beginning and the end."),
        ({}, {"starts_on": None}, "A period keeps both its days: enter the beginning and the end."),
        ({}, {"ceiling": Decimal(1), "currency_id": None}, "Choose the currency of the amount."),
        (
            {},
            {"ceiling": Decimal(-1), "currency_id": "currency:JPY"},
            "An amount of money cannot be negative.",
        ),
    ],
)
def test_impossible_proposals_are_refused(operation, changes, component, obstacle):
    with pytest.raises(Refused) as refusal:
        propose(operation, components=of_component(operation, **component), **changes)

    assert told(refusal) == [obstacle]
    assert not Amendment.objects.exists()


def test_a_component_of_another_operation_is_refused(operation):
    with pytest.raises(Refused) as refusal:
        propose(operation, components=of_component(an_agreed_operation()))

    assert told(refusal) == ["Choose a component of this operation."]


@pytest.mark.parametrize("slug", ["desk", "post-officer", "mm-coordinator", "jica-approver", *STRANGERS])
def test_the_country_office_alone_amends(operation, slug):
    with pytest.raises(PermissionDenied):
        propose(operation, by=slug, ends_on=LATER)
    propose(operation, ends_on=LATER)
    write_text(operation)
    with pytest.raises(PermissionDenied):
        sign(operation, by=slug)

    assert fresh(operation).ends_on == ENDS


@pytest.mark.parametrize("state", ["planning", "appraised", "suspended", "completed", "closed"])
def test_it_is_written_from_the_signature_until_the_results_are_confirmed(state):
    operation = an_agreed_operation(state)

    with pytest.raises(editing.Frozen):
        propose(operation, ends_on=LATER)


def test_what_somebody_changed_after_it_was_read_is_not_signed_unread(operation):
    read = propose(operation, ends_on=LATER).instrument.version
    write_text(operation)

    with pytest.raises(Refused) as refusal:
        sign(operation, base=read)

    assert told(refusal) == ["The amendment was changed since you opened this page: read it again."]


def test_a_revision_changed_after_the_amendment_was_read_is_not_signed_unread(operation):
    change_goal(operation)
    propose(operation)
    write_text(operation)
    read = digest_of(items_of(operation, queries.open_amendment(operation)))
    change_goal(operation, "Nobody read this.")

    with pytest.raises(Refused) as refusal:
        sign(operation, read=read)

    assert told(refusal) == ["The amendment was changed since you opened this page: read it again."]
    assert not AmendedItem.objects.exists()


def test_a_signed_amendment_never_changes_and_the_next_one_has_its_own_number(operation):
    first = amend(operation, ends_on=LATER)
    operation = fresh(operation)

    with pytest.raises(Refused) as refusal:
        write_text(operation)
    second = amend(operation, ends_on=date(2031, 6, 30))

    assert told(refusal) == ["No amendment is being written."]
    assert [first.number, second.number] == [1, 2]
    assert said(first, operation)[0][2] == "9 Jun 2026 – 31 Dec 2030"


def test_a_second_amendment_meets_the_first(operation):
    propose(operation, ends_on=LATER)

    with pytest.raises(editing.Conflict) as caught:
        propose(operation, ends_on=date(2031, 1, 1))

    assert caught.value.theirs["ends_on"] == LATER
    assert Amendment.objects.count() == 1


def test_a_withdrawn_amendment_is_gone_and_the_record_keeps_the_reason(operation):
    held = propose(operation, ends_on=LATER)
    write_text(operation)

    actions.withdraw_amendment(
        operation,
        reason="Not needed",
        actor=who("mm-office"),
        base_version=queries.open_amendment(operation).instrument.version,
    )

    assert not Instrument.objects.filter(pk=held.instrument_id).exists()
    assert AuditEvent.objects.get(step="amendment-withdrawn").detail.data["note"] == "1: Not needed"
    assert propose(operation, ends_on=LATER).number == 1


def test_the_database_holds_one_open_amendment(operation):
    held = propose(operation, ends_on=LATER).instrument
    values = {"kind": "amendment", "operation": operation, "recorded_by": who("mm-office")}

    with pytest.raises(IntegrityError), transaction.atomic():
        Instrument.objects.create(**values)
    Instrument.objects.filter(pk=held.pk).update(frozen_on=clock.today())
    assert Instrument.objects.create(**values).pk != held.pk


def test_an_open_amendment_waits_on_the_office(operation):
    propose(operation, ends_on=LATER)
    waiting = Task.objects.filter(subject_id=operation.pk, act="amendment-signed")

    assert [(task.organisation_id, task.role) for task in waiting] == [
        (operation.country_office_id, "country-office")
    ]
    write_text(operation)
    sign(operation)
    assert not waiting.all().exists()


# ── Pages and papers ──

PAGES = ("amendment", "amendment-text", "amendment-sign", "amendment-withdraw")


def addresses(operation):
    return [reverse(f"agreements:{name}", args=[operation.pk]) for name in PAGES]


def paper(operation, number=1):
    return reverse("agreements:amendment-paper", args=[operation.pk, number])


@pytest.mark.parametrize("slug", STRANGERS)
def test_strangers_find_nothing_at_any_address(operation, slug):
    propose(operation, ends_on=LATER)
    office, stranger = signed_in("mm-office"), signed_in(slug)
    everything = [*addresses(operation), paper(operation)]
    assert {office.get(url).status_code for url in everything} == {200}

    assert {stranger.get(url).status_code for url in everything} == {404}
    assert {stranger.post(url, {"reason": "x"}).status_code for url in addresses(operation)} == {404}


@pytest.mark.parametrize("slug", ["desk", "post-officer", "mm-coordinator", "jica-approver"])
def test_the_parties_read_it_and_do_not_write_it(operation, slug):
    propose(operation, ends_on=LATER)
    browser = signed_in(slug)

    assert {browser.get(url).status_code for url in addresses(operation)} == {403}
    assert {browser.post(url, {"reason": "x"}).status_code for url in addresses(operation)} == {403}
    assert browser.get(paper(operation)).status_code == 200
    register = browser.get(reverse("agreements:agreements", args=[operation.pk])).content.decode()
    assert "extension to 31 Dec 2030" in register
    assert "Record the signature" not in register


def form_of(operation, **changes):
    component = operation.components.get()
    row = {"component": component.pk, "starts_on": STARTS, "ends_on": ENDS, "ceiling": "", "currency": ""}
    values = {"reason": "Clearance took a year", "starts_on": STARTS, "ends_on": ENDS, "base_version": 0}
    return values | rows("components", row, initial=1) | changes


def test_the_whole_way_through_the_pages(operation):
    office = signed_in("mm-office")
    tab = reverse("agreements:agreements", args=[operation.pk])
    propose_, text, sign_, _withdraw = addresses(operation)

    assert office.post(propose_, form_of(operation, ends_on="2030-12-31")).status_code == 302
    shown = office.get(text)
    assert "agree to amend it as set out in the table annexed" in shown.content.decode()
    write_text(operation)
    page = office.get(sign_)
    assert page.context["ready"] is True
    sent = {"base_version": page.context["base_version"], "read": page.context["read"]}
    answer = office.post(sign_, sent)

    assert (answer.status_code, answer["Location"]) == (302, tab)
    assert fresh(operation).ends_on == LATER
    register = office.get(tab).content.decode()
    assert "extension to 31 Dec 2030" in register
    assert office.get(sign_).status_code == 409


def test_nothing_typed_is_lost_where_it_is_wrong(operation):
    answer = signed_in("mm-office").post(
        addresses(operation)[0], form_of(operation, reason="A long reason", ends_on="2020-01-01")
    )

    assert answer.status_code == 422
    assert answer.context["form"]["reason"].value() == "A long reason"
    assert answer.context["form"].errors == {"ends_on": ["The end comes before the beginning."]}


def test_a_period_left_blank_is_told_and_not_taken_for_none(operation):
    answer = signed_in("mm-office").post(
        addresses(operation)[0], form_of(operation, ends_on="") | {"components-0-ends_on": ""}
    )

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["ends_on"]
    assert list(answer.context["rows"][0].forms[0].errors) == ["ends_on"]
    assert not Amendment.objects.exists()


def test_a_component_of_another_operation_cannot_be_forged_into_the_form(operation):
    stranger = an_agreed_operation().components.get()
    sent = form_of(operation) | {"components-0-component": stranger.pk, "components-0-ends_on": "2028-01-01"}

    answer = signed_in("mm-office").post(addresses(operation)[0], sent)

    assert answer.status_code == 422
    assert not Amendment.objects.exists()
    assert Component.objects.get(pk=stranger.pk).ends_on == ENDS


def test_a_signature_sent_twice_is_recorded_once(operation):
    propose(operation, ends_on=LATER)
    write_text(operation)
    office, address = signed_in("mm-office"), addresses(operation)[2]
    shown = office.get(address).context
    sent = {
        "base_version": shown["base_version"],
        "read": shown["read"],
        "once": ONCE,
    }

    answers = [office.post(address, sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert AuditEvent.objects.filter(step="amendment-signed").count() == 1


def test_a_refused_signature_tells_everything_and_changes_nothing(operation):
    propose(operation, ends_on=LATER)
    office, address = signed_in("mm-office"), addresses(operation)[2]
    shown = office.get(address).context

    answer = office.post(address, {"base_version": shown["base_version"], "read": shown["read"]})

    assert answer.status_code == 409
    assert "The signed scan of the amendment is missing" in answer.content.decode()
    assert fresh(operation).ends_on == ENDS


def test_the_paper_tells_what_is_changed_in_its_own_language(operation):
    propose(operation, ends_on=LATER)
    versions = [
        {"language": "en", "authentic": True, "text": "The parties agree to amend."},
        {"language": "fr", "authentic": False, "text": "Les parties conviennent d’un avenant."},
    ]
    write_text(operation, versions=versions)
    reader = signed_in("post-officer")

    english = reader.get(paper(operation)).content.decode()
    french = reader.get(paper(operation) + "?language=fr").content.decode()

    assert "The parties agree to amend." in english
    assert "9 Jun 2026 – 31 Dec 2030" in english
    assert "Les parties conviennent d’un avenant." in french
    assert "9 juin 2026 – 31 déc. 2030" in french
    assert reader.get(paper(operation, 2)).status_code == 404
    assert reader.get(paper(operation, 99999999)).status_code == 404


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_a_first_text_is_composed_in_each_language(operation, language):
    amendment = propose(operation, ends_on=LATER)

    text = drafting.amendment_text(operation, amendment, language)

    assert "Clearance took a year" in text
    with translation.override(language):
        assert translation.gettext("Other provisions") in text


@pytest.mark.parametrize("times", [1, 3])
def test_the_register_costs_the_same_however_long(operation, django_assert_num_queries, times):
    for number in range(times):
        amend(fresh(operation), ends_on=LATER + timedelta(days=number))
    reader = signed_in("post-officer")
    address = reverse("agreements:agreements", args=[operation.pk])

    with django_assert_num_queries(15):
        reader.get(address)


def test_a_meeting_is_no_amendment(operation):
    """What a committee decides does not change what the parties signed."""
    a_meeting(operation, "The period is extended to the end of 2030")

    assert fresh(operation).ends_on == ENDS
    assert proposal(operation)["ends_on"] == ENDS
