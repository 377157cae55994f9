"""A model of the tests' own: it knows six things by their names in four languages, and nothing else."""

from math import sqrt

THINGS = (
    ("zebra", "crossing", "crosswalk", "piéton", "مشاة"),
    ("postal", "post", "mail", "courrier", "poste", "بريد"),
    ("water", "eau", "puits", "well", "مياه"),
    ("bicycle", "vélo", "cycle", "دراجة"),
    ("school", "école", "teacher", "مدرسة"),
    ("forest", "forêt", "tree", "غابة"),
)


class Little:
    """Counts, for each thing, how often it is named; near is what speaks of the same things (cosine)."""

    name = "little 1"
    dimensions = width = len(THINGS)
    threshold = 0.6

    def of_passages(self, texts):
        return [self.of_query(text) for text in texts]

    def of_query(self, text):
        text = text.lower()
        return bytes(min(255, sum(text.count(word) for word in names)) for names in THINGS)

    def nearness(self, query, passages):
        rows = (passages[at : at + self.width] for at in range(0, len(passages), self.width))
        return [cosine(query, row) for row in rows]


class Other(Little):
    """Another model: its vectors stand in another order, and mean something else to the first."""

    name = "other 2"

    def of_query(self, text):
        return super().of_query(text)[::-1]


def cosine(one, other):
    length = sqrt(sum(a * a for a in one) * sum(b * b for b in other))
    return sum(a * b for a, b in zip(one, other, strict=True)) / length if length else 0.0
