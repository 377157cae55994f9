"""What the registers supply: letters and registers as kinds, their acts, the tab of a case, the gate of scans."""

from django.urls import reverse
from django.utils.translation import gettext_lazy

from taawun.directory.models import Organisation
from taawun.directory.references import moves, objects_to_merging, stays
from taawun.foundation import ports
from taawun.foundation.deadline_rules import deadline_rule, deadline_source
from taawun.foundation.readable import searchable
from taawun.letters import actions, asked, asking, queries, texts
from taawun.letters.models import Letter, Question, QuestionState
from taawun.letters.sources import source
from taawun.ui import nav

ports.kind(
    slug="letter",
    label=gettext_lazy("Letter"),
    model=Letter,
    visible_to=queries.letters_visible_to,
    url_name="letters:letter",
)
ports.kind(
    slug="register",
    label=gettext_lazy("Register of letters"),
    model=Organisation,
    visible_to=queries.registers_visible_to,
    url_name="letters:new",
)
ports.act(
    "letter", "letter-entered", label=gettext_lazy("Enter a letter"), done=gettext_lazy("Letter entered")
)
ports.act(
    "letter",
    "letter-corrected",
    label=gettext_lazy("Correct the entry"),
    done=gettext_lazy("Entry corrected"),
)
ports.act(
    "letter",
    "letter-struck",
    label=gettext_lazy("Strike out the entry"),
    done=gettext_lazy("Entry struck out"),
)
ports.act(
    "letter",
    "letter-taken-in",
    label=gettext_lazy("Enter in our register"),
    done=gettext_lazy("Entered from the other side's register"),
)
ports.act(
    "letter", "letter-by-step", label=gettext_lazy("Enter a letter"), done=gettext_lazy("Entered by a step")
)
ports.panel("operation", "letters", label=gettext_lazy("Letters"), url_name="letters:operation", order=45)
ports.panel("request", "letters", label=gettext_lazy("Letters"), url_name="letters:request", order=50)
ports.file_gate(queries.GATE)(queries.may_open_scan)
ports.gate_of_all(queries.GATE, queries.on_scans_seen, of="letter", names_it=False, files=True)
ports.file_page(queries.GATE)(queries.page_of_scan)
ports.service("covering-letter-left")(actions.covering_letter_left)
ports.service("letter-on-paper")(actions.letter_on_paper)
ports.service("covering-letter-taken-back")(actions.covering_letter_taken_back)

nav.register(30, "letters:letters", gettext_lazy("Letters"), "/letters/")
source(
    "covering-letter",
    gettext_lazy("Covering letter"),
    lambda letter: reverse("cycle:lot-paper", args=[letter.lot_id]),
)


# ── Questions ──

ports.kind(
    slug="question",
    label=gettext_lazy("Question"),
    model=Question,
    visible_to=asked.questions_visible_to,
    url_name="letters:question",
)
ports.service("questions-open")(asked.any_open)
ports.service("questions-here")(asking.open_here)


def _answer_url(_pk: int, ref: int) -> str:
    return reverse("letters:answer", args=[ref])


def _question_url(_pk: int, ref: int) -> str:
    return reverse("letters:question", args=[ref])


# What waits: each also as the provider's own affair, of which the partner is not told.
WAITING = (
    ("answer-question", gettext_lazy("Answer a question"), _answer_url),
    ("settle-more-time", gettext_lazy("Agree to more time for an answer"), _question_url),
    ("read-answer", gettext_lazy("Read the answer to your question"), _question_url),
)
DONE = (
    ("question-asked", gettext_lazy("Ask a question"), gettext_lazy("Question asked")),
    ("question-answered", gettext_lazy("Answer a question"), gettext_lazy("Question answered")),
    ("question-withdrawn", gettext_lazy("Withdraw the question"), gettext_lazy("Question withdrawn")),
    ("more-time-asked", gettext_lazy("Ask for more time"), gettext_lazy("More time asked for an answer")),
    (
        "more-time-settled",
        gettext_lazy("Agree to more time for an answer"),
        gettext_lazy("More time settled"),
    ),
    ("answer-read", gettext_lazy("Read the answer to your question"), gettext_lazy("Answer read")),
)
for kind in ("request", "operation"):
    for slug, label, url in WAITING:
        ports.act(kind, slug, label=label, done=label, url=url)
        ports.act(kind, f"internal-{slug}", label=label, done=label, url=url, audience="provider")
    for slug, label, done in DONE:
        ports.act(kind, slug, label=label, done=done)
    ports.task_source(kind)(asked.tasks_from)
    deadline_source(kind)(asked.deadlines_from)
deadline_rule(
    "answer-question",
    label=gettext_lazy("Answer to a question"),
    from_what=gettext_lazy("the day the question names"),
    ladder=(3, 0, -3),
    url=_question_url,
)
ports.panel(
    "operation",
    "questions",
    label=gettext_lazy("Questions"),
    url_name="letters:operation-questions",
    order=46,
)
ports.panel(
    "request", "questions", label=gettext_lazy("Questions"), url_name="letters:request-questions", order=60
)


moves("letters.Question", "asker", "asker_through", "asked", "asked_through", what=gettext_lazy("Question"))
objects_to_merging(asked.asked_one_another)
stays("letters.Question", "asked_by", "answered_by")
stays("letters.Letter", "organisation", "correspondent", "written_by")

searchable(
    "letter",
    label=gettext_lazy("Letter"),
    model=Letter,
    visible_to=queries.letters_visible_to,
    by_cases=True,
    one_by_one=True,
    about={"request": "coop_request_id", "operation": "operation_id"},
)(texts.of_letters)
searchable(
    "question",
    label=gettext_lazy("Question"),
    model=Question,
    visible_to=asked.questions_visible_to,
    by_cases=True,
    one_by_one=True,
    about={"request": "coop_request_id", "operation": "operation_id"},
    states=dict(QuestionState.choices),
)(texts.of_questions)
