"""`python -m taawun COMMAND`: how every process of the program starts."""

import sys
from importlib import import_module

# A command loads its own module alone: the supervisor stays small, and a start is quick.
COMMANDS = {
    "demo": ("taawun.config.demo", "the whole program with its demonstration world, on this machine"),
    "prepare": ("taawun.config.prepare", "bring translations, static files and the database up to date"),
    "worker": ("taawun.config.worker", "the process that does the queued jobs"),
    "iati": ("taawun.config.iati", "check files of published activities, take them in, or take one over"),
    "search": ("taawun.config.search", "write the index of the search anew, or tell how far it is"),
    "manage": ("taawun.config.manage", "a command of Django, on the database of this checkout"),
}


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] not in COMMANDS:
        print("python -m taawun COMMAND\n")
        for name, (_, what) in COMMANDS.items():
            print(f"  {name:9} {what}")
        return 0 if arguments[:1] in ([], ["--help"], ["-h"]) else 2
    return import_module(COMMANDS[arguments[0]][0]).main(arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
