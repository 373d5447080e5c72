"""Learns from train/ which language Latin letters are, and writes the daemon's file of it.

    python understanding/languages.py           how it does on formulations it has not seen
    python understanding/languages.py --export  daemon/tactd/trained/languages.bin

Needs the package installed, nothing else.
"""

# ruff: noqa: T201
from __future__ import annotations

import hashlib
import math
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from corpus import Text, read_all

from tactd.core.language.letters import Letters, dump, load, names_of

FILE: Final = Path(__file__).parent.parent / "daemon" / "tactd" / "trained" / "languages.bin"
LATIN: Final = ("de", "en", "es", "fr", "id", "it", "nl", "pl", "pt", "tr")
RAREST: Final = 9  # texts that a name must be in
FAINTEST: Final = 0.4  # nats; a name that tells less is left out
SMOOTH: Final = 0.5
PARTS: Final = 4
_NO_WORD: Final = re.compile(r"https?://\S+|\S+@\S+|(?<!\w)\w*\d\w*")


def main() -> int:
    texts = [text for text in read_all().texts if text.language in LATIN]
    if "--export" in sys.argv[1:]:
        print(f"{FILE.write_bytes(trained(texts)):,} bytes")
        return 0
    right = [
        _named(letters, text) == text.language
        for part in range(PARTS)
        for letters in [load(trained([one for one in texts if _part(one) != part]))]
        for text in texts
        if _part(text) == part
    ]
    print(f"{sum(right) / len(right):.2%} of {len(right)} texts of unseen formulations")
    return 0


def trained(texts: Iterable[Text]) -> bytes:
    """The file. Deterministic."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        counts[_label(text)].update(_shown(text))
    labels = sorted(counts)
    return dump(labels, _weights(labels, counts))


def _label(text: Text) -> str:
    return f"{text.language}-{text.variant}" if text.variant else text.language


def _shown(text: Text) -> set[str]:
    """Many type without accents: a text is learnt both ways."""
    whole = _NO_WORD.sub(" ", text.whole)
    return names_of(whole) | names_of(_bare(whole))


def _bare(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _weights(labels: list[str], counts: Mapping[str, Counter[str]]) -> dict[str, list[float]]:
    among: Counter[str] = Counter()
    for label in labels:
        among.update(counts[label])
    names = sorted(name for name, count in among.items() if count >= RAREST and " " not in name)
    sums = {label: sum(counts[label][name] for name in names) for label in labels}
    found = {}
    for name in names:
        logs = [
            math.log((counts[one][name] + SMOOTH) / (sums[one] + SMOOTH * len(names)))
            for one in labels
        ]
        mean = sum(logs) / len(logs)
        if max(abs(one - mean) for one in logs) >= FAINTEST:
            found[name] = [one - mean for one in logs]
    return found


def _named(letters: Letters, text: Text) -> str:
    words = [name[1:] for name in names_of(_NO_WORD.sub(" ", text.whole)) if name[0] == "="]
    nats = letters.weigh(words)
    return letters.labels[nats.index(max(nats))][:2]


def _part(text: Text) -> int:
    return int(hashlib.md5(text.group.encode()).hexdigest(), 16) % PARTS


if __name__ == "__main__":
    sys.exit(main())
