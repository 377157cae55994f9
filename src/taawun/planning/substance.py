"""What the parties agreed and alone may change: the goal, the purpose, the outputs of a design."""

from dataclasses import dataclass

from taawun.cycle.models import Operation
from taawun.foundation.ports import registry
from taawun.planning.models import DesignVersion, Objective, ObjectiveLevel
from taawun.planning.queries import objective_label


@dataclass(frozen=True)
class Agreed:
    """One thing agreed: its key finds it again in any version; an output has its number there."""

    key: str
    number: int
    text: str


@dataclass(frozen=True)
class SubstanceChange:
    """One agreed thing said otherwise. An empty text: there was, or is, none."""

    key: str
    number: int
    before: str
    after: str

    @property
    def label(self) -> str:
        """Overall goal, project purpose, output 2: in the reader's language."""
        level = self.key.partition(":")[0]
        return objective_label(level, self.number)


Substance = dict[str, Agreed]


def substance_of(*designs: DesignVersion) -> list[Substance]:
    """Goal, purpose and outputs of each of these versions: one SQL statement."""
    held: dict[int, Substance] = {design.pk: {} for design in designs}
    for one in Objective.objects.filter(design_id__in=held):
        key = f"output:{one.lineage}" if one.level == ObjectiveLevel.OUTPUT else one.level
        held[one.design_id][key] = Agreed(key, one.number, " ".join(one.text.split()))
    return [held[design.pk] for design in designs]


def unamended_changes(
    operation: Operation, before: DesignVersion, revision: DesignVersion
) -> list[SubstanceChange]:
    """What a revision says otherwise than the parties have agreed: in the version in force, or by a signed amendment.

    These things are the parties' (cycle.md, in implementation); the joint coordinating committee decides all else.
    """
    old, new = substance_of(before, revision)
    for key, text in amended(operation, revision).items():
        old[key] = Agreed(key, old[key].number if key in old else 0, text)
    return _changes(old, new)


def amended(operation: Operation, revision: DesignVersion) -> dict[str, str]:
    """What the parties signed for this revision, by key (service `amended-substance`); an empty text: left out."""
    asked = registry.services.get("amended-substance")
    return asked(operation, revision) if asked else {}


def is_bound(operation: Operation, before: DesignVersion, revision: DesignVersion) -> bool:
    """Whether the parties signed for this revision what the version in force does not say."""
    [old] = substance_of(before)
    signed = amended(operation, revision)
    return any((old[key].text if key in old else "") != text for key, text in signed.items())


def _changes(old: Substance, new: Substance) -> list[SubstanceChange]:
    levels = list(ObjectiveLevel.values)
    keys = sorted({*old, *new}, key=lambda key: (levels.index(key.partition(":")[0]), _number(key, old, new)))
    found = [SubstanceChange(key, _number(key, old, new), _text(key, old), _text(key, new)) for key in keys]
    return [change for change in found if change.before != change.after]


def _number(key: str, old: Substance, new: Substance) -> int:
    shown = new.get(key) or old[key]
    return shown.number


def _text(key: str, held: Substance) -> str:
    return held[key].text if key in held else ""
