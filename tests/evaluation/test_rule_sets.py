"""Which rule set an evaluation goes by, and what is told of it."""

import json
from datetime import date
from html import unescape

import pytest
from django.core.management import call_command
from django.urls import reverse

from taawun.cycle.models import ProviderSettings
from taawun.evaluation import queries
from taawun.evaluation.models import CriterionRating, Evaluation
from taawun.foundation.models import AuditEvent
from taawun.kernel.rating_files import SHIPPED, shipped
from tests.evaluation.made import (
    a_due_operation,
    an_evaluated_operation,
    an_evaluation,
    an_evaluator,
    name,
    on_the_day,
)
from tests.evaluation.test_pages import at, evaluation_post, words
from tests.monitoring.made import who

pytestmark = pytest.mark.usefixtures("world")
FOUR = ("relevance-coherence", "effectiveness-impact", "efficiency", "sustainability")


@pytest.fixture(autouse=True)
def _day(world):
    on_the_day()


@pytest.fixture
def as_(client, world):
    """The browser of a person, or of a player of the cast."""

    def sign_in(person):
        client.force_login(who(person) if isinstance(person, str) else person)
        return client

    return sign_in


def by(scheme):
    ProviderSettings.objects.update(rating_rules=scheme)


def four_levels(*levels, **changes):
    return {"levels": dict(zip(FOUR, levels, strict=True)), **changes}


def test_a_family_gives_the_rule_set_of_the_year():
    by("jica")
    operation = a_due_operation()

    evaluation = an_evaluation(operation, **four_levels(4, 3, 3, 2))

    assert (evaluation.rule_set, evaluation.rule_set_version) == ("jica-4-level", 1)
    assert (evaluation.overall, evaluation.computed) == ("", False)


def test_a_date_in_another_year_changes_the_rule_set_and_keeps_the_texts():
    by("jica")
    operation, evaluator = a_due_operation(), an_evaluator()
    an_evaluation(
        operation, by=evaluator, **four_levels(4, 3, 3, 2, overall="A", judgement_reason="All went well.")
    )

    earlier = an_evaluation(
        operation, by=evaluator, evaluated_on=date(2021, 3, 31), **four_levels(4, 3, 3, 2, overall="A")
    )
    again = an_evaluation(operation, 3, 3, 2, 2, by=evaluator, evaluated_on=date(2021, 3, 31))

    assert (earlier.rule_set, earlier.overall, earlier.judgement_reason) == ("jica-3-level", "", "")
    assert set(CriterionRating.objects.values_list("evidence", flat=True)) >= {"On relevance."}
    assert not CriterionRating.objects.filter(criterion="relevance-coherence").exists()
    assert (again.overall, again.computed) == ("B", True)


def test_the_page_leads_back_to_the_ratings_where_the_year_changed_them(as_):
    by("jica")
    operation, evaluator = a_due_operation(), an_evaluator()
    name(operation, evaluator)
    browser = as_(evaluator)
    sent = {key: value for key, value in evaluation_post().items() if not key.startswith("level_")}

    answer = browser.post(at(operation, "edit"), sent | {"evaluated_on": "2020-06-01"}, follow=True)

    assert answer.redirect_chain == [(at(operation, "edit"), 302)]
    assert "In the year of this evaluation another rule set is in force" in words(answer)
    assert "level_relevance" in answer.context["form"].fields
    assert Evaluation.objects.get().summary == sent["summary"]


def test_what_is_told_and_not_rated_is_kept_and_may_be_left_out(as_):
    by("jica")
    operation, evaluator = a_due_operation(), an_evaluator()
    evidence = {"adaptation-contribution": "Courses moved online in time."}
    held = an_evaluation(operation, by=evaluator, **four_levels(3, 3, 3, 3))

    page = as_(evaluator).get(at(operation, "edit"))
    saved = an_evaluation(
        operation,
        by=evaluator,
        **four_levels(3, 3, 3, 3, evidence={"relevance": "On relevance.", **evidence}),
    )

    assert page.context["form"].fields["evidence_adaptation-contribution"].required is False
    assert held.version < saved.version
    assert "Courses moved online in time." in words(as_(evaluator).get(at(operation)))


def test_a_departure_shows_what_the_rule_set_gives_on_page_and_paper_and_stands_in_the_record(as_):
    operation = an_evaluated_operation(
        levels=dict.fromkeys(("relevance", "effectiveness-impact", "efficiency", "sustainability"), 3),
        overall="B",
        judgement_reason="Benefits come late.",
    )
    browser = as_("post-officer")

    told = [words(browser.get(at(operation, page))) for page in ("evaluation", "paper")]

    sentence = (
        "The rule set gives A, Highly satisfactory; the evaluator departs from it. "
        "The reasons: Benefits come late."
    )
    rules = "Rule set: JICA, three-level sub-ratings, version 1."
    assert [sentence in text and rules in text for text in told] == [True, True]
    kept = AuditEvent.objects.get(step="evaluation-edited").detail.data
    assert (kept["by_rule"], kept["overall"], kept["judgement"]) == ("A", "B", "Benefits come late.")
    assert (kept["rule_set"], kept["rule_set_version"]) == ("jica-3-level", 1)


def test_without_a_scheme_the_pages_and_the_paper_say_that_no_rating_is_asked(as_):
    by("")
    operation, evaluator = a_due_operation(), an_evaluator()
    an_evaluation(operation, by=evaluator, levels={})
    browser = as_(evaluator)

    told = [words(browser.get(at(operation, page))) for page in ("evaluation", "edit", "paper")]

    assert ["The provider has no rating scheme: no rating is asked." in text for text in told] == [True] * 3


def test_a_rule_set_that_is_no_longer_known_is_told_with_the_grade_that_was_given(as_):
    operation = an_evaluated_operation()
    Evaluation.objects.update(rule_set="own-scheme", rule_set_version=7)

    text = words(as_("post-officer").get(at(operation)))

    assert "The rule set “own-scheme”, version 7, is not known here any more" in text
    assert "The overall rating that was given: A." in text


# ── An agency's own, and the page of all ──


def own_scheme(folder, **changes):
    [four] = SHIPPED.glob("*four*.json")
    data = json.loads(four.read_text(encoding="utf-8"))
    data |= {"version": 2, "status": "confirmed-only", "table": [{"vector": [4, 4, 4, 4], "overall": "A"}]}
    (folder / "own.json").write_text(json.dumps(data | changes), encoding="utf-8")


def test_the_version_an_agency_completed_is_the_one_in_force(settings, tmp_path):
    settings.RATINGS_ROOT = tmp_path
    own_scheme(tmp_path)
    by("jica")

    evaluation = an_evaluation(a_due_operation(), **four_levels(4, 4, 4, 4))

    assert (evaluation.rule_set_version, evaluation.overall, evaluation.computed) == (2, "A", True)
    assert queries.rules_of(evaluation).version == 2


def test_a_file_that_cannot_be_used_is_told_when_the_program_is_checked(settings, tmp_path, capsys):
    settings.RATINGS_ROOT = tmp_path
    own_scheme(tmp_path, version=0)

    call_command("check")

    assert "own.json: versions are counted from 1" in capsys.readouterr().err


@pytest.mark.parametrize("slug", ["desk", "la-officer", "amci-knowledge"])
def test_everybody_signed_in_reads_the_rule_sets(as_, slug, django_assert_max_num_queries):
    browser = as_(slug)
    browser.get("/ratings/")

    with django_assert_max_num_queries(5):
        page = browser.get("/ratings/")

    assert [sheet.anchor for sheet in page.context["sheets"]] == ["jica-4-level-1", "jica-3-level-1"]


def test_the_page_shows_years_state_source_and_table_of_each(as_):
    page = as_("desk").get(reverse("evaluation:rule-sets"))

    text = unescape(words(page))
    three = page.context["sheets"][1]
    assert ["To be completed by the agency" in text, "fiscal years 2009 to 2020" in text] == [True, True]
    assert ("3322", "B") in [("".join(map(str, vector)), grade) for vector, grade, _label in three.table]
    assert "7 combinations of 81 give an overall rating" in text
    assert [rules.source in text for rules in shipped()] == [True, True]
