"""The exported model, scored with the standard library only.

A file is one zlib stream: a line of JSON (labels, scales, intercepts, temperature, families, the
lexicon), the names of the features by family, then one byte for each feature and label. At load a
row becomes one long integer of 16-bit fields, so that adding up a text is adding integers.

A text is scored as a whole and sentence by sentence: in a long mail the request is one sentence.
"""

from __future__ import annotations

import json
import math
import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tactd.core.classify.concepts import Lexicon, packed, unpacked
from tactd.core.classify.features import CONCEPTUAL, features, shown

FIELD: Final = 2  # bytes: room for so many features at once:
AT_ONCE: Final = 256
_ZERO: Final = 128  # the byte of the weight 0
_INTENT: Final = "intent:"
_RAISED: Final = ("has:", "flag:")  # heads that one sentence is enough for

Margins = list[float]


@dataclass(frozen=True, slots=True)
class Scores:
    """What the model makes of a text. A margin is how far it is on a label's side of the border."""

    margins: Mapping[str, float]
    conceptual: Mapping[str, float]  # the part of the intents' margins that concepts bring
    known: float  # share of the words that the model has learnt


@dataclass(frozen=True, slots=True)
class Model:
    labels: tuple[str, ...]  # `intent:customs`, `tone:negative`, `flag:fraud`, `has:feedback`
    scales: tuple[float, ...]
    intercepts: tuple[float, ...]
    temperature: float
    weights: Mapping[str, float]  # of the families
    sentence: float  # what the sentences add to the whole
    rows: Mapping[str, Mapping[str, int]]
    lexicon: Lexicon

    def scores(self, text: str) -> Scores:
        told = shown(text, self.lexicon)
        sides = self._sides(told.whole)
        whole = self._added(sides[0], sides[1])
        said = [self._added(*self._sides(one)) for one in told.sentences] or [whole]
        margins = {
            label: self._pooled(label, whole[n], [one[n] for one in said])
            for n, label in enumerate(self.labels)
        }
        conceptual = {
            label: sides[0][n] * self.scales[n]
            for n, label in enumerate(self.labels)
            if label.startswith(_INTENT)
        }
        words = told.whole["w"]
        known = sum(word in self.rows["w"] for word in words) / max(1, len(words))
        return Scores(margins, conceptual, known)

    def margins(self, text: str) -> dict[str, float]:
        return dict(self.scores(text).margins)

    def _pooled(self, label: str, whole: float, said: Sequence[float]) -> float:
        if label.startswith(_RAISED):
            return max(whole, *said)
        best = sorted(said)[-2:]
        return whole + self.sentence * sum(best) / len(best)

    def _added(self, concepts: Margins, words: Margins) -> Margins:
        added = zip(concepts, words, self.scales, self.intercepts, strict=True)
        return [(one + other) * scale + more for one, other, scale, more in added]

    def _sides(self, told: Mapping[str, set[str]]) -> tuple[Margins, Margins]:
        """What concepts say and what wording says, unscaled."""
        sides = [0.0] * len(self.labels), [0.0] * len(self.labels)
        for family, names in told.items():
            totals, table = sides[family not in CONCEPTUAL], self.rows[family]
            found = [table[name] for name in names if name in table]
            share = self.weights[family] / math.sqrt(len(names) or 1)
            for at in range(0, len(found), AT_ONCE):
                some = found[at : at + AT_ONCE]
                for n, value in enumerate(_unpacked(sum(some), len(totals))):
                    totals[n] += share * (value - _ZERO * len(some))
        return sides

    def intents(self, text: str) -> dict[str, float]:
        """Calibrated probabilities, the likeliest first."""
        return self.chances(self.scores(text).margins)

    def chances(self, margins: Mapping[str, float]) -> dict[str, float]:
        heads = {k[7:]: v / self.temperature for k, v in margins.items() if k[:7] == _INTENT}
        most = max(heads.values())
        powers = {name: math.exp(value - most) for name, value in heads.items()}
        whole = sum(powers.values())
        return {k: powers[k] / whole for k in sorted(powers, key=powers.__getitem__, reverse=True)}

    def because(self, text: str, label: str, most: int = 8) -> list[tuple[str, float]]:
        """The features that speak most for a label: what `tactd why` shows."""
        at, found = self.labels.index(label), []
        for family, names in features(text, self.lexicon).items():
            known = [name for name in names if name in self.rows[family]]
            for name in known:
                weight = _unpacked(self.rows[family][name], len(self.labels))[at] - _ZERO
                share = self.weights[family] * self.scales[at] / math.sqrt(len(names))
                found.append((f"{family} {name}", weight * share))
        return sorted(found, key=lambda one: -one[1])[:most]


def load(file: bytes) -> Model:
    """Raises ValueError, KeyError or zlib.error for what is no such file."""
    data = zlib.decompress(file)
    head, _, rest = data.partition(b"\n")
    said = json.loads(head)
    width = len(said["labels"])
    names = rest[: said["bytes"]].decode().split("\n")
    wide = bytearray(len(names) * width * FIELD)
    wide[::FIELD] = rest[said["bytes"] :]
    step, number, view = width * FIELD, int.from_bytes, memoryview(wide)
    values = [number(view[at : at + step], "little") for at in range(0, len(wide), step)]
    rows, start = {}, 0
    for family, count in said["families"].items():
        end = start + count
        rows[family] = dict(zip(names[start:end], values[start:end], strict=True))
        start = end
    return Model(
        tuple(said["labels"]),
        tuple(said["scales"]),
        tuple(said["intercepts"]),
        said["temperature"],
        said["weights"],
        said["sentence"],
        rows,
        unpacked(said["lexicon"]),
    )


def dump(
    head: Mapping[str, object], lexicon: Lexicon, names: Mapping[str, Sequence[str]], weights: bytes
) -> bytes:
    """What `load` reads; `weights` are bytes with 128 for nothing."""
    told = "\n".join(name for row in names.values() for name in row).encode()
    counts = {family: len(row) for family, row in names.items()}
    said = {**head, "families": counts, "bytes": len(told), "lexicon": packed(lexicon)}
    first = json.dumps(said, ensure_ascii=False).encode()
    return zlib.compress(first + b"\n" + told + weights, 9)


def _unpacked(total: int, width: int) -> tuple[int, ...]:
    return struct.unpack(f"<{width}H", total.to_bytes(width * FIELD, "little"))
