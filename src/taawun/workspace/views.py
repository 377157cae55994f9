"""The public door and the desk."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from taawun.directory.handovers import GOVERNING
from taawun.foundation import clock
from taawun.foundation.standing import standing
from taawun.workspace.queries import (
    ALL,
    MOST,
    counts_for,
    deputies_of,
    drafts_of,
    expiring_counts,
    groups_for,
    mine_lately,
    stands_in,
)
from taawun.workspace.search import saved_of


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Greet an anonymous visitor in their browser's language; a signed-in person goes to the desk."""
    if request.user.is_authenticated:
        return HttpResponseRedirect("/desk/")
    return render(request, "ui/home.html")


@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits on the person, by deadline, each line with the one next act."""
    every = "all" in request.GET
    groups = groups_for(request.user, ALL if every else MOST)
    context = {
        "today": clock.today(),
        "groups": groups,
        "waiting": sum(len(group.lines) for group in groups),
        "more": not every and sum(len(group.lines) for group in groups) == MOST,
        "late": sum(len(group.lines) for group in groups if group.late),
        "counts": counts_for(request.user) + expiring_counts(request.user),
        "drafts": list(drafts_of(request.user)),
        "stands_in": stands_in(request.user),
        "deputies": deputies_of(request.user),
        "governs_people": bool(standing(request.user).holding(GOVERNING)),
        "saved": saved_of(request.user),
        "lately": mine_lately(request.user),
        "clock_can_be_set": clock.can_be_set(),
    }
    return render(request, "workspace/desk.html", context)
