"""What documents and files are of: the texts that search knows of their subjects, and which acts touch them."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from taawun.foundation.models import AuditEvent
from taawun.foundation.ports import registry
from taawun.foundation.readable import SEARCHABLE, Readable

ENTRY = "entry"  # the gate of the letter on which an entry of the record rests
Owners = dict[tuple[str, int], Readable]


def found_gates() -> list[str]:
    """The gates whose files are found."""
    return sorted(slug for slug, gate in registry.gates_of_all.items() if gate.files)


def owners_of(pairs: Iterable[tuple[str, int]], *, named: bool = False) -> Owners:
    """The text of what each (gate, subject) is of, where search knows it: a few SQL statements a gate.

    `named`: of those alone whose gate lets nobody in who may not read it.
    """
    subjects: dict[str, set[int]] = defaultdict(set)
    for gate, subject_id in pairs:
        subjects[gate].add(subject_id)
    found: Owners = {}
    for gate, ids in subjects.items():
        held = registry.gates_of_all.get(gate)
        if gate == ENTRY:
            found |= _of_entries(ids)
        elif held and held.of and (held.names_it or not named):
            found |= {(gate, pk): text for pk, text in _texts(held.of, ids).items()}
    return found


def _texts(kind: str, ids: Iterable[int]) -> dict[int, Readable]:
    """The first text of each of some objects."""
    each = SEARCHABLE.get(kind)
    told = each.texts(each.model._default_manager.filter(pk__in=ids)) if each else ()
    found: dict[int, Readable] = {}
    for text in told:
        found.setdefault(text.object_id, text)
    return found


def _of_entries(ids: set[int]) -> Owners:
    """An entry's letter is of the case to which the act was done."""
    cases: dict[str, dict[int, int]] = defaultdict(dict)
    for pk, kind, subject_id in AuditEvent.objects.filter(pk__in=ids).values_list("pk", "kind", "subject_id"):
        cases[kind][pk] = subject_id
    texts = {kind: _texts(kind, set(held.values())) for kind, held in cases.items()}
    return {
        (ENTRY, pk): texts[kind][subject_id]
        for kind, held in cases.items()
        for pk, subject_id in held.items()
        if subject_id in texts[kind]
    }


def codes_of(owner: Readable | None) -> dict[str, Any]:
    """The codes a text is narrowed by, of what it is of."""
    return {name: getattr(owner, name) for name in ("country", "sector", "modality")} if owner else {}


def files_touched(kind: str, ids: Iterable[int]) -> Q | None:
    """The files that an act on these objects may have brought, or of which it changed what they are of."""
    ids = list(ids)
    touched = [
        Q(gate=slug, subject_id__in=SEARCHABLE[gate.of].of(kind, ids).order_by().values("pk"))
        for slug, gate in registry.gates_of_all.items()
        if gate.files and gate.of and (kind == gate.of or kind in SEARCHABLE[gate.of].about)
    ]
    if registry.kinds[kind].workflow if kind in registry.kinds else False:
        entries = AuditEvent.objects.order_by().filter(kind=kind, subject_id__in=ids)
        touched.append(Q(gate=ENTRY, subject_id__in=entries.values("pk")))
    condition = Q()
    for one in touched:
        condition |= one
    return condition if touched else None
