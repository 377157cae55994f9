"""The life of a lesson, on its own clock: no operation waits for it (« Agir — rétroaction »)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from taawun.cycle.rights import KNOWLEDGE
from taawun.directory.roles import Role
from taawun.kernel.workflow import Seat, Transition, Workflow, states_of


class LessonState(TextChoices):
    DRAFT = "draft", pgettext_lazy("lesson", "Draft")
    RETURNED = "returned", pgettext_lazy("lesson", "Returned to its author")
    ANALYSED = "analysed", pgettext_lazy("lesson", "Analysed")
    JOINED = "joined", pgettext_lazy("lesson", "Taken up in another lesson")
    CERTIFIED = "certified", pgettext_lazy("lesson", "Certified")
    RETIRED = "retired", pgettext_lazy("lesson", "Retired")


S = LessonState
WRITTEN = (S.DRAFT, S.RETURNED)  # while its author's organisation still writes it
LINKABLE = (S.ANALYSED, S.CERTIFIED)  # while operations may be linked where the same was seen
INSIDE = (S.DRAFT, S.RETURNED, S.ANALYSED, S.JOINED)
OPEN = (S.CERTIFIED, S.RETIRED)
TONES = {S.RETURNED: "late", S.ANALYSED: "wait", S.JOINED: "ok", S.CERTIFIED: "ok", S.RETIRED: "late"}
# The seat its author held when drafting; whoever held none (an evaluator) is asked by name.
AUTHOR = (
    Seat(Role.LINE_OFFICER, f"wrote-as-{Role.LINE_OFFICER}"),
    Seat(Role.COUNTRY_OFFICE, f"wrote-as-{Role.COUNTRY_OFFICE}"),
    Seat(Role.DESK, f"wrote-as-{Role.DESK}"),
    Seat(Role.KNOWLEDGE, f"wrote-as-{Role.KNOWLEDGE}"),
    Seat("", "author-by-name"),
)

LESSON_WORKFLOW = Workflow(
    slug="lesson",
    label=_("Lesson"),
    states=dict(S.choices),
    initial=states_of(S.DRAFT),
    editable=states_of(S.DRAFT, S.RETURNED, S.ANALYSED),
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
            S.RETURNED,
            (KNOWLEDGE,),
            needs_reason=True,
            done=_("Returned to its author"),
            hint=_("The author completes it and hands it in again; the reason says what is missing."),
        ),
        Transition(
            "hand-in",
            _("Hand in again"),
            states_of(S.RETURNED),
            S.DRAFT,
            AUTHOR,
            main=True,
            done=_("Handed in again"),
            hint=_("The knowledge officer returned it and said why; complete it before you hand it in."),
        ),
        Transition(
            "join",
            _("Take up in another lesson"),
            states_of(S.ANALYSED),
            S.JOINED,
            (KNOWLEDGE,),
            form="join-lesson",
            effects=("join-lesson",),
            done=_("Taken up in another lesson"),
            hint=_(
                "The same was learnt elsewhere: its operation is linked to that lesson, and this draft ends."
            ),
        ),
        Transition(
            "retire",
            _("Retire"),
            states_of(S.CERTIFIED),
            S.RETIRED,
            (KNOWLEDGE,),
            needs_reason=True,
            form="retire-lesson",
            effects=("keep-retirement",),
            done=_("Retired"),
            hint=_(
                "It is offered to nobody any more; where it was cited, it stays. Everybody reads the reason."
            ),
        ),
    ),
)
