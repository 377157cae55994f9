"""Questions about evaluations: who is independent, what was found, what still waits for an answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from taawun.cycle import rights
from taawun.cycle.actions import fiscal_year_of
from taawun.cycle.models import Operation, Party, TeamFunction, TeamMember, settings_for
from taawun.directory.models import Post
from taawun.directory.queries import posts_held_on
from taawun.directory.roles import Role
from taawun.evaluation.judging import known, rule_set
from taawun.evaluation.models import Evaluation, EvaluationType, Recommendation
from taawun.foundation import clock
from taawun.foundation.models import AuditEvent
from taawun.foundation.standing import Standing, standing
from taawun.kernel import ratings
from taawun.kernel.ratings import RuleSet

SHOWN_FROM_COMPLETED = ("completed", "ex_post_due", "evaluated", "closed")
NAMED_IN = ("completed", "ex_post_due")
WRITTEN_IN = ("ex_post_due",)
ANSWERED_IN = ("evaluated",)
READABLE_IN = ("evaluated", "closed")


def evaluation_of(operation: Operation) -> Evaluation | None:
    """The operation's evaluation, once an evaluator is named."""
    return (
        Evaluation.objects.filter(operation=operation)
        .select_related("evaluator__person", "evaluator__organisation")
        .prefetch_related("ratings", "recommendations__owner", "recommendations__responded_by__person")
        .first()
    )


def rules_of(evaluation: Evaluation) -> RuleSet | None:
    """The rule set an evaluation goes by; None where the provider rates nothing."""
    return rule_set(evaluation.rule_set, evaluation.rule_set_version)


def rules_in_force(operation: Operation, day: date) -> RuleSet | None:
    """The version of the provider's rating scheme in force on a day; None where it has none."""
    settings = settings_for(operation)
    if not settings.rating_rules:
        return None
    return ratings.in_force(known(), settings.rating_rules, fiscal_year_of(day, settings))


def may_read(operation: Operation, user: Any) -> bool:
    """Whether the findings are open to this person: to all parties once recorded, before to the evaluator alone."""
    return operation.state in READABLE_IN or standing(user).person_id in operation.evaluator_ids


def may_name(operation: Operation, user: Any) -> bool:
    """Whether a page offers this person to name the evaluator, or another one."""
    return operation.state in NAMED_IN and rights.seat_for(operation, user, "name-evaluator") is not None


# ── Independence ──


@dataclass(frozen=True)
class Candidate:
    """Somebody who evaluates, for an organisation, and what stands against it for this operation."""

    post: Post
    ties: list[str]

    @property
    def independent(self) -> bool:
        return not self.ties


def candidates(operation: Operation, sort: str) -> list[Candidate]:
    """Everybody who holds the post of an evaluator today, with their ties to the operation: four SQL statements."""
    posts = posts_held_on(clock.today()).filter(role=Role.EVALUATOR).select_related("person", "organisation")
    ties = _Ties(operation)
    return [Candidate(post, ties.of(post, sort)) for post in posts.order_by("organisation__slug", "pk")]


def post_to_evaluate(operation: Operation, person_id: int, sort: str) -> Candidate | None:
    """The post in which a person would evaluate: one without ties first. None when they hold none."""
    held = [c for c in candidates(operation, sort) if c.post.person_id == person_id]
    return min(held, key=lambda candidate: len(candidate.ties), default=None)


class _Ties:
    """What binds people to an operation: posts on it, acts on it, the organisations that take part."""

    def __init__(self, operation: Operation) -> None:
        served = TeamMember.objects.filter(operation=operation).exclude(function=TeamFunction.EVALUATOR)
        self.functions = {m.person_id: m.get_function_display() for m in served}
        cases = Q(kind=operation.kind, subject_id=operation.pk)
        if operation.coop_request_id:
            cases |= Q(kind="request", subject_id=operation.coop_request_id)
        acts = AuditEvent.objects.filter(cases, actor__isnull=False).exclude(role="")
        self.actors = set(acts.values_list("actor__person__pk", flat=True))
        rows = operation.party_rows
        self.parties = {p.organisation_id for p in rows} | {p.acts_through_id for p in rows}
        self.parties |= {operation.provider_id, operation.country_office_id}
        self.provider_side = {operation.provider_id, operation.country_office_id}

    def of(self, post: Post, sort: str) -> list[str]:
        """Why this post holder may not evaluate; nothing for who may."""
        return list(self._of(post, sort))

    def _of(self, post: Post, sort: str) -> Iterable[str]:
        name = {
            "person": post.person.name,
            "organisation": post.organisation.name,
            "function": self.functions.get(post.person_id, ""),
        }
        if name["function"]:
            yield _("%(person)s held a post on this operation: %(function)s.") % name
        if sort == EvaluationType.INTERNAL:
            if post.organisation_id not in self.provider_side:
                yield (
                    _("%(person)s is not of the provider: an internal evaluation is the provider's own.")
                    % name
                )
            return
        if post.person_id in self.actors:
            yield _("%(person)s took a step on this operation.") % name
        if post.organisation_id in self.parties:
            yield (
                _("%(organisation)s, for which %(person)s would evaluate, takes part in this operation.")
                % name
            )


def ties_of_evaluator(evaluation: Evaluation) -> list[str]:
    """What stands against the named evaluator by today's record."""
    member = evaluation.evaluator
    held = Post(person=member.person, organisation=member.organisation, role=Role.EVALUATOR)
    ties = _Ties(evaluation.operation)
    return ties.of(held, evaluation.type)


# ── Recommendations ──


def owners_of(operation: Operation) -> dict[int, Party]:
    """The parties a recommendation may be addressed to, by organisation; the part that signs speaks first."""
    rows = sorted(operation.party_rows, key=lambda party: party.signs)
    return {party.organisation_id: party for party in rows}


def answering_seat(operation: Operation, owner_id: int, who: Standing) -> tuple[int, str] | None:
    """The post in which a person may answer for the owner of a recommendation."""
    party = owners_of(operation).get(owner_id)
    seats = [(party.acts_through_id, party.acts_as)] if party else []
    seats += [(owner_id, Role.DESK), (owner_id, Role.LINE_OFFICER)]
    return next(((pk, role) for pk, role in seats if (pk, role) in who.posts), None)


def answers_for(operation: Operation, recommendation: Recommendation, user: Any) -> bool:
    """Whether this person acts for the owner of the recommendation."""
    return (
        rights.seat_for(operation, user, "recommendation-response") is not None
        and answering_seat(operation, recommendation.owner_id, standing(user)) is not None
    )


def may_answer(operation: Operation, recommendation: Recommendation, user: Any) -> bool:
    """Whether a page offers this person to answer the recommendation."""
    return operation.state in ANSWERED_IN and answers_for(operation, recommendation, user)


def recommendation_of(operation: Operation, pk: int) -> Recommendation:
    """A recommendation of this operation's evaluation; another's is not there."""
    found = (
        Recommendation.objects.filter(pk=pk, evaluation__operation=operation).select_related("owner").first()
    )
    if found is None:
        raise Http404
    return found
