"""How a batch is put before the reader: what it would do, what stands in the way, each cell in words."""

from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy

from taawun.batches.definitions import Definition
from taawun.batches.models import Batch, Stage, Verdict
from taawun.batches.queries import batches_visible_to, job_under_way, rows_of, sheets_open_to
from taawun.batches.reasons import tell
from taawun.batches.rows import verdict_mark
from taawun.batches.template import takes
from taawun.directory.models import Organisation
from taawun.foundation.audit import events_of, label_of
from taawun.foundation.ports import registry
from taawun.foundation.standing import Standing, standing
from taawun.ui.lists import Column, Filter, ListPage
from taawun.ui.templatetags.ui import state

STAGE_TONES = {Stage.PREVIEWED: "wait", Stage.APPLIED: "ok", Stage.UNDONE: "no", Stage.DISCARDED: ""}
LEGEND = [
    (Verdict.ADDED, gettext_lazy("is entered anew")),
    (Verdict.CHANGED, gettext_lazy("changes what stands there: before and after are shown")),
    (Verdict.UNCHANGED, gettext_lazy("says what stands there already: nothing is done")),
    (Verdict.CONFLICTING, gettext_lazy("is at odds with what stands there: nothing is applied")),
    (Verdict.REFUSED, gettext_lazy("cannot be taken, for the reason told: nothing is applied")),
]


def stage_mark(batch: Batch) -> SafeString:
    """Where a batch stands, by word and icon."""
    return state(batch.get_stage_display(), STAGE_TONES[Stage(batch.stage)])


# ── The list of batches ──

COLUMNS = [
    Column("file", gettext_lazy("Workbook"), value="file.original_name", head=True, link=True),
    Column("label", gettext_lazy("Sheet")),
    Column("organisation", gettext_lazy("For"), value="organisation.name"),
    Column("rows", gettext_lazy("Rows"), value=lambda row: sum(row.counts.values()), css="n"),
    Column("stage", gettext_lazy("State"), value=stage_mark, text="get_stage_display", sort="stage"),
    Column("made_at", gettext_lazy("Sent on"), sort="made_at"),
]


def batches_list(user: Any) -> tuple[ListPage, dict[str, Any]]:
    """The batches this person may see, and the sheets they may fill in."""
    page = ListPage(
        batches_visible_to(user).select_related("organisation", "file"),
        COLUMNS,
        filters=[Filter("stage", gettext_lazy("State"), Stage.choices)],
        default_sort="-id",
        empty_text=_("No workbook was sent yet."),
        export_name="batches",
    )
    sheets = sheets_open_to(standing(user))
    acts = [(reverse("batches:sheet", args=[each.slug]), each.label) for each in sheets]
    lede = _("A workbook is read first, and applied as one when you say so; it can be undone as one.")
    return page, {"title": _("Batches"), "lede": lede, "acts": acts}


def sheet_page(definition: Definition, organisations: list[Organisation]) -> dict[str, Any]:
    """What a sheet is for: its columns with what each takes, its template for each of one's organisations."""
    return {
        "definition": definition,
        "columns": [
            {"label": each.label, "needed": each.required, "takes": takes(each), "help": each.help}
            for each in definition.fields
        ],
        "templates": [
            (reverse("batches:template", args=[definition.slug, body.pk]), body.name)
            for body in organisations
        ],
        "crumbs": [(reverse("batches:batches"), _("Batches")), ("", definition.label)],
    }


# ── One batch ──


def batch_page(batch: Batch, user: Any) -> dict[str, Any]:
    """The head of a batch's page: what would happen, what stands in the way, its record."""
    definition = batch.definition
    return {
        "batch": batch,
        "title": str(batch),
        "is_example": batch.is_example,
        "stage_mark": stage_mark(batch),
        "problems": told_of(definition, batch.problems),
        "notices": told_of(definition, batch.notices),
        "summary": summary(batch.counts),
        "legend": [(verdict_mark(verdict), text) for verdict, text in LEGEND],
        "record": record_of(batch, standing(user)),
        "job": (job := job_under_way(batch)),
        "job_is_ones_own": job is not None and job.actor_id == user.pk,
        "made": made_by(batch, user) if batch.stage == Stage.APPLIED else [],
        "crumbs": [(reverse("batches:batches"), _("Batches")), ("", str(batch))],
    }


def told_of(definition: Definition | None, problems: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Problems or notices of the sheet as sentences with their addresses."""
    return [{"at": each["at"], "text": tell(definition, each["why"])} for each in problems]


def summary(counts: dict[str, int]) -> list[tuple[SafeString, int]]:
    """How many rows of each verdict."""
    return [(verdict_mark(verdict), counts[verdict]) for verdict in Verdict if counts.get(verdict)]


def record_of(batch: Batch, who: Standing) -> list[dict[str, Any]]:
    """What was done with the batch, newest first."""
    events = list(events_of(batch, who))  # type: ignore[arg-type]  # a kind without states
    names = registry.services["names-of-users"]({event.actor_id for event in events})
    return [
        {
            "when": event.recorded_at,
            "title": label_of(batch.kind, event.step),
            "who": names.get(event.actor_id, ""),
            "reason": event.detail.data.get("reason", ""),
        }
        for event in events
    ]


def made_by(batch: Batch, user: Any, most: int = 200) -> list[Any]:
    """The cases an applied batch made or changed, as far as the reader sees them: one SQL statement a kind."""
    held: dict[str, list[int]] = {}
    applied = rows_of(batch).filter(event_id__isnull=False, subject_id__isnull=False)
    for kind, pk in applied.values_list("subject_kind", "subject_id")[:most]:
        held.setdefault(kind, []).append(pk or 0)
    return [
        case
        for kind, pks in held.items()
        for case in registry.kinds[kind].visible_to(user).filter(pk__in=pks).order_by("pk")
    ]
