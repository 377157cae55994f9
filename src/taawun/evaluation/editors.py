"""The editing pages of an evaluation, each a `FormPage`: draft, conflict and double submit come from there."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, gettext as _

from taawun.cycle.models import Operation
from taawun.directory.models import Person
from taawun.evaluation import actions, forms, independence, queries
from taawun.evaluation.models import Evaluation, EvaluationType, Recommendation
from taawun.foundation.bundle import Bundle
from taawun.foundation.forms import kept_rows
from taawun.foundation.pages import FormPage
from taawun.foundation.requests import SignedRequest


def name_evaluator_page(
    request: SignedRequest, operation: Operation, context: dict[str, Any]
) -> HttpResponse:
    """Name the evaluator; those who are not independent stand below, with the reason."""
    actor: Any = request.user
    rule = independence.type_rule(operation)
    external = independence.candidates(operation, EvaluationType.EXTERNAL)
    internal = independence.candidates(operation, EvaluationType.INTERNAL)
    asked: dict[str, Any] = {"external": external, "internal": internal, "rule": rule}
    page = FormPage(
        case=operation,
        part="evaluator",
        title=_("Name the evaluator"),
        version=0,
        build=lambda data, files: Bundle(forms.NameEvaluatorForm(data, **asked)),
        save=lambda bundle, base: actions.name_evaluator(
            operation,
            person=Person.objects.get(pk=bundle.form.cleaned_data["person"]),
            sort=bundle.form.cleaned_data["sort"],
            reason=bundle.form.cleaned_data.get("reason", ""),
            actor=actor,
        ),
        done=reverse("evaluation:evaluation", args=[operation.pk]),
        template="evaluation/name_form.html",
        shut=operation.state not in queries.NAMED_IN,
        extra={
            "crumbs": context["crumbs"],
            "rule": rule,
            "text_language": operation.language,
            "tied": [candidate for candidate in external if candidate.ties],
            "save_label": _("Name the evaluator"),
            "autosave_url": "",
        },
    )
    return page.answer(request)


def evaluation_page(
    request: SignedRequest, operation: Operation, evaluation: Evaluation, context: dict[str, Any]
) -> HttpResponse:
    """Findings, ratings and recommendations, written by the evaluator."""
    actor: Any = request.user
    rules = queries.rules_of(evaluation)
    owners = [(pk, party.organisation.name) for pk, party in queries.owners_of(operation).items()]
    held = [{"text": r.text, "owner": r.owner_id} for r in evaluation.recommendations.all()]

    def build(data: Any, files: Any) -> Bundle:
        rows = forms.RecommendationRows(
            data, initial=held, prefix="recommendations", form_kwargs={"owners": owners}
        )
        return Bundle(forms.EvaluationForm(data, evaluation=evaluation, rules=rules), [rows])

    def save(bundle: Bundle, base: int) -> None:
        rows = [(row["text"], row["owner"]) for row in kept_rows(bundle.rows[0])]
        saved = actions.save_evaluation(
            evaluation, bundle.form.findings(rows), actor=actor, base_version=base
        )
        if (saved.rule_set, saved.rule_set_version) != (evaluation.rule_set, evaluation.rule_set_version):
            page.done = reverse("evaluation:edit", args=[operation.pk])
            messages.warning(
                request,
                _(
                    "In the year of this evaluation another rule set is in force: give the ratings it asks for."
                ),
            )

    page = FormPage(
        case=operation,
        part="evaluation",
        title=_("Ex-post evaluation"),
        version=evaluation.version,
        build=build,
        save=save,
        done=reverse("evaluation:evaluation", args=[operation.pk]),
        template="evaluation/evaluation_form.html",
        shut=operation.state not in queries.WRITTEN_IN,
        extra={
            "crumbs": context["crumbs"],
            "text_language": operation.language,
            "rules": rules,
            "rules_name": rules.label(get_language() or "en") if rules else "",
        },
    )
    return page.answer(request)


def answer_page(
    request: SignedRequest, operation: Operation, recommendation: Recommendation, context: dict[str, Any]
) -> HttpResponse:
    """The owner's answer to a recommendation; with its letter, where the owner does not sign in."""
    actor: Any = request.user
    by_letter = queries.answers_by_letter(operation, recommendation, actor)

    def build(data: Any, files: Any) -> Bundle:
        initial = {"response": recommendation.response}
        if by_letter:
            return Bundle(forms.AnswerByLetterForm(data, files, user=actor, initial=initial))
        return Bundle(forms.AnswerForm(data, initial=initial))

    page = FormPage(
        case=operation,
        part=f"recommendation-{recommendation.pk}",
        title=_("Answer recommendation %(number)s") % {"number": recommendation.number},
        version=recommendation.version,
        build=build,
        save=lambda bundle, base: actions.answer_recommendation(
            recommendation,
            response=bundle.form.cleaned_data["response"],
            actor=actor,
            base_version=base,
            letter=bundle.form.letter(),
        ),
        done=reverse("evaluation:evaluation", args=[operation.pk]),
        template="evaluation/answer_form.html",
        shut=operation.state not in queries.ANSWERED_IN,
        extra={
            "crumbs": context["crumbs"],
            "text_language": operation.language,
            "recommendation": recommendation,
            "by_letter": by_letter,
        },
    )
    return page.answer(request)
