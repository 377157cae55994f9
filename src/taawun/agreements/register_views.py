"""The pages of the register of agreements."""

from django.contrib.auth.decorators import login_required
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from taawun.agreements.register import register_list, register_paper
from taawun.foundation.requests import SignedRequest


@login_required
@require_safe
def register(request: SignedRequest) -> HttpResponseBase:
    """Every agreement the reader may know of, with what expires."""
    return register_list(request)


@login_required
@require_safe
def paper(request: SignedRequest) -> HttpResponseBase:
    """The register as it is filtered, to print on A4."""
    return register_paper(request)
