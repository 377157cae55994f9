"""The search page, and the searches somebody keeps."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from taawun.foundation.requests import SignedRequest
from taawun.search import saved
from taawun.workspace import search as shown


@login_required
@require_safe
def search(request: SignedRequest) -> HttpResponse:
    """Everything this person may see that answers what they typed."""
    context = shown.page_for(request.user, shown.asked_in(request.GET.dict()))
    return render(request, "workspace/search.html", context)


@login_required
@require_POST
def save(request: SignedRequest) -> HttpResponse:
    """Keep what was asked under a name."""
    asked = shown.address_of(request.POST.get("asked", ""))
    name = " ".join(request.POST.get("name", "").replace("\0", " ").split())[:80]
    if not name or not asked:
        messages.error(request, _("Give the search a name."))
    elif saved.save(actor=request.user, name=name, address=asked):
        messages.success(request, _("The search is kept. It stands on your desk."))
    else:
        messages.error(request, shown.refusal())
    return HttpResponseRedirect(f"{reverse('search')}?{asked}")


@login_required
@require_POST
def run(request: SignedRequest, pk: int) -> HttpResponse:
    """Run one of one's own: what it finds is no longer new."""
    held = saved.look(actor=request.user, pk=pk)
    if held is None:
        raise Http404
    return HttpResponseRedirect(f"{reverse('search')}?{held.asked}")


@login_required
@require_POST
def forget(request: SignedRequest, pk: int) -> HttpResponse:
    """Keep one of one's own no longer."""
    if not saved.forget(actor=request.user, pk=pk):
        raise Http404
    messages.success(request, _("The search is no longer kept."))
    return HttpResponseRedirect(reverse("search"))
