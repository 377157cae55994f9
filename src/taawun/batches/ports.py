"""What batches supply: the kind under which their acts are recorded, the gate of their workbooks, the menu's entry."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from taawun.batches import queries
from taawun.batches.models import Batch
from taawun.directory.references import moves, stays
from taawun.foundation import ports
from taawun.foundation.standing import standing
from taawun.ui import nav

ports.kind(
    slug=Batch.kind,
    label=gettext_lazy("Batch"),
    model=Batch,
    visible_to=queries.batches_visible_to,
    url_name="batches:batch",
)
ports.act(
    "batch", "batch-previewed", label=gettext_lazy("Send a workbook"), done=gettext_lazy("Workbook read")
)
ports.act("batch", "batch-applied", label=gettext_lazy("Apply"), done=gettext_lazy("Applied as one"))
ports.act("batch", "batch-undone", label=gettext_lazy("Undo"), done=gettext_lazy("Undone as one"))
ports.act("batch", "batch-discarded", label=gettext_lazy("Discard"), done=gettext_lazy("Discarded"))
ports.file_gate(queries.GATE)(queries.may_open_file)


def _fills_sheets_in(request: HttpRequest) -> bool:
    return bool(request.user.is_authenticated and queries.sheets_open_to(standing(request.user)))


nav.register(60, "batches:batches", gettext_lazy("Batches"), "/batches/", _fills_sheets_in)

moves("batches.Batch", "organisation", what=gettext_lazy("Batch"))
stays("batches.Batch", "made_by")
