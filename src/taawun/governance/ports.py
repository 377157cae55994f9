"""What governance supplies: an agency's settings as a file with a record, the acts on them, the way to them."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from taawun.cycle.models import AgencyDay
from taawun.directory.references import stays
from taawun.foundation import ports
from taawun.foundation.standing import standing
from taawun.governance import queries, word_templates
from taawun.governance.code_updates import updates_read_by
from taawun.governance.days import days_read_by
from taawun.governance.models import CodeListUpdate, Version, WordTemplate
from taawun.papers.making import TRIAL
from taawun.ui import nav

ports.kind(
    slug="settings",
    label=gettext_lazy("Settings of a provider"),
    model=Version,
    visible_to=queries.versions_read_by,
    url_name="governance:version",
)
ports.act(
    "settings",
    "version-made",
    label=gettext_lazy("Change the settings"),
    done=gettext_lazy("Settings changed"),
)
ports.kind(
    slug="agency-day",
    label=gettext_lazy("Day off or working day"),
    model=AgencyDay,
    visible_to=days_read_by,
    url_name="governance:days",
)
ports.act(
    "agency-day",
    "day-entered",
    label=gettext_lazy("Enter a day off or a working day"),
    done=gettext_lazy("Day off or working day entered"),
)
ports.act(
    "agency-day",
    "day-removed",
    label=gettext_lazy("Remove a day off or a working day"),
    done=gettext_lazy("Day off or working day removed"),
)
ports.kind(
    slug="word-template",
    label=gettext_lazy("Word template of an agency"),
    model=WordTemplate,
    visible_to=word_templates.templates_read_by,
    url_name="governance:word-template-version",
)
ports.act(
    "word-template",
    "word-template-made",
    label=gettext_lazy("Change a Word template"),
    done=gettext_lazy("Word template changed"),
)
ports.kind(
    slug="code-list-update",
    label=gettext_lazy("Update of a code list"),
    model=CodeListUpdate,
    visible_to=updates_read_by,
    url_name="governance:list-update",
)
for _slug, _label, _done in (
    ("read", gettext_lazy("Send a new version"), gettext_lazy("New version of a code list read")),
    ("applied", gettext_lazy("Apply all of it"), gettext_lazy("Code list brought up to date")),
    ("undone", gettext_lazy("Undo all of it"), gettext_lazy("Update of a code list undone")),
    ("discarded", gettext_lazy("Discard"), gettext_lazy("Update of a code list discarded")),
):
    ports.act("code-list-update", f"code-list-{_slug}", label=_label, done=_done)
ports.act(
    "request",
    "settings-moved",
    label=gettext_lazy("Move to the present settings"),
    done=gettext_lazy("Moved to the present settings"),
    audience="provider",
)
ports.act(
    "operation",
    "settings-moved",
    label=gettext_lazy("Move to the present settings"),
    done=gettext_lazy("Moved to the present settings"),
)


@ports.service("settings-links")
def settings_links(case: Any, user: Any) -> list[tuple[str, Any]]:
    """From a case to the settings it goes by, for whoever may read them; no SQL where the page read the case."""
    if case.settings is None or case.provider_id not in queries.read_by(user):
        return []
    address = reverse("governance:version", args=[case.settings_id])
    return [(address, _("Its settings: version %(number)s") % {"number": case.settings.version})]


ports.service("word-template")(word_templates.in_force)


@ports.file_gate(TRIAL)
def readers_of_the_settings(user: Any, subject_id: int) -> bool:
    """A template, and what was made to try it, is opened by whoever reads its agency's settings."""
    return word_templates.templates_read_by(user).filter(pk=subject_id).exists()


def concerns(request: HttpRequest) -> bool:
    """Whether the menu shows the settings: to those who read some agency's."""
    return bool(standing(request.user).roles() & set(queries.READERS))


nav.register(60, "governance:agencies", gettext_lazy("Settings"), "/settings/", concerns)
stays("governance.WordTemplate", "provider", "made_by")
stays("governance.CodeListUpdate", "made_by")
