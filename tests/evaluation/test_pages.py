"""The pages of an evaluation, as each person gets them."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from taawun.cycle.models import ProviderSettings, TeamMember
from taawun.evaluation.criteria import CRITERIA
from taawun.evaluation.models import Evaluation, Recommendation
from taawun.foundation.models import Draft, User
from taawun.workspace.demo.cast import organisation
from tests.evaluation.made import (
    RATED,
    TODAY,
    a_due_operation,
    an_evaluated_operation,
    an_evaluation,
    an_evaluator,
    name,
    on_the_day,
)
from tests.evaluation.test_evaluation import CONFIRMED
from tests.monitoring.made import who
from tests.planning.made import posted

pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture(autouse=True)
def _day(world):
    on_the_day()


@pytest.fixture
def as_(client, world):
    """The browser of a person."""

    def sign_in(person):
        client.force_login(person if isinstance(person, User) else who(person))
        return client

    return sign_in


def at(operation, page="evaluation", *more):
    return reverse(f"evaluation:{page}", args=[operation.pk, *more])


def words(response):
    """The text of a page as people read it."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", text)


def evaluation_post(levels=(3, 3, 2, 3), recommendations=1, **changes):
    data = {
        "base_version": "1",
        "evaluated_on": "2032-07-01",
        "summary": "Mail is faster than before.",
        "overall": "",
        "judgement_reason": "",
    }
    data |= {f"evidence_{slug}": f"On {slug}." for slug in CRITERIA}
    data |= {f"level_{slug}": str(level) for slug, level in zip(RATED, levels, strict=True)}
    owner = organisation("mm-post").pk
    rows = [{"text": f"Keep measuring, {n}.", "owner": owner} for n in range(recommendations)]
    return data | posted(rows, "recommendations") | changes


@pytest.mark.parametrize("slug", ["la-officer", "la-office", "amci-desk", "sn-officer", "evaluator"])
def test_who_has_no_part_in_it_gets_404_at_every_address(as_, slug):
    operation = an_evaluated_operation()
    one = Recommendation.objects.get()
    addresses = [at(operation, page) for page in ("evaluation", "name-evaluator", "edit", "paper")]
    addresses.append(at(operation, "answer", one.pk))

    browser = as_(slug)

    assert [browser.get(address).status_code for address in addresses] == [404] * 5
    assert [browser.post(addresses[n]).status_code for n in (1, 2, 4)] == [404] * 3


def test_a_recommendation_of_another_operation_is_404(as_):
    other = an_evaluated_operation()
    foreign = Recommendation.objects.get()
    operation = an_evaluated_operation()

    assert as_("post-officer").get(at(operation, "answer", foreign.pk)).status_code == 404
    assert as_("post-officer").get(at(other, "answer", foreign.pk)).status_code == 200


@pytest.mark.parametrize(("levels", "grade"), CONFIRMED.items())
def test_each_confirmed_combination_gives_its_grade_through_the_page(as_, levels, grade):
    operation = a_due_operation()
    evaluator = an_evaluator()
    name(operation, evaluator)
    browser = as_(evaluator)

    saved = browser.post(at(operation, "edit"), evaluation_post(levels))
    page = browser.get(at(operation))

    assert saved.status_code == 302
    assert page.context["rating"].grade == grade
    assert f"Overall: {grade} ," in words(page)
    assert "Rule set: JICA, three-level sub-ratings, version 1." in words(page)


def test_an_unknown_combination_asks_on_the_page_for_a_reasoned_judgement(as_):
    operation = a_due_operation()
    evaluator = an_evaluator()
    name(operation, evaluator)
    browser = as_(evaluator)

    silent = browser.post(at(operation, "edit"), evaluation_post((3, 2, 3, 2)))
    page = browser.get(at(operation))
    step = browser.post(reverse("step", args=["operation", operation.pk, "evaluate"]))
    refused = browser.post(
        at(operation, "edit"), evaluation_post((3, 2, 3, 2), base_version="2", overall="B")
    )
    judged = browser.post(
        at(operation, "edit"),
        evaluation_post(
            (3, 2, 3, 2), base_version="2", overall="B", judgement_reason="Benefits are likely to last."
        ),
    )

    assert (silent.status_code, step.status_code, refused.status_code, judged.status_code) == (
        302,
        409,
        422,
        302,
    )
    assert "a reasoned judgement is needed" in words(page)
    assert "Give the reasons for the overall rating." in words(refused)
    assert "Benefits are likely to last." in words(browser.get(at(operation)))


@pytest.mark.parametrize("example", [True, False])
def test_the_page_says_when_the_rating_is_an_example(as_, example):
    operation = an_evaluated_operation()
    type(operation).objects.update(is_example=example)

    browser = as_("post-officer")

    assert ("The rating given is an example." in words(browser.get(at(operation)))) is example
    assert ("The rating given is an example." in words(browser.get(at(operation, "paper")))) is example


def test_the_desk_is_offered_the_independent_and_told_who_is_not(as_):
    operation = a_due_operation()
    free, tied = an_evaluator(), an_evaluator("mm-post")
    browser = as_("desk")

    page = browser.get(at(operation, "name-evaluator"))
    named = browser.post(at(operation, "name-evaluator"), {"sort": "external", "person": free.person.pk})

    offered = {value for value, _label in page.context["form"].fields["person"].choices}
    assert (free.person.pk in offered, tied.person.pk in offered) == (True, False)
    assert f"for which {tied.person.name} would evaluate" in words(page)
    assert named.status_code == 302
    assert Evaluation.objects.get().evaluator.person == free.person
    assert f"by {free.person.name}" in words(browser.get(at(operation)))


def test_who_may_evaluate_internally_only_is_refused_externally_and_page_and_paper_say_what_it_is(as_):
    operation = a_due_operation()
    of_the_office = an_evaluator("jica-mm")
    TeamMember.objects.create(
        operation=operation,
        person=of_the_office.person,
        organisation=organisation("jica-mm"),
        function="expert",
        held_from=TODAY,
    )
    browser = as_("desk")
    sent = {"sort": "internal", "person": of_the_office.person.pk}

    page = browser.get(at(operation, "name-evaluator"))
    external = browser.post(at(operation, "name-evaluator"), sent | {"sort": "external"})
    unreasoned = browser.post(at(operation, "name-evaluator"), sent)
    internal = browser.post(at(operation, "name-evaluator"), sent | {"reason": "A small operation."})
    an_evaluation(operation, by=of_the_office)
    type(operation).objects.update(state="evaluated")

    office = organisation("jica-mm").name
    named = dict(page.context["form"].fields["person"].choices)[of_the_office.person.pk]
    assert named.endswith("(internal only)")
    assert (external.status_code, unreasoned.status_code, internal.status_code) == (409, 422, 302)
    assert "takes part in this operation" in words(external)
    told = [unescape(words(browser.get(at(operation, page)))) for page in ("evaluation", "paper")]
    for text in told:
        assert (
            f"Internal ex-post evaluation by {office} ({of_the_office.person.name}), the provider's own."
            in text
        )
        assert f"{of_the_office.person.name} served on this operation: Expert." in text
        assert "Why it is internal: A small operation." in text
    assert f"Internal ex-post evaluation by {office}: summary" in told[1]


def test_a_provider_that_asks_for_one_type_offers_no_other(as_):
    ProviderSettings.objects.update(ex_post_type="internal")
    operation = a_due_operation()
    browser = as_("desk")

    page = browser.get(at(operation, "name-evaluator"))
    named = browser.post(
        at(operation, "name-evaluator"), {"sort": "internal", "person": who("mm-office").person.pk}
    )
    forged = browser.post(
        at(operation, "name-evaluator"), {"sort": "external", "person": who("mm-office").person.pk}
    )

    form = page.context["form"]
    assert [value for value, _label in form.fields["sort"].choices] == ["internal"]
    assert "reason" not in form.fields
    assert "The provider's settings ask for an internal evaluation." in unescape(words(page))
    assert (named.status_code, forged.status_code) == (302, 422)


def test_a_forged_person_is_told_in_the_form(as_):
    operation = a_due_operation()

    answer = as_("desk").post(
        at(operation, "name-evaluator"), {"sort": "external", "person": who("knowledge").person.pk}
    )

    assert answer.status_code == 422
    assert not Evaluation.objects.exists()


@pytest.mark.parametrize("slug", ["mm-office", "post-officer"])
def test_pages_of_others_seats_are_closed(as_, slug):
    operation = a_due_operation()
    name(operation, an_evaluator())
    browser = as_(slug)

    assert [browser.get(at(operation, page)).status_code for page in ("name-evaluator", "edit", "paper")] == [
        403,
        403,
        404,
    ]
    assert "It is shown here once it is recorded." in words(browser.get(at(operation)))


def test_the_parties_read_the_findings_once_they_are_recorded(as_):
    operation = an_evaluated_operation()

    page = as_("post-officer").get(at(operation))

    assert "On coherence." in words(page)
    assert [(line.recommendation.number, line.may_answer) for line in page.context["advice"]] == [(1, True)]
    assert [line.may_answer for line in as_("mm-office").get(at(operation)).context["advice"]] == [False]


def test_the_owner_answers_on_its_page(as_):
    operation = an_evaluated_operation()
    one = Recommendation.objects.get()
    browser = as_("post-officer")

    empty = browser.post(at(operation, "answer", one.pk), {"response": " ", "base_version": "1"})
    saved = browser.post(at(operation, "answer", one.pk), {"response": "We do.", "base_version": "1"})
    stale = browser.post(at(operation, "answer", one.pk), {"response": "Mine.", "base_version": "1"})

    assert (empty.status_code, saved.status_code, stale.status_code) == (422, 302, 409)
    assert "We do." in words(stale)
    assert Recommendation.objects.get().response == "We do."
    assert as_("mm-office").get(at(operation, "answer", one.pk)).status_code == 403


def test_what_can_no_longer_be_written_is_told_before_anybody_types(as_):
    operation = an_evaluated_operation()
    type(operation).objects.update(state="closed")

    named = as_("desk").get(at(operation, "name-evaluator"))
    answer = as_("post-officer").get(at(operation, "answer", Recommendation.objects.get().pk))

    assert (named.status_code, answer.status_code) == (409, 409)
    assert "This can no longer be edited" in words(answer)


def test_the_evaluator_finds_their_draft_where_the_evaluation_is_recorded_already(as_):
    operation = a_due_operation()
    evaluator = an_evaluator()
    an_evaluation(operation, by=evaluator)
    browser = as_(evaluator)
    browser.post(at(operation, "edit"), evaluation_post(summary="Typed before.", autosave="1"))
    type(operation).objects.update(state="evaluated")

    shown = browser.get(at(operation, "edit"))
    sent = browser.post(at(operation, "edit"), evaluation_post(summary="Typed later.", base_version="2"))

    assert (shown.status_code, sent.status_code) == (409, 409)
    assert shown.context["form"]["summary"].value() == "Typed before."
    assert sent.context["form"]["summary"].value() == "Typed later."
    assert Evaluation.objects.get().summary == "Mail is faster than before."
    assert browser.get(at(operation)).context["may_write"] is None
    assert as_("mm-office").get(at(operation, "edit")).status_code == 403


def test_an_answer_or_a_name_chosen_before_the_page_was_shut_is_found_there(as_):
    operation = an_evaluated_operation()
    answer = at(operation, "answer", Recommendation.objects.get().pk)
    naming = at(operation, "name-evaluator")
    as_("post-officer").post(answer, {"response": "Typed before.", "base_version": "1", "autosave": "1"})
    as_("desk").post(naming, {"sort": "internal", "person": "", "keep": "1"})
    type(operation).objects.update(state="closed")

    answered, named = as_("post-officer").get(answer), as_("desk").get(naming)

    assert (answered.status_code, named.status_code) == (409, 409)
    assert answered.context["form"]["response"].value() == "Typed before."
    assert named.context["form"]["sort"].value() == "internal"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"evaluated_on": "2032-07-02"}, "The date of the evaluation lies in the future."),
        ({"summary": "x" * 8001}, "Ensure this value has at most 8000 characters (it has 8001)."),
        ({"level_relevance": "9"}, "Select a valid choice. 9 is not one of the available choices."),
        (
            {"recommendations-0-owner": "999999"},
            "Select a valid choice. 999999 is not one of the available choices.",
        ),
        ({"recommendations-0-text": ""}, "This field is required."),
    ],
)
def test_bad_input_is_told_and_kept_as_a_draft(as_, changes, told):
    operation = a_due_operation()
    evaluator = an_evaluator()
    name(operation, evaluator)

    answer = as_(evaluator).post(at(operation, "edit"), evaluation_post(**changes))

    assert answer.status_code == 422
    assert told in words(answer)
    assert Evaluation.objects.get().summary == ""
    assert Draft.objects.count() == 1


def test_a_second_save_of_one_version_shows_both(as_):
    operation = a_due_operation()
    evaluator = an_evaluator()
    an_evaluation(operation, by=evaluator)

    answer = as_(evaluator).post(at(operation, "edit"), evaluation_post(summary="Mine."))

    assert answer.status_code == 409
    assert {line["label"]: line["theirs"] for line in answer.context["conflict"]}["Summary"] == (
        "Mail is faster than before."
    )
    assert Evaluation.objects.get().summary == "Mail is faster than before."


def test_a_row_added_meanwhile_is_not_taken_for_the_blank_one_of_an_older_page(as_):
    operation = a_due_operation()
    evaluator = an_evaluator()
    owner = organisation("mm-post").pk
    an_evaluation(operation, by=evaluator)
    mine = [{"text": "Keep measuring delivery.", "owner": owner}, {"text": "", "owner": ""}]
    an_evaluation(
        operation, by=evaluator, recommendations=(("Keep measuring delivery.", owner), ("Train.", owner))
    )

    answer = as_(evaluator).post(
        at(operation, "edit"),
        evaluation_post() | posted(mine, "recommendations", held=1) | {"base_version": "2"},
    )

    told = {line["label"]: (line["theirs"], line["mine"]) for line in answer.context["conflict"]}
    assert answer.status_code == 409
    assert told["Recommendations"] == (
        "Keep measuring delivery.\nTrain.",
        "Keep measuring delivery.",
    )
    assert [r.text for r in Recommendation.objects.order_by("number")] == [
        "Keep measuring delivery.",
        "Train.",
    ]


def test_a_recommendation_left_off_what_was_sent_is_not_lost(as_):
    operation = a_due_operation()
    evaluator = an_evaluator()
    an_evaluation(operation, by=evaluator)

    answer = as_(evaluator).post(
        at(operation, "edit"),
        evaluation_post(base_version="2") | posted([], "recommendations", held=1),
    )

    assert answer.status_code == 422
    assert "Rows are missing in what was sent: open the page again." in words(answer)
    assert [r.text for r in Recommendation.objects.all()] == ["Keep measuring delivery."]


def test_the_paper_stands_in_the_language_of_the_operation(as_):
    operation = an_evaluated_operation()
    type(operation).objects.update(language="fr")

    page = as_("post-officer").get(at(operation, "paper"))

    assert '<html lang="fr" dir="ltr">' in page.content.decode()
    assert "Poste du Myanmar" in words(page)
    assert "Pertinence" in words(page)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_tab_asks_the_database_as_often_for_three_recommendations_as_for_one(as_, rows):
    owner = organisation("mm-post").pk
    operation = an_evaluated_operation(recommendations=tuple((f"Do {n}.", owner) for n in range(rows)))
    browser = as_("post-officer")
    browser.get(at(operation))

    with CaptureQueriesContext(connection) as asked:
        browser.get(at(operation))

    assert len(asked) == 13
