"""What directory tells the floors below it, and its own kinds in the record."""

from django.utils.translation import gettext_lazy

from taawun.directory import absence, handovers
from taawun.directory.models import Delegation, Handover
from taawun.directory.queries import holders_of, names_of_users, on_paper_among, roles_of_users, standing_of
from taawun.foundation import ports
from taawun.foundation.ports import service

service("on-paper")(on_paper_among)
service("standing")(standing_of)
service("holders")(holders_of)
service("names-of-users")(names_of_users)
service("roles-of-users")(roles_of_users)

ports.kind(
    slug="delegation",
    label=gettext_lazy("Delegation"),
    model=Delegation,
    visible_to=absence.delegations_visible_to,
    url_name="directory:delegation",
)
ports.act(
    "delegation", "deputy-named", label=gettext_lazy("Name a deputy"), done=gettext_lazy("Deputy named")
)
ports.act(
    "delegation",
    "delegation-ended",
    label=gettext_lazy("End the delegation"),
    done=gettext_lazy("Delegation ended"),
)
ports.kind(
    slug="handover",
    label=gettext_lazy("Handover"),
    model=Handover,
    visible_to=handovers.handovers_visible_to,
    url_name="directory:handover",
)
ports.act("handover", "handed-over", label=gettext_lazy("Hand over"), done=gettext_lazy("Handed over"))
