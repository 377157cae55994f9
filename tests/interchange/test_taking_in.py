"""A file of published activities, taken in: all of it or nothing, once, and never over another's or a newer one."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from taawun.foundation.models import AuditEvent
from taawun.foundation.steps import Refused
from taawun.interchange import actions, queries
from taawun.interchange.iati.records import Share
from taawun.interchange.models import (
    Feed,
    Load,
    LoadEntry,
    PublishedActivity,
    PublishedShare,
    PublishedValue,
    PublishedXml,
)
from taawun.workspace.demo.cast import user
from tests.doors import digests
from tests.interchange.made import a_file, activity, amount, an_error


def taken(*activities, **more):
    return actions.take_in(a_file(*activities), actor=user("jica-admin"), **more)


def entries(result, verdict):
    return [entry for entry in result.entries if entry.verdict == verdict]


def of_the_store():
    """A digest of every table of published activities, by table."""
    return {name: told for name, told in digests.of_everything().items() if name.startswith("interchange_")}


def test_an_activity_is_held_with_everything_it_says(world):
    result = taken(activity())

    held = PublishedActivity.objects.get()
    assert result.counts == {"added": 1}
    assert (held.identifier, held.feed.reference, held.load) == ("XM-DAC-999-1", "XM-DAC-999", result.load)
    assert held.titles == {"en": "Safe water 1", "fr": "Eau potable 1"}
    assert (held.starts_on, held.ends_on) == (date(2024, 1, 1), date(2026, 12, 31))
    assert held.sums == {
        "transaction:2": {"USD": "9"},
        "transaction:3": {"EUR": "500", "USD": "1000.50"},
    }
    assert [(p.role, p.names) for p in held.parties.all()] == [("4", {"en": "Ministry of Water"})]
    assert [d.url for d in held.documents.all()] == ["https://example.org/a.pdf"]
    assert [r.ref for r in held.relations.all()] == ["XM-DAC-999-0"]
    assert [p.latitude for p in held.places.all()] == [Decimal("17.33000000000000")]
    assert sorted((v.kind, v.written, v.number) for v in PublishedValue.objects.all()) == [
        ("actual", "about 7", None),
        ("baseline", "0", Decimal(0)),
        ("target", "10", Decimal(10)),
    ]


def test_codes_are_kept_raw_and_linked_where_a_list_knows_them(world):
    taken(activity())

    shares = PublishedShare.objects.order_by("pk").values_list("kind", "code", "listed", "amount__currency")
    assert list(shares) == [
        ("country", "MM", "country:MM", None),
        ("sector", "14030", "sector:14030", None),
        ("sector", "X-9", None, None),
        ("country", "KH", "country:KH", "EUR"),
    ]


def test_what_follows_from_the_transactions_is_kept_beside_and_marked(world):
    paid = [
        amount("75", shares=(Share("country", "MM"),)),
        amount("25", shares=(Share("country", "KH"),)),
    ]
    taken(replace(activity(1), shares=(Share("sector", "14030", "1"),), amounts=tuple(paid)))
    mixed = (paid[0], amount("25", "EUR", shares=(Share("country", "KH"),)))
    taken(replace(activity(2), shares=(), amounts=mixed))

    whole = PublishedShare.objects.filter(amount__isnull=True).order_by("pk")
    assert list(whole.values_list("code", "percentage", "is_derived")) == [
        ("14030", None, False),
        ("MM", Decimal(75), True),
        ("KH", Decimal(25), True),
    ]
    assert PublishedActivity.objects.get(identifier="XM-DAC-999-2").shares_not_derived == {
        "place": "several-currencies",
        "sector": "not-stated",
    }


def test_the_same_file_again_changes_nothing_and_says_so(world):
    first = taken(activity(1), activity(2))
    before, events = of_the_store(), AuditEvent.objects.count()

    again = taken(activity(1), activity(2))

    assert (again.counts, again.load, again.same_as) == ({"unchanged": 2}, None, first.load)
    assert of_the_store() == before
    assert AuditEvent.objects.count() == events


def test_a_newer_file_says_field_by_field_what_changed(world):
    taken(activity(1), activity(2), activity(3))

    newer = replace(
        activity(2),
        xml=b"newer",
        titles={"en": "Safe water for all", "fr": "Eau potable 2"},
        status="4",
        actual_end=date(2025, 6, 30),
        amounts=(*activity(2).amounts, amount("1", "USD")),
    )
    result = taken(activity(1), newer, activity(4))

    assert result.counts == {"unchanged": 1, "changed": 1, "added": 1}
    (changed,) = entries(result, "changed")
    assert changed.changes == [
        {"field": "title", "key": "en", "before": "Safe water 2", "after": "Safe water for all"},
        {"field": "status", "key": "", "before": "2", "after": "4"},
        {"field": "actual_end", "key": "", "before": None, "after": "2025-06-30"},
        {"field": "sum", "key": "transaction:3:USD", "before": "1000.50", "after": "1001.50"},
        {"field": "parts", "key": "amounts", "before": 3, "after": 4},
    ]
    assert PublishedActivity.objects.get(identifier="XM-DAC-999-2").titles["en"] == "Safe water for all"


def test_a_changed_activity_keeps_its_address_and_has_nothing_twice(world):
    taken(activity(1))
    before = PublishedActivity.objects.get().pk

    taken(replace(activity(1), xml=b"newer"))

    held = PublishedActivity.objects.get()
    assert held.pk == before
    assert (held.parties.count(), held.amounts.count(), held.shares.count()) == (1, 3, 4)
    assert sorted(PublishedXml.objects.values_list("is_former", flat=True)) == [False, True]


def test_what_is_older_than_what_is_held_is_held_back(world):
    taken(activity(1))

    result = taken(replace(activity(1), xml=b"older", updated_at="2024-04-30T23:59:59Z"))

    assert [(entry.identifier, entry.why) for entry in entries(result, "held-back")] == [
        ("XM-DAC-999-1", "older")
    ]
    assert result.load is None


def test_anothers_file_with_the_same_identifier_is_held_back(world):
    taken(activity(1))
    other = replace(activity(1), xml=b"other", reporting_ref="XM-DAC-1")

    result = taken(other, replace(activity(2), reporting_ref="XM-DAC-1"))

    assert result.counts == {"held-back": 1, "added": 1}
    assert [entry.why for entry in entries(result, "held-back")] == ["another-publisher"]
    assert PublishedActivity.objects.get(identifier="XM-DAC-999-1").feed.reference == "XM-DAC-999"


def test_what_once_stood_under_the_first_publisher_of_its_file_is_moved_to_its_own(world):
    taken(activity(1), activity(2, reporting_ref="XM-1"))
    first = PublishedActivity.objects.get(identifier="XM-DAC-999-1").feed
    PublishedActivity.objects.update(feed=first)

    result = taken(activity(2, reporting_ref="XM-1", titles={"en": "Safer water"}))

    assert result.counts == {"changed": 1}
    assert PublishedActivity.objects.get(identifier="XM-DAC-999-2").feed.reference == "XM-1"


def test_a_file_of_several_publishers_is_put_under_each_with_the_terms_it_came_under(world):
    other = activity(2, reporting_ref="XM-1", reporting_names={"en": "The South"})
    load = taken(activity(1), other, terms=actions.Terms(licence="CC BY 4.0")).load

    held = PublishedActivity.objects.order_by("pk").values_list(
        "feed__reference", "feed__names__en", "feed__licence"
    )
    assert list(held) == [
        ("XM-DAC-999", "Agency of the North", "CC BY 4.0"),
        ("XM-1", "The South", "CC BY 4.0"),
    ]
    assert [feed.reference for feed in queries.feeds_of(load)] == ["XM-DAC-999", "XM-1"]
    assert taken(activity(1), other).counts == {"unchanged": 2}


def test_a_file_with_an_error_is_refused_whole_and_changes_nothing(world):
    taken(activity(1))
    before, events = of_the_store(), AuditEvent.objects.count()
    file = a_file(activity(2), activity(3), findings=[an_error(line=7), an_error(line=9)])

    with pytest.raises(actions.FileRefused) as caught:
        actions.take_in(file, actor=user("jica-admin"))

    assert [finding.line for finding in caught.value.findings] == [7, 9]
    assert of_the_store() == before
    assert AuditEvent.objects.count() == events


def test_a_file_without_an_activity_is_refused(world):
    with pytest.raises(actions.FileRefused) as caught:
        actions.take_in(a_file(), actor=user("jica-admin"))

    assert [finding.slug for finding in caught.value.findings] == ["no-activity"]
    assert not Feed.objects.exists()


def test_a_trial_changes_nothing_and_tells_what_would(world):
    before = of_the_store()

    result = taken(activity(1), dry_run=True)

    assert (result.counts, result.load) == ({"added": 1}, None)
    assert [entry.identifier for entry in result.entries] == ["XM-DAC-999-1"]
    assert of_the_store() == before


def test_a_load_leaves_one_entry_in_the_record(world):
    before = AuditEvent.objects.count()

    result = taken(*(activity(number) for number in range(1, 6)))

    assert AuditEvent.objects.count() == before + 1
    event = AuditEvent.objects.latest("pk")
    assert (event.kind, event.subject_id, event.step) == ("load", result.load.pk, "load-applied")
    assert event.detail.data["counts"] == {"added": 5}


def test_the_terms_of_a_publisher_are_kept_and_recorded_and_what_is_not_said_stays(world):
    result = taken(activity(), terms=actions.Terms(licence="CC BY 4.0", attribution="Ministry (example)"))
    assert AuditEvent.objects.get(step="load-applied").detail.data["licence"] == "CC BY 4.0"

    taken(activity(2), terms=actions.Terms(address="https://example.org"))

    feed = Feed.objects.get(pk=result.load.feed_id)
    assert (feed.licence, feed.attribution) == ("CC BY 4.0", "Ministry (example)")
    assert feed.address == "https://example.org"


@pytest.mark.parametrize("who", ["desk", "post-officer"])
def test_only_an_administrator_takes_files_in(world, who):
    with pytest.raises(PermissionDenied):
        actions.take_in(a_file(activity()), actor=user(who))

    assert not Load.objects.exists()


def test_a_number_no_column_holds_is_held_back_and_not_cut(world):
    result = taken(replace(activity(1), amounts=(amount("1" + "0" * 24),)))

    assert [entry.why for entry in result.entries] == ["number-too-large"]


# ── In two steps, as the page does ──


def test_what_was_read_is_applied_later(world):
    file = a_file(activity(1), activity(2))
    load = actions.read_load(file, actor=user("jica-admin"))
    assert not PublishedActivity.objects.exists()

    actions.apply_load(load, file, actor=user("jica-admin"))

    assert PublishedActivity.objects.count() == 2
    assert Load.objects.get().stage == "applied"


def test_nothing_is_applied_after_the_store_moved_by_another_file_or_twice(world):
    file, other = a_file(activity(1)), a_file(activity(2), name="other.xml")
    load = actions.read_load(file, actor=user("jica-admin"))

    def refusal(source):
        with pytest.raises(Refused) as caught:
            actions.apply_load(load, source, actor=user("jica-admin"))
        return [str(obstacle) for obstacle in caught.value.obstacles]

    assert refusal(other) == ["This is another file than the one that was read."]
    actions.take_in(other, actor=user("jica-admin"))
    assert refusal(file) == ["The published activities changed since the file was read: read it again."]


def test_two_loads_of_one_file_at_once_take_it_in_once(committed_world):
    file = a_file(*(activity(number) for number in range(1, 30)))
    actor = user("jica-admin")

    def take(_number):
        try:
            return actions.take_in(file, actor=actor).counts
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        both = sorted(pool.map(take, range(2)), key=str)

    assert both == [{"added": 29}, {"unchanged": 29}]
    assert (Load.objects.count(), PublishedActivity.objects.count()) == (1, 29)
    assert LoadEntry.objects.count() == 29
