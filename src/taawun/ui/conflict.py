"""Two people changed the same part: both versions side by side, one choice a field, nothing overwritten.

    except Conflict as conflict:
        context = {"rows": conflict_rows(form, conflict.theirs), "base_version": conflict.current.version, …}
        return render(request, "ui/conflict.html", context, status=409)

The page posts to the form's own address; the view reads `merged(request.POST)` in place of `request.POST`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BaseForm, BoundField, DateField, DecimalField
from django.http import QueryDict
from django.utils.translation import gettext as _

from taawun.ui import words
from taawun.ui.columns import shown

PICK, MINE, THEIRS = "pick-", "mine-", "theirs-"
_UNTOUCHED = object()


@dataclass(frozen=True)
class Row:
    """One field: what I sent and what stands there now, as the form sends them and as people read them."""

    name: str
    label: Any
    mine: list[str]
    theirs: list[str]
    mine_text: str
    theirs_text: str

    @property
    def same(self) -> bool:
        return self.mine_text == self.theirs_text


def conflict_rows(form: BaseForm, theirs: Mapping[str, Any]) -> list[Row]:
    """Every field of the form I sent, beside the value saved meanwhile; what nobody else saved stays as I sent it."""
    return [_row(form[name], theirs.get(name, _UNTOUCHED)) for name in form.fields]


def merged(post: QueryDict) -> QueryDict:
    """What the conflict page's choices amount to, as if the form had been sent; other posts pass."""
    picks = {key[len(PICK) :]: value for key, value in post.items() if key.startswith(PICK)}
    if not picks:
        return post
    data = post.copy()
    for name, choice in picks.items():
        data.setlist(name, post.getlist((THEIRS if choice == "theirs" else MINE) + name))
    return data


def _row(bound: BoundField, theirs: Any) -> Row:
    data = bound.form.data
    mine = (
        data.getlist(bound.html_name)
        if isinstance(data, QueryDict)
        else _sent(bound, data.get(bound.html_name))
    )
    other = mine if theirs is _UNTOUCHED else _sent(bound, theirs)
    return Row(bound.html_name, bound.label, mine, other, _text(bound, mine), _text(bound, other))


def _sent(bound: BoundField, value: Any) -> list[str]:
    """A value as the form would send it."""
    value = bound.field.prepare_value(value)
    if value is None or value is False or value == "":
        return []
    if value is True:
        return ["on"]
    if isinstance(value, list | tuple | set):
        return [str(v) for v in value]
    return [str(bound.field.widget.format_value(value) if not hasattr(bound.field, "choices") else value)]


def _text(bound: BoundField, sent: Iterable[str]) -> str:
    """What was sent, as people read it."""
    if isinstance(bound.field, DateField | DecimalField):
        return words.listed(_plainly(bound, each) for each in sent) or words.NOTHING
    labels = dict(_flat(getattr(bound.field, "choices", ())))
    readable = [str(labels.get(each, each)) for each in sent if each != ""]
    if readable == ["on"]:
        return _("Yes")
    return words.listed(readable).replace("\r\n", "\n") or words.NOTHING


def _plainly(bound: BoundField, sent: str) -> str:
    """A date or a number as the house writes it; what is neither stays as it was typed."""
    try:
        return str(shown(bound.field.to_python(sent)))
    except ValidationError:
        return sent


def _flat(choices: Any) -> list[tuple[str, Any]]:
    flat: list[tuple[str, Any]] = []
    for value, label in choices:
        flat += _flat(label) if isinstance(label, list | tuple) else [(str(value), label)]
    return flat
