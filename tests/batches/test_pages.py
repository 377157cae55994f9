"""The pages of batches: sending a sheet, the preview, the acts; nothing of it for anybody else."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from taawun.batches import actions
from taawun.batches.models import Batch
from taawun.cycle.models import Operation
from taawun.papers.models import File
from taawun.workspace.demo.cast import organisation, user
from tests.batches.made import a_batch, filled, row
from tests.papers.test_workbooks import with_part

pytestmark = pytest.mark.usefixtures("world")
SHEET = "/batches/sheets/test-work/"
STRANGERS = ("mm-office", "post-officer", "amci-desk", "jica-approver", "sn-embassy")


@pytest.fixture
def desk(client):
    client.force_login(user("desk"))
    return client


def upload(data, name="work.xlsx"):
    return {"sheet": SimpleUploadedFile(name, data)}


def test_a_sheet_goes_from_the_template_to_the_undoing(desk):
    offered = desk.get(SHEET)
    address = offered.context["templates"][0][0]
    assert load_workbook(BytesIO(desk.get(address).content)).worksheets[0]["B2"].value == "Code *"

    sent = desk.post(SHEET, upload(filled([row(1), row(2)])))
    batch = Batch.objects.get()
    assert sent.headers["Location"] == batch.get_absolute_url()

    page = desk.get(batch.get_absolute_url())
    assert [str(r[0].html) for r in page.context["list"].rows] == ["3", "4"]
    assert "Apply all 2 rows" in page.content.decode()

    done = desk.post(reverse("batches:apply", args=[batch.pk]), follow=True)
    assert [case.code for case in done.context["made"]] == ["OLD-1", "OLD-2"]

    undone = desk.post(reverse("batches:undo", args=[batch.pk]), {"reason": "The wrong list."}, follow=True)
    assert undone.status_code == 200
    assert Operation.objects.filter(code__startswith="OLD-").count() == 0


def test_a_sheet_sent_twice_makes_one_batch(desk):
    once = {"once": "1b6bd6a4-52d1-4d94-8c06-7d3f6f8ff001"}
    data = filled([row(1)])

    answers = [desk.post(SHEET, upload(data) | once).headers["Location"] for _ in range(2)]

    assert answers[0] == answers[1]
    assert Batch.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (
            lambda: with_part("xl/vbaProject.bin"),
            "The workbook carries macros. Copy the values into the template, which has none, and send that.",
        ),
        (
            lambda: b"Title;Country",
            "This is not an Excel workbook (.xlsx). Fill in the template and send that file.",
        ),
        (lambda: b"", "The file is empty."),
    ],
)
def test_what_is_no_plain_workbook_is_refused_on_the_form_and_not_kept(desk, data, told):
    answer = desk.post(SHEET, upload(data()))

    assert answer.status_code == 422
    assert answer.context["form"].errors == {"sheet": [told]}
    assert (Batch.objects.count(), File.objects.count()) == (0, 0)


def test_the_preview_tells_the_problems_with_their_places(desk):
    batch = a_batch(filled([row(1)], lambda sheet: sheet.merge_cells("C3:D3")))

    page = desk.get(batch.get_absolute_url())

    assert page.context["problems"] == [
        {"at": "C3:D3", "text": "Cells are merged: split them, and fill each one."}
    ]
    assert "Apply" not in [
        button for button in page.content.decode().split("btn-primary") if "Apply" in button
    ]


def test_the_rows_can_be_narrowed_to_a_verdict_and_saved(desk):
    batch = a_batch(filled([row(1), row(2, starts_on="soon")]))

    refused = desk.get(batch.get_absolute_url() + "?verdict=refused").context["list"].rows
    csv = b"".join(desk.get(batch.get_absolute_url() + "?export=csv").streaming_content).decode()
    book = load_workbook(BytesIO(desk.get(reverse("batches:preview", args=[batch.pk])).content))

    assert [str(r[0].html) for r in refused] == ["4"]
    assert "soon [E4: This is text, not a date" in csv
    assert [cell.value for cell in book.active["B"]] == ["Verdict", "Added", "Refused"]
    assert book.active["F3"].value.startswith("soon [E4: ")


def test_an_act_that_is_refused_answers_409_and_says_why(desk):
    batch = a_batch(filled([row(1, title="")]))

    answer = desk.post(reverse("batches:apply", args=[batch.pk]))

    assert answer.status_code == 409
    assert "Something in the sheet is refused" in answer.content.decode()


@pytest.mark.parametrize("person", STRANGERS)
def test_another_agencys_desk_and_every_other_seat_find_nothing(client, person):
    batch = a_batch(filled([row(1)]))
    client.force_login(user(person))
    at = [reverse(f"batches:{name}", args=[batch.pk]) for name in ("batch", "preview", "undo")]
    acts = [reverse(f"batches:{name}", args=[batch.pk]) for name in ("apply", "again", "discard", "undo")]

    assert [client.get(path).status_code for path in [*at, batch.file.get_absolute_url()]] == [404] * 4
    assert [client.post(path).status_code for path in acts] == [404] * 4
    template = reverse("batches:template", args=["test-work", organisation("jica").pk])
    assert client.get(template).status_code == 404
    assert client.get("/batches/").context["list"].rows == []
    assert Batch.objects.get().stage == "previewed"


def test_nobody_but_those_who_fill_sheets_in_is_offered_them(client):
    def menu(person):
        client.force_login(user(person))
        return "/batches/" in client.get("/desk/").content.decode()

    assert (menu("desk"), menu("post-officer")) == (True, False)


@pytest.mark.parametrize("rows", [1, 60])
def test_a_preview_costs_as_many_statements_however_long(desk, rows, django_assert_max_num_queries):
    batch = a_batch(filled(row(n) for n in range(1, rows + 1)))

    with django_assert_max_num_queries(15):
        desk.get(batch.get_absolute_url())
    with django_assert_max_num_queries(10):
        desk.get(reverse("batches:preview", args=[batch.pk]))


@pytest.mark.parametrize("rows", [1, 120])
def test_reading_a_sheet_costs_as_many_statements_however_long(rows, django_assert_max_num_queries):
    data = filled(row(n) for n in range(1, rows + 1))

    with django_assert_max_num_queries(30):
        a_batch(data)


def test_the_list_costs_as_many_statements_however_long(desk, django_assert_max_num_queries):
    for n in range(1, 8):
        actions.discard_batch(a_batch(filled([row(n)])), actor=user("desk"))

    with django_assert_max_num_queries(12):
        page = desk.get("/batches/")

    assert len(page.context["list"].rows) == 7
