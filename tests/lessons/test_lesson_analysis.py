"""Analysis across operations: where else the same was seen, drafts taken up in another, returned, retired."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from tests.lessons import made

from taawun.foundation import clock
from taawun.foundation.editing import Conflict, Frozen
from taawun.foundation.models import AuditEvent, Task
from taawun.foundation.steps import Refused, perform
from taawun.foundation.taking_back import take_back
from taawun.lessons import actions, queries
from taawun.lessons.models import Lesson, Occurrence


@pytest.fixture
def as_(client, world):
    """The browser of a player of the cast."""

    def sign_in(slug: str):
        client.force_login(made.who(slug))
        return client

    return sign_in


def in_laos(state="in_implementation", **changes):
    """A postal operation of Laos: its office and the agency see it, Myanmar's officers do not."""
    operation = made.an_operation(
        state, country_id="country:LA", country_office=made.body("jica-la"), **changes
    )
    operation.parties.update(organisation=made.body("la-post"), acts_through=made.body("la-post"))
    return operation


def linked(lesson, *operations, slug="knowledge", notes="Seen there too."):
    rows = [(operation, notes) for operation in operations]
    return actions.link_operations(
        lesson=lesson, rows=rows, actor=made.who(slug), base_version=Lesson.objects.get(pk=lesson.pk).version
    )


def posted(lesson, *rows, held=0, **changes):
    data = {"base_version": str(Lesson.objects.get(pk=lesson.pk).version)}
    data |= {"operations-TOTAL_FORMS": str(len(rows)), "operations-INITIAL_FORMS": str(held)}
    for number, (code, note) in enumerate(rows):
        data |= {f"operations-{number}-operation": code, f"operations-{number}-note": note}
    return data | changes


def errors(page):
    return [row.errors.get("operation") for row in page.context["rows"][0].forms]


# ── Where else the same was seen ──


def test_the_knowledge_officer_links_operations_each_with_what_was_seen_there(as_):
    lesson, there = made.a_lesson("analysed"), in_laos()
    browser = as_("knowledge")
    address = reverse("lessons:analysis", args=[lesson.pk])

    saved = browser.post(address, posted(lesson, (f" {there.code.lower()} ", "Bags came late."), ("", "")))
    page = browser.get(lesson.get_absolute_url())

    assert saved["Location"] == lesson.get_absolute_url()
    row = Occurrence.objects.get()
    assert (row.operation, row.note, row.linked_by) == (there, "Bags came late.", made.who("knowledge"))
    assert page.context["linked"].seen == [row]
    assert "Bags came late." in page.content.decode()
    event = AuditEvent.objects.get(step="operations-linked")
    assert (event.audience_id, event.detail.data) == (lesson.provider_id, {"operations": [there.pk]})


def test_rows_that_stay_keep_who_linked_them_and_those_left_out_go(world):
    lesson, one, two = made.a_lesson("analysed"), in_laos(), in_laos()
    linked(lesson, one, two)
    first = Occurrence.objects.get(operation=one)

    linked(lesson, one, notes="Said better.")

    [left] = Occurrence.objects.all()
    assert (left.pk, left.note) == (first.pk, "Said better.")


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (("XX-2020-PRJ-0001",), [["There is no operation with this number that you may see."]]),
        (("own",), [["The lesson was drafted from this operation: name others."]]),
        (("there", "there"), [None, ["This operation is named twice."]]),
        (("foreign",), [["There is no operation with this number that you may see."]]),
    ],
)
def test_a_number_that_cannot_be_linked_is_told_beside_it_and_kept(as_, rows, told):
    lesson = made.a_lesson("analysed")
    codes = {
        "own": lesson.operation.code,
        "there": in_laos().code,
        "foreign": made.an_operation(provider=made.body("amci"), code="SN-2020-PRJ-0009").code,
    }
    typed = [(codes.get(row, row), "Typed.") for row in rows]

    page = as_("knowledge").post(reverse("lessons:analysis", args=[lesson.pk]), posted(lesson, *typed))

    assert page.status_code == 422
    assert errors(page) == told
    assert page.context["rows"][0].forms[0]["note"].value() == "Typed."
    assert not Occurrence.objects.exists()


def test_sent_past_the_form_the_same_is_refused(world):
    lesson, there = made.a_lesson("analysed"), in_laos()
    foreign = made.an_operation(provider=made.body("amci"))

    with pytest.raises(Refused) as refusal:
        linked(lesson, lesson.operation, there, there, foreign)

    assert [str(o) for o in refusal.value.obstacles] == [
        "An operation is not one that you may see.",
        "An operation is named twice.",
        "The lesson was drafted from this operation: name others.",
    ]
    assert not Occurrence.objects.exists()


@pytest.mark.parametrize("slug", ["desk", "mm-office", "post-officer", "amci-knowledge"])
def test_nobody_else_analyses(world, slug):
    lesson, there = made.a_lesson("analysed"), in_laos()

    with pytest.raises(PermissionDenied):
        linked(lesson, there, slug=slug)


@pytest.mark.parametrize("state", ["draft", "retired"])
def test_a_lesson_nobody_analyses_is_shut(as_, state):
    lesson, there = made.a_lesson(state), in_laos()

    with pytest.raises(Frozen):
        linked(lesson, there)

    assert as_("knowledge").get(reverse("lessons:analysis", args=[lesson.pk])).status_code == 409


def test_the_second_of_two_saves_is_shown_both(as_):
    lesson, one, two = made.a_lesson("analysed"), in_laos(), in_laos()
    stale = posted(lesson, (two.code, "Mine."))
    linked(lesson, one)

    page = as_("knowledge").post(reverse("lessons:analysis", args=[lesson.pk]), stale)

    assert page.status_code == 409
    assert [(line["theirs"], line["mine"]) for line in page.context["conflict"]] == [
        (f"{one.code} Seen there too.", f"{two.code} Mine.")
    ]
    with pytest.raises(Conflict):
        actions.link_operations(lesson=lesson, rows=[], actor=made.who("knowledge"), base_version=1)


# ── What a reader is told of it ──


def told(lesson, slug):
    shown = queries.linked_to(Lesson.objects.get(pk=lesson.pk), made.who(slug))
    return [row.operation for row in shown.seen], shown.others


def test_while_a_lesson_grows_another_side_is_not_even_told_how_many(world):
    lesson, there = made.a_lesson("analysed"), in_laos()
    linked(lesson, there)

    assert told(lesson, "knowledge") == ([there], 0)
    assert told(lesson, "mm-office") == ([], 0)
    assert told(lesson, "post-officer") == ([], 0)


def test_once_certified_each_reads_their_own_and_how_many_others_were_agreed(as_):
    lesson, agreed, planned = made.a_lesson("analysed"), in_laos("agreed"), in_laos("planning")
    linked(lesson, agreed, planned)
    perform(lesson, "certify", actor=made.who("knowledge"))

    assert told(lesson, "la-office") == ([agreed, planned], 0)
    assert told(lesson, "post-officer") == ([], 1)
    assert told(lesson, "amci-desk") == ([], 1)
    page = as_("post-officer").get(lesson.get_absolute_url()).content.decode()
    assert "In 1 operation that you may not see." in page
    assert [operation.code in page for operation in (agreed, planned)] == [False, False]


# ── Operations with similar drafts ──


def test_operations_with_similar_drafts_are_proposed_and_lead_to_a_row(as_):
    lesson = made.a_lesson("analysed")
    there, far = in_laos(), in_laos(sector_id=None, title="Fish ponds")
    similar = made.a_lesson(
        "draft", there, by="la-officer", title="Measure delivery at the post offices first"
    )
    made.a_lesson(
        "draft",
        far,
        by="la-officer",
        **dict.fromkeys(("situation", "cause", "countermeasure"), "Ponds."),
        title="Fish",
        keywords="fish",
        conditions="Water.",
    )
    browser = as_("knowledge")
    address = reverse("lessons:analysis", args=[lesson.pk])

    page = browser.get(address)
    opened = browser.get(f"{address}?add={there.code}")

    [proposal] = page.context["proposals"]
    assert (proposal.lesson, proposal.operation) == (similar, there)
    assert proposal.why[0] == "Same sector: Postal services"
    assert f"{address}?add={there.code}" in page.content.decode()
    assert [row["operation"].value() for row in opened.context["rows"][0].forms] == [there.code, None]


def test_what_is_linked_or_taken_up_or_another_providers_is_not_proposed(world):
    lesson, there, also = made.a_lesson("analysed"), in_laos(), in_laos()
    made.a_lesson("draft", there, by="la-officer")
    taken = made.a_lesson("analysed", also, by="la-officer")
    foreign = made.an_operation(provider=made.body("amci"), country_office=made.body("amci-sn"))
    made.a_lesson("draft", foreign, by="post-officer")
    before = {proposal.operation for proposal in queries.proposals_for(lesson, made.who("knowledge"))}

    linked(lesson, there)
    perform(taken, "join", actor=made.who("knowledge"), data={"into": lesson})

    assert before == {there, also}
    assert queries.proposals_for(lesson, made.who("knowledge")) == []


# ── Taken up in another ──


def test_a_draft_taken_up_in_another_ends_and_its_operation_is_linked_there(as_):
    into, there = made.a_lesson("analysed"), in_laos()
    draft = made.a_lesson("analysed", there, by="la-officer", situation="Bags came late.")
    browser = as_("knowledge")
    address = reverse("step", args=["lesson", draft.pk, "join"])

    wrong = browser.post(address, {"into": draft.code})
    done = browser.post(address, {"into": into.code.lower()})

    draft.refresh_from_db()
    row = Occurrence.objects.get()
    assert (wrong.status_code, done.status_code) == (422, 302)
    assert (draft.state, draft.successor) == ("joined", into)
    assert (row.lesson, row.operation, row.note, row.joined) == (into, there, "Bags came late.", draft)
    assert not Task.objects.filter(kind="lesson", subject_id=draft.pk).exists()


def test_its_author_is_told_where_it_went_once_that_lesson_is_certified(as_):
    into, there = made.a_lesson("analysed"), in_laos()
    draft = made.a_lesson("analysed", there, by="la-officer")
    perform(draft, "join", actor=made.who("knowledge"), data={"into": into})
    browser = as_("la-officer")

    before = browser.get(draft.get_absolute_url())
    perform(into, "certify", actor=made.who("knowledge"))
    after = browser.get(draft.get_absolute_url())

    assert (before.context["successor"], after.context["successor"]) == (None, into)
    assert "still being analysed" in before.content.decode()
    assert into.code not in before.content.decode()


@pytest.mark.parametrize("state", ["draft", "retired"])
def test_a_draft_is_not_taken_up_in_what_is_not_analysed(world, state):
    into, draft = made.a_lesson(state), made.a_lesson("analysed", in_laos(), by="la-officer")

    with pytest.raises(Refused):
        perform(draft, "join", actor=made.who("knowledge"), data={"into": into})

    assert Lesson.objects.get(pk=draft.pk).state == "analysed"


def test_a_page_of_operations_opened_before_a_draft_was_taken_up_does_not_strike_it_out(as_):
    into, there, other = made.a_lesson("analysed"), in_laos(), in_laos()
    stale = posted(into, (other.code, "Mine."))
    draft = made.a_lesson("analysed", there, by="la-officer")
    perform(draft, "join", actor=made.who("knowledge"), data={"into": into})

    page = as_("knowledge").post(reverse("lessons:analysis", args=[into.pk]), stale)

    assert page.status_code == 409
    assert [row.operation for row in Occurrence.objects.all()] == [there]


def test_taken_up_by_mistake_it_is_a_lesson_of_its_own_again(world):
    into, there = made.a_lesson("analysed"), in_laos()
    draft = made.a_lesson("analysed", there, by="la-officer")
    perform(draft, "join", actor=made.who("knowledge"), data={"into": into})

    back = take_back(draft, actor=made.who("knowledge"), reason="Not the same.")

    assert (back.state, back.successor) == ("analysed", None)
    assert not Occurrence.objects.exists()


def test_a_certification_is_taken_back_until_the_lesson_was_offered(world):
    early, offered = made.a_lesson(), made.a_lesson()
    back = take_back(early, actor=made.who("knowledge"), reason="The cause is wrong.")
    made.offered(made.an_operation())

    with pytest.raises(Refused) as refusal:
        take_back(offered, actor=made.who("knowledge"), reason="The cause is wrong.")

    assert (back.state, back.certified_on) == ("analysed", None)
    assert [str(o) for o in refusal.value.obstacles] == [
        "It was offered already: retire it, with the reason."
    ]
    assert Lesson.objects.get(pk=offered.pk).state == "certified"


# ── Returned to its author ──


def test_a_returned_lesson_waits_on_its_author_who_completes_it_and_hands_it_in_again(as_):
    lesson = made.a_lesson("analysed", by="mm-office", cause="")
    returned = perform(lesson, "return", actor=made.who("knowledge"), reason="The cause is missing.")
    waiting = list(
        Task.objects.filter(kind="lesson", subject_id=lesson.pk).values_list("act", "role", "organisation_id")
    )
    browser = as_("mm-office")
    page = browser.get(lesson.get_absolute_url())

    actions.edit_lesson(
        lesson=returned,
        values={"cause": "Late orders."},
        actor=made.who("mm-office"),
        base_version=returned.version,
    )
    done = browser.post(reverse("step", args=["lesson", lesson.pk, "hand-in"]), {})

    assert waiting == [("hand-in", "country-office", made.body("jica-mm").pk)]
    assert page.context["timeline"][0]["detail"] == "The cause is missing."
    assert [step["label"] for step in page.context["steps"]] == ["Hand in again"]
    assert done["Location"] == lesson.get_absolute_url()
    held = Lesson.objects.get(pk=lesson.pk)
    assert (held.state, held.cause) == ("draft", "Late orders.")
    assert [task.role for task in Task.objects.filter(kind="lesson", subject_id=lesson.pk)] == ["knowledge"]


def test_an_evaluator_without_a_post_in_it_is_asked_by_name(world):
    operation = made.an_operation("evaluated")
    made.evaluated_by(operation, "evaluator")
    lesson = made.a_lesson("analysed", operation, by="evaluator")

    perform(lesson, "return", actor=made.who("knowledge"), reason="Say more.")

    task = Task.objects.get(kind="lesson", subject_id=lesson.pk)
    assert (task.person_id, task.organisation_id) == (made.who("evaluator").person.pk, None)
    assert perform(lesson, "hand-in", actor=made.who("evaluator")).state == "draft"


def test_a_lesson_is_not_returned_without_a_reason_nor_handed_in_by_another(world):
    lesson = made.a_lesson("analysed", by="mm-office")

    with pytest.raises(Refused) as refusal:
        perform(lesson, "return", actor=made.who("knowledge"))
    returned = perform(lesson, "return", actor=made.who("knowledge"), reason="Say more.")
    with pytest.raises(Refused):
        perform(returned, "hand-in", actor=made.who("post-officer"))

    assert [str(o) for o in refusal.value.obstacles] == ["Give the reason."]


# ── Retired ──


def test_a_retired_lesson_says_to_everybody_why_and_what_to_use_instead(as_):
    lesson, better = made.a_lesson(), made.a_lesson(title="Measure in every region first")
    browser = as_("knowledge")
    address = reverse("step", args=["lesson", lesson.pk, "retire"])

    wrong = browser.post(address, {"reason": "Superseded.", "successor": lesson.code})
    done = browser.post(address, {"reason": "Superseded.", "successor": better.code})
    page = as_("la-officer").get(lesson.get_absolute_url())

    lesson.refresh_from_db()
    assert (wrong.status_code, done.status_code) == (422, 302)
    assert (lesson.retired_on, lesson.retired_because) == (clock.today(), "Superseded.")
    assert page.context["successor"] == better
    assert page.context["timeline"] is None
    assert "Superseded." in page.content.decode()


def test_a_retired_lesson_is_offered_no_more_and_keeps_its_citations(world):
    lesson, operation = made.a_lesson(), made.an_operation()
    [citation] = made.offered(operation)
    actions.answer_lesson(
        citation=citation, answer="applied", how="Weekly.", actor=made.who("desk"), base_version=1
    )
    before = [offer.lesson for offer in queries.offers_for_request(made.a_request())]

    perform(lesson, "retire", actor=made.who("knowledge"), reason="No longer true.")

    assert before == [lesson]
    assert queries.offers_for_request(made.a_request()) == []
    assert [use.operation for use in queries.uses_of(lesson, made.who("desk")).seen] == [operation]


def test_what_is_not_certified_is_not_used_instead(world):
    lesson, draft = made.a_lesson(), made.a_lesson("draft")

    with pytest.raises(Refused) as refusal:
        perform(lesson, "retire", actor=made.who("knowledge"), reason="Old.", data={"successor": draft})

    assert [str(o) for o in refusal.value.obstacles] == [
        "The lesson to use instead is another certified lesson."
    ]


# ── At the door, and its price ──


@pytest.mark.parametrize(
    ("slug", "status"), [("la-officer", 404), ("amci-knowledge", 404), ("mm-office", 403)]
)
def test_the_analysis_is_the_knowledge_officers_page(as_, slug, status):
    lesson = made.a_lesson("analysed")

    assert as_(slug).get(reverse("lessons:analysis", args=[lesson.pk])).status_code == status


@pytest.mark.parametrize("number", [1, 4])
def test_the_analysis_costs_the_same_however_many(as_, django_assert_num_queries, number):
    lesson = made.a_lesson("analysed")
    linked(lesson, *(in_laos() for _n in range(number)))
    for _n in range(number):
        made.a_lesson("draft", in_laos(), by="la-officer")
    browser = as_("knowledge")
    address = reverse("lessons:analysis", args=[lesson.pk])
    browser.get(address)

    with django_assert_num_queries(10):
        page = browser.get(address)

    assert len(page.context["proposals"]) == number
