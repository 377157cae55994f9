"""Every form of the cycle as a person meets it: who opens it, where, and one change that saves."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from django.urls import reverse

from taawun.cycle import actions
from taawun.cycle.models import CooperationRequest
from taawun.foundation.models import Draft
from tests.cycle.made import a_reviewed_request, body, sent, signed_in
from tests.factories import a_person, a_request, an_operation, who


@dataclass
class Opened:
    """A form page open in somebody's browser."""

    case: Any
    url: str
    client: Client
    page: Any = None

    def __post_init__(self) -> None:
        self.page = self.client.get(self.url)
        assert self.page.status_code == 200, self.page.status_code

    def data(self, **changes: Any) -> dict[str, Any]:
        """What the browser would send, with these fields typed anew."""
        return sent(self.page) | changes

    def send(self, **changes: Any) -> Any:
        return self.client.post(self.url, self.data(**changes))

    def drafts(self) -> list[Draft]:
        return list(Draft.objects.filter(kind=self.case.kind, subject_id=self.case.pk))


@dataclass(frozen=True)
class Page:
    """An editing page with a draft: how it is opened, what is typed, how its case moves on."""

    slug: str
    case: Callable[[], Any]
    role: str
    house: str
    url: Callable[[Any], str]
    text: str  # a field of prose
    limit: int
    stored: Callable[[Any], Any]  # what the text field holds now
    more: dict[str, Any] = field(default_factory=dict)
    mark: str = "A text of one's own"

    def __str__(self) -> str:
        return self.slug

    def open(self, case: Any, person: Any = None) -> Opened:
        """The page of a case, in the browser of somebody new who may write there."""
        return Opened(case, self.url(case), signed_in(person or a_person(self.role, self.house)))

    def typed(self, text: str | None = None, **changes: Any) -> dict[str, Any]:
        """The change that this page's tests make."""
        return {**self.more, self.text: self.mark if text is None else text, **changes}


def _part(slug: str, text: str, limit: int, stored: Callable[[Any], Any] | None = None) -> Page:
    return Page(
        slug=slug,
        case=lambda: a_request("draft"),
        role="line-officer",
        house="mm-post",
        url=lambda case: reverse("cycle:request-part", args=[case.pk, slug]),
        text=text,
        limit=limit,
        stored=stored or (lambda case: getattr(CooperationRequest.objects.get(pk=case.pk), text)),
    )


def first_component(operation: Any) -> Any:
    return operation.components.get()


PARTS = [
    _part("idea", "need", 4000),
    _part("background", "background", 12000),
    _part("goal", "purpose", 2000),
    _part("outputs", "outputs-0-text", 500, lambda case: case.outputs.order_by("number")[0].text),
    _part("site", "site", 500),
    _part("inputs", "inputs-0-text", 300, lambda case: case.inputs.order_by("side", "pk")[0].text),
    _part("implementing", "implementing_note", 2000),
]
NOTE = Page(
    slug="appraisal-note",
    case=a_reviewed_request,
    role="desk",
    house="jica",
    url=lambda case: reverse("cycle:appraisal-note", args=[case.pk]),
    text="text",
    limit=8000,
    stored=lambda case: CooperationRequest.objects.get(pk=case.pk).appraisal_note.text,
)
OPINION = Page(
    slug="opinion",
    case=lambda: a_request("under_review"),
    role="opinion",
    house="jp-comms",
    url=lambda case: reverse(
        "cycle:opinion", args=[case.pk, case.opinions.get(organisation=body("jp-comms")).pk]
    ),
    text="text",
    limit=4000,
    stored=lambda case: case.opinions.get(organisation=body("jp-comms")).text,
    more={"verdict": "favourable"},
)


def with_a_manager() -> Any:
    """An opened operation with one person named."""
    operation = an_operation()
    actions.name_people(
        operation,
        [
            {
                "function": "manager",
                "person": who("post-officer").person,
                "organisation": body("mm-post"),
                "field": "Sorting",
                "held_from": operation.opened_on,
                "held_to": None,
            }
        ],
        actor=who("desk"),
        base_version=operation.version,
    )
    operation.refresh_from_db()
    return operation


PEOPLE = Page(
    slug="people",
    case=with_a_manager,
    role="country-office",
    house="jica-mm",
    url=lambda case: reverse("cycle:people-edit", args=[case.pk]),
    text="team-0-field",
    limit=150,
    stored=lambda case: case.team.order_by("pk")[0].field,
)
COMPONENT = Page(
    slug="component",
    case=an_operation,
    role="desk",
    house="jica",
    url=lambda case: reverse("cycle:component", args=[case.pk, first_component(case).pk]),
    text="place",
    limit=200,
    stored=lambda case: first_component(case).place,
)
PAGES = [*PARTS, NOTE, OPINION, PEOPLE, COMPONENT]
WITH_ROWS = [page for page in PAGES if page.slug in ("outputs", "inputs", "people")]
WITH_VERSIONS = [page for page in PAGES if page.slug != "opinion"]
