"""Where a picture was taken is removed, and whoever sent it is told."""

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from taawun.papers import actions
from taawun.papers.inspection import inspect
from tests.papers import made
from tests.papers.test_scan_field import filled

SAID = "Where the picture was taken has been removed."
LOCATED = [
    *((f"{name}.jpg", data) for name, data in made.located_jpegs().items()),
    *((f"{name}.png", data) for name, data in made.located_pngs().items()),
]
SILENT = [
    ("plain.jpg", made.picture("JPEG")),
    ("plain.png", made.picture("PNG")),
    ("maker.jpg", made.picture("JPEG", exif=Image.Exif())),
]


@pytest.mark.parametrize(("name", "data"), [pytest.param(*one, id=one[0]) for one in LOCATED])
def test_a_place_is_found_however_it_is_noted_and_nothing_of_it_is_kept(name, data):
    kept = inspect(data, name)
    again = inspect(kept.data, name)
    assert (kept.location_removed, again.location_removed) == (True, False)
    assert [told in kept.data for told in (b"GPS", b"Yangon", b"Exif", b"xmpmeta")] == [False] * 4


@pytest.mark.parametrize(("name", "data"), [pytest.param(*one, id=one[0]) for one in SILENT])
def test_nothing_is_said_of_a_picture_that_told_no_place(name, data):
    assert inspect(data, name).location_removed is False


def test_the_file_keeps_the_fact_also_when_it_was_sent_before_without_a_place(officer):
    bare = actions.hold(made.sent(made.picture("JPEG"), "a.jpg"), actor=officer)
    same = actions.hold(made.sent(made.located_jpegs()["xmp"], "a.jpg"), actor=officer)
    assert (bare.location_removed, same.location_removed, same.pk) == (False, True, bare.pk)


def test_a_file_sent_in_pieces_is_told_of_too(officer):
    client = Client()
    client.force_login(officer)
    data = made.located_jpegs()["exif"]
    opened = client.post(reverse("papers:uploads"), {"name": "a.jpg", "size": len(data), "kinds": "jpeg"})
    answer = client.patch(
        opened.json()["address"],
        data,
        content_type="application/offset+octet-stream",
        headers={"Upload-Offset": "0"},
    )
    assert answer.json()["location_removed"] is True


@pytest.mark.parametrize(("data", "told"), [(made.located_jpegs()["exif"], True), (SILENT[0][1], False)])
def test_the_form_says_it_where_the_file_is_held_and_when_it_was_accepted(officer, data, told):
    form = filled(officer, upload=made.sent(data, "a.jpg"), number="12")
    assert form.is_valid()
    said = str(form["scan"]).count(f">{SAID}</span>")
    assert (said, form.told()) == (1 + told, [SAID] * told)  # once for the script, hidden
