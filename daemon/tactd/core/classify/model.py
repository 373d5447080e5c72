"""The exported model, scored with the standard library only.

A file is one zlib stream: a line of JSON (labels, scales, intercepts, temperature, families, the
lexicon), the names of the features by family, then one byte for each feature and label. At load a
row becomes one long integer of 32-bit fields, so that adding up a text is adding integers.

A text is scored as a whole and sentence by sentence: in a long mail the request is one sentence.
"""

from __future__ import annotations

import json
import math
import re
import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from tactd.core.classify.concepts import Lexicon, packed, unpacked
from tactd.core.classify.features import CONCEPTUAL, Shown, shown
from tactd.core.classify.scores import Margins, Scores, Trust, chances, judged

FIELD: Final = 4  # bytes: room for 16,000 features of the weight 1
HEAD: Final = 4_000_000  # bytes that the first line may have
SHARES: Final = 1024  # the weight of a family in a text is counted in such parts
SUBJECT: Final = 300  # characters that are read
_ZERO: Final = 128  # the byte of the weight 0
_INTENT: Final = "intent:"
_SENTENCES: Final = 2  # that the request may take
_TOLD: Final = "wbk"  # families whose names a person can read
_REPLY: Final = re.compile(
    r"\s*(?:re|aw|sv|fw|fwd|rv|wg|tr|r|rif|odp|pd|antw|doorst|ynt|ilt|enc|res|bls|ответ|رد|回复|回覆|"
    r"答复|转发|轉寄|返信|回信|답장)\s?(?:\[\d+\])?\s?[:：]",
    re.IGNORECASE,
)

Row = list[float]
Sum = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Model:
    labels: tuple[str, ...]  # `intent:customs`, `tone:negative`, `flag:fraud`, `has:feedback`
    scales: tuple[float, ...]
    intercepts: tuple[float, ...]
    temperature: float
    weights: Mapping[str, float]  # of the families
    sentence: float  # what the sentences add to the whole
    trust: Trust
    gloss: Mapping[str, Mapping[str, str]]  # concept, language: a word for it
    rows: Mapping[str, Mapping[str, int]]
    lexicon: Lexicon

    def read(self, subject: str, words: str, pushes: Mapping[str, float] | None = None) -> Scores:
        """`pushes` is added to the margins of intents: what the seller has corrected."""
        told = shown(whole(subject, words), self.lexicon)
        margins = self.margins_of(told, len(words))
        pooled = {k: v + (pushes or {}).get(k, 0.0) for k, v in margins.pooled.items()}
        intents = chances(pooled, self.temperature)
        because = self._because(told.whole, f"intent:{next(iter(intents))}")
        return judged(replace(margins, pooled=pooled), intents, self.trust, because)

    def margins_of(self, told: Shown, length: int) -> Margins:
        concepts, wording = self._sums(told.whole)
        text = self._row(concepts, wording)
        said = [
            text if one is told.whole else self._row(*self._sums(one)) for one in told.sentences
        ] or [text]
        pooled, conceptual = {}, {}
        alone = _unpacked(concepts[0], len(self.labels))
        for n, label in enumerate(self.labels):
            if label.startswith(_INTENT):
                best = sorted(one[n] for one in said)[-_SENTENCES:]
                pooled[label[7:]] = text[n] + self.sentence * sum(best) / len(best)
                conceptual[label[7:]] = (alone[n] - concepts[1]) / SHARES * self.scales[n]
        return Margins(
            pooled,
            dict(zip(self.labels, text, strict=True)),
            dict(zip(self.labels, map(max, zip(*said, strict=True)), strict=True)),
            conceptual,
            frozenset(name for name in told.whole["k"] if name.isalpha()),
            len(told.sentences),
            length,
        )

    def _row(self, concepts: Sum, wording: Sum) -> Row:
        values = _unpacked(concepts[0] + wording[0], len(self.labels))
        less = concepts[1] + wording[1]
        added = zip(values, self.scales, self.intercepts, strict=True)
        return [(value - less) / SHARES * scale + more for value, scale, more in added]

    def _sums(self, told: Mapping[str, set[str]]) -> tuple[Sum, Sum]:
        """What concepts say and what wording says, still packed, and what is to be taken off."""
        totals, counts = [0, 0], [0, 0]
        for family, names in told.items():
            table = self.rows[family]
            found = list(filter(None, map(table.get, names)))
            if found:
                side = family not in CONCEPTUAL
                share = round(self.weights[family] / math.sqrt(len(names)) * SHARES)
                totals[side] += share * sum(found)
                counts[side] += share * len(found) * _ZERO
        return (totals[0], counts[0]), (totals[1], counts[1])

    def _because(self, told: Mapping[str, set[str]], label: str, most: int = 6) -> tuple[str, ...]:
        """The words and concepts that speak most for a label."""
        at, found = 8 * FIELD * self.labels.index(label), []
        for family in _TOLD:
            table, share = self.rows[family], self.weights[family]
            share /= math.sqrt(len(told[family]) or 1)
            known = ((name, table[name]) for name in told[family] if name in table)
            found += [(share * ((row >> at & 0xFF) - _ZERO), name) for name, row in known]
        return tuple(name for weight, name in sorted(found, reverse=True)[:most] if weight > 0)


def whole(subject: str, words: str) -> str:
    """A subject with a reply mark repeats what somebody wrote before: it is not read."""
    fresh = "" if _REPLY.match(subject) else subject.strip()[:SUBJECT]
    return f"{fresh}\n\n{words}" if fresh else words


def load(file: bytes) -> Model:
    """Raises ValueError, KeyError or zlib.error for what is no such file."""
    data = memoryview(zlib.decompress(file))
    first = bytes(data[:HEAD]).index(b"\n")
    said = json.loads(bytes(data[:first]))
    lexicon = unpacked(said.pop("lexicon"))
    width, middle = len(said["labels"]), first + 1 + said["bytes"]
    names, weights = str(data[first + 1 : middle], "utf-8").split("\n"), data[middle:]
    rows: dict[str, dict[str, int]] = {}
    start, wide = 0, bytearray(width * FIELD)
    for family, count in said["families"].items():
        table: dict[str, int] = {}
        rows[family] = table
        for name in names[start : start + count]:
            wide[::FIELD] = weights[width * start : width * (start + 1)]
            table[name] = int.from_bytes(wide, "little")
            start += 1
    return Model(
        tuple(said["labels"]),
        tuple(said["scales"]),
        tuple(said["intercepts"]),
        said["temperature"],
        said["weights"],
        said["sentence"],
        Trust(tuple(said["trust"]["weights"]), said["trust"]["more"], said["trust"]["borders"]),
        said["gloss"],
        rows,
        lexicon,
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
    return struct.unpack(f"<{width}I", total.to_bytes(width * FIELD, "little"))
