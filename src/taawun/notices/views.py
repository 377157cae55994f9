"""A person's own pages: what they were told, and how they want to be told."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods

from taawun.foundation import notices
from taawun.foundation.answers import whole
from taawun.foundation.requests import SignedRequest
from taawun.notices.forms import ChoiceForm
from taawun.notices.lists import list_of
from taawun.ui import words


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: SignedRequest) -> HttpResponseBase:
    """My notices, unread first; they are marked read here, one or all."""
    if request.method == "POST":
        return _mark(request)
    newest = notices.notices_visible_to(request.user).order_by("-pk").values_list("pk", flat=True).first()
    context = {
        "title": _("Notices"),
        "newest": newest,
        "unread": request.user.unread,
        "out_of_sight": notices.out_of_sight(request.user) if request.user.unread else 0,
        "crumbs": [("/desk/", _("My desk")), ("", _("Notices"))],
    }
    return list_of(request.user).render(request, "notices/notices.html", context)


def _mark(request: SignedRequest) -> HttpResponse:
    if "one" in request.POST:
        if not notices.mark_read(request.user, whole(request.POST["one"], 0)):
            raise Http404
    else:
        number = notices.mark_all_read(request.user, whole(request.POST.get("all"), 0))
        told = ngettext("One notice is marked read.", "%(number)s notices are marked read.", number)
        messages.success(request, told % {"number": words.figure(number)})
    return HttpResponseRedirect(request.get_full_path())


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def choice(request: SignedRequest) -> HttpResponse:
    """How I want to be told."""
    form = ChoiceForm(
        request.POST if request.method == "POST" else None, initial={"told_by": request.user.told_by}
    )
    if form.is_bound and form.is_valid():
        notices.choose(request.user, form.cleaned_data["told_by"])
        messages.success(request, _("Kept. It holds for what you are told from now on."))
        return HttpResponseRedirect(reverse("notices:index"))
    crumbs = [("/desk/", _("My desk")), (reverse("notices:index"), _("Notices")), ("", _("How I am told"))]
    context = {"form": form, "crumbs": crumbs}
    return render(request, "notices/choice.html", context, status=422 if form.is_bound else 200)
