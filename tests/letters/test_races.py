"""Two clerks at one register."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from taawun.foundation import clock
from taawun.letters import actions
from taawun.letters.models import Letter
from taawun.workspace.demo.cast import organisation, user
from tests.letters.made import facts


def test_letters_entered_at_once_are_numbered_without_gap_or_double(committed_world):
    register, clerk = organisation("jica-mm"), user("mm-office")
    values = facts()

    def enter(number: int) -> str:
        try:
            return actions.enter_letter(register, values | {"number": str(number)}, actor=clerk).code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as clerks:
        codes = list(clerks.map(enter, range(12)))

    year = clock.today().year
    assert sorted(codes) == [f"{year}-{n:04d}" for n in range(1, 13)]
    assert Letter.objects.count() == 12
