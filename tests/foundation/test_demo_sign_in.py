"""The sign-in links of a demonstration work on this machine, in demo mode, as they were made, and nowhere else."""

import pytest
from django.core import signing
from django.test import Client
from tests.factories import who

from taawun.foundation import accounts_demo
from taawun.foundation.demo import sign_in_links


@pytest.fixture
def demo(world, settings):
    settings.DEMO = True
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "taawun.example", "10.1.2.3"]


def opened(link=None, **request):
    """The status of the link, and who is signed in after it."""
    client = Client(SERVER_NAME="127.0.0.1")
    answer = client.get(link or accounts_demo.link_for(who("desk")), **request)
    return answer.status_code, client.session.get("_auth_user_id")


def test_a_link_signs_its_person_in(demo):
    assert opened() == (302, str(who("desk").pk))


@pytest.mark.parametrize(
    "here",
    [
        {"HTTP_HOST": "127.0.0.1:8000"},
        {"HTTP_HOST": "localhost:8000"},
        {"HTTP_HOST": "localhost"},
        {"HTTP_HOST": "[::1]:8000", "REMOTE_ADDR": "::1"},
        {"HTTP_HOST": "[::1]", "REMOTE_ADDR": "::1"},
    ],
)
def test_under_every_name_of_this_machine(demo, here):
    assert opened(**here) == (302, str(who("desk").pk))


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"REMOTE_ADDR": "10.1.2.3"},
        {"REMOTE_ADDR": ""},
        {"REMOTE_ADDR": "unix:"},
        {"HTTP_HOST": "taawun.example"},
        {"HTTP_HOST": "10.1.2.3"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_X_FORWARDED_FOR": ""},
        {"HTTP_X_FORWARDED_HOST": "127.0.0.1"},
        {"HTTP_X_FORWARDED_PROTO": "https"},
        {"HTTP_FORWARDED": "for=10.1.2.3"},
        {"HTTP_X_REAL_IP": "10.1.2.3"},
        {"HTTP_VIA": "1.1 proxy"},
    ],
)
def test_from_elsewhere_or_through_anything_it_does_not_exist(demo, elsewhere):
    assert opened(**elsewhere) == (404, None)


def test_a_host_the_installation_does_not_know_is_refused(demo):
    assert opened(HTTP_HOST="127.0.0.1.evil.example") == (400, None)


def test_outside_demo_mode_it_does_not_exist(demo, settings):
    link = accounts_demo.link_for(who("desk"))
    settings.DEMO = False

    assert opened(link) == (404, None)


def test_a_forged_link_does_not_exist(demo):
    token = signing.dumps(who("desk").pk, salt=accounts_demo.SALT)
    other_purpose = signing.dumps(who("desk").pk, salt="another purpose")
    signer = signing.TimestampSigner(key="not-ours", salt=accounts_demo.SALT)
    other_secret = signing.dumps(who("desk").pk, key="not-ours", salt=accounts_demo.SALT)
    plain = str(who("desk").pk)
    forged = [
        token[:-1] + ("A" if token[-1] != "A" else "B"),
        token.swapcase(),
        other_purpose,
        other_secret,
        signer.sign(plain),
        plain,
        "x",
    ]

    assert [opened(f"/demo/sign-in/{one}/") for one in forged] == [(404, None)] * len(forged)


def test_a_link_whose_account_is_closed_or_gone_does_not_exist(demo):
    user = who("desk")
    link, gone = accounts_demo.link_for(user), signing.dumps(999_999, salt=accounts_demo.SALT)
    user.is_active = False
    user.save()

    assert opened(link) == (404, None)
    assert opened(f"/demo/sign-in/{gone}/") == (404, None)


def test_links_are_made_for_open_accounts_alone(demo):
    closed = who("knowledge")
    closed.is_active = False
    closed.save()

    links = {person: url for _role, person, url in sign_in_links("http://127.0.0.1:8000")}

    assert str(closed) not in links
    assert opened(links[str(who("desk"))].removeprefix("http://127.0.0.1:8000")) == (302, str(who("desk").pk))
