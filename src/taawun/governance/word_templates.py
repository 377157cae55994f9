"""An agency's own Word templates: which holds for a paper and a language, its versions, making the next one."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from taawun.cycle.models import LANGUAGES
from taawun.directory.models import Organisation
from taawun.directory.roles import Role
from taawun.foundation.audit import record
from taawun.foundation.models import User
from taawun.foundation.ports import Obstacle
from taawun.foundation.standing import fresh_standing
from taawun.foundation.steps import Refused
from taawun.governance.models import WordTemplate
from taawun.governance.queries import read_by
from taawun.papers.actions import hand_over
from taawun.papers.kinds import named
from taawun.papers.making import TRIAL, Page, Paper, make
from taawun.papers.models import Document, File, Format, Rendering
from taawun.papers.shapes import SHAPES
from taawun.papers.template_files import example_fields


class Stale(Exception):
    """Somebody made a version meanwhile."""


def templates_read_by(user: Any) -> QuerySet[WordTemplate]:
    """The versions of the agencies whose settings this person reads."""
    return WordTemplate.objects.filter(provider_id__in=read_by(user)).select_related("provider")


def version_read_by(user: Any, pk: int) -> WordTemplate | None:
    """One of them; None where this person reads no such one."""
    return templates_read_by(user).filter(pk=pk).first()


def versions_of(agency_id: int, paper: str, language: str) -> list[WordTemplate]:
    """Every version, the newest first: one SQL statement."""
    rows = WordTemplate.objects.filter(provider_id=agency_id, paper=paper, language=language)
    return list(rows.select_related("made_by__person", "file"))


def latest(agency_id: int) -> dict[tuple[str, str], WordTemplate]:
    """The last version of each paper and language: one SQL statement."""
    rows = WordTemplate.objects.filter(provider_id=agency_id).select_related("file")
    return {(one.paper, one.language): one for one in rows.order_by("version")}


def trials_of(versions: list[WordTemplate]) -> dict[int, Rendering]:
    """What came of filling each version with the example, by version: one SQL statement."""
    rows = Rendering.objects.filter(
        document__gate=TRIAL, document__subject_id__in=[one.pk for one in versions], format=Format.DOCX
    )
    return {one.document.subject_id: one for one in rows.select_related("document").defer("document__page")}


def counts(version: WordTemplate | None, trial: Rendering | None) -> bool:
    """Whether documents are made with it: it is a file, and the example could be filled in."""
    failed = trial is not None and trial.status == Rendering.State.FAILED
    return version is not None and version.file_id is not None and not failed


def in_force(agency_id: int, paper: str, language: str) -> tuple[File, int] | None:
    """The file and version documents of this paper and language are made with; None: the built-in one."""
    versions = versions_of(agency_id, paper, language)[:1]
    if not versions or not counts(versions[0], trials_of(versions).get(versions[0].pk)):
        return None
    file: Any = versions[0].file
    return file, versions[0].version


def read_bytes(file: File) -> bytes:
    """The template as it was kept."""
    with default_storage.open(file.stored_name) as held:
        data: bytes = held.read()
    return data


def save_template(
    agency: Organisation,
    place: tuple[str, str],
    file: File | None,
    *,
    reason: str,
    base_version: int,
    actor: User,
    trial: Any = None,
) -> WordTemplate:
    """The next version of a template, checked by its form; `file` None: back to the built-in one.

    `trial`: the page of the example and this installation's address, from which the worker makes the preview. Refuses
    (403) whoever is not the agency's administrator; no reason; going back where the built-in one holds. `Stale` where
    somebody made a version since `base_version`.
    """
    paper, language = place
    with transaction.atomic():
        Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=agency.pk)
        if agency.pk not in fresh_standing(actor).holding(Role.ADMINISTRATOR):
            raise PermissionDenied
        last = next(iter(versions_of(agency.pk, paper, language)), None)
        if (last.version if last else 0) != base_version:
            raise Stale
        _refuse(reason, file, last)
        made = WordTemplate.objects.create(
            provider=agency,
            paper=paper,
            language=language,
            version=base_version + 1,
            file=file,
            reason=reason.strip(),
            made_by=actor,
        )
        if file is not None:
            hand_over(file, actor=actor, gate=TRIAL, subject_id=made.pk)
            _try(made, actor, *trial)
        _record(made, actor)
    return made


def _refuse(reason: str, file: File | None, last: WordTemplate | None) -> None:
    wrong = [] if reason.strip() else [_("Give the reason.")]
    if file is None and (last is None or last.file_id is None):
        wrong.append(_("The built-in template holds already."))
    if wrong:
        raise Refused([Obstacle(one) for one in wrong])


def _try(made: WordTemplate, actor: User, html: str, origin: str) -> Document:
    """Ask the worker for the template filled with the example."""
    paper = Paper(made.paper, TRIAL, made.pk, is_example=True, agency_id=made.provider_id)
    address = reverse("governance:word-template-version", args=[made.pk])
    fields = example_fields(made.paper, made.language)
    page = Page(html, named(made.paper), address, made.language, fields=fields)
    return make(paper, page, [Format.DOCX], actor=actor, origin=origin)


def _record(made: WordTemplate, actor: User) -> None:
    case: Any = made
    record(
        case,
        "word-template-made",
        actor=actor,
        organisation_id=made.provider_id,
        role=Role.ADMINISTRATOR,
        audience_id=made.provider_id,
        detail={
            "reason": made.reason,
            "paper": made.paper,
            "language": made.language,
            "version": made.version,
            "sha256": made.file.sha256 if made.file else "",
        },
    )


def is_offered(paper: str, language: str) -> bool:
    """Whether an agency may have a template of its own of this paper in this language."""
    return paper in SHAPES and language in dict(LANGUAGES)
