"""Acts that move no state, tabs, services, the sheet of the take-over."""

from django.urls import reverse
from django.utils.translation import gettext_lazy

from taawun.batches.definitions import define
from taawun.cycle import actions, queries, rights
from taawun.cycle.handing import SOURCE, Team
from taawun.cycle.takeover_sheet import TAKE_OVER
from taawun.directory.handing import hands_over
from taawun.directory.roles import Role
from taawun.foundation import ports

hands_over(SOURCE, Team())
ports.act(
    "operation",
    "function-handed-over",
    label=gettext_lazy("Hand over"),
    done=gettext_lazy("Function handed over to a successor"),
)
ports.act("request", "begun", label=gettext_lazy("Begin"), done=gettext_lazy("Idea entered"))
ports.act(
    "request",
    "begun-again",
    label=gettext_lazy("Begin again"),
    done=gettext_lazy("Prepared from a deferred request"),
)
ports.act("request", "edited", label=gettext_lazy("Edit"), done=gettext_lazy("Texts edited"))
ports.act("request", "ranked", label=gettext_lazy("Rank"), done=gettext_lazy("Rank changed"))
ports.act(
    "request",
    "opinion",
    label=gettext_lazy("Give the opinion of your ministry"),
    done=gettext_lazy("Opinion given"),
    url=lambda pk, ref: reverse("cycle:opinion", args=[pk, ref]),
    audience="provider",
)
ports.act(
    "request",
    "appraisal-note",
    label=gettext_lazy("Write the appraisal note"),
    done=gettext_lazy("Appraisal note written"),
    url=lambda pk, ref: reverse("cycle:appraisal-note", args=[pk]),
    audience="provider",
)
ports.act(
    "operation",
    "take-over-undone",
    label=gettext_lazy("Undo the take-over"),
    done=gettext_lazy("Take-over undone"),
)
ports.act("operation", "opened", label=gettext_lazy("Open"), done=gettext_lazy("Operation opened"))
ports.act(
    "operation", "parties-named", label=gettext_lazy("Edit the parties"), done=gettext_lazy("Parties named")
)
ports.act(
    "operation", "people-named", label=gettext_lazy("Name the people"), done=gettext_lazy("People named")
)
ports.act(
    "operation",
    "component-edited",
    label=gettext_lazy("Edit the component"),
    done=gettext_lazy("Component edited"),
)

ports.act(
    "operation",
    "activity-report-written",
    label=gettext_lazy("Write the report"),
    done=gettext_lazy("Report written"),
    url=lambda pk, ref: reverse("cycle:activity-report-edit", args=[pk]),
)

ports.panel("operation", "overview", label=gettext_lazy("Cycle"), url_name="cycle:operation", order=0)
ports.panel("operation", "parties", label=gettext_lazy("Parties"), url_name="cycle:parties", order=10)
ports.panel(
    "operation",
    "report",
    label=gettext_lazy("Report"),
    url_name="cycle:activity-report",
    order=60,
    workflow="activity",
    shown=lambda case, who: case.state in ("in_implementation", "reported", "closed"),
)
ports.panel("operation", "people", label=gettext_lazy("People"), url_name="cycle:people", order=70)
ports.panel("operation", "timeline", label=gettext_lazy("Timeline"), url_name="cycle:timeline", order=110)

define(TAKE_OVER)

ports.service("role-names")(lambda: dict(Role.choices))
ports.service("clock-tick")(actions.tick)
ports.service("waived")(queries.waived_in)
ports.service("may-write")(lambda case, user, right: bool(rights.seat_for(case, user, right)))
