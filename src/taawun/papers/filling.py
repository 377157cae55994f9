"""An agency's own Word template: what may stand in it, and filling it. Runs in the printer too: no Django.

A template is somebody's file: it may hold the fields of its paper, one loop over a list of them, and conditions.
Everything else is refused before anything of it runs: a call, a sum, another attribute, another file, a loop in a loop.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from taawun.papers.shapes import TEXT, Shape

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FILLED = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes)\.xml|docProps/core\.xml")
PLACED = re.compile(r"(\{\{|\{%)(?:p|tr|tc|r)(?=\s)")  # the paragraph, row, cell or run a mark stands for
CURLY = str.maketrans("“”‘’", "\"\"''")
FILTERS = ("upper", "lower", "trim", "default")
LOOP = ("index", "first", "last", "length")
MOST_MARKS = 2000
MOST_SOURCE = 2_000_000  # signs of all that is filled
MOST_FILLED = 20_000_000  # and of what it is filled to
PLAIN = (nodes.Const, nodes.TemplateData)


@dataclass(frozen=True)
class Problem:
    """Why a template cannot be used: a code, and the name or the line it is about."""

    code: str
    told: str = ""


@dataclass
class _Reader:
    """Reads what a template asks for, against the fields of its paper."""

    shape: Shape
    problems: list[Problem] = field(default_factory=list)
    rows: dict[str, tuple[str, ...]] = field(default_factory=dict)
    asks: bool = False  # whether a list is there may be asked; it cannot be shown as a text

    def say(self, code: str, told: str = "") -> None:
        if Problem(code, told) not in self.problems:
            self.problems.append(Problem(code, told))

    def block(self, body: list[nodes.Node]) -> None:
        for one in body:
            if isinstance(one, nodes.Output):
                for part in one.nodes:
                    self.text(part)
            elif isinstance(one, nodes.If):
                self.asks = True
                self.text(one.test)
                self.asks = False
                self.block([*one.body, *one.elif_, *one.else_])
            elif isinstance(one, nodes.For):
                self.loop(one)
            else:
                self.say("other", f"{{% {type(one).__name__.lower()} %}}")

    def loop(self, one: nodes.For) -> None:
        named = one.iter.name if isinstance(one.iter, nodes.Name) else ""
        columns = self.shape.get(named)
        if self.rows:
            return self.say("nested")
        if one.test or one.recursive or not isinstance(one.target, nodes.Name):
            return self.say("other", "{% for %}")
        if columns is None:
            return self.say("no-list", named or "…")
        if one.target.name in self.shape or one.target.name == "loop":
            return self.say("taken", one.target.name)
        self.rows = {one.target.name: columns, "loop": LOOP}
        self.block([*one.body, *one.else_])
        self.rows = {}
        return None

    def text(self, one: nodes.Node) -> None:
        """Something that reads as one text, or as yes or no."""
        if isinstance(one, nodes.Name):
            self.name(one.name)
        elif isinstance(one, nodes.Getattr):
            self.column(one)
        elif isinstance(one, nodes.Filter) and one.name in FILTERS and one.node is not None:
            plain = all(isinstance(given, nodes.Const) for given in one.args)
            if not plain or one.kwargs or one.dyn_args or one.dyn_kwargs:
                self.say("other", f"|{one.name}(…)")
            self.text(one.node)
        elif isinstance(one, nodes.Compare):
            for part in (one.expr, *(other.expr for other in one.ops)):
                self.text(part)
        elif isinstance(one, nodes.And | nodes.Or):
            self.text(one.left)
            self.text(one.right)
        elif isinstance(one, nodes.Not):
            self.text(one.node)
        elif not isinstance(one, PLAIN):
            told = f"|{one.name}" if isinstance(one, nodes.Filter) else type(one).__name__.lower()
            self.say("other", told)

    def name(self, name: str) -> None:
        if name in self.rows:
            self.say("row", name)
        elif name not in self.shape:
            self.say("unknown", name)
        elif self.shape[name] is not TEXT and not self.asks:
            self.say("list", name)

    def column(self, one: nodes.Getattr) -> None:
        if not isinstance(one.node, nodes.Name):
            return self.say("unknown", f"….{one.attr}")
        told = f"{one.node.name}.{one.attr}"
        if one.attr not in self.rows.get(one.node.name, ()):
            self.say("unknown", told)
        return None


class _Sandbox(ImmutableSandboxedEnvironment):
    """Plain data alone: rows are looked into by their names, nothing else has any."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, dict) and not attribute.startswith("_"):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        if attribute in LOOP and type(obj).__name__ == "LoopContext":
            return getattr(obj, attribute)
        raise SecurityError(attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        raise SecurityError(str(argument))

    def is_safe_callable(self, obj: Any) -> bool:
        return False


def sandbox() -> ImmutableSandboxedEnvironment:
    """Where templates are read and filled: no globals, no tests, four filters, marks of Word escaped."""
    made = _Sandbox(autoescape=True, undefined=StrictUndefined, cache_size=0)
    made.globals.clear()
    made.tests.clear()
    made.filters = {name: made.filters[name] for name in FILTERS}
    return made


def problems_of(source: str, shape: Shape) -> list[Problem]:
    """What keeps a text with marks from being filled with these fields; nothing of it is run."""
    if len(source) > MOST_SOURCE or source.count("{%") + source.count("{{") > MOST_MARKS:
        return [Problem("long")]
    reader = _Reader(shape)
    try:
        reader.block(sandbox().parse(source).body)
    except TemplateSyntaxError as error:
        return [Problem("syntax", (error.message or "")[:200])]
    except (RecursionError, ValueError, OverflowError, MemoryError):
        return [Problem("long")]
    return reader.problems


def template_problems(data: bytes, shape: Shape) -> list[Problem]:
    """The same of a whole Word file, checked already as one: its body, heads and feet, footnotes and properties."""
    with ZipFile(BytesIO(data)) as archive:
        parts = [archive.read(name) for name in archive.namelist() if FILLED.fullmatch(name)]
    found: list[Problem] = []
    for part in parts:
        found += [one for one in problems_of(text_of(part), shape) if one not in found]
    return found


def text_of(part: bytes) -> str:
    """A part as somebody reads it: marks that Word cut over several runs are whole again."""
    lines = ["".join(texts) for texts in _lines(part)]
    return PLACED.sub(r"\1", "\n".join(lines).translate(CURLY))


def _lines(part: bytes) -> Iterator[list[str]]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    line: list[str] = []
    for element in etree.fromstring(part, parser).iter():
        if element.tag == f"{WORD}p":
            yield line
            line = []
        elif element.tag == f"{WORD}t" or not str(element.tag).startswith(WORD):
            line.append(element.text or "")
    yield line


def fill(data: bytes, fields: dict[str, Any], shape: Shape) -> bytes:
    """The template with the fields of a document. Raises for whatever keeps it from being filled."""
    from docxtpl import DocxTemplate  # noqa: PLC0415 (heavy, and wanted in the printer alone)

    class Bounded(DocxTemplate):  # type: ignore[misc]
        """Checks the very text that is going to be filled, and what it came to."""

        def render_xml_part(self, src_xml: str, part: Any, context: Any, jinja_env: Any = None) -> str:
            if problems := problems_of(src_xml, shape):
                raise SecurityError(f"{problems[0].code} {problems[0].told}")
            made: str = super().render_xml_part(src_xml, part, context, jinja_env)
            if len(made) > MOST_FILLED:
                raise MemoryError
            return made

    if problems := template_problems(data, shape):
        raise SecurityError(f"{problems[0].code} {problems[0].told}")
    template = Bounded(BytesIO(data))
    template.render(_plain(fields, shape), sandbox(), autoescape=True)
    out = BytesIO()
    template.save(out)
    return out.getvalue()


def _plain(fields: dict[str, Any], shape: Shape) -> dict[str, Any]:
    """Exactly the fields of the paper, as text and rows of text."""
    found: dict[str, Any] = {}
    for name, columns in shape.items():
        value = fields.get(name)
        if columns is TEXT:
            found[name] = str(value or "")
        else:
            found[name] = [{key: str(row.get(key) or "") for key in columns} for row in value or []]
    return found
