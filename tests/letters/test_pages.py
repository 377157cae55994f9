import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from taawun.foundation import clock
from taawun.foundation.models import AuditEvent, Draft
from taawun.letters import actions
from taawun.letters.models import Letter
from taawun.workspace.demo.cast import organisation, user
from taawun.workspace.demo.scan import a_scan
from tests.factories import a_request
from tests.letters.made import a_file, a_letter, posted
from tests.meetings.made import an_operation, signed_in

pytestmark = pytest.mark.usefixtures("world")


def new_in(slug: str) -> str:
    return reverse("letters:new", args=[organisation(slug).pk])


WRITERS = {
    "post-officer": "mm-post",
    "mm-coordinator": "mm-coordination",
    "mm-office": "jica-mm",
    "desk": "jica",
}


@pytest.mark.parametrize(("slug", "register"), WRITERS.items())
def test_whoever_keeps_a_register_enters_a_letter_with_its_scan(slug, register):
    scan = SimpleUploadedFile("letter.pdf", a_scan("A letter"), content_type="application/pdf")

    answer = signed_in(slug).post(new_in(register), posted(scan=scan))

    letter = Letter.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, letter.get_absolute_url())
    assert (letter.organisation.slug, letter.written_by, letter.scan.original_name) == (
        register,
        user(slug),
        "letter.pdf",
    )


@pytest.mark.parametrize("slug", ["knowledge", "jica-approver", "la-officer", "post-officer", "evaluator"])
def test_a_register_one_does_not_keep_is_not_there(slug):
    assert signed_in(slug).get(new_in("jica")).status_code == 404
    assert signed_in(slug).post(new_in("jica"), posted()).status_code == 404
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"direction": "up"}, "direction"),
        ({"direction": ""}, "direction"),
        ({"number": "x" * 61}, "number"),
        ({"dated_on": "soon"}, "dated_on"),
        ({"dated_on": ""}, "dated_on"),
        ({"dated_on": "9999-12-31"}, "dated_on"),
        ({"passed_on": "2200-01-01"}, "passed_on"),
        ({"passed_on": "2001-01-01"}, "passed_on"),
        ({"correspondent_name": "  "}, "correspondent_name"),
        ({"correspondent_name": "x" * 201}, "correspondent_name"),
        ({"subject": ""}, "subject"),
        ({"subject": "nul \0"}, "subject"),
        ({"subject": "x" * 301}, "subject"),
        ({"language": "language:nothing"}, "language"),
        ({"about": "XX-1900-REQ-0001"}, "about"),
        ({"about": "x" * 41}, "about"),
        ({"answers": "999999"}, "answers"),
        ({"answers": "x"}, "answers"),
    ],
    ids=str,
)
def test_a_wrong_field_is_told_at_its_place_and_nothing_typed_is_lost(wrong, field):
    answer = signed_in("mm-office").post(new_in("jica-mm"), posted(**wrong))

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert Draft.objects.get(user=user("mm-office"), kind="register").data["post"] != ""
    assert not Letter.objects.exists()


def test_a_letter_names_its_case_by_number_and_its_organisation_is_then_offered():
    operation = an_operation()
    client, address = signed_in("mm-office"), new_in("jica-mm")

    told = client.post(address, posted(about=operation.code, subject=""))
    offered = told.context["form"].fields["correspondent"].choices
    sent = posted(about=operation.code, correspondent=organisation("mm-post").pk, correspondent_name="")
    client.post(address, sent)

    letter = Letter.objects.get()
    assert str(organisation("mm-post").pk) in [pk for pk, _label in offered]
    assert (letter.operation, letter.correspondent.slug) == (operation, "mm-post")


def test_another_countrys_case_is_as_unknown_as_none():
    laos = an_operation(country="LA")

    answer = signed_in("mm-office").post(new_in("jica-mm"), posted(about=laos.code))
    nowhere = signed_in("mm-office").post(new_in("jica-mm"), posted(about="LA-1999-PRJ-0001"))

    assert answer.context["form"].errors == nowhere.context["form"].errors
    assert list(answer.context["form"].errors) == ["about"]


def test_an_organisation_and_a_name_at_once_or_ones_own_are_told():
    operation = an_operation()
    address = reverse("letters:operation-new", args=[operation.pk])
    client = signed_in("mm-office")

    both = client.post(address, posted(correspondent=organisation("mm-post").pk))
    stranger = client.post(address, posted(correspondent=organisation("la-post").pk, correspondent_name=""))

    assert list(both.context["form"].errors) == ["correspondent_name"]
    assert list(stranger.context["form"].errors) == ["correspondent"]


def test_a_draft_is_found_again_from_the_desk():
    client, address = signed_in("mm-office"), new_in("jica-mm")

    client.post(address, posted(keep="1", subject="Half a subject"))

    [draft] = client.get("/desk/").context["drafts"]
    assert draft["url"] == address
    assert client.get(address).context["form"]["subject"].value() == "Half a subject"


def test_a_letter_sent_twice_is_entered_once():
    client, address = signed_in("mm-office"), new_in("jica-mm")
    data = posted(once="7d1f5a0e-0f3a-4c8a-9a61-4f6f6e4b2d11")

    first, second = client.post(address, data), client.post(address, data)

    assert (first["Location"], Letter.objects.count()) == (second["Location"], 1)


# ── The case's page ──


@pytest.mark.parametrize(("slug", "register"), WRITERS.items())
def test_a_letter_is_entered_from_the_operations_page(slug, register):
    operation = an_operation()
    client = signed_in(slug)
    tab = reverse("letters:operation", args=[operation.pk])

    answer = client.post(client.get(tab).context["enter"], posted())

    assert (answer.status_code, answer["Location"]) == (302, tab)
    assert [line["letter"].organisation.slug for line in client.get(tab).context["letters"]] == [register]


def test_a_letter_is_entered_from_the_requests_page_and_leads_back():
    made = a_request("draft")
    client = signed_in("post-officer")
    page = client.get(made.get_absolute_url())
    tab = reverse("letters:request", args=[made.pk])
    assert tab in [address for address, _label in page.context["links"]]

    answer = client.post(reverse("letters:request-new", args=[made.pk]), posted())

    assert (answer["Location"], Letter.objects.get().coop_request) == (tab, made)


def test_an_operations_page_shows_the_letters_of_its_request_too():
    made = a_request("confirmed")

    page = signed_in("mm-office").get(reverse("letters:operation", args=[made.operation.pk]))

    assert len(page.context["letters"]) == 3


@pytest.mark.parametrize("slug", ["la-officer", "la-office", "sn-officer", "sn-embassy", "amci-desk"])
def test_another_countrys_people_find_no_letter_at_any_address(slug):
    operation = an_operation()
    letter = a_letter(case=operation, to="mm-post", scan=a_file())
    client = signed_in(slug)
    paths = [
        letter.get_absolute_url(),
        f"/letters/{letter.pk}/edit/",
        f"/letters/{letter.pk}/strike/",
        f"/operations/{operation.pk}/letters/",
        f"/operations/{operation.pk}/letters/new/",
        letter.scan.get_absolute_url(),
    ]

    assert [client.get(path).status_code for path in paths] == [404] * len(paths)
    assert client.post(f"/letters/{letter.pk}/take-in/").status_code == 404
    listed = client.get("/letters/").content.decode() + client.get("/letters/paper/").content.decode()
    assert letter.subject not in listed
    assert operation.code not in listed


def test_the_other_side_reads_a_letter_and_its_doors_are_barred():
    letter = a_letter(case=an_operation(), to="mm-post")
    client = signed_in("post-officer")

    assert client.get(letter.get_absolute_url()).status_code == 200
    assert client.get(f"/letters/{letter.pk}/edit/").status_code == 403
    assert client.post(f"/letters/{letter.pk}/strike/", {"reason": "x"}).status_code == 403


def test_a_letter_is_corrected_on_its_page():
    letter = a_letter()
    client, address = signed_in("mm-office"), f"/letters/{letter.pk}/edit/"

    answer = client.post(address, posted(base_version="1", subject="Opening hours"))

    letter.refresh_from_db()
    assert (answer.status_code, letter.subject, letter.version) == (302, "Opening hours", 2)
    page = client.get(letter.get_absolute_url())
    assert [str(entry["title"]) for entry in page.context["history"]] == ["Entry corrected", "Letter entered"]


def test_who_corrects_second_sees_both_versions():
    letter = a_letter()
    client, address = signed_in("mm-office"), f"/letters/{letter.pk}/edit/"
    client.post(address, posted(base_version="1", subject="First"))

    answer = client.post(address, posted(base_version="1", subject="Second"))

    assert (answer.status_code, Letter.objects.get().subject) == (409, "First")
    assert [(str(row["label"]), row["theirs"], row["mine"]) for row in answer.context["conflict"]] == [
        ("Subject", "First", "Second")
    ]


def test_an_entry_is_struck_out_on_its_page_and_shows_why():
    letter = a_letter()
    client, address = signed_in("mm-office"), f"/letters/{letter.pk}/strike/"

    empty = client.post(address, {"reason": " "})
    answer = client.post(address, {"reason": "Entered twice."})
    again = client.post(address, {"reason": "Once more."})

    assert (empty.status_code, answer.status_code, again.status_code) == (422, 302, 409)
    assert "Entered twice." in client.get(letter.get_absolute_url()).content.decode()
    assert client.get(f"/letters/{letter.pk}/edit/").status_code == 409


def test_the_receiver_takes_a_letter_in_with_one_button():
    letter = a_letter(case=an_operation(), direction="out", to="mm-post")
    client = signed_in("post-officer")
    assert client.get(letter.get_absolute_url()).context["may_take_in"] is True

    answer = client.post(f"/letters/{letter.pk}/take-in/")

    ours = Letter.objects.get(organisation__slug="mm-post")
    assert (answer.status_code, answer["Location"]) == (302, ours.get_absolute_url())
    assert AuditEvent.objects.get(kind="letter", subject_id=ours.pk).step == "letter-taken-in"


def test_an_answer_is_entered_from_the_letter_it_answers():
    operation = an_operation()
    letter = a_letter(case=operation, direction="out", to="mm-post")
    client = signed_in("post-officer")
    address = client.get(letter.get_absolute_url()).context["answer_url"]

    form = client.get(address).context["form"]
    data = posted(
        correspondent=form.initial["correspondent"], correspondent_name="", answers=form.initial["answers"]
    )
    client.post(address, data)

    answer = Letter.objects.get(organisation__slug="mm-post")
    assert (answer.answers, answer.correspondent.slug) == (letter, "jica-mm")
    shown = signed_in("mm-office").get(letter.get_absolute_url()).context["answers"]
    assert [one.pk for one in shown] == [answer.pk]


# ── The register ──


def test_the_register_is_filtered_searched_and_says_what_it_holds():
    operation = an_operation()
    a_letter(case=operation, direction="out", to="mm-post", subject="Terms of reference")
    a_letter(subject="Opening hours", correspondent_name="Chambre de commerce")
    a_letter("jica", "desk", subject="Budget", number="B-9")
    client = signed_in("desk")

    def found(question: str) -> list[str]:
        rows = client.get(f"/letters/?{question}").context["list"].rows
        return [str(row[7].html).split(">")[1].split("<")[0] for row in rows]

    assert found("") == ["Opening hours", "Terms of reference", "Budget"]
    assert found("direction=out") == ["Terms of reference"]
    assert found(f"year={clock.today().year}&q=budget") == ["Budget"]
    assert found("q=chambre") == ["Opening hours"]
    assert found("q=Myanmar+Post") == ["Terms of reference"]
    assert found("q=B-9") == ["Budget"]
    assert found(f"register={organisation('jica').pk}") == ["Budget"]
    assert found(f"case={operation.code}") == ["Terms of reference"]
    assert found("case=LA-2026-PRJ-0001&year=1999") == ["Opening hours", "Terms of reference", "Budget"]


def test_the_export_holds_every_fact_of_the_reader_s_letters_and_no_line_more():
    operation = an_operation()
    a_letter("mm-post", "post-officer", subject="Of the post")
    sent = a_letter(case=operation, direction="out", to="mm-post", subject="=1+1", scan=a_file())
    actions.strike_letter(a_letter(subject="Wrong"), "Entered twice.", actor=user("mm-office"))

    answer = signed_in("mm-office").get("/letters/?export=csv&sort=code")
    rows = list(csv.DictReader(StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))

    today, before = clock.today(), clock.today() - timedelta(days=2)
    assert len(rows) == 2
    assert rows[0] == {
        "Register of": "JICA Myanmar Office",
        "No.": sent.code,
        "In or out": "Out",
        "Received or sent on": str(today),
        "Letter number": "AB/7",
        "Date of the letter": str(before),
        "From": "JICA Myanmar Office",
        "To": "Myanmar Post",
        "Subject": "'=1+1",
        "Case": operation.code,
        "Struck out": "",
        "Language of the letter": "English",
        "Answers the letter": "",
        "Scan": "letter.pdf",
    }
    assert (rows[1]["Subject"], rows[1]["Struck out"]) == ("Wrong", "Entered twice.")


def test_the_printed_register_holds_the_filtered_lines():
    a_letter(subject="Opening hours")
    a_letter(subject="Budget")

    page = signed_in("mm-office").get("/letters/paper/?q=budget").content.decode()

    assert ("Budget" in page, "Opening hours" in page) == (True, False)


def test_a_case_the_reader_may_not_see_is_not_named_in_their_register():
    letter = a_letter("mm-post", "post-officer", case=a_request("draft"))
    Letter.objects.filter(pk=letter.pk).update(organisation=organisation("mm-coordination"))
    client = signed_in("mm-coordinator")

    page = client.get(letter.get_absolute_url())

    assert "/requests/" not in [fact.get("link", "")[:10] for fact in page.context["facts"]]
    assert client.get("/letters/").context["list"].choices[3].options == []


@pytest.mark.parametrize("many", [1, 12])
def test_the_register_costs_the_same_however_long(many, django_assert_max_num_queries):
    operation = an_operation()
    for number in range(many):
        a_letter(case=operation, to="mm-post", subject=f"Letter {number}")
    client = signed_in("mm-office")

    for path in ("/letters/", "/letters/paper/", f"/operations/{operation.pk}/letters/"):
        with django_assert_max_num_queries(14):
            client.get(path)


def test_a_letters_page_costs_the_same_however_long_its_history(django_assert_max_num_queries):
    letter = a_letter()
    client = signed_in("mm-office")
    for number in range(5):
        client.post(f"/letters/{letter.pk}/edit/", posted(base_version=str(number + 1), subject=f"S{number}"))

    with django_assert_max_num_queries(14):
        assert len(client.get(letter.get_absolute_url()).context["history"]) == 6


def test_a_letter_has_no_steps_to_be_taken():
    letter = a_letter()

    assert signed_in("mm-office").get(f"/cases/letter/{letter.pk}/steps/forward/").status_code == 404
