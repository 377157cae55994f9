"""Bring translations, static files and the database up to date: only what is due, each noted when done.

It may be interrupted and run again at any moment, and run where nothing is due.
"""

import json
import os

import django
import polib
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from taawun.config import due


def main(arguments: list[str]) -> int:
    """All that is due, or of it only what is named: messages, static, migrations, reference, demo."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taawun.config.settings")
    django.setup()
    wanted = arguments or [
        "messages",
        "static",
        "migrations",
        "reference",
        *(["demo"] if settings.DEMO else []),
    ]
    for name in due.files_due():
        if name in wanted:
            _FILES[name]()
            print(f"prepared: {name}", flush=True)
    if set(wanted) & set(_DATABASE):
        for name in prepare_database(wanted):
            print(f"prepared: {name}", flush=True)
    return 0


def compile_messages() -> None:
    """Compile the translations with polib: the gettext tools are not on a bare machine."""
    for path in due.stale_catalogues():
        compiled = path.with_suffix(f".{os.getpid()}.new")  # two starts at once do not write into one file
        polib.pofile(str(path)).save_as_mofile(str(compiled))
        compiled.replace(path.with_suffix(".mo"))


def collect_static() -> None:
    digest = due.static_digest()
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    due.static_note().write_text(digest)


def prepare_database(wanted: list[str]) -> list[str]:
    """Do to the database what is due of `wanted`, and note it there. Returns what was done."""
    with connection.cursor() as cursor:
        cursor.execute(f"{due.READ_NOTES} current_database()")
        notes = due.read_notes(cursor.fetchone()[0])
    goal = due.database_wants(demo=True)
    names = [name for name in due.database_due(notes, demo=True) if name in wanted]
    for name in names:
        _DATABASE[name]()
        notes[name] = goal[name]
        _write_notes(notes)
    return names


def _write_notes(notes: dict[str, str]) -> None:
    with connection.cursor() as cursor:
        name = connection.ops.quote_name(connection.settings_dict["NAME"])
        cursor.execute(f"COMMENT ON DATABASE {name} IS %s", [json.dumps(notes)])


def _migrate() -> None:
    call_command("migrate", interactive=False, verbosity=0)


def _load_reference() -> None:
    call_command("load_reference", verbosity=0)


def _load_demo() -> None:
    with transaction.atomic():  # a start that was interrupted leaves no half world
        call_command("load_demo", verbosity=0)


_FILES = {"messages": compile_messages, "static": collect_static}
_DATABASE = {"migrations": _migrate, "reference": _load_reference, "demo": _load_demo}
