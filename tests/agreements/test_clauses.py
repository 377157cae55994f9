"""The clauses of an agency: composed into papers, changed in versions, by its administrator alone."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given, strategies as st

from taawun.agreements import drafting
from taawun.agreements.actions.clauses import Place, save_clause
from taawun.agreements.clausebook import book
from taawun.agreements.composing import is_untranslated
from taawun.agreements.fields import FIELDS, field_problems, filled, named
from taawun.agreements.models import Clause, InstrumentKind
from taawun.agreements.usual import USUAL, said
from taawun.foundation.editing import Conflict
from taawun.foundation.models import AuditEvent
from taawun.foundation.steps import Refused
from taawun.kernel.clauses import cut
from taawun.search import current
from taawun.search.finding import find
from taawun.workspace.demo.cast import organisation, user
from tests.cycle.test_races import at_once
from tests.meetings.made import an_operation, signed_in

RECORD = InstrumentKind.RECORD_OF_DISCUSSIONS.value
NOTE = InstrumentKind.NOTE_VERBALE.value
PROJECT = "modality:technical-cooperation-project"
TEXTS = {"en": "%(party)s pays no taxes.", "fr": "%(party)s ne paie pas de taxes."}
TITLES = {"en": "Taxes", "fr": "Taxes"}
STRANGERS = ["amci-admin", "mm-office", "post-officer", "knowledge", "evaluator"]


@pytest.fixture
def jica(world):
    return organisation("jica")


def save(
    key="monitoring", *, by="jica-admin", base=0, instrument=RECORD, modality=None, reason="Asked", **values
):
    given = {
        "standing": "own",
        "position": 90,
        "titles": {"en": "Looking"},
        "texts": {"en": "The parties look."},
    }
    return save_clause(
        organisation("jica"),
        Place(instrument, key, modality),
        given | values,
        actor=user(by),
        reason=reason,
        base_version=base,
    )


def headings(operation, language="en"):
    return [clause.title for clause in cut(drafting.record_text(operation, language))]


# ── Fields ──


def test_every_usual_clause_names_fields_there_are_in_every_language():
    problems = [
        field_problems(kind, *said(kind, one.key).titles.values(), *said(kind, one.key).texts.values())
        for kind, clauses in USUAL.items()
        for one in clauses
    ]

    assert [problem for problem in problems if problem] == []


def test_an_unknown_field_is_named_with_those_there_are():
    assert field_problems(NOTE, "To %(who)s of %(body)s") == [
        "“%(who)s” is no field of this paper. There are: "
        + ", ".join(f"%({one})s" for one in FIELDS[NOTE])
        + "."
    ]


@pytest.mark.parametrize("text", ["%(title)", "%(title) s", "%()s", "%(Title)s", "%(title", "%(a%(title)s)s"])
def test_a_field_written_wrongly_is_told(text):
    assert field_problems(RECORD, text) == ["A field is written %(title)s: look at the places with “%(”."]


def test_a_lone_percent_is_a_text():
    assert (field_problems(RECORD, "5 % of 100%"), filled("5 % of 100%", {})) == ([], "5 % of 100%")


def test_a_line_for_which_the_case_says_nothing_is_left_out():
    text = "%(title)s\nfrom %(period)s\nend"

    assert filled(text, {"title": "Post", "period": ""}) == "Post\nend"


@given(st.dictionaries(st.sampled_from(sorted(FIELDS[RECORD])), st.text(min_size=1)))
def test_what_a_case_says_is_written_as_it_says_it(values):
    text = "".join(f"%({name})s" for name in values)

    assert filled(text, values) == "".join(values.values()).strip("\n")
    assert named(text) == list(values)


# ── Composing ──


def test_without_clauses_of_its_own_an_agency_has_the_usual_ones(jica):
    keys = [one.key for one in book(jica.pk, RECORD, PROJECT)]

    assert keys == [one.key for one in USUAL[RECORD]]


def test_a_changed_an_added_and_a_left_out_clause_stand_in_the_paper(jica):
    operation = an_operation("appraised")
    usual = headings(operation)
    save()
    save("organisation", standing="left-out", position=80, titles={}, texts={})
    save("", position=5, titles={"en": "Taxes of %(party)s"}, texts={"en": "%(party)s pays none."})

    found = headings(operation)

    assert found[:2] == ["Taxes of Myanmar Post", "Taxes of Japan International Cooperation Agency (JICA)"]
    assert found[2:] == [
        {"Monitoring and evaluation": "Looking"}.get(one, one) for one in usual if one != "Organisation"
    ]


def test_a_text_of_one_modality_stands_in_its_papers_alone(jica):
    operation = an_operation("appraised")
    other = next(code for code in ("modality:training", "modality:expert") if code != operation.modality_id)
    save(modality=other, texts={"en": "Others look."})
    assert "Others look." not in drafting.record_text(operation, "en")

    save(modality=operation.modality_id, texts={"en": "These look."})

    assert "These look." in drafting.record_text(operation, "en")


@pytest.mark.parametrize(
    ("language", "mark"),
    [
        ("fr", "[Non traduit. Langue de cette clause : Anglais.]"),
        ("ar", "[غير مترجم. لغة هذا البند: الإنجليزية.]"),
    ],
)
def test_what_is_not_translated_says_so_and_stands_in_the_prevailing_language(jica, language, mark):
    operation = an_operation("appraised")
    save()

    [clause] = [one for one in drafting.record_clauses(operation)(language) if one.key == "monitoring"]

    assert (clause.title, clause.text.replace("\u202f", " ").replace("\u00a0", " ")) == (
        "Looking",
        f"{mark}\nThe parties look.",
    )
    assert is_untranslated(clause.text, language)
    assert not is_untranslated("The parties look.", language)


def test_a_restored_clause_is_the_usual_one_again(jica):
    operation = an_operation("appraised")
    usual = drafting.record_text(operation, "ar")
    save()

    save(base=1, standing="usual", titles={}, texts={})

    assert drafting.record_text(operation, "ar") == usual
    assert [one.version for one in Clause.objects.all()] == [2, 1]


# ── Changing ──


@pytest.mark.parametrize("by", ["desk", "jica-approver", *STRANGERS])
def test_only_the_administrator_of_the_agency_changes_its_clauses(jica, by):
    with pytest.raises(PermissionDenied):
        save(by=by)

    assert Clause.objects.count() == 0


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"reason": " "}, "Give the reason."),
        ({"texts": {}, "titles": {}}, "Write the clause in one language at least."),
        ({"titles": {}}, "A clause has its title and its text in the same languages."),
        ({"titles": TITLES}, "A clause has its title and its text in the same languages."),
        ({"texts": {"en": "%(titel)"}}, "A field is written %(title)s: look at the places with “%(”."),
        ({"modality": "modality:none"}, "A clause is for a modality of the list, or for every modality."),
        (
            {"key": "", "standing": "usual"},
            "There is no usual text of this clause: give it one, or leave it out.",
        ),
        ({"standing": "usual"}, "Nothing differs from what holds now."),
    ],
)
def test_what_cannot_hold_is_refused(jica, wrong, told):
    with pytest.raises(Refused) as caught:
        save(**wrong)

    assert [str(one) for one in caught.value.obstacles] == [told]
    assert Clause.objects.count() == 0


def test_a_version_is_recorded_and_stays(jica):
    made = save()

    event = AuditEvent.objects.get(kind="clause", subject_id=made.pk)
    assert (event.step, event.role, event.detail.data["reason"]) == ("clause-made", "administrator", "Asked")
    with pytest.raises(IntegrityError), transaction.atomic():
        Clause.objects.create(
            **{f.name: getattr(made, f.name) for f in Clause._meta.fields if f.name != "id"}
        )


def test_who_saves_over_another_is_shown_both(jica):
    save()

    with pytest.raises(Conflict) as caught:
        save(texts={"en": "Mine."})

    assert (caught.value.theirs["text_en"], caught.value.mine["text_en"]) == ("The parties look.", "Mine.")


def test_a_clause_is_found_by_its_text_in_each_language_by_whoever_reads_it_and_its_last_version_alone(jica):
    titles = {"en": "Grass", "fr": "Herbe"}
    first = save(titles=titles, texts={"en": "Zebras graze.", "fr": "Les zèbres paissent."})
    current.catch_up()
    assert [find(user(by), "zèbres", {}).total for by in ("jica-admin", "desk", "mm-office")] == [1, 1, 0]

    save(texts={"en": "Giraffes graze."}, titles={"en": "Grass"}, base=first.version)
    current.catch_up()

    assert [find(user("jica-admin"), word, {}).total for word in ("zebras", "giraffes")] == [0, 1]


@pytest.mark.slow
def test_of_two_who_change_a_clause_at_once_one_changes_it(committed_world):
    results = at_once([lambda n=n: save(texts={"en": f"Text {n}."}) for n in range(4)])

    assert sorted(type(one).__name__ for one in results) == ["Clause", "Conflict", "Conflict", "Conflict"]
    assert Clause.objects.count() == 1


# ── Pages ──


def addresses(agency):
    return [
        reverse("agreements:clauses", args=[agency.pk]),
        reverse("agreements:clauses-preview", args=[agency.pk, RECORD]),
        reverse("agreements:clause", args=[agency.pk, RECORD, "parties"]),
        reverse("agreements:clause-edit", args=[agency.pk, RECORD, "parties"]),
        reverse("agreements:clause-new", args=[agency.pk, NOTE]),
    ]


@pytest.mark.parametrize("slug", STRANGERS)
def test_to_anybody_else_the_clauses_do_not_exist(jica, slug):
    made = save()
    assert [signed_in("jica-admin").get(one).status_code for one in addresses(jica)] == [200] * 5
    browser = signed_in(slug)

    assert [browser.get(one).status_code for one in addresses(jica)] == [404] * 5
    assert browser.get(made.get_absolute_url()).status_code == 404


def test_the_desk_reads_them_and_changes_none(jica):
    browser = signed_in("desk")

    assert [browser.get(one).status_code for one in addresses(jica)] == [200, 200, 200, 403, 403]


@pytest.mark.parametrize(
    "path",
    [
        *("minutes/new/", "minutes/preview/", f"{RECORD}/nothing/", f"{RECORD}/nothing/edit/"),
        *(f"{RECORD}/parties/?modality=modality:none", f"{RECORD}/preview/?modality=x"),
    ],
)
def test_a_clause_that_cannot_be_is_not_there(jica, path):
    address = reverse("agreements:clauses", args=[jica.pk])

    assert signed_in("jica-admin").get(f"{address}{path}").status_code == 404


def posted(**more):
    given = {"base_version": "0", "standing": "own", "position": "90", "reason": "Asked by the desk"}
    return given | {"title_en": "Looking", "text_en": "The parties\r\nlook."} | more


def test_a_clause_is_changed_on_its_page_and_its_history_says_how(jica):
    browser = signed_in("jica-admin")
    edit = reverse("agreements:clause-edit", args=[jica.pk, RECORD, "monitoring"])

    answer = browser.post(edit, posted())

    made = Clause.objects.get()
    assert (answer.status_code, made.texts, made.reason) == (
        302,
        {"en": "The parties\nlook."},
        "Asked by the desk",
    )
    page = browser.get(made.get_absolute_url(), follow=True)
    [row] = page.context["history"]
    assert [code for code, _name, _spans in row["changes"]] == ["en", "fr", "ar"]
    assert [one["stands_in"] for one in page.context["columns"]] == ["English"] * 3


def test_a_clause_is_added_for_one_form_of_cooperation(jica):
    address = reverse("agreements:clause-new", args=[jica.pk, RECORD])

    signed_in("jica-admin").post(address, posted(modality=PROJECT))

    assert [(one.key, one.modality_id) for one in Clause.objects.all()] == [("own-1", PROJECT)]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"text_en": "%(who)s"}, "text_en"),
        ({"title_fr": "Taxes"}, "text_fr"),
        ({"text_ar": "نص"}, "title_ar"),
        ({"title_en": "", "text_en": ""}, "text_en"),
        ({"reason": ""}, "reason"),
        ({"position": "0"}, "position"),
        ({"standing": "x"}, "standing"),
        ({"text_en": "x" * 8001}, "text_en"),
    ],
)
def test_a_wrong_field_is_told_at_its_place_and_what_was_typed_stays(jica, wrong, field):
    edit = reverse("agreements:clause-edit", args=[jica.pk, RECORD, "monitoring"])

    answer = signed_in("jica-admin").post(edit, posted(**wrong))

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert Clause.objects.count() == 0
    assert (
        signed_in("jica-admin").get(edit).context["form"]["position"].value() == posted(**wrong)["position"]
    )


def test_two_versions_are_shown_field_by_field(jica):
    edit = reverse("agreements:clause-edit", args=[jica.pk, RECORD, "monitoring"])
    save()

    answer = signed_in("jica-admin").post(edit, posted(text_en="Mine."))

    differ = [row.name for row in answer.context["rows"] if not row.same]
    assert (answer.status_code, differ) == (409, ["text_en"])


def test_the_pages_cost_little_however_many_clauses(jica, django_assert_max_num_queries):
    for n in range(3):
        save("", titles={"en": f"Own {n}"}, texts={"en": f"Text {n}"})
    browser = signed_in("jica-admin")

    for address in addresses(jica)[:4]:
        with django_assert_max_num_queries(10):
            browser.get(address)


def test_a_field_in_a_title_reads_as_what_stands_there(jica):
    """In the reader's language in the list and at the head, in each language's own below; filled in the preview."""
    titles = {"en": "Taxes of %(party)s", "fr": "Impôts de %(party)s"}
    save("", position=5, titles=titles, texts=TEXTS)
    reader = signed_in("jica-admin")
    held = Clause.objects.get()

    listed = reader.get(reverse("agreements:clauses", args=[jica.pk])).context["papers"]
    page = reader.get(reverse("agreements:clause", args=[jica.pk, RECORD, held.key])).context
    preview = reader.get(reverse("agreements:clauses-preview", args=[jica.pk, RECORD])).context["clauses"]

    assert "Taxes of [Name of a party]" in [row["title"] for paper in listed for row in paper["rows"]]
    assert page["title"] == "Taxes of [Name of a party]"
    assert [one["title"] for one in page["columns"]] == [
        "Taxes of [Name of a party]",
        "Impôts de [Nom d’une partie]",
        "",
    ]
    assert "Taxes of [Partner organisation]" in [one.title for one in preview]
