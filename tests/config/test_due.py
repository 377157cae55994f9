"""What is due before serving: exactly what changed, found out from the files and the notes in the database."""

import os
import subprocess
import sys

import polib
import pytest
from django.db import connection

from taawun.config import demo, due, prepare


@pytest.fixture
def house(tmp_path, monkeypatch):
    """A house of few files, in place of the real one."""
    for name in (
        "planning/migrations/0001_first.py",
        "reference/data/countries.csv",
        "ui/static/ui/theme.css",
    ):
        path = tmp_path / "src" / "taawun" / name
        path.parent.mkdir(parents=True)
        path.write_text("first")
    monkeypatch.setattr(due, "ROOT", tmp_path)
    monkeypatch.setattr(due, "PACKAGE", tmp_path / "src" / "taawun")
    monkeypatch.setenv("TAAWUN_VAR", str(tmp_path / "var"))
    return tmp_path


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ("planning/migrations/0001_first.py", ["migrations"]),
        ("reference/data/countries.csv", ["reference"]),
        ("ui/static/ui/theme.css", []),
    ],
)
def test_a_database_is_due_for_what_changed_alone(house, changed, expected):
    notes = due.database_wants(demo=True)

    (due.PACKAGE / changed).write_text("second")

    assert due.database_due(notes, demo=True) == expected


def test_a_new_file_or_another_name_is_a_change(house):
    before = due.migrations_digest()
    first = due.PACKAGE / "planning/migrations/0001_first.py"

    first.rename(first.with_name("0001_other.py"))

    assert due.migrations_digest() != before


def test_other_pins_are_a_change_to_database_and_static_files(house):
    before = (due.migrations_digest(), due.static_digest())

    (house / "requirements").mkdir()
    (house / "requirements" / "run.txt").write_text("django==5.2")

    assert due.migrations_digest() != before[0]
    assert due.static_digest() != before[1]


def test_everything_is_due_on_an_empty_database(house):
    assert due.database_due(due.read_notes(None), demo=True) == ["migrations", "reference", "demo"]


def test_a_comment_of_somebody_else_is_no_note(house):
    assert due.read_notes("the database of the office") == {}


def test_the_demonstration_world_is_not_wanted_outside_a_demonstration(house):
    assert due.database_due({}, demo=False) == ["migrations", "reference"]


def test_static_files_are_due_until_collected_and_again_when_changed_or_gone(house):
    collected = house / "var" / "static" / "staticfiles.json"
    first = due.files_due()
    collected.parent.mkdir(parents=True)
    collected.write_text("{}")
    due.static_note().write_text(due.static_digest())
    second = due.files_due()
    collected.unlink()
    third = due.files_due()

    assert (first, second, third) == (["static"], [], ["static"])


def test_a_catalogue_is_compiled_when_missing_or_older_than_its_source(house):
    source = due.PACKAGE / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="Request", msgstr="Requête"))
    catalogue.save(str(source))

    assert due.stale_catalogues() == [source]
    prepare.compile_messages()
    assert due.stale_catalogues() == []
    assert [entry.msgstr for entry in polib.mofile(str(source.with_suffix(".mo")))] == ["Requête"]
    os.utime(source, (source.stat().st_mtime + 10,) * 2)
    assert due.stale_catalogues() == [source]


@pytest.mark.django_db
def test_what_was_done_is_noted_in_the_database_and_not_done_again(monkeypatch):
    done = []
    for name in ("migrations", "reference", "demo"):
        monkeypatch.setitem(prepare._DATABASE, name, lambda name=name: done.append(name))
    with connection.cursor() as cursor:
        cursor.execute(f'COMMENT ON DATABASE "{connection.settings_dict["NAME"]}" IS NULL')

    prepare.prepare_database(["reference"])
    prepare.prepare_database(["migrations", "reference"])
    prepare.prepare_database(["migrations", "reference"])

    assert done == ["reference", "migrations"]


@pytest.mark.django_db
def test_a_step_that_fails_is_not_noted(monkeypatch):
    def fail() -> None:
        raise OSError

    with connection.cursor() as cursor:
        cursor.execute(f'COMMENT ON DATABASE "{connection.settings_dict["NAME"]}" IS NULL')
    monkeypatch.setitem(prepare._DATABASE, "reference", fail)
    with pytest.raises(OSError):
        prepare.prepare_database(["reference"])

    monkeypatch.setitem(prepare._DATABASE, "reference", lambda: None)
    assert prepare.prepare_database(["reference"]) == ["reference"]


def test_what_this_machine_lacks_is_said_with_what_it_means(monkeypatch):
    monkeypatch.setattr(demo, "find_library", lambda name: None)
    monkeypatch.setattr(demo, "_arabic_font", lambda: True)

    assert demo.missing_here() == [
        "Pango is missing: papers are printed from the browser or made as Word; the server cannot write PDF.",
        "To add: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    ]


def test_the_plainest_font_does_not_count_for_arabic(monkeypatch, tmp_path):
    lists_fonts = tmp_path / "fc-list"
    lists_fonts.write_text("#!/bin/sh\necho 'DejaVu Sans'")
    lists_fonts.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert not demo._arabic_font()


def test_nothing_is_said_where_nothing_lacks(monkeypatch):
    monkeypatch.setattr(demo, "find_library", lambda name: "libpango-1.0.so.0")
    monkeypatch.setattr(demo, "_arabic_font", lambda: True)

    assert demo.missing_here() == []


@pytest.mark.parametrize(("arguments", "code"), [([], 0), (["--help"], 0), (["unknown"], 2)])
def test_the_command_lists_what_there_is(arguments, code):
    finished = subprocess.run([sys.executable, "-m", "taawun", *arguments], capture_output=True, text=True)

    assert (finished.returncode, "worker" in finished.stdout) == (code, True)
