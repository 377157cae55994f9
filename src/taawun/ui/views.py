"""The public first page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from taawun.ui.nav import address_of
from taawun.ui.ring import Phase, Ring, Station


def home(request: HttpRequest) -> HttpResponse:
    """Greet in the browser's language, say what Taawun is, lead to sign-in; who is signed in goes to the desk."""
    desk = address_of("desk")
    if request.user.is_authenticated and desk:
        return redirect(desk)
    return render(request, "ui/home.html", {"ring": cycle_of_the_seed()})


def cycle_of_the_seed() -> Ring:
    """The whole cycle as the seed draws it, standing nowhere."""
    return Ring(
        phases=[
            _phase(
                _("Plan"),
                _("before implementation"),
                1,
                _("Request and approval"),
                _("Detailed plan, ex-ante evaluation"),
            ),
            _phase(_("Do"), _("implementation"), 3, _("Experts and training"), _("Monitoring")),
            _phase(
                _("Check"),
                _("after implementation"),
                5,
                _("Confirmation of results"),
                _("Follow-up, ex-post evaluation"),
            ),
            _phase(_("Act"), _("feedback"), 7, _("Lessons to the next request and plan")),
        ],
        above="",
        state=_("The cycle of a cooperation"),
        below="",
    )


def _phase(label: str, hint: str, first: int, *stations: str) -> Phase:
    return Phase(label, "todo", [Station(first + i, name, "todo") for i, name in enumerate(stations)], hint)
