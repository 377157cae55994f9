"""Uploads in pieces: gone on with after a cut, counted once, checked when whole, nobody's but their sender's."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, given, settings as how, strategies as st

from taawun.foundation import clock
from taawun.papers import pieces
from taawun.papers.forms import ScanField, Sent, file_of, token_of
from taawun.papers.inspection import SCANS
from taawun.papers.models import File, FileKind, Upload, UploadPiece
from taawun.papers.pieces import Elsewhere, append, open_upload
from tests.factories import who
from tests.papers import made
from tests.papers.test_worddocs import docx

LONG = made.pdf(text=b"% " + b"a" * 3000 + b"\n")


@pytest.fixture
def sender(client, officer):
    client.force_login(officer)
    return client


def opened(client, data=LONG, name="scan.pdf", **more):
    answer = client.post("/files/uploads/", {"name": name, "size": len(data), **more})
    assert answer.status_code == 201
    return answer["Location"]


def sent(client, address, data, offset):
    return client.patch(
        address,
        data,
        content_type="application/offset+octet-stream",
        headers={"Upload-Offset": str(offset)},
    )


def stands(client, address):
    answer = client.head(address)
    return (answer.status_code, answer["Upload-Offset"], answer["Upload-Length"])


def test_a_file_in_three_pieces_becomes_the_held_file_a_form_would_have_got(sender, officer):
    address = opened(sender)

    answers = [sent(sender, address, LONG[at : at + 1500], at) for at in range(0, len(LONG), 1500)]

    assert [answer.status_code for answer in answers] == [200] * len(answers)
    file = file_of(answers[-1].json()["token"], officer)
    assert (file.kind, file.size, file.original_name) == ("pdf", len(LONG), "scan.pdf")
    assert (file.gate, file.subject_id, UploadPiece.objects.count()) == ("pending", officer.pk, 0)


def test_after_a_cut_it_tells_where_it_stands_and_a_piece_sent_twice_counts_once(sender):
    address = opened(sender)
    sent(sender, address, LONG[:1000], 0)

    again = sent(sender, address, LONG[:1000], 0)

    assert (again.status_code, again["Upload-Offset"]) == (409, "1000")
    assert stands(sender, address) == (200, "1000", str(len(LONG)))


def test_when_the_last_answer_was_lost_an_empty_piece_asks_for_the_file_again(sender):
    address = opened(sender)
    first = sent(sender, address, LONG, 0).json()

    again = sent(sender, address, b"", len(LONG)).json()

    assert again["name"] == first["name"]
    assert File.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (b"<html><script>alert(1)</script>", "scan.pdf", "By its content this is a web page"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "scan.png", "By its content this is an SVG drawing"),
        (LONG[:-300], "scan.pdf", "The PDF is cut short"),
        (made.huge_png(60_000), "scan.png", "The picture has"),
        (b"PK\x03\x04" + bytes(50), "scan.zip", "By its content this is an archive"),
    ],
)
def test_what_does_not_pass_is_refused_when_whole_and_nothing_of_it_is_kept(sender, data, name, told):
    answer = sent(sender, opened(sender, data, name), data, 0)

    assert answer.status_code == 422
    assert answer.json()["error"].startswith(told)
    assert (Upload.objects.count(), UploadPiece.objects.count(), File.objects.count()) == (0, 0, 0)


def test_a_photograph_sent_in_pieces_loses_its_place_too(sender, officer):
    data = made.located_jpeg()
    address = opened(sender, data, "photo.jpg")

    token = sent(sender, address, data, 0).json()["token"]

    with open_stored(file_of(token, officer)) as stored:
        assert b"A maker of telephones" not in stored.read()


def open_stored(file):
    return default_storage.open(file.stored_name)


@pytest.mark.parametrize("size", ["0", "-1", "", "many", "20971521", "9" * 30])
def test_an_empty_file_and_one_beyond_the_limit_are_refused_before_a_piece_is_sent(sender, size):
    answer = sender.post("/files/uploads/", {"name": "scan.pdf", "size": size})

    assert (answer.status_code, Upload.objects.count()) == (422, 0)
    assert answer.json()["error"]


def test_more_than_was_announced_is_refused(sender):
    address = opened(sender)

    assert sent(sender, address, LONG + b"more", 0).status_code == 422
    assert stands(sender, address)[1] == "0"


def test_a_piece_too_large_or_without_a_place_is_refused(sender, settings):
    address = opened(sender)

    assert sent(sender, address, bytes(pieces.MOST_PIECE + 1), 0).status_code == 413
    assert sent(sender, address, b"x", "nowhere").status_code == 400


def test_an_upload_is_its_senders_alone(sender, colleague):
    address, other = opened(sender), Client()
    other.force_login(colleague)

    answers = [other.head(address), sent(other, address, b"x", 0)]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert [sender.head(f"/files/uploads/{uuid4()}/").status_code, sender.get(address).status_code] == [
        404,
        405,
    ]
    assert sent(Client(), address, b"x", 0).status_code == 302


def test_without_the_forms_token_nothing_is_appended(officer):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(officer)
    upload = open_upload("scan.pdf", 10, SCANS, actor=officer)

    assert sent(strict, f"/files/uploads/{upload.key}/", b"x", 0).status_code == 403


def test_no_other_address_is_patched(sender):
    assert sender.patch("/desk/").status_code == 405


def test_opening_many_gives_up_the_oldest(officer):
    uploads = [open_upload(f"{n}.pdf", 10, SCANS, actor=officer) for n in range(pieces.MOST_OPEN + 2)]

    assert list(Upload.objects.order_by("pk")) == uploads[2:]


def test_what_nobody_went_on_with_is_swept(officer):
    old, fresh = (open_upload("scan.pdf", 10, SCANS, actor=officer) for _ in range(2))
    append(old, 0, b"x", actor=officer)
    Upload.objects.filter(pk=old.pk).update(touched_at=clock.now() - pieces.GIVEN_UP - timedelta(minutes=1))

    pieces.sweep_uploads()

    assert (list(Upload.objects.all()), UploadPiece.objects.count()) == ([fresh], 0)


def test_a_field_for_scans_takes_no_held_file_of_another_kind(sender, officer):
    data = docx()
    token = sent(sender, opened(sender, data, "text.docx", kinds="docx"), data, 0).json()["token"]
    field = ScanField()
    field.user = officer

    with pytest.raises(ValidationError):
        field.clean(Sent(None, token))
    allowed = ScanField(allowed=(FileKind.DOCX,))
    allowed.user = officer
    assert token_of(allowed.clean(Sent(None, token))) != ""


@how(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(1, 900), st.booleans()), min_size=1, max_size=12))
def test_however_it_is_cut_and_repeated_what_arrives_is_what_was_sent(officer, cuts):
    upload, at = open_upload("scan.pdf", len(LONG), SCANS, actor=officer), 0
    for length, repeats in [*cuts, (len(LONG), False)]:
        data = LONG[at : at + length]
        upload = append(upload, at, data, actor=officer)
        if repeats and data and upload.file is None:
            with pytest.raises(Elsewhere):
                append(upload, at, data, actor=officer)
        at = upload.offset

    with open_stored(upload.file) as stored:
        assert stored.read() == LONG


def test_the_same_piece_twice_at_once_counts_once(committed_world):
    officer = who("desk")
    upload, both, told = open_upload("scan.pdf", len(LONG), SCANS, actor=officer), threading.Barrier(2), []

    def at_once():
        both.wait(30)
        try:
            told.append(append(upload, 0, LONG[:1000], actor=officer).offset)
        except Elsewhere as place:
            told.append(-place.offset)
        finally:
            connection.close()

    threads = [threading.Thread(target=at_once) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)

    assert sorted(told) == [-1000, 1000]
    assert UploadPiece.objects.count() == 1
