"""The pages of long work: one's own jobs, how far each is, what was done, left out and why, the result to fetch."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from taawun.foundation import work
from taawun.foundation.answers import answered_once
from taawun.foundation.job_showing import items_list, job_page, jobs_list
from taawun.foundation.models import Job
from taawun.foundation.once import once
from taawun.foundation.requests import SignedRequest, there


@login_required
@require_safe
def jobs(request: SignedRequest) -> HttpResponseBase:
    """One's own jobs, the newest first."""
    extra = {
        "title": _("My jobs"),
        "lede": _("Long work goes on while you leave the page. Nobody but you sees these."),
    }
    return jobs_list(request.user).render(request, "foundation/jobs.html", extra)


def _job(request: SignedRequest, pk: int) -> Job:
    return there(work.job_for(request.user, pk))


@login_required
@require_safe
def job(request: SignedRequest, pk: int) -> HttpResponseBase:
    """How far a job is, and what became of each item."""
    found = _job(request, pk)
    extra = job_page(found, request.user, still="still" in request.GET)
    return items_list(found).render(request, "foundation/job.html", extra)


@login_required
@require_POST
def cancel(request: SignedRequest, pk: int) -> HttpResponse:
    """Stop a job before its next item."""
    told = _("It stops before its next item. What is done stays done.")
    return _act(request, pk, work.cancel, told, _("This job has ended: there is nothing left to cancel."))


@login_required
@require_POST
def go_on(request: SignedRequest, pk: int) -> HttpResponse:
    """Do what an ended job left."""
    told = _("It goes on with what was left.")
    return _act(request, pk, work.go_on, told, _("Nothing of this job is left to be done."))


def _act(
    request: SignedRequest, pk: int, action: Callable[..., bool], told: str, refusal: str
) -> HttpResponse:
    found = _job(request, pk)

    def act() -> str:
        if not action(found, actor=request.user):
            return ""
        messages.success(request, told)
        return found.get_absolute_url()

    def answer() -> HttpResponse:
        address = once(request.user, request.POST.get("once", ""), act)
        if address and address != "/":
            return HttpResponseRedirect(address)
        context = {
            "heading": _("Nothing was changed"),
            "obstacles": [refusal],
            "back": found.get_absolute_url(),
            "back_label": _("Back to the job"),
        }
        return render(request, "409.html", context, status=409)

    return answered_once(request, answer)
