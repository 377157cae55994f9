"""The content policy forbids inline styles and scripts: no template may have any."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES = sorted(settings.PACKAGE.glob("*/templates/**/*.html"))
PHYSICAL = re.compile(
    r"(?<![\w-])(margin|padding|border|inset)-(left|right)\s*:|(?<![\w-])(float|text-align)\s*:\s*(left|right)"
)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda p: str(p.relative_to(settings.PACKAGE)))
def test_no_template_carries_style_or_script_of_its_own(template: Path):
    text = template.read_text()

    assert re.findall(r"\sstyle\s*=|<style|\son\w+\s*=\s*[\"']|<script(?![^>]*\ssrc=)", text) == []


@pytest.mark.parametrize("sheet", ["theme.css", "paper.css"])
def test_our_sheets_use_logical_properties_only(sheet):
    text = (settings.PACKAGE / "ui/static/ui" / sheet).read_text()

    assert [match.group() for match in PHYSICAL.finditer(text)] == []


def test_every_symbol_asked_for_is_in_the_sprite():
    sprite = (settings.PACKAGE / "ui/static/ui/icons.svg").read_text()
    known = set(re.findall(r'id="i-([a-z]+)"', sprite))
    asked = set()
    for template in TEMPLATES:
        asked |= set(re.findall(r'{% icon "([a-z]+)"', template.read_text()))

    assert asked - known == set()


def test_the_sheets_and_scripts_stay_within_the_first_visits_budget():
    names = ["vendor/bootstrap.min.css", "theme.css", "icons.svg", "favicon.svg", "autosave.js"]
    folder = settings.PACKAGE / "ui/static/ui"

    assert sum(len(gzip.compress((folder / name).read_bytes())) for name in names) < 50_000
