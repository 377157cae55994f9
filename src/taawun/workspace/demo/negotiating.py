"""A Record of Discussions that is with the other side: its text went out as Word, and nothing came back yet."""

from django.template.loader import render_to_string
from django.urls import reverse

from taawun.agreements.actions.rounds import send_text
from taawun.agreements.models import Instrument, InstrumentKind
from taawun.agreements.showing import record_paper
from taawun.cycle.models import OperationPart
from taawun.cycle.papers import of_operation
from taawun.foundation import clock
from taawun.papers.making import Page
from taawun.workspace.demo import doors, exchange, walks
from taawun.workspace.demo.players import POSTAL, actor, played_by
from taawun.workspace.demo.post import HOME
from taawun.workspace.demo.story import on

MESSAGE = "Please tell us by the end of the month what you would change (example)."


def send_out() -> None:
    """The office writes the text in two languages and sends the English one to the implementing organisation."""
    with played_by(doors.telling(POSTAL, "Letters by river", doors.coming())):
        made = walks.walk_operation("appraised", day=clock.today())
        with on(clock.today()):
            exchange.write_text(made)
            record = Instrument.objects.get(operation=made, kind=InstrumentKind.RECORD_OF_DISCUSSIONS)
            version = record.versions.get(language="en")
            drawn = record_paper(made, record, version)
            page = Page(
                render_to_string("agreements/record_paper.html", drawn),
                str(drawn["paper"]["title"]),
                reverse("agreements:agreements", args=[made.pk]),
                version.language,
            )
            send_text(
                made,
                version,
                made.parties.filter(signs=True, part=OperationPart.IMPLEMENTING).get(),
                message=MESSAGE,
                paper=of_operation(made, "record-of-discussions"),
                page=page,
                origin=HOME,
                actor=actor("office"),
            )
