"""The exported model, scored with the standard library only.

A file is one zlib stream: a line of JSON (labels, scales, intercepts, temperature, families, the
lexicon), the names of the features by family, then one byte for each feature and label.

A text is scored as a whole and sentence by sentence: in a long mail the request is one sentence.
"""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import compress
from operator import sub
from typing import Final

from tactd.core.classify import layout
from tactd.core.classify.concepts import Lexicons, packed, spoken, unpacked
from tactd.core.classify.features import ASKS_TWICE, CONCEPTUAL, LETTERS, Shown, grams, shown
from tactd.core.classify.layout import FIELD, MIDDLE, ZERO, Layout
from tactd.core.classify.scores import Margins, Scores, Trust, chances, judged
from tactd.core.classify.subjects import whole

HEAD: Final = 4_000_000  # bytes that the first line may have
SHARES: Final = 1024  # the weight of a family in a text is counted in such parts
_SENTENCES: Final = 2  # that the request may take
_TOLD: Final = "wbk"  # families whose names a person can read
Row = list[float]


@dataclass(frozen=True, slots=True)
class Kind:
    """Labels of one kind, which stand side by side."""

    names: tuple[str, ...]  # without the kind
    span: slice

    def of(self, margins: Row) -> dict[str, float]:
        return dict(zip(self.names, margins, strict=True))


@dataclass(frozen=True, slots=True, eq=False)
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
    lexicons: Lexicons
    kinds: Mapping[str, Kind]
    layout: Layout

    def read(
        self,
        subject: str,
        words: str,
        language: str,
        pushes: Mapping[str, float] | None = None,
    ) -> Scores:
        """`pushes` is added to the margins of intents: what the seller has corrected."""
        told = self.shown(subject, words, language)
        margins = self.margins_of(told, len(words))
        pooled = {k: v + (pushes or {}).get(k, 0.0) for k, v in margins.pooled.items()}
        intents = chances(pooled, self.temperature)
        because = self._because(told.whole, f"intent:{next(iter(intents))}")
        return judged(replace(margins, pooled=pooled), intents, self.trust, because)

    def shown(self, subject: str, words: str, language: str) -> Shown:
        return shown(whole(subject, words), spoken(self.lexicons, language))

    def margins_of(self, told: Shown, length: int) -> Margins:
        concepts, wording, parts = self._sums(told)
        text = self._row(concepts + wording)
        best, worst, rivals = self._of_sentences(text, parts)
        asked = self._of_questions(text, list(compress(parts, told.asking)))
        intents, flags, present = self.kinds["intent"], self.kinds["flag"], self.kinds["has"]
        alone = map(sub, self._row(concepts)[intents.span], self.intercepts[intents.span])
        return Margins(
            pooled=intents.of([a + self.sentence * b for a, b in zip(text, best, strict=False)]),
            intents=intents.of(text[intents.span]),
            present=present.of(text[present.span]),
            rivals=present.of(rivals),
            asked=present.of(asked),
            tones=self.kinds["tone"].of(text[self.kinds["tone"].span]),
            flags=flags.of(text[flags.span]),
            worst=flags.of(list(map(max, text[flags.span], worst))),
            conceptual=intents.of(list(alone)),
            concepts=frozenset(filter(str.isalpha, told.whole["k"])),
            asks_twice=not ASKS_TWICE.isdisjoint(told.whole["s"]),
            sentences=len(told.sentences),
            length=length,
        )

    def _of_sentences(self, text: Row, parts: Sequence[int]) -> tuple[Row, Row, Row]:
        """Of the intents the mean of the likeliest sentences; of the flags and of what else is
        present the likeliest one."""
        intents, flags, present = (self.kinds[one].span for one in ("intent", "flag", "has"))
        if not parts:
            return text[intents], text[flags], text[present]
        said = list(zip(*map(self.layout.fields, parts), strict=True))
        places = self.layout.places

        def likeliest(span: slice) -> Row:
            return self._margins([max(said[at]) for at in places[span]], span)

        two = [sorted(said[at])[-_SENTENCES:] for at in places[intents]]
        best = self._margins([sum(one) / len(one) for one in two], intents)
        return best, likeliest(flags), likeliest(present)

    def _of_questions(self, text: Row, parts: Sequence[int]) -> Row:
        """What is present in every question that stands among sentences."""
        present = self.kinds["has"].span
        if not parts:
            return text[present]
        said = list(zip(*map(self.layout.fields, parts), strict=True))
        return self._margins([min(said[at]) for at in self.layout.places[present]], present)

    def _row(self, total: int) -> Row:
        held = self.layout.fields(total)
        return self._margins([held[at] for at in self.layout.places], slice(None))

    def _margins(self, values: Sequence[float], span: slice) -> Row:
        weighed = zip(values, self.scales[span], self.intercepts[span], strict=True)
        return [(one - MIDDLE) / SHARES * scale + more for one, scale, more in weighed]

    def _sums(self, told: Shown) -> tuple[int, int, list[int]]:
        """What concepts say and what wording says, and what each sentence says."""
        sides = [0, 0]
        for family, names in told.whole.items():
            sides[family not in CONCEPTUAL] += self._sum(family, names)
        if len(told.sentences) < 2:
            return sides[0], sides[1], []
        parts = [sum([self._sum(*one) for one in part.items()]) for part in told.sentences]
        return sides[0], sides[1], parts

    def _sum(self, family: str, names: set[str]) -> int:
        """What the names of a family say, in WIDE fields."""
        if family == LETTERS:
            spelt = [_spelt(self, word) for word in names]
            count, total = map(sum, zip(*spelt, strict=True)) if spelt else (0, 0)
        else:
            count, total = len(names), self._added(map(self.rows[family].get, names))
        return round(self.weights[family] / math.sqrt(count) * SHARES) * total if total else 0

    def _added(self, rows: Iterable[int | None]) -> int:
        known = list(filter(None, rows))
        return self.layout.added(known) if known else 0

    def spelt(self, word: str) -> tuple[int, int]:
        """How many runs of letters a word has, and what they say."""
        runs = grams(word)
        return len(runs), self._added(map(self.rows[LETTERS].get, runs))

    def _because(self, told: Mapping[str, set[str]], label: str, most: int = 6) -> tuple[str, ...]:
        """The words and concepts that speak most for a label."""
        at, found = 8 * FIELD * self.labels.index(label), list[tuple[float, str]]()
        for family in _TOLD:
            get, names = self.rows[family].get, told[family]
            share = self.weights[family] / math.sqrt(len(names) or 1)
            known = [(row >> at & 0xFF, name) for name in names if (row := get(name))]
            found += [(share * (byte - ZERO), name) for byte, name in known if byte > ZERO]
        return tuple([name for _, name in sorted(found, reverse=True)[:most]])


@lru_cache(4_096)
def _spelt(model: Model, word: str) -> tuple[int, int]:
    return model.spelt(word)


def load(file: bytes) -> Model:
    """Raises ValueError, KeyError or zlib.error for what is no such file."""
    data = memoryview(zlib.decompress(file))
    first = bytes(data[:HEAD]).index(b"\n")
    said = json.loads(bytes(data[:first]))
    lexicons = unpacked(said.pop("lexicon"))
    labels = tuple(said["labels"])
    middle = first + 1 + said["bytes"]
    names, weights = str(data[first + 1 : middle], "utf-8").split("\n"), data[middle:]
    return Model(
        labels,
        tuple(said["scales"]),
        tuple(said["intercepts"]),
        said["temperature"],
        said["weights"],
        said["sentence"],
        Trust(tuple(said["trust"]["weights"]), said["trust"]["more"], said["trust"]["borders"]),
        said["gloss"],
        _rows(said["families"], names, weights, len(labels)),
        lexicons,
        _kinds(labels),
        layout.of(len(labels)),
    )


def _rows(
    families: Mapping[str, int], names: Sequence[str], weights: memoryview, labels: int
) -> dict[str, dict[str, int]]:
    rows: dict[str, dict[str, int]] = {}
    made, start = layout.of(labels).row, 0
    for family, count in families.items():
        table: dict[str, int] = {}
        rows[family] = table
        for name in names[start : start + count]:
            table[name] = made(weights[labels * start : labels * (start + 1)])
            start += 1
    return rows


def _kinds(labels: Sequence[str]) -> dict[str, Kind]:
    kinds = {}
    for kind in dict.fromkeys(label.partition(":")[0] for label in labels):
        at = [n for n, label in enumerate(labels) if label.startswith(f"{kind}:")]
        names = tuple(labels[n].partition(":")[2] for n in at)
        kinds[kind] = Kind(names, slice(at[0], at[-1] + 1))
    return kinds


def dump(
    head: Mapping[str, object],
    lexicons: Lexicons,
    names: Mapping[str, Sequence[str]],
    weights: bytes,
) -> bytes:
    """What `load` reads; `weights` are bytes with 128 for nothing."""
    told = "\n".join(name for row in names.values() for name in row).encode()
    counts = {family: len(row) for family, row in names.items()}
    said = {**head, "families": counts, "bytes": len(told), "lexicon": packed(lexicons)}
    first = json.dumps(said, ensure_ascii=False).encode()
    return zlib.compress(first + b"\n" + told + weights, 9)
