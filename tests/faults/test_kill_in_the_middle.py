"""kill -9 while people act and mail leaves: each case is wholly before or wholly after, and no mail leaves twice."""

import json
import os
import signal
import threading
from collections import Counter as Count
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest
from django.apps import apps
from django.db import connections, transaction
from django.urls import reverse
from psycopg.conninfo import conninfo_to_dict
from tests import database
from tests.cycle.made import derived_tasks, events_of, held_tasks, moves_of
from tests.factories import a_request, who
from tests.faults.browser import Browser
from tests.faults.smtp import Mails
from tests.program import Program, children, lives, wait_until

from taawun.cycle.many import planned_for
from taawun.cycle.models import CooperationRequest
from taawun.foundation.models import Clock, Job, OutboxMessage
from taawun.papers.many import OFFERS, Wanted, begin_many
from taawun.papers.models import Document, Rendering
from taawun.reference import names
from taawun.workspace.demo import cast

pytestmark = pytest.mark.faults
CLIENTS, EACH = 20, 2
STALLED = 150.0  # seconds: half a minute without a heartbeat, then the next full minute


@pytest.fixture(scope="module")
def mails():
    with Mails() as server:
        yield server


@pytest.fixture(scope="module")
def program(mails):
    """The whole program over a folder with the cast's people, sending its mail to our server."""
    smtp = {
        "TAAWUN_EMAIL_BACKEND": "taawun.foundation.smtp.EmailBackend",
        "TAAWUN_SMTP_HOST": "127.0.0.1",
        "TAAWUN_SMTP_PORT": str(mails.port),
    }
    with database.copy("bare") as var, Program(var, settings=smtp) as running:
        assert running.said[-1].startswith("Ready in"), running.said
        with inside(running):
            cast.build()
        yield running


@contextmanager
def _address_of_the_database(program):
    parts = conninfo_to_dict(json.loads((program.var / "run" / "demo.json").read_text())["database"])
    settings = connections["default"].settings_dict
    before = dict(settings)
    settings |= {
        "NAME": parts["dbname"],
        "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password", ""),
        "HOST": parts.get("host", ""),
        "PORT": parts.get("port", ""),
    }
    try:
        yield
    finally:
        settings |= before


@pytest.fixture(scope="module", autouse=True)
def _unblocked(django_db_blocker):
    with django_db_blocker.unblock():
        yield


@contextmanager
def inside(program):
    """Act and look in the program's own database."""
    connections.close_all()
    with _address_of_the_database(program):
        try:
            yield
        finally:
            connections.close_all()
            names.forget()


def kill(program, part):
    """The part and every process it started, at once and without a word."""
    first = program.find(part)
    for pid in [first, *children(first)]:
        os.kill(pid, signal.SIGKILL)
    return first


def is_back(program, killed, part):
    return (
        not lives(killed)
        and program.find(part) not in (None, killed)
        and program.status("/account/login/") == 200
    )


class Errand:
    """One client's form: sent again with the same key until it is answered."""

    def __init__(self, browser, case):
        self.browser, self.pk = browser, case.pk
        self.address = reverse("step", args=["request", case.pk, "retain"])
        self.data = {"once": str(uuid4())}
        self.answer = None

    def send(self):
        self.answer = self.browser.send(self.address, self.data)


def all_at_once(errands, killing=None, after=0):
    """Every client sends its forms one after the other; once `after` were answered, something is killed."""
    answered, enough, begun = [], threading.Event(), threading.Barrier(CLIENTS)

    def run(mine):
        begun.wait(60)
        for errand in mine:
            errand.send()
            if errand.answer and errand.answer[0] == 302:
                answered.append(errand)
            if len(answered) >= after:
                enough.set()
        enough.set()

    threads = [threading.Thread(target=run, args=(errands[n::CLIENTS],)) for n in range(CLIENTS)]
    for thread in threads:
        thread.start()
    if killing:
        assert enough.wait(60)
        killing()
    for thread in threads:
        thread.join(120)


def look_at(pk):
    """A case as it stands, once it is sure that it is whole."""
    case = CooperationRequest.objects.get(pk=pk)
    moves = moves_of(case)
    assert (case.state, moves) in [
        ("submitted", ["prepare", "submit"]),
        ("retained", ["prepare", "submit", "retain"]),
    ]
    assert held_tasks(case) == derived_tasks(case)
    assert all(hasattr(event, "detail") for event in events_of(case))
    assert (case.rank is not None) == (case.state == "retained")
    return case


def ranks_of(pks):
    return sorted(CooperationRequest.objects.filter(pk__in=pks).values_list("rank", flat=True))


@pytest.mark.parametrize("part", ["web", "database"])
def test_killed_while_twenty_people_act_every_case_is_wholly_before_or_wholly_after(program, part):
    with inside(program):
        held = CooperationRequest.objects.filter(state="retained").count()
        cases = [a_request("submitted") for _ in range(CLIENTS * EACH)]
        browsers = [Browser(program, who("mm-coordinator")) for _ in range(CLIENTS)]
    errands = [Errand(browsers[n % CLIENTS], case) for n, case in enumerate(cases)]
    killed = []

    all_at_once(errands, killing=lambda: killed.append(kill(program, part)), after=CLIENTS // 4)
    assert wait_until(lambda: is_back(program, killed[0], part))

    with inside(program):
        after = {errand.pk: look_at(errand.pk).state for errand in errands}
    promised = [errand.pk for errand in errands if errand.answer and errand.answer[0] == 302]
    assert [pk for pk in promised if after[pk] != "retained"] == []
    assert len(promised) < len(errands), "The killing came too late to break anything."

    all_at_once(errands)  # the same forms again: what was done is answered, what was not is done

    answers = Count(errand.answer and errand.answer[0] for errand in errands)
    assert answers == {302: len(errands)}
    with inside(program):
        assert {look_at(errand.pk).state for errand in errands} == {"retained"}
        assert ranks_of(after) == list(range(held + 1, held + len(errands) + 1))


def settled():
    """Whether no message waits to be sent."""
    return not OutboxMessage.objects.filter(status="queued").exists()


def test_no_mail_of_all_that_left_twice(program, mails):
    """After the killings above: every message that was to be told arrived once, unless it is marked otherwise."""
    with inside(program):
        assert wait_until(settled, STALLED)
        told = list(OutboxMessage.objects.select_related("user"))

    arrived = Count(mails.arrived)
    assert [mail for mail, times in arrived.items() if times > 1] == []
    sent = {(m.user.email, m.subject, m.body) for m in told if m.status == "sent"}
    assert sent <= set(arrived)
    assert len(told) >= 2 * CLIENTS * EACH
    assert (
        Count(m.status for m in told)["sent"] >= len(told) - 2
    )  # a killed database may cut the word "sent" off


def job_of(message):
    jobs = apps.get_model("procrastinate", "ProcrastinateJob").objects
    return jobs.get(task_name="foundation.send_message", args={"message_id": message.pk})


def retained(program, browser):
    """One more step, of which a mail tells."""
    with inside(program):
        case = a_request("submitted")
        known = set(OutboxMessage.objects.values_list("pk", flat=True))
    errand = Errand(browser, case)
    errand.send()
    assert errand.answer[0] == 302
    with inside(program):
        return OutboxMessage.objects.exclude(pk__in=known).get()


def test_a_worker_killed_while_a_mail_leaves_sends_it_no_second_time_and_does_all_the_rest(program, mails):
    with inside(program):
        browser = Browser(program, who("mm-coordinator"))
    mails.hold()
    before = len(mails.arrived)

    first = retained(program, browser)
    assert wait_until(lambda: len(mails.arrived) == before + 1)  # it arrived; the worker waits for the answer
    rest = [retained(program, browser) for _ in range(2)]
    killed = kill(program, "worker")
    mails.let_go()

    assert wait_until(lambda: not lives(killed) and program.find("worker"))
    with inside(program):
        first.refresh_from_db()
        assert first.status == "claimed"
        Clock.objects.update_or_create(pk=1, defaults={"offset": timedelta(minutes=11)})
        assert wait_until(lambda: job_of(first).status == "succeeded", STALLED)
        assert job_of(first).attempts == 2  # broken off, and run again
        assert wait_until(lambda: OutboxMessage.objects.get(pk=first.pk).status == "uncertain", STALLED)
        assert wait_until(settled)
        statuses = [OutboxMessage.objects.get(pk=message.pk).status for message in rest]

    told = {(m.user_id, m.subject, m.body) for m in [first, *rest]}
    assert len(told) == 3
    assert statuses == ["sent", "sent"]
    assert Count(subject for _to, subject, _body in mails.arrived[before:]) == {
        message.subject: 1 for message in [first, *rest]
    }


def test_the_record_stays_append_only_after_all_this(program):
    with inside(program):
        address = connections["default"].get_connection_params()
    address = {k: v for k, v in address.items() if k in ("dbname", "user", "password", "host", "port") and v}
    with psycopg.connect(**address) as line, pytest.raises(psycopg.Error, match="Cannot update or delete"):
        line.execute("DELETE FROM foundation_auditevent")


def papers_begun(many):
    """A job that makes the form of each of these requests, begun by the desk."""
    cases = [a_request("received") for _ in range(many)]
    desk = who("desk")
    origin = "http://127.0.0.1"
    with transaction.atomic():
        planned = planned_for(desk, OFFERS["request-form"], cases)
        return begin_many("request-form", planned, Wanted("pdf", origin=origin), actor=desk)


def test_a_worker_killed_in_the_middle_of_a_job_makes_every_paper_once(program):
    many = 12
    with inside(program):
        job = papers_begun(many)
        assert wait_until(lambda: Job.objects.get(pk=job.pk).done >= 2)
    killed = kill(program, "worker")

    with inside(program):
        begun = Job.objects.get(pk=job.pk)
        assert 2 <= begun.done < many, "The killing came too late to break anything."
        assert Document.objects.filter(paper="request-form").count() == begun.done
        assert wait_until(lambda: Job.objects.get(pk=job.pk).stage == "done", STALLED)
        made = list(Document.objects.filter(paper="request-form"))
        files = [row.file for row in Rendering.objects.filter(document__in=made).select_related("file")]
        ended = [item.state for item in job.items.all()]

    assert not lives(killed)
    assert ended == ["done"] * many
    assert Count(document.subject_id for document in made) == {document.subject_id: 1 for document in made}
    assert [len(made), len({file.sha256 for file in files})] == [many, many]
