"""The front-end files of others stand in the repository exactly as they were published."""

import subprocess
import sys
from pathlib import Path

from tools import vendor

ROOT = Path(__file__).resolve().parent.parent


def test_every_vendored_file_is_the_one_recorded():
    assert vendor.wrong_files() == []


def test_a_changed_vendored_file_is_named(tmp_path):
    for entry in vendor.entries():
        copy = tmp_path / entry["target"]
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes((ROOT / entry["target"]).read_bytes())
    changed = vendor.entries()[0]
    (tmp_path / changed["target"]).write_bytes(b"body{}")

    assert vendor.wrong_files(tmp_path) == [
        f"{changed['target']} is not {changed['package']} {changed['version']}."
    ]


def test_nothing_unrecorded_lies_among_the_vendored_files():
    recorded = {entry["target"] for entry in vendor.entries()}
    folders = {ROOT / Path(target).parent for target in recorded}

    found = {
        path.relative_to(ROOT).as_posix() for folder in folders for path in folder.iterdir() if path.is_file()
    }

    assert found == recorded


def test_every_package_brings_its_licence_text_along():
    packages = {entry["package"] for entry in vendor.entries()}

    with_licence = {entry["package"] for entry in vendor.entries() if entry["source"].startswith("LICENSE")}

    assert with_licence == packages


def test_the_check_runs_as_a_command():
    finished = subprocess.run(
        [sys.executable, ROOT / "tools" / "vendor.py", "--check"], capture_output=True, text=True
    )

    assert (finished.returncode, finished.stdout) == (0, "Every vendored file is the one recorded.\n")
