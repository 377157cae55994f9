"""Every component on a page of its own, filled with invented data: what the browser test looks at."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace as Thing

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.template import engines
from django.urls import include, path
from django.utils import translation

from taawun.ui import gantt
from taawun.ui.conflict import conflict_rows
from taawun.ui.lists import Column, Filter, ListPage
from taawun.ui.ring import Phase, Ring, Station
from taawun.ui.trajectory import Course
from taawun.ui.widgets import Day, Figure, Lines
from taawun.ui.workflow_svg import Drawing, Move


def frame(get_response):
    """The language of the address, and someone signed in by word alone."""

    def handle(request):
        with translation.override(request.GET.get("lang", "en")):
            request.user = Thing(is_authenticated=True, pk=1) if "in" in request.GET else AnonymousUser()
            return get_response(request)

    return handle


class PartForm(forms.Form):
    purpose = forms.CharField(label="Purpose", help_text="Who will do what better.", widget=Lines(3))
    baseline = forms.DecimalField(label="Baseline", widget=Figure)
    day = forms.DateField(label="Date of the baseline", widget=Day)
    country = forms.ChoiceField(label="Country", choices=[("sn", "Senegal"), ("ml", "Mali")])
    answer = forms.ChoiceField(
        label="Answer", choices=[("a", "Applied"), ("b", "Not applicable")], widget=forms.RadioSelect
    )
    agreed = forms.BooleanField(label="Agreed", help_text="By both sides.")
    scan = forms.FileField(label="Signed scan")


LINES = [
    Thing(
        ok=False,
        label="Every indicator has a value",
        obstacles=[Thing(text="1 of 5 has none", link="/x/", link_label="", who="")],
    ),
    Thing(ok=True, label="Inputs compared", obstacles=[]),
]
RING = Ring(
    [
        Phase(
            "Plan",
            "done",
            [Station(1, "Request and approval", "done", "12 Jun 2023"), Station(2, "Detailed plan", "done")],
        ),
        Phase("Do", "done", [Station(3, "Experts and training", "done"), Station(4, "Monitoring", "done")]),
        Phase(
            "Check",
            "now",
            [Station(5, "Confirmation of results", "now", "now"), Station(6, "Ex-post evaluation", "todo")],
        ),
        Phase("Act", "todo", [Station(7, "Lessons to the next request", "todo")], "feedback"),
    ],
    "step 5 of 7",
    "Completion review",
    "since 2 Nov 2026",
)
CASE = {
    "code": "SN-2023-PRJ-0017",
    "kind_label": "Technical cooperation project",
    "title": "Climate services for rain-fed farming in the Groundnut Basin",
    "language": "en",
    "is_example": True,
    "state_label": "Completion review",
    "state_tone": "wait",
    "print_url": "/paper/",
    "facts": [Thing(label="Partner country", value="Senegal"), Thing(label="Period", value="36 months")],
    "ball": Thing(who="Project manager, National Meteorological Service", since=date(2026, 11, 16), act=""),
    "dates": [(date(2026, 12, 31), "End of the period")],
    "next": Thing(
        label="Confirm the results", hint="Taken by both sides together.", lines=LINES, who="both sides"
    ),
    "steps": [
        Thing(url="/step/", label="Confirm the results", main=True),
        Thing(url="/x/", label="Suspend", main=False),
    ],
    "tabs": [
        Thing(url="/case/", label="Cycle", current=True),
        Thing(url="/plan/", label="Plan", current=False),
    ],
    "timeline": [
        Thing(when=date(2026, 11, 16), title="Sent", detail="Envoyé", lang="fr", who="Officer", internal=True)
    ],
    "crumbs": [("/list/", "Operations"), ("", "SN-2023-PRJ-0017")],
}
CHAIN = [
    Thing(label="Submitted", who="Ministry", when=date(2026, 2, 1), state="done"),
    Thing(label="Ranked", who="Coordination body", when="", state="now"),
    Thing(label="Received", who="Country office", when="", state="todo"),
]


def case(request):
    return render(request, "ui/case.html", {**CASE, "ring": RING})


def request_case(request):
    return render(request, "ui/case.html", {**CASE, "chain": CHAIN, "obstacles": ["The letter has no date."]})


def step(request):
    context = {
        **CASE,
        "step": CASE["next"],
        "lines": LINES,
        "form": PartForm({}),
        "ready": True,
        "back": "/case/",
    }
    return render(request, "ui/step_page.html", context)


def part(request):
    parts = [
        Thing(url="/x/", label="Who asks", state="complete"),
        Thing(url="/form/", label="Purpose", state="here"),
        Thing(url="/x/", label="Site", state="todo"),
        Thing(url="", label="Check and submit", state="blocked"),
    ]
    context = {
        "title": "Purpose",
        "form": PartForm(),
        "parts": parts,
        "parts_title": "The request",
        "part_number": 2,
        "parts_url": "/x/",
        "code": "GN-2026-REQ-0044",
        "subject": "Upkeep of village boreholes",
        "language": "en",
        "seen_by": "Only your organisation sees it.",
        "autosave_url": "/autosave/",
        "base_version": 3,
    }
    return render(request, "ui/form_page.html", context)


KEPT = []


def autosave(request):
    KEPT.append(request.POST.dict())
    return JsonResponse({"saved_at": "15:01"})


def conflict(request):
    form = PartForm(QueryDict("purpose=Mine&day=2026-03-15&country=sn"))
    theirs = {"purpose": "Theirs\nof two lines", "day": date(2026, 3, 16), "country": "sn"}
    context = {
        "rows": conflict_rows(form, theirs),
        "base_version": 4,
        "subject": "Boreholes",
        "language": "en",
    }
    return render(request, "ui/conflict.html", context)


class Rows(list):
    """Enough of a queryset for a list that asks no database."""

    def __getitem__(self, key):
        return Rows(super().__getitem__(key)) if isinstance(key, slice) else super().__getitem__(key)

    def order_by(self, *names):
        return self

    def filter(self, *args, **kwargs):
        return self

    def values(self, *names):
        return self

    def count(self):
        return len(self)


def cases(request):
    rows = Rows(
        Thing(
            code=f"SN-2026-REQ-{n:04}",
            title="صيانة الآبار" if n % 2 else "Forages villageois",
            language="ar" if n % 2 else "fr",
            since=date(2026, 1, 1),
            amount=Decimal(n * 1000),
        )
        for n in range(60)
    )
    columns = [
        Column("code", "Number", sort="code", head=True, link=lambda row: "/case/"),
        Column("title", "Title", lang="language", sort="title"),
        Column("since", "Since"),
        Column("amount", "Amount", css="n"),
    ]
    states = Filter("state", "State", [("draft", "Draft"), ("sent", "Sent")])
    page = ListPage(rows, columns, [states], ["title"], "code", export_name="requests")
    return page.render(request, extra={"title": "Requests", "acts": [("/x/", "New request")]})


def drawings(request):
    moves = [
        Move("draft", "sent", "Send to the coordination body", main=True, who="Ministry"),
        Move("draft", "withdrawn", "Withdraw"),
        Move("sent", "draft", "Return to the requesting organisation"),
        Move("sent", "done", "Decide", main=True),
    ]
    states = [("draft", "Draft"), ("withdrawn", "Withdrawn"), ("sent", "Sent"), ("done", "Decided")]
    values = {
        "workflow": Drawing("Request", states, moves, here="sent"),
        "scale": gantt.Scale(date(2024, 1, 1), date(2027, 6, 30), date(2026, 11, 24)),
        "planned": [(date(2024, 1, 1), date(2026, 12, 31))],
        "actual": [(date(2024, 3, 1), None)],
        "course": Course(
            date(2024, 1, 1), date(2027, 1, 1), Decimal(0), Decimal(36), [(date(2026, 10, 1), Decimal(35))]
        ),
    }
    code = """{% extends "ui/base.html" %}{% block title %}Drawings{% endblock %}
{% block content %}<h1>Drawings</h1><h2>Workflow</h2>{% workflow_drawing workflow %}
<table class="tb stack"><thead><tr><th scope="col" class="w-line">Line</th>
<th scope="col">{% gantt_head scale %}<span class="visually-hidden">Chart</span></th></tr></thead>
<tbody><tr><th scope="row">Expert</th>
<td>{% gantt_row scale planned actual %}{% trajectory course %}</td></tr></tbody></table>{% endblock %}"""
    return HttpResponse(engines["django"].from_string(code).render(values, request))


def paper(request):
    values = {
        "paper": Thing(
            language=request.GET.get("paper", "fr"),
            title="Note verbale",
            number="214/2026",
            date=date(2026, 11, 24),
            place="Dakar",
        ),
        "letterhead": [
            Thing(lines=["Royaume d’exemple"], lang="fr"),
            Thing(lines=["مملكة المثال"], lang="ar"),
        ],
        "parties": [("Partner", "Ministry of Water", "Guinea")],
        "signatures": [Thing(side="For the Agency", name="", title="", signed=False, date=None, place="")],
        "is_example": True,
        "back": "/case/",
    }
    return render(request, "ui/paper.html", values)


def door(request):
    return render(request, "ui/home.html", {"doors": [("/x/", "Programme officer")]})


def missing(request):
    return render(request, "404.html")


PAGES = {
    "case": case,
    "request": request_case,
    "step": step,
    "form": part,
    "conflict": conflict,
    "list": cases,
    "drawings": drawings,
    "paper": paper,
    "door": door,
    "missing": missing,
}
urlpatterns = [
    *(path(f"{name}/", view) for name, view in PAGES.items()),
    path("", door, name="home"),
    path("desk/", missing, name="desk"),
    path("autosave/", autosave),
    path("i18n/setlang/", missing, name="set_language"),
    path("account/", include("allauth.urls")),
]
