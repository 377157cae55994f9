"""What an agency's settings do not ask in a modality: the step does without it, and the page says so."""

import pytest
from django.urls import reverse

from taawun.cycle import queries
from taawun.cycle.models import Component, Operation, ProviderSettings, Waiver
from taawun.foundation import clock
from taawun.foundation.ports import registry
from taawun.foundation.steps import Refused, checklist, perform
from taawun.foundation.tasks import tasks_of
from taawun.kernel.periods import add_months
from taawun.lessons import actions as lessons
from taawun.lessons.queries import citations_of
from taawun.planning.models import DesignVersion
from taawun.workspace.demo import exchange, operation as op, story
from taawun.workspace.demo.players import actor, says
from tests.cycle.made import body, in_words, signed_in
from tests.factories import a_request, an_operation, who

PROJECT = "modality:technical-cooperation-project"
WAIVABLE = {
    *("opinions-in", "appraisal-note", "plan-complete", "risks-named", "budget-by-party"),
    *("ex-ante-written", "managers-named", "committee-named", "last-values"),
}
SAID = (
    "not required by the settings of Japan International Cooperation Agency (JICA) "
    "for “Technical cooperation project”"
)


def waive(*slugs, modality=PROJECT):
    """Let the settings in force do without these conditions."""
    held = ProviderSettings.objects.get(provider=body("jica"))
    Waiver.objects.bulk_create(
        Waiver(settings=held, modality_id=modality, requirement=slug) for slug in slugs
    )


def fresh(case):
    return type(case).objects.get(pk=case.pk)


def lines_of(case, step):
    """The checklist of a step, by slug."""
    step = case.workflow.find(step, case.state)
    labels = {str(registry.requirements[slug].label): slug for slug in step.requires}
    return {labels[str(line.label)]: line for line in checklist(case, step)}


def test_what_may_be_waived_is_what_no_effect_rests_on(world):
    assert {slug for slug, one in registry.requirements.items() if one.waivable} == WAIVABLE


def test_a_waived_condition_holds_nothing_up_and_the_page_says_so(world):
    waive("opinions-in", "appraisal-note")
    case = a_request("under_review")

    lines = lines_of(case, "adopt")
    page = signed_in("mofa-approver").get(reverse("step", args=["request", case.pk, "adopt"]))

    assert {slug: (line.ok, line.waived) for slug, line in lines.items()} == {
        "opinions-in": (True, SAID),
        "appraisal-note": (True, SAID),
    }
    assert page.content.decode().count(SAID) == 2
    assert {task.act for task in tasks_of(case)} == {"adopt", "opinion"}
    perform(case, "adopt", actor=who("mofa-approver"))
    assert perform(case, "adopt", actor=who("jica-approver")).state == "adopted"


def test_what_is_waived_in_another_modality_is_asked_in_this_one(world):
    waive("opinions-in", "appraisal-note", modality="modality:seminar")
    case = a_request("under_review")

    with pytest.raises(Refused) as refused:
        perform(case, "adopt", actor=who("mofa-approver"))

    assert len(in_words(refused)) == 3


def test_a_case_of_other_settings_is_asked_all_the_same(world):
    case = a_request("under_review")
    later = ProviderSettings.objects.create(
        provider=body("jica"), version=2, preset="jica-like", in_force_from=clock.today()
    )
    Waiver.objects.create(settings=later, modality_id=PROJECT, requirement="appraisal-note")

    assert [line.waived for line in lines_of(fresh(case), "adopt").values()] == ["", ""]


def test_what_may_not_be_waived_is_asked_whatever_the_table_holds(world):
    waive("similar-seen", "design-complete")
    case = a_request("received")

    assert (lines_of(case, "open-review")["similar-seen"].ok, queries.waived_in(case)["similar-seen"]) == (
        False,
        SAID,
    )


def test_no_ministry_need_be_asked_where_no_opinion_is_required(world):
    waive("opinions-in")
    case = a_request("received")
    lessons.mark_similar_seen(coop_request=case, actor=who("desk"))
    address = reverse("step", args=["request", case.pk, "open-review"])

    sent = signed_in("desk").post(address, {})

    assert (sent.status_code, fresh(case).state) == (302, "under_review")


def test_an_operation_walks_to_its_completion_without_all_that_may_be_waived(world):
    waive(*WAIVABLE)
    made = a_request("under_review")
    for slug in ("mofa-approver", "jica-approver"):
        made = perform(made, "adopt", actor=who(slug))
    made = exchange.reply(exchange.notify(made))
    made = Operation.objects.get(coop_request=made)
    design_alone(made)

    appraised = perform(made, "appraise", actor=who("desk"))
    agreed = exchange.sign(appraised)
    confirm_component(agreed)
    started = perform(agreed, "start", actor=who("mm-office"))
    reviewed = perform(started, "open-completion", actor=who("desk"))

    assert reviewed.state == "completion_review"
    assert lines_of(reviewed, "confirm-results")["last-values"].waived == SAID


def design_alone(made):
    """The design with its indicators and the answers to lessons: no plan, no risk, no budget, no ex-ante table."""
    design = DesignVersion.objects.get(operation=made)
    op.plan_part(made, "indicators", indicators=[op._indicator(design, row) for row in says().INDICATORS])
    op.plan_part(made, "assumptions", assumptions=[{"id": None, **says().ASSUMPTION}])
    for citation in citations_of(made):
        lessons.answer_lesson(
            citation=citation,
            answer="not-applicable",
            how=says().ANSWER,
            actor=actor("desk"),
            base_version=citation.version,
        )


def confirm_component(made):
    component = made.components.get()
    component.confirmed_on = clock.today()
    component.save()


def test_one_statement_reads_what_is_waived_however_often_a_checklist_is_asked(
    world, django_assert_num_queries
):
    case = fresh(an_operation("planning"))

    with django_assert_num_queries(1):
        assert [case.waived, case.waived, queries.waived_in(case)] == [frozenset(), frozenset(), {}]


def test_a_lesson_has_no_settings_that_could_waive(world):
    assert queries.waived_in(object()) == {}


# ── The ex-post evaluation ──


@pytest.mark.parametrize(
    ("rules", "ceilings", "asked"),
    [
        ({}, [("1", "JPY")], True),
        ({"ex_post": False}, [("1", "JPY")], False),
        ({"ex_post_threshold": 100}, [("99.99", "JPY")], False),
        ({"ex_post_threshold": 100}, [("100", "JPY")], True),
        ({"ex_post_threshold": 100}, [("60", "JPY"), ("40", "JPY")], True),
        ({"ex_post_threshold": 100}, [("60", "JPY"), ("39", "JPY")], False),
        ({"ex_post_threshold": 100}, [("60", "JPY"), ("39", "MMK")], True),
        ({"ex_post_threshold": 100}, [(None, None)], True),
    ],
)
def test_an_ex_post_evaluation_is_asked_from_the_threshold_on(world, rules, ceilings, asked):
    made = an_operation("planning")
    currency = "currency:JPY" if "ex_post_threshold" in rules else None
    settled = {"ex_post_threshold": None, "ex_post_currency_id": currency} | rules
    ProviderSettings.objects.filter(pk=made.settings_id).update(**settled)
    Component.objects.all().delete()
    for amount, code in ceilings:
        Component.objects.create(
            operation=made,
            modality_id=PROJECT,
            title="One",
            ceiling=amount,
            currency_id=code and f"currency:{code}",
        )

    assert queries.ex_post_asked(fresh(made)) is asked


def test_where_the_settings_know_no_ex_post_evaluation_none_falls_due_and_the_desk_closes(world):
    ProviderSettings.objects.update(ex_post=False)

    completed = an_operation("completed")

    assert (completed.state, fresh(completed).ex_post_on) == ("completed", None)
    closed = perform(completed, "close-without-ex-post", actor=who("desk"), reason="None is made.")
    assert closed.state == "closed"


def test_the_page_tells_when_the_completion_report_is_expected(world):
    made = an_operation("in_implementation")
    end = add_months(clock.today(), 12)
    Operation.objects.filter(pk=made.pk).update(ends_on=end)
    ProviderSettings.objects.filter(pk=made.settings_id).update(report_draft_months=2, report_final_months=0)

    page = signed_in("desk").get(made.get_absolute_url())

    assert [(day, str(what)) for day, what in page.context["dates"]] == [
        (add_months(end, -2), "Draft of the completion report"),
        (end, "Completion report"),
        (end, "End of the period"),
    ]


def test_numbers_follow_the_pattern_of_the_settings_and_are_counted_by_series(world):
    first = a_request("submitted")
    ProviderSettings.objects.update(numbering="JICA/SORT/CC-NNN")

    second, third = story.WALK["submitted"](a_request("draft")), a_request("submitted")

    assert first.code.endswith("-REQ-0001")
    assert [second.code, third.code] == ["JICA/REQ/MM-001", "JICA/REQ/MM-002"]
