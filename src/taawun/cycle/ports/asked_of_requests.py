"""What the steps of a request require."""

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from taawun.cycle.models import CooperationRequest
from taawun.foundation import clock, ports
from taawun.foundation.ports import Obstacle
from taawun.ui import words

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
