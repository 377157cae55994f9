"""People are named in the reader's script, whichever page tells of them."""

from django.utils import translation

from taawun.directory.queries import name_of_user
from tests.factories import who


def test_an_account_is_called_by_its_persons_name_in_the_readers_script(world):
    officer = who("post-officer")

    told = {}
    for language in ("en", "fr", "ar"):
        with translation.override(language):
            told[language] = name_of_user(officer)

    assert told == {
        "en": "Officer, Myanmar Post",
        "fr": "Agent, Poste du Myanmar",
        "ar": "موظف، بريد ميانمار",
    }


def test_without_a_person_the_account_speaks_for_itself_and_nobody_is_nobody(world):
    assert name_of_user(None) == ""
