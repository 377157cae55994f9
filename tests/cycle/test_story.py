"""The postal request walks from the idea to adoption by its people, and each step is told once."""

from taawun.cycle.actions import fiscal_year_of
from taawun.cycle.models import settings_for
from taawun.foundation import clock
from taawun.foundation.models import AuditEvent, Task
from tests.factories import a_request


def test_the_request_walks_to_adoption_with_one_entry_a_step(world):
    made = a_request("adopted")

    steps = list(
        AuditEvent.objects.filter(kind="request", subject_id=made.pk, to_state__gt="")
        .order_by("id")
        .values_list("step", flat=True)
    )
    assert steps == ["prepare", "submit", "retain", "forward", "receive", "open-review", "adopt"]
    year = fiscal_year_of(clock.today(), settings_for(made))
    assert made.code == f"MM-{year}-REQ-0001"
    assert list(Task.objects.filter(kind="request", subject_id=made.pk).values_list("act", "role")) == [
        ("notify", "country-office")
    ]
