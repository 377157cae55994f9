from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from taawun.ui import context, nav


class WorkspaceConfig(AppConfig):
    name = "taawun.workspace"
    label = "workspace"

    def ready(self) -> None:
        """The frame's menu and its two words: who is signed in, for which house."""
        from taawun.workspace.frame import house, person  # noqa: PLC0415 (models must be loaded)

        nav.register(0, "desk", _("My desk"), "/desk/")
        nav.register(10, "cycle:requests", _("Requests"), "/requests/")
        nav.register(20, "cycle:operations", _("Operations"), "/operations/")
        nav.register(5, "calendar", _("Calendar"), "/calendar/")
        context.provide("house", house)
        context.provide("person", person)
