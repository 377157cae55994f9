"""What is shown of an activity before it is taken over, and of an operation that was: the file's own words."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext as _, gettext_lazy

from taawun.cycle.models import Operation
from taawun.interchange import queries, saying
from taawun.interchange.drafting import Aim, Draft
from taawun.interchange.iati.records import Activity
from taawun.interchange.linking import listed_share
from taawun.interchange.models import PublishedActivity, ShareKind, Taking
from taawun.interchange.texts import best
from taawun.kernel import measures
from taawun.planning.models import ObjectiveLevel
from taawun.planning.queries.matrix import objective_label
from taawun.reference.names import code_name
from taawun.ui import words

LEFT: dict[str, Any] = {
    "measure": gettext_lazy("The indicator does not count: its words stay in the publication."),
    "baseline-words": gettext_lazy("The baseline is not written as a number."),
    "target-words": gettext_lazy("The target is not written as a number."),
    "actual-words": gettext_lazy("What was achieved is not written as a number."),
    "in-parts": gettext_lazy("It is of a part alone: by sex, age or place."),
    "several": gettext_lazy("There are several numbers for the whole."),
    "too-long": gettext_lazy("The number has more digits than are kept."),
    "earlier-target": gettext_lazy("The target of an earlier period; the last one stands in the design."),
    "no-day": gettext_lazy("The period has no end, or the value was published before it began."),
    "same-day": gettext_lazy("Several values would stand for one day."),
    "direction": gettext_lazy("The target does not lie the way the file calls good."),
    "baseline-day": gettext_lazy("The baseline is dated after the target."),
    "result-kind": gettext_lazy("The result is neither output, outcome nor impact."),
    "result-title": gettext_lazy("The result has no title to stand under."),
    "no-title": gettext_lazy("The indicator has no title."),
    "cut": gettext_lazy("The title is longer than a design holds, and was cut."),
}
NOT_SAID: dict[str, Any] = {
    "goal": gettext_lazy("Overall goal"),
    "purpose": gettext_lazy("Project purpose"),
    "outputs": gettext_lazy("Outputs"),
    "indicators": gettext_lazy("Indicators"),
    "activities": gettext_lazy("Activities and their plan"),
    "assumptions": gettext_lazy("Assumptions and preconditions"),
    "inputs": gettext_lazy("Inputs of each party (its amounts stay in the publication)"),
    "risks": gettext_lazy("Risks"),
    "agreed": gettext_lazy("Who signed, and when"),
    "basis": gettext_lazy("The decision it rests on"),
}


def take_over_page(activity: PublishedActivity, told: Activity, language: str) -> dict[str, Any]:
    """What the operation will be: what the file says of it, who of it is in the directory, the design."""
    draft = queries.draft_for(activity, told, language)
    return {
        "activity": activity,
        "title": activity.title,
        "facts": _facts(told),
        "parties": _parties(told),
        "codes": _codes(told),
        **design_shown(draft),
        "left": left_shown((one.slug, one.where, one.written) for one in draft.left),
        "not_said": not_said_shown(draft.not_said),
        "texts_language": language,
        "back": activity.get_absolute_url(),
    }


def _facts(told: Activity) -> list[dict[str, Any]]:
    days = {
        saying.FIELDS[name]: getattr(told, name)
        for name in ("planned_start", "actual_start", "planned_end", "actual_end")
    }
    said = {
        **{_("Title (%(language)s)") % {"language": one or "–"}: text for one, text in told.titles.items()},
        saying.FIELDS["status"]: saying.coded("iati-activity-status", told.status),
        **{label: words.written(day, "d MMM y") for label, day in days.items() if day},
    }
    return [{"label": label, "value": value} for label, value in said.items() if value]


def _parties(told: Activity) -> list[dict[str, Any]]:
    """The publisher and everybody it names, each with the organisation of the directory that is called so."""
    publisher = (_("Publisher"), told.reporting_ref, best(told.reporting_names).text)
    named = [
        (saying.coded("iati-organisation-role", one.role), one.ref, best(one.names).text)
        for one in told.parties
    ]
    rows = [publisher, *dict.fromkeys(named)]
    held = queries.known_here([name for _role, _ref, name in rows if name])
    return [
        {"role": role, "ref": ref, "name": name or ref, "held": held.get(name)} for role, ref, name in rows
    ]


def _codes(told: Activity) -> list[dict[str, Any]]:
    """The countries, regions and sectors it states, by the lists this installation has."""
    rows = []
    for one in told.shares:
        listed = listed_share(one)
        if listed and one.kind in (ShareKind.COUNTRY, ShareKind.REGION, ShareKind.SECTOR):
            percent = words.figure(one.percentage) if one.percentage is not None else ""
            rows.append({"kind": ShareKind(one.kind).label, "name": code_name(listed), "percent": percent})
    return rows


def design_shown(draft: Draft) -> dict[str, Any]:
    """The objectives of a draft with their indicators, as both pages show them."""
    places = [("goal", 1, draft.goal), ("purpose", 1, draft.purpose)]
    places += [("output", number, text) for number, text in enumerate(draft.outputs, start=1)]
    return {
        "objectives": [
            {
                "label": objective_label(ObjectiveLevel(level), number),
                "text": text,
                "aims": [_aim(aim) for aim in draft.aims if (aim.level, aim.number) == (level, number)],
            }
            for level, number, text in places
            if text
        ]
    }


def _aim(aim: Aim) -> dict[str, Any]:
    last = aim.reached[-1] if aim.reached else None
    return {
        "name": aim.name,
        "baseline": _number(aim.baseline, aim),
        "target": _number(aim.target, aim),
        "target_on": words.written(aim.target_on, "d MMM y") if aim.target_on else "",
        "values": [
            {"number": _number(one.number, aim), "day": words.written(one.as_of, "d MMM y")}
            for one in aim.reached
        ],
        "achieved": _achieved(aim, last.number) if last and aim.target is not None else "",
    }


def _number(number: Any, aim: Aim) -> str:
    return f"{words.figure(number)} {aim.unit}".strip() if number is not None else words.NOTHING


def _achieved(aim: Aim, number: Any) -> str:
    """So many percent of the way planned, as everywhere; nothing where none makes sense."""
    baseline = measures.Number(aim.baseline) if aim.baseline is not None else None
    percent = measures.achievement(
        baseline, measures.Number(aim.target or Decimal(0)), measures.Number(number)
    )
    return "" if percent is None else f"{words.figure(round(percent, 1))} %"


def left_shown(left: Iterable[Any]) -> list[dict[str, Any]]:
    """What found no place: of what, how it is written, why."""
    return [
        {"why": LEFT.get(slug, slug), "where": where, "written": written} for slug, where, written in left
    ]


def not_said_shown(slugs: Iterable[str]) -> list[Any]:
    """What the file does not say, by name."""
    return [NOT_SAID.get(slug, slug) for slug in slugs]


def taken_page(operation: Operation, taking: Taking, user: Any) -> dict[str, Any]:
    """From what an operation was taken over: the text, what of it stands here, what found no place."""
    told = queries.record_of(taking)
    held = queries.published_visible_to(user).filter(identifier=taking.identifier).first()
    draft = queries.draft_of_taking(taking, told, operation.language)
    return {
        "taking": taking,
        "held": held,
        "origin": _origin(taking, held),
        **design_shown(draft),
        "texts_language": operation.language,
        "left": left_shown(taking.left),
        "not_said": not_said_shown(taking.not_said),
        "may_undo": queries.is_its_desk(operation, user),
    }


def _origin(taking: Taking, held: PublishedActivity | None) -> list[dict[str, Any]]:
    feed = taking.load.feed
    now = held and (_("the same text") if held.digest == taking.digest else _("a later text"))
    told = [
        (_("Published by"), str(feed)),
        (_("Identifier"), taking.identifier),
        (_("Licence"), feed.licence or _("not said")),
        (_("To be named"), feed.attribution),
        (_("From the file"), taking.load.name),
        (_("Digest of the file (SHA-256)"), taking.load.digest),
        (_("Digest of its own text (SHA-256)"), taking.digest),
        (_("Taken over on"), words.moment(taking.taken_at)),
        (_("Held of it today"), now or _("nothing")),
    ]
    # Each runs its own way: in Arabic an identifier would else be read from its other end.
    return [{"label": label, "value": value, "lang": get_language() or ""} for label, value in told if value]


def crumbs_of(activity: PublishedActivity) -> list[tuple[str, str]]:
    """Where the page of taking over stands."""
    above = [(reverse("interchange:published"), _("Published activities"))]
    return [*above, (activity.get_absolute_url(), activity.title), ("", _("Take over"))]
