"""What directory tells the floors below it, and its own kinds in the record."""

from django.utils.translation import gettext_lazy, pgettext_lazy

from taawun.directory import absence, bodies, handovers, merges, texts
from taawun.directory.models import Delegation, Handover, Merge, Organisation, PaperMark
from taawun.directory.queries import holders_of, names_of_users, on_paper_among, roles_of_users, standing_of
from taawun.directory.references import moves, stays
from taawun.foundation import ports
from taawun.foundation.ports import service
from taawun.foundation.readable import searchable

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
ports.kind(
    slug="merge",
    label=pgettext_lazy("noun", "Merge"),
    model=Merge,
    visible_to=merges.merges_visible_to,
    url_name="directory:merge",
)
ports.kind(
    slug="paper-mark",
    label=gettext_lazy("Organisation on paper"),
    model=PaperMark,
    visible_to=bodies.marks_visible_to,
    url_name="directory:paper-mark",
)
ports.act(
    "paper-mark",
    "marked-on-paper",
    label=gettext_lazy("Mark on paper"),
    done=gettext_lazy("Marked on paper"),
)
ports.act(
    "paper-mark",
    "signs-in-again",
    label=gettext_lazy("It signs in again"),
    done=gettext_lazy("Signs in again"),
)
ports.act(
    "merge",
    "late-rows-moved",
    label=gettext_lazy("Move what came late"),
    done=gettext_lazy("What came late moved too"),
)
ports.common_act(
    "merged", label=pgettext_lazy("act", "Merge"), done=gettext_lazy("Merged: two entries of one")
)
ports.common_act("unmerged", label=gettext_lazy("Undo the merge"), done=gettext_lazy("Merge undone"))
ports.act("handover", "handed-over", label=gettext_lazy("Hand over"), done=gettext_lazy("Handed over"))

# What leads to persons, accounts and organisations here and below; upper rooms declare their own (`references`).
moves(
    "directory.Post",
    *("person", "organisation"),
    what=gettext_lazy("Post"),
    alike=("held_to",),
)
moves("directory.Delegation", "to_person", what=gettext_lazy("Delegation"))
moves("directory.Organisation", "parent", what=gettext_lazy("Organisation directly below"))
moves("foundation.Draft", "user", what=gettext_lazy("Draft"), alike=())
moves("search.SavedSearch", "user", what=gettext_lazy("Saved search"), alike=("name",))
moves("foundation.Notice", "user", what=pgettext_lazy("noun", "Notice"), alike=())
moves("foundation.Task", "person_id", what=gettext_lazy("What waits"), alike=(), target="directory.Person")
moves(
    "foundation.Task",
    *("organisation_id", "on_behalf_of_id"),
    what=gettext_lazy("What waits"),
    alike=(),
    target="directory.Organisation",
)
stays("account.EmailAddress", "user")
stays("foundation.AuditEvent", "actor")
stays(
    "foundation.AuditEvent",
    *("organisation_id", "on_behalf_of_id", "audience_id"),
    target="directory.Organisation",
)
stays("foundation.Job", "actor")
stays("foundation.FeedAddress", "user")
stays("foundation.OnceKey", "user")
stays("foundation.OutboxMessage", "user")
stays("foundation.OutboxMessage", "house_id", "acting_id", target="directory.Organisation")
stays("papers.File", "uploaded_by")
stays("papers.Document", "made_by")
stays("papers.Upload", "owner")
stays("directory.Person", "user", "merged_into")
stays("directory.Organisation", "merged_into")
stays("directory.Delegation", "made_by")
stays("directory.Handover", "person", "to_person", "scope", "made_by")
stays("directory.Merge", "gone_person", "kept_person", "gone_organisation", "kept_organisation", "scope")
stays("directory.Merge", "made_by", "undone_by")
stays("directory.PaperMark", "organisation", "scope", "made_by")

searchable(
    "organisation",
    label=gettext_lazy("Organisation"),
    model=Organisation,
    visible_to=bodies.organisations_visible_to,
)(texts.of_organisations)
