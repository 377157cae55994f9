"""A command of Django on the database of this checkout: the running demo's, else the stored one, started."""

import json
import os
import sys
from contextlib import ExitStack

from django.core.management import execute_from_command_line

from taawun.config import due
from taawun.foundation import embedded

WITHOUT_DATABASE = {"makemessages", "compilemessages", "collectstatic", "help", "check", "--help", "version"}


def main(arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taawun.config.settings")
    os.environ.setdefault("TAAWUN_DEMO", "1")
    with ExitStack() as stack:
        if "DATABASE_URL" not in os.environ and not WITHOUT_DATABASE.intersection(arguments[:1]):
            os.environ["DATABASE_URL"] = database(stack)
        execute_from_command_line([f"{sys.executable} -m taawun manage", *arguments])
    return 0


def database(stack: ExitStack) -> str:
    """The address of this checkout's database, kept running until the stack ends unless it ran already."""
    var = due.var_folder()
    home = embedded.find_home(var)
    binaries = embedded.find_binaries(embedded.find_account(home / "postgres"))
    os.environ["PATH"] += f"{os.pathsep}{binaries}"  # for dbshell
    try:
        server = stack.enter_context(embedded.Server(home))
    except BlockingIOError:  # the demo runs: its database is open to us
        return str(json.loads((var / "run" / "demo.json").read_text())["database"])
    stack.enter_context(server.running())
    server.make_database()
    return server.url()
