"""`search rebuild`: write the index anew; `search meanings`: make what the model lacks; `search status`: how far."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from taawun.search import current, meaning, meanings


class Command(BaseCommand):
    help = (
        "The index of the search: `rebuild` compares it with every object, `meanings` makes the vectors of the model "
        "that is switched on, `status` says how far both are."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["rebuild", "meanings", "status"])
        parser.add_argument(
            "--anew", action="store_true", help="empty the index first, begin at the beginning"
        )

    def handle(self, *args: Any, what: str = "", anew: bool = False, **options: Any) -> None:
        if what == "rebuild":
            changed = current.rebuild(told=self._told, anew=anew)
            self.stdout.write(f"{changed} texts changed.")
        while what == "meanings" and meanings.turn():
            self.stdout.write(f"{meanings.how_far()['made']} vectors")
        told = {**current.how_far(), **meanings.how_far()}
        self.stdout.write(f"{told['texts']} texts; {told['behind']} entries of the record behind.")
        self.stdout.write(f"Meaning: {meaning.told()}; {told['made']} vectors, {told['in_vain']} without.")

    def _told(self, kind: str, last: int) -> None:
        self.stdout.write(f"{kind}: up to {last}")
