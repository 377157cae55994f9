"""The kinds of document that are made, by the field's names."""

from django.utils.translation import gettext_lazy, pgettext_lazy

from taawun.ui import words

KINDS = {
    "request-form": gettext_lazy("Request for technical cooperation"),
    "covering-letter": gettext_lazy("Covering letter"),
    "note-verbale": pgettext_lazy("instrument", "Note verbale"),
    "record-of-discussions": pgettext_lazy("instrument", "Record of Discussions"),
    "amendment": pgettext_lazy("instrument", "Amendment to the Record of Discussions"),
    "minutes": pgettext_lazy("instrument", "Minutes of meeting"),
    "design": gettext_lazy("Project design matrix and plan of operation"),
    "ex-ante": gettext_lazy("Ex-ante evaluation table"),
    "monitoring-sheet": gettext_lazy("Monitoring sheet"),
    "completion-report": gettext_lazy("Project completion report"),
    "ex-post-summary": gettext_lazy("Ex-post evaluation"),
    "mission-letter": gettext_lazy("Mission letter"),
}


def named(kind: str) -> str:
    """The kind of a document in the reader's language."""
    return str(KINDS.get(kind, words.NOTHING))
