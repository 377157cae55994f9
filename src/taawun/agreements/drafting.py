"""First texts of notes and Records of Discussions, composed from what the case says: nothing is typed twice.

They are drafts for the office to edit. What the case says keeps the language it was written in; the sentences around
it stand in the language asked for.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _, gettext_lazy, pgettext

from taawun.agreements.models import Amendment
from taawun.agreements.queries import record_of_discussions
from taawun.cycle.models import CooperationRequest, Operation, Party
from taawun.planning.queries import Matrix, budget_of, matrix_of
from taawun.reference.names import code_name
from taawun.ui import words

OPENING = gettext_lazy(
    "%(office)s presents its compliments to %(body)s and has the honour to inform it that the request "
    "“%(title)s” (No. %(number)s) of %(requesting)s has been adopted for technical cooperation by %(provider)s."
)
ASKED = gettext_lazy(
    "%(office)s would be grateful for a note in reply by which the Government of %(country)s confirms its "
    "agreement; this note and the reply will together constitute the exchange of notes on this cooperation."
)
CLOSING = gettext_lazy(
    "%(office)s avails itself of this opportunity to renew to %(body)s the assurances of its highest "
    "consideration."
)
UNDERTAKINGS = gettext_lazy(
    "%(party)s takes the measures needed, within its laws and its budget, for the inputs named above to be "
    "there in time, and for the results of the cooperation to be used and kept up after its end."
)
ORGANISATION = gettext_lazy(
    "A project director and a project manager are named. A joint coordinating committee, on which each party "
    "sits, meets at least once a year and when needed; it approves the yearly plan, reviews the progress and "
    "settles what is brought before it."
)
MONITORING = gettext_lazy(
    "The parties monitor the cooperation together by the indicators of the project design matrix (annex I), "
    "confirm its results before its end, and lend each other their support for the evaluation after it."
)
CHANGES = gettext_lazy(
    "A change of the overall goal, the project purpose, the outputs, the period or the ceiling is agreed in "
    "writing by the parties. If the language versions differ, the text in the prevailing language decides."
)


def note_text(coop_request: CooperationRequest, language: str) -> str:
    """The note by which the office tells the partner that its request was adopted."""
    with translation.override(language):
        about = {
            "office": coop_request.country_office.name,
            "body": coop_request.coordination.name,
            "provider": coop_request.provider.name,
            "requesting": coop_request.requesting.name,
            "title": coop_request.title,
            "number": coop_request.code or words.NOTHING,
            "country": code_name(coop_request.country_id, language),
        }
        return "\n\n".join(_note_paragraphs(coop_request, about))


def _note_paragraphs(coop_request: CooperationRequest, about: dict[str, str]) -> Iterator[str]:
    yield str(OPENING) % about
    if coop_request.purpose:
        yield _("The purpose of the cooperation is the following: %(purpose)s") % {
            "purpose": coop_request.purpose
        }
    if coop_request.starts_on and coop_request.ends_on:
        yield _("The cooperation is planned for the period %(period)s, at the following site: %(site)s.") % {
            "period": words.period(coop_request.starts_on, coop_request.ends_on),
            "site": coop_request.site or words.NOTHING,
        }
    yield str(ASKED) % about
    yield str(CLOSING) % about


def record_text(operation: Operation, language: str) -> str:
    """The Record of Discussions: parties, framework, inputs by party, undertakings, organisation, duration."""
    matrix = matrix_of(operation)
    with translation.override(language):
        sections = _record_sections(operation, matrix, language)
        return "\n\n".join(
            f"{number}. {title}\n{body}" for number, (title, body) in enumerate(sections, start=1)
        )


def _record_sections(operation: Operation, matrix: Matrix | None, language: str) -> Iterator[tuple[str, str]]:
    signing = [party for party in operation.party_rows if party.signs]
    yield _("Parties"), _lines(_party_line(party) for party in signing)
    yield _("Title and place of the cooperation"), _lines(_title_lines(operation, language))
    yield from _framework(matrix)
    yield _("Inputs"), _lines(_inputs(operation, matrix)) or words.NOTHING
    for party in signing:
        name = {"party": party.organisation.name}
        yield _("Undertakings of %(party)s") % name, str(UNDERTAKINGS) % name
    yield pgettext("how a project is organised", "Organisation"), str(ORGANISATION)
    yield _("Monitoring and evaluation"), str(MONITORING)
    yield _("Changes and languages"), str(CHANGES)


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(lines)


def _party_line(party: Party) -> str:
    return f"– {party.organisation.name} ({party.get_part_display()})"


def _title_lines(operation: Operation, language: str) -> Iterator[str]:
    yield f"{operation.title} ({operation.code})"
    country = code_name(operation.country_id, language)
    yield f"{country} – {operation.site}" if operation.site else country
    if operation.starts_on and operation.ends_on:
        yield words.period(operation.starts_on, operation.ends_on)


def _framework(matrix: Matrix | None) -> Iterator[tuple[str, str]]:
    """The design as it stands: goal, purpose, outputs."""
    if matrix is None:
        return
    goal, purpose = matrix.at("goal"), matrix.at("purpose")
    yield _("Overall goal"), goal.text if goal else words.NOTHING
    yield _("Project purpose"), purpose.text if purpose else words.NOTHING
    yield (
        _("Outputs"),
        _lines(f"{output.number}) {output.text}" for output in matrix.outputs) or words.NOTHING,
    )


def _inputs(operation: Operation, matrix: Matrix | None) -> Iterator[str]:
    for row in budget_of(operation, matrix.design) if matrix else ():
        yield words.labelled(row.party.organisation.name, "")
        yield from (f"– {_input_line(one)}" for one in row.inputs)


def _input_line(one: Any) -> str:
    """A kind, what it is, how much of it; no amount: the budget stands in its annex."""
    much = f" ({words.figure(one.quantity)} {one.unit})".replace(" )", ")") if one.quantity else ""
    return words.labelled(one.get_kind_display(), f"{one.text}{much}")


AMENDED = gettext_lazy(
    "The parties to the Record of Discussions on “%(title)s” (No. %(number)s), signed on %(day)s, agree to amend it as "
    "set out in the table annexed, which is part of this amendment."
)
UNCHANGED = gettext_lazy(
    "All other provisions of the Record of Discussions stay in force. This amendment takes effect with the last "
    "signature. If the language versions differ, the text in the prevailing language decides."
)


def amendment_text(operation: Operation, amendment: Amendment, language: str) -> str:
    """An amendment: parties, subject, reason. What it changes stands in its table and is written nowhere else."""
    record = record_of_discussions(operation)
    with translation.override(language):
        signing = [party for party in operation.party_rows if party.signs]
        about = {
            "title": operation.title,
            "number": operation.code,
            "day": words.written(record.dated_on if record else None, "d MMMM y"),
        }
        sections = [
            (_("Parties"), _lines(_party_line(party) for party in signing)),
            (_("Amendment"), str(AMENDED) % about),
            (_("Reason"), amendment.reason or words.NOTHING),
            (_("Other provisions"), str(UNCHANGED)),
        ]
        return "\n\n".join(
            f"{number}. {title}\n{body}" for number, (title, body) in enumerate(sections, start=1)
        )
