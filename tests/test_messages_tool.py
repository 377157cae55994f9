"""The tool that collects strings: it finds them all, keeps translations, and guesses nothing."""

import polib
import pytest
from django.utils.translation.template import templatize
from tools.messages import KEYWORDS, Key, catalogue_path, collect, main, merge, strings_of

PYTHON = """
from django.utils.translation import gettext_lazy as _, ngettext, npgettext
from django.utils.translation import pgettext_lazy, pgettext as in_context

def gettext(text="not a string of ours"):
    return text

# Translators: A greeting.
plain = _("Good "
    "morning")
state = pgettext_lazy("request", "Open")
other = in_context("door", "Open")
count = ngettext("%(n)s lot", "%(n)s lots", n)
both = npgettext("paper", "sheet", "sheets", n)
nothing = _(variable)
"""
TEMPLATE = """{% extends "x.html" %}
{% load i18n %}
  <p title="{% translate "Lot's end" %}">it's ( 50 % [
    {# Translators: On the door. #}
    {% translate "Open" context "door" %}
{% blocktranslate trimmed count n=lots|length context "paper" %}
      {{ n }} sheet
    {% plural %}
  {{ n }} sheets of 50 %
{% endblocktranslate %}
  {% if kind == _("Lot") %}{{ kind|default:_("None") }}{% endif %}
  {% comment %}{% translate "Gone" %}{% endcomment %}
"""


@pytest.fixture
def package(tmp_path):
    """A small program with strings of every sort."""
    files = {
        "desk/views.py": PYTHON,
        "desk/templates/desk/page.html": TEMPLATE,
        "desk/templates/desk/mail.txt": '{% translate "Good morning" %}',
        "desk/static/desk/notes.txt": '{% translate "Not a template" %}',
        "desk/migrations/0001_initial.py": '_("Not shown")',
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def translate(package, language, translations):
    path = catalogue_path(language, package)
    catalogue = polib.pofile(str(path))
    for entry in catalogue:
        if entry.msgid_plural:
            entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, translations[entry.msgid])
        else:
            entry.msgstr = translations[entry.msgid]
    catalogue.save(str(path))


def test_every_sort_of_string_is_found(package):
    found = collect(package)

    assert {key: message.plural for key, message in found.items()} == {
        Key(None, "Good morning"): "",
        Key("request", "Open"): "",
        Key("door", "Open"): "",
        Key(None, "%(n)s lot"): "%(n)s lots",
        Key("paper", "sheet"): "sheets",
        Key(None, "Lot's end"): "",
        Key("paper", "%(n)s sheet"): "%(n)s sheets of 50 %%",
        Key(None, "Lot"): "",
        Key(None, "None"): "",
    }


def test_a_string_names_its_files_and_its_notes_once(package):
    found = collect(package)

    assert found[Key(None, "Good morning")].files == {"desk/templates/desk/mail.txt", "desk/views.py"}
    assert found[Key(None, "Good morning")].notes == ["Translators: A greeting."]
    assert found[Key("door", "Open")].notes == ["Translators: On the door."]


def test_one_string_with_two_plurals_is_refused(package):
    (package / "desk" / "forms.py").write_text('ngettext("%(n)s lot", "%(n)s heaps", n)')

    with pytest.raises(SystemExit, match="two plurals"):
        collect(package)


def test_what_is_left_of_a_page_does_not_confuse_the_reading():
    page = "  }}) ' \"\"\" \\\n{% translate 'First' %}\n\t)]\n {% translate 'Second' %}"

    found = [key.text for key, _, _ in strings_of(f"(\n{templatize(page)}\n)", KEYWORDS)]

    assert found == ["First", "Second"]


def test_a_catalogue_has_room_for_every_plural_form(package):
    french, arabic = (merge([], collect(package), language) for language in ("fr", "ar"))

    assert french.find("%(n)s lot").msgstr_plural == {0: "", 1: ""}
    assert arabic.find("%(n)s lot").msgstr_plural == dict.fromkeys(range(6), "")


def test_a_second_run_changes_nothing(package):
    main([], package)
    before = catalogue_path("fr", package).read_bytes()

    main([], package)

    assert catalogue_path("fr", package).read_bytes() == before
    assert b"views.py\n" in before
    assert b"views.py:" not in before


def test_translations_are_kept_and_strings_that_went_are_dropped(package):
    main([], package)
    words = {key.text: f"«{key.text}»" for key in collect(package)}
    translate(package, "fr", words)
    (package / "desk" / "templates" / "desk" / "page.html").write_text("{% translate 'New' %}")

    main([], package)

    kept = {entry.msgid: entry.msgstr for entry in polib.pofile(str(catalogue_path("fr", package)))}
    assert kept == {
        "Good morning": "«Good morning»",
        "%(n)s lot": "",
        "sheet": "",
        "Open": "«Open»",
        "New": "",
    }


def test_a_guess_is_not_a_translation(package):
    main([], package)
    catalogue = polib.pofile(str(catalogue_path("fr", package)))
    guessed = catalogue.find("Good morning")
    guessed.msgstr, guessed.flags = "Bonsoir", ["fuzzy"]

    assert merge(catalogue, collect(package), "fr").find("Good morning").msgstr == ""


def test_checking_fails_while_a_string_lacks_and_passes_when_all_is_there(package, capsys):
    assert main(["--check"], package) == 1
    assert not catalogue_path("fr", package).exists()

    main([], package)
    assert main(["--check"], package) == 1
    words = {key.text: f"«{key.text}»" for key in collect(package)}
    for language in ("fr", "ar"):
        translate(package, language, words)
    main([], package)

    assert main(["--check"], package) == 0
    (package / "desk" / "forms.py").write_text('_("One more")')
    assert main(["--check"], package) == 1
    assert "fr: 10 strings, stale, 1 to translate" in capsys.readouterr().out.splitlines()
