"""The index follows what is done: by the record, and by comparing everything with everything."""

import pytest
from tests.factories import who

from taawun.cycle.models import CooperationRequest
from taawun.foundation.audit import record
from taawun.foundation.models import AuditEvent
from taawun.search import current
from taawun.search.finding import find
from taawun.search.models import Mark, SearchText, Term


def total(slug, query):
    return find(who(slug), query, {}).total


def retitled(draft, title):
    """As an act does it: the title, and an entry of the record."""
    CooperationRequest.objects.filter(pk=draft.pk).update(title=title)
    record(draft, "edited", actor=who("post-officer"))


def test_a_second_look_at_everything_changes_nothing(index):
    assert current.rebuild() == 0


def test_what_an_act_changed_is_found_by_its_new_words_alone(index):
    current.catch_up()
    retitled(index[1], "Sorting machines")

    assert current.catch_up() == 1

    assert total("post-officer", "sorting machines") == 1
    assert total("post-officer", "zebra") == 0


def test_what_was_looked_at_is_not_looked_at_again(index):
    current.catch_up()
    before = Mark.objects.get(name=current.RECORD).last

    assert before == AuditEvent.objects.order_by("-pk").first().pk
    assert current.catch_up() == 0


def test_an_act_on_an_operation_renews_what_hangs_on_it(index):
    operation = index[0]
    current.catch_up()
    SearchText.objects.filter(kind="meeting").delete()
    record(operation, "meeting-edited", actor=who("desk"))

    assert current.catch_up() == 1

    assert SearchText.objects.filter(kind="meeting").count() == 1


def test_what_was_changed_without_an_act_is_found_after_the_night(index):
    CooperationRequest.objects.filter(pk=index[1].pk).update(title="Umbrellas for postmen")
    assert total("post-officer", "umbrellas") == 0

    assert current.rebuild() == 1

    assert total("post-officer", "umbrellas") == 1


def test_what_is_gone_is_found_no_more(index):
    SearchText.objects.create(
        kind="lesson",
        object_id=987654,
        language="en",
        title="Ghost",
        address="/",
        digest="x",
        vector="'ghost':1A",
    )
    SearchText.objects.create(
        kind="of-an-old-release",
        object_id=1,
        language="en",
        title="Old",
        address="/",
        digest="x",
        vector="'old':1A",
    )

    assert current.rebuild() == 2

    assert not SearchText.objects.filter(title__in=["Ghost", "Old"]).exists()


def test_a_look_at_everything_that_was_stopped_goes_on_where_it_was(index, monkeypatch):
    SearchText.objects.all().delete()
    monkeypatch.setattr(current, "SOME", 5)
    seen: list[tuple[str, int]] = []

    def note(kind, last):
        if kind == "organisation":
            seen.append((kind, last))

    def stop(kind, last):
        note(kind, last)
        if len(seen) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        current.rebuild(told=stop)
    assert Mark.objects.get(name="whole:organisation").last == seen[-1][1]
    kept = SearchText.objects.count()

    current.rebuild(told=note)

    assert kept
    assert len(set(seen)) == len(seen)
    assert not Mark.objects.filter(name__startswith="whole").exists()
    assert total("desk", "postal") == 15


def test_the_number_of_texts_a_word_stands_in_goes_up_and_down(index):
    number = Term.objects.get(term="zebra").documents
    current.catch_up()
    retitled(index[1], "Nothing of the kind")
    current.catch_up()

    assert Term.objects.get(term="zebra").documents == number - 1


def test_the_first_time_everything_is_looked_at(index):
    SearchText.objects.all().delete()
    Mark.objects.all().delete()

    current.catch_up()

    assert total("desk", "postal") == 15
    assert current.how_far()["behind"] == 0
