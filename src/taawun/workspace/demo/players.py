"""Who plays which part in a story: the same story is walked by other countries' people with other texts."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from types import ModuleType

from taawun.directory.models import Organisation, Person
from taawun.foundation.models import User
from taawun.workspace.demo import cast
from taawun.workspace.demo.texts import floods, postal, vientiane, weather


@dataclass(frozen=True)
class Players:
    """The cast's slugs for each part, and what the case says; `third` acts for the facilitating provider, if any."""

    texts: ModuleType
    requesting: str
    provider: str
    line: str
    coordination: str
    office: str
    desk: str
    knowledge: str
    approvers: tuple[str, ...]
    opinions: tuple[str, ...]
    evaluator: str = "evaluator"
    french: bool = False
    facilitating: str = ""
    third: str = ""


POSTAL = Players(
    texts=postal,
    requesting="mm-post",
    provider="jica",
    line="post-officer",
    coordination="mm-coordinator",
    office="mm-office",
    desk="desk",
    knowledge="knowledge",
    approvers=("mofa-approver", "jica-approver"),
    opinions=("comms-opinion", "finance-opinion"),
)
WEATHER = Players(
    texts=weather,
    requesting="sn-meteo",
    provider="amci",
    line="sn-officer",
    coordination="sn-coordinator",
    office="sn-embassy",
    desk="amci-desk",
    knowledge="amci-knowledge",
    approvers=("amci-approver",),
    opinions=("ma-opinion",),
    french=True,
)
# Japan's help to the post of another country, which applies what the first one taught.
VIENTIANE = replace(
    POSTAL,
    texts=vientiane,
    requesting="la-post",
    line="la-officer",
    coordination="la-coordinator",
    office="la-office",
)
# The same asked of Japan; and Guinea, whose ministries do not sign in: the embassy acts for them on paper.
WEATHER_JAPAN = replace(
    WEATHER,
    provider="jica",
    office="sn-jica",
    desk="desk",
    knowledge="knowledge",
    approvers=POSTAL.approvers,
    opinions=POSTAL.opinions,
)
GUINEA = replace(
    WEATHER, requesting="gn-agriculture", line="gn-embassy", coordination="gn-embassy", office="gn-embassy"
)
# Morocco's help to Senegal with Japan's: a third party, which acts through its own office.
FLOODS = replace(WEATHER, texts=floods, facilitating="jica", third="sn-jica")
_on_stage: ContextVar[Players] = ContextVar("players", default=POSTAL)


def players() -> Players:
    """Those on stage."""
    return _on_stage.get()


@contextmanager
def played_by(wanted: Players) -> Iterator[None]:
    """The story inside is these people's."""
    token = _on_stage.set(wanted)
    try:
        yield
    finally:
        _on_stage.reset(token)


def actor(part: str) -> User:
    """The account of whoever plays a part (`line`, `office`, `desk`…)."""
    return cast.user(getattr(players(), part))


def person(part: str) -> Person:
    """The person who plays a part."""
    return Person.objects.get(user=actor(part))


def body(part: str) -> Organisation:
    """The organisation that plays a part (`requesting`, `provider`, `facilitating`)."""
    return cast.organisation(getattr(players(), part))


def says() -> ModuleType:
    """The texts of the case on stage."""
    return players().texts
