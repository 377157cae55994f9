"""What the registers supply: letters and registers as kinds, their acts, the tab of a case, the gate of scans."""

from django.urls import reverse
from django.utils.translation import gettext_lazy

from taawun.directory.models import Organisation
from taawun.foundation import ports
from taawun.letters import actions, queries
from taawun.letters.models import Letter
from taawun.letters.sources import source
from taawun.ui import nav

ports.kind(
    slug="letter",
    label=gettext_lazy("Letter"),
    model=Letter,
    visible_to=queries.letters_visible_to,
    url_name="letters:letter",
)
ports.kind(
    slug="register",
    label=gettext_lazy("Register of letters"),
    model=Organisation,
    visible_to=queries.registers_visible_to,
    url_name="letters:new",
)
ports.act(
    "letter", "letter-entered", label=gettext_lazy("Enter a letter"), done=gettext_lazy("Letter entered")
)
ports.act(
    "letter",
    "letter-corrected",
    label=gettext_lazy("Correct the entry"),
    done=gettext_lazy("Entry corrected"),
)
ports.act(
    "letter",
    "letter-struck",
    label=gettext_lazy("Strike out the entry"),
    done=gettext_lazy("Entry struck out"),
)
ports.act(
    "letter",
    "letter-taken-in",
    label=gettext_lazy("Enter in our register"),
    done=gettext_lazy("Entered from the other side's register"),
)
ports.act(
    "letter", "letter-by-step", label=gettext_lazy("Enter a letter"), done=gettext_lazy("Entered by a step")
)
ports.panel("operation", "letters", label=gettext_lazy("Letters"), url_name="letters:operation", order=45)
ports.panel("request", "letters", label=gettext_lazy("Letters"), url_name="letters:request", order=50)
ports.file_gate(queries.GATE)(queries.may_open_scan)
ports.service("covering-letter-left")(actions.covering_letter_left)
ports.service("covering-letter-taken-back")(actions.covering_letter_taken_back)

nav.register(30, "letters:letters", gettext_lazy("Letters"), "/letters/")
source(
    "covering-letter",
    gettext_lazy("Covering letter"),
    lambda letter: reverse("cycle:lot-paper", args=[letter.lot_id]),
)
