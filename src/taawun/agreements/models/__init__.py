"""What the parties exchanged and signed, and what an amendment changes."""

from taawun.agreements.models.amendments import AmendedComponent, AmendedItem, Amendment
from taawun.agreements.models.clauses import COMPOSED, Clause, Standing
from taawun.agreements.models.instruments import (
    INSTRUMENT_WORDS,
    OF_OPERATION,
    OF_REQUEST,
    Instrument,
    InstrumentKind,
    LanguageVersion,
    Signature,
)
from taawun.agreements.models.rounds import NegotiationRound, RoundDecision
from taawun.agreements.models.texts import EarlierText, VersionClause

__all__ = [
    "COMPOSED",
    "INSTRUMENT_WORDS",
    "OF_OPERATION",
    "OF_REQUEST",
    "AmendedComponent",
    "AmendedItem",
    "Amendment",
    "Clause",
    "EarlierText",
    "Instrument",
    "InstrumentKind",
    "LanguageVersion",
    "NegotiationRound",
    "RoundDecision",
    "Signature",
    "Standing",
    "VersionClause",
]
