"""What every case has: a state that only `perform()` writes, and a version that guards against lost edits."""

from typing import Any, ClassVar

from django.db import models

from taawun.foundation.ports import Kind, registry
from taawun.kernel.workflow import Transition, Workflow


class Case(models.Model):
    """A file that walks through states. `state` is never assigned outside `foundation.steps`."""

    kind: ClassVar[str]
    workflow: Workflow

    state = models.CharField(max_length=30, editable=False)
    state_since = models.DateTimeField(editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    @property
    def kind_record(self) -> Kind:
        """The registered kind of this case: gate, address, acts."""
        return registry.kinds[self.kind]

    @property
    def state_label(self) -> Any:
        """The state in the reader's language."""
        return self.workflow.states[self.state]

    @property
    def is_editable(self) -> bool:
        """Whether its texts may still be changed by its owner."""
        return self.state in self.workflow.editable

    def seat_organisations(self) -> dict[str, set[int]]:
        """The organisations at hand that stand in each relation named by the workflow's seats."""
        return {}

    def relation(self, name: str) -> set[int]:
        """The organisations that stand in one relation: asked for by name, it may cost more than those at hand."""
        return self.seat_organisations().get(name, set())

    def seat_people(self) -> dict[str, set[int]]:
        """The persons that stand in each relation of seats without a role."""
        return {}

    def notice_seats(self) -> list[tuple[int, str]]:
        """The seats, one a party, that are told by mail what concerns every party."""
        return []

    def stands_in(self, relation: str, person_id: int | None) -> bool:
        """Whether a person stands in a relation of seats without a role."""
        return person_id in self.seat_people().get(relation, ())

    def due_of(self, step: Transition) -> Any:
        """The date by which a step of the way forward should be taken, where a rule gives one."""
        return None

    def case_code(self) -> str:
        """The number people quote; empty while it has none."""
        return ""

    def case_title(self) -> str:
        """The title, in the language of the case."""
        return ""

    def case_language(self) -> str:
        """The language the case's texts are written in."""
        return "en"

    def case_country(self) -> str:
        """The code of the partner country, for lists that mix cases."""
        return ""


EVERY = "*"  # what the parts saved before parts were told apart are counted under


class InParts(Case):
    """A case whose texts are written part by part: two people on different parts are not in each other's way.

    `part_versions` holds, by part, the version the case took when that part was saved last.
    """

    part_versions = models.JSONField(default=dict, editable=False)

    class Meta:
        abstract = True

    def version_of(self, part: str) -> int:
        """The version since which a part is as it is; 1 for what nobody has saved."""
        return int(self.part_versions.get(part, self.part_versions.get(EVERY, 1)))

    def parts_after(self, part: str, version: int) -> dict[str, int]:
        """The versions of all parts once this one is saved under a new version."""
        return {**self.part_versions, part: version}


class Titled:
    """A case whose number, title, language and country stand in columns of its own."""

    code: Any
    title: Any
    language: Any
    country_id: Any

    def case_code(self) -> str:
        return self.code or ""

    def case_title(self) -> str:
        return str(self.title)

    def case_language(self) -> str:
        return str(self.language)

    def case_country(self) -> str:
        return str(self.country_id)
