"""The page on which an administrator makes a new version of the settings: draft and conflict come from `FormPage`."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext as _

from taawun.cycle import presets
from taawun.cycle.models import ProviderSettings
from taawun.directory.models import Organisation
from taawun.foundation.bundle import Bundle
from taawun.foundation.forms import kept_rows
from taawun.foundation.pages import FormPage
from taawun.foundation.requests import SignedRequest
from taawun.governance import actions, queries
from taawun.governance.forms import SettingsForm, initial_of
from taawun.governance.models import Version
from taawun.governance.seat_rows import SeatRows
from taawun.governance.terms import Terms, terms_of, terms_of_preset


@dataclass(frozen=True)
class SettingsFile:
    """An agency's settings as what a draft is kept of: the same whichever version was the last (`pk`: the first's)."""

    agency: Organisation
    pk: int
    kind: str = "settings"
    is_example: bool = False

    def case_code(self) -> str:
        """No number."""
        return ""

    def case_title(self) -> str:
        """The agency's name."""
        return self.agency.name

    def case_language(self) -> str:
        """The name is in the reader's language."""
        return get_language() or "en"


def settings_page(request: SignedRequest, agency: Organisation, context: dict[str, Any]) -> FormPage:
    """The next version, filled with the last one; `?preset=` fills it with a preset instead."""
    actor: Any = request.user
    versions = queries.versions_of(agency)
    last = versions[0] if versions else None
    terms, preset = _beginning(agency, last, request.GET.get("preset", ""))
    seats = [
        {"position": n, "organisation": seat.organisation_id, "used": seat.used}
        for n, seat in enumerate(terms.seats, start=1)
    ]

    def build(data: Any, files: Any) -> Bundle:
        form = SettingsForm(data, initial=initial_of(terms, preset), agency=agency, first=last is None)
        return Bundle(form, [SeatRows(data, initial=seats, prefix="seats", form_kwargs={"case": agency})])

    def save(bundle: Bundle, base: int) -> Version:
        given = bundle.form.cleaned_data
        return actions.make_version(
            agency,
            bundle.form.terms(kept_rows(bundle.rows[0])),
            actor=actor,
            reason=given["reason"],
            base_version=base,
            in_force_from=given.get("in_force_from"),
            preset=given["preset"],
        )

    return FormPage(
        case=SettingsFile(agency, versions[-1].pk if versions else 0),
        part=f"settings-{agency.pk}",
        title=_("New version of the settings") if last else _("First settings"),
        version=last.version if last else 0,
        build=build,
        save=save,
        done=reverse("governance:settings", args=[agency.pk]),
        template="governance/form.html",
        extra=context
        | {
            "waiting": last and queries.standing_of_version(last, versions) == "waits" and last,
            "offered": list(presets.shipped().values()),
            "chosen": presets.shipped().get(preset) if "preset" in request.GET else None,
            "save_label": _("Make this version"),
        },
    )


def _beginning(agency: Organisation, last: Version | None, wanted: str) -> tuple[Terms, str]:
    """What the form begins with: a preset that was asked for, else the last version, else the defaults."""
    held = terms_of(last or ProviderSettings(provider_id=agency.pk))
    if wanted in presets.shipped():
        return terms_of_preset(presets.shipped()[wanted], agency, held.ministries), wanted
    return held, last.preset if last else ""
