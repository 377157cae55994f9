"""Many clerks at one register, at one question."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from taawun.foundation import clock, editing
from taawun.foundation.models import AuditEvent
from taawun.letters import actions
from taawun.letters.models import Letter, Question
from taawun.workspace.demo.cast import organisation, user
from tests.letters.made import a_letter, a_question, facts
from tests.meetings.made import an_operation


def at_once(act, many: int = 8) -> list:
    """The act by so many clerks at once: what each got, or the name of what refused them."""

    def run(number: int):
        try:
            return act(number)
        except Exception as error:
            return type(error).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as clerks:
        return list(clerks.map(run, range(many)))


def test_letters_entered_at_once_are_numbered_without_gap_or_double(committed_world):
    register, clerk = organisation("jica-mm"), user("mm-office")
    values = facts()

    codes = at_once(
        lambda n: actions.enter_letter(register, values | {"number": str(n)}, actor=clerk).code, 12
    )

    year = clock.today().year
    assert sorted(codes) == [f"{year}-{n:04d}" for n in range(1, 13)]
    assert Letter.objects.count() == 12


def test_a_letter_taken_in_by_many_at_once_enters_the_register_once(committed_world):
    sent, clerk = a_letter(case=an_operation(), direction="out", to="mm-post"), user("post-officer")

    answers = at_once(lambda _n: actions.take_in(sent, actor=clerk).code)

    assert sorted(answers) == [f"{clock.today().year}-0001", *["Refused"] * 7]
    assert Letter.objects.filter(organisation__slug="mm-post").count() == 1


def test_questions_asked_at_once_are_numbered_without_gap_or_double(committed_world):
    operation = an_operation()

    numbers = at_once(lambda _n: a_question(operation).number)

    assert sorted(numbers) == list(range(1, 9))


def test_of_many_answers_at_once_one_is_kept(committed_world):
    question, officer = a_question(an_operation()), user("post-officer")

    answers = at_once(lambda n: actions.answer_question(question, f"Answer {n}.", actor=officer).answer)

    kept = Question.objects.get().answer
    assert sorted(answers) == sorted([kept, *[editing.Frozen.__name__] * 7])
    assert AuditEvent.objects.filter(step="question-answered").count() == 1
