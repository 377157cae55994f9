"""Every other door of the cycle, each left as its people left it: what does not go as it should is in the world too.

All of it is example. Titles differ so that lists can be read; the rest is the story's own text.
"""

from dataclasses import replace
from datetime import date, timedelta
from types import ModuleType
from typing import Any, cast as typed

from taawun.cycle import actions as cycle
from taawun.cycle.models import CooperationRequest, Operation
from taawun.foundation import clock
from taawun.foundation.steps import perform
from taawun.foundation.taking_back import take_back
from taawun.workspace.demo import cast, exchange, story, walks
from taawun.workspace.demo.players import POSTAL, WEATHER_JAPAN, Players, actor, played_by
from taawun.workspace.demo.story import on

Period = tuple[date, date]


class _Retitled:
    """The texts of a story under another title, and of another period where one is given."""

    def __init__(self, texts: ModuleType, period: Period | None = None, **begin: Any) -> None:
        self._texts, self.BEGIN = texts, texts.BEGIN | begin
        if period:
            site = texts.PARTS["site"] | {"starts_on": period[0], "ends_on": period[1]}
            self.PARTS = texts.PARTS | {"site": site}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._texts, name)


def telling(players: Players, title: str, period: Period | None = None, **begin: Any) -> Players:
    """The same people with a case of another title."""
    titled = f"{title} ({'exemple' if players.french else 'example'})"
    texts = _Retitled(players.texts, period, title=titled, **begin)
    return replace(players, texts=typed(ModuleType, texts))


def build() -> None:
    """The doors of requests and of operations, in the order of the cycle."""
    requests()
    twice()
    operations()


# ── Requests ──


def _request(title: str, state: str, day: date | None = None) -> CooperationRequest:
    with played_by(telling(POSTAL, title)):
        return walks.walk_request(state, day=day or clock.today())


def _ended(title: str, state: str, step: str, part: str, reason: str, **data: Any) -> CooperationRequest:
    made = _request(title, state)
    with on(clock.today()), played_by(POSTAL):
        return perform(made, step, actor=actor(part), reason=reason, data=data)


def requests() -> None:
    """Dropped, withdrawn, returned, not retained, incomplete, late, deferred, declined, out of round, taken back."""
    _ended("Stamp museum", "idea", "drop", "line", "The museum found another partner (example).")
    _ended("Mobile counters", "draft", "withdraw", "line", "To be asked of the regional fund (example).")
    _ended("Parcel lockers", "submitted", "return", "coordination", "State who will run them (example).")
    _ended("Post bank study", "submitted", "not-retain", "coordination", "Not in the plan (example).")
    _ended(
        "Address register",
        "endorsed",
        "return-incomplete",
        "office",
        "The budget of the implementing organisation is missing (example).",
        missing=["organisation"],
    )
    _request("Sorting by optical reading", "under_review", day=clock.today() - timedelta(days=90))
    _deferred()
    made = _request("Postal drones", "under_review")
    with on(clock.today()), played_by(POSTAL):
        story.opine(made)
        reason, code = (
            "No proven model to build on (example).",
            {"reason_code": "decision-reason:preparation"},
        )
        perform(made, "decline", actor=cast.user("jica-approver"), reason=reason, data=code)
    _out_of_round()
    made = _request("Rural counters", "submitted")
    with on(clock.today()), played_by(POSTAL):
        take_back(made, actor=actor("line"), reason="A figure was wrong (example).")


def _deferred() -> None:
    made = _request("Training centre for carriers", "under_review")
    with on(clock.today()), played_by(POSTAL):
        story.opine(made)
        code = {"reason_code": "decision-reason:budget"}
        reason = "The budget of this fiscal year is committed (example)."
        perform(made, "defer", actor=cast.user("mofa-approver"), reason=reason, data=code)
        perform(made, "resubmit", actor=actor("line"))


def _out_of_round() -> None:
    made = _request("Reopening after the flood", "draft")
    with on(clock.today()), played_by(POSTAL):
        values = {"round": None, "out_of_round_reason": "The flood of this month cannot wait (example)."}
        made = cycle.save_request_part(made, "idea", values, actor=actor("line"), base_version=made.version)
        perform(made, "submit", actor=actor("line"))


def twice() -> None:
    """The same asked of two providers; the one in French is answered by Japan in English."""
    with played_by(WEATHER_JAPAN):
        made = walks.walk_request("adopted", day=clock.today())
        with on(clock.today()):
            exchange.notify(made, language="en", text=ANSWER)


ANSWER = (
    "The Embassy presents its compliments and has the honour to inform that the request is adopted (example)."
)


# ── Operations ──


def coming() -> Period:
    """Three years, from the next quarter on."""
    first = clock.today() + timedelta(days=90)
    return first, first + timedelta(days=3 * 365)


def _operation(title: str, state: str) -> Operation:
    with played_by(telling(POSTAL, title, coming())):
        return walks.walk_operation(state, day=clock.today())


def _ending_soon(title: str) -> Operation:
    """Begun two years ago, its agreement expires in four months."""
    first = clock.today() - timedelta(days=2 * 365)
    with played_by(telling(POSTAL, title, (first, clock.today() + timedelta(days=120)))):
        return walks.walk_operation("in_implementation", day=first - timedelta(days=365), days=_steps(first))


def _steps(first: date) -> dict[str, date]:
    return {
        "appraised": first - timedelta(days=180),
        "agreed": first - timedelta(days=90),
        "in_implementation": first,
    }


def _took(made: Any, step: str, who: str, reason: str, **data: Any) -> Any:
    with on(clock.today()):
        return perform(made, step, actor=cast.user(who), reason=reason, data=data)


def operations() -> None:
    """Sent back to planning, suspended, cancelled, cancelled and reopened, followed up."""
    appraised = _operation("Delivery in hill districts", "appraised")
    _took(appraised, "back-to-planning", "desk", "The budget was computed at an old rate (example).")
    _took(
        _ending_soon("Counter software"),
        "suspend",
        "mm-office",
        "Roads are cut (example).",
    )
    _took(
        _operation("Fleet of bicycles", "planning"), "cancel", "jica-approver", "Funded elsewhere (example)."
    )
    agreed = _operation("School of the post", "agreed")
    agreed = _took(agreed, "cancel", "mofa-approver", "The building was lost (example).")
    _took(agreed, "reopen", "mofa-approver", "Another building was found (example).")
    closed = Operation.objects.filter(state="closed", country_id="country:MM").earliest("pk")
    office = cast.user("mm-office")
    _took(
        closed,
        "follow-up",
        "mm-office",
        "",
        title="Follow-up: spare parts for the sorting centre (example)",
        modality_id="modality:equipment",
        basis_number="NV-77 (example)",
        basis_on=clock.today(),
        scan=exchange.scan("Request for follow-up (example)", office),
    )
