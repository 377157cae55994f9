"""What every tab of an operation's page shares: the gate, the head, the tabs. Upper rooms call it for theirs."""

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from taawun.cycle.models import Operation
from taawun.cycle.queries import operations_visible_to
from taawun.foundation.ports import registry
from taawun.foundation.standing import standing


def operation_for(user: Any, pk: int) -> Operation:
    """The operation through its gate, with what its head shows."""
    operation = (
        operations_visible_to(user)
        .select_related("provider", "country_office", "coop_request")
        .filter(pk=pk)
        .first()
    )
    if operation is None:
        raise Http404
    return operation


def operation_page(request: HttpRequest, pk: int, tab: str) -> tuple[Operation, dict[str, Any]]:
    """Gate an operation and prepare the context that `cycle/operation_tab.html` needs; the tab adds its own."""
    operation = operation_for(request.user, pk)
    return operation, {"case": operation, "operation": operation, "tabs": tabs_of(operation, request.user, tab), "tab": tab}


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
        if panel.shown(operation, who)
    ]
