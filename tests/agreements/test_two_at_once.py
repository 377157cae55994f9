"""Two people amend in the same moment, over real transactions."""

from datetime import date

import pytest

from taawun.agreements.models import AmendedItem, Amendment
from taawun.cycle.models import Operation
from taawun.foundation.editing import Conflict
from taawun.foundation.models import AuditEvent
from tests.agreements.amended import LATER, an_agreed_operation, propose, sign, write_text
from tests.planning.test_two_at_once import together

pytestmark = [pytest.mark.usefixtures("committed_world"), pytest.mark.slow]


def test_of_two_who_begin_an_amendment_one_begins_it():
    operation = an_agreed_operation()

    results = together(
        lambda: propose(operation, ends_on=LATER), lambda: propose(operation, ends_on=date(2031, 1, 1))
    )

    assert sorted(type(result).__name__ for result in results) == ["Amendment", "Conflict"]
    [conflict] = [result for result in results if isinstance(result, Conflict)]
    assert conflict.theirs["ends_on"] == Amendment.objects.get().ends_on


def test_of_two_signatures_one_is_recorded():
    operation = an_agreed_operation()
    propose(operation, ends_on=LATER)
    write_text(operation)

    results = together(lambda: sign(operation), lambda: sign(operation))

    assert sorted(type(result).__name__ for result in results) == ["Amendment", "Refused"]
    assert (AmendedItem.objects.count(), AuditEvent.objects.filter(step="amendment-signed").count()) == (1, 1)
    assert Operation.objects.get(pk=operation.pk).ends_on == LATER
