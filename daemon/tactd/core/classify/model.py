"""The exported model, scored with the standard library only.

A file is one zlib stream: a line of JSON (labels, scales, intercepts, temperature, families, the
lexicon), the names of the features by family, then one byte for each feature and label. At load a
row becomes one long integer of 24-bit fields, so that adding up a text is adding integers.
"""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tactd.core.classify.concepts import Lexicon, packed, unpacked
from tactd.core.classify.features import features

FIELD: Final = 3  # bytes: room for 65,000 features of one family
_ZERO: Final = 128  # the byte of the weight 0


@dataclass(frozen=True, slots=True)
class Model:
    labels: tuple[str, ...]  # `intent:customs`, `tone:negative`, `flag:fraud`, `has:feedback`
    scales: tuple[float, ...]
    intercepts: tuple[float, ...]
    temperature: float
    weights: Mapping[str, float]  # of the families
    rows: Mapping[str, Mapping[str, int]]
    lexicon: Lexicon

    def margins(self, text: str) -> dict[str, float]:
        """How far the text is on the side of each label; 0 is the border."""
        totals = [0.0] * len(self.labels)
        for family, names in features(text, self.lexicon).items():
            table = self.rows[family]
            found = [table[name] for name in names if name in table]
            if found:
                share = self.weights[family] / math.sqrt(len(names))
                for n, value in enumerate(_unpacked(sum(found), len(found), len(totals))):
                    totals[n] += share * value
        scaled = zip(self.labels, totals, self.scales, self.intercepts, strict=True)
        return {label: total * scale + more for label, total, scale, more in scaled}

    def intents(self, text: str) -> dict[str, float]:
        """Calibrated probabilities, the likeliest first."""
        return self.chances(self.margins(text))

    def chances(self, margins: Mapping[str, float]) -> dict[str, float]:
        heads = {k[7:]: v / self.temperature for k, v in margins.items() if k[:7] == "intent:"}
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
                weight = _unpacked(self.rows[family][name], 1, len(self.labels))[at]
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


def _unpacked(total: int, count: int, width: int) -> list[int]:
    data = total.to_bytes(width * FIELD, "little")
    less = _ZERO * count
    return [
        int.from_bytes(data[at : at + FIELD], "little") - less for at in range(0, len(data), FIELD)
    ]
