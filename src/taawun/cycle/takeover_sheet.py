"""The sheet by which running operations are taken over by Excel: its columns, what becomes of a row, its undoing."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _, gettext_lazy

from taawun.batches.definitions import Definition, Done, Field, FieldKind, Judgement, Line, Made, Scope
from taawun.cycle import actions
from taawun.cycle.models import LANGUAGES, Basis, Operation, ProviderSettings, settings_of
from taawun.cycle.past import DAY_LABELS, DAYS, STATES, TEXTS, problems_of
from taawun.cycle.queries import partner_organisations, supplying_institutions
from taawun.directory.models import Organisation
from taawun.directory.roles import Role
from taawun.foundation import outbox
from taawun.reference.forms import code_choices

COMPARED = ("title", "language", "modality_id", "sector_id", "site", "starts_on", "ends_on")
BASES = [choice for choice in Basis.choices if choice[0] != Basis.FOLLOW_UP]


def _bodies(rows: Iterable[Organisation]) -> list[tuple[str, str]]:
    """By their names; where two bear the same, each with its code."""
    held = [(body.slug, body.name) for body in rows]
    names = [name for _slug, name in held]
    return [(slug, name if names.count(name) == 1 else f"{name} ({slug})") for slug, name in held]


FIELDS = (
    Field(
        "old_number",
        gettext_lazy("Number in the old register"),
        required=True,
        most=60,
        help=gettext_lazy("It names the row: each number is taken over once."),
        example="COOP-2019-12",
    ),
    Field("title", gettext_lazy("Title"), required=True, example=gettext_lazy("Clean water for three towns")),
    Field(
        "partner",
        gettext_lazy("Partner organisation"),
        FieldKind.CHOICE,
        required=True,
        choices=lambda scope: _bodies(partner_organisations([scope.organisation])),
        example="-",
    ),
    Field(
        "language",
        gettext_lazy("Language of the texts"),
        FieldKind.CHOICE,
        required=True,
        choices=lambda scope: LANGUAGES,
        example="en",
    ),
    Field(
        "modality_id",
        gettext_lazy("Form of cooperation (one only)"),
        FieldKind.CHOICE,
        required=True,
        choices=lambda scope: code_choices("modality"),
        example="modality:technical-cooperation-project",
    ),
    Field(
        "sector_id",
        gettext_lazy("Sector"),
        FieldKind.CHOICE,
        choices=lambda scope: code_choices("sector"),
    ),
    Field("site", gettext_lazy("Site"), example="Bago"),
    Field(
        "supplier",
        gettext_lazy("Supplying or host institution"),
        FieldKind.CHOICE,
        choices=lambda scope: _bodies(supplying_institutions(scope.organisation)),
        help=gettext_lazy("Left empty: your agency itself."),
    ),
    Field("starts_on", gettext_lazy("Begins"), FieldKind.DATE, example=date(2019, 4, 1)),
    Field("ends_on", gettext_lazy("Ends"), FieldKind.DATE, example=date(2031, 3, 31)),
    Field(
        "state",
        gettext_lazy("State it is in"),
        FieldKind.CHOICE,
        required=True,
        choices=lambda scope: [(state.value, state.label) for state in STATES],
        example="in_implementation",
    ),
    Field("state_on", DAY_LABELS["state_on"], FieldKind.DATE, required=True, example=date(2019, 6, 3)),
    *(Field(name, DAY_LABELS[name], FieldKind.DATE) for name in DAYS),
    Field("basis", gettext_lazy("Decided by"), FieldKind.CHOICE, choices=lambda scope: BASES),
    Field("basis_number", gettext_lazy("Number of the decision"), most=120),
    Field("basis_on", gettext_lazy("Date of the decision"), FieldKind.DATE),
    Field(
        "source",
        gettext_lazy("Source paper or file"),
        required=True,
        help=gettext_lazy(
            "What the facts are taken from: a signed paper, a register, a file of another system."
        ),
        example=gettext_lazy("Register of projects, volume 3"),
    ),
)


def judge(scope: Scope, lines: list[Line]) -> list[Judgement]:
    """Added, unless it stands here already or the days cannot be true: three SQL statements, however many rows."""
    rows = Operation.objects.filter(provider=scope.organisation)
    numbers = [line.values["old_number"] for line in lines]
    known = {held.old_number: held for held in rows.filter(old_number__in=numbers)}
    titles = [line.values["title"] for line in lines]
    alike = {(held.title, held.starts_on): held for held in rows.filter(title__in=titles)}
    settings = settings_of(scope.organisation.pk)
    return [_judged(line, settings, known, alike) for line in lines]


def _judged(
    line: Line, settings: ProviderSettings, known: dict[str, Operation], alike: dict[Any, Operation]
) -> Judgement:
    values = line.values
    held = known.get(values["old_number"])
    if held:
        return _judged_beside(values, held)
    why = problems_of(actions.form_of(values["modality_id"], settings), values)
    same = alike.get((values["title"], values["starts_on"]))
    if same:
        why.setdefault("title", []).append(("alike", {"code": same.code}))
        return Judgement("conflicting", (same.kind, same.pk), same.version, why=why)
    return Judgement("refused" if why else "added", why=why)


def _judged_beside(values: dict[str, Any], held: Operation) -> Judgement:
    """A number that was taken over: nothing to do where the row says the same, else it is changed in its own pages."""
    subject = (held.kind, held.pk)
    stands = {name: getattr(held, name) or None for name in COMPARED}
    if stands == {name: values[name] for name in COMPARED}:
        return Judgement("unchanged", subject, held.version)
    before = {name: value.isoformat() if isinstance(value, date) else value for name, value in stands.items()}
    return Judgement(
        "conflicting", subject, held.version, before, {"old_number": [("known", {"code": held.code})]}
    )


def apply(scope: Scope, lines: list[Line], batch: Any) -> list[Done]:
    """Take them over, one after the other, without a mail for each of their tasks."""
    slugs = {line.values[name] for line in lines for name in ("partner", "supplier")} - {None}
    bodies = {body.slug: body for body in Organisation.objects.filter(slug__in=slugs)}
    with outbox.quiet():
        return [_apply(scope, line, batch, bodies) for line in lines]


def _apply(scope: Scope, line: Line, batch: Any, bodies: dict[str, Organisation]) -> Done:
    values = dict(line.values)
    partner = bodies[values.pop("partner")]
    values["supplier"] = bodies.get(values["supplier"] or "")
    made, event = actions.take_over(
        actor=scope.user, provider=scope.organisation, partner=partner, values=values, batch=batch.pk
    )
    return Done(made.kind, made.pk, event)


def undo(scope: Scope, made: list[Made], batch: Any) -> None:
    """Remove them again: nobody has acted on one of them since."""
    operations = list(Operation.objects.filter(pk__in=[one.subject_id for one in made]).order_by("pk"))
    told = _("Batch %(number)s undone") % {"number": batch.pk}
    actions.undo_take_over(operations, actor=scope.user, reason=told)


TAKE_OVER = Definition(
    "take-over",
    gettext_lazy("Take over running work by Excel"),
    gettext_lazy(
        "Operations that were under way before this program enter in the state they are in, their past dated and "
        "marked. What the steps behind them required is listed as not checked; what comes later holds."
    ),
    fields=FIELDS,
    key=("old_number",),
    roles=(Role.DESK,),
    judge=judge,
    apply=apply,
    undo=undo,
    texts=TEXTS,
)
