"""Published activities on the command line: files are checked, or taken in; one activity is taken over.

    python -m taawun iati validate FILE…
    python -m taawun iati import FILE… [--feed REFERENCE] [--dry-run] [--as ADDRESS]
    python -m taawun iati take-over IDENTIFIER --as ADDRESS --partner NAME --modality CODE [--dry-run] …

Ends with 0 when every file was sound (or taken in, or the activity taken over), 1 when one was refused, 2 when the
command was not understood, a file cannot be read, or something it names is not here.
Sentences are in the language of LANG, or of --language; how far it is goes to standard error.
"""

import argparse
import os
from contextlib import ExitStack

import django

from taawun.config import manage

LANGUAGES = ("en", "fr", "ar")
TERMS = {
    "address": "where the publisher’s files are from",
    "licence": "under which licence they are",
    "attribution": "how the publisher wants to be named",
}
# What the form of the page asks for, too. What is left out is what the file itself says, if it does.
TAKING = (
    ("provider", "NAME", "your agency; needed where you sit at the desks of several"),
    ("partner", "NAME", "the partner organisation, by its short name or its whole name in the directory"),
    ("supplier", "NAME", "the supplying or host institution; your agency itself where left out"),
    ("title", "TEXT", "its title"),
    ("texts", "LANGUAGE", "the language its texts are taken in"),
    ("modality", "CODE", "the form of cooperation: technical-cooperation-project"),
    ("sector", "CODE", "the sector: 14030"),
    ("site", "TEXT", "its site"),
    ("begins", "DAY", "the day it begins, as 2026-04-01"),
    ("ends", "DAY", "the day it ends"),
    ("state", "STATE", "the state it is in: in_implementation"),
    ("state-on", "DAY", "in this state since"),
)


def main(arguments: list[str]) -> int:
    """Do what the command line asks; returns the exit code."""
    options = _parser().parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taawun.config.settings")
    os.environ.setdefault("TAAWUN_DEMO", "1")
    with ExitStack() as stack:
        if options.command != "validate" and "DATABASE_URL" not in os.environ:
            os.environ["DATABASE_URL"] = manage.database(stack)
        django.setup()
        from taawun.config import iati_files, iati_taking  # noqa: PLC0415 (models need the settings)

        return iati_taking.run(options) if options.command == "take-over" else iati_files.run(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m taawun iati", description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    validate = commands.add_parser("validate", help="say everything for which a file would be refused")
    take = commands.add_parser("import", help="take files in, each as one")
    over = commands.add_parser(
        "take-over", help="make an operation of a published activity, as its page does"
    )
    for command in (validate, take):
        command.add_argument("files", nargs="+", metavar="FILE")
    for command in (validate, take, over):
        command.add_argument("--json", action="store_true", help="tell it for programs, on standard output")
        command.add_argument("--language", choices=LANGUAGES, default=language_of(os.environ))
    take.add_argument("--feed", default="", metavar="REFERENCE", help="the publisher’s identifier")
    for name, what in TERMS.items():
        take.add_argument(f"--{name}", default="", metavar="TEXT", help=what)
    for command, who in ((take, "administrator"), (over, "desk officer")):
        command.add_argument(
            "--dry-run", action="store_true", help="say what would change, and change nothing"
        )
        command.add_argument("--as", dest="actor", default="", metavar="ADDRESS", help=f"the {who} who acts")
    over.add_argument("identifier", metavar="IDENTIFIER", help="of the published activity")
    for name, metavar, what in TAKING:
        over.add_argument(f"--{name}", default=None, metavar=metavar, help=what)
    return parser


def language_of(environment: "os._Environ[str] | dict[str, str]") -> str:
    """The language of the terminal, of those that the program speaks; English else."""
    told = environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG") or ""
    return told[:2] if told[:2] in LANGUAGES else "en"
