"""The public pages: nothing behind them is asked but what sign-in needs."""

import pytest

from taawun.ui import nav


def test_the_first_page_greets_and_leads_to_sign_in(draw, ask):
    page = draw('{% include "ui/home.html" %}', ask())

    assert page.count("<h1") == 1
    assert '<a class="btn btn-primary" href="/account/login/">Sign in</a>' in page
    assert '<svg class="ring' in page


def test_demonstration_doors_are_shown_only_when_given(draw, ask):
    assert "come in as" not in draw('{% include "ui/home.html" %}', ask())
    assert '<a href="/in/1/">Officer</a>' in draw(
        '{% include "ui/home.html" %}', ask(), doors=[("/in/1/", "Officer")]
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/account/login/", "Sign in"),
        ("/account/password/reset/", "Forgotten your password?"),
        ("/account/password/reset/done/", "Look into your mail"),
        ("/account/password/reset/key/1-wrong/", "Choose a new password"),
        ("/account/password/reset/key/done/", "Your password is changed"),
        ("/account/signup/", "Accounts are given"),
        ("/account/inactive/", "This account is closed"),
    ],
)
def test_the_account_pages_are_in_the_look(client, address, title):
    page = client.get(address).content.decode()

    assert f'<h1 class="mb-3">{title}</h1>' in page
    assert 'class="top"' in page


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "direction"), [("fr", "ltr"), ("ar", "rtl")])
def test_sign_in_follows_the_browsers_language(client, language, direction):
    page = client.get("/account/login/", headers={"accept-language": language}).content.decode()

    assert f'<html lang="{language}" dir="{direction}">' in page


@pytest.mark.django_db
def test_a_wrong_password_is_told_in_a_summary_and_names_no_account(client):
    page = client.post("/account/login/", {"login": "nobody@example.org", "password": "x"}).content.decode()

    assert page.count('role="alert"') == 1
    assert 'value="nobody@example.org"' in page


def test_the_menu_leaves_out_what_the_house_does_not_have(ask):
    nav.register(1, "desk", "My desk", "/desk/")
    nav.register(2, "not-built", "Not built", "/not-built/")

    assert [item.label for item in nav.items(ask("/desk/"))] == ["My desk"]
