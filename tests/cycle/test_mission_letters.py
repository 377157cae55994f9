"""The mission letter of an expert: there once the cooperation is agreed, for experts alone, to whoever sees it."""

from django.urls import reverse

from taawun.cycle.models import TeamFunction
from taawun.foundation import clock
from tests.cycle.made import signed_in
from tests.factories import a_person, an_operation


def sent(operation, function=TeamFunction.EXPERT):
    """Somebody of the provider's on the team, and the address of their letter."""
    person = a_person("desk", operation.provider)
    member = operation.team.create(
        person=person.person, organisation=operation.provider, function=function, held_from=clock.today()
    )
    return reverse("cycle:mission-letter", args=[operation.pk, member.pk])


def test_an_expert_is_sent_by_letter_once_the_cooperation_is_agreed(world):
    planned, agreed = an_operation("planning"), an_operation("agreed")
    addresses = [sent(planned), sent(agreed), sent(agreed, TeamFunction.COUNTERPART)]
    answers = [signed_in("desk").get(address).status_code for address in addresses]
    strangers = [signed_in(slug).get(addresses[1]).status_code for slug in ("la-officer", "amci-desk")]

    assert (answers, strangers) == ([404, 200, 404], [404, 404])
    assert addresses[1] in signed_in("desk").get(f"{agreed.get_absolute_url()}people/").content.decode()


def test_the_letter_names_who_goes_where(world):
    agreed = an_operation("agreed")
    said = signed_in("mm-office").get(f"{sent(agreed)}?language=fr").content.decode()
    assert [text in said for text in ("Lettre de mission", agreed.title, "Poste du Myanmar")] == [True] * 3
