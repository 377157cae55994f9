"""Two orders of the same things made one, by places alone: what one order's points are worth beside the other's is
nothing anybody knows.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import TypeVar

# The constant of Cormack, Clarke and Büttcher (2009), who found reciprocal ranks good and hardly sensitive to it: the
# first place counts 1/61, the tenth 1/70, so that to stand in both orders counts for more than a place in either.
K = 60

Thing = TypeVar("Thing", bound=Hashable)


def fused(*orders: Iterable[Thing]) -> list[Thing]:
    """Everything that stands in any of the orders, once: by the sum of 1/(K + place), an earlier order first where
    that is the same. Each order names a thing once.
    """
    points: dict[Thing, float] = defaultdict(float)
    for order in orders:
        for place, thing in enumerate(order, start=1):
            points[thing] += 1 / (K + place)
    return sorted(points, key=lambda thing: -points[thing])
