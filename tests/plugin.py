"""Loaded by pytest before anything reads the settings (`-p tests.plugin` in pyproject.toml)."""

import os

import pytest

from taawun.config import due

os.environ["TAAWUN_TESTING"] = "1"
os.environ.setdefault("TAAWUN_VAR", str(due.ROOT / "var" / "test"))
# WhiteNoise warns where there is no such folder, and warnings are errors here.
(due.var_folder() / "static").mkdir(parents=True, exist_ok=True)

if due.stale_catalogues():
    from taawun.config.prepare import compile_messages

    compile_messages()


def pytest_addoption(parser: pytest.Parser) -> None:
    """What a run may ask for besides pytest's own."""
    parser.addoption(
        "--every-door", action="store_true", help="everybody tries every address at every stage (tests/doors)"
    )
