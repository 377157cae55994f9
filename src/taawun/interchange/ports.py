"""What the interchange supplies: the kind under which loads are recorded, their gate, and whose names they keep."""

from django.utils.translation import gettext_lazy

from taawun.directory.references import stays
from taawun.foundation import ports
from taawun.foundation.readable import searchable
from taawun.interchange import actions, figures as figures, queries, searched
from taawun.interchange.models import Load, PublishedActivity
from taawun.papers.large import takes_large
from taawun.ui import nav

ports.kind(
    slug=Load.kind,
    label=gettext_lazy("Load of published activities"),
    model=Load,
    visible_to=queries.loads_visible_to,
    url_name="interchange:load",
)
searchable(
    PublishedActivity.kind,
    label=gettext_lazy("Published activity"),
    model=PublishedActivity,
    visible_to=queries.published_visible_to,
    open_to_all=True,
    about={"load": searched.touched_by_loads},
)(searched.of_published)
ports.act(
    "load",
    "load-read",
    label=gettext_lazy("Read a file of published activities"),
    done=gettext_lazy("File read: nothing is applied yet"),
)
ports.act(
    "load",
    "load-applied",
    label=gettext_lazy("Apply what a file says"),
    done=gettext_lazy("Published activities taken in"),
)
ports.act(
    "load",
    "load-undone",
    label=gettext_lazy("Undo a load"),
    done=gettext_lazy("Load undone: what was held before is back"),
)
ports.act("load", "load-discarded", label=gettext_lazy("Discard a load"), done=gettext_lazy("Load discarded"))
ports.file_gate(actions.GATE)(queries.may_open_file)
takes_large("interchange:send", queries.may_load)

stays("interchange.Load", "made_by")
stays("interchange.PublishedSeen", "seen_by")
stays("interchange.Taking", "taken_by")

ports.panel(
    "operation",
    "publication",
    label=gettext_lazy("Publication"),
    url_name="interchange:taken",
    order=95,
    shown=lambda case, who: getattr(case, "is_published", False),
)
ports.service("came-from-a-publication")(queries.came_from_a_publication)
ports.service("published-like")(queries.published_like)
ports.service("published-seen")(queries.published_seen)
ports.service("keep-published-seen")(actions.keep_published_seen)
stays("interchange.Sending", "made_by")

nav.register(45, "interchange:published", gettext_lazy("Published activities"), "/published/")
