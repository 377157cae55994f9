"""Who takes part, what is written about it, where it happens, what it is related to."""

from django.db import models

from taawun.interchange.models.columns import part_of_activity, raw


class PublishedParty(models.Model):
    """An organisation's part: role 1 funding, 2 accountable, 3 extending, 4 implementing."""

    activity = part_of_activity(related_name="parties")
    role = raw()
    ref = raw()
    type = raw()
    names = models.JSONField(default=dict)
    activity_ref = raw()

    class Meta:
        indexes = [models.Index(fields=["ref", "activity"], name="published_party_by_ref")]

    def __str__(self) -> str:
        return f"{self.role} {self.ref}"


class PublishedDocument(models.Model):
    """A document the publisher points to; its address is theirs, and nothing of it is fetched."""

    activity = part_of_activity(related_name="documents")
    url = models.TextField(blank=True)
    format = raw()
    titles = models.JSONField(default=dict)
    categories = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    dated_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.url

    @property
    def is_safe(self) -> bool:
        """Whether its address may stand behind a link: a web address, and nothing that a browser would run."""
        return self.url.startswith(("https://", "http://"))


class PublishedRelation(models.Model):
    """Another activity it names: 1 parent, 2 child, 3 sibling, 4 co-funded, 5 third party."""

    activity = part_of_activity(related_name="relations")
    ref = raw()
    type = raw()

    class Meta:
        indexes = [models.Index(fields=["ref", "activity"], name="published_relation_by_ref")]

    def __str__(self) -> str:
        return f"{self.type} {self.ref}"


class PublishedPlace(models.Model):
    """Where it happens, as a point where the file gives one."""

    activity = part_of_activity(related_name="places")
    names = models.JSONField(default=dict)
    latitude = models.DecimalField(max_digits=20, decimal_places=14, null=True)
    longitude = models.DecimalField(max_digits=20, decimal_places=14, null=True)

    def __str__(self) -> str:
        return f"{self.latitude} {self.longitude}"
