"""The life of a lesson, on its own clock: no operation waits for it (« Agir — rétroaction »)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from taawun.directory.roles import Role
from taawun.kernel.workflow import Seat, Transition, Workflow, states_of


class LessonState(TextChoices):
    DRAFT = "draft", pgettext_lazy("lesson", "Draft")
    ANALYSED = "analysed", pgettext_lazy("lesson", "Analysed")
    CERTIFIED = "certified", pgettext_lazy("lesson", "Certified")
    RETIRED = "retired", pgettext_lazy("lesson", "Retired")


S = LessonState
INSIDE = (S.DRAFT, S.ANALYSED)
OPEN = (S.CERTIFIED, S.RETIRED)
TONES = {S.ANALYSED: "wait", S.CERTIFIED: "ok", S.RETIRED: "late"}
KNOWLEDGE = Seat(Role.KNOWLEDGE, "provider")

LESSON_WORKFLOW = Workflow(
    slug="lesson",
    label=_("Lesson"),
    states=dict(S.choices),
    initial=states_of(S.DRAFT),
    editable=states_of(S.DRAFT, S.ANALYSED),
    transitions=(
        Transition(
            "analyse",
            _("Take up for analysis"),
            states_of(S.DRAFT),
            S.ANALYSED,
            (KNOWLEDGE,),
            main=True,
            done=_("Analysed"),
            hint=_("The knowledge officer completes cause, countermeasure and conditions before certifying."),
        ),
        Transition(
            "certify",
            _("Certify"),
            states_of(S.ANALYSED),
            S.CERTIFIED,
            (KNOWLEDGE,),
            requires=("lesson-complete",),
            effects=("date-certification",),
            main=True,
            done=_("Certified"),
            hint=_(
                "It is offered from now on to similar requests and operations, and can no longer be edited."
            ),
        ),
        Transition(
            "return",
            _("Return to its author"),
            states_of(S.ANALYSED),
            S.DRAFT,
            (KNOWLEDGE,),
            needs_reason=True,
            done=_("Returned to its author"),
        ),
        Transition(
            "retire",
            _("Retire"),
            states_of(S.CERTIFIED),
            S.RETIRED,
            (KNOWLEDGE,),
            needs_reason=True,
            done=_("Retired"),
            hint=_("It is offered to nobody any more; where it was cited, it stays."),
        ),
    ),
)
