"""The cases of the demonstration, made by its people through actions and steps alone: it is our longest test."""

from datetime import date

from taawun.workspace.demo import story


def build() -> None:
    """Every case of the demonstration, oldest first."""
    story.walk_request("adopted", day=date(2014, 8, 1))
