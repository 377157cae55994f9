"""The desk names the parties before the signature; whose seat each acts in, and the framework, follow from them."""

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, given, settings, strategies as st

from taawun.cycle.models import Consent, Operation, OperationPart, Party
from taawun.cycle.parties import framework_of, with_framework
from taawun.directory.models import Organisation
from taawun.foundation import clock
from taawun.foundation.editing import Conflict, Frozen
from taawun.foundation.models import OutboxMessage
from taawun.foundation.steps import Refused, perform
from tests.cycle.made import derived_tasks, events_of, held_tasks, in_words, sent, signed_in
from tests.factories import an_operation
from tests.parties.made import (
    OFFICE,
    PARTNER,
    PIVOT,
    THIRD,
    a_triangular,
    body,
    name,
    parties_of,
    row,
    rows_of,
    who,
)

BILATERAL = [
    ("sn-meteo", "implementing", True, "sn-meteo", "line-officer"),
    ("sn-coordination", "coordination", False, "sn-coordination", "coordination"),
    ("amci", "provider", True, "amci-sn", "country-office"),
]


def test_a_facilitating_provider_acts_through_its_office_in_the_partner_country(world):
    made = a_triangular()

    assert parties_of(made) == [*BILATERAL, ("jica", "facilitating", True, "jica-sn", "country-office")]
    assert framework_of(made) == "triangular"


def test_a_facilitating_provider_without_an_office_there_acts_through_its_desk(world):
    Organisation.objects.filter(slug="jica-sn").update(serves_id="country:GN")

    assert parties_of(a_triangular())[-1] == ("jica", "facilitating", True, "jica", "desk")


def test_the_change_is_recorded_and_every_party_is_told(world):
    made = an_operation()
    OutboxMessage.objects.all().delete()

    name(made, [*rows_of(made), row("amci", "facilitating", signs=True)], by="desk")

    event = events_of(made)[-1]
    assert (event.step, event.detail.data["note"]) == (
        "parties-named",
        "+ Moroccan Agency for International Cooperation (AMCI) (Facilitating provider)",
    )
    told = OutboxMessage.objects.filter(dedupe__startswith="notice:").values_list("user__email", flat=True)
    assert sorted(address.partition("@")[0] for address in told) == [
        "amci-desk",
        "mm-coordinator",
        "mm-office",
        "post-officer",
    ]
    assert held_tasks(made) == derived_tasks(made)


def test_what_says_the_same_changes_nothing(world):
    made = a_triangular()
    before = (made.version, len(events_of(made)))

    after = name(made, rows_of(made))

    assert (after.version, len(events_of(made))) == before


def test_a_party_that_stays_keeps_its_row_in_another_part_too(world):
    made = a_triangular()
    before = dict(made.parties.values_list("organisation__slug", "pk"))
    rows = [r | ({"part": "beneficiary"} if r["part"] == "coordination" else {}) for r in rows_of(made)]

    name(made, rows)

    assert dict(made.parties.values_list("organisation__slug", "pk")) == before
    assert made.parties.get(organisation__slug="sn-coordination").acts_as == "line-officer"


def without(rows, slug):
    return [r for r in rows if r["organisation"].slug != slug]


def with_(rows, slug, **changes):
    return [r | changes if r["organisation"].slug == slug else r for r in rows]


WRONG = {
    "the pivotal provider left out": (
        lambda rows: without(rows, "amci"),
        "The provider of this operation, Moroccan Agency for International Cooperation (AMCI), stays a party "
        "and signs.",
    ),
    "the pivotal provider does not sign": (
        lambda rows: with_(rows, "amci", signs=False),
        "The provider of this operation, Moroccan Agency for International Cooperation (AMCI), stays a party "
        "and signs.",
    ),
    "another provider": (
        lambda rows: with_(rows, "jica", part="provider"),
        "Moroccan Agency for International Cooperation (AMCI) is the provider of this operation, and nobody else is: "
        "it has no other part.",
    ),
    "nobody of the partner signs": (
        lambda rows: with_(rows, "sn-meteo", signs=False),
        "At least one organisation of the partner signs.",
    ),
    "nobody carries it out": (
        lambda rows: with_(rows, "sn-meteo", part="beneficiary"),
        "Name at least one implementing organisation.",
    ),
    "twice in one part": (
        lambda rows: [*rows, row("jica", "facilitating")],
        "Named twice in one part: Japan International Cooperation Agency (JICA).",
    ),
    "an office": (
        lambda rows: [*rows, row("jica-la", "facilitating")],
        "JICA office in Laos (example) acts for its agency: name the agency.",
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_parties_that_may_not_stand_are_refused_and_nothing_changes(world, wrong):
    made = a_triangular()
    before = parties_of(made)
    change, sentence = WRONG[wrong]

    with pytest.raises(Refused) as refused:
        name(made, change(rows_of(made)))

    assert in_words(refused) == [sentence]
    assert parties_of(made) == before


def test_a_party_that_the_design_names_is_taken_out_there_first(world):
    made = a_triangular()

    with pytest.raises(Refused) as refused:
        name(made, without(rows_of(made), "jica"))

    assert in_words(refused) == [
        "Japan International Cooperation Agency (JICA) is still named elsewhere: input. Take it out there first."
    ]
    assert ("jica", "facilitating", True, "jica-sn", "country-office") in parties_of(made)


def test_removing_a_party_voids_the_consents_and_closes_the_gate(world):
    made = an_operation()
    name(made, [*rows_of(made), row("amci", "facilitating")], by="desk")
    Consent.objects.create(
        operation=made, step="confirm-results", organisation=body("mm-post"), acted_on=clock.today()
    )
    seen = made.kind_record.visible_to(who(PIVOT)).filter(pk=made.pk).exists()

    name(made, without(rows_of(made), "amci"), by="desk")

    assert (seen, made.kind_record.visible_to(who(PIVOT)).filter(pk=made.pk).exists()) == (True, False)
    assert Consent.objects.get(operation=made).voided_at is not None


# ── Who, and when ──


@pytest.mark.parametrize("by", [PIVOT, OFFICE])
def test_desk_and_country_office_name_the_parties(world, by):
    made = a_triangular()

    name(made, with_(rows_of(made), "jica", contributes="Three experts"), by=by)

    assert made.parties.get(part="facilitating").contributes == "Three experts"


@pytest.mark.parametrize("by", [PARTNER, THIRD, "desk", "sn-coordinator", "amci-approver", "post-officer"])
def test_nobody_else_does(world, by):
    made = a_triangular()

    with pytest.raises(PermissionDenied):
        name(made, with_(rows_of(made), "jica", signs=False), by=by)


def test_after_the_signature_no_party_changes(world):
    made = a_triangular("agreed")

    with pytest.raises(Frozen):
        name(made, with_(rows_of(made), "jica", signs=False))


def test_of_two_who_change_the_parties_the_second_learns_of_the_first(world):
    made = a_triangular()
    name(made, with_(rows_of(made), "jica", signs=False))

    with pytest.raises(Conflict) as conflict:
        name(made, with_(rows_of(made), "jica", contributes="More"), by=OFFICE, version=made.version)

    assert "signs nothing" in conflict.value.theirs["Parties"]
    assert made.parties.get(part="facilitating").contributes != "More"


def test_a_party_that_signs_without_a_budget_stops_the_signature(world):
    made = a_triangular("appraised")
    name(made, with_(rows_of(made), "sn-coordination", signs=True))

    with pytest.raises(Refused) as refused:
        perform(made, "sign", actor=who(OFFICE))

    assert (
        "No input with an amount and its currency is entered for Cooperation directorate, Senegal (example)."
        in (in_words(refused))
    )


# ── The pages ──


def test_the_page_edits_the_parties_and_shows_the_framework(world):
    made = a_triangular()
    client = signed_in(PIVOT)
    page = client.get(f"/operations/{made.pk}/parties/edit/")
    data = sent(page) | {"party-3-contributes": "Une mission"}

    answer = client.post(f"/operations/{made.pk}/parties/edit/", data)

    assert answer.status_code == 302, answer.context["bundle"].rows[0].errors
    assert made.parties.get(part="facilitating").contributes == "Une mission"
    shown = (
        signed_in(OFFICE)
        .get(f"/operations/{made.pk}/parties/", headers={"accept-language": "fr"})
        .content.decode()
    )
    assert "Une mission" in shown
    assert "Triangulaire" in shown


def test_the_page_is_shut_after_the_signature_and_closed_to_others(world):
    made = a_triangular("agreed")
    address = f"/operations/{made.pk}/parties/edit/"

    answers = {
        slug: signed_in(slug).get(address).status_code
        for slug in (PIVOT, OFFICE, THIRD, PARTNER, "post-officer")
    }

    assert answers == {PIVOT: 409, OFFICE: 409, THIRD: 403, PARTNER: 403, "post-officer": 404}


def test_the_list_filters_and_exports_the_framework(world):
    bilateral, triangular = an_operation(), a_triangular()
    client = signed_in("desk")

    rows = {
        asked: client.get(f"/operations/?framework={asked}").content.decode()
        for asked in ("triangular", "bilateral", "regional")
    }
    exported = b"".join(client.get("/operations/?export=csv").streaming_content).decode()

    assert {asked: (triangular.code in text, bilateral.code in text) for asked, text in rows.items()} == {
        "triangular": (True, False),
        "bilateral": (False, True),
        "regional": (False, False),
    }
    lines = {line.split(",")[0]: line for line in exported.splitlines()}
    assert "Triangular" in lines[triangular.code]
    assert "Bilateral" in lines[bilateral.code]


# ── The framework: pages and lists read the same rule ──

MEMBERS = st.sets(
    st.tuples(
        st.sampled_from(["jica", "amci", "sn-meteo", "mm-post", "la-post", "jp-comms", "ma-transport"]),
        st.sampled_from([part for part in OperationPart.values if part != "provider"]),
    ),
    max_size=5,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(members=MEMBERS)
def test_the_list_derives_the_framework_as_the_page_does(world, members):
    made = an_operation_with(members)

    [listed] = with_framework(Operation.objects.filter(pk=made.pk))

    assert listed.framework == framework_of(made)
    made.parties.all().delete()
    made.delete()


def an_operation_with(members):
    made = Operation.objects.create(
        state="planning",
        state_since=clock.now(),
        code="SN-TEST",
        title="Test",
        modality_id="modality:technical-cooperation-project",
        country_id="country:SN",
        provider=body("amci"),
        country_office=body("amci-sn"),
    )
    Party.objects.bulk_create(
        Party(operation=made, organisation=body(slug), part=part, acts_through=body(slug))
        for slug, part in members
    )
    return made


FRAMEWORKS = {
    "bilateral": [],
    "triangular": [("jica", "facilitating")],
    "regional": [("mm-post", "implementing")],
    "triangular-regional": [("jica", "facilitating"), ("mm-post", "beneficiary")],
}


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_each_framework_by_its_parties(world, framework):
    same = [("ma-transport", "facilitating"), ("sn-meteo", "implementing"), ("la-post", "supplier")]

    assert framework_of(an_operation_with([*same, *FRAMEWORKS[framework]])) == framework
