"""What the cycle supplies: its kinds of case, what its steps require and bring about, its tabs."""

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from taawun.batches.definitions import define
from taawun.cycle import actions, merging, queries, rights
from taawun.cycle.handing import SOURCE, Team
from taawun.cycle.joints import ApprovingSeats, PartiesJointly
from taawun.cycle.models import CooperationRequest, Operation, TeamFunction, settings_for, still_serving
from taawun.cycle.showing import PARTS
from taawun.cycle.step_forms import (
    CompletenessForm,
    ConsultationForm,
    DecisionForm,
    FollowUpForm,
    IncompletenessForm,
)
from taawun.cycle.takeover_sheet import TAKE_OVER
from taawun.cycle.workflow import ACTIVITY_WORKFLOW, OPERATION_WORKFLOW, REQUEST_WORKFLOW
from taawun.directory.handing import hands_over
from taawun.directory.roles import Role
from taawun.foundation import clock, ports
from taawun.foundation.ports import Obstacle, TaskSpec
from taawun.foundation.steps import Context, Refused
from taawun.foundation.taking_back import Back
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
    others=(ACTIVITY_WORKFLOW,),
)

hands_over(SOURCE, Team())
ports.act(
    "operation",
    "function-handed-over",
    label=gettext_lazy("Hand over"),
    done=gettext_lazy("Function handed over to a successor"),
)
ports.act("request", "begun", label=gettext_lazy("Begin"), done=gettext_lazy("Idea entered"))
ports.act(
    "request",
    "begun-again",
    label=gettext_lazy("Begin again"),
    done=gettext_lazy("Prepared from a deferred request"),
)
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
ports.act(
    "operation",
    "take-over-undone",
    label=gettext_lazy("Undo the take-over"),
    done=gettext_lazy("Take-over undone"),
)
ports.act("operation", "opened", label=gettext_lazy("Open"), done=gettext_lazy("Operation opened"))
ports.act(
    "operation", "parties-named", label=gettext_lazy("Edit the parties"), done=gettext_lazy("Parties named")
)
ports.act(
    "operation", "people-named", label=gettext_lazy("Name the people"), done=gettext_lazy("People named")
)
ports.act(
    "operation",
    "component-edited",
    label=gettext_lazy("Edit the component"),
    done=gettext_lazy("Component edited"),
)

ports.act(
    "operation",
    "activity-report-written",
    label=gettext_lazy("Write the report"),
    done=gettext_lazy("Report written"),
    url=lambda pk, ref: reverse("cycle:activity-report-edit", args=[pk]),
)

ports.panel("operation", "overview", label=gettext_lazy("Cycle"), url_name="cycle:operation", order=0)
ports.panel("operation", "parties", label=gettext_lazy("Parties"), url_name="cycle:parties", order=10)
ports.panel(
    "operation",
    "report",
    label=gettext_lazy("Report"),
    url_name="cycle:activity-report",
    order=60,
    workflow="activity",
    shown=lambda case, who: case.state in ("in_implementation", "reported", "closed"),
)
ports.panel("operation", "people", label=gettext_lazy("People"), url_name="cycle:people", order=70)
ports.panel("operation", "timeline", label=gettext_lazy("Timeline"), url_name="cycle:timeline", order=110)

define(TAKE_OVER)

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


@ports.requirement(
    "round-open",
    label=gettext_lazy("A request round is open, or the reason to ask out of round"),
    right="request-texts",
)
def round_open(case: CooperationRequest) -> Iterable[Obstacle]:
    link = _part_link(case, "idea")
    if case.round_id is None and case.out_of_round_reason.strip():
        return
    if case.round_id is None:
        yield Obstacle(
            _("Choose the round in which you ask, or say why it is asked out of round"),
            link,
            _("Choose the round"),
            _("Requesting organisation"),
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
ports.undo("rank-last")(actions.leave_rank)
ports.undo("ask-opinions")(actions.unask_opinions)
ports.undo("schedule-ex-post")(actions.unschedule_ex_post)
ports.effect("keep-decision")(actions.keep_decision)
ports.undo("keep-decision")(actions.forget_decision)
ports.effect("resubmit")(actions.resubmit)
ports.undo("resubmit")(actions.undo_resubmit)
ports.effect("open-follow-up")(actions.open_follow_up)
ports.no_undo("open-follow-up")  # an operation of its own: it is cancelled, not undone
ports.step_form("incompleteness")(IncompletenessForm)
ports.step_form("decision")(DecisionForm)
ports.step_form("follow-up")(FollowUpForm)
ports.file_gate(actions.BASIS_GATE)(queries.operation_seen)
ports.file_gate(actions.REPORT_GATE)(queries.operation_seen)
ports.undo("enter-lot")(actions.leave_lot)
ports.no_undo("open-operation")  # the notes are exchanged: two governments rely on them


@ports.effect("number-request")
def number_request(case: CooperationRequest, ctx: Context) -> None:
    """A request returned and submitted again keeps its number."""
    if not case.code:
        case.code = actions.case_number(case.country_id, "REQ", ctx.acted_on, settings_for(case))
        case.save(update_fields=["code"])


@ports.undo("number-request")
def keep_number(case: CooperationRequest, back: Back) -> None:
    """A number once given stays the request's: it may stand on paper already."""


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


@ports.undo("note-completeness")
def keep_note(case: CooperationRequest, back: Back) -> None:
    """What was found complete stands in the record alone."""


@ports.effect("record-decision")
def record_decision(case: CooperationRequest, ctx: Context) -> None:
    case.adopted_on = ctx.acted_on
    case.save(update_fields=["adopted_on"])


@ports.undo("record-decision")
def forget_decision(case: CooperationRequest, back: Back) -> None:
    case.adopted_on = None
    case.save(update_fields=["adopted_on"])


ports.step_form("completeness")(CompletenessForm)
ports.step_form("consultation")(ConsultationForm)
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


# ── What only some cases know ──


@ports.condition("rank-kept")
def rank_kept(case: CooperationRequest) -> bool:
    """The provider returned it as incomplete: its place in the forwarded list stays."""
    return case.lot_id is not None


@ports.condition("not-resubmitted")
def not_resubmitted(case: CooperationRequest) -> bool:
    """A deferred request is submitted again once."""
    return not CooperationRequest.objects.filter(resubmits=case).exists()


@ports.condition("review-before-its-date")
def review_before_its_date(case: Operation) -> bool:
    """The completion review is open although its date has not come: opened early, or the end was put off since."""
    opens_on = case.review_opens_on
    return opens_on is not None and opens_on > clock.today()


@ports.effect("void-confirmations")
def void_confirmations(case: Operation, ctx: Context) -> None:
    """Who confirmed the results confirmed those of a period that goes on."""
    actions.void_consents(case, "confirm-results")


@ports.undo("void-confirmations")
def keep_confirmations_void(case: Operation, back: Back) -> None:
    """Each party confirms anew."""


@ports.effect("note-incompleteness")
def note_incompleteness(case: CooperationRequest, ctx: Context) -> None:
    """What the office found missing is told with the reason."""
    ctx.notes["missing"] = sorted(ctx.data.get("missing", ()))


@ports.undo("note-incompleteness")
def keep_note_of_incompleteness(case: CooperationRequest, back: Back) -> None:
    """What was found missing stands in the record alone."""


@ports.requirement(
    "below-threshold", label=gettext_lazy("The provider's settings ask no ex-post evaluation of it")
)
def below_threshold(case: Operation) -> Iterable[Obstacle]:
    """Its agency evaluates none, or its ceiling lies below the threshold of the settings."""
    if queries.ex_post_asked(case):
        yield Obstacle(
            _("The settings of its provider ask an ex-post evaluation of an operation of this size"),
            who=_("Administrator of the agency"),
        )


@ports.requirement("basis-recorded", label=gettext_lazy("The decision: number, date and paper"))
def basis_recorded(case: Operation) -> Iterable[Obstacle]:
    """Notes exchanged, a commission's line or a letter."""
    if not (case.basis and case.basis_number and case.basis_on):
        yield Obstacle(_("The decision on which it rests is not recorded"), who=_("Desk officer"))


@ports.requirement(
    "people-named", label=gettext_lazy("The people who carry it out are named"), right="people"
)
def people_named(case: Operation) -> Iterable[Obstacle]:
    """At least one person."""
    if not case.team.filter(still_serving()).exists():
        yield Obstacle(
            _("Nobody is named who carries it out"),
            reverse("cycle:people-edit", args=[case.pk]),
            _("Name the people"),
            _("Desk officer or country office"),
        )


@ports.requirement(
    "activity-report-written", label=gettext_lazy("The report is written"), right="activity-report"
)
def activity_report_written(case: Operation) -> Iterable[Obstacle]:
    """What was done, in words or as a scan."""
    if not hasattr(case, "activity_report"):
        yield Obstacle(
            _("The report is not written"),
            reverse("cycle:activity-report-edit", args=[case.pk]),
            _("Write the report"),
            _("Those who carried it out, or the country office"),
        )


@ports.task_source("operation", workflow="activity")
def activity_tasks(case: Operation) -> Iterable[TaskSpec]:
    """While it is carried out its report waits on the office, and on the people who carry it out."""
    if case.state != "in_implementation" or hasattr(case, "activity_report"):
        return
    yield TaskSpec(
        "activity-report-written",
        organisation_id=case.country_office_id,
        role=Role.COUNTRY_OFFICE if case.country_office_id != case.provider_id else Role.DESK,
        due=case.ends_on,
    )
    for person_id in case.seat_people()["serving"]:
        yield TaskSpec("activity-report-written", person_id=person_id, due=case.ends_on)


merging.declare()
