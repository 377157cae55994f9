"""How a published activity and a load are put before the reader."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from taawun.foundation.audit import events_of, label_of
from taawun.foundation.ports import registry
from taawun.foundation.standing import standing
from taawun.interchange import actions, queries, saying
from taawun.interchange.findings import REASONS, reason
from taawun.interchange.lists import NAMED, Total, publisher, stage_mark
from taawun.interchange.models import (
    Load,
    PublishedActivity,
    PublishedParty,
    PublishedShare,
    ShareKind,
    Stage,
)
from taawun.interchange.results import results_shown
from taawun.interchange.texts import best, others
from taawun.reference.names import code_name
from taawun.ui import words
from taawun.ui.nav import country_address

Fact = dict[str, Any]


def activity_page(activity: PublishedActivity, user: Any) -> dict[str, Any]:
    """Everything an activity says, and where it is from."""
    parts = queries.parts_of(activity)
    return {
        "activity": activity,
        "title": activity.title,
        "titles": others(activity.titles),
        "descriptions": _descriptions(activity),
        "facts": _facts(activity),
        "origin": _origin(activity),
        "parties": [_party(one) for one in parts.parties],
        "shares": [_share(one) for one in parts.shares],
        "not_derived": _not_derived(activity),
        "amounts": [_amount(one) for one in parts.amounts],
        "results": [
            (saying.coded("iati-result-type", one.type), one)
            for one in results_shown(parts.indicators, parts.values)
        ],
        "documents": [(best(one.titles), one) for one in parts.documents],
        "relations": [(saying.coded("iati-related-activity-type", one.type), one) for one in parts.relations],
        "places": [(best(one.names), one) for one in parts.places],
        "cut": _cut(activity),
        "cut_at": queries.MOST,
        "takings": queries.takings_of(activity, user),
        "may_take_over": queries.may_take_over(user),
        "crumbs": [(reverse("interchange:published"), _("Published activities")), ("", activity.title)],
    }


CUT = ("parties", "indicators", "documents", "relations", "places")  # shown up to a number


def _cut(activity: PublishedActivity) -> list[str]:
    """Of what it says there is more than the page shows, and how much."""
    many = {name: number for name, number in activity.parts.items() if name in CUT and number > queries.MOST}
    return [words.labelled(saying.PARTS[name], words.figure(number)) for name, number in many.items()]


def _descriptions(activity: PublishedActivity) -> list[tuple[str, Any]]:
    return [
        (saying.coded("iati-description-type", kind), best(texts))
        for kind, texts in activity.descriptions.items()
        if best(texts).text
    ]


def _facts(activity: PublishedActivity) -> list[Fact]:
    days = [(saying.FIELDS[name], getattr(activity, name)) for name in saying.FIELDS if name != "status"]
    coded = [
        (saying.FIELDS["status"], saying.coded("iati-activity-status", activity.status)),
        (_("Kind of collaboration"), saying.coded("collaboration-type", activity.collaboration_type)),
        (_("Type of aid"), saying.coded("aid-type", activity.aid_type)),
        (_("Type of flow"), saying.coded("flow-type", activity.flow_type)),
        (_("Type of finance"), saying.coded("finance-type", activity.finance_type)),
        (_("Tied"), saying.coded("tied-status", activity.tied)),
    ]
    told = [*coded, *((label, words.written(day, "d MMM y") if day else "") for label, day in days)]
    return [{"label": label, "value": value} for label, value in told if value]


def _origin(activity: PublishedActivity) -> list[Fact]:
    feed = activity.feed
    told = [
        (_("Published by"), publisher(activity)),
        (_("Identifier of the publisher"), activity.reporting_ref),
        (_("Received as"), str(feed) if feed.reference != activity.reporting_ref else ""),
        (_("Licence"), feed.licence or _("not said")),
        (_("To be named"), feed.attribution),
        (_("Version of the standard"), activity.standard),
        (_("Updated by the publisher"), words.moment(activity.updated_at) if activity.updated_at else ""),
        (_("Taken in"), words.moment(activity.load.applied_at)),
        (_("From the file"), activity.load.name),
    ]
    return [{"label": label, "value": value} for label, value in told if value]


def _party(one: PublishedParty) -> dict[str, Any]:
    return {
        "role": saying.coded("iati-organisation-role", one.role),
        "name": best(one.names),
        "ref": one.ref,
        "type": saying.coded("iati-organisation-type", one.type),
    }


def _share(one: PublishedShare) -> dict[str, Any]:
    own = best(one.names).text
    name = code_name(one.listed_id) if one.listed_id else own or one.code
    return {
        "kind": ShareKind(one.kind).label,
        "name": name,
        "address": country_address(one.listed_id or "") if one.kind == ShareKind.COUNTRY else "",
        "code": one.code,
        "vocabulary": one.vocabulary if not one.listed_id else "",
        "percentage": words.figure(one.percentage) if one.percentage is not None else "",
        "significance": saying.coded("policy-significance", one.significance),
        "is_derived": one.is_derived,
    }


def _not_derived(activity: PublishedActivity) -> list[str]:
    """Of what it states no countries or sectors, and why none could be worked out."""
    labels = {"place": _("Countries and regions"), "sector": _("Sectors")}
    why = activity.shares_not_derived
    return [
        words.labelled(label, reason(why[kind])) for kind, label in labels.items() if why.get(kind) in REASONS
    ]


def _amount(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "label": saying.amount_label(row["kind"], row["type"]),
        "year": row["year"] or words.NOTHING,
        "total": words.money(Total(row["total"], row["currency"] or _("without currency"))),
        "number": row["number"],
    }


def load_page(load: Load, user: Any) -> dict[str, Any]:
    """What a file did or would do, what was found in it, its record."""
    return {
        "load": load,
        "title": load.name,
        "stage_mark": stage_mark(load),
        "counted": saying.counted(load.counts),
        "facts": _facts_of(load),
        "findings": [(one, saying.finding_told(one)) for one in queries.findings_of(load)],
        "findings_count": load.counts.get("findings", 0),
        "findings_shown": queries.MOST_FINDINGS,
        **_acts_on(load, user),
        "record": _record(load, user),
        "crumbs": _crumbs_of(load),
    }


def _acts_on(load: Load, user: Any) -> dict[str, Any]:
    """What may be done with a load now; nothing while a job is at it."""
    job = queries.job_under_way(load, (actions.APPLY, actions.UNDO))
    is_open = load.stage == Stage.READ
    return {
        "job": job,
        "job_is_ones_own": bool(job and job.actor_id == user.pk),
        "is_open": is_open,
        "moving": load.moving,
        "may_apply": is_open and bool(load.moving) and job is None,
        "may_discard": is_open and job is None,
        "may_read_again": is_open and job is None and hasattr(load, "sending"),
        "may_undo": load.stage == Stage.APPLIED and job is None,
    }


def _crumbs_of(load: Load) -> list[tuple[str, str]]:
    above = [(reverse("interchange:published"), _("Published activities"))]
    return [*above, (reverse("interchange:loads"), _("Loads")), ("", load.name)]


def _facts_of(load: Load) -> Iterable[Fact]:
    told = [
        (_("Publisher"), _publishers(load)),
        (_("Version of the standard"), load.standard),
        (_("Generated by the publisher"), load.generated_at),
        (_("Read on"), words.moment(load.made_at)),
        (_("Applied on"), words.moment(load.applied_at) if load.applied_at else ""),
        (_("Undone on"), words.moment(load.undone_at) if load.undone_at else ""),
    ]
    return [{"label": label, "value": value} for label, value in told if value]


def _publishers(load: Load) -> str:
    """Whose activities it wrote: the first few, and how many others."""
    names = [str(feed) for feed in queries.feeds_of(load)]
    if len(names) <= NAMED + 1:
        return words.listed(names)
    told = {"names": words.listed(names[:NAMED]), "count": len(names) - NAMED}
    return _("%(names)s and %(count)s others") % told


def _record(load: Load, user: Any) -> list[dict[str, Any]]:
    events = list(events_of(load, standing(user)))  # type: ignore[arg-type]  # a kind without states
    names = registry.services["names-of-users"]({event.actor_id for event in events if event.actor_id})
    return [
        {
            "when": event.recorded_at,
            "title": label_of(load.kind, event.step),
            "who": names.get(event.actor_id, "") if event.actor_id else _("on the command line"),
            "reason": event.detail.data.get("reason", ""),
        }
        for event in events
    ]
