"""What the cycle supplies: its kinds of case, what its steps require and bring about, its tabs."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from taawun.cycle import actions, queries, rights
from taawun.cycle.models import CooperationRequest, Operation, TeamFunction, settings_for, still_serving
from taawun.cycle.showing import PARTS
from taawun.cycle.workflow import OPERATION_WORKFLOW, REQUEST_WORKFLOW
from taawun.directory.models import Organisation
from taawun.directory.roles import Role
from taawun.foundation import clock, ports
from taawun.foundation.forms import DateField, StepForm, offer
from taawun.foundation.ports import Obstacle, TaskSpec
from taawun.foundation.steps import Context, Refused
from taawun.kernel.workflow import Transition
from taawun.ui import words

ports.kind(
    slug="request",
    label=gettext_lazy("Cooperation request"),
    model=CooperationRequest,
    visible_to=queries.requests_visible_to,
    url_name="cycle:request",
    workflow=REQUEST_WORKFLOW,
    parts=dict(PARTS),
)
ports.kind(
    slug="operation",
    label=gettext_lazy("Operation"),
    model=Operation,
    visible_to=queries.operations_visible_to,
    url_name="cycle:operation",
    workflow=OPERATION_WORKFLOW,
)

ports.act("request", "begun", label=gettext_lazy("Begin"), done=gettext_lazy("Idea entered"))
ports.act("request", "edited", label=gettext_lazy("Edit"), done=gettext_lazy("Texts edited"))
ports.act("request", "ranked", label=gettext_lazy("Rank"), done=gettext_lazy("Rank changed"))
ports.act(
    "request",
    "opinion",
    label=gettext_lazy("Give the opinion of your ministry"),
    done=gettext_lazy("Opinion given"),
    url=lambda pk, ref: reverse("cycle:opinion", args=[pk, ref]),
    audience="provider",
)
ports.act(
    "request",
    "appraisal-note",
    label=gettext_lazy("Write the appraisal note"),
    done=gettext_lazy("Appraisal note written"),
    url=lambda pk, ref: reverse("cycle:appraisal-note", args=[pk]),
    audience="provider",
)
ports.act("operation", "opened", label=gettext_lazy("Open"), done=gettext_lazy("Operation opened"))
ports.act(
    "operation", "people-named", label=gettext_lazy("Name the people"), done=gettext_lazy("People named")
)
ports.act(
    "operation",
    "component-edited",
    label=gettext_lazy("Edit the component"),
    done=gettext_lazy("Component edited"),
)

ports.panel("operation", "overview", label=gettext_lazy("Cycle"), url_name="cycle:operation", order=0)
ports.panel("operation", "parties", label=gettext_lazy("Parties"), url_name="cycle:parties", order=10)
ports.panel("operation", "people", label=gettext_lazy("People"), url_name="cycle:people", order=70)
ports.panel("operation", "timeline", label=gettext_lazy("Timeline"), url_name="cycle:timeline", order=110)

ports.service("role-names")(lambda: dict(Role.choices))
ports.service("clock-tick")(actions.tick)
ports.service("waived")(queries.waived_in)
ports.service("may-write")(lambda case, user, right: bool(rights.seat_for(case, user, right)))

REQUEST_PARTS = {
    "title": ("idea", gettext_lazy("Enter the title")),
    "sector_id": ("idea", gettext_lazy("Choose the sector")),
    "background": ("background", gettext_lazy("Describe the background")),
    "overall_goal": ("goal", gettext_lazy("State the overall goal")),
    "purpose": ("goal", gettext_lazy("State the project purpose")),
    "site": ("site", gettext_lazy("Name the site")),
    "starts_on": ("site", gettext_lazy("Say when it should begin")),
    "ends_on": ("site", gettext_lazy("Say when it should end")),
    "implementing_id": ("implementing", gettext_lazy("Choose the implementing organisation")),
}


def _part_link(case: CooperationRequest, part: str) -> str:
    return reverse("cycle:request-part", args=[case.pk, part])


@ports.requirement(
    "idea-described", label=gettext_lazy("The need, its source and who was consulted"), right="request-texts"
)
def idea_described(case: CooperationRequest) -> Iterable[Obstacle]:
    missing = {
        "need": _("Describe the need"),
        "source": _("Say where the idea comes from"),
        "consulted": _("Say who was consulted"),
        "priority_area": _("Name the priority area it belongs to"),
    }
    for name, text in missing.items():
        if not getattr(case, name):
            yield Obstacle(
                text, _part_link(case, "idea"), _("Complete the idea"), _("Requesting organisation")
            )


@ports.requirement("request-complete", label=gettext_lazy("The request is complete"), right="request-texts")
def request_complete(case: CooperationRequest) -> Iterable[Obstacle]:
    for name, (part, text) in REQUEST_PARTS.items():
        if not getattr(case, name):
            yield Obstacle(text, _part_link(case, part), _("Complete it"), _("Requesting organisation"))
    outputs = list(case.outputs.all())
    if not outputs:
        yield Obstacle(
            _("Enter at least one output"),
            _part_link(case, "outputs"),
            _("Enter the outputs"),
            _("Requesting organisation"),
        )
    for output in outputs:
        if not output.activity_list():
            yield Obstacle(
                _("Output %(number)s has no activity: add at least one") % {"number": output.number},
                _part_link(case, "outputs"),
                _("Add activities"),
                _("Requesting organisation"),
            )
    sides = {row.side for row in case.inputs.all()}
    for side, sentence in (
        ("partner", _("Enter at least one input of the partner")),
        ("provider", _("Enter at least one input asked of the provider")),
    ):
        if side not in sides:
            yield Obstacle(
                sentence, _part_link(case, "inputs"), _("Enter the inputs"), _("Requesting organisation")
            )


@ports.requirement("round-open", label=gettext_lazy("A request round is open"), right="request-texts")
def round_open(case: CooperationRequest) -> Iterable[Obstacle]:
    link = _part_link(case, "idea")
    if case.round_id is None:
        yield Obstacle(
            _("Choose the round in which you ask"), link, _("Choose the round"), _("Requesting organisation")
        )
    elif case.round and not case.round.opens_on <= clock.today() <= case.round.closes_on:
        yield Obstacle(
            _("The round “%(name)s” is open from %(opens)s to %(closes)s only")
            % {
                "name": case.round.name,
                "opens": words.written(case.round.opens_on, "d MMM y"),
                "closes": words.written(case.round.closes_on, "d MMM y"),
            },
            link,
            _("Choose the round"),
            _("Requesting organisation"),
        )


@ports.requirement("lot-ranked", label=gettext_lazy("Ranks 1 to n without gap"))
def lot_ranked(case: CooperationRequest) -> Iterable[Obstacle]:
    ranks = sorted(
        CooperationRequest.objects.filter(
            coordination_id=case.coordination_id, provider_id=case.provider_id, round=case.round
        )
        .filter(Q(state="retained") | Q(lot__isnull=False))
        .values_list("rank", flat=True),
        key=lambda rank: rank or 0,
    )
    if ranks != list(range(1, len(ranks) + 1)):
        yield Obstacle(
            _("The ranks must run from 1 to %(last)s, each once") % {"last": len(ranks)},
            reverse("cycle:lot", args=[case.pk]),
            _("Rank the list"),
            _("Coordination body"),
        )


@ports.requirement(
    "opinions-in", label=gettext_lazy("Every opinion in, or its deadline passed"), waivable=True
)
def opinions_in(case: CooperationRequest) -> Iterable[Obstacle]:
    for opinion in case.opinions.all():
        if not opinion.given_on and opinion.due_on >= clock.today():
            yield Obstacle(
                _("The opinion of %(ministry)s is not in; its deadline is %(day)s")
                % {"ministry": opinion.organisation.name, "day": words.written(opinion.due_on, "d MMM y")},
                who=opinion.organisation.name,
            )


@ports.requirement(
    "appraisal-note",
    label=gettext_lazy("Appraisal note (internal)"),
    right="appraisal-note",
    waivable=True,
)
def appraisal_note(case: CooperationRequest) -> Iterable[Obstacle]:
    if not hasattr(case, "appraisal_note"):
        yield Obstacle(
            _("The appraisal note is not written"),
            reverse("cycle:appraisal-note", args=[case.pk]),
            _("Write the note"),
            _("Desk officer"),
        )


@ports.requirement(
    "managers-named",
    label=gettext_lazy("Project director and project manager named"),
    right="people",
    waivable=True,
)
def managers_named(case: Operation) -> Iterable[Obstacle]:
    held = set(case.team.filter(still_serving()).values_list("function", flat=True))
    for function in (TeamFunction.DIRECTOR, TeamFunction.MANAGER):
        if function not in held:
            yield Obstacle(
                _("Not named: %(function)s") % {"function": function.label},
                reverse("cycle:people-edit", args=[case.pk]),
                _("Name the people"),
                _("Desk officer or country office"),
            )


@ports.requirement(
    "component-confirmed",
    label=gettext_lazy("First component confirmed: period, place and supplier accepted"),
)
def component_confirmed(case: Operation) -> Iterable[Obstacle]:
    first = case.components.first()
    ready = (
        first
        and first.confirmed_on
        and first.starts_on
        and first.ends_on
        and first.place
        and first.supplier_id
    )
    if not ready:
        link = reverse("cycle:component", args=[case.pk, first.pk]) if first else ""
        yield Obstacle(
            _("The supplier has not accepted the period and place of the first component"),
            link,
            _("Record the acceptance"),
            _("Desk officer or country office"),
        )


ports.effect("rank-last")(actions.rank_last)
ports.effect("ask-opinions")(actions.ask_opinions)
ports.effect("open-operation")(actions.open_operation)
ports.effect("schedule-ex-post")(actions.schedule_ex_post)


@ports.effect("number-request")
def number_request(case: CooperationRequest, ctx: Context) -> None:
    """A request returned and submitted again keeps its number."""
    if not case.code:
        case.code = actions.case_number(case.country_id, "REQ", ctx.acted_on, settings_for(case))
        case.save(update_fields=["code"])


@ports.effect("enter-lot")
def enter_lot(case: CooperationRequest, ctx: Context) -> None:
    if "lot" not in ctx.data:
        raise Refused([_("A request is forwarded with the whole ranked list, under its covering letter.")])
    case.lot, case.forwarded_on = ctx.data["lot"], ctx.acted_on
    case.save(update_fields=["lot", "forwarded_on"])
    ctx.notes.update(rank=case.rank, letter=case.lot.letter_number)


@ports.effect("note-completeness")
def note_completeness(case: CooperationRequest, ctx: Context) -> None:
    ctx.notes["checked"] = sorted(ctx.data.get("checked", ()))


@ports.effect("record-decision")
def record_decision(case: CooperationRequest, ctx: Context) -> None:
    case.adopted_on = ctx.acted_on
    case.save(update_fields=["adopted_on"])


COMPLETENESS = [
    ("form", gettext_lazy("Request form signed by the requesting organisation")),
    ("background", gettext_lazy("Background and place in the national plan")),
    ("outline", gettext_lazy("Overall goal, purpose, outputs and activities")),
    ("inputs", gettext_lazy("Inputs of each side")),
    ("schedule", gettext_lazy("Schedule and site")),
    ("organisation", gettext_lazy("Implementing organisation, its budget and staff")),
]


@ports.step_form("completeness")
class CompletenessForm(StepForm):
    """Each line of the request ticked by the office that receives it."""

    checked = forms.MultipleChoiceField(
        label=gettext_lazy("Found complete"), choices=COMPLETENESS, widget=forms.CheckboxSelectMultiple
    )

    def clean_checked(self) -> list[str]:
        """All lines: an incomplete request is not received."""
        checked = self.cleaned_data["checked"]
        missing = [str(label) for slug, label in COMPLETENESS if slug not in checked]
        if missing:
            raise forms.ValidationError(_("Not yet complete: %(lines)s") % {"lines": "; ".join(missing)})
        return checked


@ports.step_form("consultation")
class ConsultationForm(StepForm):
    """The ministries asked for an opinion, and by when; an agency whose settings name none asks nobody."""

    ministries = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Ministries asked for an opinion"),
        queryset=Organisation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    due_on = DateField(
        label=gettext_lazy("Opinions expected by"),
        required=False,
        help_text=gettext_lazy("Left empty: the provider's usual period."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = queries.usually_consulted(self.case)
        offer(self, "ministries", asked)
        self.fields["ministries"].initial = usual = list(asked)
        self.fields["ministries"].required = "opinions-in" not in self.case.waived
        if not usual:
            del self.fields["ministries"], self.fields["due_on"]
            self.note = _(
                "The settings of %(provider)s name no ministry to ask: nobody's opinion is awaited."
            )
            self.note %= {"provider": self.case.provider.name}

    def clean_due_on(self) -> Any:
        due = self.cleaned_data.get("due_on")
        if due and due <= clock.today():
            raise forms.ValidationError(_("Give a date after today."))
        return due


class ApprovingSeats:
    """Adoption: each seat in the provider's order, only the next one asked; or so many of them as its settings need."""

    def _awaited(self, case: CooperationRequest, step: Transition) -> list[int]:
        given = {c.organisation_id for c in actions.consents_given(case, step.name)}
        seats, needed = case.approving_organisations, settings_for(case).approvals_needed
        left = [pk for pk in seats if pk not in given]
        if needed:
            return left if len(seats) - len(left) < needed else []
        return left[:1]

    def waiting(self, case: CooperationRequest, step: Transition, due: Any) -> Iterable[TaskSpec]:
        for organisation_id in self._awaited(case, step):
            yield TaskSpec(step.name, organisation_id=organisation_id, role=Role.APPROVER, due=due)

    def consent(self, case: CooperationRequest, ctx: Context) -> bool:
        actions.keep_consent(case, ctx)
        return not self._awaited(case, ctx.step)


class PartiesJointly:
    """Confirmation of results: each signing party, in any order."""

    def waiting(self, case: Operation, step: Transition, due: Any) -> Iterable[TaskSpec]:
        given = {c.organisation_id for c in actions.consents_given(case, step.name)}
        for party in case.party_rows:
            if party.signs and party.acts_through_id not in given:
                yield TaskSpec(step.name, organisation_id=party.acts_through_id, role=party.acts_as, due=due)

    def consent(self, case: Operation, ctx: Context) -> bool:
        actions.keep_consent(case, ctx)
        return not list(self.waiting(case, ctx.step, None))


ports.joint("approving-seats", ApprovingSeats())
ports.joint("parties-jointly", PartiesJointly())


@ports.task_source("request")
def review_tasks(case: CooperationRequest) -> Iterable[TaskSpec]:
    """While under review: the opinions asked, and the desk's note."""
    if case.state != "under_review":
        return
    for opinion in case.opinions.all():
        if not opinion.given_on:
            yield TaskSpec(
                "opinion",
                organisation_id=opinion.organisation_id,
                role=Role.OPINION,
                due=opinion.due_on,
                ref=opinion.pk,
            )
    if not hasattr(case, "appraisal_note") and "appraisal-note" not in case.waived:
        yield TaskSpec("appraisal-note", organisation_id=case.provider_id, role=Role.DESK)
