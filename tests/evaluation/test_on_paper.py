"""An owner that does not sign in answers a recommendation by letter, which its office records: else nothing closes."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from taawun.directory.models import Organisation
from taawun.evaluation.actions import answer_recommendation
from taawun.evaluation.models import Recommendation
from taawun.foundation.models import AuditEvent, Task
from taawun.foundation.seats import Letter
from taawun.foundation.steps import Refused, perform
from taawun.letters.models import Letter as RegisteredLetter
from taawun.papers.models import File
from taawun.workspace.demo.exchange import scan
from taawun.workspace.demo.scan import a_scan
from tests.cycle.made import body, derived_tasks, held_tasks, in_words, signed_in
from tests.evaluation.made import TODAY, an_evaluated_operation, on_the_day
from tests.monitoring.made import who


@pytest.fixture
def operation(world):
    """Evaluated, with one recommendation to an organisation that does not sign in."""
    on_the_day()
    made = an_evaluated_operation()
    Organisation.objects.filter(slug="mm-post").update(on_paper=True)
    return type(made).objects.get(pk=made.pk)


def letter(**changes):
    return Letter(
        **{"number": "R-1", "dated_on": TODAY, "scan": scan("Letter (example)", who("mm-office"))} | changes
    )


def answered(**changes):
    given = {"actor": who("mm-office"), "base_version": 1, "letter": letter()} | changes
    return answer_recommendation(Recommendation.objects.get(), response="We do.", **given)


def test_the_office_records_the_letter_and_the_operation_closes(operation):
    on_the_day(TODAY + timedelta(days=9))

    made = answered()

    entry = AuditEvent.objects.get(step="recommendation-answered")
    assert (made.response, made.responded_on, made.responded_by) == ("We do.", TODAY, who("mm-office"))
    assert (entry.organisation_id, entry.on_behalf_of_id) == (body("jica-mm").pk, made.owner_id)
    assert (entry.acted_on, entry.detail.data["on_paper"]["number"]) == (TODAY, "R-1")
    assert File.objects.get(gate="entry", subject_id=entry.pk).uploaded_by == who("mm-office")
    assert (
        RegisteredLetter.objects.get(operation=operation, made_by="on-paper", number="R-1").dated_on == TODAY
    )
    assert held_tasks(operation) == derived_tasks(operation)
    assert perform(operation, "close", actor=who("desk")).state == "closed"


def test_the_page_tells_the_letter_and_who_recorded_it_until_somebody_signs_in_and_answers(operation):
    page = reverse("evaluation:evaluation", args=[operation.pk])
    answered()

    told = signed_in("mm-office").get(page).content.decode()
    assert told.count("Answered by letter <bdi>R-1</bdi> of") == 1
    assert told.count(", recorded by Programme officer, Myanmar office<") == 1

    Organisation.objects.filter(slug="mm-post").update(on_paper=False)
    answered(actor=who("post-officer"), base_version=2, letter=None)
    told = signed_in("mm-office").get(page).content.decode()
    assert (told.count("by letter <bdi>"), told.count("Answered by Officer, Myanmar Post, ")) == (0, 1)


def test_it_waits_on_the_desk_of_the_office(operation):
    assert held_tasks(operation) != derived_tasks(operation)  # marked on paper after it was evaluated
    answered()

    assert list(Task.objects.filter(act="recommendation-response")) == []


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"number": " "}, ["Give the number of the letter."]),
        ({"dated_on": None}, ["Give the date of the letter."]),
        ({"scan": None}, ["Attach the scan of the letter."]),
        (
            {"dated_on": TODAY - timedelta(days=1)},
            ["The letter bears an earlier date than the evaluation it answers."],
        ),
        ({"dated_on": TODAY + timedelta(days=1)}, ["The date of the letter lies in the future."]),
    ],
)
def test_without_its_whole_letter_nothing_is_answered(operation, given, told):
    with pytest.raises(Refused) as refused:
        answered(letter=letter(**given))

    assert in_words(refused) == told
    assert Recommendation.objects.get().response == ""


@pytest.mark.parametrize("slug", ["desk", "la-office", "sn-embassy", "la-officer"])
def test_nobody_else_records_it(operation, slug):
    with pytest.raises(PermissionDenied):
        answered(actor=who(slug))


def test_on_its_page_the_office_gives_the_letter_too(operation):
    browser = signed_in("mm-office")
    url = reverse("evaluation:answer", args=[operation.pk, Recommendation.objects.get().pk])
    data = {
        "response": "We do.",
        "base_version": "1",
        "letter_number": "R-1",
        "letter_date": TODAY.isoformat(),
    }
    pdf = SimpleUploadedFile("letter.pdf", a_scan("Letter (example)"), content_type="application/pdf")

    shown = browser.get(url)
    without = browser.post(url, data)
    done = browser.post(url, data | {"letter_scan": pdf})

    assert list(shown.context["form"].fields) == ["response", "letter_number", "letter_date", "letter_scan"]
    assert "you record the letter by which it answers" in shown.content.decode()
    assert (without.status_code, done.status_code) == (422, 302)
    assert Recommendation.objects.get().response == "We do."
    assert signed_in("la-office").get(url).status_code == 404


def test_an_owner_that_signs_in_answers_for_itself_without_a_letter(operation):
    Organisation.objects.filter(slug="mm-post").update(on_paper=False)

    with pytest.raises(PermissionDenied):
        answered()
