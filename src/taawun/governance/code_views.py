"""The pages of the code lists: open to whoever is signed in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from taawun.foundation.requests import SignedRequest, there
from taawun.foundation.standing import standing
from taawun.governance import code_pages, code_updates
from taawun.governance.code_update_pages import history
from taawun.reference import queries
from taawun.reference.sheets import written


@login_required
@require_safe
def codes(request: SignedRequest) -> HttpResponseBase:
    """Every code list."""
    page, extra = code_pages.lists_page()
    return page.render(request, "ui/list.html", extra)


@login_required
@require_safe
def code_list(request: SignedRequest, slug: str) -> HttpResponseBase:
    """One list with its codes."""
    found = there(queries.code_list(slug))
    page, extra = code_pages.codes_page(found)
    if code_updates.keeps_code_lists(standing(request.user)):
        extra |= {"keeps": True, "updates": history(code_updates.history_of(request.user, found))}
    return page.render(request, "governance/code_list.html", extra)


@login_required
@require_safe
def code_file(request: SignedRequest, slug: str) -> HttpResponse:
    """The whole list as a file, in every language it has."""
    there(queries.code_list(slug))
    content = "\ufeff" + written(queries.codes_of(slug))
    headers = {"Content-Disposition": f'attachment; filename="{slug}.csv"'}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)
