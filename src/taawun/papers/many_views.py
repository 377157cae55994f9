"""What a job of many papers made, to fetch."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, StreamingHttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from taawun.foundation import work
from taawun.foundation.requests import SignedRequest, there
from taawun.papers.many import KIND
from taawun.papers.many_archive import archive_of
from taawun.papers.views import HARMLESS


@login_required
@require_safe
def archive(request: SignedRequest, pk: int) -> StreamingHttpResponse:
    """The papers of one's own job in one archive, with their index; 404 for whoever did not begin it."""
    job = there(work.job_for(request.user, pk))
    if job.kind != KIND:
        raise Http404
    job.actor = request.user
    headers = HARMLESS | {"Content-Disposition": f'attachment; filename="papers-{job.pk}.zip"'}
    pieces = archive_of(job, get_language() or "en")
    return StreamingHttpResponse(pieces, content_type="application/zip", headers=headers)
