"""Whether an activity keeps to the standard's own schema (XSD 2.03), and what exactly does not."""

import re
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from lxml import etree

from taawun.interchange.iati.records import Finding
from taawun.interchange.iati.stream import MOST, Element, Found

SCHEMA = Path(__file__).parent / "schemas" / "iati-activities-schema.xsd"
LONGEST = 80  # signs of a wrong value that are told

_WHERE = re.compile(r"^Element '([^']*)'(?:, attribute '([^']*)')?: (.*)$", re.DOTALL)
_EXPECTED = re.compile(r"Expected is (?:one of )?\( (.*) \)\.")
_VALUE = re.compile(
    r"^'(.*)' is not a valid value of the (?:atomic|list|union) type '(?:xs:)?(.*)'\.$", re.DOTALL
)
_MISSING = re.compile(r"The attribute '([^']*)' is required but missing")
_SLUGS = {
    "SCHEMAV_ELEMENT_CONTENT": "xsd-not-expected",
    "SCHEMAV_CVC_DATATYPE_VALID_1_2_1": "xsd-value",
    "SCHEMAV_CVC_COMPLEX_TYPE_4": "xsd-attribute-missing",
    "SCHEMAV_CVC_COMPLEX_TYPE_3_2_1": "xsd-attribute-not-allowed",
    "SCHEMAV_CVC_COMPLEX_TYPE_3_2_2": "xsd-attribute-not-allowed",
    "SCHEMAV_CVC_COMPLEX_TYPE_2_3": "xsd-text",
    "SCHEMAV_CVC_COMPLEX_TYPE_2_1": "xsd-not-empty",
    "SCHEMAV_CVC_COMPLEX_TYPE_2_2": "xsd-not-empty",
    "SCHEMAV_CVC_TYPE_3_1_2": "xsd-not-empty",
}
# The least a file of one activity may say: to judge the attributes of a file's first element by the schema itself.
_LEAST = (
    "<iati-activity><iati-identifier>-</iati-identifier><reporting-org ref='-' type='-'><narrative/></reporting-org>"
    "<title><narrative/></title><description><narrative/></description><participating-org role='-'/>"
    "<activity-status code='-'/><activity-date type='-' iso-date='2000-01-01'/></iati-activity>"
)


@cache
def schema() -> Any:
    """The compiled schema: made once for each process."""
    return etree.XMLSchema(etree.parse(SCHEMA))


def faults_of(found: Found, identifier: str) -> list[Finding]:
    """Everything in which one activity breaks the schema. Of contact persons the place is told, never the value."""
    if _keeps_to_it(found.element):
        return []
    log = list(islice(schema().error_log, MOST))
    if not log:
        return [Finding("xsd", found.line, identifier, {"element": "iati-activity"}, fatal=True)]
    errors = [(error, _element_at(found.element, error.path)) for error in log]
    return [
        _finding(error, found.line_of(at), identifier, told=not _is_of_a_person(at)) for error, at in errors
    ]


def faults_of_root(root: Element) -> list[Finding]:
    """In what the file's own first element breaks the schema: its attributes. A missing version is told elsewhere."""
    alike = etree.Element(root.tag, root.attrib)
    alike.append(etree.fromstring(_LEAST))
    if _keeps_to_it(alike):
        return []
    found = [_finding(error, root.sourceline or 1, "", told=True) for error in schema().error_log]
    return [one for one in found if one.values.get("attribute") != "version"]


def _keeps_to_it(element: Element) -> bool:
    try:
        return bool(schema().validate(element))
    except etree.XMLSchemaValidateError:  # the validator itself gave up: no verdict is no "valid"
        return False


def _element_at(activity: Element, path: str | None) -> Element:
    inside = (path or "").removeprefix("/iati-activity")
    names = {prefix: uri for prefix, uri in activity.nsmap.items() if prefix}
    try:
        here = activity.xpath("." + inside, namespaces=names)
    except etree.XPathError:  # a prefix that is bound further inside
        return activity
    return next((one for one in here if hasattr(one, "tag")), activity)


def _is_of_a_person(element: Element) -> bool:
    return element.tag == "contact-info" or any(True for _ in element.iterancestors("contact-info"))


def _finding(error: Any, line: int, identifier: str, *, told: bool) -> Finding:
    where = _WHERE.match(error.message)
    element, attribute, words = where.groups() if where else ("", None, error.message)
    values = {"element": element, "attribute": attribute or ""} | _values(words, told=told)
    slug = _slug(_SLUGS.get(error.type_name, "xsd"), values, words)
    if slug == "xsd":
        values["detail"] = words[:LONGEST] if told else "…"
    return Finding(slug, line, identifier, values, fatal=True)


def _slug(slug: str, values: dict[str, str], words: str) -> str:
    """The same fault has sentences of its own where it is one of an attribute, or where something else is expected."""
    if slug == "xsd-value":
        return "xsd-attribute-value" if values["attribute"] else slug
    if slug == "xsd-not-expected" and words.startswith("Missing"):
        return "xsd-child-missing"
    if slug == "xsd-not-expected" and not values.get("expected"):
        return "xsd-not-allowed"
    return slug


def _values(words: str, *, told: bool) -> dict[str, str]:
    values = {}
    if expected := _EXPECTED.search(words):
        values["expected"] = expected[1].replace("##other*", "").strip(" ,")
    if missing := _MISSING.search(words):
        values["attribute"] = missing[1]
    if value := _VALUE.match(words):
        values |= {"value": value[1][:LONGEST] if told else "…", "type": value[2]}
    return values
