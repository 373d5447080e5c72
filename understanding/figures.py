"""Figures of what the daemon made of whole messages. Standard library only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from corpus import FLAGS, INTENTS, LANGUAGES, TONES

from tactd.core.types import Reading

MAIN: Final = ("where_is_my_item", "refund_request", "feedback")
DANGERS: Final = ("legal_threat", "chargeback", "injury", "abuse")
CONFIDENT: Final = 0.9
SHORT: Final = 4  # words
POINTS: Final = 100  # of the curve


@dataclass(frozen=True, slots=True)
class Case:
    """A message, what it means, and what was read."""

    id: str
    subject: str
    words: str  # the buyer's own
    said: dict[str, Any]  # a line of dev/ or test/
    read: Reading

    @property
    def right(self) -> bool:
        return str(self.read.intent) == self.said["intent"]

    @property
    def language(self) -> str:
        return str(self.said["language"])

    @property
    def error(self) -> float:
        """0 right, 0.5 an intent that is present though not first, 1 wrong."""
        return 0.0 if self.right else 0.5 if str(self.read.intent) in self.said["also"] else 1.0


def figures(cases: Sequence[Case]) -> dict[str, Any]:
    by_intent = {one: _of_label(cases, one) for one in INTENTS}
    return {
        "messages": len(cases),
        "accuracy": _share(case.right for case in cases),
        "macro_f1": sum(one["f1"] for one in by_intent.values()) / len(by_intent),
        "intents": by_intent,
        "languages": {one: _of_language(_spoken(cases, one)) for one in LANGUAGES},
        "tone": _share(str(case.read.sentiment) == case.said["sentiment"] for case in cases),
        "tones": {one: _recall(cases, one) for one in TONES},
        "flags": {one: _of_flag(cases, one) for one in FLAGS},
        "language_named": _named(cases),
        "sure": _sure(cases),
        "kinds": _kinds(cases),
        "curve": curve(cases),
        "confused": _confused(cases),
    }


def curve(cases: Sequence[Case]) -> list[tuple[float, float]]:
    """(share of the messages, share of them that is wrong), the most confident first."""
    ranked = sorted(cases, key=lambda case: -case.read.confidence)
    wrong, points = 0, []
    step = max(1, len(ranked) // POINTS)
    for number, case in enumerate(ranked, 1):
        wrong += not case.right
        if number % step == 0 or number == len(ranked):
            points.append((number / len(ranked), wrong / number))
    return points


def confident_errors(cases: Sequence[Case]) -> list[Case]:
    """The most confident first; all that was `sure` and wrong before the rest."""
    wrong = [c for c in cases if not c.right and (c.read.sure or c.read.confidence >= CONFIDENT)]
    return sorted(wrong, key=lambda case: (not case.read.sure, -case.read.confidence))


def _of_label(cases: Sequence[Case], label: str) -> dict[str, float]:
    meant = [case.said["intent"] == label for case in cases]
    given = [str(case.read.intent) == label for case in cases]
    return _scores(meant, given)


def _of_flag(cases: Sequence[Case], flag: str) -> dict[str, float]:
    meant = [flag in case.said["flags"] for case in cases]
    return _scores(meant, [flag in case.read.flags for case in cases])


def _scores(meant: Sequence[bool], given: Sequence[bool]) -> dict[str, float]:
    both = sum(a and b for a, b in zip(meant, given, strict=True))
    precision, recall = both / max(1, sum(given)), both / max(1, sum(meant))
    f1 = 2 * both / max(1, sum(meant) + sum(given))
    return {"messages": sum(meant), "precision": precision, "recall": recall, "f1": f1}


def _of_language(cases: Sequence[Case]) -> dict[str, float]:
    seen = {str(case.said["intent"]) for case in cases}
    f1 = [_of_label(cases, one)["f1"] for one in sorted(seen)]
    return {
        "messages": len(cases),
        "accuracy": _share(case.right for case in cases),
        "macro_f1": sum(f1) / max(1, len(f1)),
        "sure": _share(case.read.sure for case in cases),
        "named": _share(case.read.language == case.language for case in cases),
    }


def _named(cases: Sequence[Case]) -> dict[str, float]:
    long = [case for case in cases if words_in(case) >= SHORT]
    sure = [case for case in cases if case.read.language_sure]
    varied = [case for case in cases if case.language in ("zh", "pt")]
    return {
        "all": _share(_spoken_right(case) for case in cases),
        f"{SHORT} words or more": _share(_spoken_right(case) for case in long),
        "sure": len(sure) / max(1, len(cases)),
        "right among sure": _share(_spoken_right(case) for case in sure),
        "variant of zh and pt": _share(
            case.read.variant == (case.said.get("variant") or "") for case in varied
        ),
    }


def words_in(case: Case) -> float:
    """A Chinese or Japanese character is half a word."""
    return len(case.words) / 2 if case.language in ("zh", "ja") else len(case.words.split())


def _spoken_right(case: Case) -> bool:
    return case.read.language == case.language


def _sure(cases: Sequence[Case]) -> dict[str, float]:
    sure = [case for case in cases if case.read.sure]
    could = [case for case in cases if case.said["answerable"] and case.said["intent"] in MAIN]
    return {
        "messages": len(sure),
        "wrong": sum(case.error for case in sure),
        "wrong share": sum(case.error for case in sure) / max(1, len(sure)),
        "with a danger in it": sum(
            not set(DANGERS).isdisjoint(case.said["flags"]) for case in sure
        ),
        "with any flag or second intent": sum(
            bool(case.said["flags"] or case.said["also"]) for case in sure
        ),
        "answerable": len(could),
        "sure of the answerable": _share(case.read.sure and case.right for case in could),
    }


def _kinds(cases: Sequence[Case]) -> dict[str, dict[str, float]]:
    often = Counter(str(case.said["kind"]) for case in cases)
    return {
        kind: {
            "messages": count,
            "accuracy": _share(c.right for c in cases if c.said["kind"] == kind),
        }
        for kind, count in often.most_common(20)
    }


def _confused(cases: Sequence[Case]) -> list[tuple[str, str, int]]:
    wrong = Counter((str(c.said["intent"]), str(c.read.intent)) for c in cases if not c.right)
    return [(meant, given, count) for (meant, given), count in wrong.most_common(15)]


def _recall(cases: Sequence[Case], tone: str) -> float:
    return _share(
        str(case.read.sentiment) == tone for case in cases if case.said["sentiment"] == tone
    )


def _spoken(cases: Sequence[Case], language: str) -> list[Case]:
    return [case for case in cases if case.language == language]


def _share(found: Iterable[bool]) -> float:
    said = list(found)
    return sum(said) / max(1, len(said))
