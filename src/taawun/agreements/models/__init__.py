"""What the parties exchanged and signed, and what an amendment changes."""

from taawun.agreements.models.amendments import AmendedComponent, AmendedItem, Amendment
from taawun.agreements.models.instruments import (
    OF_OPERATION,
    OF_REQUEST,
    Instrument,
    InstrumentKind,
    LanguageVersion,
    Signature,
)

__all__ = [
    "OF_OPERATION",
    "OF_REQUEST",
    "AmendedComponent",
    "AmendedItem",
    "Amendment",
    "Instrument",
    "InstrumentKind",
    "LanguageVersion",
    "Signature",
]
