"""Files leave the house through their gate alone."""

from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from taawun.foundation.requests import there
from taawun.papers.inspection import MEDIA_TYPES
from taawun.papers.models import FileKind
from taawun.papers.queries import file_for, page_of

# Whatever a file holds, a browser that opens it runs nothing, asks nobody and keeps no copy.
HARMLESS = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@login_required
@require_safe
def file_page(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """To the page on which this person finds the file; 404 for whoever may not open it."""
    held = there(file_for(request.user, pk))
    return HttpResponseRedirect(there(page_of(request.user, held) or None))


@login_required
@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One file, to be saved; 404 for whoever may not see what it belongs to."""
    held = there(file_for(request.user, pk))
    kind, size = MEDIA_TYPES[FileKind(held.kind)], {"Content-Length": str(held.size)}
    if request.method == "HEAD":
        name = {"Content-Disposition": content_disposition_header(True, held.original_name) or "attachment"}
        return HttpResponse(content_type=kind, headers=HARMLESS | size | name)
    content = default_storage.open(held.stored_name)
    return FileResponse(
        content, as_attachment=True, filename=held.original_name, content_type=kind, headers=HARMLESS | size
    )
