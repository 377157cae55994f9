"""What `python -m taawun iati` does with each file, and how it tells it."""

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import translation
from django.utils.translation import gettext as _, ngettext

from taawun.foundation import clock
from taawun.foundation.models import User
from taawun.interchange import actions, saying
from taawun.interchange.findings import sentence
from taawun.interchange.iati import reading
from taawun.interchange.iati.records import Finding
from taawun.interchange.models import LoadEntry, Verdict
from taawun.interchange.sources import file_source
from taawun.ui import words

SOUND, REFUSED, NOT_UNDERSTOOD = 0, 1, 2
SHOWN = 20  # changed or held-back activities told of each file; with --json all that are handed back


def run(options: argparse.Namespace) -> int:
    """Every file in turn; the worst exit code of all."""
    with translation.override(options.language):
        actor = None
        if options.command == "import" and options.actor:
            actor = User.objects.filter(email__iexact=options.actor).first()
            if actor is None:
                _say(_("Nobody signs in with the address “%(address)s”.") % {"address": options.actor})
                return NOT_UNDERSTOOD
        told = [_one(Path(name), options, actor) for name in options.files]
    if options.json:
        print(json.dumps([one["told"] for one in told], ensure_ascii=False, indent=1))
    return max(one["code"] for one in told)


def _say(text: str) -> None:
    """How far it is, for whoever watches."""
    print(text, file=sys.stderr, flush=True)


def _one(path: Path, options: argparse.Namespace, actor: User | None) -> dict[str, Any]:
    try:
        told = _checked(path) if options.command == "validate" else _taken(path, options, actor)
    except actions.FileRefused as refused:
        told = _refused(path, refused.findings)
    except PermissionDenied:
        told = _failed(path, _("Only the administrator of an agency may do this."), REFUSED)
    except OSError as error:
        told = _failed(path, error.strerror or str(error), NOT_UNDERSTOOD)
    if not options.json:
        print("\n".join(told["lines"]), flush=True)
    return told


def _failed(path: Path, why: str, code: int) -> dict[str, Any]:
    line = words.labelled(path.name, why)
    return {"code": code, "told": {"file": str(path), "outcome": "failed", "why": why}, "lines": [line]}


def _checked(path: Path) -> dict[str, Any]:
    findings = reading.check(path, today=clock.today())
    if findings:
        return _refused(path, findings)
    line = words.labelled(path.name, _("No error was found."))
    return {"code": SOUND, "told": {"file": str(path), "outcome": "sound"}, "lines": [line]}


def _refused(path: Path, findings: list[Finding]) -> dict[str, Any]:
    told = ngettext("refused, with %(count)s error", "refused, with %(count)s errors", len(findings))
    head = words.labelled(path.name, told % {"count": words.figure(len(findings))})
    errors = [{**_place(one), "slug": one.slug, "text": sentence(one)} for one in findings]
    lines = [f"{path.name}:{one['line']}: {_of(one)}{one['text']}" for one in errors]
    told_of = {"file": str(path), "outcome": "refused", "errors": errors}
    return {"code": REFUSED, "told": told_of, "lines": [head, *lines]}


def _place(one: Any) -> dict[str, Any]:
    return {"line": one.line, "identifier": one.identifier}


def _of(error: dict[str, Any]) -> str:
    return f"{error['identifier']}: " if error["identifier"] else ""


def _taken(path: Path, options: argparse.Namespace, actor: User | None) -> dict[str, Any]:
    def progress(number: int) -> None:
        told = _("%(file)s: %(count)s activities read")
        _say(told % {"file": path.name, "count": words.figure(number)})

    result = actions.take_in(
        file_source(path),
        actor=actor,
        feed=options.feed,
        terms=actions.Terms(options.address, options.licence, options.attribution),
        dry_run=options.dry_run,
        progress=progress,
    )
    told = {
        "file": str(path),
        "outcome": _outcome(result, options.dry_run),
        "feed": result.feed,
        "counts": result.counts,
        "load": result.load.pk if result.load else None,
        "changed": [_change(one) for one in _entries(result, Verdict.CHANGED)],
        "held_back": [
            {**_place(one), "why": saying.why_held_back(one)} for one in _entries(result, Verdict.HELD_BACK)
        ],
    }
    return {"code": SOUND, "told": told, "lines": _lines(path, result, options.dry_run)}


def _entries(result: actions.Taken, verdict: Verdict) -> list[LoadEntry]:
    return [one for one in result.entries if one.verdict == verdict]


def _outcome(result: actions.Taken, dry_run: bool) -> str:
    if not result.moving:
        return "nothing-new"
    return "trial" if dry_run else "taken-in"


def _change(one: LoadEntry) -> dict[str, Any]:
    differ = saying.differences(one.changes)
    return {**_place(one), "title": one.title, "changes": [vars(each) for each in differ]}


def _lines(path: Path, result: actions.Taken, dry_run: bool) -> list[str]:
    lines = [
        words.labelled(path.name, words.listed(saying.counted(result.counts))),
        f"  {_end(result, dry_run)}",
    ]
    for one in _entries(result, Verdict.CHANGED)[:SHOWN]:
        lines += [f"  {one.identifier}", *(f"    {each}" for each in saying.differences(one.changes))]
    held_back = _entries(result, Verdict.HELD_BACK)[:SHOWN]
    lines += [f"  {one.identifier}: {saying.why_held_back(one)}" for one in held_back]
    return [*lines, *_notes(result)]


def _end(result: actions.Taken, dry_run: bool) -> str:
    if result.same_as and result.same_as.applied_at:
        day = words.written(result.same_as.applied_at, "d MMM y")
        return _("The very same file was taken in on %(day)s: nothing was changed.") % {"day": day}
    if not result.moving:
        return _("Nothing of it is new: nothing was changed.")
    if dry_run:
        return _("This was a trial: nothing was changed.")
    return _("Taken in.")


def _notes(result: actions.Taken) -> Iterable[str]:
    number = result.counts.get("findings", 0)
    if number:
        told = ngettext(
            "%(count)s note on what the file says", "%(count)s notes on what the file says", number
        )
        yield f"  {told % {'count': words.figure(number)}}"
