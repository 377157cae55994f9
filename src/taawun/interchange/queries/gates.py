"""Who sees what others publish, and who the loads it came by."""

from typing import Any

from django.db.models import QuerySet

from taawun.directory.roles import Role
from taawun.foundation.standing import standing
from taawun.interchange.models import Load, PublishedActivity, PublishedAmount, Sending


def published_visible_to(user: Any) -> QuerySet[PublishedActivity]:
    """What others publish is public: whoever is signed in reads all of it."""
    if standing(user).user_id is None:
        return PublishedActivity.objects.none()
    return PublishedActivity.objects.all()


def amounts_visible_to(user: Any) -> QuerySet[PublishedAmount]:
    """The money of the published activities: as public as they are."""
    if standing(user).user_id is None:
        return PublishedAmount.objects.none()
    return PublishedAmount.objects.all()


def may_load(user: Any) -> bool:
    """Whether this person takes files in and takes them back: the administrators of agencies."""
    return bool(standing(user).holding(Role.ADMINISTRATOR))


def loads_visible_to(user: Any) -> QuerySet[Load]:
    """The loads are the business of the agencies' administrators."""
    if not may_load(user):
        return Load.objects.none()
    return Load.objects.select_related("feed")


def sendings_visible_to(user: Any) -> QuerySet[Sending]:
    """The files that were sent by the page are the business of the agencies' administrators."""
    if not may_load(user):
        return Sending.objects.none()
    return Sending.objects.select_related("file", "load", "job")


def may_open_file(user: Any, sending_id: int) -> bool:
    """A file that was sent is opened by whoever sees what became of it."""
    return sendings_visible_to(user).filter(pk=sending_id).exists()
