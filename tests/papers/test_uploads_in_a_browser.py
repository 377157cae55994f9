"""A large scan over a line that is cut: a real browser sends it in pieces, goes on, and the form has it."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest

playwright = pytest.importorskip("playwright.sync_api")

from django.contrib.staticfiles.handlers import StaticFilesHandler  # noqa: E402
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from taawun.papers import pieces  # noqa: E402
from taawun.papers.models import File, Upload  # noqa: E402
from tests.factories import who  # noqa: E402
from tests.papers import made  # noqa: E402

pytestmark = pytest.mark.browser
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
PAGE = "/operations/take-over/"
SCAN = {
    "name": "register.pdf",
    "mimeType": "application/pdf",
    "buffer": made.pdf(text=b"% " + b"a" * (4 * pieces.PIECE) + b"\n"),
}
PIECES = -(-len(SCAN["buffer"]) // pieces.PIECE)


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        pass


class _Server(WSGIServer):
    daemon_threads = True


@pytest.fixture
def page(committed_world):
    """The form that takes over running work, in the desk's browser; `sent` lists the pieces, `cut` those to cut."""
    client = Client()
    client.force_login(who("desk"))
    server = make_server("127.0.0.1", 0, StaticFilesHandler(WSGIHandler()), _Server, _Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(base_url=address)
        context.add_cookies(
            [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}]
        )
        opened = context.new_page()
        opened.sent, opened.cut, opened.complaints = [], set(), []
        opened.on("pageerror", lambda error: opened.complaints.append(str(error)))
        opened.route("**/files/uploads/*/", lambda route: _by_the_line(opened, route))
        opened.goto(PAGE)
        yield opened
        browser.close()
    server.shutdown()
    server.server_close()


def _by_the_line(page, route):
    if route.request.method != "PATCH":
        return route.continue_()
    page.sent.append(int(route.request.headers["upload-offset"]))
    if len(page.sent) in page.cut:
        return route.abort("connectionfailed")
    return route.continue_()


def asked(question):
    """An answer of the database, asked outside the browser's loop."""

    def ask():
        try:
            return question()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as aside:
        return aside.submit(ask).result()


def box(page):
    return page.locator("[data-upload-of=scan]")


def test_a_line_cut_in_the_middle_costs_one_piece_and_the_form_has_the_file(page):
    page.cut = {3}

    page.set_input_files("[name=scan]", SCAN)
    box(page).get_by_text("It has arrived. You need not").wait_for()

    assert page.sent == sorted([*range(0, len(SCAN["buffer"]), pieces.PIECE), 2 * pieces.PIECE])
    assert page.locator("[name=scan_held]").count() == 1
    assert page.eval_on_selector("[name=scan]", "input => input.files.length") == 0
    held = asked(lambda: list(File.objects.values_list("size", "gate")))
    assert held == [(len(SCAN["buffer"]), "pending")]
    assert page.complaints == []


def test_after_a_reload_the_same_file_goes_on_where_it_stood(page):
    page.cut = set(range(3, 100))
    page.set_input_files("[name=scan]", SCAN)
    box(page).get_by_text("The line is cut.").wait_for()

    page.reload()
    box(page).get_by_text("A part of this file is here already.").wait_for()
    page.sent, page.cut = [], set()
    page.set_input_files("[name=scan]", SCAN | {"buffer": SCAN["buffer"]})
    box(page).get_by_text("It has arrived. You need not").wait_for()

    assert len(page.sent) in (PIECES, PIECES - 2)  # a browser may date a file given to it twice differently
    assert asked(lambda: File.objects.get().size) == len(SCAN["buffer"])


def test_what_is_no_scan_is_refused_in_words_and_the_field_is_free_again(page):
    page.set_input_files("[name=scan]", SCAN | {"buffer": b"<html>" + b"x" * (3 * pieces.PIECE)})
    box(page).get_by_text("By its content this is a web page").wait_for()

    assert page.eval_on_selector("[name=scan]", "input => input.files.length") == 0
    assert asked(lambda: (Upload.objects.count(), File.objects.count())) == (0, 0)


def test_a_small_scan_goes_with_its_form_as_before(page):
    page.set_input_files("[name=scan]", SCAN | {"buffer": made.pdf()})

    assert page.eval_on_selector("[name=scan]", "input => input.files.length") == 1
    assert (page.sent, box(page).is_hidden()) == ([], True)
