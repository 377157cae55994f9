"""What the pages of an agency's settings show: the version in force, the history, the presets, two versions, a move."""

from dataclasses import dataclass
from typing import Any

from taawun.cycle import presets
from taawun.directory.models import Organisation
from taawun.directory.queries import names_of
from taawun.governance import queries, sections
from taawun.governance.models import Version
from taawun.governance.moving import Move
from taawun.governance.saying import Difference, compared, differences, said
from taawun.governance.terms import Terms, terms_of, terms_of_preset
from taawun.ui import words


@dataclass(frozen=True)
class Chapter:
    """A version in the history: who made it, when and why, since when it holds, what it changed."""

    version: Version
    standing: str
    changes: list[Difference]


def history(versions: list[Version]) -> list[Chapter]:
    """The versions, the newest first, each with what it changed against the one before: one SQL statement."""
    terms = {version.version: terms_of(version) for version in versions}
    names = names_of({pk for one in terms.values() for pk in one.organisations})
    return [
        Chapter(
            version,
            queries.standing_of_version(version, versions),
            differences(terms[version.version - 1], terms[version.version], names)
            if version.version > 1
            else [],
        )
        for version in versions
    ]


@dataclass(frozen=True)
class Row:
    """A line of the table of presets: what is settled, how here, how in each preset."""

    label: Any
    here: str
    presets: list[tuple[str, str]]


def beside_presets(agency: Organisation, present: Terms | None) -> list[Row]:
    """The settings in force beside every preset, line by line."""
    ministries = present.ministries if present else ()
    held = {one.name: terms_of_preset(one, agency, ministries) for one in presets.shipped().values()}
    every = [*held.values(), *([present] if present else [])]
    names = names_of({pk for terms in every for pk in terms.organisations})
    lines = {name: {line.key: line for line in said(terms, names)} for name, terms in held.items()}
    here = {line.key: line for line in said(present, names)} if present else {}
    labels = {key: line.label for column in [here, *lines.values()] for key, line in column.items()}
    return [
        Row(
            label,
            here[key].text if key in here else words.NOTHING,
            [(name, column[key].text if key in column else words.NOTHING) for name, column in lines.items()],
        )
        for key, label in labels.items()
    ]


def agencies(user: Any) -> list[dict[str, Any]]:
    """The agencies this person may read of, each with the version in force: five SQL statements, however many."""
    rows = list(queries.agencies_read_by(user))
    chains: dict[int, list[Version]] = {}
    held = Version.objects.filter(provider_id__in=[agency.pk for agency in rows])
    for version in held:
        chains.setdefault(version.provider_id, []).append(version)
    return [{"agency": agency, "present": queries.in_force(chains.get(agency.pk, []))} for agency in rows]


def overview(agency: Organisation, user: Any) -> dict[str, Any]:
    """The page of an agency's settings."""
    versions = queries.versions_of(agency)
    present = queries.in_force(versions)
    terms = terms_of(present) if present else None
    behind: dict[str, int] = {}
    if present:
        behind = {
            "requests": queries.requests_behind(user, agency, present).order_by().count(),
            "operations": queries.operations_behind(user, agency, present).order_by().count(),
        }
    return {
        "present": present,
        "lines": said(terms, names_of(terms.organisations)) if terms else [],
        "history": history(versions),
        "presets": presets.shipped().values(),
        "beside": beside_presets(agency, terms),
        "behind": behind,
        "may_change": queries.may_change(user, agency),
        "sections": sections.of(agency.pk),
    }


def one_version(version: Version) -> dict[str, Any]:
    """The page of one version."""
    chapters = history(queries.versions_of(version.provider))
    chapter = next(chapter for chapter in chapters if chapter.version == version)
    terms = terms_of(chapter.version)
    return {"chapter": chapter, "lines": said(terms, names_of(terms.organisations))}


def comparison(agency: Organisation, first: str, second: str) -> dict[str, Any] | None:
    """Two versions beside each other, by default the last two; None when one asked for is not there."""
    versions = {str(version.version): version for version in queries.versions_of(agency)}
    newest = max(map(int, versions), default=0)
    first, second = first or str(max(newest - 1, 1)), second or str(newest)
    if first not in versions or second not in versions:
        return None
    before, after = terms_of(versions[first]), terms_of(versions[second])
    names = names_of(before.organisations | after.organisations)
    return {
        "versions": versions.values(),
        "first": versions[first],
        "second": versions[second],
        "lines": compared(before, after, names),
    }


def move(change: Move) -> dict[str, Any]:
    """The page on which a case is moved: what the settings change, and what that does to the case."""
    before, after = terms_of(change.before), terms_of(change.present)
    names = names_of(before.organisations | after.organisations)
    lines = [] if change.obstacles else differences(before, after, names)
    return {"change": change, "case": change.case, "lines": lines}
