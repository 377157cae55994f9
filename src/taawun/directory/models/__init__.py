"""Who is who, and how people move."""

from taawun.directory.models.marking import PaperMark
from taawun.directory.models.merging import Merge, MergedRow
from taawun.directory.models.moving import Delegation, Handover
from taawun.directory.models.people import (
    Organisation,
    OrganisationKind,
    Person,
    Post,
    in_readers_language,
    in_readers_script,
)

__all__ = [
    "Delegation",
    "Handover",
    "Merge",
    "MergedRow",
    "Organisation",
    "OrganisationKind",
    "PaperMark",
    "Person",
    "Post",
    "in_readers_language",
    "in_readers_script",
]
