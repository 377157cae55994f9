"""Two people on different parts of one request: neither is in the other's way, and nothing is overwritten."""

import random
from importlib import import_module

import pytest
from django.apps import apps

from taawun.cycle import actions, request_editors as editors
from taawun.cycle.models import CooperationRequest
from taawun.foundation import editing
from tests.cycle.made import events_of
from tests.cycle.pages import PARTS
from tests.factories import a_person, a_request, who

BY_SLUG = {page.slug: page for page in PARTS}
TEXTS = {"background": "background", "goal": "purpose", "site": "site", "implementing": "implementing_note"}
pairs = pytest.mark.parametrize(
    ("mine", "theirs"),
    [("goal", "background"), ("outputs", "goal"), ("goal", "inputs"), ("inputs", "outputs")],
)


def opened(slug, case):
    return BY_SLUG[slug].open(case)


def save(case, part, text, base):
    return actions.save_request_part(
        case, part, {TEXTS[part]: text}, actor=who("post-officer"), base_version=base
    )


def fresh(case):
    return CooperationRequest.objects.get(pk=case.pk)


@pytest.mark.usefixtures("world")
@pairs
def test_two_who_opened_different_parts_both_save(mine, theirs):
    case = a_request("draft")
    first, second = opened(mine, case), opened(theirs, case)
    known = len(events_of(case))

    answers = [
        one.send(**BY_SLUG[slug].typed()).status_code for one, slug in ((second, theirs), (first, mine))
    ]

    assert answers == [302, 302]
    assert [BY_SLUG[slug].stored(fresh(case)) for slug in (mine, theirs)] == [
        BY_SLUG[mine].mark,
        BY_SLUG[theirs].mark,
    ]
    assert [event.detail.data["part"] for event in events_of(case)[known:]] == [theirs, mine]


@pytest.mark.usefixtures("world")
def test_who_saved_the_same_part_before_another_saved_another_is_not_overwritten():
    case = a_request("draft")
    mine = opened("goal", case)
    opened("goal", case).send(**BY_SLUG["goal"].typed("Theirs"))
    opened("background", case).send(**BY_SLUG["background"].typed())

    answer = mine.send(**BY_SLUG["goal"].typed("Mine"))

    assert (answer.status_code, fresh(case).purpose) == (409, "Theirs")
    again = mine.send(**BY_SLUG["goal"].typed("Both"), base_version=answer.context["base_version"])
    assert (again.status_code, fresh(case).purpose) == (302, "Both")


@pytest.mark.usefixtures("world")
def test_a_draft_tells_of_another_save_of_its_own_part_alone():
    case = a_request("draft")
    mine = opened("goal", case)

    opened("background", case).send(**BY_SLUG["background"].typed())
    aside = mine.send(**BY_SLUG["goal"].typed(), autosave="1").status_code
    opened("goal", case).send(**BY_SLUG["goal"].typed("Theirs"))

    assert (aside, mine.send(**BY_SLUG["goal"].typed(), autosave="1").status_code) == (200, 409)


@pytest.mark.usefixtures("world")
def test_a_part_is_not_saved_once_the_request_has_moved_on():
    case = a_request("draft")
    base = case.version
    save(case, "background", "Theirs", base)
    CooperationRequest.objects.filter(pk=case.pk).update(state="submitted")

    with pytest.raises(editing.Frozen):
        save(case, "goal", "Mine", base)


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("base", [-1, 0, 1_000])
def test_a_version_the_request_never_had_saves_nothing(base):
    case = a_request("draft")

    with pytest.raises(editing.Conflict):
        save(case, "goal", "Mine", base)


@pytest.mark.usefixtures("world")
def test_of_a_request_saved_before_parts_were_told_apart_every_part_counts_as_saved_last():
    case = a_request("draft")
    save(case, "background", "Then", case.version)
    CooperationRequest.objects.filter(pk=case.pk).update(part_versions={})
    import_module("taawun.cycle.migrations.0014_parts_of_a_request").count_all_as_saved_last(apps, None)
    held = fresh(case)

    with pytest.raises(editing.Conflict):
        save(case, "goal", "Read before", held.version - 1)
    save(case, "site", "Read since", held.version)
    save(case, "goal", "Read since", held.version)

    assert (fresh(case).site, fresh(case).purpose) == ("Read since", "Read since")


def test_no_two_parts_write_the_same_field():
    """What one part saves no other part changes: else a version for each would not guard it."""
    written = [
        name
        for form in editors.PART_FORMS.values()
        for name in {*form._meta.fields, *form.codes, *form.declared_fields}
    ]
    assert sorted(written) == sorted(set(written))


def goes_through(case, part, text, *, actor, base):
    try:
        actions.save_request_part(case, part, {TEXTS[part]: text}, actor=actor, base_version=base)
    except editing.Conflict:
        return False
    return True


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("seed", range(12))
def test_however_people_read_and_save_nothing_unseen_is_overwritten(seed):
    """A save goes through exactly where nobody saved that part since it was read."""
    dice, case = random.Random(seed), a_request("draft")  # noqa: S311 (a story, no secret)
    people = [a_person("line-officer", "mm-post") for _ in range(3)]
    read = dict.fromkeys([(n, part) for n in range(3) for part in TEXTS], (case.version, 0))
    saves = dict.fromkeys(TEXTS, 0)
    for turn in range(25):
        who_, part = dice.randrange(3), dice.choice(list(TEXTS))
        if dice.random() < 0.4:
            read[who_, part] = (editing.version_of(fresh(case), part), saves[part])
            continue
        base, seen = read[who_, part]
        text, before = f"{part} {turn}", getattr(fresh(case), TEXTS[part])
        went = goes_through(case, part, text, actor=people[who_], base=base)
        assert (went, getattr(fresh(case), TEXTS[part])) == (seen == saves[part], text if went else before)
        saves[part] += went
    assert fresh(case).version == case.version + sum(saves.values())
