"""The desk's way back: each case once, by its number, as long as the person still sees it."""

from tests.factories import a_request, who

from taawun.foundation.models import AuditEvent
from taawun.workspace.queries import mine_lately


def test_each_case_stands_once_with_what_was_done_last_in_it(world):
    coop_request = a_request("submitted")
    officer = who("post-officer")

    assert AuditEvent.objects.filter(actor=officer).count() > 1
    lately = [(entry["code"], str(entry["label"])) for entry in mine_lately(officer)]
    assert lately == [(coop_request.code, "Submitted to the coordination body")]


def test_a_case_the_person_sees_no_more_is_no_way_back(world):
    a_request("submitted")
    officer = who("post-officer")

    officer.person.posts.all().delete()

    assert mine_lately(who("post-officer")) == []
