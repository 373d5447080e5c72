"""Concepts carry a meaning from one language to the next; the features are total and bounded."""

from __future__ import annotations

import sys
import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.append(str(Path(__file__).parents[2] / "understanding"))

import concepts
import corpus
import features
import score

WHERE_IN_FIFTEEN = {
    "ar": "وين طلبي؟",
    "de": "Wo ist mein Paket?",
    "en": "Where is my parcel?",
    "es": "¿Dónde está mi paquete?",
    "fr": "Où est mon colis ?",
    "id": "Paket saya di mana?",
    "it": "Dov'è il mio pacco?",
    "ja": "荷物はどこですか？",
    "ko": "제 택배 어디 있나요?",
    "nl": "Waar is mijn pakket?",
    "pl": "Gdzie jest moja paczka?",
    "pt": "Onde está a minha encomenda?",
    "ru": "Где моя посылка?",
    "tr": "Kargom nerede?",
    "zh": "我的包裹在哪裡？",
}


@pytest.fixture(scope="module")
def lexicon() -> dict[str, dict[str, str]]:
    return tomllib.loads(concepts.FILE.read_text(encoding="utf-8"))


def test_every_language_has_words_for_the_same_concepts(lexicon: dict[str, dict[str, str]]) -> None:
    assert set(lexicon) == set(corpus.LANGUAGES)
    for language, rows in lexicon.items():
        assert set(rows) == set(lexicon["en"]), language
        assert all(entry.strip(" *") for row in rows.values() for entry in row.split(","))


@pytest.mark.parametrize("language", corpus.LANGUAGES)
def test_where_is_my_parcel_is_the_same_two_concepts_in_every_language(language: str) -> None:
    shown = features.features(WHERE_IN_FIFTEEN[language])["k"]
    assert {"WHERE?", "PARCEL?"} <= shown


def test_a_negation_turns_the_concept_beside_it() -> None:
    assert "!ARRIVE" in features.features("It has not arrived")["k"]
    assert "!ARRIVE" not in features.features("It has arrived")["k"]


@given(st.text() | st.text(alphabet="where 包裹?\n\r\x85"))
def test_features_are_total(text: str) -> None:
    shown = features.features(text)
    assert set(shown) == set(features.FAMILIES)
    assert not any("\n" in name for names in shown.values() for name in names)


def test_a_huge_text_takes_no_longer_than_a_long_one() -> None:
    start = time.perf_counter()
    features.features("wo ist mein paket 我的包裹 " * 12_000)
    assert time.perf_counter() - start < 0.5


def test_the_scorer_gives_back_what_was_written(tmp_path: Path) -> None:
    file = tmp_path / "small.bin"
    names = {**dict.fromkeys(features.FAMILIES, ()), "w": ("parcel", "refund")}
    head = {
        "labels": ["intent:where_is_my_item", "intent:refund_request"],
        "scales": [0.01, 0.01],
        "intercepts": [0.0, -0.1],
        "temperature": 0.5,
        "weights": dict.fromkeys(features.FAMILIES, 1.0),
    }
    score.dump(head, names, bytes([128 + 100, 128 - 100, 128, 128 + 50]), file)
    model = score.load(file)
    assert model.margins("parcel") == pytest.approx(
        {"intent:where_is_my_item": 1.0, "intent:refund_request": -1.1}
    )
    assert next(iter(model.intents("refund"))) == "refund_request"
    assert sum(model.intents("").values()) == pytest.approx(1)
    assert model.because("parcel", "intent:where_is_my_item") == [("w parcel", 1.0)]
