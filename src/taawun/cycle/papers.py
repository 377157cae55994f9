"""The request's papers: what a template needs to print them on A4, in the paper's language."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _, pgettext

from taawun.cycle.models import LANGUAGES, CooperationRequest, Lot, Operation
from taawun.papers.making import Paper
from taawun.reference.names import code_name


def paper_languages(own: str) -> list[str]:
    """The languages a paper is made in: the case's own first."""
    return sorted(dict(LANGUAGES), key=lambda code: code != own)


def of_request(coop_request: CooperationRequest, kind: str, gate: str = "request") -> Paper:
    """What a paper of a request is, for the document that is made of it."""
    code = coop_request.code or ""
    return Paper(kind, gate, coop_request.pk, code, coop_request.is_example, coop_request.provider_id)


def of_operation(operation: Operation, kind: str, gate: str = "operation") -> Paper:
    """What a paper of an operation is, for the document that is made of it."""
    return Paper(kind, gate, operation.pk, operation.code, operation.is_example, operation.provider_id)


def request_form(coop_request: CooperationRequest, language: str) -> dict[str, Any]:
    """The application form for technical cooperation (domain.md §1.1, sheet 2-1)."""
    with translation.override(language):
        country = code_name(coop_request.country_id)
        return {
            "paper": {
                "language": language,
                "title": _("Request for technical cooperation"),
                "number": coop_request.code or "",
                "date": coop_request.state_since.date(),
            },
            "letterhead": [_("Government: %(country)s") % {"country": country}, coop_request.requesting.name],
            "parties": [
                (_("Applicant"), coop_request.requesting.name, country),
                (_("Through"), coop_request.coordination.name, ""),
                (pgettext("addressee", "To"), coop_request.provider.name, coop_request.country_office.name),
            ],
            "signatures": [
                {"side": coop_request.requesting.name},
                {"side": coop_request.coordination.name},
            ],
            "modality": code_name(coop_request.modality_id),
            "sector": code_name(coop_request.sector_id) if coop_request.sector_id else "",
        }


def covering_letter(lot: Lot, requests: list[CooperationRequest], language: str) -> dict[str, Any]:
    """The letter that forwards a ranked list to the provider."""
    with translation.override(language):
        return {
            "paper": {
                "language": language,
                "title": _("Requests for technical cooperation, in order of priority"),
                "number": lot.letter_number,
                "date": lot.letter_date,
            },
            "letterhead": [lot.coordination.name, code_name(lot.coordination.country_id)],
            "parties": [(pgettext("addressee", "To"), lot.provider.name, requests[0].country_office.name)],
            "signatures": [{"side": lot.coordination.name}],
            "is_example": any(r.is_example for r in requests),
        }
