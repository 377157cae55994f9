"""The page of an agency's working days: a country, a year, what is a day off and why."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from taawun.directory.models import Organisation
from taawun.foundation import clock
from taawun.foundation.forms import DateField
from taawun.foundation.once import once
from taawun.foundation.requests import SignedRequest, there
from taawun.foundation.steps import Refused
from taawun.governance import days, queries
from taawun.reference.forms import CodeField, code_choices
from taawun.reference.names import code_name, entry
from taawun.ui import words


class DayForm(forms.Form):
    """A day off to add, or a day on which work is done after all."""

    country = CodeField("country", label=gettext_lazy("Country"))
    day = DateField(label=gettext_lazy("Day"))
    works = forms.TypedChoiceField(
        label=gettext_lazy("On this day"),
        choices=[("no", gettext_lazy("nobody works")), ("yes", gettext_lazy("work is done after all"))],
        coerce=lambda value: value == "yes",
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200)
    source = forms.CharField(
        label=gettext_lazy("Source"),
        max_length=300,
        help_text=gettext_lazy("The decree, circular or page that says so."),
    )

    def clean_day(self) -> date:
        """Within the days this program counts."""
        day: date = self.cleaned_data["day"]
        if not clock.FIRST_DAY <= day <= clock.LAST_DAY:
            limits = {"first": clock.FIRST_DAY, "last": clock.LAST_DAY}
            raise forms.ValidationError(
                _("Give a day between %(first)s and %(last)s, written as 2031-05-06.") % limits
            )
        return day


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def working_days(request: SignedRequest, pk: int) -> HttpResponse:
    """What counts as a working day; its administrator enters days."""
    agency = there(queries.agency_read_by(request.user, pk))
    if request.method != "POST":
        country = _country(request.GET.get("country", ""), agency)
        return _page(request, agency, DayForm(initial={"country": country}), country)
    if not queries.may_change(request.user, agency):
        raise PermissionDenied
    form = DayForm(request.POST)
    if not form.is_valid():
        return _page(request, agency, form, _country(request.POST.get("country", ""), agency), status=422)
    try:
        return HttpResponseRedirect(
            once(
                request.user,
                request.POST.get("once", ""),
                lambda: _entered(request, agency, form.cleaned_data),
            )
        )
    except Refused as refusal:
        form.add_error("day", [str(one) for one in refusal.obstacles])
        return _page(request, agency, form, form.cleaned_data["country"], status=409)


def _entered(request: SignedRequest, agency: Organisation, values: dict[str, Any]) -> str:
    made = days.set_day(agency, values, actor=request.user)
    messages.success(request, _("The day is entered. Deadlines in working days are counted anew."))
    return _address(agency, made.country_id, made.day.year)


@login_required
@require_POST
def remove_day(request: SignedRequest, pk: int, day_pk: int) -> HttpResponse:
    """Take an entry out again."""
    agency = there(queries.agency_read_by(request.user, pk))
    gone = days.drop_day(agency, day_pk, actor=request.user)
    if gone is None:
        raise Http404
    messages.success(request, _("The entry is removed. Deadlines in working days are counted anew."))
    return HttpResponseRedirect(_address(agency, gone.country_id, gone.day.year))


def _country(asked: str, agency: Organisation) -> str:
    known = asked.startswith("country:") and entry(asked) is not None
    return asked if known else agency.country_id


def _address(agency: Organisation, country: str, year: int) -> str:
    return (
        reverse("governance:days", args=[agency.pk])
        + "?"
        + urlencode({"country": country, "year": str(year)})
    )


def _page(
    request: SignedRequest, agency: Organisation, form: DayForm, country: str, status: int = 200
) -> HttpResponse:
    year = days.year_asked(request.GET.get("year", ""))
    told = days.year_of(agency, country, year)
    crumbs = [
        (reverse("governance:agencies"), _("Settings")),
        (reverse("governance:settings", args=[agency.pk]), agency.name),
        ("", _("Working days")),
    ]
    context = told | {
        "agency": agency,
        "crumbs": crumbs,
        "form": form,
        "year": year,
        "before": _address(agency, country, year - 1) if year > clock.FIRST_DAY.year else "",
        "after": _address(agency, country, year + 1) if year < clock.LAST_DAY.year else "",
        "country": code_name(country),
        "weekend": words.listed(words.written(date(2001, 1, 1 + n), "EEEE") for n in told["weekend"]),
        "choices": code_choices("country"),
        "chosen": country,
        "may_change": queries.may_change(request.user, agency),
    }
    return render(request, "governance/days.html", context, status=status)
