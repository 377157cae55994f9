"""What the pages of the outbox and of its texts show."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from taawun.directory.models import Organisation
from taawun.directory.queries import name_of_user, names_of
from taawun.directory.showing import history
from taawun.foundation.mail_texts import FIELDS, KINDS, built_in
from taawun.foundation.models import OutboxMessage
from taawun.foundation.ports import registry
from taawun.notices import queries
from taawun.notices.actions import UNDECIDED, Outbox
from taawun.notices.models import MailText
from taawun.ui import words
from taawun.ui.lists import Column, Filter, ListPage

State = OutboxMessage.State
COLUMNS = [
    Column("subject", gettext_lazy("Subject"), head=True, link=True, value="subject"),
    Column("reader", pgettext_lazy("mail", "To"), value=lambda row: name_of_user(row.user)),
    Column("made_at", gettext_lazy("Written"), sort="made_at"),
    Column("status", gettext_lazy("State"), template="notices/_status.html", text="get_status_display"),
    Column("next_try", gettext_lazy("Next try"), sort="next_try"),
    Column("error", gettext_lazy("What is known"), template="notices/_error.html"),
]
FILTERS = [Filter("status", gettext_lazy("State"), State.choices, "status")]


def outbox_list(user: Any) -> ListPage:
    """The newest first: two SQL statements besides the gate's."""
    return ListPage(
        queries.messages_visible_to(user).order_by("-pk"),
        COLUMNS,
        FILTERS,
        empty_text=gettext_lazy("No mail was written yet."),
        dressed=lambda rows: rows.select_related("user__person"),
    )


def outbox_page(agencies: list[Organisation]) -> dict[str, Any]:
    """The outbox, with a way to the hold and the texts of each agency."""
    return {
        "title": _("Outbox"),
        "agencies": agencies,
        "crumbs": [("/desk/", _("My desk")), ("", _("Outbox"))],
    }


def _under_outbox(name: str) -> list[tuple[str, str]]:
    return [("/desk/", _("My desk")), (reverse("notices:outbox"), _("Outbox")), ("", name)]


def message_for(user: Any, pk: int) -> OutboxMessage | None:
    """One mail through its gate."""
    return queries.messages_visible_to(user).select_related("user__person", "notice").filter(pk=pk).first()


def message_page(message: OutboxMessage, user: Any) -> dict[str, Any]:
    """One mail: what is known of it, what was done, what may be done."""
    houses = names_of({message.house_id, message.acting_id})
    facts = [
        (pgettext_lazy("mail", "To"), name_of_user(message.user)),
        (_("Told in the seat of"), houses.get(message.house_id or 0, "")),
        (_("Tells of an act of"), houses.get(message.acting_id or 0, "")),
        (_("Written"), words.moment(message.made_at)),
        (_("Began to leave"), words.moment(message.claimed_at) if message.claimed_at else ""),
        (_("Sent"), words.moment(message.sent_at) if message.sent_at else ""),
        (_("Tries"), words.figure(message.tries) if message.tries else ""),
        (_("Next try"), words.moment(message.next_try) if message.next_try and message.may_change else ""),
        (_("What is known"), _(message.error) if message.error else ""),
    ]
    return {
        "message": message,
        "facts": [{"label": label, "value": value} for label, value in facts if value],
        "undecided": message.status in UNDECIDED,
        "uncertain": message.status == State.UNCERTAIN,
        "held": message.status == State.HELD,
        "timeline": history(message, user),  # type: ignore[arg-type]  # what has a kind and a number
        "crumbs": _under_outbox(_("A mail")),
    }


def hold_page(agency: Organisation, user: Any) -> dict[str, Any]:
    """Whether an agency's outbox is held, how much lies there, who held it when."""
    return {
        "agency": agency,
        "on": queries.is_on_hold(agency),
        "held": queries.messages_of([agency.pk]).filter(status=State.HELD).count(),
        "timeline": history(Outbox(agency.pk), user),  # type: ignore[arg-type]  # what has a kind and a number
        "crumbs": _under_outbox(_("Hold")),
    }


def texts_page(agency: Organisation) -> dict[str, Any]:
    """Each kind of mail in each language, and whose text is used."""
    own = queries.own_texts(agency)
    rows = [
        {
            "label": kind.label,
            "languages": [
                {
                    "name": words.own_name(code),
                    "url": reverse("notices:text", args=[agency.pk, slug, code]),
                    "own": (slug, code) in own and not own[slug, code].built_in,
                }
                for code, _name in settings.LANGUAGES
            ],
        }
        for slug, kind in KINDS.items()
    ]
    return {"agency": agency, "rows": rows, "crumbs": _under_outbox(_("Texts of mails"))}


def text_page(agency: Organisation, kind: str, language: str, versions: list[MailText]) -> dict[str, Any]:
    """One text: its fields, its versions, the built-in one."""
    held = KINDS[kind]
    texts = (reverse("notices:texts", args=[agency.pk]), _("Texts of mails"))
    here = words.labelled(held.label, words.own_name(language))
    return {
        "agency": agency,
        "title": here,
        "text_language": language,
        "versions": versions,
        "own": bool(versions) and not versions[0].built_in,
        "built_in": built_in(kind, language),
        "fields": [
            {"name": f"{{{name}}}", "label": FIELDS[name], "subject": name in held.subject_fields}
            for name in held.body_fields
        ],
        "crumbs": [*_under_outbox(here)[:-1], texts, ("", here)],
    }


def sample(language: str) -> dict[str, str]:
    """What a preview puts in the place of the fields: an act of the program, an invented number and title."""
    with translation.override(language):
        step = next(kind.workflow.transitions[0] for kind in registry.kinds.values() if kind.workflow)
        act, code, title = str(step.label), "XX-2026-R-0001", _("An invented title")
        line = "- " + words.parted((act, code, title))
        return {
            "act": act,
            "code": code,
            "title": title,
            "number": words.figure(2),
            "list": f"{line}\n{line}",
        }
