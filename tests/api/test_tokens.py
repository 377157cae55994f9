"""Tokens: what they open, for whom, until when; who sees and revokes them; what the record keeps."""

import re
from datetime import timedelta

import pytest
from allauth.account.signals import password_reset
from django.urls import reverse

from taawun.api import queries
from taawun.api.models import ApiToken
from taawun.api.secret import digest_of
from taawun.directory.models import Post
from taawun.directory.roles import Role
from taawun.foundation import clock
from taawun.foundation.closing import close_account
from taawun.foundation.models import AuditEvent, User
from tests.api.made import a_token, program, read, reader, refused
from tests.cycle.made import signed_in
from tests.factories import a_person, an_operation, who


@pytest.fixture
def case(world):
    return an_operation("agreed")


def sent(person, **changes):
    values = {
        "name": "Dashboard",
        "scopes": ["operations:read", "requests:read"],
        "ends_on": clock.today() + timedelta(days=30),
    }
    return signed_in(person).post(reverse("api:tokens"), values | changes)


def secret_on(page):
    return re.search(r'value="(taawun_[\w-]+)"', page.content.decode())[1]


def test_a_token_made_on_the_page_is_shown_once_and_reads_what_its_person_sees(case):
    page = sent("desk")
    secret = secret_on(page)

    assert [row["id"] for row in read(reader(secret), "operations")["items"]] == [case.pk]
    assert page["Cache-Control"] == "no-store"
    listed = signed_in("desk").get(reverse("api:tokens")).content.decode()
    assert "Dashboard" in listed
    assert secret not in listed


def test_of_the_secret_word_only_the_fingerprint_is_kept(world):
    secret = a_token("desk")

    token = ApiToken.objects.get()

    assert token.digest == digest_of(secret)
    kept = [str(value) for value in ApiToken.objects.values_list().get()]
    assert [value for value in kept if secret in value] == []
    assert len(token.hint) == 12


def test_a_form_sent_twice_makes_one_token(world):
    browser = signed_in("desk")
    values = {"name": "Once", "scopes": ["codes:read"], "ends_on": clock.today()}
    values["once"] = "00000000-0000-4000-8000-000000000001"

    first, second = (browser.post(reverse("api:tokens"), values) for _ in range(2))

    assert secret_on(first)
    made = ApiToken.objects.get()
    assert (second.status_code, second["Location"]) == (302, reverse("api:token", args=[made.pk]))
    assert "revoke this token and make another" in browser.get(second["Location"]).content.decode()


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"name": ""}, 422),
        ({"scopes": []}, 422),
        ({"scopes": ["everything:write"]}, 422),
        ({"ends_on": "tomorrow"}, 422),
        ({"ends_on": "2020-01-01"}, 409),
        ({"ends_on": "2199-01-01"}, 409),
    ],
)
def test_a_token_that_cannot_be_is_refused(world, changes, status):
    assert sent("desk", **changes).status_code == status
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize(
    "header",
    [None, "", "Bearer", "Bearer ", "Bearer x", "Basic x", "Bearer taawun_", "Bearer taawun_" + "x" * 300],
)
def test_without_a_good_token_nothing_is_read(case, header):
    client = reader("x")
    client.defaults = {} if header is None else {"HTTP_AUTHORIZATION": header}

    answer = client.get("/api/v1/operations")

    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="Taawun"')
    assert answer.json()["type"] == "/api/#no-token"


def test_a_session_opens_nothing_of_the_interface(case):
    assert refused(signed_in("desk"), "operations") == (401, "no-token")


def test_a_token_without_the_scope_is_refused(case):
    client = program("desk", "requests:read")

    assert refused(client, "operations") == (403, "scope-missing")
    assert refused(client, f"operations/{case.pk}") == (403, "scope-missing")
    assert read(client, "requests")["next"] is None


def test_a_token_ends_after_its_last_day(case):
    secret = a_token("desk", days=0)
    assert len(read(reader(secret), "operations")["items"]) == 1

    ApiToken.objects.update(ends_on=clock.today() - timedelta(days=1))

    assert refused(reader(secret), "operations") == (401, "no-token")


def test_a_token_dies_with_its_account_and_sees_nothing_without_a_post(case):
    user = a_person(Role.DESK, "jica")
    client = reader(a_token(user))
    assert [row["id"] for row in read(client, "operations")["items"]] == [case.pk]

    Post.objects.filter(person__user=user).update(held_to=clock.today() - timedelta(days=1))
    assert read(client, "operations")["items"] == []
    assert refused(client, f"operations/{case.pk}") == (404, "not-there")

    User.objects.filter(pk=user.pk).update(is_active=False)
    assert refused(client, "operations") == (401, "no-token")


def test_a_new_password_revokes_the_tokens_made_before(world):
    user = a_person(Role.DESK, "jica")
    user.set_password("an old Word 1")
    user.save()
    client, other = reader(a_token(user)), program("desk")
    words = {
        "oldpassword": "an old Word 1",
        "password1": "quite a new Word 2",
        "password2": "quite a new Word 2",
    }

    assert signed_in(user).post(reverse("account_change_password"), words).status_code == 302

    assert refused(client, "requests") == (401, "no-token")
    assert read(other, "requests")["next"] is None
    assert ("token-revoked", user) in [
        (one.step, one.actor) for one in AuditEvent.objects.filter(kind="api-token")
    ]


def test_a_forgotten_password_reset_revokes_them_too(world):
    client = program("desk")

    password_reset.send(sender=User, request=None, user=who("desk"))

    assert refused(client, "requests") == (401, "no-token")


def test_an_account_that_opens_again_opens_no_old_token(world):
    user = a_person(Role.DESK, "jica")
    client = reader(a_token(user))

    assert close_account(user.pk, actor=who("jica-admin"))
    User.objects.filter(pk=user.pk).update(is_active=True)

    assert refused(client, "requests") == (401, "no-token")
    assert not close_account(who("desk").pk + 10**6, actor=who("jica-admin"))


def test_a_revoked_token_opens_nothing_and_is_not_revoked_twice(case):
    secret = a_token("desk")
    address = reverse("api:token", args=[ApiToken.objects.get().pk])

    first, second = (signed_in("desk").post(address) for _ in range(2))

    assert (first.status_code, second.status_code) == (302, 409)
    assert refused(reader(secret), "operations") == (401, "no-token")
    told = [(each.step, each.actor) for each in AuditEvent.objects.filter(kind="api-token").order_by("pk")]
    assert told == [("token-made", who("desk")), ("token-revoked", who("desk"))]
    assert "Token revoked" in signed_in("desk").get(address).content.decode()


def test_an_administrator_sees_and_revokes_the_tokens_of_their_people_and_of_nobody_else(world):
    secret = a_token("desk", "codes:read")
    a_token("amci-desk", "codes:read")
    mine, other = (ApiToken.objects.get(user=who(slug)) for slug in ("desk", "amci-desk"))
    browser = signed_in("jica-admin")

    page = browser.get(reverse("api:tokens"))

    assert [line["token"].pk for line in page.context["others"]] == [mine.pk]
    assert browser.post(reverse("api:token", args=[other.pk])).status_code == 404
    assert browser.post(reverse("api:token", args=[mine.pk])).status_code == 302
    assert refused(reader(secret), "operations") == (401, "no-token")


def test_nobody_else_finds_a_token(world):
    a_token("desk")
    address = reverse("api:token", args=[ApiToken.objects.get().pk])

    for slug in ("jica-approver", "mm-office", "post-officer"):
        assert signed_in(slug).get(address).status_code == 404
        assert signed_in(slug).post(address).status_code == 404


def test_when_a_token_was_last_used_is_kept_to_the_minute(world):
    client = program("desk")
    read(client, "requests")
    first = ApiToken.objects.get().used_at

    read(client, "requests")
    assert (first is None, ApiToken.objects.get().used_at) == (False, first)

    ApiToken.objects.update(used_at=first - timedelta(minutes=2))
    read(client, "requests")
    assert ApiToken.objects.get().used_at >= first


def test_nobody_has_more_tokens_in_use_than_one_may_have(world):
    for _number in range(20):
        a_token("desk", "codes:read")

    page = sent("desk")

    assert page.status_code == 409
    assert [str(each) for each in page.context["obstacles"]] == [
        "You have as many tokens in use as one may have. Revoke one first."
    ]


def test_of_the_tokens_that_open_nothing_the_last_are_shown_and_it_is_said(world, monkeypatch):
    monkeypatch.setattr(queries, "CLOSED_SHOWN", 2)
    for _number in range(4):
        a_token("desk", "codes:read")
    first, *others = ApiToken.objects.order_by("pk")
    ApiToken.objects.filter(pk__in=[one.pk for one in others]).update(revoked_at=clock.now())

    page = signed_in("desk").get(reverse("api:tokens"))

    assert [line["token"].pk for line in page.context["own"]] == [first.pk, others[2].pk, others[1].pk]
    assert "Of those ended or revoked the last 2 are shown." in page.content.decode()
    ApiToken.objects.filter(pk=others[0].pk).update(revoked_at=None)
    assert "Of those ended" not in signed_in("desk").get(reverse("api:tokens")).content.decode()
