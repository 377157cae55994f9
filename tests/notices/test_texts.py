"""An agency writes its own mails: by language, in versions, with fields that are known; subjects name nobody."""

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import given, strategies as st

from taawun.foundation import outbox
from taawun.foundation.mail_texts import FIELDS, KINDS, Text, built_in, fill, one_line, problems
from taawun.foundation.models import OutboxMessage, Task
from taawun.foundation.steps import perform
from taawun.notices import actions
from taawun.notices.models import MailText
from tests.factories import Organisation, a_request, who


def agency():
    return Organisation.objects.get(posts__person__user=who("jica-admin"))


def ask(slug, kind="task", language="en", **data):
    client = Client()
    client.force_login(who(slug))
    path = f"/settings/mail-texts/{agency().pk}/{kind}/{language}/"
    return client.post(path, data) if data else client.get(path)


def mail_to_the_office():
    """The country office below the agency is told that a list came."""
    case = a_request("endorsed")
    task = Task.objects.filter(kind="request", subject_id=case.pk, role="country-office")
    outbox.announce(case, task)
    return case, OutboxMessage.objects.get(user=who("mm-office"))


def test_no_subject_can_name_a_person_or_a_title():
    allowed = {kind: set(held.subject_fields) for kind, held in KINDS.items()}

    assert allowed == {"task": {"act", "code"}, "told": {"act", "code"}, "digest": {"number"}}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_the_built_in_texts_keep_the_rules(kind, language):
    text = built_in(kind, language)

    assert problems(text.subject, KINDS[kind].subject_fields) == []
    assert problems(text.body, KINDS[kind].body_fields) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{code}", []),
        ("{title}", ["{title} may not stand here. Fields you can use here: {act}, {code}."]),
        ("{name}", ["There is no field {name}. Fields you can use here: {act}, {code}."]),
        ("{code.__class__}", ["There is no field {code.__class__}. Fields you can use here: {act}, {code}."]),
        ("{", ["A brace stands alone: a field is written like {act}."]),
        ("{{code}}", ["A brace stands alone: a field is written like {act}."]),
        ("{}", ["There is no field {}. Fields you can use here: {act}, {code}."]),
    ],
)
def test_what_is_wrong_with_a_text_is_said(text, told):
    assert problems(text, ("act", "code")) == told


@given(values=st.fixed_dictionaries({name: st.text() for name in FIELDS}), name=st.sampled_from(list(FIELDS)))
def test_what_a_value_says_is_never_read_as_a_field(values, name):
    assert fill(f"{{{name}}}", values) == values[name]


@given(text=st.text())
def test_a_subject_is_one_line_whatever_stands_in_it(text):
    assert len(one_line(text).splitlines()) <= 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"subject": "{title}", "body": "x"}, "{title} may not stand here."),
        ({"subject": "x", "body": "{password}"}, "There is no field {password}."),
        ({"subject": "", "body": "Kept text"}, "Kept text"),
    ],
)
def test_a_bad_text_is_refused_and_nothing_is_lost(world, data, words):
    answer = ask("jica-admin", act="save", base_version=0, **data)

    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert MailText.objects.count() == 0


def test_the_offices_of_the_agency_are_written_in_its_words(world):
    ask("jica-admin", act="save", base_version=0, subject="JICA: {act} {code}", body="{title}!")

    case, mail = mail_to_the_office()

    assert (mail.subject, mail.body) == (f"JICA: Receive {case.code}", f"{case.title}!")


def test_back_to_the_built_in_text(world):
    ask("jica-admin", act="save", base_version=0, subject="JICA: {code}", body="{title}!")
    ask("jica-admin", act="built-in", base_version=1)

    case, mail = mail_to_the_office()

    assert mail.subject == f"Taawun: something waits on you ({case.code})"
    assert list(MailText.objects.order_by("version").values_list("version", "built_in")) == [
        (1, False),
        (2, True),
    ]


def test_a_preview_shows_and_keeps_nothing(world):
    answer = ask("jica-admin", act="preview", base_version=0, subject="JICA: {code}", body="See {title}")

    assert "JICA: XX-2026-R-0001" in answer.content.decode()
    assert "See An invented title" in answer.content.decode()
    assert MailText.objects.count() == 0


def test_two_who_write_one_text_see_each_others(world):
    theirs = Text("Theirs {code}", "Their text")
    actions.save_text(agency(), "task", "en", text=theirs, base_version=0, actor=who("jica-admin"))

    answer = ask("jica-admin", act="save", base_version=0, subject="Mine {code}", body="My text")

    assert answer.status_code == 409
    assert all(words in answer.content.decode() for words in ("Their text", "My text"))
    assert MailText.objects.count() == 1


@pytest.mark.parametrize("slug", ["amci-admin", "desk", "la-officer"])
def test_anothers_texts_are_not_there(world, slug):
    assert [ask(slug).status_code, ask(slug, act="save", subject="a", body="b").status_code] == [404, 404]


@pytest.mark.parametrize(("kind", "language"), [("nothing", "en"), ("task", "xx")])
def test_a_text_that_does_not_exist_is_not_there(world, kind, language):
    assert ask("jica-admin", kind, language).status_code == 404


def test_a_step_is_told_in_the_built_in_words_where_nobody_wrote_others(world):
    case = a_request("submitted")
    perform(case, "retain", actor=who("mm-coordinator"))

    assert [m.subject for m in OutboxMessage.objects.all()] == [
        f"Taawun: something waits on you ({case.code})"
    ]
