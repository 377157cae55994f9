"""Who may evaluate an operation: of which type the evaluation may be, and who is independent enough for it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from taawun.cycle.models import ExPostType, Operation, TeamFunction, TeamMember, settings_for
from taawun.cycle.queries import ceiling_in
from taawun.directory.models import Post
from taawun.directory.queries import posts_held_on
from taawun.directory.roles import Role
from taawun.evaluation.models import Evaluation, EvaluationType
from taawun.foundation import clock
from taawun.foundation.models import AuditEvent

EXTERNAL, INTERNAL = EvaluationType.EXTERNAL, EvaluationType.INTERNAL


@dataclass(frozen=True)
class TypeRule:
    """Which types an evaluation may be of, by whose decision, and whether an internal one is reasoned."""

    allowed: tuple[str, ...]
    why: str
    reasoned: bool = False


def type_rule(operation: Operation) -> TypeRule:
    """By the settings of the provider the operation began under: one type, by the amount, or the desk's decision.

    What cannot be compared (a component without a ceiling, another currency) is taken to be above the limit.
    """
    rules = settings_for(operation)
    if rules.ex_post_type == ExPostType.EXTERNAL:
        return TypeRule((EXTERNAL,), _("The provider's settings ask for an external evaluation."))
    if rules.ex_post_type == ExPostType.INTERNAL:
        return TypeRule((INTERNAL,), _("The provider's settings ask for an internal evaluation."))
    if rules.ex_post_type == ExPostType.AMOUNT:
        amount = ceiling_in(operation, rules.ex_post_currency_id)
        if amount is None or amount >= (rules.ex_post_external_from or 0):
            return TypeRule(
                (EXTERNAL,), _("From this amount on, the provider's settings ask for an external evaluation.")
            )
        return TypeRule(
            (EXTERNAL, INTERNAL), _("Below the provider's limit the evaluation may be internal or external.")
        )
    return TypeRule(
        (EXTERNAL, INTERNAL), _("The desk decides; where it is internal, say why."), reasoned=True
    )


@dataclass(frozen=True)
class Candidate:
    """Somebody who evaluates, for an organisation, and what stands against it for this operation."""

    post: Post
    ties: list[str]

    @property
    def independent(self) -> bool:
        return not self.ties


def candidates(operation: Operation, sort: str) -> list[Candidate]:
    """Everybody who may be asked today, with their ties to the operation: four SQL statements.

    Those who hold the post of an evaluator; for an internal evaluation the people of the country office too.
    """
    asked = Q(role=Role.EVALUATOR)
    if sort == INTERNAL:
        asked |= Q(role=Role.COUNTRY_OFFICE, organisation_id=operation.country_office_id)
    posts = posts_held_on(clock.today()).filter(asked).select_related("person", "organisation")
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
        # What was done under the account of one merged into another, that other did.
        people = acts.values_list("actor__person__pk", "actor__person__merged_into")
        self.actors = {merged or person for person, merged in people}
        rows = operation.party_rows
        self.parties = {p.organisation_id for p in rows} | {p.acts_through_id for p in rows}
        self.parties |= {operation.provider_id, operation.country_office_id}
        self.office = operation.country_office_id
        self.provider_side = {operation.provider_id, self.office}

    def of(self, post: Post, sort: str) -> list[str]:
        """Why this post holder may not evaluate; nothing for who may."""
        return list(self._of(post, sort))

    def _of(self, post: Post, sort: str) -> Iterable[str]:
        name = {
            "person": post.person.name,
            "organisation": post.organisation.name,
            "function": self.functions.get(post.person_id, ""),
        }
        # An internal evaluation is the country office's own work, also by who served on the operation; and is told so.
        own = sort == INTERNAL and post.organisation_id == self.office
        if name["function"] and not own:
            yield _("%(person)s held a post on this operation: %(function)s.") % name
        if sort == INTERNAL:
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


def served_as(evaluation: Evaluation) -> list[str]:
    """The functions the evaluator held on the operation, where the evaluation is internal and they may have."""
    member = evaluation.evaluator
    rows = TeamMember.objects.filter(operation_id=evaluation.operation_id, person_id=member.person_id)
    held = rows.exclude(function=TeamFunction.EVALUATOR).order_by("held_from", "pk")
    return list(dict.fromkeys(str(row.get_function_display()) for row in held))
