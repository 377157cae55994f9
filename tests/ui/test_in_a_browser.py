"""The components as a real browser shows them: no barrier, nothing sideways, nothing against the content policy."""

import os
import threading
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest

playwright = pytest.importorskip("playwright.sync_api")

from django.contrib.staticfiles.handlers import StaticFilesHandler  # noqa: E402
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402

from tests.ui import showcase  # noqa: E402

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
AXE = Path(__file__).parents[1] / "browser" / "vendor" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tests.ui.showcase.frame",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

pytestmark = pytest.mark.browser


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        pass


class _Server(WSGIServer):
    daemon_threads = True


@pytest.fixture(scope="module")
def chromium():
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def address(settings):
    """The showcase on a port of its own, without a database."""
    settings.ROOT_URLCONF = "tests.ui.showcase"
    settings.MIDDLEWARE = MIDDLEWARE
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    settings.DEMO = True
    server = make_server("127.0.0.1", 0, StaticFilesHandler(WSGIHandler()), _Server, _Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def look(chromium, address):
    """Open a page of the showcase at a width; the second context may run axe, which the policy would stop."""

    def make(path, width=1280, *, policy=True, **kwargs):
        context = chromium.new_context(
            viewport={"width": width, "height": 800}, bypass_csp=not policy, **kwargs
        )
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
        page.goto(address + path)
        return page

    return make


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize("name", showcase.PAGES)
def test_no_page_raises_a_barrier(look, name, language):
    found = {}
    for width in (360, 1280):
        page = look(f"/{name}/?in=1&lang={language}&paper={language}", width, policy=False)
        page.add_script_tag(path=AXE)
        answer = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
        found |= {f"{v['id']} at {width}": [n["html"] for n in v["nodes"]] for v in answer["violations"]}
        page.context.close()

    assert found == {}


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", showcase.PAGES)
def test_no_page_goes_sideways_at_320_or_breaks_the_policy(look, name, language):
    page = look(f"/{name}/?in=1&lang={language}", 320)

    sideways = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")

    assert sideways <= 0
    assert page.complaints == []
    page.context.close()


def test_the_symbols_of_the_sprite_are_drawn(look):
    page = look("/case/?in=1")

    box = page.locator(".chk .ic.no").first.evaluate("svg => svg.querySelector('use').getBBox().width")

    assert box > 0
    page.context.close()


def test_what_is_typed_is_kept_by_itself_and_a_cut_line_is_told(look):
    showcase.KEPT.clear()
    page = look("/form/?in=1")

    page.fill("#id_purpose", "Communal services keep boreholes working & measured")
    page.wait_for_selector("text=Draft saved at 15:01")
    page.context.set_offline(True)
    page.fill("#id_baseline", "58")
    page.wait_for_selector("text=Not saved: the line is cut")
    page.context.set_offline(False)
    page.wait_for_selector("text=Draft saved at 15:01")

    assert showcase.KEPT[0]["purpose"] == "Communal services keep boreholes working & measured"
    assert showcase.KEPT[0]["base_version"] == "3"
    assert showcase.KEPT[-1]["baseline"] == "58"
    page.context.close()


def test_what_was_typed_last_is_kept_when_the_page_is_left(look, address):
    showcase.KEPT.clear()
    page = look("/form/?in=1")

    page.fill("#id_baseline", "59")
    page.goto(f"{address}/case/?in=1")
    page.wait_for_load_state("networkidle")

    assert [kept["baseline"] for kept in showcase.KEPT] == ["59"]
    page.context.close()


def test_without_a_script_a_paper_says_how_to_print(look):
    page = look("/paper/", java_script_enabled=False)

    assert page.locator("[data-no-script]").is_visible()
    assert not page.locator("[data-print]").is_visible()
    page.context.close()


def test_without_a_script_the_menu_opens(look):
    page = look("/case/?in=1", 360, java_script_enabled=False)

    page.locator(".nav-m summary").click()

    assert page.locator(".nav-m").get_by_text("Sign out").is_visible()
    page.context.close()
