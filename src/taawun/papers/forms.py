"""A field for a scan: checked by its content, and never to be chosen a second time because another field was wrong."""

from typing import Any, NamedTuple

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.functional import lazy
from django.utils.translation import gettext as _, gettext_lazy

from taawun.papers import actions, queries
from taawun.papers.inspection import MEDIA_TYPES, SCANS, named
from taawun.papers.models import File, FileKind

ABOVE = 512 * 1024  # what is larger is sent ahead of its form, in pieces
SALT = "taawun.papers.pending"


class Sent(NamedTuple):
    """What came with the form: a new upload, and the token of one held from an earlier sending."""

    upload: Any
    token: str

    def __bool__(self) -> bool:
        return bool(self.upload or self.token)


def token_of(file: File) -> str:
    """A held file as the form refers to it: signed, and worth something to its sender alone."""
    return signing.dumps(file.pk, salt=SALT)


def file_of(token: str, user: Any) -> File | None:
    """The held file a token speaks of, if this person sent it and no form has taken it since."""
    try:
        return queries.pending_of(user, signing.loads(token, salt=SALT))
    except signing.BadSignature:
        return None


class ScanInput(forms.FileInput):
    """A file field that says which file it already has."""

    template_name = "papers/scan_input.html"
    kinds: tuple[str, ...] = SCANS

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Sent:
        return Sent(files.get(name) if files else None, data.get(held_name(name), ""))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in (files or {}) and held_name(name) not in data

    def use_required_attribute(self, initial: Any) -> bool:
        return False  # it may be held already

    def format_value(self, value: Any) -> Any:
        return value

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        file = value if isinstance(value, File) else None
        context["widget"] |= {
            "file": file,
            "held_name": held_name(name) if file and file.is_pending else "",
            "kinds": ",".join(self.kinds),
            "above": ABOVE,
            "token": token_of(file) if file and file.is_pending else "",
        }
        return context


def held_name(name: str) -> str:
    """The hidden field that carries the token of a held file."""
    return f"{name}_held"


def hint(allowed: tuple[str, ...]) -> str:
    """What can be sent, and what becomes of it."""
    text = _(
        "%(kinds)s, at most %(size)s. Pictures are stored anew: "
        "the place where they were taken and other hidden data are removed."
    )
    return text % {"kinds": named(allowed), "size": filesizeformat(settings.MAX_UPLOAD_BYTES)}


class ScanField(forms.Field):
    """A scan (PDF, PNG, JPEG); its cleaned value is a `papers.File`, held for the sender, or the one already there.

    The form must be a `HoldsScans`. The action that saves gives the file to what it belongs to
    (`papers.actions.hand_over`).
    """

    widget = ScanInput
    default_error_messages = {
        "gone": gettext_lazy("The file sent before is no longer held: choose it again."),
    }

    def __init__(self, *, allowed: tuple[str, ...] = SCANS, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", lazy(hint, str)(allowed))
        super().__init__(**kwargs)
        self.allowed = self.widget.kinds = allowed
        self.user: Any = None
        self.held: File | None = None
        self.widget.attrs.setdefault("accept", ",".join(MEDIA_TYPES[FileKind(kind)] for kind in allowed))

    def _clean_bound_field(self, bound: Any) -> File | None:
        return self.clean(bound.data, bound.initial)

    def clean(self, value: Sent, initial: File | None = None) -> File | None:
        """The file as it was checked. An upload counts over a held one, a held one over the one already there."""
        self.held = file_of(value.token, self.user) if value.token else None
        if value.upload is not None:
            self.held = actions.hold(value.upload, actor=self.user, allowed=self.allowed)
        if value.token and (self.held is None or self.held.kind not in self.allowed):
            raise ValidationError(self.error_messages["gone"], code="gone")
        if self.held is None and initial is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        return self.held or initial

    def bound_data(self, data: Sent, initial: File | None) -> File | None:
        """What the page shows: the file held, also for a draft that was not checked again."""
        if self.held is None and data and data.token:
            self.held = file_of(data.token, self.user)
        return self.held or initial

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(data)


class HoldsScans:
    """A form with scans, built with `user=`: what was uploaded is held for that person until the form is accepted."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, ScanField):
                field.user = user

    def told(self) -> list[str]:
        """What the person who sent the files learns when the form is accepted."""
        held = [field.held for field in self.fields.values() if isinstance(field, ScanField) and field.held]
        return [_("Where the picture was taken has been removed.") for one in held if one.location_removed][
            :1
        ]

    def held_data(self) -> dict[str, str]:
        """The hidden values by which a draft or another sending of this form finds the files again."""
        return {
            held_name(self.add_prefix(name)): token_of(field.held)  # type: ignore[attr-defined]
            for name, field in self.fields.items()
            if isinstance(field, ScanField) and field.held
        }
