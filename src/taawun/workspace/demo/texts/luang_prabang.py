"""Mail delivery in Luang Prabang, by Japan: wholly an example; what is not said here is as in Vientiane's."""

from datetime import date
from decimal import Decimal
from typing import Any

from taawun.workspace.demo.texts import vientiane
from taawun.workspace.demo.texts.champasak import lesson


def __getattr__(name: str) -> Any:
    """Whatever this case says in the same words."""
    return getattr(vientiane, name)


BEGIN = vientiane.BEGIN | {
    "title": "Mail Delivery in Luang Prabang (example)",
    "need": "Half of the houses have no address; letters wait at the counter to be fetched (example).",
}
IDEA = vientiane.IDEA | {"consulted": "Post offices and village heads of the province (example)."}
PARTS = vientiane.PARTS | {
    "background": {"background": "Carriers know their rounds by heart; nobody can replace them (example)."},
    "goal": vientiane.PARTS["goal"]
    | {
        "overall_goal": "People and guesthouses of the province rely on the mail (example).",
        "purpose": "Mail is delivered to the door in the districts of Luang Prabang (example).",
    },
    "site": {"site": "Luang Prabang Province", "starts_on": date(2019, 10, 1), "ends_on": date(2021, 9, 30)},
}
PLACE = SITE = "Luang Prabang"
INPUTS: list[dict[str, Any]] = [
    vientiane.INPUTS[0],
    vientiane.INPUTS[1] | {"text": "House numbers and registers for sixty rounds (example)"},
    vientiane.INPUTS[2],
]
EX_ANTE = vientiane.EX_ANTE | {
    "beneficiaries": "Users of the post in the province; sixty carriers (example).",
    "effectiveness": "The outputs suffice for the purpose if houses are numbered in time (example).",
}
SHEET = {
    "progress": "Rounds are fixed in four districts; thirty carriers are trained (example).",
    "problems": "House numbers wait in the customs store (example).",
}
ACTIONS = "Registers of addresses were begun without numbers (example)."
DECISION = "Number the houses of a village before its round is fixed (example)"
REPORT = vientiane.REPORT | {
    "products": "Register of addresses; maps of the rounds (example).",
    "equipment_state": "The registers are in use; spare numbers are kept in each district (example).",
    "problems_and_lessons": "Verifying addresses came on top of the rounds and was done last (example).",
}
APPLIED = ""
ANSWER = "The carriers have bags and bicycles already (example)."
CEILING = Decimal(109000000)  # what the provider brings, in yen: below the threshold of the settings
NOT_EVALUATED = (
    "Its ceiling lies below the threshold of the settings, and the report leaves no question (example)."
)

RETIRED = lesson(
    "Pay carriers by the address found",
    "completion",
    "Carriers who were paid for each address they verified found three times as many (example).",
    cause="Verification came on top of the rounds and was done last (example).",
    countermeasure="A small sum for each address verified (example).",
    conditions="Address registers that carriers build on their rounds (example).",
)
WHY_RETIRED = (
    "A later check found one address in six invented: the sum rewards numbers, not addresses (example)."
)
