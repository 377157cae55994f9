"""The cycle as the seed draws it: « Planifier, exécuter, vérifier, agir »."""

from django.utils.translation import gettext as _, pgettext

from taawun.ui.ring import Phase, Ring, Station


def cycle_of_the_seed() -> Ring:
    """The whole cycle as the seed draws it, standing nowhere."""
    return Ring(
        phases=[
            _phase(
                pgettext("phase of the cycle", "Plan"),
                _("before implementation"),
                1,
                _("Request and approval"),
                _("Detailed plan, ex-ante evaluation"),
            ),
            _phase(
                pgettext("phase of the cycle", "Do"),
                _("implementation"),
                3,
                _("Experts and training"),
                _("Monitoring"),
            ),
            _phase(
                pgettext("phase of the cycle", "Check"),
                _("after implementation"),
                5,
                _("Confirmation of results"),
                _("Follow-up, ex-post evaluation"),
            ),
            _phase(
                pgettext("phase of the cycle", "Act"),
                _("feedback"),
                7,
                _("Lessons to the next request and plan"),
            ),
        ],
        above="",
        state=_("The cycle of a cooperation"),
        below="",
    )


def _phase(label: str, hint: str, first: int, *stations: str) -> Phase:
    return Phase(label, "todo", [Station(first + i, name, "todo") for i, name in enumerate(stations)], hint)
