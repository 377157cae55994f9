"""Fill an empty installation with the demonstration world."""

from typing import Any

from django.core.management.base import BaseCommand

from taawun.directory.models import Organisation
from taawun.workspace.demo import cast, world


class Command(BaseCommand):
    help = (
        "Make the demonstration world by its people's acts; an installation that is not empty is left alone."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Organisations, people and posts first; then every case walks its way."""
        if Organisation.objects.exists():
            self.stdout.write("The installation is not empty: nothing was changed.")
            return
        cast.build()
        world.build()
        self.stdout.write("The demonstration world stands.")
