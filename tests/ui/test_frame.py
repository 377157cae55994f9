import re

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from taawun.ui import context, nav

PAGE = '{% extends "ui/base.html" %}{% block title %}Work{% endblock %}{% block content %}<h1>Work</h1>{% endblock %}'


@pytest.fixture(autouse=True)
def _a_menu_of_two(monkeypatch):
    monkeypatch.setattr(nav, "address_of", lambda name: f"/{name}/")
    monkeypatch.setattr(
        context, "_words", {"house": lambda r: "Ministry <of> Water", "person": lambda r: "Officer"}
    )
    nav.register(20, "requests", "Requests", "/requests/")
    nav.register(10, "desk", "My desk", "/desk/")


def test_a_signed_in_person_gets_the_menu_in_order_with_the_place_marked(draw, ask):
    page = draw(PAGE, ask("/requests/7/", signed_in=True))

    menu = page[page.index('class="nav-d"') : page.index("<main")]
    assert re.findall(r'href="([^"]+)"( aria-current="page")?', menu) == [
        ("/desk/", ""),
        ("/requests/", ' aria-current="page"'),
    ]


def test_the_names_of_house_and_person_are_escaped(draw, ask):
    assert "Ministry &lt;of&gt; Water" in draw(PAGE, ask(signed_in=True))


def test_a_visitor_sees_the_door_and_nothing_of_the_house(draw, ask):
    page = draw(PAGE, ask())

    assert 'class="nav-d"' not in page
    assert "Ministry" not in page
    assert '<a href="/account_login/">Sign in</a>' in page


def test_an_entry_for_some_is_not_shown_to_others(draw, ask):
    nav.register(5, "lots", "Lots", "/lots/", shown=lambda request: False)

    assert "/lots/" not in draw(PAGE, ask(signed_in=True))


def test_signing_out_is_a_form_that_posts(draw, ask):
    page = draw(PAGE, ask(signed_in=True))

    assert '<form method="post" action="/account_logout/">' in page


@pytest.mark.parametrize(
    ("language", "direction", "sheet"), [("fr", "ltr", "bootstrap.min"), ("ar", "rtl", "bootstrap.rtl.min")]
)
def test_the_page_says_its_language_and_direction(draw, ask, language, direction, sheet):
    with translation.override(language):
        page = draw(PAGE, ask())

    assert f'<html lang="{language}" dir="{direction}">' in page
    assert re.search(rf'href="[^"]*ui/vendor/{re.escape(sheet)}[^"]*\.css"', page)


def test_the_language_switch_comes_back_to_the_same_address(draw, ask):
    page = draw(PAGE, ask("/requests/?state=draft&q=a"))

    assert '<input type="hidden" name="next" value="/requests/?state=draft&amp;q=a">' in page
    assert '<button class="lk" name="language" value="fr" lang="fr">Français</button>' in page


def test_a_demonstration_is_marked_and_nothing_else_is(draw, ask, settings):
    settings.DEMO = False
    assert "Example data" not in draw(PAGE, ask())

    settings.DEMO = True
    assert "Example data" in draw(PAGE, ask())


def test_the_frame_asks_the_database_nothing(draw, ask):
    # Without the mark django_db any query raises.
    draw(PAGE, ask(signed_in=True))


@pytest.mark.parametrize(
    "name", ["400.html", "403.html", "404.html", "409.html", "429.html", "403_csrf.html", "500.html"]
)
def test_error_pages_render_without_any_context(name):
    page = render_to_string(name)

    assert page.count("<h1") == 1


def test_a_missing_page_names_no_address_of_its_own_when_the_house_has_none(monkeypatch, ask):
    monkeypatch.setattr(nav, "address_of", lambda name: "")

    assert render_to_string("404.html", {}, ask("/nowhere/")).count("<h1") == 1
