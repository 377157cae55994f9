"""The organisations and people of the demonstration.

The organisations of the postal project are those of its published pages (docs/explanation/demo.md); every other
body, and every person, is an example: people appear by role, nobody real is named.
"""

from dataclasses import replace
from datetime import date

from taawun.cycle import presets
from taawun.cycle.models import ExPostType, Round
from taawun.directory.models import Organisation, Person, Post
from taawun.foundation.models import User
from taawun.governance.actions import make_version
from taawun.governance.terms import terms_of_preset
from taawun.workspace.demo.bodies import BODIES
from taawun.workspace.demo.persons import PLAYERS, Player

LONG_AGO = date(2010, 1, 1)

BY_SLUG = {player.slug: player for player in PLAYERS}


def email_of(slug: str) -> str:
    """The address a player signs in with."""
    return f"{slug}@example.org"


def user(slug: str) -> User:
    """A player's account."""
    return User.objects.get(email=email_of(slug))


def organisation(slug: str) -> Organisation:
    """A body of the cast."""
    return Organisation.objects.get(slug=slug)


def build(password: str | None = None) -> None:
    """Make the organisations, people, posts, settings and rounds. Once, in an empty installation."""
    held: dict[str, Organisation] = {}
    for body in BODIES:
        held[body.slug] = Organisation.objects.create(
            slug=body.slug,
            kind=body.kind,
            names={"en": body.en, "fr": body.fr, "ar": body.ar},
            country_id=f"country:{body.country}",
            parent=held.get(body.parent),
            serves_id=f"country:{body.serves}" if body.serves else None,
            on_paper=body.on_paper,
            is_example=True,  # real bodies too: what they do here is made up
        )
    for player in PLAYERS:
        join(player, held[player.organisation], password)
    _settings(held)
    _rounds(held)


def join(player: Player, body: Organisation, password: str | None = None) -> User:
    """Give a person an account and a post."""
    account = User.objects.create_user(
        email_of(player.slug), password, display_name=player.en, language=player.language
    )
    person = Person.objects.create(
        names={"en": player.en, "fr": player.fr, "ar": player.ar, "latin": player.en}, user=account
    )
    Post.objects.create(person=person, organisation=body, role=player.role, held_from=LONG_AGO)
    return account


# Whose settings begin from which preset, which ministries are usually asked, and the rating scheme: the postal
# project of the story was rated on three levels. Who evaluates is left to the desk.
SETTINGS = [
    ("jica", "jica-like", ("jp-comms", "jp-finance"), "jica-3-level"),
    ("amci", "amci-like", ("ma-transport",), ""),
]


def _settings(held: dict[str, Organisation]) -> None:
    """Each agency's administrator makes the first version of its settings, from the preset."""
    for slug, preset, asked, rated in SETTINGS:
        terms = terms_of_preset(presets.shipped()[preset], held[slug], [held[one].pk for one in asked])
        make_version(
            held[slug],
            replace(terms, values={**terms.values, "rating_rules": rated, "ex_post_type": ExPostType.DESK}),
            actor=user(f"{slug}-admin"),
            reason=f"From the preset {preset} (example)",
            base_version=0,
            preset=preset,
        )


def _rounds(held: dict[str, Organisation]) -> None:
    Round.objects.bulk_create(
        [
            Round(
                provider=held["jica"],
                name="JFY 2015",
                fiscal_year=2015,
                opens_on=date(2014, 6, 1),
                closes_on=date(2014, 8, 31),
            ),
            Round(
                provider=held["jica"],
                name="JFY 2027",
                fiscal_year=2027,
                opens_on=date(2026, 6, 1),
                closes_on=date(2027, 3, 31),
            ),
            Round(
                provider=held["amci"],
                name="2027",
                fiscal_year=2027,
                opens_on=date(2026, 1, 1),
                closes_on=date(2027, 12, 31),
            ),
        ]
    )
