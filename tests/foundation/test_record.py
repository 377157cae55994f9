"""The record: written once, held by the database itself; only the detail can be erased."""

import pytest
from django.db import DatabaseError, connection, transaction
from tests.factories import a_request, who

from taawun.foundation import clock
from taawun.foundation.audit import digest_of, events_of, record, timeline
from taawun.foundation.models import AuditDetail, AuditEvent
from taawun.foundation.standing import standing


@pytest.fixture
def case(world):
    return a_request("draft")


def refused_by_the_database(act):
    before = list(AuditEvent.objects.order_by("id").values())
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        act()
    assert list(AuditEvent.objects.order_by("id").values()) == before
    assert before
    return str(error.value)


def said(statement):
    def act():
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what waits would refuse a TRUNCATE by itself
            cursor.execute(statement)

    return act


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE foundation_auditevent SET step = 'forged'",
        "UPDATE foundation_auditevent SET id = id + 1000",
        "UPDATE foundation_auditevent SET actor_id = NULL",
        "DELETE FROM foundation_auditevent",
        "DELETE FROM foundation_auditevent WHERE id = (SELECT max(id) FROM foundation_auditevent)",
    ],
)
def test_no_entry_is_changed_or_deleted(case, statement):
    AuditDetail.objects.all().delete()  # what hangs on the entries is not what protects them

    assert "Cannot update or delete rows" in refused_by_the_database(said(statement))


@pytest.mark.parametrize(
    "statement",
    [
        "TRUNCATE foundation_auditevent CASCADE",
        "TRUNCATE foundation_user CASCADE",
        "TRUNCATE foundation_auditdetail, foundation_auditevent",
    ],
)
def test_the_table_is_not_emptied(case, statement):
    assert "The record is append-only." in refused_by_the_database(said(statement))


def test_nor_by_the_ways_of_the_program(case):
    AuditDetail.objects.all().delete()

    refused_by_the_database(lambda: AuditEvent.objects.update(step="forged"))
    refused_by_the_database(lambda: AuditEvent.objects.all().delete())
    refused_by_the_database(lambda: AuditEvent.objects.first().save())


def test_every_entry_is_stamped_with_its_transaction_whatever_it_claims(case):
    entry = AuditEvent.objects.create(
        kind="request", subject_id=case.pk, step="x", acted_on=clock.today(), digest="", transaction_id=1
    )

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        [current] = cursor.fetchone()
    assert AuditEvent.objects.get(pk=entry.pk).transaction_id == current


def test_a_detail_is_erased_and_its_digest_stays(case):
    said_in_it = {"reason": "A name: Ada.", "changed": {"site": ["", "Yangon"]}}
    entry = record(case, "edited", actor=who("post-officer"), detail=said_in_it)
    salt = AuditDetail.objects.get(event=entry).salt

    AuditDetail.objects.filter(event=entry).delete()

    kept = AuditEvent.objects.get(pk=entry.pk)
    assert not hasattr(kept, "detail")
    assert kept.digest == digest_of(salt, said_in_it)
    assert kept.digest not in (digest_of("", said_in_it), digest_of(salt, {**said_in_it, "reason": "B"}))
    assert [line.detail for line in timeline(case, standing(who("post-officer")), limit=1)] == [""]


def test_the_same_detail_has_another_digest_each_time(case):
    one, two = (record(case, "edited", actor=None, detail={"reason": "Same."}) for _ in range(2))

    assert one.digest != two.digest


def test_the_timeline_shows_a_person_what_is_theirs_newest_first(case):
    provider = case.provider_id
    record(case, "ranked", actor=who("mm-coordinator"), detail={"note": "For all."})
    record(case, "opinion", actor=who("desk"), audience_id=provider, detail={"reason": "For one side."})

    partner, desk = standing(who("post-officer")), standing(who("desk"))

    assert [e.step for e in events_of(case, desk)][:2] == ["opinion", "ranked"]
    assert [(line.detail, line.internal) for line in timeline(case, desk, limit=2)] == [
        ("For one side.", True),
        ("For all.", False),
    ]
    assert next(e.step for e in events_of(case, partner)) == "ranked"
    assert "opinion" not in [e.step for e in events_of(case, partner)]
    assert next(e.step for e in events_of(case, standing(who("mm-office")))) == "opinion"
    assert next(e.step for e in events_of(case, standing(who("mofa-approver")))) == "opinion"


def test_the_timeline_is_two_statements_however_long(case, django_assert_num_queries):
    reader = standing(who("post-officer"))
    with django_assert_num_queries(2):
        assert len(timeline(case, reader)) > 5
