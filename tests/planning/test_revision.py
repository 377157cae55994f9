"""A design that is agreed changes by a revision alone: opened, written, adopted or discarded."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from taawun.cycle.models import TeamMember
from taawun.directory.models import Person
from taawun.foundation import clock, editing
from taawun.foundation.models import AuditEvent, Task
from taawun.foundation.steps import Refused
from taawun.meetings.models import DecisionItem
from taawun.monitoring import actions as monitoring, queries as monitored
from taawun.planning import actions
from taawun.planning.models import (
    Activity,
    DesignVersion,
    IndicatorDefinition,
    Objective,
    PlanLine,
    Target,
)
from taawun.planning.parts import PARTS
from taawun.planning.queries import design_of, design_on, matrix_of, revision_of, values_of
from tests.planning.made import a_complete_operation, an_indicator, posted, save, who
from tests.planning.revised import (
    SIGNED,
    a_decided_revision,
    a_meeting,
    a_revision,
    a_risk,
    a_running_operation,
    adopt,
)

pytestmark = pytest.mark.usefixtures("world")

WRITTEN = [slug for slug, part in PARTS.items() if part.revised and not part.when_frozen]


def write(operation, part, values, by="desk"):
    """Save a part of the revision as whoever opened it just now."""
    version = revision_of(operation).parts.get(part=part).version
    save(operation, part, values, by=by, version=version)


def told(refusal):
    return [str(obstacle) for obstacle in refusal.value.obstacles]


# ── Opening ──


def test_a_revision_opens_as_a_copy_of_the_version_in_force():
    operation = a_running_operation()

    revision = a_revision(operation)

    assert (revision.number, revision.frozen_on, revision.reason) == (1, None, "A third region joins")
    assert (revision.opened_on, revision.opened_by) == (clock.today(), who("desk"))
    agreed = DesignVersion.objects.get(operation=operation, number=0)

    def said(design, part):
        rows = values_of(operation, design, part)
        return str(rows).replace("'id': ", "").translate(str.maketrans("", "", "0123456789"))

    assert {part: said(revision, part) for part in WRITTEN} == {part: said(agreed, part) for part in WRITTEN}
    assert [design_of(operation), revision_of(operation)] == [agreed, revision]
    assert matrix_of(operation).design == agreed


def test_a_row_of_the_copy_has_the_lineage_of_the_row_it_came_from():
    operation = a_running_operation()

    revision = a_revision(operation)

    for model in (Objective, PlanLine):
        of = [
            list(model.objects.filter(design__number=number).order_by("pk").values_list("lineage", flat=True))
            for number in (0, 1)
        ]
        assert of[0] == of[1]
        assert len(set(of[0])) == len(of[0]) > 1
    assert revision.targets.count() == Target.objects.filter(design__number=0).count() == 4


@pytest.mark.parametrize("slug", ["desk", "mm-office", "post-officer"])
def test_desk_office_and_implementing_organisation_open_it(slug):
    assert a_revision(a_running_operation(), by=slug).opened_by == who(slug)


def test_a_member_of_the_project_team_opens_and_writes_it():
    operation = a_running_operation()
    TeamMember.objects.create(
        operation=operation,
        person=Person.objects.get(user=who("comms-opinion")),
        organisation=operation.provider,
        function="expert",
        held_from=SIGNED,
    )

    a_revision(operation, by="comms-opinion")
    write(operation, "risks", {"risks": [a_risk()]}, by="comms-opinion")

    assert revision_of(operation).risks.count() == 2
    with pytest.raises(PermissionDenied):
        adopt(operation, by="comms-opinion")


@pytest.mark.parametrize(
    "slug",
    ["mm-coordinator", "jica-approver", "knowledge", "la-officer", "la-office", "sn-officer", "evaluator"],
)
def test_nobody_else_opens_one(slug):
    operation = a_running_operation()

    with pytest.raises(PermissionDenied):
        a_revision(operation, by=slug)

    assert DesignVersion.objects.count() == 1


@pytest.mark.parametrize(
    "state", ["planning", "appraised", "agreed", "completion_review", "completed", "closed"]
)
def test_it_is_opened_in_implementation_alone(state):
    operation = a_running_operation(state)

    with pytest.raises(editing.Frozen):
        a_revision(operation)


def test_a_second_one_meets_the_first():
    operation = a_running_operation()
    a_revision(operation)

    with pytest.raises(editing.Conflict) as caught:
        actions.save_grounds(
            operation=operation, reason="Another", meeting=None, actor=who("mm-office"), base_version=0
        )

    assert caught.value.theirs == {"reason": "A third region joins", "meeting": None}
    assert DesignVersion.objects.filter(operation=operation).count() == 2


def test_a_meeting_of_another_operation_or_without_a_decision_is_refused():
    operation, other = a_running_operation(), a_running_operation()
    strange, empty = a_meeting(other, "Decided"), a_meeting(operation)

    for meeting in (strange, empty):
        with pytest.raises(Refused) as refusal:
            a_revision(operation, meeting=meeting)
        assert told(refusal) == ["Choose a meeting of this operation that took a decision."]


# ── Writing ──


def test_what_is_written_goes_into_the_revision_alone():
    operation = a_running_operation()
    a_revision(operation)

    write(operation, "risks", {"risks": [a_risk()]}, by="post-officer")

    assert [design.risks.count() for design in DesignVersion.objects.order_by("number")] == [1, 2]
    event = AuditEvent.objects.get(
        step="design-risks", kind="operation", subject_id=operation.pk, actor=who("post-officer")
    )
    assert event.detail.data["version"] == 1


def test_a_new_wording_of_an_indicator_leaves_the_frozen_version_its_own():
    operation = a_running_operation()
    revision = a_revision(operation)
    row = values_of(operation, revision, "indicators")["indicators"][0]

    write(operation, "indicators", {"indicators": [row | {"name": "Worded anew", "target": Decimal(95)}]})

    targets = Target.objects.filter(definition__targets__pk=row["id"]).order_by("design__number")
    assert [target.name for target in targets] == ["Letters posted a head", "Worded anew"]
    assert targets[0].definition.name == "Letters posted a head"


def test_what_is_measured_already_cannot_be_measured_otherwise():
    operation = a_running_operation()
    revision = a_revision(operation)
    row = values_of(operation, revision, "indicators")["indicators"][0]

    for change in ({"unit": "km"}, {"kind": "ratio"}, {"kind": "scale", "steps": 4}):
        with pytest.raises(Refused) as refusal:
            write(operation, "indicators", {"indicators": [row | change]})
        assert told(refusal) == [
            "Indicator G-1 is measured already: its unit and measure stay. Delete it and enter another indicator."
        ]


def test_the_ex_ante_table_is_no_part_of_a_revision():
    operation = a_running_operation()
    a_revision(operation)

    with pytest.raises(editing.Frozen):
        save(operation, "ex-ante", {"conclusion": "Changed"})


def test_what_was_done_goes_into_the_version_in_force_and_comes_along_when_the_revision_is_adopted():
    operation = a_running_operation()
    a_decided_revision(operation)
    write(operation, "risks", {"risks": [a_risk()]})
    line = PlanLine.objects.filter(design__number=0).order_by("pk").first()
    done = {"id": line.pk, "actual_start": date(2026, 7, 1), "actual_end": None}

    save(operation, "progress", {"done": [done], "reached": []})
    assert PlanLine.objects.filter(actual_start__isnull=False).get() == line
    adopt(operation)

    assert list(
        PlanLine.objects.filter(lineage=line.lineage)
        .order_by("design__number")
        .values_list("actual_start", flat=True)
    ) == [date(2026, 7, 1), date(2026, 7, 1)]


# ── Adopting ──


def test_an_adopted_revision_is_in_force_and_the_version_before_it_stays():
    operation = a_running_operation()
    a_decided_revision(operation)
    write(operation, "risks", {"risks": [a_risk()]})

    adopted = adopt(operation, by="mm-office")

    assert (adopted.number, adopted.frozen_on, adopted.adopted_by) == (1, clock.today(), who("mm-office"))
    assert design_of(operation) == adopted
    assert [one.text for one in matrix_of(operation).risks] == ["Staff leave", "The road is cut off"]
    assert [one.text for one in matrix_of(operation, 0).risks] == ["Staff leave"]
    event = AuditEvent.objects.get(step="revision-adopted")
    assert (event.role, event.detail.data["number"], event.detail.data["note"]) == (
        "country-office",
        1,
        f"PDM 1: A third region joins, {operation.code}-JCC01",
    )
    assert operation.state == "in_implementation"


def test_each_day_has_the_version_that_was_in_force_on_it():
    operation = a_running_operation()
    a_revision(operation, meeting=a_meeting(operation, "Decided", held_on=date(2026, 8, 1)))
    write(operation, "risks", {"risks": [a_risk()]})
    adopt(operation, acted_on=date(2026, 9, 1))

    days = [date(2026, 1, 1), SIGNED, date(2026, 8, 31), date(2026, 9, 1), clock.today()]
    assert [design_on(operation, day).number for day in days] == [0, 0, 0, 1, 1]


@pytest.mark.parametrize(
    "slug", ["post-officer", "mm-coordinator", "jica-approver", "la-office", "sn-officer"]
)
def test_desk_and_country_office_alone_adopt(slug):
    operation = a_running_operation()
    a_decided_revision(operation)
    write(operation, "risks", {"risks": [a_risk()]})

    with pytest.raises(PermissionDenied):
        adopt(operation, by=slug)

    assert design_of(operation).number == 0


def test_everything_that_is_missing_is_told_at_once():
    operation = a_running_operation()
    revision = a_revision(operation)
    revision.targets.filter(objective__level="goal").delete()
    PlanLine.objects.filter(design=revision, activity__number=1).update(planned_end=date(2035, 1, 1))
    Activity.objects.filter(output__design=revision, output__number=2).delete()
    DesignVersion.objects.filter(pk=revision.pk).update(reason=" ")

    with pytest.raises(Refused) as refusal:
        adopt(operation)

    assert sorted(told(refusal)) == [
        "Activity 1-1 is planned outside the period of the operation (9 Jun 2026 – 8 Jun 2029).",
        "Choose the meeting of the joint coordinating committee that decided it.",
        "Output 2 has no activity.",
        "The overall goal has no indicator.",
        "The reason is not given.",
    ]
    assert design_of(operation).number == 0


def test_a_revision_that_says_the_same_is_refused():
    operation = a_running_operation()
    a_decided_revision(operation)

    with pytest.raises(Refused) as refusal:
        adopt(operation)

    assert told(refusal) == ["It says the same as the version in force."]


def test_a_meeting_whose_decisions_were_struck_out_decides_nothing():
    operation = a_running_operation()
    a_decided_revision(operation)
    write(operation, "risks", {"risks": [a_risk()]})
    DecisionItem.objects.all().delete()

    with pytest.raises(Refused) as refusal:
        adopt(operation)

    assert told(refusal) == ["The meeting chosen took no decision."]


@pytest.mark.parametrize(
    ("day", "obstacle"),
    [
        (timedelta(days=1), "The date of the act lies in the future."),
        (timedelta(days=-2), "The meeting that decided was held after the day of adoption."),
    ],
)
def test_the_days_follow_one_another(day, obstacle):
    operation = a_running_operation()
    a_decided_revision(operation)
    write(operation, "risks", {"risks": [a_risk()]})

    with pytest.raises(Refused) as refusal:
        adopt(operation, acted_on=clock.today() + day)

    assert told(refusal) == [obstacle]


def test_what_somebody_changed_after_it_was_read_is_not_adopted_unread():
    operation = a_running_operation()
    read = a_decided_revision(operation).version
    write(operation, "risks", {"risks": [a_risk()]})

    with pytest.raises(Refused) as refusal:
        adopt(operation, base_version=read)

    assert told(refusal) == ["The revision was changed since you opened this page: read it again."]


def test_the_indicators_are_told_as_the_version_in_force_tells_them():
    operation = a_running_operation()
    revision = a_decided_revision(operation)
    row = values_of(operation, revision, "indicators")["indicators"][0]
    write(operation, "indicators", {"indicators": [row | {"name": "Worded anew"}]})

    adopt(operation)

    assert IndicatorDefinition.objects.get(targets__pk=row["id"]).name == "Worded anew"
    assert (
        Target.objects.get(design__number=0, definition__targets__pk=row["id"]).name
        == "Letters posted a head"
    )


# ── What the parties alone may change cannot slip through as an edit ──


def of_output(revision, number):
    return Objective.objects.get(design=revision, level="output", number=number)


def change_goal(operation, revision):
    write(
        operation,
        "objectives",
        {"goal": "Another goal", "purpose": "Delivery in the three regions is fast and reliable."},
    )


def change_purpose(operation, revision):
    write(
        operation,
        "objectives",
        {"goal": "Citizens use quick and certain mail.", "purpose": "Another purpose"},
    )


def change_output(operation, revision):
    first, second = values_of(operation, revision, "outputs")["outputs"]
    write(operation, "outputs", {"outputs": [first, second | {"text": "Carriers and clerks are trained"}]})


def add_output(operation, revision):
    rows = values_of(operation, revision, "outputs")["outputs"]
    new = {"id": None, "text": "Post offices are rebuilt", "activities": "Draw up the plans"}
    write(operation, "outputs", {"outputs": [*rows, new]})
    made = of_output(revision, 3)
    period = {"planned_start": operation.starts_on, "planned_end": operation.ends_on}
    PlanLine.objects.create(design=revision, kind="activity", activity=made.activities.get(), **period)
    indicator = an_indicator(operation, "output", "Offices rebuilt") | {"objective": made.pk}
    write(operation, "indicators", {"indicators": [indicator]})


def drop_output(operation, revision):
    row = values_of(operation, revision, "outputs")["outputs"][1]
    write(operation, "outputs", {"outputs": [row | {"delete": True}]})


def replace_output(operation, revision):
    """The same words in a new row: it is another output all the same."""
    rows = values_of(operation, revision, "outputs")["outputs"]
    write(
        operation,
        "outputs",
        {"outputs": [rows[0] | {"text": rows[1]["text"]}, rows[1] | {"text": rows[0]["text"]}]},
    )


@pytest.mark.parametrize(
    ("slip", "obstacles"),
    [
        (change_goal, ["Overall goal is changed: this takes an amendment signed by the parties."]),
        (change_purpose, ["Project purpose is changed: this takes an amendment signed by the parties."]),
        (change_output, ["Output 2 is changed: this takes an amendment signed by the parties."]),
        (add_output, ["Output 3 is new: this takes an amendment signed by the parties."]),
        (drop_output, ["Output 2 is left out: this takes an amendment signed by the parties."]),
        (
            replace_output,
            [
                "Output 1 is changed: this takes an amendment signed by the parties.",
                "Output 2 is changed: this takes an amendment signed by the parties.",
            ],
        ),
    ],
)
def test_goal_purpose_and_outputs_take_an_amendment(slip, obstacles):
    operation = a_running_operation()
    slip(operation, a_decided_revision(operation))

    with pytest.raises(Refused) as refusal:
        adopt(operation)

    assert told(refusal) == obstacles
    assert design_of(operation).number == 0


def test_other_parts_are_the_committees_own():
    operation = a_running_operation()
    revision = a_decided_revision(operation)
    rows = values_of(operation, revision, "outputs")["outputs"]
    write(
        operation, "outputs", {"outputs": [row | {"text": f" {row['text']} \n"} for row in rows]}
    )  # blanks alone
    write(operation, "risks", {"risks": [a_risk()]})
    [row, *_] = values_of(operation, revision, "indicators")["indicators"]
    write(operation, "indicators", {"indicators": [row | {"target": Decimal(99)}]})

    assert adopt(operation).number == 1


# ── Discarding ──


def test_a_discarded_revision_is_gone_and_the_record_keeps_the_reason():
    operation = a_running_operation()
    revision = a_revision(operation)
    goal = revision.objectives.get(level="goal")
    new = an_indicator(operation, "goal", "Never adopted") | {"objective": goal.pk}
    write(operation, "indicators", {"indicators": [new]})

    actions.discard_revision(
        operation=operation,
        reason="The region does not join",
        actor=who("mm-office"),
        base_version=revision_of(operation).version,
    )

    assert [one.number for one in DesignVersion.objects.all()] == [0]
    assert not IndicatorDefinition.objects.filter(name="Never adopted").exists()
    assert (
        AuditEvent.objects.get(step="revision-discarded").detail.data["note"]
        == "PDM 1: The region does not join"
    )
    assert a_revision(operation).number == 1


def test_a_revision_without_a_reason_given_is_not_discarded():
    operation = a_running_operation()
    revision = a_revision(operation)

    with pytest.raises(Refused) as refusal:
        actions.discard_revision(
            operation=operation, reason=" ", actor=who("desk"), base_version=revision.version
        )

    assert told(refusal) == ["Give the reason."]


def test_an_open_revision_waits_on_the_office_until_it_is_decided():
    operation = a_running_operation()
    a_decided_revision(operation)
    write(operation, "risks", {"risks": [a_risk()]})
    waiting = Task.objects.filter(kind="operation", subject_id=operation.pk, act="finish-revision")

    assert [(task.organisation_id, task.role, task.ref) for task in waiting] == [
        (operation.country_office_id, "country-office", 1)
    ]
    adopt(operation)
    assert not waiting.all().exists()


# ── Indicators through the versions ──


def test_a_dropped_indicator_keeps_its_history(client):
    operation = a_running_operation()
    revision = a_decided_revision(operation)
    held = monitored.targets_of(operation)
    monitoring.report_values(
        operation,
        figures={held[0].definition_id: monitoring.Figure(value=Decimal(3))},
        as_of=date(2026, 8, 1),
        actor=who("mm-office"),
        base_version=0,
    )
    row = values_of(operation, revision, "indicators")["indicators"][0]
    new = an_indicator(operation, "goal", "In its place") | {"objective": row["objective"]}
    write(operation, "indicators", {"indicators": [new, row | {"delete": True}]})

    adopt(operation)

    now = monitored.targets_of(operation)
    assert [(target.code, target.name) for target in now if target.code == "G-1"] == [("G-1", "In its place")]
    client.force_login(who("post-officer"))
    page = client.get(reverse("monitoring:sheets", args=[operation.pk]))
    [dropped] = page.context["dropped"]
    assert (dropped.target.code, dropped.target.name) == ("G-1", "Letters posted a head")
    assert [value.value for _side, value in dropped.values] == [Decimal(3)]
    assert "Letters posted a head" in page.content.decode()


def test_an_indicator_of_a_revision_not_adopted_yet_has_no_values():
    operation = a_running_operation()
    revision = a_revision(operation)
    new = an_indicator(operation, "goal", "Not yet") | {"objective": revision.objectives.get(level="goal").pk}
    write(operation, "indicators", {"indicators": [new]})

    with pytest.raises(Refused):
        monitoring.report_values(
            operation,
            figures={IndicatorDefinition.objects.get(name="Not yet").pk: monitoring.Figure(value=Decimal(3))},
            as_of=clock.today(),
            actor=who("mm-office"),
            base_version=0,
        )


def test_a_sheet_speaks_of_the_indicators_in_force_at_the_end_of_its_period():
    operation = a_running_operation()
    revision = a_revision(operation, meeting=a_meeting(operation, "Decided", held_on=date(2026, 8, 1)))
    row = values_of(operation, revision, "indicators")["indicators"][0]
    write(operation, "indicators", {"indicators": [row | {"target": Decimal(77)}]})
    adopt(operation, acted_on=date(2026, 9, 1))

    days = [date(2026, 8, 31), date(2026, 9, 1)]
    assert [monitored.targets_of(operation, day)[0].target for day in days] == [Decimal(10), Decimal(77)]


# ── Pages ──

ADDRESSES = {
    "planning:version": [0],
    "planning:revision": [],
    "planning:adopt": [],
    "planning:discard": [],
    "planning:compare": [],
    "planning:compare-paper": [],
}


def addresses(operation):
    return [reverse(name, args=[operation.pk, *args]) for name, args in ADDRESSES.items()]


@pytest.mark.parametrize(
    "slug", ["la-officer", "la-office", "sn-officer", "amci-desk", "evaluator", "comms-opinion"]
)
def test_strangers_find_nothing_at_any_address(client, slug):
    operation = a_running_operation()
    a_decided_revision(operation)
    client.force_login(who("desk"))
    assert {client.get(url).status_code for url in addresses(operation)} == {200}
    client.force_login(who(slug))

    assert {client.get(url).status_code for url in addresses(operation)} == {404}
    sent = [reverse(f"planning:{name}", args=[operation.pk]) for name in ("revision", "adopt", "discard")]
    assert {client.post(url, {"reason": "Forged", "base_version": 1}).status_code for url in sent} == {404}
    assert revision_of(operation) is not None


@pytest.mark.parametrize(
    ("slug", "answers"),
    [
        ("post-officer", [200, 403, 403]),
        ("mm-coordinator", [403, 403, 403]),
        ("jica-approver", [403, 403, 403]),
        ("mm-office", [200, 200, 200]),
        ("desk", [200, 200, 200]),
    ],
)
def test_each_role_finds_its_own_pages_open(client, slug, answers):
    operation = a_running_operation()
    a_decided_revision(operation)
    client.force_login(who(slug))

    found = [
        client.get(reverse(f"planning:{name}", args=[operation.pk])).status_code
        for name in ("revision", "adopt", "discard")
    ]
    assert found == answers


def test_the_whole_way_through_the_pages(client):
    operation = a_running_operation()
    meeting = a_meeting(operation, "Decided")
    client.force_login(who("mm-office"))
    design = reverse("planning:design", args=[operation.pk])
    assert "Revise the design" in client.get(design).content.decode()

    opened = client.post(
        reverse("planning:revision", args=[operation.pk]),
        {"reason": "A third region joins", "meeting": meeting.pk, "base_version": 0},
    )
    assert (opened.status_code, opened["Location"]) == (302, design)
    edit = reverse("planning:edit", args=[operation.pk, "risks"])
    sent = posted([{**a_risk(), "id": ""}], "risks")
    assert client.post(edit, {"base_version": 1, **sent}).status_code == 302
    page = client.get(reverse("planning:version", args=[operation.pk, 1]))
    assert "The road is cut off" in page.content.decode()
    assert "The road is cut off" not in client.get(design).content.decode()
    read = client.get(reverse("planning:adopt", args=[operation.pk]))
    adopted = client.post(
        reverse("planning:adopt", args=[operation.pk]), {"base_version": read.context["base_version"]}
    )
    assert adopted.status_code == 302
    shown = client.get(design).content.decode()
    assert "The road is cut off" in shown
    assert "A third region joins" in shown
    assert "Meeting 1 of the joint coordinating committee" in shown


def test_a_refused_adoption_says_everything_and_changes_nothing(client):
    operation = a_running_operation()
    revision = a_revision(operation)
    client.force_login(who("desk"))

    page = client.post(reverse("planning:adopt", args=[operation.pk]), {"base_version": revision.version})

    assert page.status_code == 409
    assert "Choose the meeting of the joint coordinating committee that decided it." in page.content.decode()
    assert design_of(operation).number == 0


def test_an_adoption_sent_twice_is_done_once(client):
    operation = a_running_operation()
    a_decided_revision(operation)
    write(operation, "risks", {"risks": [a_risk()]})
    client.force_login(who("desk"))
    address = reverse("planning:adopt", args=[operation.pk])
    sent = {"base_version": revision_of(operation).version, "once": "8b1b4a3e-0b0f-4a57-9d0e-3a55d5c3a111"}

    answers = [client.post(address, sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert AuditEvent.objects.filter(step="revision-adopted").count() == 1


def test_with_no_revision_its_pages_are_shut_and_say_so(client):
    operation = a_running_operation()
    client.force_login(who("desk"))

    for name in ("adopt", "discard"):
        page = client.get(reverse(f"planning:{name}", args=[operation.pk]))
        assert page.status_code == 409
        assert "No revision of the design is being written" in page.content.decode()


def test_a_part_of_a_frozen_version_cannot_be_sent_without_a_revision(client):
    operation = a_running_operation()
    client.force_login(who("desk"))

    for part in WRITTEN:
        answer = client.post(
            reverse("planning:edit", args=[operation.pk, part]),
            {"goal": "Forged", "purpose": "Forged", "base_version": 1},
        )
        assert answer.status_code in (409, 422), part
    assert Objective.objects.get(level="goal").text == "Citizens use quick and certain mail."


def test_papers_of_the_signature_keep_version_0(client):
    operation = a_running_operation()
    a_decided_revision(operation)
    new = {"id": None, "level": "goal", "text": "Said in version 1"}
    write(operation, "assumptions", {"assumptions": [new], "preconditions": []})
    adopt(operation)
    client.force_login(who("desk"))

    def says_it(name, query=""):
        return "Said in version 1" in client.get(reverse(name, args=[operation.pk]) + query).content.decode()

    assert says_it("planning:design-paper")
    assert not says_it("planning:design-paper", "?version=0")
    assert not says_it("planning:ex-ante-paper")
    assert client.get(reverse("planning:design-paper", args=[operation.pk]) + "?version=7").status_code == 404


def test_an_operation_in_planning_has_no_revision(client):
    operation = a_complete_operation()
    client.force_login(who("desk"))

    assert client.get(reverse("planning:revision", args=[operation.pk])).status_code == 409
    assert (
        "Revise the design"
        not in client.get(reverse("planning:design", args=[operation.pk])).content.decode()
    )
