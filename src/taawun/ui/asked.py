"""What the address of a list asks, and the address that asks something else."""

from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

LONGEST_SEARCH = 200


@dataclass
class Asked:
    """What an address asks of the list, with everything unreadable left out."""

    q: str = ""
    chosen: dict[str, str] = field(default_factory=dict)
    sort: str = ""
    page: int = 1
    left_out: bool = False

    @property
    def narrowed(self) -> bool:
        return bool(self.q or self.chosen)


def clean(text: str) -> str:
    """A search as typed, without what no database takes, cut to a sane length."""
    return "".join(sign if sign.isprintable() else " " for sign in text[:LONGEST_SEARCH]).strip()


def page_number(text: str) -> int:
    """The page asked for; the first, where that is no number of one."""
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def address(path: str, asked: Asked, default_sort: str, changes: dict[str, Any]) -> str:
    """The list's own address with something changed; a change of order begins again at the first page."""
    params = QueryDict(mutable=True)
    wanted: dict[str, Any] = {"q": asked.q, **asked.chosen}
    wanted["sort"] = asked.sort if asked.sort != default_sort else ""
    wanted.update(changes)
    for name, value in wanted.items():
        if value and not (name == "page" and value == 1):
            params[name] = str(value)
    return f"{path}?{params.urlencode()}" if params else path
