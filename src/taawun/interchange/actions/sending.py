"""A file sent by the page: kept, read by the worker, shown; then applied or given up."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict

from django.db import connection, transaction
from django.utils.translation import gettext as _

from taawun.foundation.models import Job, User
from taawun.foundation.ports import Obstacle
from taawun.foundation.steps import Refused
from taawun.foundation.work import begin
from taawun.interchange.actions.applying import NO_TERMS
from taawun.interchange.actions.reading import Progress, read_load
from taawun.interchange.actions.shared import FileRefused, Terms, alone, locked, remember, require
from taawun.interchange.iati.records import Finding
from taawun.interchange.models import Arrival, Load, Sending, Stage
from taawun.interchange.sources import stored_source
from taawun.papers.actions import hand_back, hand_over
from taawun.papers.models import File

READ = "read-published"  # the kind of job that does it
GATE = "sending"


def send_file(file: File, *, actor: User, reference: str = "", terms: Terms = NO_TERMS) -> Sending:
    """Take in a held file to be read by the worker; nothing of it is taken in before somebody says so.

    For an agency's administrator (else 403). `reference`: the publisher's identifier, "" where the file's own holds;
    `terms` are said of the publisher once it is applied. Begins the job that reads it.
    """
    require(actor)
    with transaction.atomic():
        made = Sending.objects.create(
            name=file.original_name, file=file, reference=reference, made_by=actor, **asdict(terms)
        )
        hand_over(file, actor=actor, gate=GATE, subject_id=made.pk)
        return _begun(made, actor)


def read_again(sending: Sending, *, actor: User) -> Sending:
    """Read a sent file anew, by what is held today; what it was read into before is given up.

    Refuses one that was refused, applied or given up, and one that is being read.
    """
    agency = require(actor)
    with transaction.atomic():
        held = _locked(sending)
        if held.file is None or (held.stage == Arrival.WAITING and held.is_under_way):
            raise Refused([Obstacle(_("This file is being read, or no longer kept."))])
        if held.load:
            _give_up(held.load, actor, agency)
        elif held.stage != Arrival.WAITING:
            raise Refused([Obstacle(_("This file was refused: put it right and send it again."))])
        held.stage, held.load, held.read_count = Arrival.WAITING, None, 0
        held.save(update_fields=["stage", "load", "read_count"])
        return _begun(held, actor)


def discard_load(load: Load, *, actor: User) -> Load:
    """Give up a load that was read; nothing of it was applied. Its file is its sender's again, and goes in time."""
    agency = require(actor)
    with transaction.atomic():
        sending = Sending.objects.select_for_update().filter(load=load).first()
        held = _give_up(load, actor, agency)
        if sending:
            _let_go(sending)
    return held


def read_sending(sending: Sending, *, actor: User) -> Sending:
    """Read a sent file, in the worker: into a load that can be applied, or refused with every error.

    One that was read or refused already is left as it is.
    """
    require(actor)
    with transaction.atomic():
        alone()  # of two jobs for one file the second finds it read
        held = Sending.objects.select_related("file").get(pk=sending.pk)  # not locked: see `_counted_beside`
        if held.stage == Arrival.WAITING and held.file is not None:
            _read(held, held.file, actor)
    return held


def _read(held: Sending, file: File, actor: User) -> None:
    source = stored_source(file)
    try:
        with _counted_beside(held) as progress:
            held.load = read_load(source, actor=actor, feed=held.reference, file=file, progress=progress)
        held.stage = Arrival.READ
    except FileRefused as refused:
        held.stage, held.refusals = Arrival.REFUSED, [_kept(one) for one in refused.findings]
        _let_go(held)
    held.save(update_fields=["stage", "load", "refusals"])


def _kept(one: Finding) -> dict[str, object]:
    values = {name: str(value) for name, value in one.values.items()}
    return {"line": one.line, "identifier": one.identifier, "slug": one.slug, "values": values}


@contextmanager
def _counted_beside(sending: Sending) -> Iterator[Progress]:
    """Tell how far the reading is while its transaction is open: by a connection of its own.

    The transaction must hold no lock on the sending meanwhile.
    """
    other = connection.copy()

    def told(number: int) -> None:
        with other.cursor() as cursor:
            table = connection.ops.quote_name(Sending._meta.db_table)
            cursor.execute(
                f"UPDATE {table} SET read_count = %s WHERE id = %s",  # noqa: S608 (a table of ours)
                [number, sending.pk],
            )

    try:
        yield told
    finally:
        other.close()


def _begun(sending: Sending, actor: User) -> Sending:
    sending.job = _job(sending, actor)
    sending.save(update_fields=["job"])
    return sending


def _job(sending: Sending, actor: User) -> Job:
    return begin(
        READ,
        actor=actor,
        title=_("Read %(file)s") % {"file": sending.name},
        items=[(str(sending.pk), sending.name)],
        arguments={"sending": sending.pk},
    )


def _locked(sending: Sending) -> Sending:
    rows = Sending.objects.select_for_update(of=("self",)).select_related("file", "load", "job")
    return rows.get(pk=sending.pk)


def _give_up(load: Load, actor: User, agency: int | None) -> Load:
    held = locked(load, Stage.READ)
    held.stage, held.file = Stage.DISCARDED, None
    held.save(update_fields=["stage", "file"])
    remember(held, "load-discarded", actor, agency)
    return held


def _let_go(sending: Sending) -> None:
    """The file goes back to its sender: nobody else needs it."""
    if sending.file:
        hand_back(sending.file)
