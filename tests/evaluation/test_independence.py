"""Nobody evaluates what they had a part in."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from taawun.cycle.actions import name_people
from taawun.cycle.models import ProviderSettings, TeamMember
from taawun.cycle.queries import operations_visible_to
from taawun.evaluation import actions, independence, queries
from taawun.evaluation.models import Evaluation
from taawun.foundation import editing
from taawun.foundation.audit import record
from taawun.foundation.models import AuditEvent, Task, User
from taawun.foundation.steps import Refused
from taawun.workspace.demo.cast import organisation
from tests.evaluation.made import a_due_operation, an_evaluator, name, on_the_day
from tests.monitoring.made import who

WHY = "Too small for an evaluator from outside."

pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture(autouse=True)
def _day(world):
    on_the_day()


def refusal(operation, person, **options):
    with pytest.raises(Refused) as refused:
        name(operation, person, **options)
    return [str(obstacle) for obstacle in refused.value.obstacles]


def a_post_on(operation, person, function="expert"):
    TeamMember.objects.create(
        operation=operation,
        person=person.person,
        organisation=organisation("jica"),
        function=function,
        held_from=date(2026, 6, 9),
        held_to=date(2026, 7, 9),
    )


def test_who_was_struck_out_of_the_people_still_is_not_independent():
    operation = a_due_operation()
    person = an_evaluator()
    served = {
        "function": "expert",
        "person": person.person,
        "organisation": organisation("jica"),
        "field": "",
        "held_from": date(2026, 6, 9),
        "held_to": None,
    }
    for rows in ([served], []):
        operation.refresh_from_db()
        name_people(operation, rows, actor=who("desk"), base_version=operation.version)

    assert refusal(operation, person) == [f"{person.person.name} held a post on this operation: Expert."]


def test_the_named_evaluator_gets_the_operation_and_the_rule_set_in_force():
    operation = a_due_operation()
    evaluator = an_evaluator()
    before = operations_visible_to(User.objects.get(pk=evaluator.pk)).count()

    evaluation = name(operation, evaluator)

    assert before == 0
    assert operations_visible_to(User.objects.get(pk=evaluator.pk)).get() == operation
    assert (evaluation.rule_set, evaluation.rule_set_version, evaluation.type) == (
        "jica-3-level",
        1,
        "external",
    )
    assert TeamMember.objects.get(function="evaluator").organisation.slug == "ex-evaluators"
    event = AuditEvent.objects.get(step="evaluator-named")
    assert (event.role, event.organisation_id) == ("desk", operation.provider_id)


def test_whoever_held_a_post_on_the_operation_is_refused():
    operation = a_due_operation()
    evaluator = an_evaluator()
    a_post_on(operation, evaluator)

    told = refusal(operation, evaluator)

    assert told == [f"{evaluator.person.name} held a post on this operation: Expert."]
    assert not Evaluation.objects.exists()


@pytest.mark.parametrize("kind", ["operation", "request"])
def test_whoever_took_a_step_on_the_operation_or_its_request_is_refused(kind):
    operation = a_due_operation()
    evaluator = an_evaluator()
    case = operation if kind == "operation" else operation.coop_request
    record(case, "edited", actor=evaluator, role="desk", organisation_id=operation.provider_id)

    assert refusal(operation, evaluator) == [f"{evaluator.person.name} took a step on this operation."]


def test_a_step_on_another_operation_is_no_tie():
    operation, other = a_due_operation(), a_due_operation()
    evaluator = an_evaluator()
    a_post_on(other, evaluator)
    record(other, "edited", actor=evaluator, role="desk", organisation_id=operation.provider_id)

    assert name(operation, evaluator).evaluator.person == evaluator.person


@pytest.mark.parametrize("slug", ["mm-post", "jica", "jica-mm", "mm-coordination"])
def test_an_external_evaluator_is_of_no_organisation_that_takes_part(slug):
    operation = a_due_operation()
    evaluator = an_evaluator(slug)

    told = refusal(operation, evaluator)

    assert told == [
        f"{organisation(slug).name}, for which {evaluator.person.name} would evaluate, takes part in this operation."
    ]


def test_the_providers_own_may_evaluate_internally_but_no_one_of_headquarters_who_held_a_post():
    operation = a_due_operation()
    at_headquarters, of_the_team, outside = an_evaluator("jica"), an_evaluator("jica"), an_evaluator()
    a_post_on(operation, of_the_team, "chief-advisor")

    assert refusal(operation, of_the_team, sort="internal", reason=WHY) == [
        f"{of_the_team.person.name} held a post on this operation: Chief advisor."
    ]
    assert refusal(operation, outside, sort="internal", reason=WHY) == [
        f"{outside.person.name} is not of the provider: an internal evaluation is the provider's own."
    ]
    assert name(operation, at_headquarters, sort="internal", reason=WHY).type == "internal"


def test_the_country_offices_people_may_evaluate_internally_also_who_served_on_it():
    operation = a_due_operation()
    officer = who("mm-office")
    a_post_on(operation, officer, "manager")

    evaluation = name(operation, officer, sort="internal", reason=WHY)

    assert (evaluation.type, evaluation.type_reason) == ("internal", WHY)
    assert evaluation.evaluator.organisation == operation.country_office
    assert independence.ties_of_evaluator(evaluation) == []
    assert refusal(operation, officer) == [f"{officer.person.name} does not hold the post of an evaluator."]
    assert name(operation, an_evaluator()).type_reason == ""


@pytest.mark.parametrize("slug", ["la-office", "post-officer", "desk"])
def test_the_people_of_another_office_or_side_may_not(slug):
    operation = a_due_operation()

    assert refusal(operation, who(slug), sort="internal", reason=WHY) == [
        f"{who(slug).person.name} does not hold the post of an evaluator."
    ]


def test_an_internal_evaluation_needs_its_reason_where_the_desk_decides():
    operation, officer = a_due_operation(), who("mm-office")

    assert refusal(operation, officer, sort="internal", reason=" ") == ["Say why the evaluation is internal."]


@pytest.mark.parametrize(
    ("settings", "allowed"),
    [
        ({"ex_post_type": "external"}, ("external",)),
        ({"ex_post_type": "internal"}, ("internal",)),
        ({"ex_post_type": "desk"}, ("external", "internal")),
        ({"ex_post_type": "amount", "ex_post_external_from": 1000}, ("external",)),
        ({"ex_post_type": "amount", "ex_post_external_from": 1001}, ("external", "internal")),
    ],
)
def test_the_type_follows_the_providers_settings(settings, allowed):
    ProviderSettings.objects.update(ex_post_currency_id="currency:JPY", **settings)
    operation = a_due_operation()
    operation.components.all().delete()
    a_component(operation, 1000)

    assert independence.type_rule(operation).allowed == allowed
    for sort in {"external", "internal"} - set(allowed):
        assert refusal(operation, who("mm-office"), sort=sort, reason=WHY) == [
            independence.type_rule(operation).why
        ]
    if allowed == ("internal",):
        assert name(operation, who("mm-office"), sort="internal").type_reason == ""


@pytest.mark.parametrize(("ceiling", "currency"), [(None, "currency:JPY"), (10, "currency:USD")])
def test_an_amount_that_cannot_be_compared_asks_for_an_external_evaluation(ceiling, currency):
    ProviderSettings.objects.update(
        ex_post_currency_id="currency:JPY", ex_post_type="amount", ex_post_external_from=1001
    )
    operation = a_due_operation()
    operation.components.all().delete()
    a_component(operation, ceiling, currency)

    assert independence.type_rule(operation).allowed == ("external",)


def a_component(operation, ceiling, currency="currency:JPY"):
    operation.components.create(
        modality_id=operation.modality_id, ceiling=ceiling, currency_id=currency if ceiling else None
    )


def test_the_database_refuses_a_type_by_amount_without_a_limit():
    with pytest.raises(IntegrityError), transaction.atomic():
        ProviderSettings.objects.update(ex_post_type="amount", ex_post_external_from=None)


def test_who_holds_no_post_of_an_evaluator_is_refused():
    operation = a_due_operation()

    assert refusal(operation, who("knowledge").person) == [
        f"{who('knowledge').person.name} does not hold the post of an evaluator."
    ]


@pytest.mark.parametrize("state", ["in_implementation", "completion_review", "evaluated", "closed"])
def test_the_evaluator_is_named_between_completion_and_evaluation(state):
    operation = a_due_operation(state)

    with pytest.raises(editing.Frozen):
        name(operation, an_evaluator())


@pytest.mark.parametrize("slug", ["mm-office", "post-officer", "amci-desk", "evaluator"])
def test_the_desk_alone_names(slug):
    operation = a_due_operation()

    with pytest.raises(PermissionDenied):
        actions.name_evaluator(operation, person=an_evaluator().person, actor=who(slug))


def test_naming_another_closes_the_operation_for_the_first_and_keeps_what_was_written():
    operation = a_due_operation()
    first, second = an_evaluator(), an_evaluator()
    name(operation, first)
    Evaluation.objects.update(summary="Begun.")

    name(operation, second)

    assert not operations_visible_to(User.objects.get(pk=first.pk)).exists()
    assert Evaluation.objects.get().evaluator.person == second.person
    assert Evaluation.objects.get().summary == "Begun."


def test_a_rating_scheme_nobody_knows_is_told_and_not_passed_over():
    ProviderSettings.objects.update(rating_rules="unknown")
    operation = a_due_operation()

    assert refusal(operation, an_evaluator()) == [
        "The provider's rating scheme is not known here: ask your administrator."
    ]


def test_a_provider_without_a_scheme_evaluates_without_rating():
    ProviderSettings.objects.update(rating_rules="")
    evaluation = name(a_due_operation(), an_evaluator())

    assert (evaluation.rule_set, evaluation.rule_set_version) == ("", None)
    assert queries.rules_of(evaluation) is None


@pytest.mark.parametrize("state", ["completed", "ex_post_due"])
def test_naming_waits_on_the_desk_until_it_is_done(state):
    operation = a_due_operation(state)
    rows = Task.objects.filter(kind="operation", subject_id=operation.pk, act="name-evaluator")
    before = list(rows.values_list("role", "due"))

    name(operation, an_evaluator())

    assert before == [("desk", date(2032, 6, 8))]
    assert not rows.exists()


def test_the_evaluation_then_waits_on_the_evaluator():
    operation = a_due_operation()
    evaluator = an_evaluator()

    name(operation, evaluator)

    waiting = Task.objects.filter(kind="operation", subject_id=operation.pk)
    assert list(waiting.values_list("act", "person_id")) == [("evaluate", evaluator.person.pk)]
