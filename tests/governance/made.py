"""What the tests of settings share: an agency's next version, made by its administrator."""

from dataclasses import replace
from typing import Any

from django.db.models import Max

from taawun.cycle.models import ProviderSettings, settings_of
from taawun.foundation.models import User
from taawun.governance import actions
from taawun.governance.models import Version
from taawun.governance.terms import Seat, Terms, terms_of
from taawun.workspace.demo.cast import organisation
from tests.factories import who

PROJECT = "modality:technical-cooperation-project"


def terms_in_force(agency: str = "jica", **changes: Any) -> Terms:
    """What the version in force says, with these values changed."""
    held = terms_of(settings_of(organisation(agency).pk))
    return replace(held, values={**held.values, **changes})


def seats(*slugs: str, unused: tuple[str, ...] = ()) -> tuple[Seat, ...]:
    """Seats in this order."""
    return tuple(Seat(organisation(slug).pk, slug not in unused) for slug in slugs)


def last_version(agency: str = "jica") -> int:
    """The number of the last version."""
    held = ProviderSettings.objects.filter(provider=organisation(agency))
    return held.aggregate(last=Max("version"))["last"] or 0


def make(
    terms: Terms | None = None, *, agency: str = "jica", by: str | User = "jica-admin", **more: Any
) -> Version:
    """The next version; without terms it changes the days for an opinion."""
    given = {"reason": "Looked at again.", "base_version": last_version(agency)} | more
    return actions.make_version(
        organisation(agency),
        terms or terms_in_force(agency, opinion_days=last_version(agency) + 3),
        actor=who(by) if isinstance(by, str) else by,
        **given,
    )
