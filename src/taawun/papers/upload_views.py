"""Uploads in pieces, for the page's script: opened, appended to, asked where they stand."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from taawun.foundation.answers import whole
from taawun.foundation.requests import SignedRequest, there
from taawun.papers import pieces
from taawun.papers.forms import token_of
from taawun.papers.inspection import SCANS
from taawun.papers.models import FileKind, Upload

NOT_KEPT = {"Cache-Control": "no-store"}


def _refused(error: ValidationError) -> JsonResponse:
    return JsonResponse({"error": " ".join(error.messages)}, status=422, headers=NOT_KEPT)


@login_required
@require_POST
def open_upload(request: SignedRequest) -> HttpResponse:
    """Announce a file that will come in pieces: its name, its size, the kinds its field takes."""
    asked = request.POST.get("kinds", "").split(",")
    kinds = tuple(kind for kind in FileKind.values if kind in asked) or SCANS
    name, size = request.POST.get("name", "").replace("\0", ""), whole(request.POST.get("size"), 0)
    try:
        made = pieces.open_upload(name, size, kinds, actor=request.user)
    except ValidationError as error:
        return _refused(error)
    address = reverse("papers:upload", args=[made.key])
    return JsonResponse(
        {"address": address, "piece": pieces.PIECE}, status=201, headers={"Location": address}
    )


@login_required
@require_http_methods(["HEAD", "PATCH"])
def upload(request: SignedRequest, key: UUID) -> HttpResponse:
    """Where an upload stands, or another piece of it; nobody's but its sender's."""
    found = there(pieces.upload_of(request.user, key))
    if request.method == "HEAD":
        return HttpResponse(headers=NOT_KEPT | _stands(found.offset) | {"Upload-Length": str(found.size)})
    return _append(request, found)


def _stands(offset: int) -> dict[str, str]:
    return {"Upload-Offset": str(offset)}


def _append(request: SignedRequest, found: Upload) -> HttpResponse:
    announced = whole(request.META.get("CONTENT_LENGTH"), 0)
    if announced > pieces.MOST_PIECE:
        return HttpResponse(status=413)
    offset = whole(request.headers.get("Upload-Offset"), -1)
    data = request.body
    if len(data) != announced or offset < 0:
        return HttpResponse(status=400)  # the line was cut within the piece: it is sent again
    try:
        moved = pieces.append(found, offset, data, actor=request.user)
    except pieces.Elsewhere as place:
        return HttpResponse(status=409, headers=NOT_KEPT | _stands(place.offset))
    except ValidationError as error:
        return _refused(error)
    return JsonResponse(_told(moved), headers=NOT_KEPT | _stands(moved.offset))


def _told(moved: Upload) -> dict[str, Any]:
    if moved.file is None:
        return {"offset": moved.offset}
    file = moved.file
    return {
        "offset": moved.offset,
        "token": token_of(file),
        "name": file.original_name,
        "size": filesizeformat(file.size),
        "location_removed": file.location_removed,
    }
