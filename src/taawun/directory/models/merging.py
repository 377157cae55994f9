"""Two entries that turned out to be one: what was merged, and every row that moved with it."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from taawun.directory.models.people import Organisation, Person
from taawun.foundation import clock


def _one(model: Any) -> Any:
    """The one merged away, or the one that stays."""
    return models.ForeignKey(
        model, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )


class Merge(models.Model):
    """A person (or an organisation) was found to be another one: it points there, and nothing of it is deleted.

    `scope` is the organisation whose administrator did it. `closed_account`: the account of the person merged away was
    open, and was closed by this. Undone, it keeps who did it, when and why; the rows put back say so themselves.
    """

    kind: ClassVar[str] = "merge"

    gone_person = _one(Person)
    kept_person = _one(Person)
    gone_organisation = _one(Organisation)
    kept_organisation = _one(Organisation)
    scope = models.ForeignKey(Organisation, editable=False, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=300)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    closed_account = models.BooleanField(default=False, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        verbose_name = _("merge")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    gone_person__isnull=False,
                    kept_person__isnull=False,
                    gone_organisation__isnull=True,
                    kept_organisation__isnull=True,
                )
                | Q(
                    gone_person__isnull=True,
                    kept_person__isnull=True,
                    gone_organisation__isnull=False,
                    kept_organisation__isnull=False,
                ),
                name="merge_of_two_of_a_kind",
            ),
            models.CheckConstraint(
                condition=~Q(gone_person=F("kept_person")), name="person_is_not_itself_twice"
            ),
            models.CheckConstraint(
                condition=~Q(gone_organisation=F("kept_organisation")),
                name="organisation_is_not_itself_twice",
            ),
            models.UniqueConstraint(
                fields=["gone_person"], condition=Q(undone_at__isnull=True), name="person_merged_once"
            ),
            models.UniqueConstraint(
                fields=["gone_organisation"],
                condition=Q(undone_at__isnull=True),
                name="organisation_merged_once",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | (Q(undone_at__isnull=False, undone_by__isnull=False) & ~Q(undone_reason="")),
                name="merge_undone_by_somebody_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gone.own_name} → {self.kept.own_name}"

    def get_absolute_url(self) -> str:
        return reverse("directory:merge", args=[self.pk])

    @property
    def gone(self) -> Any:
        """The one that was merged away."""
        return self.gone_person or self.gone_organisation

    @property
    def kept(self) -> Any:
        """The one that stays."""
        return self.kept_person or self.kept_organisation

    @property
    def of_persons(self) -> bool:
        """Whether two persons were merged, not two organisations."""
        return self.gone_person_id is not None

    @property
    def is_undone(self) -> bool:
        """Whether both stand apart again."""
        return self.undone_at is not None

    def case_code(self) -> str:
        """A merge has no number."""
        return ""

    def case_title(self) -> str:
        """What lists of worked-on things call it."""
        return str(self)

    def case_language(self) -> str:
        """Names are shown in the reader's language and script."""
        return ""


class MergedRow(models.Model):
    """One row of one table that led to the one merged away: which of its columns, and what became of it.

    `was` is the key it led to, `moved` whether it leads to the one that stays now (a row both held alike stays where it
    is). `put_back`, once the merge is undone: true where it leads to the first again, false where it had moved on or
    was gone. The table is named by slug, as in the record: the list outlives the tables.
    """

    merge = models.ForeignKey(Merge, on_delete=models.PROTECT, related_name="rows")
    table = models.CharField(max_length=80)
    column = models.CharField(max_length=60)
    row = models.BigIntegerField()
    was = models.BigIntegerField()
    moved = models.BooleanField(default=True)
    put_back = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["merge", "table", "column", "row"], name="merged_row_once")
        ]
        indexes = [models.Index(fields=["table", "column", "row"], name="merged_row_by_row")]

    def __str__(self) -> str:
        return f"{self.table}.{self.column} {self.row}"
