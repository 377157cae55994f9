"""Whoever may come to a door: the cast, and those the cast lacks."""

from datetime import date, timedelta

from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.client import ClientHandler

from taawun.directory.models import Organisation, OrganisationKind, Person, Post
from taawun.directory.roles import Role
from taawun.foundation.models import User
from taawun.workspace.demo import cast

BACKEND = "taawun.foundation.accounts.Backend"
NEVER, LONG_AGO = date(2200, 1, 1), date(2010, 1, 1)

# (slug, organisation, role, first day, last day)
YESTERDAY = -1
MORE = [
    ("post-colleague", "mm-post", Role.LINE_OFFICER, LONG_AGO, None),
    ("post-clerk", "mm-post", Role.SIGNATORY, LONG_AGO, None),
    ("post-former", "mm-post", Role.LINE_OFFICER, LONG_AGO, YESTERDAY),
    ("post-future", "mm-post", Role.LINE_OFFICER, NEVER, None),
    ("mm-ministry", "mm-mcit", Role.LINE_OFFICER, LONG_AGO, None),
    ("mm-health", "mm-health", Role.LINE_OFFICER, LONG_AGO, None),
    ("mofa-clerk", "jp-mofa", Role.SIGNATORY, LONG_AGO, None),
    ("jica-clerk", "jica", Role.SIGNATORY, LONG_AGO, None),
    ("jp-health", "jp-health", Role.OPINION, LONG_AGO, None),
    ("other-evaluator", "ex-evaluators", Role.EVALUATOR, LONG_AGO, None),
]


class Browser(RequestFactory):
    """A browser of one person's: through all the middleware, without the test client's copies of every context."""

    handler = ClientHandler(enforce_csrf_checks=False)

    def __init__(self, user: User | None = None) -> None:
        super().__init__()
        if user is not None:
            client = Client()
            client.force_login(user, backend=BACKEND)
            self.cookies = client.cookies

    def request(self, **environ: object) -> HttpResponse:
        """The answer, its `body` read to the end."""
        answer = self.handler(self._base_environ(**environ))
        answer.body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        return answer


def everybody() -> dict[str, User]:
    """The accounts of the cast and of the others, by slug; made once in a world."""
    for slug, country in (("mm-health", "MM"), ("jp-health", "JP")):
        Organisation.objects.create(
            slug=slug,
            kind=OrganisationKind.LINE_MINISTRY,
            names={"en": f"Ministry of health ({slug})"},
            country_id=f"country:{country}",
        )
    found = {player.slug: cast.user(player.slug) for player in cast.PLAYERS}
    for slug, organisation, role, first, last in MORE:
        found[slug] = _account(slug)
        person = Person.objects.create(names={"latin": slug}, user=found[slug])
        ends = date.today() + timedelta(days=last) if last else None  # noqa: DTZ011 (the machine's day will do)
        Post.objects.create(
            person=person,
            organisation=cast.organisation(organisation),
            role=role,
            held_from=first,
            held_to=ends,
        )
    found["no-post"] = _account("no-post")
    Person.objects.create(names={"latin": "no-post"}, user=found["no-post"])
    found["no-person"] = _account("no-person")
    return found


def _account(slug: str) -> User:
    return User.objects.create_user(cast.email_of(slug), display_name=slug, language="en")
