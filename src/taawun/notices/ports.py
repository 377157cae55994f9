"""What the room supplies: mail and outboxes as kinds, their acts; what leads to persons and organisations."""

from django.utils.translation import gettext_lazy, pgettext_lazy

from taawun.directory.models import Organisation
from taawun.directory.references import stays
from taawun.foundation import ports
from taawun.foundation.models import OutboxMessage
from taawun.notices import queries

ports.kind(
    slug="mail",
    label=pgettext_lazy("noun", "Mail"),
    model=OutboxMessage,
    visible_to=queries.messages_visible_to,
    url_name="notices:message",
)
ports.kind(
    slug="outbox",
    label=gettext_lazy("Outbox"),
    model=Organisation,
    visible_to=queries.agencies_administered_by,
    url_name="notices:hold",
)
ports.service("mail-is-held")(queries.mail_is_held)
ports.service("mail-texts")(queries.mail_texts)
for slug, label, done in (
    ("mail-edited", gettext_lazy("Change the words"), gettext_lazy("Words changed")),
    ("mail-released", pgettext_lazy("mail", "Release"), pgettext_lazy("mail", "Released")),
    ("mail-dropped", pgettext_lazy("mail", "Drop"), pgettext_lazy("mail", "Dropped")),
    ("mail-arrived", gettext_lazy("It arrived"), gettext_lazy("Said to have arrived")),
    ("mail-sent-again", gettext_lazy("Send again"), gettext_lazy("Sent again by decision of a person")),
):
    ports.act("mail", slug, label=label, done=done)
for slug, label, done in (
    ("outbox-held", gettext_lazy("Hold the outbox"), gettext_lazy("Outbox held")),
    ("outbox-freed", gettext_lazy("Stop holding"), gettext_lazy("Outbox no longer held")),
    ("outbox-released", gettext_lazy("Release all"), gettext_lazy("Everything held was released")),
    ("mail-text-changed", gettext_lazy("Change a text"), gettext_lazy("Text of a mail changed")),
):
    ports.act("outbox", slug, label=label, done=done)
stays("notices.OutboxHold", "organisation")
stays("notices.MailText", "organisation", "made_by")
