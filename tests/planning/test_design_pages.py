"""The pages of a design: who reads them, who edits them, what bad input is told, how many statements they cost."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from taawun.cycle.models import TeamMember
from taawun.foundation.models import Draft
from taawun.planning import actions
from taawun.planning.models import Assumption, ExAnteTable, Input, Objective, PlanLine, Precondition, Risk
from taawun.planning.parts import PARTS
from taawun.planning.queries import design_of, values_of
from tests.planning.made import (
    a_carried_operation,
    a_complete_operation,
    a_context,
    add,
    an_operation,
    posted,
    save,
    version_of,
    who,
)

pytestmark = pytest.mark.usefixtures("world")

PAGES = ("design", "plan", "ex-ante", "design-paper", "ex-ante-paper")


def addresses(operation):
    pages = [reverse(f"planning:{name}", args=[operation.pk]) for name in PAGES]
    return pages + [reverse("planning:edit", args=[operation.pk, part]) for part in PARTS]


def edit_url(operation, part):
    return reverse("planning:edit", args=[operation.pk, part])


def shown(page):
    return page.content.decode()


def send(client, operation, part, data, slug="desk"):
    client.force_login(who(slug))
    return client.post(edit_url(operation, part), {"base_version": version_of(operation, part), **data})


def row_errors(page, number=0):
    """What a refused page says of a row, by field."""
    return {name: list(errors) for name, errors in page.context["rows"][0].forms[number].errors.items()}


# ── Who reads, who edits ──


@pytest.mark.parametrize(
    "slug", ["la-officer", "la-office", "sn-officer", "amci-desk", "evaluator", "comms-opinion"]
)
def test_another_countrys_officer_finds_nothing_at_any_address(client, slug):
    operation = a_complete_operation()
    client.force_login(who("mm-coordinator"))
    assert client.get(addresses(operation)[0]).status_code == 200
    client.force_login(who(slug))

    read = {url: client.get(url).status_code for url in addresses(operation)}
    sent = {url: client.post(url).status_code for url in addresses(operation) if "/edit/" in url}

    assert (set(read.values()), set(sent.values())) == ({404}, {404})
    assert len(sent) == len(PARTS)


def test_a_visitor_is_sent_to_sign_in(client):
    operation = a_carried_operation()

    assert {client.get(url).status_code for url in addresses(operation)} == {302}


@pytest.mark.parametrize("slug", ["desk", "mm-office", "post-officer", "mm-coordinator", "jica-approver"])
def test_every_party_and_the_provider_read_all_pages(client, slug):
    operation = a_complete_operation("appraised")
    client.force_login(who(slug))

    answers = {
        name: client.get(reverse(f"planning:{name}", args=[operation.pk])).status_code for name in PAGES
    }

    assert answers == dict.fromkeys(PAGES, 200)


@pytest.mark.parametrize(
    ("slug", "parts"),
    [
        (
            "desk",
            {"objectives", "outputs", "indicators", "assumptions", "inputs", "risks", "plan", "ex-ante"},
        ),
        ("post-officer", {"objectives", "outputs", "indicators", "assumptions", "inputs", "risks", "plan"}),
        ("mm-coordinator", set()),
    ],
)
def test_an_edit_link_is_shown_exactly_where_the_page_opens(client, slug, parts):
    operation = a_complete_operation()
    client.force_login(who(slug))
    texts = "".join(shown(client.get(reverse(f"planning:{name}", args=[operation.pk]))) for name in PAGES)

    linked = {part for part in PARTS if f'href="{edit_url(operation, part)}"' in texts}
    opened = {part for part in PARTS if client.get(edit_url(operation, part)).status_code == 200}

    assert linked == parts
    assert opened == parts


def test_a_part_that_does_not_exist_is_not_found(client):
    operation = a_carried_operation()
    client.force_login(who("desk"))

    assert client.get(edit_url(operation, "nothing")).status_code == 404


def test_a_frozen_design_tells_so_and_keeps_what_was_typed(client):
    operation = a_complete_operation(state="agreed")
    actions.freeze_design(operation, a_context(date(2026, 5, 20)))

    page = send(client, operation, "objectives", {"goal": "Changed after all", "purpose": "Changed"})

    assert page.status_code == 409
    assert "Changed after all" in shown(page)
    assert (
        Draft.objects.get(user=who("desk"), part="design-objectives").data["post"].startswith("goal=Changed")
    )
    assert Objective.objects.get(level="goal").text == "Citizens use quick and certain mail."
    again = client.get(edit_url(operation, "objectives"))
    assert again.status_code == 409
    assert again.context["form"]["goal"].value() == "Changed after all"
    assert "This version of the design is frozen: it changes by a revision of its own." in shown(again)
    assert edit_url(operation, "objectives") not in shown(
        client.get(reverse("planning:design", args=[operation.pk]))
    )


def test_a_part_shut_by_the_state_says_so_where_nobody_typed(client):
    operation = a_complete_operation(state="completed")
    actions.freeze_design(operation, a_context(date(2026, 5, 20)))
    client.force_login(who("desk"))

    page = client.get(edit_url(operation, "progress"))

    assert page.status_code == 409
    assert "The operation is now “Completed”: this part cannot be edited in this state." in shown(page)
    assert "<form" not in shown(page).partition("<main")[2]


# ── What they show ──


def test_the_matrix_shows_every_text_on_one_page(client):
    operation = a_complete_operation()
    add(operation, "assumptions", "assumptions", {"level": "output", "text": "Trained carriers stay"})
    add(operation, "assumptions", "preconditions", {"text": "Sites are granted"})
    client.force_login(who("post-officer"))

    page = shown(client.get(reverse("planning:design", args=[operation.pk])))

    wanted = [
        "Citizens use quick and certain mail.",
        "Delivery in the three regions is fast and reliable.",
        "Sorting is organised",
        "Train the instructors",
        "Letters delivered on time",
        "from <bdi>62.5 %</bdi> (Mar 2026) to <bdi>90 %</bdi> by Jun 2029",
        "Trained carriers stay",
        "Sites are granted",
        "Expert in mail operations",
        "JPY 120,000,000",
        "MMK 45,000,000.50",
        "Staff leave",
        "Train two for each post",
        "Version 0",
    ]
    assert [text for text in wanted if text not in page] == []


def test_what_is_missing_is_told_while_it_is_planned_only(client):
    operation = a_carried_operation()
    client.force_login(who("desk"))
    url = reverse("planning:design", args=[operation.pk])

    assert "Output 2 has no indicator." in shown(client.get(url))
    assert "Output 2 has no indicator." not in shown(
        client.get(reverse("planning:design", args=[a_complete_operation(state="agreed").pk]))
    )


def test_an_operation_without_a_design_has_its_pages_and_can_begin_one(client):
    operation = an_operation()
    client.force_login(who("desk"))

    statuses = {url: client.get(url).status_code for url in addresses(operation)}
    answer = client.post(
        edit_url(operation, "objectives"), {"base_version": "1", "goal": "A goal", "purpose": "A purpose"}
    )

    assert {status for url, status in statuses.items() if "progress" not in url} == {200}
    assert answer.status_code == 302
    assert dict(Objective.objects.values_list("level", "text")) == {"goal": "A goal", "purpose": "A purpose"}


def test_a_text_of_a_case_carries_its_language_and_cannot_bring_markup(client):
    operation = a_carried_operation(language="fr")
    Objective.objects.filter(level="goal").update(text="<script>x</script> Les citoyens")
    client.force_login(who("desk"))

    page = shown(client.get(reverse("planning:design", args=[operation.pk])))

    assert '<span lang="fr" dir="auto">&lt;script&gt;x&lt;/script&gt; Les citoyens</span>' in page


def test_a_paper_speaks_the_language_of_its_operation(client):
    operation = a_complete_operation()
    type(operation).objects.filter(pk=operation.pk).update(language="fr")
    client.force_login(who("desk"))

    page = shown(client.get(reverse("planning:design-paper", args=[operation.pk])))

    assert '<html lang="fr" dir="ltr">' in page
    assert "Poste du Myanmar" in page


# ── How much it costs ──


def grow(operation, times):
    for number in range(times):
        add(
            operation,
            "risks",
            "risks",
            {
                "text": f"Risk {number}",
                "likelihood": "low",
                "countermeasure": "",
                "owner": operation.party_rows[0].pk,
            },
        )
        add(operation, "assumptions", "assumptions", {"level": "goal", "text": f"Assumption {number}"})
        add(operation, "outputs", "outputs", {"text": f"More {number}", "activities": "One\nTwo"})
        add(
            operation,
            "plan",
            "lines",
            {
                "kind": "input",
                "label": f"Line {number}",
                "planned_start": date(2026, 7, 1),
                "planned_end": date(2026, 8, 1),
                "responsible": operation.party_rows[1].pk,
            },
        )


@pytest.mark.parametrize(
    ("name", "statements"),
    [("design", 12), ("plan", 11), ("ex-ante", 11), ("design-paper", 13), ("ex-ante-paper", 13)],
)
@pytest.mark.parametrize("times", [1, 3])
def test_a_page_costs_the_same_however_much_it_shows(
    client, django_assert_num_queries, name, statements, times
):
    operation = a_complete_operation()
    grow(operation, times)
    client.force_login(who("desk"))

    with django_assert_num_queries(statements):
        client.get(reverse(f"planning:{name}", args=[operation.pk]))


# ── Rows without a script ──


def test_rows_are_changed_added_and_deleted_in_one_sending(client):
    operation = a_carried_operation()
    add(operation, "assumptions", "assumptions", {"level": "goal", "text": "First"})
    add(operation, "assumptions", "assumptions", {"level": "goal", "text": "Second"})
    first, second = Assumption.objects.order_by("pk")
    rows = [
        {"id": first.pk, "level": "purpose", "text": "First, changed"},
        {"id": second.pk, "level": "goal", "text": "Second", "DELETE": "on"},
        {"id": "", "level": "output", "text": "Third"},
        {"id": "", "level": "", "text": ""},
    ]

    answer = send(
        client,
        operation,
        "assumptions",
        posted(rows, "assumptions", held=2)
        | posted([{"id": "", "text": "Sites are granted"}], "preconditions"),
    )

    assert answer.status_code == 302
    assert list(Assumption.objects.values_list("level", "text")) == [
        ("purpose", "First, changed"),
        ("output", "Third"),
    ]
    assert list(Precondition.objects.values_list("text", flat=True)) == ["Sites are granted"]


def test_a_row_is_added_by_sending_the_form_and_what_was_typed_stays(client):
    operation = a_carried_operation()
    data = posted(
        [{"id": "", "text": "Roads are cut off", "likelihood": "", "countermeasure": "", "owner": ""}],
        "risks",
    )

    page = send(client, operation, "risks", data | {"add": "risks"})

    forms = page.context["rows"][0].forms
    assert (page.status_code, len(forms)) == (200, 2)
    assert [form["text"].value() for form in forms] == ["Roads are cut off", None]
    assert "error" not in "".join(str(form.errors) for form in forms)
    assert Risk.objects.count() == 0


def test_outputs_with_their_activities_are_written_on_one_page(client):
    operation = a_carried_operation()
    first, second = values_of(operation, design_of(operation), "outputs")["outputs"]
    rows = [
        first,
        second | {"activities": "Train the instructors\r\nTrain the carriers"},
        {"id": "", "text": "", "activities": ""},
    ]

    send(client, operation, "outputs", posted(rows, "outputs", held=2))

    output = Objective.objects.get(level="output", number=2)
    assert [activity.text for activity in output.activities.all()] == [
        "Train the instructors",
        "Train the carriers",
    ]


def test_the_plan_is_written_for_activities_other_lines_and_milestones(client):
    operation = a_carried_operation()
    dates = [
        {
            "id": row["id"],
            "planned_start": "2026-07-01",
            "planned_end": "2026-09-30",
            "responsible": operation.party_rows[0].pk,
        }
        for row in values_of(operation, design_of(operation), "plan")["activities"]
    ]
    dates[2] |= {"planned_start": "", "planned_end": "", "responsible": ""}
    lines = [
        {
            "id": "",
            "kind": "input",
            "label": "Short-term experts",
            "planned_start": "2026-08-01",
            "planned_end": "2026-08-31",
            "responsible": "",
        }
    ]
    milestones = [{"id": "", "label": "Manual printed", "due_on": "2026-12-31"}]
    data = posted(dates, "activities", held=3) | posted(lines, "lines") | posted(milestones, "milestones")

    assert send(client, operation, "plan", data).status_code == 302
    page = shown(client.get(reverse("planning:plan", args=[operation.pk])))

    assert list(PlanLine.objects.order_by("pk").values_list("activity__text", "label", "planned_start")) == [
        ("Survey the sorting centres", "", date(2026, 7, 1)),
        ("Write the sorting manual", "", date(2026, 7, 1)),
        (None, "Short-term experts", date(2026, 8, 1)),
    ]
    told = ["Short-term experts", "Manual printed", "Not planned yet", "Activity 2-1 has no planned dates."]
    assert [text for text in told if text not in page] == []


# ── Bad input ──


def an_input(operation, **changes):
    party = operation.party_rows[0].pk
    row = {
        "id": "",
        "party": party,
        "kind": "equipment",
        "text": "Scanners",
        "quantity": "",
        "unit": "",
        "amount": "100",
        "currency": "MMK",
    }
    return posted([row | changes], "inputs")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"amount": "-5"}, {"amount": ["An amount of money cannot be negative."]}),
        ({"quantity": "-1"}, {"quantity": ["A quantity cannot be negative."]}),
        ({"amount": "NaN"}, {"amount": ["Enter a number."]}),
        ({"currency": ""}, {"currency": ["Give the currency of the amount."]}),
        ({"amount": ""}, {"amount": ["Give the amount, or leave the currency empty."]}),
        ({"currency": "XQX"}, {"currency": ["“XQX” is not a currency code such as USD or EUR."]}),
        ({"text": "x" * 301}, {"text": ["Ensure this value has at most 300 characters (it has 301)."]}),
        ({"party": "999999999"}, {"party": ["Choose a party of this operation."]}),
        ({"party": "x"}, {"party": ["Choose a party of this operation."]}),
        ({"kind": ""}, {"kind": ["This field is required."]}),
        ({"text": "nul\x00"}, {"text": ["Null characters are not allowed."]}),
    ],
)
def test_a_bad_input_row_is_told_at_its_field_and_nothing_is_lost(client, changes, told):
    operation = a_carried_operation()
    before = Input.objects.count()

    page = send(client, operation, "inputs", an_input(operation, **changes))

    assert page.status_code == 422
    assert row_errors(page) == told
    assert Input.objects.count() == before
    assert Draft.objects.filter(user=who("desk"), part="design-inputs").count() == 1


def test_a_party_of_another_operation_is_refused_like_one_that_does_not_exist(client):
    other, operation = a_carried_operation(), a_carried_operation()

    page = send(client, operation, "inputs", an_input(operation, party=other.party_rows[0].pk))

    assert page.status_code == 422
    assert row_errors(page) == {"party": ["Choose a party of this operation."]}


def test_a_row_of_another_operation_is_refused_at_the_page_too(client):
    other, operation = a_carried_operation(), a_carried_operation()
    foreign = Input.objects.filter(design=design_of(other)).first()

    page = send(client, operation, "inputs", an_input(operation, id=foreign.pk, text="Taken over"))

    foreign.refresh_from_db()
    assert page.status_code == 422
    assert list(row_errors(page)) == ["id"]
    assert foreign.text != "Taken over"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            {"baseline_on": "2026-09-01", "baseline": "", "target_on": "2026-08-01"},
            {"target_on": ["The end comes before the beginning."]},
        ),
        ({"baseline_on": ""}, {"baseline_on": ["Enter the date of the baseline."]}),
        (
            {"baseline_on": "2999-01-01", "target_on": ""},
            {"baseline_on": ["The year of this date cannot be right."]},
        ),
        ({"kind": "scale"}, {"steps": ["Say how many levels the scale has."]}),
        (
            {"kind": "scale", "steps": "5", "target": "6"},
            {"target": ["Give a level of the scale: a whole number from 1 to 5."]},
        ),
        ({"kind": "ratio", "baseline": "-1"}, {"baseline": ["A percentage is not negative."]}),
        ({"objective": "999999"}, {"objective": ["Choose an objective of this design."]}),
    ],
)
def test_a_bad_indicator_is_told_at_its_field(client, changes, told):
    operation = a_carried_operation()
    goal = Objective.objects.get(level="goal")
    row = {
        "id": "",
        "objective": goal.pk,
        "name": "Letters",
        "kind": "number",
        "unit": "",
        "steps": "",
        "baseline": "1",
        "baseline_on": "2026-01-01",
        "target": "2",
        "target_on": "2029-01-01",
    }

    page = send(client, operation, "indicators", posted([row | changes], "indicators"))

    assert page.status_code == 422
    assert row_errors(page) == told


def test_dates_out_of_order_in_the_plan_are_told(client):
    operation = a_carried_operation()
    lines = [
        {
            "id": "",
            "kind": "input",
            "label": "Experts",
            "planned_start": "2026-08-31",
            "planned_end": "2026-08-01",
            "responsible": "",
        }
    ]

    page = send(
        client,
        operation,
        "plan",
        posted([], "activities") | posted(lines, "lines") | posted([], "milestones"),
    )

    assert page.status_code == 422
    assert page.context["rows"][1].forms[0].errors == {"planned_end": ["The end comes before the beginning."]}


def test_what_was_done_cannot_lie_in_the_future(client):
    operation = a_complete_operation(state="in_implementation")
    line = PlanLine.objects.order_by("pk").first()
    rows = [{"id": line.pk, "actual_start": "2099-01-01", "actual_end": ""}]

    page = send(client, operation, "progress", posted(rows, "done", held=1) | posted([], "reached"))

    assert page.status_code == 422
    assert row_errors(page) == {"actual_start": ["This day has not come yet."]}


def test_what_was_done_is_recorded_line_by_line_by_the_lines_names(client):
    operation = a_complete_operation(state="in_implementation")
    add_actual = [
        {"id": row["id"], "actual_start": "2026-07-01", "actual_end": ""}
        for row in values_of(operation, design_of(operation), "progress")["done"]
    ]
    client.force_login(who("post-officer"))

    page = client.get(edit_url(operation, "progress"))
    answer = send(client, operation, "progress", posted(add_actual, "done", held=3) | posted([], "reached"))

    assert [form.title for form in page.context["rows"][0].forms] == [
        "1-1 Survey the sorting centres",
        "1-2 Write the sorting manual",
        "2-1 Train the instructors",
    ]
    assert answer.status_code == 302
    assert set(PlanLine.objects.values_list("actual_start", flat=True)) == {date(2026, 7, 1)}
    assert "since 1 Jul 2026" in shown(client.get(reverse("planning:plan", args=[operation.pk])))


def test_a_form_without_its_rows_header_is_refused_without_a_crash(client):
    operation = a_carried_operation()

    page = send(client, operation, "risks", {})

    assert page.status_code == 422


# ── Two at once ──


def test_the_second_of_two_sees_both_versions_on_the_page(client):
    operation = a_carried_operation()
    opened = version_of(operation, "objectives")
    save(
        operation,
        "objectives",
        {"goal": "The goal of the office", "purpose": "The purpose of the office"},
        by="mm-office",
    )

    page = send(
        client,
        operation,
        "objectives",
        {"base_version": opened, "goal": "The goal of the desk", "purpose": "The purpose of the desk"},
    )

    assert page.status_code == 409
    told = [
        "The goal of the office",
        "The purpose of the office",
        "The goal of the desk",
        "The purpose of the desk",
    ]
    assert [text for text in told if text not in shown(page)] == []
    assert Objective.objects.get(level="goal").text == "The goal of the office"


def test_a_form_sent_twice_is_stored_once(client):
    operation = a_carried_operation()
    key = "9f1c2d34-0000-4000-8000-000000000001"
    row = {"id": "", "text": "Roads are cut off", "likelihood": "low", "countermeasure": "", "owner": ""}
    data = posted([row], "risks") | {"base_version": version_of(operation, "risks"), "once": key}

    answers = [send(client, operation, "risks", data).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert Risk.objects.count() == 1


def test_a_person_on_the_team_reads_but_does_not_edit(client):
    operation = a_carried_operation()
    TeamMember.objects.create(
        operation=operation,
        person=who("evaluator").person,
        organisation=operation.provider,
        function="expert",
        held_from=date(2026, 1, 1),
    )
    client.force_login(who("evaluator"))

    assert client.get(reverse("planning:design", args=[operation.pk])).status_code == 200
    assert client.get(edit_url(operation, "risks")).status_code == 403


def test_amounts_come_back_into_the_form_as_they_were_typed(client):
    operation = a_carried_operation()
    client.force_login(who("desk"))

    page = client.get(edit_url(operation, "inputs"))

    forms = page.context["rows"][0].forms
    assert [form["amount"].value() for form in forms] == ["45000000.5", "120000000", None, None]
    assert [form["currency"].value() for form in forms] == ["MMK", "JPY", None, None]
    assert Decimal(forms[0]["amount"].value()) == Decimal("45000000.50")


# ── A draft of the ex-ante evaluation is its writer's side's ──


def test_the_partner_reads_the_ex_ante_evaluation_once_it_is_appraised(client):
    operation = a_complete_operation("planning")
    ExAnteTable.objects.filter(operation=operation).update(relevance="They have no other funds.")
    pages = [reverse(f"planning:{name}", args=[operation.pk]) for name in ("ex-ante", "ex-ante-paper")]

    def told(slug):
        client.force_login(who(slug))
        answers = [client.get(page) for page in pages]
        return [(a.status_code, "They have no other funds." in shown(a)) for a in answers]

    drafted = {slug: told(slug) for slug in ("post-officer", "mm-office", "desk")}
    type(operation).objects.filter(pk=operation.pk).update(state="appraised")

    assert drafted == {
        "post-officer": [(200, False), (404, False)],
        "mm-office": [(200, True), (200, True)],
        "desk": [(200, True), (200, True)],
    }
    assert told("post-officer") == [(200, True), (200, True)]
