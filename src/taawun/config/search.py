"""`python -m taawun search rebuild`: the index of the search, on the database of this checkout."""

from taawun.config import manage


def main(arguments: list[str]) -> int:
    return manage.main(["search", *arguments])
