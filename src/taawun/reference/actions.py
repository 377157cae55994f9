"""Bringing the code lists of the files into the database."""

from __future__ import annotations

import csv
import hashlib
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from taawun.foundation import clock
from taawun.reference import names
from taawun.reference.models import Code, CodeList
from taawun.reference.sheets import ALSO, NAME, held

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Loaded:
    """What became of one list: how many codes it holds and how many were withdrawn, or nothing new.

    `held_back`: the file has another version, which waits for an administrator, as the installation has its own.
    """

    slug: str
    codes: int = 0
    withdrawn: int = 0
    unchanged: bool = False
    held_back: bool = False


@transaction.atomic
def load_code_lists(*, data: Path = DATA) -> list[Loaded]:
    """Bring every list of the manifest into the database; a list whose file has not changed is left alone.

    New codes enter, changed ones change; a code the file no longer holds is withdrawn as of today and stays
    for the records that use it. Everything or nothing is loaded. Lists may point to each other in any order:
    the database checks at the end. A list that this installation brought up to date by itself stays as it is:
    the file's version waits beside it (`CodeList.waiting`) until an administrator takes it in. A list that points to
    codes of a version that waits is tried again at the next start.
    """
    manifest = tomllib.loads((data / "manifest.toml").read_text(encoding="utf-8"))
    known = {one.slug: one for one in CodeList.objects.select_for_update()}
    shipped = [
        _shipped(slug, entry, data / entry["file"], known.get(slug)) for slug, entry in manifest.items()
    ]
    left = _without_ground(shipped)
    loaded = [_load(one, waits=one.slug in left) for one in shipped]
    if not all(one.unchanged or one.held_back for one in loaded):
        connection.check_constraints()
        transaction.on_commit(names.forget)
    return loaded


@dataclass(frozen=True)
class Shipped:
    """A list as its file has it, and as it is known."""

    slug: str
    entry: Mapping[str, Any]
    content: str
    digest: str
    known: CodeList | None

    @property
    def is_new(self) -> bool:
        """Whether the file says something else than what was loaded last."""
        return self.known is None or self.digest != self.known.digest

    @property
    def is_loaded(self) -> bool:
        """Whether it takes the place of what is held: not where the installation keeps a version of its own."""
        return self.is_new and not (self.known is not None and self.known.is_own)


def _shipped(slug: str, entry: Mapping[str, Any], path: Path, known: CodeList | None) -> Shipped:
    content = path.read_bytes()
    described = json.dumps(entry, sort_keys=True, ensure_ascii=False).encode()
    digest = hashlib.sha256(described + b"\n" + content).hexdigest()
    return Shipped(slug, entry, content.decode("utf-8"), digest, known)


def _without_ground(shipped: Sequence[Shipped]) -> set[str]:
    """The lists with a code that points to one only a version that waits has; they wait for it."""
    codes = {one.slug: list(_codes(one.slug, one.content)) for one in shipped if one.is_new}
    left = {one.slug for one in shipped if one.is_new and not one.is_loaded}
    if not left:
        return set()
    held = set(Code.objects.values_list("id", flat=True))
    while True:
        waiting = {code.id for slug in left for code in codes[slug]} - held
        fallen = {slug for slug in set(codes) - left if waiting & _pointed_to(codes[slug])}
        if not fallen:
            return left
        left |= fallen


def _pointed_to(codes: Iterable[Code]) -> set[str]:
    return {at for code in codes for at in (code.parent_id, code.successor_id) if at}


def _load(shipped: Shipped, *, waits: bool) -> Loaded:
    slug, entry, known, digest = shipped.slug, shipped.entry, shipped.known, shipped.digest
    if not shipped.is_new:
        return Loaded(slug, unchanged=True)
    told = {name: entry[name] for name in DESCRIBED}
    if waits and not (known is not None and known.is_own):
        return Loaded(slug, held_back=True)
    if known is not None and known.is_own:
        return _hold_back(known, {"digest": digest, "told": told, "content": shipped.content})
    CodeList.objects.update_or_create(
        slug=slug, defaults=told | {"digest": digest, "changed_at": clock.now(), "waiting": None}
    )
    codes = list(_codes(slug, shipped.content))
    Code.objects.bulk_create(codes, update_conflicts=True, unique_fields=["id"], update_fields=CHANGED)
    gone = Code.objects.filter(code_list=slug, valid_to__isnull=True).exclude(
        id__in=[code.id for code in codes]
    )
    return Loaded(slug, codes=len(codes), withdrawn=gone.update(valid_to=clock.today()))


def _hold_back(known: CodeList, waiting: dict[str, Any]) -> Loaded:
    """Let a shipped version wait beside the one of this installation."""
    if (known.waiting or {}).get("digest") != waiting["digest"]:
        CodeList.objects.filter(pk=known.pk).update(waiting=waiting)
    return Loaded(known.slug, held_back=True)


DESCRIBED = ["names", "origin", "licence", "version", "order"]
CHANGED = ["position", "names", "also", "valid_from", "valid_to", "successor", "parent"]


def _codes(slug: str, text: str) -> Iterator[Code]:
    for position, row in enumerate(csv.DictReader(text.splitlines())):
        yield _code(slug, row, position)


def _code(slug: str, row: Mapping[str, str], position: int) -> Code:
    return Code(
        id=f"{slug}:{row['code']}",
        code_list_id=slug,
        code=row["code"],
        position=position,
        names=held(row, NAME),
        also=held(row, ALSO),
        valid_from=_day(row.get("valid_from")),
        valid_to=_day(row.get("valid_to")),
        successor_id=row.get("successor") or None,
        parent_id=row.get("parent") or None,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def put_codes(code_list: CodeList, rows: Iterable[Mapping[str, str]], positions: Mapping[str, int]) -> None:
    """Let codes of a list say what these rows say, new ones entering; every code takes the place `positions` gives it.

    In the caller's transaction, which the database refuses where a row points to a code that is not there. Every
    process sees the names within `names.ASKED_EVERY` seconds.
    """
    at = len(positions)
    codes = [_code(code_list.slug, row, positions.get(row["code"], at)) for row in rows]
    Code.objects.bulk_create(codes, update_conflicts=True, unique_fields=["id"], update_fields=CHANGED)
    present = list(Code.objects.filter(code_list=code_list).only("position", "code"))
    moved = [code for code in present if positions.get(code.code, code.position) != code.position]
    for code in moved:
        code.position = positions[code.code]
    Code.objects.bulk_update(moved, ["position"])
    connection.check_constraints()
    transaction.on_commit(names.forget)
