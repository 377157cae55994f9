"""What else is settled for an agency: rooms above add a page of their own to those of its settings."""

from typing import Any

from django.urls import reverse

_sections: list[tuple[str, Any]] = []


def register(url_name: str, label: Any) -> None:
    """Put a page beside an agency's settings; its address takes the agency's key. Its own gate says who reads it."""
    _sections.append((url_name, label))


def of(agency_id: int) -> list[tuple[str, Any]]:
    """Address and name of each such page of one agency."""
    return [(reverse(url_name, args=[agency_id]), label) for url_name, label in _sections]
