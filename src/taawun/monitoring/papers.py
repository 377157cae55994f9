"""The papers of monitoring, each in the language it is asked in; the operation's texts keep theirs."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _, override

from taawun.cycle.actions import consents_given
from taawun.cycle.models import Operation
from taawun.directory.queries import name_of_user, names_of_users
from taawun.monitoring import queries, showing
from taawun.monitoring.models import Sheet


def _common(
    operation: Operation, title: str, number: str, day: Any, back: str, language: str
) -> dict[str, Any]:
    return {
        "operation": operation,
        "is_example": operation.is_example,
        "paper": {"language": language, "title": title, "number": number, "date": day},
        "letterhead": [party.organisation.name for party in queries.signing_parties(operation)],
        "parties": [(_("Operation"), operation.title, operation.code)],
        "sides": queries.reporters(operation),
        "back": back,
    }


def sheet_paper(operation: Operation, sheet: Sheet, language: str) -> dict[str, Any]:
    """A monitoring sheet as it goes to the country office: signed by those who confirmed it."""
    with override(language):
        state = queries.state_of(operation, sheet)
        back = reverse("monitoring:sheet", args=[operation.pk, sheet.number])
        return _common(operation, str(sheet), f"{operation.code}-{sheet.number}", None, back, language) | {
            "sheet": sheet,
            "rows": showing.sheet_table(operation, sheet),
            "told": queries.actions_of(operation, sheet),
            "plan_lines": queries.plan_lines_in(operation, sheet.period_from, sheet.period_to),
            "signatures": [
                *(
                    {
                        "side": c.party.organisation.name,
                        "name": name_of_user(c.by),
                        "date": c.confirmed_on,
                        "signed": True,
                    }
                    for c in state.confirmed
                ),
                *({"side": party.organisation.name} for party in state.open),
            ],
        }


def completion_paper(operation: Operation, language: str) -> dict[str, Any]:
    """The completion report with the parties' confirmation of the results."""
    with override(language):
        report = queries.report_of(operation)
        given = {c.organisation_id: c for c in consents_given(operation, "confirm-results")}
        names = names_of_users(c.given_by_id for c in given.values())
        day = operation.completed_on or (report.written_at.date() if report else None)
        back = reverse("monitoring:completion", args=[operation.pk])
        title = _("Project completion report")
        return _common(operation, title, operation.code, day, back, language) | {
            "report": report,
            "sections": showing.sections_of(report),
            "inputs": queries.input_lines(operation),
            "rows": showing.indicator_table(operation),
            "signatures": [
                _signature(party, given.get(party.acts_through_id), names)
                for party in queries.signing_parties(operation)
            ],
        }


def _signature(party: Any, consent: Any, names: dict[int, str]) -> dict[str, Any]:
    if consent is None:
        return {"side": party.organisation.name}
    return {
        "side": party.organisation.name,
        "name": names.get(consent.given_by_id) or str(consent.given_by or ""),
        "date": consent.acted_on,
        "signed": True,
    }
