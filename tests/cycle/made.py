"""What the tests of requests share: who is signed in, what the database holds, what a browser sends."""

from typing import Any
from uuid import uuid4

from django.apps import apps
from django.forms import Select
from django.test import Client

from taawun.cycle import actions
from taawun.cycle.models import CooperationRequest
from taawun.directory.models import Organisation
from taawun.foundation.models import AuditEvent, Task, User
from taawun.foundation.ports import TaskSpec
from taawun.foundation.steps import perform
from taawun.foundation.tasks import tasks_of
from tests.factories import a_request, who

RESTING = {"reference", "contenttypes", "auth", "sessions"}


def body(slug: str) -> Organisation:
    return Organisation.objects.get(slug=slug)


def signed_in(person: str | User) -> Client:
    """A browser of this person's."""
    client = Client()
    client.force_login(who(person) if isinstance(person, str) else person)
    return client


def everything() -> dict[str, list[Any]]:
    """Every row of every table that an act may write, jobs included: to show that nothing changed."""
    models = [m for m in apps.get_models() if m._meta.app_label not in RESTING and m._meta.managed]
    held = {m._meta.label: sorted(map(repr, m._default_manager.values_list(*_fields(m)))) for m in models}
    jobs = apps.get_model("procrastinate", "ProcrastinateJob").objects
    return held | {"jobs": sorted(map(repr, jobs.values_list("task_name", "args", "status")))}


def _fields(model: Any) -> list[str]:
    """Signing in is no act: its moment is left out."""
    return [field.attname for field in model._meta.concrete_fields if field.name != "last_login"]


def events_of(case: Any) -> list[AuditEvent]:
    """The whole record of a case, oldest first, whoever may read it."""
    return list(AuditEvent.objects.filter(kind=case.kind, subject_id=case.pk).order_by("id"))


def moves_of(case: Any) -> list[str]:
    """The steps that moved a case, oldest first."""
    return [e.step for e in events_of(case) if e.to_state]


def held_tasks(case: Any) -> set[TaskSpec]:
    """The rows of the desk's table for a case, as the specs they were made from."""
    rows = Task.objects.filter(kind=case.kind, subject_id=case.pk)
    specs = [
        TaskSpec(r.act, r.organisation_id, r.role, r.person_id, r.due, r.ref, r.on_behalf_of_id) for r in rows
    ]
    assert len(specs) == len(set(specs))
    return set(specs)


def derived_tasks(case: Any) -> set[TaskSpec]:
    """What the desk's table must hold, worked out anew from the case."""
    return set(tasks_of(type(case).objects.get(pk=case.pk)))


def in_words(refused: Any) -> list[str]:
    """The sentences of a refusal."""
    return [str(obstacle) for obstacle in refused.value.obstacles]


def a_reviewed_request() -> CooperationRequest:
    """Under review, both opinions in, the note written: only the approvals are missing."""
    made = a_request("under_review")
    for opinion in made.opinions.all():
        slug = opinion.organisation.slug.partition("-")[2]
        actions.give_opinion(opinion, verdict="favourable", text="Yes.", actor=who(f"{slug}-opinion"))
    actions.write_appraisal_note(made, "The need is well shown.", actor=who("desk"), base_version=0)
    return CooperationRequest.objects.get(pk=made.pk)


def a_submittable(purpose: str = "Delivery becomes faster.") -> CooperationRequest:
    """A complete draft: nothing is missing for its submission."""
    made = a_request("draft")
    return actions.save_request_part(
        made, "goal", {"purpose": purpose}, actor=who("post-officer"), base_version=made.version
    )


def declined(made: CooperationRequest, reason: str, person: str = "jica-approver") -> CooperationRequest:
    """One seat declines for all."""
    data = {"reason_code": "decision-reason:budget"}
    return perform(made, "decline", actor=who(person), reason=reason, data=data)


def adopted(made: CooperationRequest) -> CooperationRequest:
    """Both seats approve."""
    perform(made, "adopt", actor=who("mofa-approver"))
    return perform(made, "adopt", actor=who("jica-approver"))


def sent(page: Any, prefix: str = "") -> dict[str, Any]:
    """What a browser would send back of a form page: its fields as they stand, its key and its version."""
    context = page.context
    bundle = context["bundle"]
    data: dict[str, Any] = {"once": str(uuid4()), "base_version": context["base_version"]}
    for part in bundle.parts:
        management = [part.management_form] if hasattr(part, "management_form") else []
        for form in [*getattr(part, "forms", [part]), *management]:
            data |= {bound.html_name: _typed(bound) for bound in form if _typed(bound) not in (None, [])}
    return data


def _typed(bound: Any) -> Any:
    value = bound.value()
    if value is None and isinstance(bound.field.widget, Select):
        # A browser sends the first choice of a list nobody touched.
        value = next((str(key) for key, _label in bound.field.choices), None)
    if isinstance(value, list):
        return [str(getattr(one, "pk", one)) for one in value]
    return None if value is None or value is False else str(getattr(value, "pk", value))
