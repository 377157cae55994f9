"""How requests and operations are shown: the chain, the facts, the parts with what each still lacks."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from taawun.batches.queries import batches_visible_to, row_behind
from taawun.cycle import parties
from taawun.cycle.models import CooperationRequest, Operation, OperationPart, settings_for
from taawun.cycle.past import not_checked
from taawun.cycle.queries import operations_visible_to, requests_visible_to
from taawun.foundation import clock
from taawun.foundation.ports import registry
from taawun.foundation.standing import standing
from taawun.kernel.periods import add_months
from taawun.reference.names import code_name
from taawun.ui import words
from taawun.ui.nav import country_address

PARTS: list[tuple[str, Any]] = [
    ("idea", gettext_lazy("Who asks, and why")),
    ("background", gettext_lazy("Background")),
    ("goal", gettext_lazy("Overall goal and purpose")),
    ("outputs", gettext_lazy("Outputs and activities")),
    ("site", gettext_lazy("Site and schedule")),
    ("inputs", gettext_lazy("Inputs of both sides")),
    ("implementing", gettext_lazy("Implementing organisation")),
]

CHAIN: list[tuple[Any, str, tuple[str, ...]]] = [
    (gettext_lazy("Idea and draft"), "requesting", ("idea", "draft", "dropped", "withdrawn")),
    (gettext_lazy("Submitted"), "coordination", ("submitted", "not_retained")),
    (gettext_lazy("Ranked and forwarded"), "coordination", ("retained",)),
    (gettext_lazy("Received"), "country_office", ("endorsed",)),
    (gettext_lazy("Reviewed"), "provider", ("received", "under_review", "deferred", "declined")),
    (gettext_lazy("Notified by note verbale"), "country_office", ("adopted",)),
    (gettext_lazy("Notes exchanged"), "country_office", ("notified",)),
]


def _round_of(coop_request: CooperationRequest) -> str:
    if coop_request.round:
        return str(coop_request.round.name)
    return _("Out of round") if coop_request.out_of_round_reason else words.NOTHING


def chain_of(coop_request: CooperationRequest) -> list[dict[str, Any]]:
    """Who does what, in turn, from the idea to the exchange of notes."""
    here = next((n for n, (_l, _w, states) in enumerate(CHAIN) if coop_request.state in states), len(CHAIN))
    return [
        {
            "label": label,
            "who": getattr(coop_request, who).name,
            "state": "done" if n < here else "now" if n == here else "todo",
            "when": coop_request.state_since.date() if n == here else None,
        }
        for n, (label, who, _states) in enumerate(CHAIN)
    ]


def carried_on_by(coop_request: CooperationRequest, user: Any) -> Operation | None:
    """The operation a request opened, for those who may open its page; a consulted ministry may not."""
    operation: Operation | None = getattr(coop_request, "operation", None)
    if operation and operations_visible_to(user).filter(pk=operation.pk).exists():
        return operation
    return None


def _country(code: str) -> dict[str, Any]:
    """The partner country, leading to its page."""
    return {"label": _("Partner country"), "value": code_name(code), "link": country_address(code)}


def request_facts(coop_request: CooperationRequest, goes_on: Operation | None) -> list[dict[str, Any]]:
    """The line of facts under a request's title; `goes_on`: the operation the reader may open."""
    facts = [
        _country(coop_request.country_id),
        {"label": _("Requesting organisation"), "value": coop_request.requesting.name},
        {"label": _("Provider asked"), "value": coop_request.provider.name},
        {
            "label": _("Sector"),
            "value": code_name(coop_request.sector_id) if coop_request.sector_id else words.NOTHING,
        },
        {"label": _("Round"), "value": _round_of(coop_request)},
    ]
    if coop_request.rank and coop_request.lot_id:
        facts.append(
            {
                "label": _("Rank"),
                "value": coop_request.rank,
                "link": reverse("cycle:lot-paper", args=[coop_request.lot_id]),
            }
        )
    operation = getattr(coop_request, "operation", None)
    if operation:
        link = goes_on.get_absolute_url() if goes_on else ""
        facts.append({"label": _("Operation"), "value": operation.code, "link": link})
    return facts


def request_parts(coop_request: CooperationRequest, current: str = "") -> list[dict[str, Any]]:
    """The parts of the request's form as a task list: complete, begun or not started, and where the reader is."""
    filled: dict[str, list[Any]] = {
        "idea": [
            coop_request.need,
            coop_request.source,
            coop_request.consulted,
            coop_request.priority_area,
            coop_request.sector_id,
            coop_request.round_id,
        ],
        "background": [coop_request.background],
        "goal": [coop_request.overall_goal, coop_request.purpose],
        "outputs": [o.activity_list() for o in coop_request.outputs.all()] or [None],
        "site": [coop_request.site, coop_request.starts_on, coop_request.ends_on],
        "inputs": [side in {i.side for i in coop_request.inputs.all()} for side in ("partner", "provider")],
        "implementing": [coop_request.implementing_id],
    }
    return [
        {
            "label": label,
            "url": reverse("cycle:request-part", args=[coop_request.pk, name]),
            "state": "here" if name == current else _how_far(filled[name]),
        }
        for name, label in PARTS
    ]


def _how_far(values: list[Any]) -> str:
    return "complete" if all(values) else "begun" if any(values) else "todo"


def operation_facts(operation: Operation, user: Any) -> list[dict[str, Any]]:
    """The line of facts under an operation's title."""
    facts = [
        _country(operation.country_id),
        *_frame(operation),
        {"label": _("Period"), "value": words.period(operation.starts_on, operation.ends_on)},
        {"label": _("Site"), "value": operation.site or words.NOTHING, "lang": operation.language},
        {
            "label": _("Implementing organisation"),
            "value": words.listed(
                p.organisation.name for p in operation.party_rows if p.part == OperationPart.IMPLEMENTING
            ),
        },
    ]
    if operation.basis and not operation.coop_request:
        facts.append(
            {
                "label": operation.get_basis_display(),
                "value": f"{words.apart(operation.basis_number)} · {words.written(operation.basis_on, 'd MMM y')}",
                "link": operation.basis_scan.get_absolute_url() if operation.basis_scan else "",
            }
        )
    if operation.coop_request:
        opens = requests_visible_to(user).filter(pk=operation.coop_request.pk).exists()
        link = operation.coop_request.get_absolute_url() if opens else ""
        facts.append({"label": _("Request"), "value": operation.coop_request.code, "link": link})
    return facts


def _frame(operation: Operation) -> list[dict[str, Any]]:
    """Bilateral, triangular, regional, as the parties make it; with more than one provider, which part each has."""
    others = parties.providing(operation)
    label = _("Pivotal provider") if others else _("Provider")
    facts = [{"label": label, "value": operation.provider.name}]
    if others:
        named = words.listed(p.organisation.name for p in others)
        facts.append({"label": OperationPart.FACILITATING.label, "value": named})
    return [*facts, {"label": _("Framework of cooperation"), "value": parties.framework_of(operation).label}]


def operation_dates(operation: Operation) -> list[tuple[Any, Any]]:
    """The dates ahead."""
    dates = [
        *_report_dates(operation),
        (operation.ends_on, _("End of the period")),
        (operation.ex_post_on, _("Ex-post evaluation")),
    ]
    return [(day, what) for day, what in dates if day and day >= clock.today()]


def _report_dates(operation: Operation) -> list[tuple[Any, Any]]:
    """When the completion report is expected: a draft and the report, months before the end (domain.md §11)."""
    if operation.state not in ("in_implementation", "completion_review") or operation.ends_on is None:
        return []
    rules = settings_for(operation)
    return [
        (add_months(operation.ends_on, -rules.report_draft_months), _("Draft of the completion report")),
        (add_months(operation.ends_on, -rules.report_final_months), _("Completion report")),
    ]


def request_links(coop_request: CooperationRequest, user: Any) -> list[tuple[str, Any]]:
    """Where else one may go from a request: what upper rooms keep about it, and the drawing of its way."""
    who = standing(user)
    shown = [
        p
        for p in sorted(registry.kinds["request"].panels, key=lambda p: p.order)
        if p.shown(coop_request, who)
    ]
    rooms = [(reverse(panel.url_name, args=[coop_request.pk]), panel.label) for panel in shown]
    way = (reverse("workflow", args=["request"]), _("The way of a request"))
    return [*rooms, *settings_links(coop_request, user), way]


def settings_links(case: Any, user: Any) -> list[tuple[str, Any]]:
    """The way to the settings a case goes by, for whoever may read them."""
    ask = registry.services.get("settings-links")
    return ask(case, user) if ask else []


def taken_over_of(operation: Operation, user: Any) -> dict[str, Any] | None:
    """Of an operation that was taken over: in which state, by which batch, and what nobody checked."""
    if operation.taken_over_on is None:
        return None
    row = row_behind(operation.kind, operation.pk)
    seen = row and batches_visible_to(user).filter(pk=row.batch_id).exists()
    return {
        "state": operation.workflow.states[operation.taken_over_in],
        "batch": row.batch if row and seen else None,
        "not_checked": not_checked(operation),
        "is_published": getattr(operation, "is_published", False),
    }
