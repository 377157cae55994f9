"""What a stand-alone activity reports."""

from typing import Any

from django.db import transaction

from taawun.cycle import rights
from taawun.cycle.models import ActivityReport, Operation
from taawun.foundation import clock, editing
from taawun.foundation.audit import record
from taawun.foundation.models import User
from taawun.foundation.tasks import sync_tasks
from taawun.papers.actions import hand_over

REPORT_GATE = "activity-report"
REPORT_FIELDS = ("done", "results", "recommended", "participants")


def write_activity_report(
    operation: Operation, values: dict[str, Any], *, actor: User, base_version: int
) -> ActivityReport:
    """Write what an activity did and left behind, while it is carried out. `values`: REPORT_FIELDS and a scan.

    Right `activity-report`. `Frozen` in any other state, `Conflict` when someone else saved meanwhile
    (`base_version` 0: there was none).
    """
    with transaction.atomic():
        locked = Operation.objects.select_for_update(of=("self",)).get(pk=operation.pk)
        seat, organisation_id = rights.require(locked, actor, "activity-report")
        if locked.is_project or locked.state != "in_implementation":
            raise editing.Frozen
        texts = {name: values[name] for name in REPORT_FIELDS}
        report = ActivityReport.objects.filter(operation=locked).first()
        scan = values.get("scan")
        if report is None:
            if base_version:
                raise editing.Frozen
            report = ActivityReport.objects.create(operation=locked, written_by=actor, **texts)
        else:
            held = {name: getattr(report, name) for name in REPORT_FIELDS}
            if held == texts and scan in (None, report.scan):
                return report
            editing.bump(report, base_version, theirs=held, mine=texts)
            ActivityReport.objects.filter(pk=report.pk).update(
                **texts, written_by=actor, written_at=clock.now()
            )
        if scan is not None and scan.pk != report.scan_id:
            hand_over(scan, actor=actor, gate=REPORT_GATE, subject_id=locked.pk)
            ActivityReport.objects.filter(pk=report.pk).update(scan=scan)
        record(
            locked,
            "activity-report-written",
            actor=actor,
            organisation_id=organisation_id,
            role=seat.role,
        )
        sync_tasks(locked)
    return report
