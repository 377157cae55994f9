"""A figure one party disputes is marked wherever it appears, until it is settled; nobody confirms results over it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import override

from taawun.cycle.models import Operation
from taawun.foundation import clock
from taawun.foundation.models import User
from taawun.foundation.steps import Refused, perform
from taawun.meetings import actions as meetings
from taawun.meetings.models import Meeting
from taawun.monitoring import actions as monitoring, disputes, disputing, marks, settling
from taawun.monitoring.actions import Figure, Provided
from taawun.monitoring.models import (
    CompletionReport,
    Dispute,
    IndicatorValue,
    InputActual,
    Sheet,
)
from taawun.workspace.demo import operation as op, walks
from taawun.workspace.demo.players import FLOODS, played_by
from tests.cycle.made import derived_tasks, events_of, held_tasks, in_words, signed_in
from tests.parties.made import OFFICE, PARTNER, PIVOT, THIRD, a_triangular, who

JICA = "Japan International Cooperation Agency (JICA)"
WHY = "Two of them do not transmit."
MARK = "Disputed by Japan International Cooperation Agency (JICA) since"


CASES = {}


@pytest.fixture(scope="module")
def _walked(shared_world):
    """The two cases that these tests begin from, walked once."""
    with played_by(FLOODS):
        CASES["monitored"] = op.monitor(a_triangular("in_implementation")).pk
        CASES["reported"] = another(reported=True).pk


@pytest.fixture
def world(_walked):
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    clock.forget()


def another(reported=False):
    """One more beside them."""
    with played_by(FLOODS):
        made = op.monitor(a_triangular("in_implementation"))
        return op.write_report(walks.review_results(made)) if reported else made


def monitored():
    """Under way, with one sheet that all three confirmed: the third reported four where the others reported six."""
    return Operation.objects.get(pk=CASES["monitored"])


def reported():
    """In completion review, with the last values and the report."""
    return Operation.objects.get(pk=CASES["reported"])


def value_of(made, slug="amci", code="1-1", **more):
    return IndicatorValue.objects.filter(
        operation=made, organisation__slug=slug, definition__code=code, **more
    ).latest("as_of", "pk")


def place(thing, field=""):
    return marks.KIND_OF[type(thing)], thing.pk, field


def dispute(made, thing, field="", by=THIRD, reason=WHY, saw=None):
    seen = saw or disputes.fingerprint(disputes.said(thing, field))
    return disputing.dispute_figure(made, place(thing, field), reason=reason, saw=seen, actor=who(by))


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


def says(one):
    """What the disputed figure says now."""
    return disputes.dispute_of(one.operation, one.pk).says


def correct(made, slug=OFFICE, value=4):
    """The office corrects its value in the sheet."""
    sheet = Sheet.objects.get(operation=made)
    held = value_of(made, sheet=sheet)
    return monitoring.save_sheet(
        sheet,
        values={},
        figures={held.definition_id: Figure(value=value)},
        as_of=held.as_of,
        actor=who(slug),
        base_version=sheet.version,
    )


def confirm(made, *people):
    sheet = Sheet.objects.get(operation=made)
    for slug in people:
        monitoring.confirm_sheet(sheet, actor=who(slug), version=sheet.version)


def accept(one, by=THIRD):
    return settling.accept(one, actor=who(by), saw=disputes.fingerprint(says(one)))


def waiting(made):
    held = [(s.act, s.organisation_id, s.role) for s in derived_tasks(made) if "dispute" in s.act]
    assert held_tasks(made) == derived_tasks(made)
    names = dict(made.parties.values_list("acts_through_id", "acts_through__slug"))
    return [(act, names[body], role) for act, body, role in held]


# ── Disputing ──


def test_a_party_disputes_anothers_figure_and_it_waits_on_who_reported_it(world):
    made = monitored()

    one = dispute(made, value_of(made))

    assert (one.party.organisation.slug, one.author.organisation.slug, one.figure) == (
        "jica",
        "amci",
        f"6 ({clock.today().isoformat()})",
    )
    event = events_of(made)[-1]
    assert (event.step, event.detail.data["note"], event.detail.data["figure"]) == (
        "figure-disputed",
        WHY,
        one.figure,
    )
    assert waiting(made) == [("answer-dispute", "amci-sn", "country-office")]


def test_what_stands_in_the_common_report_waits_on_those_who_write_it(world):
    made = reported()

    dispute(made, InputActual.objects.filter(report__operation=made).first())

    assert sorted(waiting(made)) == [
        ("answer-dispute", "amci-sn", "country-office"),
        ("answer-dispute", "sn-meteo", "line-officer"),
    ]


def test_the_drawn_course_rings_a_disputed_point_and_says_so_until_it_is_settled(world):
    made = monitored()
    browser, page = signed_in(THIRD), reverse("monitoring:sheets", args=[made.pk])
    month = clock.today().strftime("%b %Y")

    def drawn():
        text = browser.get(page).content.decode()
        return text.count('class="g-q"'), text.count(f"Ringed point disputed: {month}")

    dispute(made, value_of(made))  # six, where the drawing follows the four of the third party
    aside = drawn()
    held = dispute(made, value_of(made, code="P-1"))
    shown = drawn()
    settling.withdraw(held, actor=who(THIRD))

    assert (aside, shown, drawn()) == ((0, 0), (1, 1), (0, 0))


@pytest.mark.parametrize("by", [PIVOT, "sn-coordinator", "desk", "amci-approver", "post-officer"])
def test_whoever_confirms_for_no_party_disputes_nothing(world, by):
    made = monitored()

    with pytest.raises(PermissionDenied):
        dispute(made, value_of(made), by=by)


REFUSED = {
    "one's own": (lambda made: (value_of(made, "jica"), WHY), "This is your own figure: correct it."),
    "without a reason": (lambda made: (value_of(made), " \n"), "Give the reason."),
    "a novel": (lambda made: (value_of(made), "x" * 2001), "The reason is too long."),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_dispute_that_may_not_stand_is_refused(world, case):
    made = monitored()
    make, sentence = REFUSED[case]
    thing, reason = make(made)

    with pytest.raises(Refused) as refused:
        dispute(made, thing, reason=reason)

    assert in_words(refused) == [sentence]
    assert not Dispute.objects.exists()


def test_a_party_disputes_a_figure_once_and_another_party_beside_it(world):
    made = monitored()
    dispute(made, value_of(made))

    with pytest.raises(Refused) as refused:
        dispute(made, value_of(made))
    dispute(made, value_of(made), by=PARTNER)

    assert in_words(refused) == ["Your side disputes this figure already."]
    assert [m.party for m in marks.marks_of(value_of(made))] == [
        JICA,
        "National meteorological service, Senegal (example)",
    ]


def test_a_figure_of_another_operation_is_not_there(world):
    made, other = monitored(), another()

    with pytest.raises(Refused) as refused:
        dispute(made, value_of(other))

    assert in_words(refused) == ["This figure is not there any more."]
    address = reverse("monitoring:dispute-new", args=[made.pk, value_of(other).figure])
    assert signed_in(THIRD).get(address).status_code == 404


def test_what_the_parties_no_longer_confirm_is_not_disputed(world):
    made = reported()
    for slug in (PARTNER, OFFICE, THIRD):
        made = perform(made, "confirm-results", actor=who(slug))

    with pytest.raises(Refused) as refused:
        dispute(made, value_of(made))
    assert in_words(refused) == [
        "The parties do not confirm this figure now: it can be neither disputed nor corrected."
    ]


# ── The mark: every page and every paper ──

PLACES = {
    "the monitoring tab": ("monitoring:sheets", ()),
    "the sheet": ("monitoring:sheet", (1,)),
    "the sheet on paper": ("monitoring:sheet-paper", (1,)),
    "one's part of the sheet": ("monitoring:edit-sheet", (1,)),
    "a new sheet": ("monitoring:new-sheet", ()),
    "the values outside": ("monitoring:values", ()),
    "the completion report": ("monitoring:completion", ()),
    "the completion report on paper": ("monitoring:completion-paper", ()),
    "the form of the report": ("monitoring:edit-completion", ()),
    "the list of disputes": ("monitoring:disputes", ()),
    "the operation": ("cycle:operation", ()),
}
OF_SHEET = ["the monitoring tab", "the sheet", "the sheet on paper", "one's part of the sheet"]
OF_REPORT = ["the completion report", "the completion report on paper", "the form of the report"]
OF_LAST = ["the monitoring tab", "the values outside", *OF_REPORT[:2]]
FIGURES = {
    "a value of a sheet": (lambda made: (value_of(made, sheet__number=1), ""), OF_SHEET),
    "a last value": (lambda made: (value_of(made, sheet=None), ""), OF_LAST),
    "one's own value of the last sheet": (
        lambda made: (value_of(made, "sn-meteo", sheet__number=1), ""),
        ["a new sheet", "the values outside"],
    ),
    "an input": (
        lambda made: (InputActual.objects.filter(report__operation=made).first(), ""),
        OF_REPORT,
    ),
    "a section": (lambda made: (CompletionReport.objects.get(operation=made), "impact"), OF_REPORT),
}


def shown(made, where, by):
    name, more = PLACES[where]
    answer = in_english(signed_in(by)).get(reverse(name, args=[made.pk, *more]))
    assert answer.status_code == 200
    return answer.content.decode()


def in_english(client):
    return reading(client, "en")


def reading(client, language):
    User.objects.filter(pk=client.session["_auth_user_id"]).update(language=language)
    return client


@pytest.mark.parametrize("figure", FIGURES)
def test_a_disputed_figure_is_marked_wherever_it_stands_and_settled_it_is_not(world, figure):
    made = reported()
    make, places = FIGURES[figure]
    thing, field = make(made)
    before = {where: shown(made, where, PARTNER) for where in places}

    one = dispute(made, thing, field)
    while_open = {where: shown(made, where, PARTNER) for where in places}
    accept(one)
    after = {where: shown(made, where, PARTNER) for where in places}

    for texts, expected in ((before, False), (while_open, True), (after, False)):
        assert {where: "data-disputed" in text for where, text in texts.items()} == dict.fromkeys(
            places, expected
        )
    assert {where: WHY in text for where, text in while_open.items()} == {
        where: "paper" not in where for where in places
    }


@pytest.mark.parametrize("figure", FIGURES)
def test_the_list_of_disputes_names_each_figure_and_keeps_what_is_settled(world, figure):
    made = reported()
    thing, field = FIGURES[figure][0](made)
    one = dispute(made, thing, field)
    while_open = shown(made, "the list of disputes", OFFICE)
    settling.withdraw(one, actor=who(THIRD))

    after = shown(made, "the list of disputes", OFFICE)

    with override("en"):
        name = escape(disputes.name_of(place(thing, field), thing))
    assert name[1:] in while_open
    assert (JICA in while_open, "The dispute was withdrawn" in after) == (True, True)


def test_every_page_of_the_operation_says_how_many_figures_are_disputed(world):
    made = reported()
    before = shown(made, "the operation", PARTNER)
    one = dispute(made, value_of(made))
    dispute(made, CompletionReport.objects.get(operation=made), "impact", by=PARTNER)

    two = [shown(made, where, PARTNER) for where in ("the operation", "the monitoring tab")]
    accept(one)

    assert "data-disputes" not in before
    assert ["2 figures are disputed" in text for text in two] == [True, True]
    assert "1 figure is disputed" in shown(made, "the operation", PARTNER)


@pytest.mark.parametrize(("language", "word"), [("fr", "Contesté par"), ("ar", "تعترض عليه")])
def test_the_mark_speaks_the_readers_language_and_the_papers_its_own(world, language, word):
    made = reported()
    dispute(made, value_of(made, sheet=None))
    client = reading(signed_in(PARTNER), language)

    page = client.get(reverse("monitoring:completion", args=[made.pk]))
    paper = client.get(reverse("monitoring:completion-paper", args=[made.pk]))

    assert word in page.content.decode()
    assert (
        "Contesté par Agence japonaise de coopération internationale (JICA) depuis le"
        in paper.content.decode()
    )


def test_a_figure_that_came_another_way_is_marked_all_the_same(world):
    made = monitored()
    dispute(made, value_of(made))

    [mark] = marks.marks_of(IndicatorValue.objects.get(pk=value_of(made).pk))

    assert mark.text.startswith(MARK)


@pytest.mark.parametrize("where", [*OF_SHEET[:3], *OF_REPORT[:2]])
def test_marks_cost_no_statement_more_however_many(world, where):
    made = reported()
    client = signed_in(PARTNER)
    name, more = PLACES[where]
    address = reverse(name, args=[made.pk, *more])

    def cost():
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    before = cost()
    for code in ("1-1", "2-1", "P-1"):
        dispute(made, value_of(made, code=code, sheet__number=1))
        dispute(made, value_of(made, code=code, sheet=None))

    assert (cost(), before <= 16) == (before, True)


def test_the_list_costs_the_same_however_many_are_disputed(world):
    made = reported()
    dispute(made, value_of(made, code="1-1"))
    client = signed_in(PARTNER)
    address = reverse("monitoring:disputes", args=[made.pk])

    def cost():
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    before = cost()
    for code in ("2-1", "P-1", "G-1"):
        dispute(made, value_of(made, code=code))

    assert (cost(), before <= 15) == (before, True)


# ── Settling ──


def test_the_disputing_party_accepts_the_figure_as_it_stands(world):
    made = monitored()
    one = dispute(made, value_of(made))

    accept(one)

    one.refresh_from_db()
    assert (one.how, one.settled_on, one.settled_by) == ("kept", clock.today(), who(THIRD))
    assert waiting(made) == []
    assert (events_of(made)[-1].step, events_of(made)[-1].detail.data["how"]) == ("dispute-settled", "kept")


def test_corrected_it_waits_on_the_disputing_party_which_accepts_it(world):
    made = monitored()
    one = dispute(made, value_of(made))
    correct(made)
    asked = waiting(made)

    accept(one)

    one.refresh_from_db()
    assert asked == [("settle-dispute", "jica-sn", "country-office")]
    assert one.how == "corrected"


def test_corrected_and_confirmed_by_all_it_is_settled(world):
    made = monitored()
    one = dispute(made, value_of(made))
    correct(made)
    confirm(made, PARTNER, THIRD)
    one.refresh_from_db()
    between = one.how

    confirm(made, OFFICE)

    one.refresh_from_db()
    assert (between, one.how) == ("", "corrected")
    assert marks.marks_of(value_of(made)) == []


def test_corrected_back_to_what_it_was_it_is_disputed_as_before(world):
    made = monitored()
    dispute(made, value_of(made))
    correct(made)
    correct(made, value=6)

    assert waiting(made) == [("answer-dispute", "amci-sn", "country-office")]


def test_nobody_stands_by_a_sheet_with_a_figure_they_dispute(world):
    made = monitored()
    one = dispute(made, value_of(made))
    with played_by(FLOODS):
        sheet = Sheet.objects.get(operation=made)
        monitoring.save_sheet(
            sheet,
            values={"progress": "More."},
            figures={},
            as_of=clock.today(),
            actor=who(PARTNER),
            base_version=sheet.version,
        )

    confirm(made, PARTNER, OFFICE)
    with pytest.raises(Refused) as refused:
        confirm(made, THIRD)
    accept(one)
    confirm(made, THIRD)

    assert in_words(refused) == [
        "Your side disputes a figure of this sheet: accept it or withdraw the dispute first."
    ]
    assert Sheet.objects.get(operation=made).confirmations.filter(voided_at=None).count() == 3


def test_a_disputed_figure_cannot_be_taken_back_to_lose_its_mark(world):
    made = monitored()
    one = dispute(made, value_of(made))

    with pytest.raises(Refused) as refused:
        correct(made, value=None)
    accept(one)
    correct(made, value=None)

    assert in_words(refused) == [
        f"{JICA} disputes the figure {one.figure}: correct it; it can be taken back once that is settled."
    ]
    assert not IndicatorValue.objects.filter(pk=one.target_id).exists()
    page = in_english(signed_in(PARTNER)).get(one.get_absolute_url())
    assert "It was taken back." in page.content.decode()


def test_explained_it_waits_on_the_party_that_disputes_it(world):
    made = monitored()
    one = dispute(made, value_of(made))

    disputing.explain(one, text=" Counted on the spot. ", actor=who(OFFICE))

    one.refresh_from_db()
    assert (one.answer, one.answered_by, one.is_open) == ("Counted on the spot.", who(OFFICE), True)
    assert waiting(made) == [("settle-dispute", "jica-sn", "country-office")]
    assert events_of(made)[-1].detail.data["note"] == "Counted on the spot."


@pytest.mark.parametrize("by", [THIRD, PARTNER, "sn-coordinator", PIVOT, "post-officer"])
def test_whoever_does_not_answer_for_a_figure_does_not_explain_it(world, by):
    made = monitored()
    one = dispute(made, value_of(made))

    with pytest.raises(PermissionDenied):
        disputing.explain(one, text="No.", actor=who(by))
    one.refresh_from_db()
    assert one.answer == ""


def test_after_the_results_it_waits_on_the_party_that_disputes_it(world):
    made = reported()
    dispute(made, value_of(made, sheet__number=1))
    for slug in (PARTNER, OFFICE, THIRD):
        made = perform(made, "confirm-results", actor=who(slug))

    assert waiting(made) == [("settle-dispute", "jica-sn", "country-office")]


def test_while_the_operation_rests_it_waits_on_nobody(world):
    made = monitored()
    dispute(made, value_of(made))

    made = perform(made, "suspend", actor=who(OFFICE), reason="For this test.")
    resting = waiting(made)
    perform(made, "resume", actor=who(PIVOT), reason="For this test.")

    assert (resting, waiting(made)) == ([], [("answer-dispute", "amci-sn", "country-office")])


def a_meeting(made, day):
    held = {"held_on": day, "place": "Dakar", "minutes": None, "attendance": "Three", "summary": "Figures."}
    return meetings.record_meeting(made, held, [], actor=who(OFFICE))


@pytest.mark.parametrize("by", [PARTNER, OFFICE])
def test_the_committee_settles_it(world, by):
    made = monitored()
    one = dispute(made, value_of(made))
    meeting = a_meeting(made, clock.today())

    settling.settle_by_committee(one, meeting, saw=disputes.fingerprint(says(one)), actor=who(by))

    one.refresh_from_db()
    assert (one.how, one.meeting) == ("kept", meeting)
    assert events_of(made)[-1].detail.data["meeting"] == meeting.number


def test_a_meeting_before_the_dispute_or_of_another_operation_settles_nothing(world):
    made, other = monitored(), another()
    one = dispute(made, value_of(made))
    Dispute.objects.filter(pk=one.pk).update(opened_on=clock.today() + timedelta(days=1))
    early, foreign = Meeting.objects.get(operation=made), Meeting.objects.get(operation=other)

    for meeting, sentence in (
        (early, "This meeting was held before the figure was disputed."),
        (foreign, "Choose the meeting that decided."),
        (None, "Choose the meeting that decided."),
    ):
        with pytest.raises(Refused) as refused:
            settling.settle_by_committee(one, meeting, saw="", actor=who(OFFICE))
        assert in_words(refused) == [sentence]
    one.refresh_from_db()
    assert one.is_open


@pytest.mark.parametrize("act", [accept, lambda one, by: settling.withdraw(one, actor=who(by))])
@pytest.mark.parametrize("by", [PARTNER, OFFICE, PIVOT, "desk", "post-officer"])
def test_nobody_settles_it_for_the_disputing_party(world, act, by):
    made = monitored()
    one = dispute(made, value_of(made))

    with pytest.raises(PermissionDenied):
        act(one, by=by)

    one.refresh_from_db()
    assert one.is_open


def test_the_committees_decision_is_recorded_by_those_who_record_its_meetings(world):
    made = monitored()
    one = dispute(made, value_of(made))

    with pytest.raises(PermissionDenied):
        settling.settle_by_committee(one, Meeting.objects.get(operation=made), saw="", actor=who(THIRD))


def test_of_two_who_settle_the_second_is_told(world):
    made = monitored()
    one = dispute(made, value_of(made))
    accept(one)

    with pytest.raises(Refused) as refused:
        settling.settle_by_committee(one, a_meeting(made, clock.today()), saw="", actor=who(OFFICE))

    assert in_words(refused) == ["This dispute is settled already."]


def test_a_figure_changed_since_it_was_read_is_not_accepted_unseen(world):
    made = monitored()
    one = dispute(made, value_of(made))
    saw = disputes.fingerprint(says(one))
    correct(made, value=5)

    with pytest.raises(Refused) as refused:
        settling.accept(one, actor=who(THIRD), saw=saw)

    assert in_words(refused) == ["The figure was changed since you opened this page: read it again."]


def test_a_figure_changed_since_it_was_read_is_not_disputed_unseen(world):
    made = monitored()
    saw = disputes.fingerprint(disputes.said(value_of(made)))
    correct(made, value=5)

    with pytest.raises(Refused) as refused:
        dispute(made, value_of(made), saw=saw)

    assert in_words(refused) == ["The figure was changed since you opened this page: read it again."]


def test_it_may_be_disputed_anew_once_it_is_settled(world):
    made = monitored()
    accept(dispute(made, value_of(made)))

    dispute(made, value_of(made))

    assert [one.dispute.is_open for one in disputes.disputes_of(made)] == [True, False]


# ── The results ──


@pytest.mark.parametrize("figure", ["a last value", "an input", "a section"])
def test_nobody_confirms_results_over_a_dispute_and_all_learn_who_can_settle_it(world, figure):
    made = reported()
    thing, field = FIGURES[figure][0](made)
    one = dispute(made, thing, field)
    day = marks.marks_of(fresh(thing), field)[0].text.partition(" since ")[2]

    for slug in (PARTNER, OFFICE, THIRD):
        with pytest.raises(Refused) as refused:
            perform(made, "confirm-results", actor=who(slug))
        [obstacle] = refused.value.obstacles
        assert str(obstacle) == f"{disputes.name_of(one.place, thing)}: disputed by {JICA} since {day}"
        assert str(obstacle.who).startswith(f"{JICA} accepts the figure or withdraws the dispute; or ")
        assert obstacle.link == one.get_absolute_url()

    accept(one)
    for slug in (PARTNER, OFFICE, THIRD):
        made = perform(made, "confirm-results", actor=who(slug))
    assert made.state == "completed"


def test_a_dispute_on_a_value_that_is_no_last_one_stops_nobody(world):
    made = reported()
    dispute(made, value_of(made, sheet__number=1))

    for slug in (PARTNER, OFFICE, THIRD):
        made = perform(made, "confirm-results", actor=who(slug))

    assert made.state == "completed"
    assert "data-disputed" in shown(made, "the sheet", PARTNER)


def test_after_the_results_what_is_still_disputed_is_accepted(world):
    made = reported()
    one = dispute(made, value_of(made, sheet__number=1))
    for slug in (PARTNER, OFFICE, THIRD):
        made = perform(made, "confirm-results", actor=who(slug))

    accept(one)

    assert "data-disputed" not in shown(made, "the sheet", PARTNER)


def test_an_input_is_corrected_and_accepted(world):
    made = reported()
    row = InputActual.objects.filter(report__operation=made).select_related("planned").first()
    one = dispute(made, row)
    report = CompletionReport.objects.get(operation=made)
    monitoring.save_completion_report(
        made,
        values={},
        provided={row.planned_id: Provided("Half of it", 1)},
        actor=who(OFFICE),
        base_version=report.version,
    )
    asked = waiting(made)

    accept(one)

    one.refresh_from_db()
    assert (asked, one.how) == ([("settle-dispute", "jica-sn", "country-office")], "corrected")


# ── The pages ──


def test_the_pages_dispute_and_settle(world):
    made = monitored()
    client = signed_in(THIRD)
    address = reverse("monitoring:dispute-new", args=[made.pk, value_of(made).figure])
    assert address in client.get(reverse("monitoring:sheet", args=[made.pk, 1])).content.decode()

    empty = client.post(address, sent_once(client.get(address)))
    made_it = client.post(address, sent_once(client.get(address)) | {"reason": WHY})
    one = Dispute.objects.get()
    page = client.get(one.get_absolute_url())
    settled = client.post(
        one.get_absolute_url(), {"once": "k-1", "settle": "accept", "saw": page.context["saw"]}
    )

    one.refresh_from_db()
    assert (empty.status_code, made_it.status_code, made_it["Location"]) == (422, 302, one.get_absolute_url())
    assert (page.context["mine"], settled.status_code, one.how) == (True, 302, "kept")


def sent_once(page):
    """What a browser sends of a form that was not filled."""
    text = page.content.decode()
    return {name: text.partition(f'name="{name}" value="')[2].partition('"')[0] for name in ("once", "saw")}


def test_sent_twice_it_is_disputed_once_and_settled_once(world):
    made = monitored()
    client = signed_in(THIRD)
    address = reverse("monitoring:dispute-new", args=[made.pk, value_of(made).figure])
    data = sent_once(client.get(address)) | {"reason": WHY}

    answers = [client.post(address, data).status_code for _turn in range(2)]
    one = Dispute.objects.get()
    data = {"once": "22222222-2222-4222-8222-222222222222", "settle": "withdraw"}
    answers += [client.post(one.get_absolute_url(), data).status_code for _turn in range(2)]

    assert answers == [302] * 4


def test_what_a_page_is_sent_and_may_not_be_is_refused_in_words(world):
    made = monitored()
    one = dispute(made, value_of(made))
    address = one.get_absolute_url()

    answers = {
        "nothing chosen": signed_in(THIRD).post(address, {"settle": "burn"}),
        "no explanation": signed_in(OFFICE).post(address, {"settle": "explain", "text": " "}),
        "not one's to explain": signed_in(PARTNER).post(address, {"settle": "explain", "text": "No."}),
        "no meeting": signed_in(OFFICE).post(address, {"settle": "committee", "meeting": "999"}),
        "not the party's": signed_in(PARTNER).post(address, {"settle": "accept", "saw": "x"}),
        "its own figure": signed_in(OFFICE).post(
            reverse("monitoring:dispute-new", args=[made.pk, value_of(made).figure]), {"reason": WHY}
        ),
    }

    assert {name: answer.status_code for name, answer in answers.items()} == {
        "nothing chosen": 409,
        "no explanation": 422,
        "not one's to explain": 403,
        "no meeting": 422,
        "not the party's": 403,
        "its own figure": 409,
    }
    one.refresh_from_db()
    assert one.is_open


@pytest.mark.parametrize(
    "figure",
    ["value-0", "value-x", "value-99999999999999999999", "input-1", "section-title", "nothing", "value-"],
)
def test_an_address_that_names_no_figure_is_not_there(world, figure):
    made = monitored()

    assert signed_in(THIRD).get(f"/operations/{made.pk}/disputes/new/{figure}/").status_code == 404


def test_strangers_find_no_dispute_and_other_parties_read_but_do_not_settle(world):
    made = monitored()
    one = dispute(made, value_of(made))
    addresses = [
        reverse("monitoring:disputes", args=[made.pk]),
        one.get_absolute_url(),
        reverse("monitoring:dispute-new", args=[made.pk, value_of(made).figure]),
    ]

    found = {
        slug: [signed_in(slug).get(address).status_code for address in addresses]
        for slug in ("post-officer", "mm-office", "sn-coordinator", PARTNER, THIRD)
    }

    assert found == {
        "post-officer": [404, 404, 404],
        "mm-office": [404, 404, 404],
        "sn-coordinator": [200, 200, 403],
        PARTNER: [200, 200, 200],
        THIRD: [200, 200, 200],
    }


def test_a_dispute_of_another_operation_is_not_found_under_this_one(world):
    made, other = monitored(), another()
    one = dispute(other, value_of(other))

    assert signed_in(THIRD).get(f"/operations/{made.pk}/disputes/{one.pk}/").status_code == 404


def test_the_page_of_a_new_dispute_says_when_it_is_too_late(world):
    made = reported()
    for slug in (PARTNER, OFFICE, THIRD):
        made = perform(made, "confirm-results", actor=who(slug))

    address = reverse("monitoring:dispute-new", args=[made.pk, value_of(made).figure])

    assert signed_in(THIRD).get(address).status_code == 409
