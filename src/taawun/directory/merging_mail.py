"""What a person is told by mail when two entries of them are merged, or set apart again."""

from django.utils.translation import gettext as _

from taawun.directory.models import Merge
from taawun.directory.queries import name_of_user
from taawun.foundation import outbox
from taawun.foundation.models import User


def tell(made: Merge, *, actor: User) -> None:
    """A mail to each of the two persons whose account is open, in their language; organisations get none."""
    for person in (made.kept_person, made.gone_person):
        user = person.user if person else None
        if user is None or user.pk == actor.pk:
            continue
        account = User.objects.get(pk=user.pk)  # read anew: closed or opened by this very act
        with outbox.in_language_of(account):
            values = {
                "gone": made.gone.own_name,
                "kept": made.kept.own_name,
                "person": name_of_user(actor),
                "reason": made.undone_reason or made.reason,
            }
            subject, body = _undone(values) if made.is_undone else _merged(values)
        outbox.write(
            account,
            subject,
            body,
            dedupe=f"merge:{made.pk}:{made.is_undone}:{account.pk}",
            house_id=made.scope_id,
            at_once=True,
        )


def _merged(values: dict[str, str]) -> tuple[str, str]:
    told = _(
        "%(person)s found that %(gone)s and %(kept)s are one person, and merged the two entries: %(reason)s\n\n"
        "Posts, functions and drafts of both are yours now, under %(kept)s. Sign in with the account you read this "
        "mail with. If this is wrong, tell your administrator: it can be undone.\n"
    )
    return _("Taawun: two entries of you were merged"), told % values


def _undone(values: dict[str, str]) -> tuple[str, str]:
    told = _(
        "%(person)s set %(gone)s and %(kept)s apart again: %(reason)s\n\nEach signs in with an account of their own, "
        "and finds again what was theirs.\n"
    )
    return _("Taawun: the merge of two entries was undone"), told % values
