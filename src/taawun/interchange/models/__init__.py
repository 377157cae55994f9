"""What others publish about their own work (ADR 24): feeds, loads, activities and what each of them says."""

from taawun.interchange.models.activities import PublishedActivity, PublishedXml
from taawun.interchange.models.amounts import AmountKind, PublishedAmount, Source
from taawun.interchange.models.counted import By, CountedShare
from taawun.interchange.models.feeds import Feed
from taawun.interchange.models.loads import Load, LoadEntry, LoadFinding, Stage, Verdict
from taawun.interchange.models.offers import PublishedSeen
from taawun.interchange.models.parts import (
    PublishedDocument,
    PublishedParty,
    PublishedPlace,
    PublishedRelation,
)
from taawun.interchange.models.results import (
    PublishedIndicator,
    PublishedPeriod,
    PublishedResult,
    PublishedValue,
    ValueKind,
)
from taawun.interchange.models.sendings import Arrival, Sending
from taawun.interchange.models.shares import PublishedShare, ShareKind
from taawun.interchange.models.takings import Taking

__all__ = [
    "AmountKind",
    "Arrival",
    "By",
    "CountedShare",
    "Feed",
    "Load",
    "LoadEntry",
    "LoadFinding",
    "PublishedActivity",
    "PublishedAmount",
    "PublishedDocument",
    "PublishedIndicator",
    "PublishedParty",
    "PublishedPeriod",
    "PublishedPlace",
    "PublishedRelation",
    "PublishedResult",
    "PublishedSeen",
    "PublishedShare",
    "PublishedValue",
    "PublishedXml",
    "Sending",
    "ShareKind",
    "Source",
    "Stage",
    "Taking",
    "ValueKind",
    "Verdict",
]
