import pytest

from taawun.reference import names
from taawun.reference.actions import load_code_lists


@pytest.fixture
def code_lists(db):
    """The program's code lists in the database, and a process that has not asked for them yet."""
    load_code_lists()
    names.forget()
    yield
    names.forget()
