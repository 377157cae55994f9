"""Cases in the states in which the demonstration leaves none, for the pages that open in no other.

`add_to` puts them into the world of a running program, by the people and the legs of the doors' walk.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from taawun.api.actions import issue_token
from taawun.config import due
from taawun.cycle.models import Operation, TeamMember
from taawun.directory.models import Organisation
from taawun.directory.roles import Role
from taawun.foundation import clock
from taawun.foundation.models import Job, User
from taawun.foundation.steps import perform
from taawun.governance.code_updates import read_update
from taawun.interchange.actions import read_sending, send_file, take_in
from taawun.interchange.models import PublishedActivity, Taking
from taawun.lessons.actions import answer_lesson
from taawun.lessons.queries import citations_of
from taawun.monitoring.models import Sheet
from taawun.papers.actions import hold
from taawun.papers.models import Document, FileKind
from taawun.reference.models import Code, CodeList
from taawun.reference.sheets import written
from taawun.workspace.demo import cast, operation as op
from taawun.workspace.demo.players import GUINEA, played_by
from taawun.workspace.demo.story import on
from taawun.workspace.demo.walks import carry_on, walk_operation, walk_request
from taawun.workspace.demo.world import POSTAL_DAYS as LONG_AGO
from tests.agreements import negotiated
from tests.doors.walk import THINGS, WAY
from tests.interchange import made
from tests.program import Program

ALONE = "import django; django.setup(); from tests.browser import farther; farther.tell()"

LATER = datetime(2100, 1, 1, tzinfo=UTC)  # heard of so lately that no worker takes it up


def add_to(program: Program) -> dict[str, Any]:
    """Add the cases. Gives what stands for the words in braces of `pages.py`: a case's number under its name, and of
    each thing it holds under `name-thing`.
    """
    note = json.loads((program.var / "run" / "demo.json").read_text(encoding="utf-8"))
    settings = {
        "DATABASE_URL": note["database"],
        "DJANGO_SETTINGS_MODULE": "taawun.config.settings",
        "TAAWUN_DEMO": "1",
        "TAAWUN_SECRET_KEY": (program.var / "secret").read_text(encoding="utf-8"),
        "TAAWUN_VAR": str(program.var),
        "PYTHONPATH": f"{due.ROOT / 'src'}:{due.ROOT}",
    }
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("TAAWUN_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-c", ALONE], env=kept | settings, stdout=subprocess.PIPE, text=True, check=True
    )
    return json.loads(done.stdout)


def tell() -> None:
    """Add them to the database of the settings, and print what `add_to` gives."""
    with on(clock.today()):
        cases = {**_requests(), **_operations(), **_evaluated()}
        cases |= _lessons(cases["under-way"])
        text = _negotiated(cases["appraised"])
        cases["on-paper"] = _on_paper()
    found = {name: one.pk for name, one in cases.items()}
    for name, one in cases.items():
        found |= {f"{name}-{thing}": key for thing, key in THINGS[one.kind](one).items()}
    print(
        json.dumps(
            found | {"text": text} | _accounts() | _jobs() | _document() | _published() | _lists() | _token()
        )
    )


def _jobs() -> dict[str, int]:
    """Long work of the desk: under way, and ended with something left out; the worker knows nothing of either."""
    fields = {"kind": "of-the-tests", "title": "Covering letters of round 3", "actor": cast.user("desk")}
    running = Job.objects.create(**fields, stage="running", total=3, done=1, skipped=1, touched_at=LATER)
    ended = Job.objects.create(**fields, stage="done", total=3, done=1, skipped=2, ended_at=clock.now())
    states = ("done", "skipped", "waiting")
    for job, names in ((running, states), (ended, ("done", "skipped", "skipped"))):
        for number, state in enumerate(names, start=1):
            reason = "Not yet signed." if state == "skipped" else ""
            job.items.create(number=number, key=str(number), label="A ministry", state=state, reason=reason)
    return {"job-running": running.pk, "job-ended": ended.pk}


def _lists() -> dict[str, int]:
    """Two new versions of a code list: one that can be applied, one that cannot."""
    modality = CodeList.objects.get(pk="modality")
    text = written(Code.objects.filter(code_list=modality))
    sent = {
        "list-update": text.replace("Dispatch of experts", "Experts on mission").replace(
            "seminar,", "workshop,"
        ),
        "list-refused": text.replace("seminar,", "expert,"),
    }
    given = {
        "file_name": "modality.csv",
        "version": "2",
        "reason": "Agreed.",
        "actor": cast.user("jica-admin"),
    }
    return {name: read_update(modality, content, **given).pk for name, content in sent.items()}


def _token() -> dict[str, int]:
    """A token of the administrator's own, which reads two rooms."""
    scopes, ends_on = ("requests:read", "operations:read"), clock.today() + timedelta(days=90)
    made, _secret = issue_token(
        actor=cast.user("jica-admin"), name="Dashboard of the ministry", scopes=scopes, ends_on=ends_on
    )
    return {"token": made.pk}


def _requests() -> dict[str, Any]:
    return {state: walk_request(state, day=clock.today()) for state in ("idea", "retained")}


def _operations() -> dict[str, Operation]:
    day = clock.today()
    return {
        "planning": WAY["operation", "planning"](walk_request("confirmed", day=day)),
        "appraised": walk_operation("appraised", day=day),
        "under-way": _lasting(WAY["operation", "in_implementation"](walk_operation("agreed", day=day))),
        "in-review": walk_operation("completion_review", day=day),
        "completed": walk_operation("completed", day=day),
    }


def _negotiated(operation: Operation) -> int:
    """The Record's text went out and came back changed."""
    negotiated.write_clauses(operation)
    held = negotiated.send(operation)
    negotiated.come_back(held, lambda xml: xml.replace("thirty days", "sixty days"))
    return held.number


def _lasting(operation: Operation) -> Operation:
    """Its period is the postal project's of long ago, at whose end the clock would open the completion review."""
    operation.ends_on = clock.today() + timedelta(days=730)
    operation.save(update_fields=["ends_on"])
    return operation


def _evaluated() -> dict[str, Operation]:
    """Two of long ago: one whose evaluation is due, and which applied the lesson it was offered; one evaluated."""
    desk, day = cast.user("desk"), LONG_AGO["idea"]
    made = walk_operation("appraised", day=day, days=LONG_AGO)
    with on(LONG_AGO["appraised"]):
        made = perform(made, "back-to-planning", actor=desk, reason="For this test.")
        for one in citations_of(made):
            answer_lesson(citation=one, answer="applied", how="So.", actor=desk, base_version=one.version)
        made = perform(Operation.objects.get(pk=made.pk), "appraise", actor=desk)
    made = carry_on(made, "completed", day=day, days=LONG_AGO)
    with on(LONG_AGO["ex_post_due"]):
        made = WAY["operation", "ex_post_due"](made)
    return {"due": made, "evaluated": walk_operation("evaluated", day=day, days=LONG_AGO)}


def _lessons(operation: Operation) -> dict[str, Any]:
    draft, analyse = WAY["lesson", "draft"], WAY["lesson", "analysed"]
    return {"lesson": draft(operation), "analysed": analyse(draft(operation))}


def _on_paper() -> Operation:
    """An operation in a country on paper, with a sheet that waits for the letters of its parties."""
    with _signing_in("gn-agriculture", "gn-coordination") as (line, coordination):
        with played_by(replace(GUINEA, line=line, coordination=coordination)):
            made = op.monitor(walk_operation("in_implementation", day=clock.today()))
        Sheet.objects.get(operation=made).confirmations.all().delete()
    return made


@contextmanager
def _signing_in(line: str, coordination: str) -> Iterator[list[str]]:
    """Somebody of each of these organisations signs in, for as long as it takes to make a case with them."""
    bodies = Organisation.objects.filter(slug__in=(line, coordination))
    bodies.update(on_paper=False)
    roles = {line: Role.LINE_OFFICER, coordination: Role.COORDINATION}
    people = [cast.Player(f"of-{slug}", slug, role, slug, slug, slug) for slug, role in roles.items()]
    for one in people:
        cast.join(one, cast.organisation(one.organisation))
    yield [one.slug for one in people]
    bodies.update(on_paper=True)


def _document() -> dict[str, Any]:
    """A document made of the printed form of the postal project's request."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(cast.user("post-officer"), backend=settings.AUTHENTICATION_BACKENDS[0])
    client.post("/requests/1/paper/", {"make": "pdf"})
    made = Document.objects.latest("pk")
    expert = TeamMember.objects.filter(function="expert", operation__state="closed").latest("pk")
    return {
        "document": made.pk,
        "check": made.check_code,
        "expert": expert.pk,
        "expert-operation": expert.operation_id,
    }


def _published() -> dict[str, int]:
    """Activities of a publisher, taken in by an administrator; a newer file that changed one; one sent and refused."""
    actor = cast.user("jica-admin")
    take_in(made.a_file(made.activity(1), made.activity(2), name="first.xml"), actor=actor)
    newer = replace(made.activity(2), xml=b"<iati-activity/>", titles={"fr": "Eau pour tous"}, status="4")
    load = take_in(made.a_file(newer, made.activity(3), name="newer.xml"), actor=actor).load
    held = PublishedActivity.objects.get(identifier=made.activity(1).identifier)
    real = PublishedActivity.objects.get(identifier="44000-P171054")
    found = {"published": held.pk, "load": load.pk if load else 0, "real": real.pk}
    return found | {"taken": Taking.objects.get().operation_id, "sending": _refused(actor)}


def _refused(actor: User) -> int:
    """A file sent by the page in which two activities bear one identifier."""
    text = made.XML_FILE.format(activities=made.xml_activity(8) * 2).encode()
    file = hold(SimpleUploadedFile("twice.xml", text), actor=actor, allowed=(FileKind.XML,))
    return read_sending(send_file(file, actor=actor), actor=actor).pk


def _accounts() -> dict[str, str]:
    """A person gets a password; the key of the mail by which another may set one."""
    held, lost = cast.user("finance-opinion"), cast.user("comms-opinion")
    held.set_password("for these tests alone")
    held.save(update_fields=["password"])
    return {"lost": user_pk_to_url_str(lost), "lost-key": default_token_generator.make_token(lost)}
