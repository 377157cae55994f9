"""Bringing a code list up to date: who, what is shown, all or nothing, back again, and what wins at the next start."""

import shutil
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from taawun.cycle.models import CooperationRequest
from taawun.foundation import clock
from taawun.foundation.models import AuditEvent
from taawun.foundation.steps import Refused
from taawun.governance.code_updates import (
    apply_update,
    discard_update,
    read_shipped,
    read_update,
    undo_update,
)
from taawun.governance.models import CodeListUpdate
from taawun.reference import names
from taawun.reference.actions import DATA, Loaded, load_code_lists
from taawun.reference.forms import code_choices
from taawun.reference.models import Code, CodeList
from taawun.reference.sheets import written
from tests.cycle.made import signed_in
from tests.factories import a_request, who

pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture
def data(tmp_path):
    """A copy of the shipped files, to change."""
    shutil.copytree(DATA, tmp_path / "data")
    return tmp_path / "data"


def modality():
    return CodeList.objects.get(pk="modality")


def the_file():
    return written(Code.objects.filter(code_list="modality"))


NEW = [("Dispatch of experts", "Experts on mission"), ("seminar,", "workshop,")]


def changed(text, *pairs):
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


def sent(text=None, *, by="jica-admin", version="2"):
    content = changed(the_file(), *NEW) if text is None else text
    given = {"file_name": "modality.csv", "version": version, "reason": "Agreed in the board."}
    return read_update(modality(), content, actor=who(by), **given)


def applied(text=None, **more):
    return apply_update(sent(text, **more), actor=who("jica-admin"))


def undone(update):
    return undo_update(update, reason="A slip.", actor=who("jica-admin"))


def held():
    """Everything a list says, code by code."""
    names.forget()
    about = CodeList.objects.values_list("names", "origin", "licence", "version", "order", "digest", "is_own")
    return list(Code.objects.order_by("pk").values()), list(about.order_by("pk"))


def told(update):
    return [(one["code"], one["what"]) for one in update.changes]


def test_a_file_is_shown_and_nothing_of_it_applied():
    before = held()

    update = sent()

    assert told(update) == [("expert", "renamed"), ("workshop", "added"), ("seminar", "withdrawn")]
    assert held() == before


def test_an_update_is_applied_as_one():
    update = applied()

    assert update.stage == "applied"
    assert Code.objects.get(pk="modality:expert").names["en"] == "Experts on mission"
    assert Code.objects.get(pk="modality:seminar").valid_to == clock.today()
    assert Code.objects.get(pk="modality:workshop").names["fr"] == "Séminaire ou atelier de formation"
    assert (modality().version, modality().is_own) == ("2", True)
    order = Code.objects.filter(code_list="modality").order_by("position").values_list("code", flat=True)
    assert list(order)[-1] == "seminar"
    event = AuditEvent.objects.get(kind="code-list-update", subject_id=update.pk, step="code-list-applied")
    assert event.actor == who("jica-admin")


def test_an_update_is_undone_as_one_but_what_it_brought_is_withdrawn_not_deleted():
    before = held()
    update = applied()

    undone(update)

    assert Code.objects.get(pk="modality:workshop").valid_to == clock.today()
    Code.objects.filter(pk="modality:workshop").delete()
    assert held() == before


def test_a_record_keeps_the_code_that_was_withdrawn():
    case = a_request("idea")
    CooperationRequest.objects.filter(pk=case.pk).update(sector_id="sector:22012")
    lines = written(Code.objects.filter(code_list="sector")).splitlines(keepends=True)
    text = "".join(line for line in lines if not line.startswith("22012,"))
    sectors = CodeList.objects.get(pk="sector")
    actor = who("jica-admin")
    update = read_update(sectors, text, file_name="s.csv", version="2", reason="So.", actor=actor)

    apply_update(update, actor=actor)
    Code.objects.filter(pk="sector:22012").update(valid_to="2020-01-01")  # years later
    names.forget()

    assert CooperationRequest.objects.get(pk=case.pk).sector_id == "sector:22012"
    assert names.code_name("sector:22012", "fr") == "Services postaux"
    assert "sector:22012" not in dict(code_choices("sector"))
    assert "sector:22012" in dict(code_choices("sector", also="sector:22012"))


def test_a_file_with_one_wrong_row_is_not_applied_at_all():
    before = held()
    update = sent(changed(the_file(), ("Dispatch of experts", "Experts on mission"), ("seminar,", "expert,")))

    with pytest.raises(Refused):
        apply_update(update, actor=who("jica-admin"))

    assert [(one["code"], one["why"]) for one in update.refusals] == [("expert", "twice")]
    assert update.changes == []
    assert held() == before


def test_what_rests_on_a_list_that_changed_meanwhile_is_refused():
    first, second = sent(), sent(changed(the_file(), ("Dispatch of experts", "Experts away")))
    apply_update(first, actor=who("jica-admin"))

    with pytest.raises(Refused, match="has changed since"):
        apply_update(second, actor=who("jica-admin"))

    assert Code.objects.get(pk="modality:expert").names["en"] == "Experts on mission"


def test_the_last_update_is_undone_first():
    first = applied()
    second = applied(changed(the_file(), ("Experts on mission", "Experts away")))

    with pytest.raises(Refused, match="Only the last"):
        undone(first)
    undone(second)
    undone(first)

    assert Code.objects.get(pk="modality:expert").names["en"] == "Dispatch of experts"


def test_what_was_given_up_is_not_applied():
    update = discard_update(sent(), actor=who("jica-admin"))

    for again in (apply_update, discard_update):
        with pytest.raises(Refused):
            again(update, actor=who("jica-admin"))


@pytest.mark.parametrize("slug", ["desk", "jica-approver", "post-officer", "knowledge"])
def test_nobody_but_an_administrator_sends_applies_or_undoes(slug):
    update, before = sent(), held()

    with pytest.raises(PermissionDenied):
        sent(by=slug)
    with pytest.raises(PermissionDenied):
        apply_update(update, actor=who(slug))

    browser = signed_in(slug)
    assert browser.get(update.get_absolute_url()).status_code == 404
    assert browser.post(reverse("governance:list-update-apply", args=[update.pk])).status_code == 404
    assert held() == before


# ── What wins at the next start ──


def test_an_update_stays_when_the_program_starts_anew(data):
    applied()

    loaded = {one.slug: one for one in load_code_lists(data=data)}

    assert loaded["modality"] == Loaded("modality", unchanged=True)
    assert Code.objects.get(pk="modality:expert").names["en"] == "Experts on mission"


def ship(data):
    """The program comes with a newer version of the list."""
    path = data / "modality.csv"
    path.write_text(changed(path.read_text("utf-8"), ("Dispatch of experts", "Experts sent")), "utf-8")
    manifest = data / "manifest.toml"
    text = manifest.read_text("utf-8")
    start = text.index("[modality]")
    manifest.write_text(text[:start] + changed(text[start:], ('version = "1"', 'version = "3"')), "utf-8")


def test_a_newer_shipped_version_waits_beside_an_update_and_is_shown_as_a_difference(data):
    applied()
    ship(data)

    loaded = {one.slug: one for one in load_code_lists(data=data)}
    again = {one.slug: one for one in load_code_lists(data=data)}

    assert loaded["modality"] == again["modality"] == Loaded("modality", held_back=True)
    assert Code.objects.get(pk="modality:expert").names["en"] == "Experts on mission"
    page = signed_in("jica-admin").get(reverse("governance:list", args=["modality"]))
    assert "A newer version came with the program" in page.content.decode()
    update = read_shipped(modality(), actor=who("jica-admin"))
    assert told(update) == [("expert", "renamed"), ("seminar", "back"), ("workshop", "withdrawn")]


def test_a_shipped_version_that_was_taken_in_holds_from_then_on(data):
    applied()
    ship(data)
    load_code_lists(data=data)

    update = apply_update(read_shipped(modality(), actor=who("jica-admin")), actor=who("jica-admin"))

    assert (modality().version, modality().is_own, modality().waiting) == ("3", False, None)
    assert Code.objects.get(pk="modality:expert").names["en"] == "Experts sent"
    assert {one.unchanged for one in load_code_lists(data=data)} == {True}
    undone(update)
    assert (modality().version, modality().is_own) == ("2", True)
    assert {one.slug for one in load_code_lists(data=data) if one.held_back} == {"modality"}


def test_once_the_update_is_undone_the_shipped_version_comes_in_at_the_next_start(data):
    update = applied()
    ship(data)
    load_code_lists(data=data)
    undone(update)

    load_code_lists(data=data)

    assert (modality().version, modality().is_own, modality().waiting) == ("3", False, None)
    assert Code.objects.get(pk="modality:expert").names["en"] == "Experts sent"


# ── The pages ──


def post(slug="modality", content=None, by="jica-admin", **more):
    content = changed(the_file(), *NEW).encode() if content is None else content
    values = {"sheet": SimpleUploadedFile("modality.csv", content), "version": "2", "reason": "Agreed."}
    return signed_in(by).post(reverse("governance:list-update-new", args=[slug]), values | more)


def test_an_administrator_sends_sees_applies_and_undoes_on_the_page():
    browser = signed_in("jica-admin")

    answer = post()
    update = CodeListUpdate.objects.get()
    page = browser.get(answer["Location"])
    assert [(group["slug"], len(group["changes"])) for group in page.context["groups"]] == [
        ("added", 1),
        ("renamed", 1),
        ("withdrawn", 1),
    ]
    browser.post(reverse("governance:list-update-apply", args=[update.pk]), {"once": str(uuid4())})
    assert modality().version == "2"
    without = browser.post(reverse("governance:list-update-undo", args=[update.pk]), {"reason": ""})
    assert without.status_code == 422
    browser.post(reverse("governance:list-update-undo", args=[update.pk]), {"reason": "A slip."})

    assert modality().version == "1"
    history = browser.get(reverse("governance:list", args=["modality"])).context["updates"]
    assert [(row["it"].version, row["it"].stage, row["codes"]) for row in history] == [("2", "undone", 3)]


def test_a_second_press_leads_where_the_first_led():
    update, browser = sent(), signed_in("jica-admin")
    address, key = reverse("governance:list-update-apply", args=[update.pk]), str(uuid4())

    first, second = (browser.post(address, {"once": key}) for _ in range(2))

    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])


def test_a_second_applying_is_refused_with_the_reason():
    update, browser = applied(), signed_in("jica-admin")

    answer = browser.post(reverse("governance:list-update-apply", args=[update.pk]))

    assert answer.status_code == 409
    assert [str(one) for one in answer.context["obstacles"]] == [
        "This update cannot be applied, or no longer."
    ]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"code,name_en\n\xe9,\xe9\n", "The file is not text in UTF-8."),
        (b"code\0", "The file is not text in UTF-8."),
        (b"x" * 2_000_001, "The file is larger than 2 MB."),
    ],
)
def test_what_is_no_text_is_refused_at_the_door(content, why):
    answer = post(content=content)

    assert answer.status_code == 422
    assert answer.context["form"].errors["sheet"] == [why]
    assert not CodeListUpdate.objects.exists()


def test_refusals_are_told_with_line_and_code():
    browser = signed_in("jica-admin")

    page = browser.get(post(content=changed(the_file(), ("seminar,", "expert,")).encode())["Location"])

    assert [(one["code"], one["why"]) for one in page.context["refusals"]] == [
        ("expert", "The code stands in the file twice.")
    ]
    assert "Apply all of it" not in page.content.decode()


def test_no_shipped_version_waits_where_none_does():
    assert (
        signed_in("jica-admin").post(reverse("governance:list-shipped", args=["modality"])).status_code == 404
    )


def test_the_page_of_an_update_asks_as_little_however_many_codes(django_assert_num_queries):
    browser, few = signed_in("jica-admin"), sent()
    more = "".join(f"x{number},New {number},,,,,,\n" for number in range(300))
    many = sent(the_file() + more)
    browser.get(few.get_absolute_url())

    for update in (few, many):
        with django_assert_num_queries(6):
            browser.get(update.get_absolute_url())
