"""`search rebuild`: write the index anew; `search status`: how far it is."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from taawun.search import current


class Command(BaseCommand):
    help = "The index of the search: `rebuild` compares it with every object, `status` says how far it is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["rebuild", "status"])
        parser.add_argument(
            "--anew", action="store_true", help="empty the index first, begin at the beginning"
        )

    def handle(self, *args: Any, what: str = "", anew: bool = False, **options: Any) -> None:
        if what == "rebuild":
            changed = current.rebuild(told=self._told, anew=anew)
            self.stdout.write(f"{changed} texts changed.")
        told = current.how_far()
        self.stdout.write(f"{told['texts']} texts; {told['behind']} entries of the record behind.")

    def _told(self, kind: str, last: int) -> None:
        self.stdout.write(f"{kind}: up to {last}")
