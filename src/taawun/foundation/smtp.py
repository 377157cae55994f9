"""The mail server, with the one thing the outbox must know of a broken conversation: whether the mail was begun."""

import smtplib
from typing import Any

from django.core.mail.backends.smtp import EmailBackend as DjangoBackend


class Plain(smtplib.SMTP):
    """Notes that the mail itself was begun: from then on nobody can tell whether it arrived."""

    begun = False

    def data(self, msg: Any) -> tuple[int, bytes]:
        self.begun = True
        return super().data(msg)


class Secure(Plain, smtplib.SMTP_SSL):
    """The same over TLS from the first word."""


class EmailBackend(DjangoBackend):
    """Django's, whose `open()` greets the server too: what fails in it has certainly sent nothing."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:  # type: ignore[override]
        return Secure if self.use_ssl else Plain

    @property
    def begun(self) -> bool:
        """Whether the mail was begun over the present connection."""
        return bool(getattr(self.connection, "begun", False))

    def open(self) -> bool | None:
        """Connect and greet."""
        made = super().open()
        if self.connection is not None:
            self.connection.ehlo_or_helo_if_needed()
        return made
