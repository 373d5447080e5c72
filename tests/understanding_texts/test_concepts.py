"""Concepts carry a meaning from one language to the next; the features are total and bounded."""

from __future__ import annotations

import sys
import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tactd.core.classify import concepts, features, layout, model, subjects

sys.path.append(str(Path(__file__).parents[2] / "understanding"))

import corpus
import lexicon

TEXT = lexicon.FILE.read_text(encoding="utf-8")
LEXICONS = concepts.parse(TEXT)
ENGLISH = LEXICONS["en"]
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


def named(text: str, language: str = "en") -> set[str]:
    return features.shown(text, LEXICONS[language]).whole["k"]


def test_every_language_has_words_for_the_same_concepts() -> None:
    rows = tomllib.loads(TEXT)
    assert set(rows) == set(corpus.LANGUAGES)
    for language, words in rows.items():
        assert set(words) == set(rows["en"]), language
        assert all(entry.strip(" *") for row in words.values() for entry in row.split(","))


@pytest.mark.parametrize("language", corpus.LANGUAGES)
def test_where_is_my_parcel_is_the_same_two_concepts_in_every_language(language: str) -> None:
    assert {"WHERE?", "PARCEL?"} <= named(WHERE_IN_FIFTEEN[language], language)


@pytest.mark.parametrize(
    ("language", "words", "not_said"),
    [
        ("en", "it is here", {"INSULT"}),  # "it" is a dog in Turkish
        ("nl", "de doos is vol", {"FRAUD"}),  # "vol" is a theft in French
        ("pt", "muito legal", {"LAWYER"}),  # and "legal" only nice in Brazil
        ("de", "was ist das", {"NOT"}),
        ("zh", "手紙", {"MESSAGE"}),  # a letter in Japanese
    ],
)
def test_a_word_means_what_it_means_in_the_language_that_is_written(
    language: str, words: str, not_said: set[str]
) -> None:
    assert not_said.isdisjoint(named(words, language))


def test_a_word_is_known_behind_an_elided_one() -> None:
    assert "LAWYER" in named("j'en parle à l'avocat", "fr")
    assert "PARCEL" in named("che fine ha fatto dell'ordine", "it")


def test_a_long_stem_is_known_by_how_it_begins() -> None:
    lexicon = concepts.parse('[de]\nLAWYER = "verbraucherzentrale*"\n[en]\nLAWYER = "lawyer"')["de"]
    assert "LAWYER" in features.shown("die Verbraucherzentralen", lexicon).whole["k"]


@pytest.mark.parametrize("written", ["환불 정책이", "환불정책이"])
def test_a_korean_phrase_is_known_with_its_space_and_without(written: str) -> None:
    lexicon = concepts.parse('[ko]\nWARRANTY = "환불 정책"\n[en]\nWARRANTY = "policy"')["ko"]
    assert "WARRANTY" in features.shown(written, lexicon).whole["k"]


@pytest.mark.parametrize("language", corpus.LANGUAGES)
def test_a_drawn_sign_means_the_same_in_every_language(language: str) -> None:
    assert "PARCEL" in named("📦", language)


def test_a_language_without_words_of_its_own_is_looked_up_in_english() -> None:
    assert concepts.spoken(LEXICONS, "xx") is ENGLISH


def test_a_negation_turns_the_concept_beside_it() -> None:
    assert "!ARRIVE" in named("It has not arrived")
    assert "!ARRIVE" not in named("It has arrived")


@given(st.text() | st.text(alphabet="where 包裹?\n\r\x85"))
def test_features_are_total(text: str) -> None:
    shown = features.shown(text, ENGLISH).whole
    assert set(shown) == set(features.FAMILIES)
    assert not any("\n" in name for names in shown.values() for name in names)


def test_a_huge_text_takes_no_longer_than_a_long_one() -> None:
    start = time.perf_counter()
    features.shown("wo ist mein paket 我的包裹 " * 12_000, ENGLISH)
    assert time.perf_counter() - start < 0.5


LABELS = (
    *("intent:feedback", "intent:refund_request", "has:feedback", "has:refund_request"),
    *("tone:positive", "tone:neutral", "tone:negative"),
    *("flag:legal_threat", "flag:chargeback", "flag:abuse", "flag:injury", "flag:fraud"),
)


NONE = [0.0] * len(LABELS)
HEAD = {
    "labels": LABELS,
    "scales": [0.01] * len(LABELS),
    "intercepts": [*NONE[5:], *[-1.0] * 5],
    "temperature": 0.5,
    "sentence": 0.3,
    "weights": dict.fromkeys(features.FAMILIES, 1.0),
    "trust": {"weights": [1.0] + [0.0] * 9, "more": 0.0, "borders": {}},
    "gloss": {},
}


def small(borders: dict[str, float]) -> model.Model:
    """Knows two words: `refund` speaks for a refund, `lawyer` for a refund and a threat."""
    names = {**dict.fromkeys(features.FAMILIES, ()), "w": ("refund", "lawyer"), "k": ("REFUND",)}
    refund = [28, 228, 28, 128, 128, 228, 128, *[128] * 5]
    lawyer = [28, 228, 28, 128, 128, 128, 228, 255, *[128] * 4]
    trust = {"weights": [1.0] + [0.0] * 9, "more": 0.0, "borders": borders}
    weights = bytes([*refund, *lawyer, *refund])
    return model.load(model.dump(HEAD | {"trust": trust}, LEXICONS, names, weights))


def test_the_scorer_gives_back_what_was_written() -> None:
    said = small({}).read("", "refund", "en")
    assert next(iter(said.intents)) == "refund_request"
    assert sum(said.intents.values()) == pytest.approx(1)
    assert said.tone == "neutral"
    assert set(said.because) == {"REFUND", "refund"}
    assert said.agreed


def test_only_an_intent_with_a_border_is_ever_sure() -> None:
    assert small({"refund_request": 0.5}).read("", "refund", "en").sure
    assert not small({"feedback": 0.5}).read("", "refund", "en").sure


def test_what_is_near_a_danger_is_not_sure() -> None:
    said = small({"refund_request": 0.5}).read("", "refund lawyer", "en")
    assert next(iter(said.intents)) == "refund_request"
    assert not said.sure


def test_a_push_turns_the_first_intent() -> None:
    assert next(iter(small({}).read("", "refund", "en", {"feedback": 9.0}).intents)) == "feedback"


def test_a_long_text_overflows_no_field() -> None:
    letters = "bcdfghjklmnpqrstvwxz"
    words = [f"{one}{other}{third}" for one in letters for other in letters for third in "bcd"]
    names = {**dict.fromkeys(features.FAMILIES, ()), "w": tuple(sorted(words))}
    strongest = bytes([255] * len(LABELS) * len(words))
    heavy = model.load(model.dump(HEAD | {"intercepts": NONE}, LEXICONS, names, strongest))
    told = features.shown(" ".join(words), ENGLISH)
    count = len(told.whole["w"])
    assert count > 900
    margins = heavy.margins_of(told, 1)
    assert margins.intents["feedback"] == pytest.approx(1.27 * count**0.5, rel=0.02)


@given(st.lists(st.binary(min_size=5, max_size=5), min_size=1, max_size=40), st.integers(1, 30))
def test_a_sum_of_rows_is_the_sum_of_each_label(weights: list[bytes], times: int) -> None:
    lies = layout.of(5)
    total = 7 * lies.added([lies.row(one) for one in weights * times])
    said = [lies.fields(total)[at] - layout.MIDDLE for at in lies.places]
    by_label = zip(*weights, strict=True)
    assert said == [7 * times * sum(byte - layout.ZERO for byte in one) for one in by_label]


MARKS = (
    *("Re: ", "AW:", "RE(3): ", "Re^2: ", "Re-2: ", "Antw.: ", "Ответ: ", "회신: ", "答覆："),
    *("[EXTERNAL] Re: ", "*SPAM* Fwd: ", "\u200bRe: ", "Automatic reply: ", "自动回复："),
)


@pytest.mark.parametrize("mark", MARKS)
def test_a_subject_that_only_answers_is_not_read(mark: str) -> None:
    assert subjects.whole(f"{mark}money back", "thanks") == "thanks"


@pytest.mark.parametrize("subject", ["Return: two shirts", "[shop] order", "Where: is it"])
def test_any_other_subject_stands_before_the_words(subject: str) -> None:
    assert subjects.whole(subject, "hello") == f"{subject}\n\nhello"


@pytest.fixture(scope="module")
def reading() -> model.Model:
    return small({})


@given(text=st.text())
def test_any_text_is_read(reading: model.Model, text: str) -> None:
    said = reading.read(text, text, "en")
    assert set(said.intents) == {"feedback", "refund_request"}


@pytest.mark.parametrize("language", ["en", "zh", "es"])
def test_each_concept_is_called_by_a_whole_word_for_sellers(language: str) -> None:
    called = tomllib.loads(lexicon.CALLED.read_text(encoding="utf-8"))[language]
    gloss = lexicon.gloss()
    assert called.keys() == gloss.keys()
    assert all(gloss[name][language] == word for name, word in called.items())
