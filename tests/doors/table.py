"""The one table of who may open what: every address × role × own or other country × state of the case.

`test_doors.py` fails when an address of the program is not in it: whoever adds a door adds its row here, with who
opens it and in which states. What the table says is written out, not asked of the code it judges.

A person who does not see a case finds none of its doors: 404, and not a word more than where nothing is at all. A
person who sees it finds the others' doors barred (403). A door that is shut by the case's state says so (409).
"""

from dataclasses import dataclass, field
from typing import Any

# ── States ──

REQUEST = (
    *("idea", "draft", "submitted", "retained", "endorsed", "received"),
    *("under_review", "adopted", "notified", "confirmed"),
)
ENDINGS = ("dropped", "withdrawn", "not_retained", "deferred", "declined")
OPERATION = (
    *("planning", "appraised", "agreed", "in_implementation", "completion_review"),
    *("completed", "ex_post_due", "evaluated", "closed"),
)
LESSON = ("draft", "returned", "analysed", "joined", "certified", "retired")
OPERATION_ENDINGS = ("suspended", "cancelled")
ACTIVITY = ("planning", "agreed", "in_implementation", "reported", "closed")
STATES: dict[str, tuple[str, ...]] = {
    "request": (*REQUEST, *ENDINGS),
    "operation": (*OPERATION, *OPERATION_ENDINGS),
    "lesson": LESSON,
    "activity": (*ACTIVITY, "cancelled"),
}


def life(case: Any) -> str:
    """Which table of states a case follows: an operation's, or a stand-alone activity's."""
    return case.workflow.slug


def since(kind: str, first: str, *, without: tuple[str, ...] = ()) -> frozenset[str]:
    """From a state on, endings included."""
    states = STATES[kind]
    return frozenset(states[states.index(first) :]) - frozenset(without)


# ── Who ──

# Whoever has no part in the postal case of Myanmar, and why they are asked.
STRANGERS = {
    "la-officer": "the same post in another country",
    "la-coordinator": "the coordination body of another country",
    "la-office": "the same agency's office in another country",
    "sn-officer": "another country, another provider",
    "sn-coordinator": "the coordination body of another provider's partner",
    "sn-embassy": "another provider's office",
    "sn-jica": "the same agency's office in a third country",
    "gn-embassy": "another provider's office, in a country on paper",
    "amci-desk": "another provider's desk",
    "amci-approver": "another provider's approver",
    "amci-knowledge": "another provider's knowledge officer",
    "amci-admin": "another provider's administrator",
    "ma-opinion": "a ministry another provider asks",
    "jp-health": "a ministry of the provider's country that was not asked",
    "mofa-clerk": "the ministry above the agency, in a role that decides nothing",
    "mm-ministry": "the ministry above the body that asks: not a party itself",
    "mm-health": "another ministry of the same country",
    "other-evaluator": "an evaluator nobody named",
    "post-former": "held the post until yesterday",
    "post-future": "will hold the post one day",
    "no-post": "a person without a post",
    "no-person": "an account without a person",
}

OFFICERS = ("post-officer", "post-colleague")
OWN = (*OFFICERS, "post-clerk")
HEADQUARTERS = ("desk", "knowledge", "jica-approver", "mofa-approver")
ASKED_MINISTRIES = ("comms-opinion", "finance-opinion")
PROVIDERS_SIDE = (*HEADQUARTERS, "mm-office")
CLERKS = ("jica-clerk", "jica-admin")  # of the agency, in roles that rule no case

FORWARDED = since("request", "endorsed", without=("dropped", "withdrawn", "not_retained"))
REVIEWED = since("request", "under_review", without=("dropped", "withdrawn", "not_retained"))

# Who sees a case, in which states. Whoever is not named: never.
SEES: dict[str, dict[str, frozenset[str]]] = {
    "request": {
        **dict.fromkeys(OWN, frozenset(STATES["request"])),
        "mm-coordinator": since("request", "submitted", without=("dropped", "withdrawn")),
        **dict.fromkeys(PROVIDERS_SIDE, FORWARDED),
        **dict.fromkeys(ASKED_MINISTRIES, REVIEWED),
    },
    "operation": {
        **dict.fromkeys((*OWN, "mm-coordinator", *PROVIDERS_SIDE, *CLERKS), frozenset(STATES["operation"])),
        "evaluator": since("operation", "ex_post_due", without=OPERATION_ENDINGS),
    },
    "activity": dict.fromkeys(
        (*OWN, "mm-coordinator", *PROVIDERS_SIDE, *CLERKS, "comms-opinion"),
        frozenset(STATES["activity"]),
    ),
    "lesson": dict.fromkeys(PROVIDERS_SIDE, frozenset(LESSON)),
}
# What is everybody's, whoever they are: a lesson once it is certified.
EVERYBODY_SEES = {"lesson": since("lesson", "certified")}

# Who sees what Laos holds (`another.py`): a request under review, a closed operation, a certified lesson.
LAOS_SEES: dict[str, tuple[str, ...] | None] = {
    "request": ("la-officer", "la-coordinator", "la-office", *HEADQUARTERS),
    "operation": ("la-officer", "la-office", *HEADQUARTERS),
    "lesson": None,  # everybody
}

# Who is offered which step, in which state. In every other state, and to everybody else, it is closed (409).
State = str | tuple[str, ...]
APPROVERS = ("mofa-approver", "jica-approver")
STEPS: dict[str, dict[str, tuple[State, tuple[str, ...]]]] = {
    "request": {
        "prepare": ("idea", OFFICERS),
        "drop": ("idea", OFFICERS),
        "submit": ("draft", OFFICERS),
        "withdraw": ("draft", OFFICERS),
        "retain": ("submitted", ("mm-coordinator",)),
        "return": ("submitted", ("mm-coordinator",)),
        "send-again": ((), ()),  # of one the provider returned: tests/cycle/test_request_doors.py
        "not-retain": ("submitted", ("mm-coordinator",)),
        "forward": ("retained", ("mm-coordinator",)),
        "receive": ("endorsed", ("mm-office",)),
        "return-incomplete": ("endorsed", ("mm-office",)),
        "open-review": ("received", ("desk",)),
        "adopt": ("under_review", ("mofa-approver",)),  # the first of the two seats; then the agency's
        "defer": ("under_review", APPROVERS),
        "decline": ("under_review", APPROVERS),
        "resubmit": ("deferred", OFFICERS),
        "notify": ("adopted", ("mm-office",)),
        "confirm": ("notified", ("mm-office",)),
    },
    "operation": {
        "appraise": ("planning", ("desk",)),
        "back-to-planning": ("appraised", ("desk", "mm-office")),
        "sign": ("appraised", ("mm-office",)),
        "start": ("agreed", ("mm-office",)),
        "open-completion": ("in_implementation", ("desk", "mm-office")),
        "continue": (
            (),
            (),
        ),  # of a review opened before its date: tests/agreements/test_extension_near_the_end.py
        "suspend": ("in_implementation", ("desk", "mm-office")),
        "resume": ("suspended", ("desk",)),
        "confirm-results": ("completion_review", (*OFFICERS, "mm-office")),
        "close-without-ex-post": ("completed", ("desk",)),
        "fall-due": ("completed", ()),  # the clock's
        "evaluate": ("ex_post_due", ("evaluator",)),
        "close": ("evaluated", ("desk",)),
        "follow-up": (("completed", "ex_post_due", "evaluated", "closed"), ("desk", "mm-office")),
        "cancel": (*((*OPERATION[: OPERATION.index("completed")], "suspended"), APPROVERS),),
        "reopen": (("closed", "cancelled"), APPROVERS),
    },
    "activity": {
        "agree": ("planning", ("desk", "mm-office")),
        "start": ("agreed", ("desk", "mm-office")),
        "report": ("in_implementation", ("desk",)),
        "close": ("reported", ("desk",)),
        "cancel": (ACTIVITY[:-1], APPROVERS),
        "reopen": (("closed", "cancelled"), APPROVERS),
    },
    "lesson": {
        "analyse": ("draft", ("knowledge",)),
        "certify": ("analysed", ("knowledge",)),
        "return": ("analysed", ("knowledge",)),
        "hand-in": ("returned", ("mm-office",)),  # who drafted it
        "join": ("analysed", ("knowledge",)),
        "retire": ("certified", ("knowledge",)),
    },
}


def leaves(case: Any, name: str) -> bool:
    """Whether a step starts in the case's present state."""
    states = STEPS[life(case)][name][0]
    return case.state in ((states,) if isinstance(states, str) else states)


# A step that has a page of its own sends there.
ELSEWHERE = {"forward"}


# ── Doors ──


@dataclass(frozen=True)
class Door:
    """An address of a case.

    `writers`: who opens it; none means whoever sees the case. `states`: in which it opens to them, and `shut` what
    it answers in the others; `besides`: to whom, and when, it opens too. `barred`: what the others who see the
    case get. `posts`: it takes what is sent, from `senders` (the writers, where nobody is named); an address that
    only shows answers 405. `shows`: whether it can be looked at.
    `args`: what else its address needs: a word, words of which each is tried, or “#thing” (`walk.things_of`).
    `of`: whose number stands under `key`, where it is not the case's own; `query`: where the number stands behind “?”.
    """

    name: str
    kind: str
    args: dict[str, Any] = field(default_factory=dict)
    writers: tuple[str, ...] = ()
    states: frozenset[str] = frozenset()
    besides: dict[str, frozenset[str]] = field(default_factory=dict)
    shut: int | tuple[int, ...] = 409
    barred: int = 403
    posts: bool = False
    senders: tuple[str, ...] = ()
    shows: bool = True
    key: str = "pk"
    of: str = "#case"
    query: str = ""


def form(name: str, kind: str, writers: tuple[str, ...], *states: str, **more: Any) -> Door:
    """A page on which these people write, while the case is in these states (none: in any)."""
    return Door(name, kind, writers=writers, states=frozenset(states), posts=True, **more)


REQUEST_PARTS = ("idea", "background", "goal", "outputs", "site", "inputs", "implementing")
DESIGN_PARTS = ("objectives", "outputs", "indicators", "assumptions", "inputs", "risks", "plan")
KEEPERS = (*OFFICERS, "mm-coordinator", "mm-office", "desk")
PLANNERS = (*OFFICERS, "desk", "mm-office")
REPORTERS = (*OFFICERS, "mm-office")
MONITORED = ("in_implementation", "completion_review")
MEETS = (*MONITORED, "suspended", "completed", "ex_post_due", "evaluated")
SIGNED = since("operation", "agreed")

DOORS = [
    # ── The request ──
    Door("cycle:request", "request"),
    form("cycle:request-part", "request", OFFICERS, "idea", "draft", args={"part": REQUEST_PARTS}),
    Door("cycle:request-paper", "request", posts=True),
    Door("cycle:request-timeline", "request"),
    form("cycle:lot", "request", ("mm-coordinator",), barred=404),
    Door("cycle:lot-paper", "request", of="#lot", posts=True),
    Door("letters:request", "request"),
    form("letters:request-new", "request", KEEPERS),
    Door("letters:request-questions", "request"),
    form("letters:request-ask", "request", KEEPERS, *REQUEST[2:-1], "deferred"),
    *(
        form(
            "cycle:opinion",
            "request",
            (who,),
            "under_review",
            args={"ref": f"#opinion of {body}"},
            barred=404,
        )
        for who, body in (("comms-opinion", "jp-comms"), ("finance-opinion", "jp-finance"))
    ),
    form("cycle:appraisal-note", "request", ("desk",), "under_review"),
    Door("lessons:similar", "request", posts=True, senders=("desk",)),
    form("agreements:note-verbale", "request", ("mm-office",), "adopted", shut=(409, 302)),
    Door(
        "agreements:note-verbale-paper",
        "request",
        states=frozenset({"notified", "confirmed"}),
        besides=dict.fromkeys(PROVIDERS_SIDE, frozenset({"adopted"})),
        shut=404,
        posts=True,
    ),
    *(
        # Nobody moves a case before there is a newer version: then it is shut, and says why.
        form("governance:move", kind, ("desk",), "elsewhere", args={"kind": kind})
        for kind in ("request", "operation")
    ),
    # ── The operation ──
    Door("cycle:operation", "operation"),
    Door("cycle:parties", "operation"),
    Door("cycle:people", "operation"),
    # Nobody is sent on the walk: who opens a letter is told in tests/cycle/test_mission_letters.py.
    Door("cycle:mission-letter", "operation", args={"ref": "#expert"}, posts=True, shut=404),
    Door("cycle:timeline", "operation"),
    *(
        Door(name, "activity")
        for name in ("cycle:operation", "cycle:parties", "cycle:people", "cycle:timeline")
    ),
    form("cycle:people-edit", "activity", ("desk", "mm-office")),
    form("cycle:parties-edit", "activity", ("desk", "mm-office"), "planning"),
    form(
        "cycle:component",
        "activity",
        ("desk", "mm-office"),
        *("planning", "agreed"),
        args={"component_pk": "#component"},
    ),
    Door("cycle:activity-report", "activity"),
    form(
        "cycle:activity-report-edit",
        "activity",
        (*OFFICERS, "desk", "mm-office"),
        "in_implementation",
    ),
    Door("cycle:activity-report", "operation", states=frozenset({"never"}), shut=404),
    Door("cycle:activity-report-edit", "operation", states=frozenset({"never"}), shut=404, posts=True),
    *(
        Door(name, "activity", states=frozenset({"never"}), shut=404)
        for name in (
            "planning:design",
            "planning:plan",
            "agreements:agreements",
            "meetings:meetings",
            "monitoring:sheets",
        )
    ),
    *(
        Door(
            "take-back",
            kind,
            {"kind": kind.replace("activity", "operation")},
            states=frozenset({"never"}),
            shut=(200, 409),
            posts=True,
        )
        for kind in ("request", "operation", "activity", "lesson")
    ),
    Door("letters:operation", "operation"),
    form("letters:operation-new", "operation", KEEPERS),
    Door("letters:operation-questions", "operation"),
    form("letters:operation-ask", "operation", KEEPERS, *OPERATION[:-1], "suspended"),
    Door("letters:operation", "activity"),
    form("letters:operation-new", "activity", KEEPERS),
    Door("letters:operation-questions", "activity"),
    form("letters:operation-ask", "activity", KEEPERS, *ACTIVITY[:-1]),
    form(
        "cycle:component",
        "operation",
        ("desk", "mm-office"),
        *("planning", "appraised", "agreed"),
        args={"component_pk": "#component"},
    ),
    form("cycle:people-edit", "operation", ("desk", "mm-office")),
    form("cycle:parties-edit", "operation", ("desk", "mm-office"), "planning", "appraised"),
    Door("planning:design", "operation"),
    Door("planning:design-paper", "operation", posts=True),
    Door("planning:version", "operation", args={"number": "0"}),
    form("planning:revision", "operation", PLANNERS, "in_implementation"),
    form("planning:adopt", "operation", ("desk", "mm-office"), "in_implementation"),
    form("planning:discard", "operation", ("desk", "mm-office"), *MONITORED),
    form(
        "planning:put-in-force", "operation", ("desk", "mm-office"), "elsewhere"
    ),  # taken over: tests/planning/test_entering.py
    Door("planning:compare", "operation"),
    Door("planning:compare-paper", "operation"),
    Door("planning:plan", "operation"),
    Door("planning:ex-ante", "operation"),
    Door(
        "planning:ex-ante-paper",
        "operation",
        states=since("operation", "appraised"),
        besides=dict.fromkeys((*PROVIDERS_SIDE, *CLERKS), frozenset({"planning"})),
        shut=404,
        posts=True,
    ),
    # From the implementation on the walk has a revision being written (`walk.py`).
    form(
        "planning:edit", "operation", PLANNERS, "planning", "in_implementation", args={"part": DESIGN_PARTS}
    ),
    form("planning:edit", "operation", PLANNERS, *MONITORED, args={"part": "progress"}),
    form("planning:edit", "operation", ("desk",), "planning", args={"part": "ex-ante"}),
    Door("lessons:operation", "operation"),
    form("lessons:answer", "operation", ("desk", "mm-office"), "planning", args={"citation_pk": "#citation"}),
    form(
        "lessons:outcome",
        "operation",
        ("evaluator",),
        "ex_post_due",
        args={"citation_pk": "#citation"},
        shut=(403, 409),
    ),
    form(
        "lessons:new",
        "operation",
        (*OFFICERS, "mm-office", "desk", "knowledge", "evaluator"),
        key="",
        query="?operation={pk}",
    ),
    Door("agreements:agreements", "operation"),
    form("agreements:record-of-discussions", "operation", ("mm-office",), "appraised"),
    Door("agreements:record-of-discussions-paper", "operation", states=SIGNED, shut=404, posts=True),
    Door("agreements:record-of-discussions-changes", "operation", states=SIGNED, shut=404),
    form("agreements:amendment", "operation", ("mm-office",), "agreed", *MONITORED),
    # In implementation the walk has an amendment being written (`walk.py`).
    form("agreements:amendment-text", "operation", ("mm-office",), *MONITORED),
    form("agreements:amendment-sign", "operation", ("mm-office",), *MONITORED),
    form("agreements:amendment-withdraw", "operation", ("mm-office",), *MONITORED),
    form("agreements:round-send", "operation", ("mm-office",), *MONITORED),
    # From the implementation on the text of the amendment is with the partner (`walk.py`).
    Door("agreements:round", "operation", args={"number": "#round"}),
    form(
        "agreements:round-return",
        "operation",
        ("mm-office", *OFFICERS),
        *MONITORED,
        args={"number": "#round"},
    ),
    form(
        "agreements:round-decide", "operation", ("mm-office",), "elsewhere", args={"number": "#round"}
    ),  # of what came back: tests/agreements/test_rounds.py
    form("agreements:round-withdraw", "operation", ("mm-office",), *MONITORED, args={"number": "#round"}),
    Door("agreements:amendment-paper", "operation", args={"number": "#amendment"}, posts=True),
    Door("agreements:amendment-changes", "operation", args={"number": "#amendment"}),
    Door("meetings:meetings", "operation"),
    form("meetings:survey-new", "operation", ("desk", "mm-office"), "planning", "appraised"),
    form(
        "meetings:survey",
        "operation",
        ("desk", "mm-office"),
        "planning",
        "appraised",
        args={"ref": "#survey"},
    ),
    Door("meetings:survey-paper", "operation", args={"ref": "#survey"}, posts=True),
    form("meetings:committee", "operation", ("desk", "mm-office"), *OPERATION[:-1], "suspended"),
    form("meetings:new", "operation", REPORTERS, *MEETS),
    form("meetings:edit", "operation", REPORTERS, *MEETS, args={"ref": "#meeting"}),
    Door("meetings:paper", "operation", args={"ref": "#meeting"}, posts=True),
    Door("monitoring:sheets", "operation"),
    form("monitoring:new-sheet", "operation", REPORTERS, *MONITORED),
    form("monitoring:values", "operation", REPORTERS, *MONITORED),
    Door("monitoring:sheet", "operation", args={"number": "#sheet"}),
    Door("monitoring:sheet-paper", "operation", args={"number": "#sheet"}, posts=True),
    form("monitoring:edit-sheet", "operation", REPORTERS, *MONITORED, args={"number": "#sheet"}),
    form("monitoring:confirm-sheet", "operation", REPORTERS, args={"number": "#sheet"}, shows=False),
    # Nobody of Myanmar is on paper here: to the office that would record it, nothing is awaited (409).
    form(
        "monitoring:confirm-on-paper",
        "operation",
        ("mm-office",),
        "never",
        args={"number": "#sheet", "party": "#party"},
        barred=404,
    ),
    # In implementation the walk has the partner dispute a figure of the office's (`walk.py`).
    Door("monitoring:disputes", "operation"),
    form("monitoring:dispute-new", "operation", REPORTERS, *MONITORED, args={"figure": "#figure"}),
    Door(
        "monitoring:dispute",
        "operation",
        args={"ref": "#dispute"},
        posts=True,
        senders=tuple(SEES["operation"]),
    ),
    Door("monitoring:completion", "operation"),
    form("monitoring:edit-completion", "operation", REPORTERS, "completion_review"),
    Door("monitoring:completion-paper", "operation", posts=True),
    Door("evaluation:evaluation", "operation"),
    form("evaluation:name-evaluator", "operation", ("desk",), "completed", "ex_post_due"),
    form("evaluation:edit", "operation", ("evaluator",), "ex_post_due", shut=(403, 409)),
    form("evaluation:answer", "operation", OFFICERS, "evaluated", args={"ref": "#recommendation"}),
    Door(
        "evaluation:paper",
        "operation",
        states=frozenset({"evaluated", "closed"}),
        besides={"evaluator": frozenset({"ex_post_due"})},
        shut=404,
        posts=True,
    ),
    # ── Files: what belongs to the operation, and what still waits for its form ──
    *(Door("papers:file", "operation", of=f"#{one}") for one in ("record", "minutes")),
    Door(
        "papers:file",
        "operation",
        of="#reply",
        besides=dict.fromkeys(
            ASKED_MINISTRIES, frozenset(STATES["operation"])
        ),  # who see the request it answers
    ),
    Door("papers:file", "operation", of="#held scan", writers=("mm-office",), barred=404),
    # ── The lesson ──
    Door("lessons:lesson", "lesson"),
    form(
        "lessons:edit",
        "lesson",
        ("knowledge",),
        *("draft", "returned", "analysed"),
        besides={"mm-office": frozenset({"draft", "returned"})},  # whose organisation drafted it
    ),
    form("lessons:analysis", "lesson", ("knowledge",), "analysed", "certified"),
]

# Addresses that belong to no case. What each answers a person who signed in, to GET and to POST; whoever has not is
# sent to sign in (tests/test_house.py holds the list of what a visitor may open).
# Whom else an address opens to is told below, in HOUSE_BESIDES. Of things that have a number, nobody's is asked for
# here: who opens a letter, a question, a delegation, a merge or a batch is told in their own rooms' tests.
HOUSE: dict[str, tuple[str, int, int]] = {
    "governance:lists": ("/codes/", 200, 405),
    "governance:list": ("/codes/sector/", 200, 405),
    "governance:list-file": ("/codes/sector/codes.csv", 200, 405),
    "governance:list-update-new": ("/codes/sector/update/", 404, 404),
    "governance:list-shipped": ("/codes/sector/shipped/", 405, 404),
    # An update of nobody's; who reads one is told in tests/governance/test_code_updates.py.
    "governance:list-update": ("/codes/updates/999999999/", 404, 405),
    "governance:list-update-apply": ("/codes/updates/999999999/apply/", 405, 404),
    "governance:list-update-discard": ("/codes/updates/999999999/discard/", 405, 404),
    "governance:list-update-undo": ("/codes/updates/999999999/undo/", 405, 404),
    "governance:agencies": ("/settings/", 404, 405),
    "governance:settings": ("/settings/2/", 404, 405),
    "governance:new": ("/settings/2/new/", 404, 404),
    "governance:compare": ("/settings/2/compare/", 404, 405),
    "governance:days": ("/settings/2/days/", 404, 404),
    "governance:day-remove": ("/settings/2/days/999999999/remove/", 405, 404),
    "governance:word-templates": ("/settings/2/word/", 404, 405),
    "governance:word-template": ("/settings/2/word/note-verbale/fr/", 404, 404),
    # A version of nobody's; who reads whose is told in tests/governance/test_word_templates.py.
    "governance:word-template-version": ("/settings/word/999999999/", 404, 405),
    "governance:version": ("/settings/versions/1/", 404, 405),
    "governance:requests": ("/settings/2/requests/", 404, 405),
    "governance:operations": ("/settings/2/operations/", 404, 405),
    "agreements:clauses": ("/settings/2/clauses/", 404, 405),
    "agreements:clauses-preview": ("/settings/2/clauses/note-verbale/preview/", 404, 405),
    "agreements:clause": ("/settings/2/clauses/note-verbale/opening/", 404, 405),
    "agreements:clause-edit": ("/settings/2/clauses/note-verbale/opening/edit/", 404, 404),
    "agreements:clause-new": ("/settings/2/clauses/note-verbale/new/", 404, 404),
    # A version of nobody's; who reads whose is told in tests/agreements/test_clauses.py.
    "agreements:clause-version": ("/settings/clauses/999999999/", 404, 405),
    "home": ("/", 302, 405),
    "desk": ("/desk/", 200, 405),
    # One's own notices, and how one is told.
    "notices:index": ("/notices/", 200, 302),
    "notices:choice": ("/desk/notices/", 200, 422),
    # An agency's mail is its administrators': see tests/notices.
    "notices:outbox": ("/settings/outbox/", 404, 405),
    "notices:message": ("/settings/outbox/999999999/", 404, 404),
    "notices:hold": ("/settings/outbox/agencies/2/", 404, 404),
    "notices:texts": ("/settings/mail-texts/2/", 404, 405),
    "notices:text": ("/settings/mail-texts/2/task/fr/", 404, 404),
    # Whose dates they show, and whose address one revokes: see tests/workspace/test_calendar.py.
    # Who finds what, and whose searches one runs: see tests/search and tests/workspace/test_search_page.py.
    "search": ("/search/", 200, 405),
    "search-save": ("/search/keep/", 405, 302),
    "search-run": ("/search/kept/999999999/", 405, 404),
    "search-forget": ("/search/kept/999999999/forget/", 405, 404),
    # A country tells what the reader may see there: see tests/workspace.
    "countries": ("/countries/", 200, 405),
    "country": ("/countries/MM/", 200, 405),
    "country-paper": ("/countries/MM/paper/", 200, 405),
    "calendar": ("/calendar/", 200, 405),
    "calendar-addresses": ("/calendar/addresses/", 200, 302),
    "calendar-revoke": ("/calendar/addresses/999999999/revoke/", 405, 404),
    "calendar-feed": ("/calendar/feeds/x.ics", 404, 405),
    # The interface for programs asks for a token, whoever is signed in: who reads what with one stands in tests/api.
    "api:about": ("/api/", 200, 405),
    "api:tokens": ("/api/tokens/", 200, 422),
    "api:token": ("/api/tokens/999999999/", 404, 404),
    "api:openapi": ("/api/v1/openapi.json", 200, 405),
    "api:nothing": ("/api/v1/nothing/here", 404, 405),
    **{
        f"api:{name}": (f"/api/v1/{path}", 401, 405)
        for one, many in (
            *(("request", "requests"), ("operation", "operations"), ("agreement", "agreements")),
            *(("evaluation", "evaluations"), ("lesson", "lessons"), ("organisation", "organisations")),
            ("published-activity", "published"),
        )
        for name, path in ((many, many), (one, f"{many}/1"))
    },
    "api:figures": ("/api/v1/figures", 401, 405),
    "api:figure": ("/api/v1/figures/operations", 401, 405),
    "api:lists": ("/api/v1/codes", 401, 405),
    "api:list": ("/api/v1/codes/sector", 401, 405),
    "api:entries": ("/api/v1/codes/sector/codes", 401, 405),
    "api:search": ("/api/v1/search", 401, 405),
    "set_language": ("/language/", 302, 302),
    "workflow": ("/workflows/request/", 200, 405),
    # One's own uploads alone: see tests/papers/test_pieces.py.
    "papers:uploads": ("/files/uploads/", 405, 422),
    "papers:upload": ("/files/uploads/00000000-0000-4000-8000-000000000000/", 405, 405),
    # One's own jobs alone; a job of nobody here: see tests/foundation/test_job_pages.py.
    "jobs": ("/jobs/", 200, 405),
    "job": ("/jobs/999999999/", 404, 405),
    "job-cancel": ("/jobs/999999999/cancel/", 405, 404),
    "job-go-on": ("/jobs/999999999/go-on/", 405, 404),
    "set-clock": ("/demo/clock/", 405, 302),
    "demo-sign-in": ("/demo/sign-in/x/", 404, 405),
    "cycle:requests": ("/requests/", 200, 405),
    "cycle:operations": ("/operations/", 200, 405),
    "cycle:request-new": ("/requests/new/", 200, 422),
    "cycle:operation-new": ("/operations/new/", 404, 404),
    "cycle:take-over": ("/operations/take-over/", 404, 404),
    "lessons:lessons": ("/lessons/", 200, 405),
    "evaluation:rule-sets": ("/ratings/", 200, 405),
    # One's own absence; whose post and whose delegation is told in tests/directory.
    "directory:absence": ("/desk/absence/", 200, 405),
    "directory:delegation-new": ("/desk/absence/posts/999999999/", 404, 404),
    "directory:delegation": ("/desk/absence/999999999/", 404, 404),
    # One's own handover; of others whoever governs their organisation: see tests/directory.
    "directory:handover-own": ("/desk/handover/", 200, 422),
    "directory:handover": ("/desk/handover/999999999/", 404, 405),
    "directory:people": ("/desk/people/", 404, 405),
    "directory:handover-of": ("/desk/people/999999999/handover/", 404, 404),
    # Merging is the administrators' alone: see tests/directory.
    "directory:merges": ("/desk/merges/", 404, 405),
    "directory:merge-persons": ("/desk/merges/persons/", 404, 404),
    "directory:merge-organisations": ("/desk/merges/organisations/", 404, 404),
    "directory:merge": ("/desk/merges/999999999/", 404, 404),
    "directory:organisations": ("/desk/organisations/", 404, 405),
    "directory:organisation": ("/desk/organisations/999999999/", 404, 405),
    # Of things that were made nobody's is asked for here: who opens a document is told in tests/papers.
    "papers:file-page": ("/files/999999999/page/", 404, 405),
    "papers:documents": ("/documents/", 200, 405),
    "papers:document": ("/documents/999999999/", 404, 405),
    "papers:render-document": ("/documents/999999999/render/", 405, 404),
    "papers:many-archive": ("/documents/jobs/999999999/archive/", 404, 405),
    "cycle:many": ("/documents/many/", 200, 405),
    "cycle:many-kind": ("/documents/many/request-form/", 200, 400),
    "papers:check-form": ("/check/", 200, 405),
    "papers:check": ("/check/NOBODYMADETHISCODE23/", 404, 405),
    "directory:paper-mark": ("/desk/organisations/marks/999999999/", 404, 405),
    "directory:on-paper": ("/desk/organisations/999999999/on-paper/", 404, 404),
    "agreements:register": ("/agreements/", 200, 405),
    "agreements:register-paper": ("/agreements/paper/", 200, 405),
    # Figures count what the reader may see: see tests/figures.
    "figures:figures": ("/figures/", 200, 405),
    "figures:rates": ("/figures/rates/", 200, 405),
    "figures:rate": ("/figures/rates/999999999/", 404, 405),
    "figures:figure": ("/figures/operations/", 200, 405),
    "figures:figure-paper": ("/figures/operations/paper/", 200, 405),
    "letters:letters": ("/letters/", 200, 405),
    "letters:paper": ("/letters/paper/", 200, 405),
    # A register and a letter of nobody here; who reads and writes which is told in tests/letters.
    "letters:new": ("/letters/registers/999999999/new/", 404, 404),
    "letters:letter": ("/letters/999999999/", 404, 405),
    "letters:edit": ("/letters/999999999/edit/", 404, 404),
    "letters:strike": ("/letters/999999999/strike/", 404, 404),
    "letters:take-in": ("/letters/999999999/take-in/", 405, 404),
    "letters:questions": ("/questions/", 200, 405),
    "letters:question": ("/questions/999999999/", 404, 405),
    "letters:answer": ("/questions/999999999/answer/", 404, 404),
    "letters:withdraw": ("/questions/999999999/withdraw/", 404, 404),
    "letters:more-time": ("/questions/999999999/more-time/", 404, 404),
    "letters:settle-more-time": ("/questions/999999999/more-time/settle/", 405, 404),
    "letters:read": ("/questions/999999999/read/", 405, 404),
    # What others publish is everybody's to read; who loads and undoes is told in tests/interchange.
    "interchange:published": ("/published/", 200, 405),
    "interchange:activity": ("/published/999999999/", 404, 405),
    "interchange:original": ("/published/999999999/original.xml", 404, 405),
    "interchange:take-over": ("/published/999999999/take-over/", 404, 404),
    "interchange:taken": ("/operations/999999999/publication/", 404, 405),
    "interchange:taken-text": ("/operations/999999999/publication/text.xml", 404, 405),
    "interchange:undo-taking": ("/operations/999999999/publication/undo/", 404, 404),
    "interchange:loads": ("/published/loads/", 200, 405),
    "interchange:load": ("/published/loads/999999999/", 404, 405),
    "interchange:undo": ("/published/loads/999999999/undo/", 404, 404),
    "interchange:send": ("/published/loads/new/", 404, 404),
    "interchange:sendings": ("/published/loads/sent/", 200, 405),
    "interchange:sending": ("/published/loads/sent/999999999/", 404, 405),
    "interchange:again": ("/published/loads/sent/999999999/again/", 405, 404),
    "interchange:apply": ("/published/loads/999999999/apply/", 405, 404),
    "interchange:discard": ("/published/loads/999999999/discard/", 405, 404),
    # A batch of nobody here; who sends, applies and undoes which is told in tests/batches.
    "batches:batches": ("/batches/", 200, 405),
    "batches:sheet": ("/batches/sheets/nothing/", 404, 404),
    "batches:template": ("/batches/sheets/nothing/1/template.xlsx", 404, 405),
    "batches:batch": ("/batches/999999999/", 404, 405),
    "batches:preview": ("/batches/999999999/preview.xlsx", 404, 405),
    "batches:apply": ("/batches/999999999/apply/", 405, 404),
    "batches:again": ("/batches/999999999/again/", 405, 404),
    "batches:discard": ("/batches/999999999/discard/", 405, 404),
    "batches:undo": ("/batches/999999999/undo/", 404, 404),
}

# Those to whom an address of the house opens besides, and what it answers them.
ADMINS = ("amci-admin", "jica-admin")
DESKS = ("amci-desk", "desk")
GOVERNED = ("desk", "jica-approver", "mofa-approver")  # by the settings of JICA, number 2
HOUSE_BESIDES: dict[str, list[tuple[tuple[str, ...], int, int]]] = {
    "governance:agencies": [((*GOVERNED, *ADMINS, "amci-desk", "amci-approver"), 200, 405)],
    "governance:list-update-new": [(ADMINS, 200, 422)],
    "interchange:send": [(ADMINS, 200, 422)],
    "governance:new": [(GOVERNED, 403, 403), (("jica-admin",), 200, 422)],
    **{
        f"governance:{page}": [((*GOVERNED, "jica-admin"), 200, 405)]
        for page in ("settings", "compare", "version", "requests", "operations")
    },
    "notices:outbox": [(ADMINS, 200, 405)],
    "notices:texts": [(("jica-admin",), 200, 405)],
    **{f"notices:{page}": [(("jica-admin",), 200, 404)] for page in ("hold", "text")},
    **{
        f"agreements:{page}": [((*GOVERNED, "jica-admin"), 200, 405)]
        for page in ("clauses", "clauses-preview", "clause")
    },
    **{
        f"agreements:clause-{page}": [(GOVERNED, 403, 403), (("jica-admin",), 200, 422)]
        for page in ("edit", "new")
    },
    "governance:days": [(GOVERNED, 200, 403), (("jica-admin",), 200, 422)],
    "governance:word-templates": [(GOVERNED, 200, 405), (("jica-admin",), 200, 405)],
    "governance:word-template": [(GOVERNED, 200, 403), (("jica-admin",), 200, 422)],
    "governance:day-remove": [(GOVERNED, 405, 403)],
    "cycle:operation-new": [(DESKS, 200, 422)],
    "cycle:take-over": [(DESKS, 200, 422)],
    **{f"directory:{page}": [(ADMINS, 200, 405)] for page in ("people", "merges", "organisations")},
    **{f"directory:merge-{kind}": [(ADMINS, 200, 422)] for kind in ("persons", "organisations")},
}


def house(name: str, slug: str) -> tuple[int, int]:
    """What an address of the house answers a person, to GET and to POST."""
    for people, get, post in HOUSE_BESIDES.get(name, []):
        if slug in people:
            return get, post
    return HOUSE[name][1:]
