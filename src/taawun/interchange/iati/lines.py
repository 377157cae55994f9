"""On which line of the file an element begins.

libxml2 counts lines up to 65,535 and guesses after that, and gives the end of a tag that spans several lines. So when
something is to be told of an activity, its own bytes are gone through once more, by a parser that counts rightly.
"""

from collections.abc import Iterable
from xml.parsers import expat


def lines_of(raw: Iterable[bytes], first: int) -> list[int]:
    """The line of each element of one activity in document order.

    `raw`: the file from where the activity begins, and some bytes beyond its end; `first`: the line it begins on.
    """
    found: list[int] = []
    parser = expat.ParserCreate("utf-8")

    def begun(_name: str, _attributes: dict[str, str]) -> None:
        found.append(first + parser.CurrentLineNumber - 1)

    parser.StartElementHandler = begun
    try:
        for piece in raw:
            parser.Parse(piece)
    except expat.ExpatError:
        pass  # the bytes beyond its end
    return found
