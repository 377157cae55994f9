"""How an update of a code list is put before its administrator: what becomes of each code, what stands in the way."""

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext as _, gettext_lazy

from taawun.governance.code_pages import list_name
from taawun.governance.models import CodeListUpdate, UpdateStage
from taawun.reference.differences import What
from taawun.reference.models import CodeList
from taawun.reference.sheets import NAME
from taawun.ui.templatetags.ui import state

TONES = {
    UpdateStage.READ: "wait",
    UpdateStage.APPLIED: "ok",
    UpdateStage.UNDONE: "no",
    UpdateStage.DISCARDED: "",
}
WHYS = {
    "unreadable": gettext_lazy("This is not a CSV file that can be read."),
    "no-rows": gettext_lazy("The file has no rows."),
    "too-many": gettext_lazy("The file has more than %(most)s rows."),
    "column-missing": gettext_lazy("The column “%(column)s” is missing."),
    "column-unknown": gettext_lazy("The column “%(column)s” is none of a code list."),
    "column-twice": gettext_lazy("The column “%(column)s” stands there twice."),
    "beyond": gettext_lazy("Something stands beyond the last column."),
    "code": gettext_lazy("The code is missing, has signs that no code has, or is longer than %(most)s."),
    "no-english": gettext_lazy("The name in English is missing."),
    "too-long": gettext_lazy("The text under “%(column)s” is too long."),
    "formula": gettext_lazy("The text under “%(column)s” begins like a formula."),
    "unprintable": gettext_lazy("The text under “%(column)s” has signs that cannot be printed."),
    "day": gettext_lazy("“%(text)s” under “%(column)s” is no day: write it as 2031-05-06."),
    "days": gettext_lazy("The last day is before the first."),
    "twice": gettext_lazy("The code stands in the file twice."),
    "itself": gettext_lazy("The code names itself under “%(column)s”."),
    "nowhere": gettext_lazy("“%(id)s” under “%(column)s” is no code of any list."),
}
COLUMN_NAMES = {
    "parent": gettext_lazy("Under"),
    "valid_from": gettext_lazy("First day"),
    "valid_to": gettext_lazy("Last day"),
    "successor": gettext_lazy("Replaced by"),
}


def update_page(update: CodeListUpdate) -> dict[str, Any]:
    """One update: how many codes become what, each of them before and after, every refusal in words."""
    return {
        "update": update,
        "title": str(update),
        "list_name": list_name(update.code_list),
        "stage_mark": stage_mark(update),
        "groups": _groups(update),
        "refusals": [
            {"line": each["line"], "code": each["code"], "why": WHYS[each["why"]] % each["named"]}
            for each in update.refusals
        ],
        "crumbs": [*way_to(update.code_list), ("", _("Update"))],
    }


def new_page(code_list: CodeList) -> dict[str, Any]:
    """Where a new version of a list is sent."""
    title = _("Bring the list up to date")
    return {
        "code_list": code_list,
        "title": title,
        "list_name": list_name(code_list),
        "crumbs": [*way_to(code_list), ("", title)],
    }


def stage_mark(update: CodeListUpdate) -> Any:
    """Where an update stands, by word and icon."""
    return state(update.get_stage_display(), TONES[UpdateStage(update.stage)])


def way_to(code_list: CodeList) -> list[tuple[str, Any]]:
    """From all lists to this one."""
    return [
        (reverse("governance:lists"), _("Code lists")),
        (reverse("governance:list", args=[code_list.slug]), list_name(code_list)),
    ]


def _groups(update: CodeListUpdate) -> list[dict[str, Any]]:
    """The changes by what they are, those that do most first."""
    return [
        {"slug": str(what), "label": what.label, "changes": [_told(each) for each in held]}
        for what in What
        if (held := [each for each in update.changes if each["what"] == what])
    ]


def _told(change: dict[str, Any]) -> dict[str, Any]:
    before, after = change["before"] or {}, change["after"]
    columns = [column for column in {**before, **after} if column != "code"]
    return {
        "code": change["code"],
        "name": _name(after),
        "lines": [
            {"label": _column(column), "before": before.get(column, ""), "after": after.get(column, "")}
            for column in columns
            if before.get(column) != after.get(column)
        ]
        if before
        else [],
    }


def _name(row: dict[str, str]) -> dict[str, str]:
    """The name in the reader's language, else in English."""
    language = get_language() or "en"
    own = row.get(f"{NAME}{language}")
    return {"text": own or row[f"{NAME}en"], "language": language if own else "en"}


def _column(column: str) -> Any:
    if column.startswith(NAME):
        return _("Name (%(language)s)") % {"language": column.removeprefix(NAME)}
    return COLUMN_NAMES.get(column, column)


def history(updates: list[CodeListUpdate]) -> list[dict[str, Any]]:
    """The updates of a list with how many codes each touched."""
    return [{"it": one, "mark": stage_mark(one), "codes": len(one.changes)} for one in updates]
