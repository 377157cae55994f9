"""Finding rows of a long list by the words of a few columns: accents, case and Arabic spellings forgiven, by an index.

    class Meta:
        indexes = [GinIndex(Words("code", "title"), name="operation_words")]

    rows.filter(said("postal nay pyi", "code", "title"))

Every word typed must begin a word of the columns. The words are made by the database's own `taawun_words` (migration
0003), the same for what is stored and for what is asked. Full texts and other languages are the search room's.
"""

from typing import Any

from django.contrib.postgres.search import SearchQueryField, SearchVectorField
from django.db.models import BooleanField, Expression, F, Func, Value


class Words(Func):
    """The words of some text columns, as the database keeps them for finding."""

    function = "taawun_words"
    output_field = SearchVectorField()


class Asked(Func):
    """What somebody typed, as a question to `Words`."""

    function = "taawun_asked"
    output_field = SearchQueryField()


class _Within(Func):
    template = "%(expressions)s"
    arg_joiner = " @@ "
    output_field = BooleanField()
    conditional = True


def said(typed: str, *columns: str) -> Expression:
    """Whether every word typed begins a word of these columns; nothing but signs finds nothing.

    `columns` must be those of a `Words` index, in its order, or the database reads every row.
    """
    asked: Any = Asked(Value(typed))
    return _Within(Words(*map(F, columns)), asked)
