"""A party that does not sign in stands by a sheet by letter: its office records it, with number, date and scan."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from taawun.cycle.models import Operation
from taawun.directory.models import Organisation
from taawun.foundation import clock
from taawun.foundation.models import AuditEvent
from taawun.foundation.seats import Letter
from taawun.foundation.steps import Refused
from taawun.letters.models import Letter as RegisteredLetter
from taawun.monitoring.actions import confirm_sheet
from taawun.monitoring.models import Sheet
from taawun.monitoring.on_paper import confirm_on_paper
from taawun.workspace.demo import operation as op
from taawun.workspace.demo.exchange import scan
from taawun.workspace.demo.scan import a_scan
from tests.cycle.made import derived_tasks, held_tasks, signed_in
from tests.factories import an_operation, who


@pytest.fixture
def sheet(world):
    """A sheet nobody has confirmed, of an operation whose implementing organisation is on paper."""
    made = op.monitor(an_operation("in_implementation"))
    held = Sheet.objects.get(operation=made)
    held.confirmations.all().delete()
    Operation.objects.filter(pk=made.pk).update(monitored_since=None)
    Organisation.objects.filter(slug="mm-post").update(on_paper=True)
    return Sheet.objects.get(pk=held.pk)


def party(sheet):
    return sheet.operation.parties.get(acts_through__slug="mm-post", signs=True)


def letter(**changes):
    given = {"number": "P-7", "dated_on": clock.today(), "scan": scan("Letter (example)", who("mm-office"))}
    return Letter(**given | changes)


def test_the_sheet_is_in_when_the_office_confirmed_and_the_letter_is_recorded(sheet):
    confirm_sheet(sheet, actor=who("mm-office"), version=sheet.version)

    confirm_on_paper(sheet, party(sheet), actor=who("mm-office"), version=sheet.version, letter=letter())

    operation = Operation.objects.get(pk=sheet.operation_id)
    entry = AuditEvent.objects.filter(step="sheet-confirmed").latest("id")
    assert operation.monitored_since == clock.today()
    assert (entry.on_behalf_of_id, entry.detail.data["on_paper"]["number"]) == (
        party(sheet).organisation_id,
        "P-7",
    )
    assert held_tasks(operation) == derived_tasks(operation)
    registered = RegisteredLetter.objects.get(operation=operation, made_by="on-paper", number="P-7")
    assert (registered.organisation.slug, registered.correspondent.slug) == ("jica-mm", "mm-post")


@pytest.mark.parametrize("missing", [{"number": ""}, {"dated_on": None}, {"scan": None}])
def test_without_its_letter_nothing_is_recorded(sheet, missing):
    with pytest.raises(Refused):
        confirm_on_paper(
            sheet,
            party(sheet),
            actor=who("mm-office"),
            version=sheet.version,
            letter=letter(**missing),
        )

    assert list(sheet.confirmations.all()) == []


@pytest.mark.parametrize("stranger", ["post-officer", "desk", "la-office"])
def test_nobody_but_the_office_records_it(sheet, stranger):
    with pytest.raises(PermissionDenied):
        confirm_on_paper(sheet, party(sheet), actor=who(stranger), version=1, letter=letter())


def test_a_party_that_signs_in_confirms_itself(sheet):
    Organisation.objects.filter(slug="mm-post").update(on_paper=False)

    with pytest.raises(PermissionDenied):
        confirm_on_paper(sheet, party(sheet), actor=who("mm-office"), version=sheet.version, letter=letter())


def test_the_office_does_it_on_the_page(sheet):
    browser = signed_in("mm-office")
    args = [sheet.operation_id, sheet.number, party(sheet).pk]
    url = reverse("monitoring:confirm-on-paper", args=args)
    shown = browser.get(reverse("monitoring:sheet", args=args[:2])).content.decode()
    pdf = SimpleUploadedFile("p7.pdf", a_scan("Letter (example)"), content_type="application/pdf")
    data = {"letter_number": "P-7", "letter_date": clock.today().isoformat(), "letter_scan": pdf}

    without = browser.post(url, {"once": str(uuid4())})
    done = browser.post(url, data | {"once": str(uuid4())})
    again = browser.get(url)

    assert f'href="{url}"' in shown
    assert (without.status_code, done.status_code, again.status_code) == (422, 302, 409)
    assert [c.party_id for c in sheet.confirmations.all()] == [party(sheet).pk]
    assert signed_in("la-office").get(url).status_code == 404


def test_the_letter_recorded_first_the_office_still_confirms_for_itself(sheet):
    confirm_on_paper(sheet, party(sheet), actor=who("mm-office"), version=sheet.version, letter=letter())

    confirm_sheet(sheet, actor=who("mm-office"), version=sheet.version)

    assert Operation.objects.get(pk=sheet.operation_id).monitored_since == clock.today()
