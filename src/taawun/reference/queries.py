"""What pages ask of the code lists."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from taawun.foundation import clock
from taawun.reference import names
from taawun.reference.models import Code, CodeList
from taawun.reference.names import sort_key

MOST_WORDS = 8


def code_lists() -> QuerySet[CodeList]:
    """Every list with how many codes it has (`total`) and how many of these can be chosen no more (`withdrawn`).

    Code lists are facts of the world: whoever is signed in reads them all.
    """
    gone = Count("codes", filter=Q(codes__valid_to__lt=clock.today()))
    return CodeList.objects.annotate(total=Count("codes"), withdrawn=gone)


def code_list(slug: str) -> CodeList | None:
    """One of them; None where there is none of this name."""
    return code_lists().filter(pk=slug).first()


def codes_of(slug: str) -> QuerySet[Code]:
    """The codes of a list in its order, those withdrawn too."""
    return Code.objects.filter(code_list=slug)


def in_use(codes: QuerySet[Code]) -> QuerySet[Code]:
    """Those that can be chosen today, or from a day to come."""
    return codes.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=clock.today()))


def withdrawn(codes: QuerySet[Code]) -> QuerySet[Code]:
    """Those that serve old records alone."""
    return codes.filter(valid_to__lt=clock.today())


def found_by(codes: QuerySet[Code], slug: str, typed: str) -> QuerySet[Code]:
    """The codes of a list in whose code or names, in whatever language, each word typed stands.

    Accents and case are forgiven. Reads the names that the process knows, not the database.
    """
    words = [sort_key(word) for word in typed.split()[:MOST_WORDS]]
    listing = names.known().get(slug, names.Listing())
    hits = [
        one.id
        for one in listing.entries.values()
        if all(word in sort_key(" ".join([one.id.partition(":")[2], *one.names.values()])) for word in words)
    ]
    return codes.filter(pk__in=hits)
