"""Which of our codes a raw one stands for."""

from taawun.interchange.iati.records import Share
from taawun.reference.names import known

# By kind of share and vocabulary: the list of ours that holds such codes. A list that is not there links nothing.
LISTS = {
    ("country", ""): "country",
    ("region", ""): "dac-region",
    ("region", "1"): "dac-region",
    ("region", "2"): "region",
    ("sector", ""): "sector",
    ("sector", "1"): "sector",
    ("sector", "2"): "sector-category",
    ("sector", "7"): "sdg-goal",
    ("sector", "8"): "sdg-target",
    ("tag", "2"): "sdg-goal",
    ("tag", "3"): "sdg-target",
    ("marker", ""): "policy-marker",
    ("marker", "1"): "policy-marker",
}


def listed_code(list_slug: str, code: str) -> str | None:
    """The id of a code of a list of ours; nothing where the list is not held or has no such code."""
    found, asked = known().get(list_slug), f"{list_slug}:{code.strip()}"
    return asked if found and asked in found.entries else None


def listed_share(share: Share) -> str | None:
    """The code of ours that a share names; countries are read in either case of letters."""
    vocabulary = "" if share.kind == "country" else share.vocabulary
    slug = LISTS.get((share.kind, vocabulary))
    code = share.code.upper() if share.kind == "country" else share.code
    return listed_code(slug, code) if slug else None
