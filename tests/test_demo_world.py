"""The demonstration world is made by its people's acts: it is our longest test."""

from taawun.cycle.models import CooperationRequest, Operation
from taawun.foundation.models import OutboxMessage, Task
from taawun.foundation.tasks import tasks_of
from taawun.lessons.models import Lesson
from taawun.lessons.queries import offers_for_request
from taawun.letters.models import Letter
from taawun.workspace.demo import world as demo


def test_the_world_holds_each_case_where_its_people_left_it(world):
    demo.build()

    assert sorted(Operation.objects.values_list("code", "state")) == [
        ("MM-2015-PRJ-0001", "closed"),
        ("SN-2024-PRJ-0001", "in_implementation"),
    ]
    assert sorted(CooperationRequest.objects.values_list("country_id", "state")) == [
        ("country:LA", "draft"),
        ("country:MM", "adopted"),
        ("country:MM", "confirmed"),
        ("country:MM", "received"),
        ("country:MM", "submitted"),
        ("country:SN", "confirmed"),
        ("country:SN", "under_review"),
    ]
    assert list(Lesson.objects.values_list("code", "state")) == [("LES-2022-0001", "certified")]
    assert not OutboxMessage.objects.exists()


def test_the_second_country_is_offered_the_lesson_with_its_reasons(world):
    demo.build()

    offers = offers_for_request(CooperationRequest.objects.get(country_id="country:LA"))

    assert [offer.code for offer in offers] == ["LES-2022-0001"]
    assert offers[0].reasons[:2] == ["Same sector: Postal services", "Same region: South-eastern Asia"]


def test_what_waits_in_the_world_is_what_its_cases_say(world):
    demo.build()

    held = sorted(Task.objects.values_list("kind", "subject_id", "act", "ref"))
    wanted = sorted(
        (case.kind, case.pk, spec.act, spec.ref)
        for model in (CooperationRequest, Operation, Lesson)
        for case in model.objects.all()
        for spec in tasks_of(case)
    )
    assert held == wanted
    assert held


def test_letters_of_the_world_stand_in_the_registers_of_both_sides(world):
    demo.build()

    french = Letter.objects.filter(operation__code="SN-2024-PRJ-0001").order_by("pk")
    assert [(x.organisation.slug, x.direction, x.number) for x in french] == [
        ("amci-sn", "out", "AMB-COOP-57 (exemple)"),
        ("sn-meteo", "in", "AMB-COOP-57 (exemple)"),
        ("sn-meteo", "out", "DG-112 (exemple)"),
        ("amci-sn", "in", "DG-112 (exemple)"),
    ]
    assert sorted(Letter.objects.exclude(made_by="").values_list("made_by", flat=True).distinct()) == [
        "covering-letter",
        "note-verbale",
        "note-verbale-reply",
    ]
