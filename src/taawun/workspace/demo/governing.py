"""A change of settings in the demonstration: what was under way keeps those it began under."""

from dataclasses import replace

from taawun.cycle.models import settings_of
from taawun.governance.actions import make_version
from taawun.governance.terms import terms_of
from taawun.workspace.demo import cast


def settle() -> None:
    """The agency's administrator shortens the time for an opinion."""
    agency = cast.organisation("jica")
    held = terms_of(settings_of(agency.pk))
    make_version(
        agency,
        replace(held, values={**held.values, "opinion_days": 21}),
        actor=cast.user("jica-admin"),
        reason="The ministries answer within three weeks (example).",
        base_version=1,
    )
