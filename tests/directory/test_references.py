"""Nothing that leads to a person, an account or an organisation is forgotten when two are merged."""

import pytest
from django.apps import apps
from django.db.models import BigIntegerField

from taawun.directory.merging_cases import DIRECTLY, stands_on
from taawun.directory.models import Organisation, Person
from taawun.directory.references import moves, references
from taawun.foundation.models import Draft, Notice, Task, User
from taawun.foundation.ports import registry

TARGETS = (User, Person, Organisation)
# Keys in plain numbers that lead to one of the three (`Task`, `AuditEvent`); other numbers lead elsewhere.
PLAIN = ("organisation_id", "person_id", "on_behalf_of_id", "audience_id", "house_id", "acting_id")


def every_key():
    """Every foreign key and link table of the program that leads to one of the three, third parties' too."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy:
            continue
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
            led_to = field.related_model
            if led_to is not None and led_to._meta.concrete_model in TARGETS:
                yield model._meta.label, field.name


def plain_keys():
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, BigIntegerField) and field.name in PLAIN:
                yield model._meta.label, field.name


def test_every_key_to_a_person_an_account_or_an_organisation_moves_or_stays_as_history():
    present = {*every_key(), *plain_keys()}

    assert sorted(present - references().keys()) == []
    assert sorted(references().keys() - present) == []
    assert len(present) > 90


# What moves and belongs to no case: houses, posts, settings, rounds, workbooks.
OF_NO_CASE = {
    "search.SavedSearch",  # a person's own
    *("directory.Post", "directory.Delegation", "directory.Organisation"),
    *("cycle.Round", "cycle.ApprovingSeat", "cycle.ConsultedMinistry", "batches.Batch"),
}


def test_what_moves_belongs_to_a_case_through_its_gate_or_is_known_to_belong_to_none():
    moving = {one.table: one.model for one in references().values() if one.moves}
    cases = {kind.model for kind in registry.kinds.values() if kind.workflow} | {Task, Draft, Notice}

    def belongs(model):
        names = {field.name for field in model._meta.fields}
        return model in cases or bool(names & DIRECTLY.keys()) or stands_on(model) != ""

    assert {table for table, model in moving.items() if not belongs(model)} == OF_NO_CASE


def test_no_key_is_declared_twice():
    with pytest.raises(ValueError, match="declared already"):
        moves("cycle.Party", "organisation", what="x")


def test_what_moves_is_named_for_the_preview():
    assert [one.key for one in references().values() if one.moves and not str(one.what)] == []


def test_who_acted_stays_under_the_name_it_was_done():
    kept = {one.key for one in references().values() if one.leads_to is User and one.moves}

    assert kept == {
        ("foundation.Draft", "user"),
        ("foundation.Notice", "user"),
        ("lessons.Lesson", "created_by"),
        ("search.SavedSearch", "user"),
    }
