"""Files of published activities on the command line: what is said, in which language, and with which exit code."""

import json
import re
from datetime import date

import pytest
from tests.interchange.made import example, xml_activity, xml_file

from taawun import __main__ as program
from taawun.config import iati
from taawun.cycle.models import Operation
from taawun.interchange.models import Load, PublishedActivity
from taawun.monitoring.models import IndicatorValue


@pytest.fixture
def run(world, capsys, monkeypatch, tmp_path):
    """Run the command on the test's database; gives its exit code, what it printed and what it told meanwhile."""
    monkeypatch.setenv("DATABASE_URL", "postgresql:///the-test-has-its-own")
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        try:
            code = program.main(["iati", *map(str, arguments)])
        except SystemExit as ended:
            code = ended.code
        return code, *capsys.readouterr()

    return run


def test_a_file_is_taken_in_and_a_newer_one_says_what_differs(run, tmp_path):
    first, newer = xml_file(tmp_path / "first.xml", 1, 2), tmp_path / "newer.xml"
    xml_file(newer, 1, xml_activity(2, title="Water for all", spent="2000.50"), 3)

    assert run("import", first) == (0, "first.xml: 2 new\n  Taken in.\n", "")
    code, out, _err = run("import", newer)

    assert (code, out.splitlines()[:4]) == (
        0,
        [
            "newer.xml: 1 new, 1 changed, 1 as it is held",
            "  Taken in.",
            "  XM-DAC-999-2",
            "    Title (en): Water for all (before: Safe water 2)",
        ],
    )
    assert out.splitlines()[4].endswith(", USD: 2,000.5 (before: 1,000.5)")
    assert PublishedActivity.objects.count() == 3


def test_the_same_file_again_says_so(run, tmp_path):
    path = xml_file(tmp_path / "file.xml", 1)
    run("import", path)

    code, out, _err = run("import", path)

    assert (code, Load.objects.count()) == (0, 1)
    assert re.fullmatch(
        r"file\.xml: 1 as it is held\n  The very same file was taken in on .+: nothing was changed\.\n", out
    )


def test_a_trial_changes_nothing(run, tmp_path):
    code, out, _err = run("import", "--dry-run", xml_file(tmp_path / "file.xml", 1))

    assert (code, out) == (0, "file.xml: 1 new\n  This was a trial: nothing was changed.\n")
    assert not Load.objects.exists()


def test_a_file_with_an_error_is_refused_with_its_line_and_the_others_are_taken_in(run, tmp_path):
    sound = xml_file(tmp_path / "sound.xml", 1)
    broken = xml_file(tmp_path / "broken.xml", 2)
    broken.write_text(broken.read_text().replace('<activity-status code="2"/>', "<activity-status/>"))

    code, out, _err = run("import", broken, sound)

    assert code == 1
    assert out.splitlines() == [
        "broken.xml: refused, with 1 error",
        "broken.xml:9: XM-DAC-999-2: The attribute “code” of “activity-status” is missing.",
        "sound.xml: 1 new",
        "  Taken in.",
    ]
    assert [one.identifier for one in PublishedActivity.objects.all()] == ["XM-DAC-999-1"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("jsval__iati-act-no-errors.xml", 0),
        ("okfn__usaid-bb.xml", 0),
        ("jsval__iati-act-schema-errors.xml", 1),
        ("jsval__xml-but-not-iati.xml", 1),
        ("iati-extra-documentation__organisation-standard-example-annotated.xml", 1),
    ],
)
def test_real_files_are_checked(run, name, code):
    assert run("validate", example(name))[0] == code
    assert not Load.objects.exists()


def test_what_cannot_be_read_or_understood_ends_with_two(run, tmp_path):
    code, out, _err = run("import", tmp_path / "nothing.xml")

    assert (code, out) == (2, "nothing.xml: No such file or directory\n")
    assert run("import")[0] == 2
    assert run("import", "--as", "nobody@example.org", tmp_path / "nothing.xml")[0] == 2


def test_only_an_administrator_is_named_as_the_one_who_acts(run, tmp_path):
    path = xml_file(tmp_path / "file.xml", 1)

    assert run("import", "--as", "desk@example.org", path)[0] == 1
    assert run("import", "--as", "jica-admin@example.org", path)[0] == 0
    assert Load.objects.get().made_by.email == "jica-admin@example.org"


def test_programs_are_told_in_json(run, tmp_path):
    code, out, _err = run("import", "--json", "--feed", "XM-DAC-7", xml_file(tmp_path / "file.xml", 1))

    (told,) = json.loads(out)
    assert (code, told["outcome"], told["feed"], told["counts"]) == (0, "taken-in", "XM-DAC-7", {"added": 1})


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "ar_MA"}, "ar"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_language_is_the_terminals(environment, language):
    assert iati.language_of(environment) == language


def test_it_speaks_french(run, tmp_path):
    _code, out, _err = run("import", "--language", "fr", xml_file(tmp_path / "file.xml", 1))

    assert out == "file.xml\N{NO-BREAK SPACE}: 1 nouvelle\n  Importé.\n"


# ── Taking over ──

TAKING = ("take-over", "XM-DAC-999-1", "--as", "desk@example.org", "--partner", "mm-post")
AS = ("--modality", "technical-cooperation-project", "--state-on", "2024-01-08")

TRIAL = """\
XM-DAC-999-1
  Your agency: Japan International Cooperation Agency (JICA)
  Partner organisation: Myanmar Post
  Supplying or host institution: –
  Title: Safe water 1
  Language of the texts: English
  Form of cooperation (one only): Technical cooperation project
  Sector: Basic drinking water supply and basic sanitation
  Site: –
  Begins: 1 Jan 2024
  Ends: 31 Dec 2026
  State it is in: In implementation
  In this state since: 8 Jan 2024
  The design it comes with
    Output 1: Wells dug
      Wells: Baseline: 0; Target: 10 (31 Dec 2024); Values: 7 (1 May 2024)
  What the file does not say
    Overall goal
    Project purpose
    Activities and their plan
    Assumptions and preconditions
    Inputs of each party (its amounts stay in the publication)
    Risks
    Who signed, and when
    The decision it rests on
  This was a trial: nothing was changed.
"""


@pytest.fixture
def held(run, tmp_path):
    run("import", xml_file(tmp_path / "file.xml", 1))


def test_a_published_activity_is_taken_over_as_its_page_does_it(run, held):
    code, out, _err = run(*TAKING, *AS, "--supplier", "Ministry in charge of posts, Japan (example)")

    made = Operation.objects.get()
    assert (code, out.splitlines()[-1]) == (0, f"  Taken over as {made.code}.")
    assert (made.title, made.state) == ("Safe water 1", "in_implementation")
    assert made.taken_over_from == "XM-DAC-999-1, as published by Agency of the North"
    parties = made.parties.filter(organisation__slug__in=["mm-post", "jp-comms"]).order_by("pk")
    assert list(parties.values_list("organisation__slug", "part")) == [
        ("mm-post", "implementing"),
        ("jp-comms", "supplier"),
    ]
    [value] = IndicatorValue.objects.filter(operation=made)
    assert (value.value, value.as_of) == (7, date(2024, 5, 1))


def test_a_trial_says_what_would_be_entered_and_what_the_file_does_not_say(run, held):
    code, out, _err = run(*TAKING, *AS, "--dry-run")

    assert code == 0
    assert not Operation.objects.exists()
    assert out == TRIAL

    told = json.loads(run(*TAKING, *AS, "--dry-run", "--json")[1])
    assert (told["outcome"], told["operation"], told["entered"][3]) == (
        "trial",
        None,
        ["Title", "Safe water 1"],
    )
    assert [aim["target"] for one in told["objectives"] for aim in one["aims"]] == ["10"]
    assert told["not_said"][0] == "Overall goal"


def test_what_nobody_said_is_asked_for_by_the_name_of_its_option(run, held):
    code, out, _err = run(*TAKING)

    assert (code, out.splitlines()) == (
        1,
        [
            "XM-DAC-999-1: Form of cooperation (one only) (--modality): This field is required.",
            "XM-DAC-999-1: In this state since (--state-on): This field is required.",
        ],
    )


@pytest.mark.parametrize(
    ("change", "code", "told"),
    [
        ({1: "XM-DAC-999-2"}, 2, "No published activity “XM-DAC-999-2” is held here."),
        ({3: "nobody@example.org"}, 2, "Nobody signs in with the address “nobody@example.org”."),
        ({3: "jica-admin@example.org"}, 1, "Only a desk officer of the agency may do this."),
        ({5: "nowhere"}, 2, "The directory has no organisation “nowhere”."),
        (
            {5: "jica"},
            1,
            "Partner organisation (--partner): "
            "Select a valid choice. That choice is not one of the available choices.",
        ),
    ],
)
def test_who_or_what_it_names_must_be_here_and_may_do_it(run, held, change, code, told):
    asked = [change.get(place, word) for place, word in enumerate(TAKING)]

    assert run(*asked, *AS) == (code, f"{asked[1]}: {told}\n", "")
    assert not Operation.objects.exists()


def test_twice_is_refused_and_programs_are_told_why(run, held):
    run(*TAKING, *AS)

    code, out, _err = run(*TAKING, *AS, "--json")

    made = Operation.objects.get()
    assert (code, json.loads(out)) == (
        1,
        {
            "identifier": "XM-DAC-999-1",
            "outcome": "failed",
            "why": [
                "Japan International Cooperation Agency (JICA) took this activity over already, "
                f"as {made.code}."
            ],
        },
    )


def test_taking_over_speaks_french(run, held):
    code, out, _err = run(*TAKING, *AS, "--language", "fr", "--dry-run")

    assert (code, out.splitlines()[1]) == (
        0,
        "  Votre agence\N{NO-BREAK SPACE}: Agence japonaise de coopération internationale (JICA)",
    )
    assert "    Résultat 1\N{NO-BREAK SPACE}: Wells dug" in out.splitlines()
