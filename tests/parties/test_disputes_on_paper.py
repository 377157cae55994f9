"""A party that does not sign in disputes, explains and settles by letter: the office that records for it enters it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from taawun.cycle.models import Operation
from taawun.directory.models import Organisation
from taawun.foundation import clock
from taawun.foundation.seats import Letter
from taawun.foundation.steps import Refused
from taawun.letters.models import Letter as RegisteredLetter
from taawun.monitoring import disputes, disputing, settling
from taawun.monitoring.disputing import Paper
from taawun.monitoring.models import Dispute, Sheet
from taawun.monitoring.on_paper import confirm_on_paper
from taawun.papers.models import File
from taawun.workspace.demo import operation as op
from taawun.workspace.demo.exchange import scan
from taawun.workspace.demo.players import FLOODS, played_by
from taawun.workspace.demo.scan import a_scan
from tests.cycle.made import derived_tasks, events_of, everything, held_tasks, in_words, signed_in
from tests.parties.made import OFFICE, PARTNER, PIVOT, THIRD, a_triangular, who
from tests.parties.test_disputes import dispute, in_english, place, says, value_of

METEO = "National meteorological service, Senegal (example)"
DAY = timedelta(days=1)


@pytest.fixture
def made(world, settings, tmp_path):
    """Under way, with a sheet all three confirmed; since then the partner signs in no more."""
    settings.MEDIA_ROOT = tmp_path / "files"
    with played_by(FLOODS):
        pk = op.monitor(a_triangular("in_implementation")).pk
    Organisation.objects.filter(slug="sn-meteo").update(on_paper=True)
    return Operation.objects.get(pk=pk)


def meteo(made):
    return made.parties.get(organisation__slug="sn-meteo", signs=True)


def paper(made, party=None, by=OFFICE, **changes):
    letter = {"number": "M-12", "dated_on": clock.today(), "scan": scan("Letter (example)", who(by))}
    return Paper((party or meteo(made)).pk, Letter(**letter | changes))


def by_letter(made, thing, by=OFFICE, **changes):
    return disputing.dispute_figure(
        made,
        place(thing),
        reason="We counted four.",
        saw=disputes.fingerprint(disputes.said(thing)),
        actor=who(by),
        paper=paper(made, by=by, **changes),
    )


def waiting(made):
    assert held_tasks(made) == derived_tasks(made)
    return sorted(
        (spec.act, spec.organisation_id, spec.on_behalf_of_id)
        for spec in derived_tasks(made)
        if "dispute" in spec.act
    )


def pk_of(slug):
    return Organisation.objects.get(slug=slug).pk


def sent(says="", **more):
    pdf = SimpleUploadedFile("m12.pdf", a_scan("Letter (example)"), content_type="application/pdf")
    letter = {"letter_number": "M-12", "letter_date": clock.today().isoformat(), "letter_scan": pdf}
    return {"once": str(uuid4()), "settle": "letter", "says": says, **letter, **more}


# ── The acts ──


def test_the_office_disputes_its_own_figure_for_a_party_by_its_letter(made):
    one = by_letter(made, value_of(made), dated_on=clock.today() - 2 * DAY)

    event = events_of(made)[-1]
    assert (one.party, one.author.organisation.slug, one.opened_on) == (
        meteo(made),
        "amci",
        clock.today() - 2 * DAY,
    )
    assert (event.step, event.organisation_id, event.on_behalf_of_id, event.acted_on) == (
        "figure-disputed",
        pk_of("amci-sn"),
        pk_of("sn-meteo"),
        clock.today() - 2 * DAY,
    )
    assert event.detail.data["on_paper"]["number"] == "M-12"
    assert File.objects.get(gate="entry", subject_id=event.pk).is_pending is False
    assert waiting(made) == [("answer-dispute", pk_of("amci-sn"), None)]


def test_a_disputed_figure_of_a_party_on_paper_waits_on_the_office_which_enters_its_explanation(made):
    one = dispute(made, value_of(made, "sn-meteo"))
    before = waiting(made)

    held = disputing.explain(one, text="Two were added.", actor=who(OFFICE), paper=paper(made))

    assert before == [("answer-dispute", pk_of("amci-sn"), pk_of("sn-meteo"))]
    assert (held.answer, events_of(made)[-1].on_behalf_of_id) == ("Two were added.", pk_of("sn-meteo"))
    assert waiting(made) == [
        ("settle-dispute", made.parties.get(organisation__slug="jica").acts_through_id, None)
    ]


@pytest.mark.parametrize("how", ["withdrawn", "kept"])
def test_it_settles_its_dispute_by_letter(made, how):
    one = by_letter(made, value_of(made))
    disputing.explain(one, text="They do transmit.", actor=who(OFFICE))
    before = waiting(made)

    if how == "kept":
        seen = disputes.fingerprint(says(one))
        held = settling.accept(one, actor=who(OFFICE), saw=seen, paper=paper(made))
    else:
        held = settling.withdraw(one, actor=who(OFFICE), paper=paper(made))

    assert before == [("settle-dispute", pk_of("amci-sn"), pk_of("sn-meteo"))]
    assert (held.how, events_of(made)[-1].on_behalf_of_id, waiting(made)) == (how, pk_of("sn-meteo"), [])


def test_the_letter_stands_once_in_the_register_of_the_office_whatever_it_does(made):
    by_letter(made, value_of(made))
    by_letter(made, value_of(made, "jica"))

    [entered] = RegisteredLetter.objects.filter(operation=made, made_by="on-paper")
    assert (entered.organisation.slug, entered.correspondent.slug, entered.number) == (
        "amci-sn",
        "sn-meteo",
        "M-12",
    )
    assert entered.subject == f"Donnée contestée – {made.title}"
    assert entered.scan is not None


# ── What is refused ──


@pytest.mark.parametrize(
    ("missing", "told"),
    [
        ({"number": " "}, "Give the number of the letter."),
        ({"dated_on": None}, "Give the date of the letter."),
        ({"scan": None}, "Attach the scan of the letter."),
        ({"dated_on": clock.LAST_DAY}, "The date of the letter lies in the future."),
    ],
)
def test_without_its_letter_nothing_is_recorded(made, missing, told):
    with pytest.raises(Refused) as refused:
        by_letter(made, value_of(made), **missing)

    assert (in_words(refused), Dispute.objects.count()) == ([told], 0)


@pytest.mark.parametrize("by", [PIVOT, THIRD, PARTNER, "sn-coordinator", "mm-office", "amci-approver"])
def test_nobody_but_the_recording_office_enters_it(made, by):
    value = value_of(made)
    letter = paper(made, by=by)
    before = everything()

    with pytest.raises(PermissionDenied):
        disputing.dispute_figure(
            made,
            place(value),
            reason="No.",
            saw=disputes.fingerprint(disputes.said(value)),
            actor=who(by),
            paper=letter,
        )

    assert everything() == before


def test_for_a_party_that_signs_in_or_signs_nothing_no_letter_is_entered(made):
    third = made.parties.get(organisation__slug="jica")
    coordination = made.parties.filter(signs=False).exclude(organisation__slug="sn-meteo").first()
    Organisation.objects.filter(pk=coordination.acts_through_id).update(on_paper=True)

    for party in (third, coordination):
        with pytest.raises(PermissionDenied):
            disputing.dispute_figure(
                Operation.objects.get(pk=made.pk),
                place(value_of(made)),
                reason="No.",
                saw="",
                actor=who(OFFICE),
                paper=paper(made, party),
            )


def test_its_own_figure_a_second_dispute_and_anothers_dispute_are_refused_as_to_anybody(made):
    by_letter(made, value_of(made))
    others = dispute(made, value_of(made))

    with pytest.raises(Refused) as own:
        by_letter(made, value_of(made, "sn-meteo"))
    with pytest.raises(Refused) as twice:
        by_letter(made, value_of(made))
    with pytest.raises(PermissionDenied):
        settling.withdraw(others, actor=who(OFFICE), paper=paper(made))

    assert in_words(own) == [f"{METEO} reported this figure itself."]
    assert in_words(twice) == [f"{METEO} disputes this figure already."]


def test_no_letter_settles_what_was_not_disputed_yet(made):
    one = by_letter(made, value_of(made))

    with pytest.raises(Refused) as refused:
        settling.withdraw(one, actor=who(OFFICE), paper=paper(made, dated_on=clock.today() - DAY))

    assert in_words(refused) == ["The letter is dated before the figure was disputed."]


def test_it_stands_by_no_sheet_with_a_figure_in_it_that_it_disputes(made):
    by_letter(made, value_of(made))
    sheet = Sheet.objects.get(operation=made)
    sheet.confirmations.filter(party=meteo(made)).delete()

    with pytest.raises(Refused) as refused:
        confirm_on_paper(
            sheet, meteo(made), actor=who(OFFICE), version=sheet.version, letter=paper(made).letter
        )

    assert in_words(refused) == [
        f"{METEO} disputes a figure of this sheet: it accepts it or withdraws the dispute first."
    ]


# ── The pages ──


def test_the_office_is_led_to_its_own_figures_and_records_the_letter_on_the_page(made):
    browser = in_english(signed_in(OFFICE))
    address = reverse("monitoring:dispute-new", args=[made.pk, value_of(made).figure])
    shown = browser.get(reverse("monitoring:sheets", args=[made.pk])).content.decode()
    page = browser.get(address)
    form = {"party": str(meteo(made).pk), "reason": "We counted four.", "saw": page.context["saw"]}

    without = browser.post(address, {"once": str(uuid4()), **form})
    done = browser.post(address, sent() | form)

    one = Dispute.objects.get()
    assert f'href="{address}"' in shown
    assert [label for _value, label in page.context["form"].fields["party"].choices] == [
        f"{METEO}, by letter"
    ]
    assert (without.status_code, sorted(without.context["form"].errors)) == (
        422,
        ["letter_date", "letter_number", "letter_scan"],
    )
    assert (done.status_code, done["Location"], one.party) == (302, one.get_absolute_url(), meteo(made))
    told = browser.get(one.get_absolute_url()).content.decode()
    assert "letter M-12 of" in told


def test_for_its_own_side_the_office_disputes_without_a_letter(made):
    browser = in_english(signed_in(OFFICE))
    address = reverse("monitoring:dispute-new", args=[made.pk, value_of(made, "jica").figure])
    page = browser.get(address)
    form = {"party": "own", "reason": "We counted six.", "saw": page.context["saw"]}

    wrong = browser.post(address, sent() | form)
    done = browser.post(address, {"once": str(uuid4())} | form)

    assert (wrong.status_code, done.status_code) == (422, 302)
    assert Dispute.objects.get().party.organisation.slug == "amci"
    assert events_of(made)[-1].on_behalf_of_id is None


def test_the_office_records_on_the_page_of_the_dispute_what_the_letter_says(made):
    one = by_letter(made, value_of(made))
    browser = in_english(signed_in(OFFICE))
    saw = browser.get(one.get_absolute_url()).context["saw"]

    nothing = browser.post(one.get_absolute_url(), sent())
    done = browser.post(one.get_absolute_url(), sent(f"accept-{meteo(made).pk}", saw=saw))

    assert (nothing.status_code, sorted(nothing.context["forms"]["letter"].errors)) == (422, ["says"])
    assert (done.status_code, Dispute.objects.get().how) == (302, "kept")


def test_an_explanation_by_letter_has_its_text(made):
    one = dispute(made, value_of(made, "sn-meteo"))
    browser = in_english(signed_in(OFFICE))
    says = f"explain-{meteo(made).pk}"

    without = browser.post(one.get_absolute_url(), sent(says))
    done = browser.post(one.get_absolute_url(), sent(says, text="Two were added."))

    assert (without.status_code, done.status_code) == (422, 302)
    assert Dispute.objects.get().answer == "Two were added."


def test_whoever_records_nothing_is_shown_no_letter(made):
    one = by_letter(made, value_of(made))

    for slug in (THIRD, PIVOT):
        browser = in_english(signed_in(slug))
        answer = browser.post(one.get_absolute_url(), sent(f"withdraw-{meteo(made).pk}"))
        assert "Record a letter" not in browser.get(one.get_absolute_url()).content.decode()
        assert answer.status_code == 409
    assert signed_in("la-office").post(one.get_absolute_url(), sent()).status_code == 404
    assert Dispute.objects.get().is_open


def test_the_pages_cost_the_office_a_statement_or_two_more(made, django_assert_max_num_queries):
    one = by_letter(made, value_of(made))
    browser = signed_in(OFFICE)
    browser.get(one.get_absolute_url())

    with django_assert_max_num_queries(32):
        browser.get(one.get_absolute_url())
