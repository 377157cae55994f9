"""Pictures of pages, for a person's eyes: python -m tests.browser.look FOLDER slug:path[:en,fr,ar] …"""

import json
import os
import re
import sys
from pathlib import Path

import django
from playwright.sync_api import sync_playwright

from tests import database, plugin  # noqa: F401 (the plugin sets the environment of tests)
from tests.browser.chromium import CHROMIUM, FLAGS
from tests.program import Program


def main(folder: str, *wanted: str) -> None:
    """Save each page in each language, wide and narrow."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taawun.config.settings")
    django.setup()
    from taawun.workspace.demo.cast import BY_SLUG  # noqa: PLC0415 (its models need the settings)

    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    with database.copy("world") as var, Program(var) as program, sync_playwright() as playwright:
        rows = json.loads((var / "run" / "links.json").read_text(encoding="utf-8"))
        links = {person: url for _role, person, url in rows}
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for each in wanted:
            slug, path, languages = (*each.split(":"), "en,fr,ar")[:3]
            for language in languages.split(","):
                for width in (1280, 360):
                    context = chromium.new_context(locale=language, viewport={"width": width, "height": 900})
                    context.add_cookies(
                        [{"name": "taawun_language", "value": language, "url": program.address}]
                    )
                    page = context.new_page()
                    if slug:
                        page.goto(links[BY_SLUG[slug].en])
                    answer = page.goto(program.address + path)
                    name = re.sub(r"\W+", "-", f"{slug}-{path}").strip("-")
                    page.screenshot(path=str(target / f"{name}.{language}.{width}.png"), full_page=True)
                    print(answer.status if answer else "", slug, path, language, width)
                    context.close()
        chromium.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
