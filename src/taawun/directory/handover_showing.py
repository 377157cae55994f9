"""What the pages of a handover show: to the reader what they may know, in their language."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext as _

from taawun.directory import handovers
from taawun.directory.actions.handing_over import lines_of
from taawun.directory.handing import label_of
from taawun.directory.handovers import GOVERNING, Plan
from taawun.directory.models import Handover, Organisation, Person
from taawun.directory.queries import name_of_user, names_of
from taawun.directory.roles import Role
from taawun.foundation import clock
from taawun.foundation.ports import registry
from taawun.foundation.standing import standing
from taawun.ui import words

SHOWN = 10


def is_own(plan: Plan, user: Any) -> bool:
    """Whether the reader hands over what is theirs."""
    return plan.person.pk == standing(user).person_id


def crumbs(title: str, *, own: bool) -> list[tuple[str, Any]]:
    """Under the desk; for whoever governs a house, under its people."""
    way = [("/desk/", _("My desk"))]
    if not own:
        way.append((reverse("directory:people"), _("People")))
    return [*way, ("", title)]


def plan_page(plan: Plan, user: Any) -> dict[str, Any]:
    """What would be handed over, before anybody is chosen."""
    own = is_own(plan, user)
    earlier = list(handovers.handovers_visible_to(user)[:SHOWN]) if own else []
    return {
        "plan": plan,
        "own": own,
        "person": plan.person,
        "lines": told(lines_of(plan, {}, {draft.pk for draft in plan.drafts}), user, whole=own),
        "seen": plan.fingerprint,
        "earlier": earlier,
        "crumbs": crumbs(_("Handover"), own=own),
    }


def told(lines: dict[str, Any], user: Any, *, whole: bool) -> dict[str, Any]:
    """The lines of a handover in the reader's language. `whole`: the reader took part and reads every title;
    whoever governs reads those of cases they may see, of the others how many.
    """
    cases = [line for key in ("functions", "stays", "tasks", "drafts") for line in lines.get(key, ())]
    seen = None if whole else _seen(cases, user)
    houses = names_of(
        {line["organisation"] for key in ("posts", "personal_posts") for line in lines.get(key, ())}
    )
    people = _people(lines.get("delegations", ()))
    shown: dict[str, Any] = {
        key: [{**line, "label": _seat_told(line, houses)} for line in lines.get(key, ())]
        for key in ("posts", "personal_posts")
    }
    for key in ("functions", "stays", "tasks", "drafts"):
        held = lines.get(key, ())
        open_to = [line for line in held if seen is None or (line["kind"], line["subject_id"]) in seen]
        shown[key] = [_case_line(line) for line in open_to]
        shown[f"{key}_hidden"] = len(held) - len(open_to)
    shown["delegations"] = [
        {"holder": people.get(line["holder"], ""), "deputy": people.get(line["deputy"], "")}
        for line in lines.get("delegations", ())
    ]
    return shown


def _seat_told(line: dict[str, Any], houses: dict[int, str]) -> str:
    role = dict(Role.choices).get(line["role"], line["role"])
    return words.listed((role, houses.get(line["organisation"], "")))


def _case_line(line: dict[str, Any]) -> dict[str, Any]:
    kind = registry.kinds.get(line["kind"])
    due = line.get("due")
    return {
        **line,
        "due": date.fromisoformat(due) if due else None,
        "label": label_of(line["source"], line["what"]) if "source" in line else "",
        "act": kind.asked(line["act"]) if kind and "act" in line else "",
        "kind_label": kind.label if kind else "",
        "url": reverse(kind.url_name, args=[line["subject_id"]]) if kind else "",
    }


def _seen(lines: list[dict[str, Any]], user: Any) -> set[tuple[str, int]]:
    """The cases of these lines the reader may see: one SQL statement a kind."""
    seen: set[tuple[str, int]] = set()
    for slug in {line["kind"] for line in lines} & registry.kinds.keys():
        ids = {line["subject_id"] for line in lines if line["kind"] == slug}
        found = registry.kinds[slug].visible_to(user).filter(pk__in=ids).values_list("pk", flat=True)
        seen |= {(slug, pk) for pk in found}
    return seen


def _people(delegations: Any) -> dict[int, str]:
    ids = {line[key] for line in delegations for key in ("holder", "deputy")}
    return {person.pk: person.name for person in Person.objects.filter(pk__in=ids)} if ids else {}


def paper_page(handover: Handover, user: Any) -> dict[str, Any]:
    """The summary, as a letter: between whom, when, why, what."""
    took_part = standing(user).person_id in (handover.person_id, handover.to_person_id)
    return {
        "paper": {
            "language": get_language() or "en",
            "title": _("Handover"),
            "date": handover.day,
        },
        "handover": handover,
        "parties": [
            (_("Handed over by"), handover.person.name, ""),
            (_("Taken over by"), handover.to_person.name, ""),
        ],
        "done_by": "" if handover.scope_id is None else name_of_user(handover.made_by),
        "scope": handover.scope,
        "lines": told(handover.lines, user, whole=took_part),
        "signatures": [
            {"side": _("Handed over by"), "name": handover.person.name},
            {"side": _("Taken over by"), "name": handover.to_person.name},
        ],
        "letterhead": _letterhead(handover),
        "back": "/desk/",
    }


def _letterhead(handover: Handover) -> list[str]:
    houses = names_of({line["organisation"] for line in handover.lines.get("posts", ())})
    return list(houses.values())[:3]


def people_page(user: Any) -> dict[str, Any]:
    """The people of the houses the reader governs, and what was handed over there lately."""
    people = handovers.governed_people(user)
    houses = standing(user).holding(GOVERNING)
    return {
        "people": people,
        "houses": list(Organisation.objects.filter(pk__in=houses)) if houses else [],
        "handovers": list(handovers.handovers_visible_to(user)[:SHOWN]),
        "me": standing(user).person_id,
        "today": clock.today(),
        "crumbs": [("/desk/", _("My desk")), ("", _("People"))],
    }
