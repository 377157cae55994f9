"""Files of published activities on the command line: checked, or taken in.

    python -m taawun iati validate FILE…
    python -m taawun iati import FILE… [--feed REFERENCE] [--dry-run] [--as ADDRESS]

Ends with 0 when every file was sound (or taken in), 1 when one was refused, 2 when the command was not understood or
a file cannot be read. Sentences are in the language of LANG, or of --language; how far it is goes to standard error.
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


def main(arguments: list[str]) -> int:
    """Do what the command line asks; returns the exit code."""
    options = _parser().parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taawun.config.settings")
    os.environ.setdefault("TAAWUN_DEMO", "1")
    with ExitStack() as stack:
        if options.command == "import" and "DATABASE_URL" not in os.environ:
            os.environ["DATABASE_URL"] = manage.database(stack)
        django.setup()
        from taawun.config import iati_files  # noqa: PLC0415 (models need the settings)

        return iati_files.run(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m taawun iati", description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    validate = commands.add_parser("validate", help="say everything for which a file would be refused")
    take = commands.add_parser("import", help="take files in, each as one")
    for command in (validate, take):
        command.add_argument("files", nargs="+", metavar="FILE")
        command.add_argument("--json", action="store_true", help="tell it for programs, on standard output")
        command.add_argument("--language", choices=LANGUAGES, default=language_of(os.environ))
    take.add_argument("--feed", default="", metavar="REFERENCE", help="the publisher’s identifier")
    for name, what in TERMS.items():
        take.add_argument(f"--{name}", default="", metavar="TEXT", help=what)
    take.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
    take.add_argument("--as", dest="actor", default="", metavar="ADDRESS", help="the administrator who acts")
    return parser


def language_of(environment: "os._Environ[str] | dict[str, str]") -> str:
    """The language of the terminal, of those that the program speaks; English else."""
    told = environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG") or ""
    return told[:2] if told[:2] in LANGUAGES else "en"
