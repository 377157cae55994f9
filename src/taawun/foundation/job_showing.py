"""What the pages of long work show: how far a job is, what became of its items."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy

from taawun.foundation import work
from taawun.foundation.models import ItemState, Job, JobItem, JobStage
from taawun.foundation.ports import registry
from taawun.ui.lists import Column, Filter, ListPage
from taawun.ui.templatetags.ui import state

STAGE_TONES = {JobStage.WAITING: "wait", JobStage.RUNNING: "wait", JobStage.DONE: "ok", JobStage.FAILED: "no"}
ITEM_TONES = {ItemState.WAITING: "wait", ItemState.DONE: "ok", ItemState.FAILED: "no"}
PAUSE = 10  # seconds after which a page without script renews itself


def stage_mark(job: Job) -> SafeString:
    """Where a job stands, by word and icon."""
    return state(job.get_stage_display(), STAGE_TONES.get(JobStage(job.stage), ""))


def progress(job: Job) -> str:
    """3 of 10."""
    return _("%(done)s of %(total)s") % {"done": job.handled, "total": job.total}


JOBS = [
    Column("title", gettext_lazy("Job"), head=True, link=True),
    Column("kind", gettext_lazy("Kind"), value=lambda job: work.label_of(job.kind)),
    Column("handled", gettext_lazy("Done so far"), value=progress),
    Column("stage", gettext_lazy("State"), value=stage_mark, text="get_stage_display", sort="stage"),
    Column("made_at", gettext_lazy("Begun"), sort="made_at"),
]


def _item_state(item: JobItem) -> SafeString:
    return state(item.get_state_display(), ITEM_TONES.get(ItemState(item.state), ""))


def _item_link(item: JobItem) -> str:
    return item.address


def _reason(item: JobItem) -> str | SafeString:
    return format_html('<span dir="auto">{}</span>', item.reason) if item.reason else ""


ITEMS = [
    Column("number", gettext_lazy("No."), sort="number", css="n"),
    Column("item", gettext_lazy("Item"), value=str, head=True, link=_item_link),
    Column("state", gettext_lazy("State"), value=_item_state, text="get_state_display", sort="state"),
    Column("reason", gettext_lazy("Why"), value=_reason, text="reason"),
]


def jobs_list(user: Any) -> ListPage:
    """One's own jobs, the newest first."""
    return ListPage(
        work.jobs_of(user),
        JOBS,
        filters=[Filter("stage", gettext_lazy("State"), JobStage.choices)],
        default_sort="-id",
        empty_text=_("You have begun no long work yet. What takes a while is done here while you go on."),
        export_name="jobs",
    )


def items_list(found: Job) -> ListPage:
    """The items of a job in their order."""
    return ListPage(
        found.items.all(),
        ITEMS,
        filters=[Filter("state", gettext_lazy("State"), ItemState.choices)],
        default_sort="number",
        empty_text=_("There was nothing to do."),
        export_name=f"job-{found.pk}",
        page_size=50,
    )


def job_page(found: Job, user: Any, *, still: bool) -> dict[str, Any]:
    """The head of a job's page. `still`: its reader does not want it to renew itself."""
    kind = registry.kinds.get(found.case_kind)
    case = kind.visible_to(user).filter(pk=found.case_id).first() if kind else None
    left = found.total - found.done - found.skipped
    return {
        "job": found,
        "title": found.title,
        "kind_label": work.label_of(found.kind),
        "stage_mark": stage_mark(found),
        "progress": progress(found),
        "case": case,
        "is_alone": found.total == 1,
        "may_go_on": not found.is_open and bool(left) and work.kind_of(found) is not None,
        "left": left,
        "pause": PAUSE if found.is_open and not still else 0,
        "still": still,
        "crumbs": [(reverse("jobs"), _("My jobs")), ("", found.title)],
    }
