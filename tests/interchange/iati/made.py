"""Files of IATI activities, made for a test."""

from datetime import date
from io import BytesIO
from pathlib import Path

from taawun.interchange.iati.reading import check, read

TODAY = date(2026, 6, 1)
EXAMPLES = Path(__file__).resolve().parents[4] / "shared" / "standards" / "iati" / "examples"


def an_activity(
    identifier="XM-DAC-1-A", more="", attributes='xml:lang="en" default-currency="EUR"', before=""
):
    """A valid activity: `before` stands where contact-info may, `more` where sectors, amounts and results may."""
    return f"""<iati-activity {attributes}>
  <iati-identifier>{identifier}</iati-identifier>
  <reporting-org ref="XM-DAC-1" type="10"><narrative>Agency of Cooperation</narrative></reporting-org>
  <title><narrative>Water for towns</narrative></title>
  <description><narrative>Wells and pipes.</narrative></description>
  <participating-org role="4" type="10" ref="MA-MW"><narrative>Ministry of Water</narrative></participating-org>
  <activity-status code="2"/>
  <activity-date type="2" iso-date="2024-01-15"/>
  {before}{more}
</iati-activity>
"""


def a_file(*activities, version="2.03", declared="UTF-8", root=""):
    """The text of a file."""
    return (
        f'<?xml version="1.0" encoding="{declared}"?>\n'
        f'<iati-activities version="{version}"{root}>\n' + "".join(activities) + "</iati-activities>\n"
    )


def reads(text, today=TODAY):
    """Everything that is read of a file."""
    return list(read(BytesIO(text if isinstance(text, bytes) else text.encode()), today=today))


def the_activity(*activities, **how):
    """The one activity of a file, nothing of which was fatal."""
    (only,) = reads(a_file(*activities, **how))
    assert only.activity is not None, only.findings
    return only.activity


def found(text):
    """(slug, line) of whatever is found in a file."""
    return [(one.slug, one.line) for read_ in reads(text) for one in read_.findings]


def refused(text):
    """(slug, line) of what a file is refused for; the same in both ways of reading."""
    fatal = check(BytesIO(text if isinstance(text, bytes) else text.encode()), today=TODAY)
    assert fatal == [one for read_ in reads(text) for one in read_.findings if one.fatal][:1000]
    return [(one.slug, one.line) for one in fatal]
