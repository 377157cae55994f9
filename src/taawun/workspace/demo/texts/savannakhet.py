"""Franking machines in Savannakhet, by Japan, taken over at its end: wholly an example."""

from typing import Any

from taawun.workspace.demo.texts import vientiane


def __getattr__(name: str) -> Any:
    """Whatever this case says in the same words."""
    return getattr(vientiane, name)


TITLE = "Franking Machines in Savannakhet (example)"
SOURCE = "Completion report of 26 March 2018 (example)"
EVALUATION = (
    "Counters frank by machine and keep better books; half of them stopped for want of ink (example)."
)
EVIDENCE: dict[str, str] = {
    "relevance": "Machines suit counters of towns, not those of the hills (example).",
    "coherence": "A regional programme replaced stamps by labels two years later (example).",
    "effectiveness": "Eleven of twenty machines in use; books agree in fourteen offices (example).",
    "efficiency": "Within period and cost (example).",
    "impact": "Queues are shorter in the six largest offices (example).",
    "sustainability": "Ink is bought abroad and stands in no budget (example).",
}
# High efficiency beside poor sustainability: a combination that the published ratings do not hold.
LEVELS = {"relevance": 2, "effectiveness-impact": 2, "efficiency": 3, "sustainability": 1}
JUDGEMENT = {
    "overall": "C",
    "judgement_reason": (
        "The rule set is silent. Books are in order wherever a machine was ever used, which lasts without ink; "
        "but nine offices of twenty are back where they began: satisfactory in part (example)."
    ),
}
RECOMMENDATION = "Enter ink in the budget of each office, or return the machines of the hills (example)."
RESPONSE = "Machines of five offices were moved to towns; ink stands in the budget (example)."
