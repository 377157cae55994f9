"""`manage.py load_reference`: bring the code lists of the program's files into the database."""

from typing import Any

from django.core.management.base import BaseCommand

from taawun.reference.actions import load_code_lists


class Command(BaseCommand):
    help = "Brings the code lists of the program's files into the database; run it as often as you like."

    def handle(self, *args: Any, **options: Any) -> None:
        for loaded in load_code_lists():
            self.stdout.write(
                f"{loaded.slug}: unchanged"
                if loaded.unchanged
                else f"{loaded.slug}: held back, this installation has its own version"
                if loaded.held_back
                else f"{loaded.slug}: {loaded.codes} codes, {loaded.withdrawn} withdrawn"
            )
