"""The pages that `test_pages.py` opens: of each the person, the address, and the answer, where it is not 200.

`tests/doors/test_pages_for_the_browser.py` fails when a page of the program is not among them. A word in braces stands
for a case, or a thing of it, that the demonstration's world does not hold: `farther.py` adds it. In that world
request 1 and operation 1 are the postal project's, closed; operation 2 is under way, operation 3 too, with three
parties and a disputed figure; 4 was sent back to planning, 8 to 11 are activities, 12 to 16 were taken over, 17
applied a lesson; request 7 is the Lao post's, being written.
"""

from typing import NamedTuple


class Page(NamedTuple):
    """What a person sees at an address."""

    who: str
    path: str
    status: int = 200


def pages(who: str, *paths: str | tuple[str, int]) -> list[Page]:
    """Pages of one person; a pair is an address with its answer."""
    return [Page(who, path) if isinstance(path, str) else Page(who, *path) for path in paths]


REQUEST_PARTS = ("idea", "background", "goal", "outputs", "site", "inputs", "implementing")
DESIGN_PARTS = ("objectives", "outputs", "indicators", "assumptions", "inputs", "risks", "plan", "ex-ante")

# In groups that a run opens in a minute or so, each in each language.
PAGES: dict[str, list[Page]] = {
    "account": [
        *pages(
            "",
            *("/", "/account/login/", "/account/signup/", "/account/inactive/"),
            *("/account/password/reset/", "/account/password/reset/done/"),
            *("/account/password/reset/key/{lost}-{lost-key}/", "/account/password/reset/key/x-gone/"),
            "/account/password/reset/key/done/",
        ),
        *pages("desk", "/account/logout/", "/account/password/set/"),
        *pages("finance-opinion", "/account/password/change/", "/account/reauthenticate/"),
    ],
    "documents": [
        *pages("post-officer", "/documents/", "/documents/{document}/", "/requests/1/paper/"),
        *pages("amci-desk", "/operations/{expert-operation}/people/{expert}/mission-letter/paper/"),
        *pages(
            "desk", "/documents/many/", "/documents/many/request-form/", "/documents/many/mission-letter/"
        ),
        *pages("desk", ("/documents/jobs/987654/archive/", 404)),
        *pages("", "/check/", "/check/{check}/", ("/check/NOBODYMADETHISCODE23/", 404)),
    ],
    "desk": [
        *pages(
            "desk",
            "/search/",
            "/search/?q=postal",
            "/search/?q=postal&kind=agreement",
            "/search/?q=nothing-of-the-kind",
            "/calendar/",
            "/calendar/?of=all",
            "/calendar/addresses/",
            "/calendar/addresses/?operation=2",
        ),
        *pages("jica-admin", "/api/", "/api/tokens/", "/api/tokens/{token}/"),
        *pages("desk", "/desk/", "/notices/", "/desk/notices/"),
        *pages("amci-knowledge", "/desk/", "/desk/absence/"),
        *pages("amci-approver", "/desk/absence/", "/desk/absence/1/"),
        *pages("desk", "/desk/absence/posts/4/"),
        *pages("desk", "/jobs/", "/jobs/{job-running}/", "/jobs/{job-ended}/"),
        *pages("sn-officer", "/desk/handover/", "/desk/handover/1/"),
        *pages("jica-admin", "/desk/people/", "/desk/people/4/handover/"),
        *pages("amci-admin", "/desk/merges/", "/desk/merges/1/", "/desk/merges/2/"),
        *pages("amci-admin", "/desk/merges/persons/", "/desk/merges/organisations/"),
        *pages("amci-admin", "/desk/organisations/", "/desk/organisations/22/"),
        *pages("jica-admin", "/desk/organisations/7/on-paper/", ("/desk/organisations/2/on-paper/", 409)),
    ],
    "settings": [
        *pages("desk", "/codes/", "/codes/country/", "/codes/sector/?state=withdrawn"),
        *pages("jica-admin", "/codes/modality/", "/codes/modality/update/"),
        *pages("jica-admin", "/codes/updates/{list-update}/", "/codes/updates/{list-refused}/"),
        *pages("jica-admin", "/settings/", "/settings/2/", "/settings/2/new/"),
        *pages("jica-admin", "/settings/2/new/?preset=amci-like"),
        *pages("jica-admin", "/settings/outbox/", "/settings/outbox/agencies/2/", "/settings/mail-texts/2/"),
        *pages("jica-admin", "/settings/mail-texts/2/task/fr/", ("/settings/outbox/1/", 404)),
        *pages("jica-admin", "/settings/2/clauses/", "/settings/2/clauses/record-of-discussions/new/"),
        *pages("jica-admin", "/settings/2/clauses/record-of-discussions/monitoring/"),
        *pages("jica-admin", "/settings/2/clauses/record-of-discussions/monitoring/edit/"),
        *pages("jica-admin", "/settings/2/clauses/note-verbale/preview/?language=ar"),
        *pages("jica-admin", "/settings/2/word/", "/settings/2/word/record-of-discussions/fr/"),
        *pages("jica-admin", "/settings/2/days/", "/settings/2/days/?country=country:LA&year=2027"),
        *pages("desk", "/settings/2/compare/", "/settings/2/requests/", "/settings/2/operations/"),
        *pages("desk", "/settings/versions/1/", "/settings/cases/request/5/"),
        *pages("desk", *(f"/workflows/{slug}/" for slug in ("request", "operation", "activity", "lesson"))),
        *pages("desk", "/ratings/", ("/operations/987654/", 404)),
    ],
    "requests": [
        *pages("desk", "/requests/", "/requests/1/", "/requests/1/timeline/", "/requests/1/paper/"),
        *pages("desk", "/requests/1/similar/", "/requests/13/similar/", "/requests/1/note-verbale/paper/"),
        *pages("desk", "/lots/1/paper/", "/requests/13/appraisal-note/"),
        *pages("comms-opinion", "/requests/13/opinions/7/"),
        *pages("mm-coordinator", "/requests/{retained}/lot/"),
        *pages("mm-office", "/requests/6/", "/requests/6/note-verbale/"),
        *pages("la-officer", "/requests/new/"),
        *pages("la-officer", *(f"/requests/7/edit/{part}/" for part in REQUEST_PARTS)),
        *pages("post-officer", ("/requests/1/edit/idea/", 409)),
    ],
    "steps": [
        *pages("la-officer", "/cases/request/7/steps/submit/"),
        *pages("post-officer", "/cases/request/{idea}/steps/drop/"),
        *pages("gn-embassy", "/cases/request/25/steps/receive/"),
        *pages("gn-embassy", "/cases/request/25/steps/return-incomplete/"),
        *pages("desk", "/cases/request/5/steps/open-review/"),
        *pages("mofa-approver", "/cases/request/13/steps/adopt/", "/cases/request/13/steps/defer/"),
        *pages("sn-jica", "/cases/request/19/steps/confirm/"),
        *pages("jica-approver", "/cases/request/6/take-back/"),
        *pages("desk", ("/cases/request/1/steps/submit/", 409)),
        *pages("mm-office", "/cases/operation/{appraised}/steps/sign/"),
        *pages("sn-embassy", "/cases/operation/2/steps/open-completion/"),
        *pages("desk", "/cases/operation/1/steps/follow-up/"),
        *pages("amci-desk", "/cases/operation/10/steps/report/"),
        *pages("knowledge", "/cases/lesson/{lesson}/steps/analyse/", "/cases/lesson/{analysed}/steps/join/"),
        *pages("knowledge", "/cases/lesson/1/steps/retire/"),
    ],
    "letters": [
        *pages("desk", "/letters/", "/letters/paper/", "/letters/1/"),
        *pages("jica-admin", "/figures/rates/", "/figures/rates/1/", "/batches/sheets/exchange-rates/"),
        *pages("desk", "/figures/", "/figures/operations/", "/figures/operations/?by=country"),
        *pages("desk", "/figures/operations/?by=state&and=year", "/figures/operations/paper/?by=state"),
        *pages("desk", "/figures/planned-inputs/?by=party", "/figures/planned-inputs/?currency=EUR"),
        *pages("desk", "/agreements/", "/agreements/paper/?kind=record-of-discussions"),
        *pages("sn-embassy", "/letters/registers/15/new/", "/letters/11/edit/", "/letters/11/strike/"),
        *pages("sn-embassy", "/requests/2/letters/", "/requests/2/letters/new/"),
        *pages("sn-embassy", "/operations/2/letters/", "/operations/2/letters/new/"),
        *pages("sn-embassy", "/questions/", "/questions/1/", "/questions/2/", "/questions/2/withdraw/"),
        *pages("sn-officer", "/questions/2/answer/", "/questions/2/more-time/"),
        *pages("sn-embassy", "/operations/2/questions/", "/operations/2/questions/new/"),
        *pages("sn-embassy", "/requests/3/questions/", "/requests/3/questions/new/"),
    ],
    "batches": [
        *pages("amci-desk", "/batches/", "/batches/sheets/take-over/", "/batches/1/", "/batches/2/"),
        *pages("amci-desk", "/batches/1/undo/", ("/batches/2/undo/", 409), "/operations/take-over/"),
        *pages("amci-desk", "/operations/12/", "/operations/12/design/in-force/", "/operations/16/timeline/"),
    ],
    "published": [
        *pages("desk", "/published/", "/published/{published}/", "/published/loads/"),
        *pages("desk", "/countries/?map=published-activities", "/countries/BO/", "/countries/MM/paper/"),
        *pages(
            "jica-admin", "/published/loads/", "/published/loads/{load}/", "/published/loads/{load}/undo/"
        ),
        *pages(
            "jica-admin",
            "/published/loads/new/",
            "/published/loads/sent/",
            "/published/loads/sent/{sending}/",
        ),
        *pages("desk", "/published/{real}/take-over/", "/operations/{taken}/publication/"),
        *pages("desk", "/operations/{taken}/publication/undo/"),
    ],
    "lessons": [
        *pages("desk", "/lessons/", "/lessons/1/", "/lessons/new/?operation=1", "/operations/17/lessons/"),
        *pages("knowledge", "/lessons/1/analysis/", "/lessons/{lesson}/edit/", "/lessons/{analysed}/"),
        *pages("desk", "/operations/{planning}/lessons/{planning-citation}/"),
        *pages("evaluator", "/operations/{due}/lessons/{due-citation}/outcome/"),
    ],
    "operations": [
        *pages("desk", "/operations/", "/operations/?q=nothing-is-called-so", "/operations/new/"),
        *pages("desk", "/operations/1/", "/operations/1/parties/", "/operations/1/people/"),
        *pages("desk", "/operations/1/timeline/", "/operations/{planning}/parties/edit/"),
        *pages("desk", "/operations/{planning}/parties/components/{planning-component}/"),
        *pages("amci-desk", "/operations/9/", "/operations/9/report/", "/operations/10/report/edit/"),
        *pages("sn-embassy", "/operations/2/people/edit/", "/operations/3/", "/operations/3/parties/"),
        *pages("post-officer", ("/operations/{planning}/parties/edit/", 403)),
    ],
    "planning": [
        *pages("desk", "/operations/1/design/", "/operations/1/design/paper/", "/operations/1/plan/"),
        *pages("desk", "/operations/1/design/ex-ante/", "/operations/1/design/ex-ante/paper/"),
        *pages("desk", *(f"/operations/{{planning}}/design/edit/{part}/" for part in DESIGN_PARTS)),
        *pages("sn-embassy", "/operations/2/design/", "/operations/2/design/versions/0/"),
        *pages("sn-embassy", "/operations/2/design/compare/", "/operations/2/design/compare/paper/"),
        *pages("sn-embassy", "/operations/2/design/revision/"),
        *pages("mm-office", "/operations/{under-way}/design/", "/operations/{under-way}/design/revision/"),
        *pages("mm-office", "/operations/{under-way}/design/revision/adopt/"),
        *pages("mm-office", "/operations/{under-way}/design/revision/discard/"),
        *pages("mm-office", "/operations/{under-way}/design/edit/progress/"),
    ],
    "agreements": [
        *pages("desk", "/operations/1/agreements/", "/operations/1/agreements/record-of-discussions/paper/"),
        *pages("mm-office", "/operations/{appraised}/agreements/record-of-discussions/"),
        *pages("post-officer", "/operations/{appraised}/agreements/"),
        *pages("post-officer", "/operations/{appraised}/agreements/texts/{text}/"),
        *pages("post-officer", "/operations/{appraised}/agreements/texts/{text}/return/"),
        *pages("mm-office", "/operations/{appraised}/agreements/texts/send/"),
        *pages("mm-office", "/operations/{appraised}/agreements/texts/{text}/decide/"),
        *pages("mm-office", "/operations/{appraised}/agreements/texts/{text}/withdraw/"),
        *pages("sn-embassy", "/operations/2/agreements/", "/operations/2/agreements/amendment/"),
        *pages("sn-embassy", "/operations/2/agreements/amendments/1/paper/"),
        *pages("sn-embassy", "/operations/2/agreements/amendments/1/changes/"),
        *pages("desk", "/operations/1/agreements/record-of-discussions/changes/"),
        *pages(
            "mm-office",
            "/operations/{under-way}/agreements/",
            "/operations/{under-way}/agreements/amendment/",
        ),
        *pages("mm-office", "/operations/{under-way}/agreements/amendment/text/"),
        *pages("mm-office", "/operations/{under-way}/agreements/amendment/sign/"),
        *pages("mm-office", "/operations/{under-way}/agreements/amendment/withdraw/"),
    ],
    "meetings": [
        *pages("desk", "/operations/1/meetings/", "/operations/4/meetings/surveys/new/"),
        *pages("desk", "/operations/{planning}/meetings/surveys/{planning-survey}/"),
        *pages("sn-embassy", "/operations/2/meetings/", "/operations/2/meetings/surveys/1/paper/"),
        *pages("sn-embassy", "/operations/2/meetings/committee/", "/operations/2/meetings/new/"),
        *pages("sn-embassy", "/operations/2/meetings/3/", "/operations/2/meetings/3/paper/"),
    ],
    "monitoring": [
        *pages("desk", "/operations/1/monitoring/", "/operations/1/monitoring/1/"),
        *pages("desk", "/operations/1/monitoring/1/paper/"),
        *pages("sn-embassy", "/operations/2/monitoring/new/", "/operations/2/monitoring/values/"),
        *pages("sn-embassy", "/operations/2/monitoring/2/edit/"),
        *pages("sn-embassy", "/operations/3/monitoring/", "/operations/3/monitoring/1/"),
        *pages("sn-embassy", "/operations/3/monitoring/1/paper/", "/operations/3/disputes/"),
        *pages("sn-embassy", "/operations/3/disputes/2/"),
        *pages("sn-officer", "/operations/3/disputes/2/"),
        *pages("mm-office", "/operations/{under-way}/disputes/new/{under-way-figure}/"),
        *pages("gn-embassy", "/operations/{on-paper}/monitoring/1/"),
        *pages("gn-embassy", "/operations/{on-paper}/monitoring/1/confirm/{on-paper-party}/"),
        *pages("desk", "/operations/1/completion/", "/operations/1/completion/paper/"),
        *pages(
            "mm-office", "/operations/{in-review}/completion/", "/operations/{in-review}/completion/edit/"
        ),
    ],
    "evaluation": [
        *pages("desk", "/operations/1/evaluation/", "/operations/1/evaluation/paper/"),
        *pages("desk", "/operations/{completed}/evaluation/evaluator/"),
        *pages("evaluator", "/operations/{due}/evaluation/", "/operations/{due}/evaluation/edit/"),
        *pages(
            "post-officer", "/operations/{evaluated}/evaluation/recommendations/{evaluated-recommendation}/"
        ),
    ],
}
