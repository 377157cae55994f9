"""Bringing the code lists of the files into the database."""

from __future__ import annotations

import csv
import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from taawun.foundation import clock
from taawun.reference import names
from taawun.reference.models import Code, CodeList

DATA = Path(__file__).parent / "data"
NAME, ALSO = "name_", "also_"  # columns: by language; by the system that calls it so


@dataclass(frozen=True)
class Loaded:
    """What became of one list: how many codes it holds and how many were withdrawn, or nothing new."""

    slug: str
    codes: int = 0
    withdrawn: int = 0
    unchanged: bool = False


@transaction.atomic
def load_code_lists(*, data: Path = DATA) -> list[Loaded]:
    """Bring every list of the manifest into the database; a list whose file has not changed is left alone.

    New codes enter, changed ones change; a code the file no longer holds is withdrawn as of today and stays
    for the records that use it. Everything or nothing is loaded. Lists may point to each other in any order:
    the database checks at the end.
    """
    manifest = tomllib.loads((data / "manifest.toml").read_text(encoding="utf-8"))
    known = dict(CodeList.objects.values_list("slug", "digest"))
    loaded = [_load(slug, entry, data / entry["file"], known.get(slug)) for slug, entry in manifest.items()]
    if not all(one.unchanged for one in loaded):
        connection.check_constraints()
        transaction.on_commit(names.forget)
    return loaded


def _load(slug: str, entry: Mapping[str, Any], path: Path, known_digest: str | None) -> Loaded:
    content = path.read_bytes()
    described = json.dumps(entry, sort_keys=True, ensure_ascii=False).encode()
    digest = hashlib.sha256(described + b"\n" + content).hexdigest()
    if digest == known_digest:
        return Loaded(slug, unchanged=True)
    told = {name: entry[name] for name in DESCRIBED} | {"digest": digest, "changed_at": clock.now()}
    CodeList.objects.update_or_create(slug=slug, defaults=told)
    codes = list(_codes(slug, content.decode("utf-8")))
    Code.objects.bulk_create(codes, update_conflicts=True, unique_fields=["id"], update_fields=CHANGED)
    gone = Code.objects.filter(code_list=slug, valid_to__isnull=True).exclude(
        id__in=[code.id for code in codes]
    )
    return Loaded(slug, codes=len(codes), withdrawn=gone.update(valid_to=clock.today()))


DESCRIBED = ["names", "origin", "licence", "version", "order"]
CHANGED = ["position", "names", "also", "valid_from", "valid_to", "successor", "parent"]


def _codes(slug: str, text: str) -> Iterator[Code]:
    for position, row in enumerate(csv.DictReader(text.splitlines())):
        yield Code(
            id=f"{slug}:{row['code']}",
            code_list_id=slug,
            code=row["code"],
            position=position,
            names=_held(row, NAME),
            also=_held(row, ALSO),
            valid_from=_day(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
            successor_id=row["successor"] or None,
            parent_id=row["parent"] or None,
        )


def _held(row: Mapping[str, str], prefix: str) -> dict[str, str]:
    return {
        column.removeprefix(prefix): text
        for column, text in row.items()
        if column.startswith(prefix) and text
    }


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
