"""The pages of documents: what was made, in which formats, and whether a paper is the one that was made."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from taawun.foundation.requests import SignedRequest, there
from taawun.papers import documents as found
from taawun.papers.making import ask
from taawun.papers.models import Format
from taawun.papers.register import documents_list


@login_required
@require_safe
def document(request: SignedRequest, pk: int) -> HttpResponse:
    """One document: its number, hash, formats; it looks again by itself while the worker is at it."""
    held = there(found.document_for(request.user, pk))
    return render(request, "papers/document.html", found.shown(held))


@login_required
@require_POST
def render_document(request: SignedRequest, pk: int) -> HttpResponse:
    """Ask for another format, or once more for one that failed."""
    held = there(found.document_for(request.user, pk))
    if request.POST.get("format") in Format.values:
        ask(held, request.POST["format"], built_in="built-in" in request.POST)
    return HttpResponseRedirect(held.get_absolute_url())


@login_required
@require_safe
def documents(request: SignedRequest) -> HttpResponseBase:
    """The documents this person made."""
    return documents_list(request)


@never_cache
@require_safe
def check(request: HttpRequest, code: str = "") -> HttpResponse:
    """Whether a paper is the one that was made: open to anybody, telling nothing of its case."""
    typed = found.code_typed(code or request.GET.get("code", ""))
    if typed and not code:
        return redirect("papers:check", code=typed)
    context = {"asked": typed, "found": found.checked(typed)}
    return render(
        request, "papers/check.html", context, status=404 if typed and not context["found"] else 200
    )
