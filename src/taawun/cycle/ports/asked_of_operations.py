"""What the steps of projects and stand-alone activities require."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from taawun.cycle import queries
from taawun.cycle.models import Operation, TeamFunction, still_serving
from taawun.foundation import ports
from taawun.foundation.ports import Obstacle


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
