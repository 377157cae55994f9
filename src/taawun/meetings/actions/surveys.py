"""Recording the detailed planning survey: the mission, and the minutes of meeting it signed. It moves no state."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from taawun.cycle import rights
from taawun.cycle.models import Operation
from taawun.foundation import clock, editing
from taawun.foundation.audit import record
from taawun.foundation.models import User
from taawun.foundation.ports import Obstacle
from taawun.foundation.steps import Refused
from taawun.meetings.actions.committee import lock, refuse_strangers, replace_rows
from taawun.meetings.models import Survey
from taawun.meetings.rows import signatory_lines, surveyor_lines
from taawun.papers.actions import hand_over

SURVEY_STATES = ("planning", "appraised")
SURVEY_GATE = "survey"
FIELDS = ("starts_on", "ends_on", "places", "minutes", "signed_on", "signed_at")
Rows = list[dict[str, Any]]


def record_survey(
    operation: Operation,
    values: dict[str, Any],
    members: Rows,
    signatories: Rows,
    *,
    actor: User,
    survey: Survey | None = None,
    base_version: int = 0,
) -> Survey:
    """Record a detailed planning survey; with `survey`, complete or correct what was recorded.

    Right `survey`, while the operation is planned or appraised (else `Frozen`). `values`: starts_on, ends_on, places,
    minutes (their text), signed_on, signed_at, scan; `members`: who went (name, organisation, function);
    `signatories`: who signed the minutes (organisation, name, title). Refuses an end before the beginning, minutes
    signed in the future or before the mission, a signatory of somebody who is no party; `Conflict` with both versions
    when someone saved since `base_version`.
    """
    with transaction.atomic():
        locked = lock(operation)
        seat, organisation_id = rights.require(locked, actor, "survey")
        if locked.state not in SURVEY_STATES:
            raise editing.Frozen
        refuse_strangers(locked, {row["organisation"].pk for row in signatories})
        _refuse_wrong_days(values)
        if survey and _says_the_same(survey, values, members, signatories):
            return survey
        held = _claim(locked, survey, values, members, signatories, actor, base_version)
        scan = values.get("scan")
        if scan and scan.pk != held.scan_id:
            held.scan = hand_over(scan, actor=actor, gate=SURVEY_GATE, subject_id=held.pk)
            held.save(update_fields=["scan"])
        replace_rows(held.members, members)
        replace_rows(held.signatories, signatories)
        record(
            locked,
            "survey-edited" if survey else "survey-recorded",
            actor=actor,
            organisation_id=organisation_id,
            role=seat.role,
            acted_on=None if survey or held.ends_on > clock.today() else held.ends_on,
            detail={
                "number": held.number,
                "note": held.places,
                "signed_on": held.signed_on,
                "scan": held.scan.sha256 if held.scan else "",
            },
        )
    return held


def _refuse_wrong_days(values: dict[str, Any]) -> None:
    first, last, signed = values["starts_on"], values["ends_on"], values["signed_on"]
    problems = [
        _("The end comes before the beginning.") if last < first else "",
        _("The minutes were signed in the future.") if signed and signed > clock.today() else "",
        _("The minutes were signed before the mission began.") if signed and signed < first else "",
    ]
    told = [Obstacle(text) for text in problems if text]
    if told:
        raise Refused(told)


def _said(survey: Survey) -> dict[str, Any]:
    """A survey as it is held, to compare and to show beside another version."""
    rows = survey.signatories.select_related("organisation")
    return {name: getattr(survey, name) for name in FIELDS} | _lines(survey.members.all(), rows)


def _sent(values: dict[str, Any], members: Rows, signatories: Rows) -> dict[str, Any]:
    return {name: values[name] for name in FIELDS} | _lines(members, signatories)


def _lines(members: Any, signatories: Any) -> dict[str, Any]:
    return {
        _("Members of the mission"): surveyor_lines(members),
        _("Signatories"): signatory_lines(signatories),
    }


def _says_the_same(survey: Survey, values: dict[str, Any], members: Rows, signatories: Rows) -> bool:
    held = Survey.objects.get(pk=survey.pk)
    new_scan = values.get("scan") and values["scan"].pk != held.scan_id
    return not new_scan and _said(held) == _sent(values, members, signatories)


def _claim(
    operation: Operation,
    survey: Survey | None,
    values: dict[str, Any],
    members: Rows,
    signatories: Rows,
    actor: User,
    base_version: int,
) -> Survey:
    texts = {name: values[name] for name in FIELDS}
    if survey is None:
        last = Survey.objects.filter(operation=operation).aggregate(last=Max("number"))["last"] or 0
        return Survey.objects.create(operation=operation, number=last + 1, recorded_by=actor, **texts)
    held = Survey.objects.get(pk=survey.pk, operation=operation)
    editing.bump(held, base_version, theirs=_said(held), mine=_sent(values, members, signatories))
    Survey.objects.filter(pk=held.pk).update(**texts)
    return Survey.objects.select_related("scan").get(pk=held.pk)
