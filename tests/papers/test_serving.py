import pytest

from taawun.foundation.ports import registry
from taawun.papers import actions
from taawun.papers.models import File
from tests.papers import made

pytestmark = pytest.mark.django_db


@pytest.fixture
def gate(monkeypatch, officer):
    """A gate that lets one person to subject 7."""
    monkeypatch.setitem(
        registry.file_gates, "drawer", lambda user, subject: (user.pk, subject) == (officer.pk, 7)
    )
    return "drawer"


@pytest.fixture
def file(officer, gate) -> File:
    return actions.keep(made.sent(made.pdf(), "رسالة.pdf"), actor=officer, gate=gate, subject_id=7)


def test_a_file_is_served_to_be_saved_and_cannot_do_anything(client, officer, file):
    client.force_login(officer)

    answer = client.get(file.get_absolute_url())

    assert b"".join(answer.streaming_content) == made.pdf()
    assert {
        name: answer[name]
        for name in (
            "Content-Type",
            "Content-Length",
            "Content-Disposition",
            "X-Content-Type-Options",
            "Content-Security-Policy",
            "Cache-Control",
        )
    } == {
        "Content-Type": "application/pdf",
        "Content-Length": str(len(made.pdf())),
        "Content-Disposition": "attachment; filename*=utf-8''%D8%B1%D8%B3%D8%A7%D9%84%D8%A9.pdf",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "private, no-store",
    }


def test_the_head_of_a_file_can_be_asked_for(client, officer, file):
    client.force_login(officer)

    answer = client.head(file.get_absolute_url())

    assert (answer.status_code, answer["Content-Length"], answer.content) == (200, str(len(made.pdf())), b"")


def test_a_picture_is_served_as_what_it_is(client, officer, gate):
    client.force_login(officer)
    png = actions.keep(made.sent(made.picture(), "scan.png"), actor=officer, gate=gate, subject_id=7)

    answer = client.get(png.get_absolute_url())

    assert (answer["Content-Type"], b"".join(answer.streaming_content)[:4]) == ("image/png", b"\x89PNG")


def test_who_may_not_see_it_learns_nothing_of_it(client, colleague, file):
    client.force_login(colleague)

    there = client.get(file.get_absolute_url())
    missing = client.get("/files/999999/")

    assert (there.status_code, missing.status_code) == (404, 404)
    assert "Content-Disposition" not in there
    assert file.sha256 not in there.content.decode()


def test_a_file_of_another_subject_is_not_opened_by_the_same_gate(client, officer, gate):
    other = actions.keep(made.sent(made.pdf()), actor=officer, gate=gate, subject_id=8)
    client.force_login(officer)

    assert client.get(other.get_absolute_url()).status_code == 404


def test_a_gate_nobody_supplies_lets_nobody_in(client, officer):
    orphan = actions.keep(made.sent(made.pdf()), actor=officer, gate="no-such-gate", subject_id=7)
    client.force_login(officer)

    assert client.get(orphan.get_absolute_url()).status_code == 404


def test_a_stranger_is_led_to_sign_in(client, file):
    answer = client.get(file.get_absolute_url())

    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/account/login/")


def test_a_file_is_not_written_to(client, officer, file):
    client.force_login(officer)

    assert client.post(file.get_absolute_url()).status_code == 405


def test_a_held_file_is_its_senders_alone(client, officer, colleague):
    held = actions.hold(made.sent(made.pdf()), actor=officer)

    client.force_login(colleague)
    for_another = client.get(held.get_absolute_url()).status_code
    client.force_login(officer)
    for_the_sender = client.head(held.get_absolute_url()).status_code

    assert (for_another, for_the_sender) == (404, 200)


def test_a_file_costs_the_session_the_reader_and_its_own_row(
    client, officer, file, django_assert_num_queries
):
    client.force_login(officer)

    with django_assert_num_queries(4):  # and the clock, which tests can set
        client.head(file.get_absolute_url())
