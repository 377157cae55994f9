"""The letter that sends an expert on mission: who goes where, for whom, when, to do what."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _, pgettext

from taawun.cycle.actions import BEFORE_THE_SIGNATURE
from taawun.cycle.models import Operation, OperationPart, TeamFunction, TeamMember
from taawun.cycle.pages import operation_for
from taawun.cycle.papers import of_operation, paper_languages
from taawun.cycle.word_fields import mission_fields, with_fields
from taawun.foundation.requests import SignedRequest
from taawun.papers.answering import paper_answer, paper_methods
from taawun.reference.names import code_name
from taawun.ui import words

SENT = (TeamFunction.EXPERT, TeamFunction.CHIEF_ADVISOR)


def has_letter(operation: Operation, member: TeamMember) -> bool:
    """Whether an expert of an operation is sent by letter: once the cooperation is agreed."""
    return member.function in SENT and operation.state not in BEFORE_THE_SIGNATURE


@login_required
@paper_methods
def mission_letter(request: SignedRequest, pk: int, ref: int) -> HttpResponse:
    """The mission letter of one expert, to print on A4 or to make a document of."""
    operation = operation_for(request.user, pk)
    member = operation.team.select_related("person", "organisation").filter(pk=ref).first()
    if member is None or not has_letter(operation, member):
        raise Http404
    return paper_answer(
        request,
        "cycle/mission_letter.html",
        of_operation(operation, "mission-letter"),
        lambda language: with_fields(
            letter(operation, member, language), lambda: mission_fields(operation, member)
        ),
        paper_languages(operation.language),
    )


def letter(operation: Operation, member: TeamMember, language: str) -> dict[str, Any]:
    """What the letter says, in a language; the titles and fields keep theirs."""
    hosts = [p.organisation for p in operation.party_rows if p.part == OperationPart.IMPLEMENTING]
    with translation.override(language):
        return {
            "paper": {
                "language": language,
                "title": _("Mission letter"),
                "number": f"{operation.code}-M{member.pk}",
            },
            "letterhead": [operation.provider.name, operation.country_office.name],
            "parties": [
                (pgettext("addressee", "To"), words.listed(host.name for host in hosts), _country(operation)),
                (_("Expert"), member.person.name, member.organisation.name),
            ],
            "operation": operation,
            "member": member,
            "period": words.period(member.held_from, member.held_to or operation.ends_on),
            "signatures": [{"side": operation.provider.name}],
            "is_example": operation.is_example,
            "back": reverse("cycle:people", args=[operation.pk]),
        }


def _country(operation: Operation) -> str:
    return code_name(operation.country_id)
