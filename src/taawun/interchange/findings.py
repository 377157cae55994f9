"""What can be found in a file of IATI activities, each as a sentence in the reader's language."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from taawun.interchange.iati.records import Finding

# The file as a whole: it is refused.
OF_FILES: dict[str, Any] = {
    "empty": _("The file is empty."),
    "not-xml": _("This is no XML file."),
    "web-page": _(
        "This is a web page, not an IATI file: perhaps the address answered with a message. Download it anew."
    ),
    "document-type": _(
        "The file defines a document type of its own (DOCTYPE). Such files are refused: "
        "they can hide what they say."
    ),
    "encoding-unknown": _("The file is written in “%(encoding)s”, which is not read here. Save it as UTF-8."),
    "encoding-false": _("The file says that it is written in %(encoding)s, and from this line on it is not."),
    "nul": _("The file is damaged: an empty sign (NUL) stands in it."),
    "cut-short": _("The file ends too early: it was cut short on its way. Download it anew."),
    "not-well-formed": _("From this line on the file is no well-formed XML: %(detail)s."),
    "too-large": _("One part of the file is larger or more deeply nested than any activity can be."),
    "not-iati": _("This is XML, but no IATI file: its first element is “%(element)s”."),
    "organisation-file": _(
        "This is an organisation file (budgets and documents of a publisher). Activity files are read here."
    ),
    "no-activity": _("The file holds no activity."),
    "version-missing": _("The file does not say which version of the IATI standard it follows."),
    "version-unknown": _(
        "The file says that it follows version “%(version)s” of the IATI standard, which is not read here."
    ),
}
# Against the schema of the standard: the file is refused.
OF_THE_SCHEMA: dict[str, Any] = {
    "xsd-not-expected": _("“%(element)s” may not stand here. The standard expects here: %(expected)s."),
    "xsd-not-allowed": _("“%(element)s” may not stand here."),
    "xsd-child-missing": _("“%(element)s” is not complete. Missing: %(expected)s."),
    "xsd-value": _("“%(value)s” in “%(element)s” is not of the kind that the standard asks for (%(type)s)."),
    "xsd-attribute-value": _(
        "“%(value)s” in the attribute “%(attribute)s” of “%(element)s” is not of the kind that the standard asks for "
        "(%(type)s)."
    ),
    "xsd-attribute-missing": _("The attribute “%(attribute)s” of “%(element)s” is missing."),
    "xsd-attribute-not-allowed": _("“%(element)s” may not have the attribute “%(attribute)s”."),
    "xsd-text": _("Between the parts of “%(element)s” stands text, which belongs inside them."),
    "xsd-not-empty": _("“%(element)s” may not hold what stands in it."),
    "xsd": _("“%(element)s” does not keep to the standard: %(detail)s"),
}
# One activity: the file is refused.
OF_IDENTIFIERS: dict[str, Any] = {
    "identifier-missing": _("The activity has no identifier."),
    "identifier-twice": _("Another activity of this file has the same identifier, on line %(first)s."),
}
# Said beside: the activity is read.
NOTICES: dict[str, Any] = {
    "version-earlier": _(
        "The file follows version %(version)s of the IATI standard. It was checked against version 2.03, which "
        "allows the same and more."
    ),
    "version-first": _(
        "The file follows version %(version)s of the IATI standard, which is no longer in use. It was read as far "
        "as it can be understood; what was not is told."
    ),
    "first-missing": _("The activity has no “%(name)s”."),
    "first-element-unknown": _("“%(element)s” is not known to the standard. It was left out."),
    "first-code-unknown": _(
        "“%(value)s” in the attribute “%(attribute)s” of “%(element)s” is no code that is known. It was kept as it is "
        "written."
    ),
    "first-text-unknown": _(
        "“%(element)s” has no code, and “%(value)s” is no name that is known. It was left empty."
    ),
    "identifier-spaced": _("Spaces stand before or after the identifier. They were left out."),
    "day-not-understood": _("“%(value)s” in “%(element)s” is no day of the calendar. It was left empty."),
    "day-to-come": _("“%(element)s” says that something happened on %(day)s, a day still to come."),
    "number-not-understood": _("“%(value)s” in “%(element)s” is no number. It was left out."),
    "value-not-a-number": _(
        "The indicator is measured in numbers, and “%(value)s” in “%(element)s” is none. It was kept as it is written."
    ),
    "point-not-understood": _("“%(value)s” is no point on the map. The place was kept without one."),
    "currency-missing": _("An amount names no currency, and the activity has none that holds for all."),
    "places-without-percentage": _(
        "Several countries or regions are named, and not each has its percentage."
    ),
    "places-not-whole": _("The percentages of countries and regions make %(total)s in all, not 100."),
    "sectors-without-percentage": _(
        "Several sectors of vocabulary %(vocabulary)s are named, and not each has its percentage."
    ),
    "sectors-not-whole": _(
        "The percentages of sectors of vocabulary %(vocabulary)s make %(total)s in all, not 100."
    ),
}
# Why no share could be worked out from the transactions (iati/derive.py).
REASONS: dict[str, Any] = {
    "not-stated": _("Neither the activity nor any of its transactions says so."),
    "no-basis": _("Transactions say so, but none of them is a commitment or a disbursement."),
    "not-every": _("Some transactions say so and others do not: what these were for is not known."),
    "several-codes": _("One transaction names several, and not how it is divided."),
    "several-currencies": _("The transactions are in several currencies, which are not added up."),
    "no-currency": _("The transactions name no currency."),
    "not-positive": _("The transactions add up to nothing, or to less."),
}
SENTENCES = OF_FILES | OF_THE_SCHEMA | OF_IDENTIFIERS | NOTICES


def sentence(finding: Finding) -> str:
    """What was found, as a sentence in the reader's language. The line and the identifier are told beside it."""
    return str(SENTENCES[finding.slug]) % _Values(finding.values)


def reason(slug: str) -> str:
    """Why countries, regions or sectors could not be worked out, as a sentence in the reader's language."""
    return str(REASONS[slug])


class _Values(dict[str, Any]):
    """The values of a finding; one that it does not give is shown as an ellipsis."""

    def __missing__(self, _name: str) -> str:
        return "…"
