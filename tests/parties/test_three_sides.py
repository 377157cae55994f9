"""Three parties: each sees the operation, signs, reports and confirms; nothing rests on there being two sides."""

from dataclasses import replace

import pytest
from django.urls import reverse

from taawun.agreements.models import Signature
from taawun.directory.models import Organisation
from taawun.evaluation import actions as evaluation
from taawun.evaluation.models import Evaluation, Recommendation
from taawun.foundation import clock
from taawun.foundation.models import OutboxMessage
from taawun.foundation.steps import Refused, checklist, offered, perform
from taawun.foundation.taking_back import take_back
from taawun.letters.queries import letters_of
from taawun.meetings.models import Meeting
from taawun.monitoring.models import IndicatorValue, Sheet, SheetActions
from taawun.planning.queries import design_of, values_of
from taawun.workspace.demo import cast, letters, operation as op, triangular, walks
from taawun.workspace.demo.players import FLOODS, played_by
from tests.cycle.made import derived_tasks, held_tasks, in_words, signed_in
from tests.parties.made import OFFICE, PARTNER, PIVOT, THIRD, a_triangular, body, who

JICA = "Japan International Cooperation Agency (JICA)"
THREE = {
    "Service météorologique national, Sénégal (exemple)",
    "Agence marocaine de coopération internationale (AMCI)",
    "Agence japonaise de coopération internationale (JICA)",
}
# Whoever has a post in a party, in the office it acts through, or above the pivotal provider.
SEES = {
    *(
        "sn-officer",
        "sn-coordinator",
        "amci-desk",
        "amci-admin",
        "amci-approver",
        "amci-knowledge",
        "sn-embassy",
    ),
    *("sn-jica", "desk", "jica-admin", "jica-approver", "knowledge"),
}
STATES = [
    *("planning", "appraised", "agreed", "in_implementation", "completion_review"),
    *("completed", "ex_post_due", "evaluated", "closed"),
]


def on_stage(made, state):
    """The operation walked on to a state by its three parties' people."""
    with played_by(FLOODS):
        return walks.carry_on(made, state, day=clock.today())


def seen_by(made):
    gate = made.kind_record.visible_to
    return {p.slug for p in cast.PLAYERS if gate(who(p.slug)).filter(pk=made.pk).exists()}


def steps_of(made, slug):
    return {step.name for step in offered(made, who(slug))}


# ── The gate ──


def test_at_every_state_the_third_partys_people_see_it_and_take_its_steps_alone(world):
    made, seen, steps = a_triangular(), {}, {}
    for state in STATES:
        made = on_stage(made, state)
        seen[state] = seen_by(made) - {"evaluator"}
        steps[state] = {slug: steps_of(made, slug) for slug in (THIRD, "desk", "jica-approver", "mm-office")}

    assert seen == dict.fromkeys(STATES, SEES)
    nothing = {slug: set() for slug in (THIRD, "desk", "jica-approver", "mm-office")}
    assert steps == dict.fromkeys(STATES, nothing) | {
        "completion_review": nothing | {THIRD: {"confirm-results"}}
    }


OPEN = [
    *("cycle:operation", "cycle:parties", "cycle:people", "cycle:timeline", "planning:design"),
    *("planning:plan", "planning:ex-ante", "agreements:agreements", "meetings:meetings"),
    *("monitoring:sheets", "monitoring:new-sheet", "monitoring:values", "letters:operation"),
]
BARRED = [
    *("cycle:parties-edit", "cycle:people-edit", "meetings:committee", "meetings:new"),
    *("monitoring:edit-completion", "agreements:record-of-discussions"),
]


def test_the_third_party_opens_the_tabs_and_its_own_part_of_the_sheets_and_nothing_else(world):
    made = a_triangular("in_implementation")
    clients = {slug: signed_in(slug) for slug in (THIRD, "mm-office")}

    answers = {
        name: [client.get(reverse(name, args=[made.pk])).status_code for client in clients.values()]
        for name in (*OPEN, *BARRED)
    }

    assert answers == {name: [200, 404] for name in OPEN} | {name: [403, 404] for name in BARRED}


def test_what_the_pivotal_provider_exchanges_with_the_partner_stays_theirs(world):
    made = a_triangular("in_implementation")
    with played_by(FLOODS):
        letters.correspond(made, clock.today(), clock.today())

    assert {slug: letters_of(made, who(slug)).exists() for slug in (PARTNER, OFFICE, THIRD, "desk")} == {
        PARTNER: True,
        OFFICE: True,
        THIRD: False,
        "desk": False,
    }


# ── Signature and committee ──


def test_the_record_of_discussions_asks_for_the_third_signature(world):
    made = a_triangular("agreed")
    assert sorted(Signature.objects.values_list("party__organisation__slug", flat=True)) == [
        "amci",
        "jica",
        "sn-meteo",
    ]

    again = a_triangular("appraised")
    missing = [str(o) for line in checklist(again, again.workflow.named("sign")) for o in line.obstacles]

    assert missing == ["The Record of Discussions is not written yet"]
    with played_by(FLOODS):
        Signature.objects.filter(instrument__operation=made, party__part="facilitating").delete()
    [line] = [
        line
        for line in checklist(made, made.workflow.named("sign"))
        if "Record of Discussions" in str(line.label)
    ]
    assert [str(o) for o in line.obstacles] == [f"The signatory for {JICA} is not named"]


def test_the_committee_lacks_the_third_partys_member(world):
    made = a_triangular("agreed")

    missing = [str(o) for line in checklist(made, made.workflow.named("start")) for o in line.obstacles]

    assert f"{JICA} has no member on the joint coordinating committee" in missing


# ── Sheets ──


def test_a_sheet_holds_the_values_and_the_words_of_each_and_is_in_when_the_third_confirms(world):
    made = a_triangular("in_implementation")
    with played_by(FLOODS):
        made = op.monitor(made)
    sheet = Sheet.objects.get(operation=made)

    values = IndicatorValue.objects.filter(sheet=sheet, definition__code="1-1")
    told = SheetActions.objects.filter(sheet=sheet)
    assert dict(values.values_list("organisation__slug", "value")) == {"sn-meteo": 6, "amci": 6, "jica": 4}
    assert dict(told.values_list("party__organisation__slug", "text")) == {
        "amci": "Prévisionniste en poste depuis août.",
        "jica": "Premier hydrologue en mission d’octobre à décembre.",
    }
    assert sorted(c.party.organisation.slug for c in sheet.confirmations.all()) == [
        "amci",
        "jica",
        "sn-meteo",
    ]
    assert made.monitored_since is not None


def test_two_of_three_do_not_make_a_sheet_and_its_task_lies_on_the_third(world):
    made = a_triangular("in_implementation")
    with played_by(FLOODS):
        op.monitor(made)
    sheet = Sheet.objects.get(operation=made)
    sheet.confirmations.filter(party__part="facilitating").delete()
    type(made).objects.filter(pk=made.pk).update(monitored_since=None)

    waiting = [
        (cast_slug(spec.organisation_id), spec.role)
        for spec in derived_tasks(made)
        if spec.act == "monitoring-sheet"
    ]
    page = signed_in(THIRD).get(reverse("monitoring:sheet", args=[made.pk, 1]))

    assert waiting == [("jica-sn", "country-office")]
    assert (page.context["may_confirm"], page.context["state"].complete) == (True, False)


def cast_slug(pk):
    return Organisation.objects.get(pk=pk).slug


# ── The results ──


def test_the_results_are_confirmed_by_three_in_any_order(world):
    made = a_triangular("completion_review")
    with played_by(FLOODS):
        made = op.write_report(made)

    after = []
    for slug in (THIRD, PARTNER, OFFICE):
        made = perform(made, "confirm-results", actor=who(slug))
        after.append(made.state)
        assert held_tasks(made) == derived_tasks(made)

    assert after == ["completion_review", "completion_review", "completed"]


def test_the_third_takes_its_consent_back_and_the_others_stand(world):
    made = a_triangular("completion_review")
    with played_by(FLOODS):
        made = op.write_report(made)
    perform(made, "confirm-results", actor=who(PARTNER))
    made = perform(made, "confirm-results", actor=who(THIRD))

    take_back(made, actor=who(THIRD), reason="A figure is wrong.")

    waiting = {cast_slug(s.organisation_id) for s in derived_tasks(made) if s.act == "confirm-results"}
    assert waiting == {"amci-sn", "jica-sn"}


def test_the_third_answers_a_recommendation_made_to_it(world):
    made = on_stage(a_triangular(), "ex_post_due")
    with played_by(FLOODS):
        made = op.evaluate(made)
    Recommendation.objects.filter(evaluation__operation=made).update(owner=body("jica"))
    [row] = Recommendation.objects.select_related("evaluation__operation", "owner")

    evaluation.answer_recommendation(row, response="Done.", actor=who(THIRD), base_version=row.version)

    assert Recommendation.objects.get().response == "Done."
    assert Evaluation.objects.get().operation_id == made.pk


def test_every_other_party_is_told_of_what_concerns_all(world):
    made = a_triangular("in_implementation")
    OutboxMessage.objects.all().delete()

    perform(made, "suspend", actor=who(PIVOT), reason="The river is high.")

    told = OutboxMessage.objects.filter(dedupe__startswith="notice:").values_list("user__email", flat=True)
    names = {address.partition("@")[0] for address in told}
    assert names == {OFFICE, "sn-coordinator", THIRD, PARTNER}


# ── The heads of papers and the budget ──

PAPERS = {
    "planning:design-paper": (),
    "planning:ex-ante-paper": (),
    "agreements:record-of-discussions-paper": (),
    "meetings:paper": ("meeting",),
    "monitoring:sheet-paper": (1,),
    "monitoring:completion-paper": (),
    "evaluation:paper": (),
}


def test_each_paper_names_the_three_in_its_head(world):
    made = a_triangular("evaluated")
    meeting = Meeting.objects.get(operation=made).pk
    client = signed_in(PIVOT)

    heads = {}
    for name, more in PAPERS.items():
        args = [made.pk, *(meeting if one == "meeting" else one for one in more)]
        heads[name] = set(client.get(reverse(name, args=args)).context["letterhead"])

    assert heads == dict.fromkeys(PAPERS, THREE)


def test_the_budget_has_a_column_for_the_third_and_the_appraisal_asks_for_it(world):
    made = a_triangular()
    budget = signed_in(THIRD).get(reverse("planning:design", args=[made.pk])).context["budget"]
    assert [row.party.organisation.slug for row in budget] == ["sn-meteo", "amci", "jica"]

    with played_by(FLOODS):
        op.plan_part(made, "inputs", inputs=without_the_third(made))
    made = type(made).objects.get(pk=made.pk)
    missing = [str(o) for line in checklist(made, made.workflow.named("appraise")) for o in line.obstacles]

    assert f"No input with an amount and its currency is entered for {JICA}." in missing


def without_the_third(made):
    held = values_of(made, design_of(made), "inputs")["inputs"]
    third = made.parties.get(part="facilitating").pk
    return [row | {"delete": row["party"] == third} for row in held]


# ── A provider without an office in the country ──


def test_a_provider_without_an_office_signs_starts_reports_and_confirms_by_its_desk(world):
    Organisation.objects.filter(slug__in=["amci-sn", "jica-sn"]).update(serves_id="country:GN")
    deskbound = replace(FLOODS, office="amci-desk", third="desk")

    with played_by(deskbound):
        made = triangular.design(triangular.name_third(triangular.begin()))
        made = walks.carry_on(made, "completed", day=clock.today())

    assert made.state == "completed"


def test_nobody_confirms_for_a_party_that_signs_nothing(world):
    made = a_triangular("completion_review")
    with played_by(FLOODS):
        op.write_report(made)

    with pytest.raises(Refused) as refused:
        perform(made, "confirm-results", actor=who("sn-coordinator"))

    assert "is not open to you" in in_words(refused)[0]
