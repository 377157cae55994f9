"""A published operation taken over in the demonstration: its words and numbers are the World Bank's, as published.

That an agency takes it over is the example; so is the seat in the directory of the organisation the file names.
"""

from datetime import date

from taawun.cycle.models import Operation
from taawun.directory.models import Organisation, OrganisationKind
from taawun.foundation import clock, outbox
from taawun.interchange.actions import take_over_published
from taawun.interchange.models import PublishedActivity
from taawun.workspace.demo import cast
from taawun.workspace.demo.story import on

IDENTIFIER = "44000-P171269"  # Plastic free Rivers and Seas for South Asia
PARTNER = "South Asia Cooperative Environment Programme"  # as the file names it


def build() -> Operation:
    """A desk takes it over, for the organisation in Sri Lanka that the file names."""
    partner = Organisation.objects.create(
        slug="lk-sacep",
        kind=OrganisationKind.PUBLIC_BODY,
        names={"en": PARTNER},
        country_id="country:LK",
        on_paper=True,
        is_example=True,
    )
    activity = PublishedActivity.objects.get(identifier=IDENTIFIER)
    values = {
        "title": activity.titles["en"],
        "language": "en",
        "modality_id": "modality:technical-cooperation-project",
        "sector_id": None,
        "site": "",
        "starts_on": activity.starts_on,
        "ends_on": activity.ends_on,
        "state": "in_implementation",
        "state_on": date(2020, 5, 29),  # its actual start
    }
    with on(clock.today()), outbox.quiet():
        return take_over_published(
            actor=cast.user("desk"),
            activity=activity,
            provider=cast.organisation("jica"),
            partner=partner,
            values=values,
        )
