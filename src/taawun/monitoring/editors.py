"""The editing pages of monitoring, each a `FormPage`: draft, conflict and double submit come from there."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from taawun.cycle.models import Operation, Party
from taawun.foundation import clock
from taawun.foundation.bundle import Bundle
from taawun.foundation.pages import FormPage
from taawun.foundation.requests import SignedRequest
from taawun.monitoring import actions, forms, queries
from taawun.monitoring.models import CompletionReport, IndicatorValue, Sheet
from taawun.monitoring.showing import others_of, prefilled_report
from taawun.ui import words


def new_sheet_page(
    request: SignedRequest, operation: Operation, party: Party, context: dict[str, Any]
) -> HttpResponse:
    """The next sheet: its period follows from the last one, its plan lines from the plan."""
    actor: Any = request.user
    start, end = queries.next_period(operation)
    sheet = Sheet(operation=operation, period_from=start, period_to=end)
    page = FormPage(
        case=operation,
        part="sheet-new",
        title=_("New monitoring sheet"),
        version=0,
        build=lambda data, files: _sheet_bundle(operation, party, sheet, data),
        save=lambda bundle, base: actions.open_sheet(operation, actor=actor, **_sheet_answer(bundle)),
        done=reverse("monitoring:sheets", args=[operation.pk]),
        template="monitoring/sheet_form.html",
        shut=queries.is_shut(operation, "sheet"),
        extra=_sheet_extra(operation, party, sheet, context),
    )
    return page.answer(request)


def edit_sheet_page(
    request: SignedRequest, operation: Operation, party: Party, sheet: Sheet, context: dict[str, Any]
) -> HttpResponse:
    """One side's texts and values of a sheet; the other side's values stand beside."""
    actor: Any = request.user
    sheet.operation = operation
    page = FormPage(
        case=operation,
        part=f"sheet-{sheet.number}",
        title=str(sheet),
        version=sheet.version,
        build=lambda data, files: _sheet_bundle(operation, party, sheet, data),
        save=lambda bundle, base: actions.save_sheet(
            sheet, actor=actor, base_version=base, **_sheet_answer(bundle)
        ),
        done=reverse("monitoring:sheet", args=[operation.pk, sheet.number]),
        template="monitoring/sheet_form.html",
        shut=queries.is_shut(operation, "sheet"),
        extra=_sheet_extra(operation, party, sheet, context),
    )
    return page.answer(request)


def _sheet_bundle(operation: Operation, party: Party, sheet: Sheet, data: Any) -> Bundle:
    held = queries.own_values(operation, party.organisation_id, sheet) if sheet.pk else {}
    form = forms.SheetForm(
        data,
        instance=sheet,
        party=party,
        initial={
            "as_of": _measured_on(held, min(sheet.period_to, clock.today())),
            "actions": queries.own_actions(sheet, party) if sheet.pk else "",
        },
    )
    rows = forms.ValueRows(data, targets=queries.targets_of_sheet(operation, sheet), held=held)
    others_of(operation, party, sheet).tell(rows)
    return Bundle(form, [rows])


def _measured_on(held: dict[int, IndicatorValue], otherwise: date) -> date:
    return max((row.as_of for row in held.values()), default=otherwise)


def _sheet_answer(bundle: Bundle) -> dict[str, Any]:
    return {
        "values": bundle.form.values(),
        "figures": bundle.rows[0].figures(),
        "as_of": bundle.form.cleaned_data["as_of"],
    }


def _sheet_extra(operation: Operation, party: Party, sheet: Sheet, context: dict[str, Any]) -> dict[str, Any]:
    return {
        "crumbs": context["crumbs"],
        "text_language": operation.language,
        "party": party,
        "sheet": sheet,
        "state": queries.state_of(operation, sheet) if sheet.pk else None,
        "told": [
            (other, text)
            for other, text in (queries.actions_of(operation, sheet) if sheet.pk else ())
            if text and other.pk != party.pk
        ],
        "plan_lines": queries.plan_lines_in(operation, sheet.period_from, sheet.period_to),
    }


def values_page(
    request: SignedRequest, operation: Operation, party: Party, context: dict[str, Any]
) -> HttpResponse:
    """One side's values outside the sheets: the last values, above all."""
    actor: Any = request.user
    today = clock.today()
    held = queries.own_values_on(operation, party.organisation_id, today)
    reporting = queries.reporting_of(operation, party.organisation_id)

    def build(data: Any, files: Any) -> Bundle:
        rows = forms.ValueRows(data, targets=queries.targets_of(operation), held=held)
        others_of(operation, party, None).tell(rows)
        return Bundle(forms.AsOfForm(data, initial={"as_of": today}), [rows])

    page = FormPage(
        case=operation,
        part=f"values-{party.organisation_id}",
        title=_("Report indicator values"),
        version=reporting.version if reporting else 0,
        build=build,
        save=lambda bundle, base: actions.report_values(
            operation,
            figures=bundle.rows[0].figures(),
            as_of=bundle.form.cleaned_data["as_of"],
            actor=actor,
            base_version=base,
        ),
        done=reverse("monitoring:sheets", args=[operation.pk]),
        template="monitoring/values_form.html",
        shut=queries.is_shut(operation, "sheet"),
        extra={
            "crumbs": context["crumbs"],
            "text_language": operation.language,
            "party": party,
            "since": words.written(queries.last_values_since(operation), "d MMMM y"),
        },
    )
    return page.answer(request)


def completion_page(
    request: SignedRequest, operation: Operation, report: CompletionReport | None, context: dict[str, Any]
) -> HttpResponse:
    """The completion report: opened with what the plan, the design and the sheets say already."""
    actor: Any = request.user
    lines = queries.input_lines(operation)
    held = report or prefilled_report(operation, lines)

    def build(data: Any, files: Any) -> Bundle:
        form = forms.CompletionForm(data, instance=held)
        return Bundle(form, [forms.ProvidedRows(data, lines=lines)])

    page = FormPage(
        case=operation,
        part="completion-report",
        title=_("Project completion report"),
        version=report.version if report else 0,
        build=build,
        save=lambda bundle, base: actions.save_completion_report(
            operation,
            values={name: bundle.form.cleaned_data[name] for name in bundle.form.fields},
            provided=bundle.rows[0].provided(),
            actor=actor,
            base_version=base,
        ),
        done=reverse("monitoring:completion", args=[operation.pk]),
        template="monitoring/completion_form.html",
        shut=queries.is_shut(operation, "completion-report"),
        extra={"crumbs": context["crumbs"], "text_language": operation.language, "begun": report is not None},
    )
    return page.answer(request)
