"""The pages of people who move: absence and deputies."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from taawun.directory import absence as away, actions, showing
from taawun.directory.forms import DelegationForm
from taawun.directory.models import Delegation, Post
from taawun.foundation.answers import answered_once
from taawun.foundation.once import once
from taawun.foundation.requests import SignedRequest, there
from taawun.foundation.steps import Refused


@login_required
@require_safe
def absence(request: SignedRequest) -> HttpResponse:
    """My posts and who acts in them while I am away; for whom I act."""
    return render(request, "directory/absence.html", showing.absence_page(request.user))


@login_required
def new(request: SignedRequest, pk: int) -> HttpResponse:
    """Name a deputy for one of my posts."""
    return answered_once(request, lambda: _answer_new(request, pk))


def _answer_new(request: SignedRequest, pk: int) -> HttpResponse:
    post = there(away.post_of(request.user, pk))
    form = DelegationForm(request.POST if request.method == "POST" else None, post=post)
    context: dict[str, Any] = {"form": form, "post": post, "crumbs": showing.crumbs(_("Name a deputy"))}
    context["back"] = reverse("directory:absence")
    if post.role in away.PERSONAL:
        context["obstacles"] = [_("An evaluator is chosen as a person: nobody evaluates in their place.")]
        return render(request, "directory/delegation_form.html", context | {"shut": True}, status=409)
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "directory/delegation_form.html", context, status=status)
    try:
        address = once(request.user, request.POST.get("once", ""), lambda: _name(request, post, form))
    except Refused as refusal:
        context["obstacles"] = refusal.obstacles
        return render(request, "directory/delegation_form.html", context, status=409)
    return HttpResponseRedirect(address)


def _name(request: SignedRequest, post: Post, form: DelegationForm) -> str:
    made = actions.delegate(post, **form.cleaned_data, actor=request.user)
    messages.success(request, _("%(person)s is named your deputy.") % {"person": made.to_person.name})
    return reverse("directory:absence")


@login_required
def delegation(request: SignedRequest, pk: int) -> HttpResponse:
    """One delegation; its holder and its deputy end it here."""
    return answered_once(request, lambda: _answer_delegation(request, pk))


def _answer_delegation(request: SignedRequest, pk: int) -> HttpResponse:
    found = there(away.delegation_for(request.user, pk))
    context = showing.delegation_page(found, request.user)
    if request.method != "POST":
        return render(request, "directory/delegation.html", context)
    try:
        address = once(request.user, request.POST.get("once", ""), lambda: _end(request, found))
    except Refused as refusal:
        context["obstacles"] = refusal.obstacles
        return render(request, "directory/delegation.html", context, status=409)
    return HttpResponseRedirect(address)


def _end(request: SignedRequest, found: Delegation) -> str:
    actions.end_delegation(found, actor=request.user)
    messages.success(request, _("The delegation has ended."))
    return reverse("directory:absence")
