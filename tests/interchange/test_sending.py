"""Files sent by the page: kept, read by the worker, shown, applied as one or given up; refused whole with an error."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from taawun.foundation import clock, working
from taawun.foundation.models import AuditEvent, Job
from taawun.foundation.steps import Refused
from taawun.interchange import actions
from taawun.interchange.models import Feed, Load, PublishedActivity, Sending
from taawun.papers import actions as papers
from taawun.papers.actions import hold
from taawun.papers.models import File, FileKind
from taawun.papers.queries import file_for
from taawun.workspace.demo.cast import user
from tests.interchange.made import PUBLISHER, XML_FILE, a_file, activity, xml_activity

SEND = "/published/loads/new/"
TWICE = [xml_activity(1), xml_activity(1)]


def bytes_of(*activities):
    told = (one if isinstance(one, str) else xml_activity(one) for one in activities)
    return XML_FILE.format(activities="".join(told)).encode()


def upload(*activities, name="water.xml"):
    return SimpleUploadedFile(name, bytes_of(*activities))


def sent(*activities, who="jica-admin", **more):
    """A file as an administrator sent it, not read yet."""
    actor = user(who)
    file = hold(upload(*activities), actor=actor, allowed=(FileKind.XML,))
    return actions.send_file(file, actor=actor, **more)


def read(sending):
    """The same, read by the worker."""
    working.run(sending.job_id)
    return Sending.objects.get(pk=sending.pk)


@pytest.fixture
def admin(world, client):
    client.force_login(user("jica-admin"))
    return client


def test_a_file_is_sent_read_by_the_worker_shown_and_applied(admin):
    terms = {"address": "https://example.org/a.xml", "licence": "CC BY 4.0", "attribution": "The North"}
    answer = admin.post(SEND, {"file": upload(1, 2), "publisher": "", "once": "a"} | terms)
    sending = Sending.objects.get()

    assert answer["Location"] == sending.get_absolute_url()
    waiting = admin.get(answer["Location"])
    assert (waiting.context["waits"], waiting.context["pause"]) == (True, 10)
    assert not PublishedActivity.objects.exists()

    load = read(sending).load
    shown = admin.get(load.get_absolute_url())
    assert shown.context["counted"] == ["2 new"]
    assert [str(row[0].html) for row in shown.context["list"].rows] == [f"{PUBLISHER}-1", f"{PUBLISHER}-2"]
    assert not PublishedActivity.objects.exists()

    done = admin.post(f"{load.get_absolute_url()}apply/", {"once": "b"}, follow=True)

    assert done.redirect_chain == [(load.get_absolute_url(), 302)]
    assert PublishedActivity.objects.count() == 2
    assert list(Feed.objects.values("reference", "address", "licence", "attribution")) == [
        {"reference": PUBLISHER} | terms
    ]
    assert [entry["title"] for entry in done.context["record"]] == [
        "Published activities taken in",
        "File read: nothing is applied yet",
    ]


def test_a_newer_file_shows_what_is_new_changed_the_same_and_held_back(admin):
    actions.apply_kept(read(sent(1, 2, 3)).load, actor=user("jica-admin"))
    changed, older = (
        xml_activity(2, spent="7.25"),
        xml_activity(3, updated="2020-01-01T00:00:00Z", status="3"),
    )

    load = read(sent(1, changed, older, 4)).load
    shown = admin.get(load.get_absolute_url())

    assert shown.context["counted"] == ["1 new", "1 changed", "1 as it is held", "1 held back"]
    assert [[str(cell.html) for cell in row][3] for row in shown.context["list"].rows] == [
        "Sum of Disbursement, USD: 7.25 (before: 1,000.5)",
        "What is held was updated later than what this file says.",
        "–",
    ]


def test_a_file_with_an_error_is_refused_whole_with_its_lines_and_changes_nothing(admin):
    sending = read(sent(*TWICE))
    events = AuditEvent.objects.count()

    shown = admin.get(sending.get_absolute_url())

    assert [(one["line"], one["identifier"], one["text"]) for one in shown.context["refusals"]] == [
        (24, f"{PUBLISHER}-1", "Another activity of this file has the same identifier, on line 3.")
    ]
    assert (sending.stage, Load.objects.count(), Feed.objects.count()) == ("refused", 0, 0)
    assert AuditEvent.objects.count() == events
    job = Job.objects.get()
    assert (job.stage, job.items.get().reason) == ("done", "Refused, with 1 error.")
    assert sending.file.is_pending  # its sender's again, and swept in time


def test_somebody_was_quicker_then_it_is_read_again(admin):
    load = read(sent(1)).load
    actions.take_in(a_file(activity(9)), actor=user("jica-admin"))

    refused = admin.post(f"{load.get_absolute_url()}apply/", {"once": "a"})
    assert (refused.status_code, [str(one) for one in refused.context["obstacles"]]) == (
        409,
        ["The published activities changed since the file was read: read it again."],
    )
    answer = admin.post(f"/published/loads/sent/{load.sending.pk}/again/", {"once": "b"})
    again = read(Sending.objects.get())
    done = admin.post(f"{again.load.get_absolute_url()}apply/", {"once": "c"})

    assert (answer["Location"], done.status_code) == (again.get_absolute_url(), 302)
    assert [one.stage for one in Load.objects.order_by("pk") if one.pk in (load.pk, again.load_id)] == [
        "discarded",
        "applied",
    ]
    late = admin.post(f"/published/loads/sent/{again.pk}/again/", {"once": "d"})
    assert [str(one) for one in late.context["obstacles"]] == [
        "This is no longer open: the load is now “Applied”."
    ]


def test_a_load_that_was_read_is_given_up(admin):
    load = read(sent(1)).load

    admin.post(f"{load.get_absolute_url()}discard/", {"once": "a"})
    refused = admin.post(f"{load.get_absolute_url()}apply/", {"once": "b"})

    assert (Load.objects.get().stage, refused.status_code) == ("discarded", 409)
    assert not PublishedActivity.objects.exists()
    assert swept_in_time() == 1


def swept_in_time():
    """How many files given up the nightly job removes a month later."""
    assert File.objects.get().is_pending
    File.objects.update(uploaded_at=clock.now() - timedelta(days=31))
    removed = papers.sweep()
    assert not File.objects.exists()
    return removed


def test_a_file_that_was_applied_is_its_senders_again_for_it_may_name_persons_to_contact(admin):
    load = read(sent(1)).load
    file = File.objects.get()
    assert file_for(user("amci-admin"), file.pk) == file

    actions.apply_kept(load, actor=user("jica-admin"))

    assert file_for(user("amci-admin"), file.pk) is None
    assert swept_in_time() == 1
    assert (
        actions.undo_load(Load.objects.get(), actor=user("jica-admin"), reason="Wrong year").stage == "undone"
    )


def test_a_file_read_twice_and_refused_the_second_time_leaves_nothing_that_holds_it(admin):
    sending = read(sent(1))
    actions.read_again(sending, actor=user("jica-admin"))
    read(Sending.objects.get())
    actions.discard_load(Sending.objects.get().load, actor=user("jica-admin"))

    assert [load.file_id for load in Load.objects.all()] == [None, None]
    assert swept_in_time() == 1


def test_nobody_waits_at_a_page_while_a_file_is_read(admin, monkeypatch):
    load = read(sent(1)).load
    monkeypatch.setattr("taawun.interchange.actions.beginning.is_free", lambda: False)
    answer = admin.post(f"{load.get_absolute_url()}apply/", {"once": "a"})

    job = Job.objects.latest("pk")
    assert (answer["Location"], Load.objects.get().stage) == (job.get_absolute_url(), "read")
    working.run(job.pk)
    assert Load.objects.get().stage == "applied"


def test_a_reading_that_was_cancelled_is_begun_again(admin):
    sending = sent(1)
    busy = admin.post(f"/published/loads/sent/{sending.pk}/again/", {"once": "a"})
    admin.post(f"/jobs/{sending.job_id}/cancel/", {"once": "b"})

    assert busy.status_code == 409
    assert admin.get(sending.get_absolute_url()).context["is_left"]
    admin.post(f"/published/loads/sent/{sending.pk}/again/", {"once": "c"})
    assert read(Sending.objects.get()).load.counts == {"added": 1}


def test_many_activities_are_applied_and_undone_by_the_worker(admin, monkeypatch):
    monkeypatch.setattr("taawun.interchange.actions.beginning.SHORT", 1)
    load = read(sent(1, 2)).load

    begun = admin.post(f"{load.get_absolute_url()}apply/", {"once": "a"})
    job = Job.objects.latest("pk")
    meanwhile = admin.get(load.get_absolute_url())
    assert (begun["Location"], meanwhile.context["job"], meanwhile.context["may_apply"]) == (
        job.get_absolute_url(),
        job,
        False,
    )
    working.run(job.pk)
    assert PublishedActivity.objects.count() == 2
    admin.post(f"{load.get_absolute_url()}undo/", {"reason": "The wrong file", "once": "b"})
    working.run(Job.objects.latest("pk").pk)

    assert (PublishedActivity.objects.count(), Load.objects.get().stage) == (0, "undone")


def test_what_is_none_is_refused_in_the_form_and_keeps_what_was_typed(admin):
    wrong = SimpleUploadedFile("water.xml", b"id;title\n1;Water\n")
    answer = admin.post(SEND, {"file": wrong, "licence": "CC BY 4.0"})

    assert answer.status_code == 422
    assert dict(answer.context["form"].errors) == {
        "file": ["This is not a file that can be taken here: send XML."]
    }
    assert answer.context["form"]["licence"].value() == "CC BY 4.0"
    assert not File.objects.exists()


def test_the_limit_is_a_setting_and_wider_than_that_of_scans_at_this_page_alone(admin, settings):
    settings.MAX_UPLOAD_BYTES, settings.MAX_XML_BYTES = 2000, 20_000

    assert admin.post(SEND, {"file": upload(1, 2, 3)}).status_code == 302  # 4 KB
    assert admin.post(SEND, {"file": upload(*range(20))}).context["form"].errors["file"] == [
        "The file is 28.3\xa0KB; by the page at most 19.5\xa0KB can be taken. "
        "Larger ones are taken in on the machine itself."
    ]
    asked = {"name": "water.xml", "size": 19_000, "kinds": "xml"}
    assert admin.post("/files/uploads/", asked).status_code == 201
    assert admin.post("/files/uploads/", asked | {"kinds": "xml,pdf"}).status_code == 422
    admin.force_login(user("post-officer"))
    assert admin.post("/files/uploads/", asked).status_code == 422


def test_a_long_file_comes_in_pieces_and_is_read(admin):
    data = bytes_of(*range(20))
    where = admin.post("/files/uploads/", {"name": "long.xml", "size": len(data), "kinds": "xml"})["Location"]
    for at in range(0, len(data), 10_000):
        answer = admin.patch(
            where,
            data[at : at + 10_000],
            content_type="application/offset+octet-stream",
            headers={"Upload-Offset": str(at)},
        )
    admin.post(SEND, {"file_held": answer.json()["token"], "once": "a"})

    sending = read(Sending.objects.get())

    assert (sending.file.size, sending.load.digest) == (len(data), sending.file.sha256)
    assert sending.load.counts == {"added": 20}


@pytest.mark.parametrize("who", ["post-officer", "jica-approver"])
def test_nobody_but_an_administrator_sends_sees_or_applies(admin, who):
    sending = read(sent(1))
    load = sending.load.get_absolute_url()
    paths = (SEND, sending.get_absolute_url(), load)
    assert [admin.get(path).status_code for path in paths] == [200, 200, 200]
    assert file_for(user("jica-admin"), sending.file_id) == sending.file

    admin.force_login(user(who))

    assert [admin.get(path).status_code for path in paths] == [404, 404, 404]
    assert file_for(user(who), sending.file_id) is None
    assert [admin.post(f"{load}{act}/").status_code for act in ("apply", "discard")] == [404] * 2
    assert admin.get("/published/loads/sent/").context["list"].rows == []
    with pytest.raises(PermissionDenied):
        sent(2, who=who)


def test_the_publisher_chosen_holds_for_every_activity(admin):
    actions.take_in(a_file(activity(9, reporting_ref="XM-1", identifier="XM-1-9")), actor=None)

    load = read(sent(1, reference="XM-1")).load
    actions.apply_kept(load, actor=user("jica-admin"))

    assert set(PublishedActivity.objects.values_list("feed__reference", flat=True)) == {"XM-1"}


def test_two_who_apply_at_once_apply_it_once(committed_world):
    load = read(sent(1, 2)).load

    def apply(_number):
        try:
            return actions.apply_or_begin(load, actor=user("jica-admin")).stage
        except Refused as refused:
            return str(refused.obstacles[0])
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        both = sorted(pool.map(apply, range(2)))

    assert both == ["This is no longer open: the load is now “Applied”.", "applied"]
    assert PublishedActivity.objects.count() == 2
    assert AuditEvent.objects.filter(step="load-applied").count() == 1


WORK = "import django; django.setup(); from taawun.foundation import working; working.run({job})"


@pytest.mark.slow
def test_a_worker_killed_while_it_reads_leaves_nothing_and_the_next_reads_it(committed_world):
    sending = sent(*range(1, 1501))
    environment = os.environ | {
        "DATABASE_URL": committed_world,
        "TAAWUN_TESTING": "1",
        "DJANGO_SETTINGS_MODULE": "taawun.config.settings",
    }
    command = [sys.executable, "-c", WORK.format(job=sending.job_id)]
    until = time.monotonic() + 60
    with subprocess.Popen(command, env=environment) as worker:
        while not Sending.objects.get().read_count:  # told beside the transaction that reads
            assert worker.poll() is None
            assert time.monotonic() < until
        worker.send_signal(signal.SIGKILL)

    assert (Load.objects.count(), Sending.objects.get().stage) == (0, "waiting")
    assert read(sending).load.counts == {"added": 1500}


def test_the_pages_ask_the_database_as_often_for_many_as_for_few(admin):
    few = statements(admin, read(sent(1)))
    many = statements(admin, read(sent(*range(2, 20))))

    assert few == many
    assert max(many) <= 15


def statements(client, sending):
    counted = []
    for path in (SEND, "/published/loads/sent/", sending.get_absolute_url(), sending.load.get_absolute_url()):
        client.get(path)
        with CaptureQueriesContext(connection) as seen:
            client.get(path)
        counted.append(len(seen))
    return counted
