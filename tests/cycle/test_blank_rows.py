"""A row that nobody touched is no mistake: it is left where it is, and the rows filled are saved."""

from datetime import date

import pytest
from django.urls import reverse

from taawun.cycle.models import CooperationRequest, Operation
from tests.cycle.made import body, sent, signed_in
from tests.factories import a_person, a_request, an_activity


def test_one_person_is_named_though_another_row_stands_ready(world):
    made = an_activity()
    expert = a_person("expert", "ma-transport")
    browser, url = signed_in("amci-desk"), reverse("cycle:people-edit", args=[made.pk])
    data = sent(browser.get(url))
    data |= {
        "team-0-function": "expert",
        "team-0-person": expert.person.pk,
        "team-0-organisation": body("ma-transport").pk,
        "team-0-held_from": date.today().isoformat(),  # noqa: DTZ011 (the machine's own day)
    }

    answer = browser.post(url, data)

    assert answer.status_code == 302
    assert [m.person_id for m in Operation.objects.get(pk=made.pk).team.all()] == [expert.person.pk]


@pytest.mark.parametrize("filled", [0, 1])
def test_one_input_is_saved_though_another_row_stands_ready(world, filled):
    made = a_request("idea")
    browser, url = signed_in("post-officer"), reverse("cycle:request-part", args=[made.pk, "inputs"])
    data = sent(browser.get(url))
    row = {"inputs-0-side": "partner", "inputs-0-kind": "premises", "inputs-0-text": "Offices"}

    answer = browser.post(url, data | (row if filled else {}))

    assert answer.status_code == 302
    held = CooperationRequest.objects.get(pk=made.pk).inputs.all()
    assert [(i.side, i.kind, i.text) for i in held] == [("partner", "premises", "Offices")][:filled]
