"""The texts of an agency's clauses, as search finds them: the version that holds, where it is the agency's own."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from taawun.agreements.actions.clauses import Place
from taawun.agreements.clause_pages import address_of
from taawun.agreements.fields import read_out
from taawun.agreements.models import Clause, Standing
from taawun.foundation.readable import Readable

CLAUSE = ("provider_id", "instrument", "key", "modality_id")


def versions_beside(ids: Iterable[int]) -> Q:
    """These versions, and those they took the place of."""
    same = {name: OuterRef(name) for name in ("provider", "instrument", "key")}
    return Q(Exists(Clause.objects.filter(pk__in=list(ids), **same)))


def of_clauses(rows: QuerySet[Clause]) -> Iterable[Readable]:
    """Title and text of a clause in each language it is written in; the fields it names read as what stands there."""
    last = Clause.objects.order_by(*CLAUSE, "-version").distinct(*CLAUSE).values("pk")
    for each in rows.filter(pk__in=last, standing=Standing.OWN).select_related("provider"):
        for language, text in each.texts.items():
            title = each.titles.get(language) or next(filter(None, each.titles.values()), "")
            yield Readable(
                object_id=each.pk,
                address=address_of(each.provider, Place(each.instrument, each.key, each.modality_id)),
                language=language,
                title=read_out(title, each.instrument) or each.key,
                body=read_out(text, each.instrument),
                modality=each.modality_id or "",
                day=each.made_at.date(),
            )
