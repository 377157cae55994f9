"""What the pages of a case share: the gate, the head, the tabs. Upper rooms call it for theirs."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from taawun.cycle import rights
from taawun.cycle.models import CooperationRequest, Operation, Opinion
from taawun.cycle.queries import operations_visible_to, requests_visible_to
from taawun.cycle.tones import tone_of
from taawun.foundation.ports import registry
from taawun.foundation.requests import SignedRequest, there
from taawun.foundation.standing import standing
from taawun.reference.names import code_name

OPINIONS = Prefetch("opinions", Opinion.objects.select_related("organisation"))


def _flagged(rows: Any, kind: str) -> Any:
    """Cases that know, without a question to the database of its own, whether questions are open on them."""
    flag = registry.services.get("questions-open")
    return rows.annotate(questions_open=flag(kind)) if flag else rows


def _counted(rows: Any) -> Any:
    """Operations that know how many of their figures are disputed, and whether they came from a publication.

    From above, by the services `figures-disputed` and `came-from-a-publication`.
    """
    number = registry.services.get("figures-disputed")
    rows = rows.annotate(figures_disputed=number()) if number else rows
    published = registry.services.get("came-from-a-publication")
    return rows.annotate(is_published=published()) if published else rows


def operation_for(user: Any, pk: int) -> Operation:
    """The operation through its gate, with what its head shows."""
    operation = there(
        _counted(_flagged(operations_visible_to(user), "operation"))
        .select_related("provider", "country_office", "coop_request", "settings")
        .filter(pk=pk)
        .first()
    )
    return operation


def request_for(user: Any, pk: int) -> CooperationRequest:
    """The request through its gate, with what its head shows."""
    coop_request = there(
        _flagged(requests_visible_to(user), "request")
        .select_related(
            "requesting", "coordination", "provider", "country_office", "round", "operation", "lot"
        )
        .select_related("implementing", "appraisal_note", "decision", "resubmits", "resubmitted")
        .select_related("settings")
        .prefetch_related("outputs", "inputs", OPINIONS)
        .filter(pk=pk)
        .first()
    )
    return coop_request


def operation_page(request: SignedRequest, pk: int, tab: str) -> tuple[Operation, dict[str, Any]]:
    """Gate an operation and prepare the context that `cycle/operation_tab.html` needs; the tab adds its own."""
    operation = operation_for(request.user, pk)
    if not all(p.suits(operation) for p in registry.kinds["operation"].panels if p.slug == tab):
        raise Http404
    return operation, {
        **head_of(operation),
        "operation": operation,
        "tab": tab,
        "tabs": tabs_of(operation, request.user, tab),
        "tabs_label": _("Sections of the operation"),
        "questions_here": questions_here(operation, request.user, tab),
        "crumbs": [
            (reverse("cycle:operations"), _("Operations")),
            (
                f"{reverse('cycle:operations')}?country={operation.country_id}",
                code_name(operation.country_id),
            ),
            ("", operation.code),
        ],
    }


def operation_form(request: SignedRequest, pk: int, tab: str, right: str) -> tuple[Operation, dict[str, Any]]:
    """The same, for those alone who may write this on it (403)."""
    operation, context = operation_page(request, pk, tab)
    only_who_may(operation, request.user, right)
    return operation, context


def only_who_may(case: Any, user: Any, right: str) -> None:
    """A page on which somebody writes is theirs alone (403); the act asks again."""
    if rights.seat_for(case, user, right) is None:
        raise PermissionDenied


def request_page(request: SignedRequest, pk: int) -> tuple[CooperationRequest, dict[str, Any]]:
    """Gate a request and prepare what the head of each of its pages shows."""
    coop_request = request_for(request.user, pk)
    return coop_request, {
        **head_of(coop_request),
        "coop_request": coop_request,
        "crumbs": [(reverse("cycle:requests"), _("Requests")), ("", coop_request.code or coop_request.title)],
    }


def questions_here(case: Any, user: Any, part: str = "") -> Callable[[], list[dict[str, Any]]]:
    """The questions open on a part of a case (of all of it): read where a page shows them, and where there are any.

    From above, by the services `questions-open` and `questions-here`.
    """
    asked = registry.services.get("questions-here")
    return lambda: asked(case, user, part) if asked and case.questions_open else []


def head_of(case: Any) -> dict[str, Any]:
    """Number, kind, title with its language, state: the head of a case's page."""
    return {
        "case": case,
        "code": case.case_code(),
        "kind_label": code_name(case.modality_id),
        "title": case.case_title(),
        "language": case.case_language(),
        "is_example": case.is_example,
        "state_label": case.state_label,
        "state_tone": tone_of(case.state),
        "marks": [_("Taken over")] if getattr(case, "taken_over_on", None) else [],
        "disputes_told": _disputes_told(case),
    }


def _disputes_told(case: Any) -> tuple[str, str] | None:
    """That figures of an operation are disputed, and where one reads which."""
    told = registry.services.get("disputes-told")
    return told(case) if told and hasattr(case, "figures_disputed") else None


def tabs_of(operation: Operation, user: Any, current: str) -> list[dict[str, Any]]:
    """The tabs of an operation, each at its own address."""
    who = standing(user)
    return [
        {
            "label": panel.label,
            "url": reverse(panel.url_name, args=[operation.pk]),
            "current": panel.slug == current,
        }
        for panel in sorted(registry.kinds["operation"].panels, key=lambda p: p.order)
        if panel.suits(operation) and panel.shown(operation, who)
    ]
