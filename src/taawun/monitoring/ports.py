"""What monitoring supplies: its tabs, what the confirmation of results requires, what waits on whom."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from taawun.cycle.deadlines import due, office_of
from taawun.cycle.models import Operation, OperationPart, Party, settings_for
from taawun.directory.references import moves, stays
from taawun.foundation import ports
from taawun.foundation.deadline_rules import DeadlineSpec, deadline_rule, deadline_source
from taawun.foundation.ports import Obstacle, TaskSpec
from taawun.foundation.readable import searchable
from taawun.kernel.periods import add_months
from taawun.monitoring import (  # noqa: F401 (some name what they supply)
    achieved,
    disputes,
    lessons,
    many,
    marks,
    queries,
    texts,
)
from taawun.monitoring.models import CompletionReport, Dispute, Sheet
from taawun.monitoring.showing import sections_of
from taawun.ui import words

ports.panel(
    "operation",
    "sheets",
    label=gettext_lazy("Monitoring"),
    url_name="monitoring:sheets",
    order=60,
    shown=lambda case, standing: case.state in queries.SHOWN_FROM_AGREED,
    workflow="operation",
)
ports.panel(
    "operation",
    "completion",
    label=gettext_lazy("Completion report"),
    url_name="monitoring:completion",
    order=80,
    shown=lambda case, standing: case.state in queries.SHOWN_FROM_COMPLETION,
    workflow="operation",
)

ports.service("figures-disputed")(marks.counted)
ports.service("disputes-told")(marks.told)
ports.service("lesson-source")(lessons.find_source)
ports.service("keep-lesson-source")(lessons.keep_source)
ports.service("source-of-lesson")(lessons.source_of)

ports.act(
    "operation",
    "monitoring-sheet",
    label=gettext_lazy("Fill in and confirm the monitoring sheet"),
    done=gettext_lazy("Monitoring sheet filled in"),
    url=lambda pk, ref: reverse("monitoring:sheets", args=[pk]),
)
ports.act(
    "operation",
    "sheet-opened",
    label=gettext_lazy("Open a sheet"),
    done=gettext_lazy("Monitoring sheet opened"),
)
ports.act(
    "operation",
    "sheet-edited",
    label=gettext_lazy("Edit the sheet"),
    done=gettext_lazy("Monitoring sheet edited"),
)
ports.act(
    "operation",
    "sheet-confirmed",
    label=gettext_lazy("Confirm the sheet"),
    done=gettext_lazy("Monitoring sheet confirmed"),
)
ports.act(
    "operation",
    "values-reported",
    label=gettext_lazy("Report indicator values"),
    done=gettext_lazy("Indicator values reported"),
)
ports.act(
    "operation",
    "completion-report",
    label=gettext_lazy("Write the completion report"),
    done=gettext_lazy("Completion report written"),
)

ports.act(
    "operation",
    "figure-disputed",
    label=gettext_lazy("Dispute a figure"),
    done=gettext_lazy("Figure disputed"),
)
ports.act(
    "operation",
    "dispute-answered",
    label=gettext_lazy("Explain a disputed figure"),
    done=gettext_lazy("Disputed figure explained"),
)
ports.act(
    "operation",
    "dispute-settled",
    label=gettext_lazy("Settle a dispute"),
    done=gettext_lazy("Dispute settled"),
)
ports.act(
    "operation",
    "answer-dispute",
    label=gettext_lazy("Correct or explain a disputed figure"),
    done=gettext_lazy("Disputed figure corrected"),
    url=lambda pk, ref: reverse("monitoring:dispute", args=[pk, ref]),
)
ports.act(
    "operation",
    "settle-dispute",
    label=gettext_lazy("Say whether you accept the figure you disputed"),
    done=gettext_lazy("Dispute settled"),
    url=lambda pk, ref: reverse("monitoring:dispute", args=[pk, ref]),
)

deadline_rule(
    "monitoring-sheet",
    label=gettext_lazy("Monitoring sheet"),
    from_what=gettext_lazy("after the end of the last period"),
    ladder=(30, 7, 0, -7, -30),
    units=("months",),
    column="monitoring_months",
    url=lambda pk, ref: reverse("monitoring:sheets", args=[pk]),
)
for slug, label, column in (
    ("completion-draft", gettext_lazy("Draft of the completion report"), "report_draft_months"),
    ("completion-final", gettext_lazy("Completion report"), "report_final_months"),
):
    deadline_rule(
        slug,
        label=label,
        from_what=gettext_lazy("before the end of the operation"),
        ladder=(30, 7, 0, -7),
        units=("months",),
        column=column,
        back=True,
        url=lambda pk, ref: reverse("cycle:operation", args=[pk]),
    )

BOTH = gettext_lazy("Country office or implementing organisation")


@ports.requirement(
    "last-values", label=gettext_lazy("Every indicator has a last value"), right="sheet", waivable=True
)
def last_values(case: Operation) -> Iterable[Obstacle]:
    """One obstacle for each indicator of the design for which neither side has reported a last value."""
    link = reverse("monitoring:values", args=[case.pk])
    for target in queries.without_last_value(case):
        text = _("Indicator %(code)s has no last value: %(name)s") % {
            "code": target.code,
            "name": target.name,
        }
        yield Obstacle(text, link, _("Report the value"), BOTH)


@ports.requirement(
    "completion-report-ready",
    label=gettext_lazy("The project completion report is ready"),
    right="completion-report",
)
def completion_report_ready(case: Operation) -> Iterable[Obstacle]:
    """One obstacle for each section without a text, and one for planned inputs without what was provided."""
    link = reverse("monitoring:edit-completion", args=[case.pk])
    without = [line for line in queries.input_lines(case) if line.actual is None]
    if without:
        text = _("Say what was provided of each planned input: %(inputs)s") % {
            "inputs": words.parted(line.planned.text for line in without)
        }
        yield Obstacle(text, link, _("Complete the report"), BOTH)
    for section in sections_of(queries.report_of(case)):
        if not section.text.strip():
            text = _("The completion report lacks a section: %(section)s") % {"section": section.label}
            yield Obstacle(text, link, _("Complete the report"), BOTH)


@ports.task_source("operation", workflow="operation")
def sheet_tasks(case: Operation) -> Iterable[TaskSpec]:
    """The next monitoring sheet waits on each signing party that has not confirmed it."""
    awaited = queries.awaited_sheet(case)
    if awaited is None:
        return
    number, day, parties = awaited
    for party in parties:
        yield TaskSpec(
            "monitoring-sheet", organisation_id=party.acts_through_id, role=party.acts_as, due=day, ref=number
        )


@deadline_source("operation", workflow="operation")
def sheet_due(case: Operation) -> Iterable[DeadlineSpec]:
    """The next monitoring sheet, of each signing party that has not confirmed it."""
    awaited = queries.awaited_sheet(case)
    if awaited:
        number, day, parties = awaited
        yield due(case, "monitoring-sheet", day, _seats(parties), ref=number)


@deadline_source("operation", workflow="operation")
def report_due(case: Operation) -> Iterable[DeadlineSpec]:
    """The completion report: its draft until it is begun, its final text until both sides have confirmed."""
    if case.state not in ("in_implementation", "completion_review") or case.ends_on is None:
        return
    seats = [office_of(case), *_seats(p for p in case.party_rows if p.part == OperationPart.IMPLEMENTING)]
    rules = settings_for(case)
    if queries.report_of(case) is None:
        yield due(case, "completion-draft", add_months(case.ends_on, -rules.report_draft_months), seats)
    yield due(case, "completion-final", add_months(case.ends_on, -rules.report_final_months), seats)


def _seats(parties: Iterable[Party]) -> list[tuple[int, str]]:
    return [(party.acts_through_id, str(party.acts_as)) for party in parties]


@ports.requirement("disputes-settled", label=gettext_lazy("No figure of the results is disputed"))
def disputes_settled(case: Operation) -> Iterable[Obstacle]:
    """One obstacle for each open dispute on a last value, an input or a section of the report, whoever confirms."""
    for one in disputes.blocking(case):
        dispute = one.dispute
        told = {
            "figure": one.name,
            "party": dispute.party.organisation.name,
            "day": words.written(dispute.opened_on, "d MMM y"),
        }
        text = _("%(figure)s: disputed by %(party)s since %(day)s") % told
        link = dispute.get_absolute_url()
        yield Obstacle(text, link, _("Open the dispute"), disputes.can_settle(dispute))


@ports.task_source("operation", workflow="operation")
def dispute_tasks(case: Operation) -> Iterable[TaskSpec]:
    """An open dispute waits on those who answer for the figure; then on the party that disputes it."""
    for one in disputes.open_disputes(case):
        act, parties = disputes.waits_on(case, one)
        for party in parties:
            yield TaskSpec(act, organisation_id=party.acts_through_id, role=party.acts_as, ref=one.dispute.pk)


searchable(
    "sheet",
    label=gettext_lazy("Monitoring sheet"),
    model=Sheet,
    visible_to=texts.sheets_visible_to,
    by_cases=True,
    about={"operation": "operation_id"},
)(texts.of_sheets)
searchable(
    "completion-report",
    label=gettext_lazy("Completion report"),
    model=CompletionReport,
    visible_to=texts.reports_visible_to,
    by_cases=True,
    about={"operation": "operation_id"},
)(texts.of_reports)
searchable(
    "dispute",
    label=pgettext_lazy("a disputed figure", "Dispute"),
    model=Dispute,
    visible_to=texts.disputes_visible_to,
    by_cases=True,
    about={"operation": "operation_id"},
)(texts.of_disputes)

moves("monitoring.Reporting", "organisation", what=gettext_lazy("Report on indicators"))
moves("monitoring.IndicatorValue", "organisation", what=gettext_lazy("Value of an indicator"))
stays("monitoring.Sheet", "opened_by")
stays("monitoring.SheetConfirmation", "by")
stays("monitoring.IndicatorValue", "entered_by")
stays("monitoring.CompletionReport", "written_by")
stays("monitoring.Dispute", "opened_by", "answered_by", "settled_by")
