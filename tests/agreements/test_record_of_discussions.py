from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from taawun.agreements import actions, drafting, queries
from taawun.agreements.models import Instrument, InstrumentKind, Signature
from taawun.cycle.models import Operation
from taawun.foundation import clock, editing
from taawun.foundation.models import AuditEvent
from taawun.foundation.ports import registry
from taawun.foundation.steps import Refused
from taawun.papers.actions import hold
from taawun.workspace.demo.cast import organisation, user
from tests.meetings.made import an_operation, rows, signed_in
from tests.papers import made

pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture
def operation(world) -> Operation:
    """The postal operation, appraised."""
    return an_operation("appraised")


def party(operation, slug: str):
    return next(p for p in operation.party_rows if p.organisation.slug == slug)


def signed_by(operation, slug: str, **more):
    values = {
        "party": party(operation, slug),
        "name": f"Signatory of {slug}",
        "title": "",
        "signed_on": clock.today(),
    }
    return values | more


def facts(**more):
    values = {
        "number": "",
        "dated_on": clock.today(),
        "place": "Nay Pyi Taw",
        "prevailing_language": "en",
        "scan": None,
    }
    return values | more


def a_version(language: str = "en", authentic: bool = True, text: str = "The parties agree."):
    return {"language": language, "authentic": authentic, "text": text}


def write(
    operation, *, actor: str = "mm-office", base: int = 0, versions=None, signatures=None, **more
) -> Instrument:
    return actions.write_record(
        operation,
        facts(**more),
        [a_version()] if versions is None else versions,
        [signed_by(operation, "mm-post"), signed_by(operation, "jica")] if signatures is None else signatures,
        actor=user(actor),
        base_version=base,
    )


def a_scan():
    return hold(made.sent(made.pdf(), "signed.pdf"), actor=user("mm-office"))


def missing(operation) -> list[str]:
    return [
        str(obstacle) for obstacle in registry.requirements["record-of-discussions-ready"].check(operation)
    ]


# ── The rules ──


def test_a_record_nobody_wrote_is_missing(operation):
    assert missing(operation) == ["The Record of Discussions is not written yet"]


def test_everything_that_is_missing_is_named_at_once(operation):
    write(operation, versions=[a_version(authentic=False)], signatures=[], dated_on=None, place="")

    assert missing(operation) == [
        "No language version of the Record of Discussions is marked authentic",
        "The signatory for Myanmar Post is not named",
        "The signatory for Japan International Cooperation Agency (JICA) is not named",
        "The place of signature is missing",
        "The date of the Record of Discussions is missing",
        "The signed scan of the Record of Discussions is missing",
    ]


def test_a_signed_record_with_its_scan_lacks_nothing(operation):
    write(operation, scan=a_scan())

    assert missing(operation) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            {"prevailing_language": "fr"},
            "The prevailing language of the Record of Discussions is not one of its authentic versions",
        ),
        (
            {"prevailing_language": ""},
            "The prevailing language of the Record of Discussions is not one of its authentic versions",
        ),
        ({"versions": []}, "No language version of the Record of Discussions is marked authentic"),
    ],
)
def test_the_prevailing_language_is_one_that_is_authentic(operation, change, told):
    write(operation, scan=a_scan(), **change)

    assert missing(operation) == [told]


def test_a_signatory_without_a_day_has_not_signed(operation):
    signatures = [signed_by(operation, "mm-post", signed_on=None), signed_by(operation, "jica")]

    write(operation, scan=a_scan(), signatures=signatures)

    assert missing(operation) == ["The date on which Myanmar Post signed is missing"]


def test_the_record_tells_what_was_written(operation):
    write(operation, scan=a_scan())

    event = AuditEvent.objects.get(kind="operation", subject_id=operation.pk)
    assert (event.step, event.role, event.organisation_id) == (
        "record-of-discussions-edited",
        "country-office",
        organisation("jica-mm").pk,
    )
    assert event.detail.data["versions"] == {"en": True}
    assert event.detail.data["signatories"] == ["Signatory of mm-post", "Signatory of jica"]


def test_writing_again_replaces_versions_and_signatures_and_keeps_the_scan(operation):
    first = write(operation, scan=a_scan())

    write(
        operation,
        base=1,
        scan=first.scan,
        versions=[a_version("fr")],
        signatures=[signed_by(operation, "jica")],
    )

    held = queries.record_of_discussions(operation)
    assert ([v.language for v in held.versions.all()], [s.name for s in held.signatures.all()]) == (
        ["fr"],
        ["Signatory of jica"],
    )
    assert (held.pk, held.scan.original_name) == (first.pk, "signed.pdf")


def test_a_lost_edit_is_told_and_changes_nothing(operation):
    write(operation)

    with pytest.raises(editing.Conflict) as caught:
        write(operation, base=0, place="Yangon", signatures=[])

    assert caught.value.theirs["Signatories"].startswith("Signatory of mm-post, Myanmar Post")

    held = queries.record_of_discussions(operation)
    assert (held.place, held.signatures.count()) == ("Nay Pyi Taw", 2)


def test_writing_the_same_again_is_no_change(operation):
    first = write(operation, scan=a_scan())

    write(operation, base=1, scan=first.scan)

    count = AuditEvent.objects.filter(kind="operation", subject_id=operation.pk).count()
    assert (queries.record_of_discussions(operation).version, count) == (1, 1)


@pytest.mark.parametrize("state", ["planning", "agreed", "in_implementation", "closed"])
def test_it_is_written_between_appraisal_and_signature_alone(state):
    operation = an_operation(state)

    with pytest.raises(editing.Frozen):
        write(operation)


@pytest.mark.parametrize("actor", ["desk", "post-officer", "mm-coordinator", "la-office"])
def test_only_the_country_office_writes_it(operation, actor):
    with pytest.raises(PermissionDenied):
        write(operation, actor=actor)

    assert Instrument.objects.count() == 0


@pytest.mark.parametrize(
    "wrong",
    ["a future date", "a future signature", "a language twice", "another language", "another's party"],
)
def test_what_cannot_be_is_refused_whole(operation, wrong):
    tomorrow, other = clock.today() + timedelta(days=1), an_operation("appraised", "LA")
    change = {
        "a future date": {"dated_on": tomorrow},
        "a future signature": {"signatures": [signed_by(operation, "jica", signed_on=tomorrow)]},
        "a language twice": {"versions": [a_version(), a_version()]},
        "another language": {"versions": [a_version("xx")]},
        "another's party": {"signatures": [signed_by(other, "la-post")]},
    }[wrong]

    with pytest.raises(Refused):
        write(operation, **change)

    assert Instrument.objects.count() == 0


def test_the_database_holds_one_record_an_operation_and_a_signature_for_one_side(operation):
    held = write(operation)

    with pytest.raises(IntegrityError), transaction.atomic():
        Instrument.objects.create(
            kind=InstrumentKind.RECORD_OF_DISCUSSIONS, operation=operation, recorded_by=user("mm-office")
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.create(instrument=held, name="Nobody's")


# ── The first text ──


def test_the_first_text_says_what_the_operation_says(operation):
    text = drafting.record_text(operation, "en")

    assert "– Myanmar Post (Implementing organisation)" in text
    assert f"{operation.title} ({operation.code})" in text
    assert "Undertakings of Japan International Cooperation Agency (JICA)" in text


def test_the_first_text_names_the_parties_in_its_own_language(operation):
    assert "Poste du Myanmar" in drafting.record_text(operation, "fr")
    assert "بريد ميانمار" in drafting.record_text(operation, "ar")


# ── The pages ──


def address(operation, page: str = "record-of-discussions") -> str:
    return reverse(f"agreements:{page}", args=[operation.pk])


def texts(**used) -> dict[str, str]:
    """The rows of the language versions as the page sends them: those not named are left as composed."""
    each = [{"language": code, **used.get(code, {"use": "", "text": ""})} for code in ("en", "fr", "ar")]
    return rows("versions", *each, initial=3)


def signers(operation, *more) -> dict[str, str]:
    each = [
        {"party": party(operation, slug).pk, "name": f"Signatory of {slug}", "signed_on": clock.today()}
        for slug in ("mm-post", "jica")
    ]
    return rows("signatures", *each, *more, initial=2)


def posted(operation, **more):
    data = {
        "base_version": "0",
        "dated_on": str(clock.today()),
        "place": "Nay Pyi Taw",
        "prevailing_language": "en",
    }
    used = {"en": {"use": "authentic", "text": "The parties agree."}}
    return data | texts(**used) | signers(operation) | more


def test_the_page_begins_with_a_text_for_each_language_and_a_row_for_each_signing_party(operation):
    bundle = signed_in("mm-office").get(address(operation)).context["bundle"]

    assert [(row["language"].value(), row["use"].value() or "") for row in bundle.rows[0]] == [
        ("en", "authentic"),
        ("fr", ""),
        ("ar", ""),
    ]
    assert [row["party"].value() for row in bundle.rows[1]] == [
        party(operation, "mm-post").pk,
        party(operation, "jica").pk,
        None,
    ]


def test_the_record_is_written_and_signed_on_its_page(operation):
    used = {
        "en": {"use": "authentic", "text": "The parties agree."},
        "fr": {"use": "translation", "text": "Les parties conviennent."},
    }

    answer = signed_in("mm-office").post(
        address(operation), posted(operation) | texts(**used) | {"scan": made.sent(made.pdf(), "signed.pdf")}
    )

    held = queries.record_of_discussions(operation)
    assert answer["Location"] == address(operation, "agreements")
    assert [(v.language, v.authentic) for v in held.versions.all()] == [("en", True), ("fr", False)]
    assert missing(operation) == []


def test_the_text_can_be_saved_before_anybody_signs(operation):
    unnamed = {f"signatures-{n}-{field}": "" for n in (0, 1) for field in ("name", "signed_on")}

    answer = signed_in("mm-office").post(
        address(operation), posted(operation) | unnamed | {"dated_on": "", "place": ""}
    )

    assert answer.status_code == 302
    assert missing(operation) == [
        "The signatory for Myanmar Post is not named",
        "The signatory for Japan International Cooperation Agency (JICA) is not named",
        "The place of signature is missing",
        "The date of the Record of Discussions is missing",
        "The signed scan of the Record of Discussions is missing",
    ]


def test_a_changed_text_that_is_not_used_is_not_thrown_away_unseen(operation):
    used = {"fr": {"use": "", "text": "Les parties conviennent."}}

    answer = signed_in("mm-office").post(address(operation), posted(operation) | texts(**used))

    assert answer.status_code == 422
    assert answer.context["bundle"].rows[0].forms[1].errors == {
        "use": ["You changed this text: say whether it is authentic or a translation."]
    }


def test_a_first_text_left_as_it_was_is_not_taken_for_a_version(operation):
    composed = drafting.record_text(operation, "fr").replace("\n", "\r\n")  # as a browser sends it
    used = {"en": {"use": "authentic", "text": "The parties agree."}, "fr": {"use": "", "text": composed}}

    answer = signed_in("mm-office").post(address(operation), posted(operation) | texts(**used))

    assert answer.status_code == 302
    assert [v.language for v in queries.record_of_discussions(operation).versions.all()] == ["en"]


def test_what_a_colleague_saved_meanwhile_is_not_taken_for_a_change_of_mine(operation):
    """My page shows French as composed and unused, and a blank last row; theirs has a text and a name there."""
    composed = drafting.record_text(operation, "fr")
    used = {"en": {"use": "authentic", "text": "The parties agree."}, "fr": {"use": "", "text": composed}}
    mine = posted(operation) | texts(**used) | signers(operation, {"party": "", "name": ""})
    names = ("mm-post", "jica", "mm-coordination")
    write(
        operation,
        versions=[a_version(), a_version("fr", text="Les parties conviennent.")],
        signatures=[signed_by(operation, slug) for slug in names],
    )

    answer = signed_in("mm-office").post(address(operation), mine)

    told = {line["label"]: line["theirs"] for line in answer.context["conflict"]}
    held = queries.record_of_discussions(operation)
    assert answer.status_code == 409
    assert "Les parties conviennent." in told["Language versions"]
    assert "Signatory of mm-coordination" in told["Signatories"]
    assert [signature.name for signature in held.signatures.all()] == [
        f"Signatory of {slug}" for slug in names
    ]


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"dated_on": "2999-01-01"}, "form"),
        ({"place": "x" * 201}, "form"),
        ({"prevailing_language": "xx"}, "form"),
        ({"versions-0-language": "xx"}, "versions"),
        ({"versions-1-language": "en"}, "versions"),
        ({"versions-0-text": ""}, "versions"),
        ({"versions-0-text": "x" * 20001}, "versions"),
        ({"signatures-0-party": "stranger"}, "signatures"),
        ({"signatures-0-signed_on": "2999-01-01"}, "signatures"),
        ({"signatures-0-name": ""}, "signatures"),
        ({"signatures-TOTAL_FORMS": "many"}, "signatures"),
        ({"signatures-TOTAL_FORMS": "-5"}, "signatures"),
        ({"versions-TOTAL_FORMS": "2"}, "versions"),
        ({"versions-TOTAL_FORMS": "-5"}, "versions"),
    ],
)
def test_a_wrong_field_is_told_at_its_place_and_nothing_is_saved(operation, wrong, place):
    if "stranger" in wrong.values():
        wrong = {"signatures-0-party": party(an_operation("appraised", "LA"), "la-post").pk}

    answer = signed_in("mm-office").post(address(operation), posted(operation) | wrong)

    bundle = answer.context["bundle"]
    parts = {"form": bundle.form, "versions": bundle.rows[0], "signatures": bundle.rows[1]}
    assert (answer.status_code, [name for name, part in parts.items() if not part.is_valid()]) == (
        422,
        [place],
    )
    assert Instrument.objects.count() == 0


def test_a_row_for_a_signatory_is_added_without_a_script(operation):
    answer = signed_in("mm-office").post(address(operation), posted(operation) | {"add": "signatures"})

    bundle = answer.context["bundle"]
    assert (answer.status_code, len(bundle.rows[1].forms)) == (200, 3)
    assert [clause.text for clause in bundle.rows[0].forms[0].clauses.said()] == ["The parties agree."]


def test_adding_a_row_does_not_lose_the_scan(operation):
    data = posted(operation) | {"add": "signatures", "scan": made.sent(made.pdf(), "signed.pdf")}

    answer = signed_in("mm-office").post(address(operation), data)

    assert b"Kept for you: <bdi>signed.pdf</bdi>" in answer.content


@pytest.mark.parametrize(
    ("who", "statuses"),
    [
        ("mm-office", [200, 200, 200, 200]),
        ("desk", [200, 403, 200, 200]),
        ("post-officer", [200, 403, 200, 200]),
        ("mm-coordinator", [200, 403, 200, 200]),
        ("la-office", [404, 404, 404, 404]),
        ("la-officer", [404, 404, 404, 404]),
        ("sn-officer", [404, 404, 404, 404]),
        ("comms-opinion", [404, 404, 404, 404]),
    ],
)
def test_each_address_is_open_to_those_who_see_the_operation(operation, who, statuses):
    held = write(operation, scan=a_scan())
    addresses = [
        address(operation, "agreements"),
        address(operation),
        address(operation, "record-of-discussions-paper"),
        held.scan.get_absolute_url(),
    ]

    assert [signed_in(who).head(one).status_code for one in addresses] == statuses


def test_the_paper_comes_in_each_language_it_has_else_in_the_prevailing_one(operation):
    write(operation, versions=[a_version(), a_version("ar", text="يتفق الطرفان")])
    client, paper = signed_in("post-officer"), address(operation, "record-of-discussions-paper")

    pages = {code: client.get(paper, {"language": code}).content.decode() for code in ("ar", "en", "fr")}

    assert '<html lang="ar" dir="rtl">' in pages["ar"]
    assert "يتفق الطرفان" in pages["ar"]
    assert '<html lang="en" dir="ltr">' in pages["en"]
    assert '<html lang="en" dir="ltr">' in pages["fr"]
    assert "Signatory of mm-post" in pages["en"]


def test_there_is_no_paper_before_there_is_a_text(operation):
    paper = address(operation, "record-of-discussions-paper")
    assert signed_in("mm-office").get(paper).status_code == 404

    write(operation, versions=[])

    assert signed_in("mm-office").get(paper).status_code == 404


def test_the_tab_says_what_was_signed_in_which_languages_by_whom(operation):
    write(
        operation,
        scan=a_scan(),
        number="R/D 2026-3",
        versions=[a_version(), a_version("fr", authentic=False)],
    )

    page = signed_in("post-officer").get(address(operation, "agreements")).content.decode()

    for said in ("R/D 2026-3", "authentic, prevailing", "translation", "Signatory of jica", "signed.pdf"):
        assert said in page


@pytest.mark.parametrize("many", [1, 3])
def test_the_tab_costs_the_same_however_many_instruments(operation, many, django_assert_num_queries):
    write(operation, scan=a_scan())
    for n in range(many):
        Instrument.objects.create(
            kind=InstrumentKind.MINUTES, operation=operation, number=f"M/M {n}", recorded_by=user("mm-office")
        )
    client = signed_in("post-officer")

    with django_assert_num_queries(14):
        client.get(address(operation, "agreements"))


@pytest.mark.parametrize("many", [1, 3])
def test_the_editing_page_costs_the_same_however_many_signatories(operation, many, django_assert_num_queries):
    write(operation, signatures=[signed_by(operation, "jica", name=f"Signatory {n}") for n in range(many)])
    client = signed_in("mm-office")

    with django_assert_num_queries(16):
        client.get(address(operation))


def test_an_operation_past_its_signature_says_so_before_anybody_types():
    assert signed_in("mm-office").get(address(an_operation("agreed"))).status_code == 409
