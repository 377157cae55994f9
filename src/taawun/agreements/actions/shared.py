"""What writing any instrument has in common: its columns, its rows, its scan, its version."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from taawun.agreements.models import Instrument, Signature
from taawun.agreements.rows import signature_lines, version_lines
from taawun.agreements.wording import replace_texts
from taawun.cycle.models import LANGUAGES, Operation
from taawun.foundation import clock, editing
from taawun.foundation.models import User
from taawun.foundation.ports import Obstacle
from taawun.foundation.steps import Refused
from taawun.papers.actions import hand_over
from taawun.papers.models import File

GATE = "instrument"
RECORD_FIELDS = ("number", "dated_on", "place", "prevailing_language")


def day_problem(day: date | None) -> str:
    """What is wrong with the date of a paper; nothing where it is right or not given yet."""
    return _("The date of the paper lies in the future.") if day and day > clock.today() else ""


def rows_of(versions: Iterable[Any], signatures: Iterable[Any]) -> dict[str, Any]:
    """Language versions and signatories as lines, to compare and to show beside another's."""
    return {_("Language versions"): version_lines(versions), _("Signatories"): signature_lines(signatures)}


def paper_problems(
    operation: Operation,
    values: dict[str, Any],
    versions: list[dict[str, Any]],
    signatures: list[dict[str, Any]],
) -> list[str]:
    """What is wrong with a signed paper as it was sent; nothing that is merely missing."""
    problems = [day_problem(day) for day in (values["dated_on"], *(row["signed_on"] for row in signatures))]
    languages = [row["language"] for row in versions]
    if len(set(languages)) < len(languages) or set(languages) - dict(LANGUAGES).keys():
        problems.append(_("Each language version stands once, in a language of the list."))
    if {row["party"].pk for row in signatures} - {party.pk for party in operation.party_rows}:
        problems.append(_("Choose a party to this operation for each signatory."))
    return list(dict.fromkeys(problems))


def replace_rows(
    instrument: Instrument, versions: list[dict[str, Any]], signatures: list[dict[str, Any]]
) -> None:
    """The language versions and signatories given replace those held."""
    replace_texts(instrument, versions)
    instrument.signatures.all().delete()
    Signature.objects.bulk_create(Signature(instrument=instrument, **row) for row in signatures)


def told_of(
    instrument: Instrument,
    texts: dict[str, Any],
    versions: list[dict[str, Any]],
    signatures: list[dict[str, Any]],
) -> dict[str, Any]:
    """What the record tells of a paper that was written."""
    return {
        **texts,
        "versions": {row["language"]: row["authentic"] for row in versions},
        "signatories": [row["name"] for row in signatures],
        "scan": instrument.scan.sha256 if instrument.scan else "",
    }


def texts_of(held: Instrument | None, names: tuple[str, ...]) -> dict[str, Any]:
    """These columns of a paper, as held."""
    return {name: getattr(held, name) for name in names} if held else {}


def says_the_same(held: Instrument, before: dict[str, Any], after: dict[str, Any], scan: File | None) -> bool:
    """Whether what was sent is what is held."""
    return before == after and (scan is None or scan.pk == held.scan_id)


def claim(
    held: Instrument | None,
    texts: dict[str, Any],
    base_version: int,
    *,
    theirs: dict[str, Any],
    mine: dict[str, Any],
) -> Instrument | None:
    """Take the next version of what is held and write the texts; nothing where there is none yet."""
    if held is None:
        return None
    editing.bump(held, base_version, theirs=theirs, mine=mine)
    Instrument.objects.filter(pk=held.pk).update(**texts)
    for name, value in texts.items():
        setattr(held, name, value)
    return held


def attach(instrument: Instrument, scan: File | None, actor: User) -> None:
    """A scan held for the actor is given to the instrument; the one it has already stays."""
    if scan is not None and scan.pk != instrument.scan_id:
        instrument.scan = hand_over(scan, actor=actor, gate=GATE, subject_id=instrument.pk)
        instrument.save(update_fields=["scan"])


def refuse(*problems: str) -> None:
    """Refuse with every problem at once, if there is one."""
    obstacles = [Obstacle(text) for text in problems if text]
    if obstacles:
        raise Refused(obstacles)
