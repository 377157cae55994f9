"""How a paper page answers: read, or made into a document, in the languages it has."""

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods

from taawun.foundation.once import once
from taawun.foundation.requests import SignedRequest
from taawun.papers.beside import beside
from taawun.papers.making import Page, Paper, make
from taawun.papers.models import Document, Format
from taawun.ui import words

Compose = Callable[[str], dict[str, Any]]
LATELY = 5

paper_methods = require_http_methods(["GET", "HEAD", "POST"])


def paper_answer(
    request: SignedRequest, template: str, paper: Paper, compose: Compose, languages: Sequence[str]
) -> HttpResponse:
    """Show a paper in the language asked for (else the first), or make a document of it.

    The view has passed its own gate: who may read the page may make the document. `compose` gives what the template
    needs in a language; its `word_fields`, where it has any, what an agency's own Word template may show. A second
    language stands beside the first. Making is done once however often it is sent.
    """
    asked = request.GET.get("language", "")
    language = asked if asked in languages else languages[0]
    if request.method == "POST":
        return HttpResponseRedirect(
            once(
                request.user,
                request.POST.get("once", ""),
                lambda: _made(request, template, paper, compose, language, languages),
            )
        )
    bar = {
        "paper_links": _links(request, language, languages),
        "making": _making(request, paper, language, languages),
    }
    return render(request, template, compose(language) | bar)


def _links(request: SignedRequest, language: str, languages: Sequence[str]) -> list[tuple[str, str]]:
    """The same page in each other language, by its own name."""
    kept = _kept(request)
    return [
        (f"?{urlencode(kept | {'language': code})}", words.own_name(code))
        for code in languages
        if code != language
    ]


def _kept(request: SignedRequest) -> dict[str, str]:
    """What the address asks besides the language: which version."""
    return {name: str(value) for name, value in request.GET.items() if name != "language"}


def _address(request: SignedRequest, language: str) -> str:
    """The page's own address in this language."""
    return f"{request.path}?{urlencode(_kept(request) | {'language': language})}"


def _making(request: SignedRequest, paper: Paper, language: str, languages: Sequence[str]) -> dict[str, Any]:
    """What the bar offers: formats, a language beside, the documents made of this paper lately."""
    return {
        "address": _address(request, language),
        "beside": [(code, words.own_name(code)) for code in languages if code != language],
        "lately": list(
            Document.objects.filter(gate=paper.gate, subject_id=paper.subject_id, paper=paper.kind).defer(
                "page"
            )[:LATELY]
        ),
    }


def _made(
    request: SignedRequest,
    template: str,
    paper: Paper,
    compose: Compose,
    language: str,
    languages: Sequence[str],
) -> str:
    second = request.POST.get("beside", "")
    second = second if second in languages and second != language else ""
    context = compose(language)
    drawn: str = render_to_string(template, context, request)
    if second:
        drawn = beside(drawn, render_to_string(template, compose(second), request), (language, second))
    if request.POST.get("sheet") == "a3":
        drawn = drawn.replace("<html ", '<html class="a3" ', 1)
    formats = [one for one in Format.values if one == request.POST.get("make")] or [Format.PDF.value]
    fields = context["word_fields"]() if "word_fields" in context else None
    title = str(context["paper"]["title"])
    page = Page(drawn, title, _address(request, language), language, second, fields)
    origin = request.build_absolute_uri("/").rstrip("/")
    return make(paper, page, formats, actor=request.user, origin=origin).get_absolute_url()
