"""A seller who reads no Polish sees what a Polish buyer speaks of."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tactd.core.classify.gloss import LINES
from tactd.shipped import reader

READER = reader()


@pytest.mark.parametrize(
    ("spoken", "words", "language", "named"),
    [
        ("pl", "Gdzie jest moja paczka? Czekam trzy tygodnie.", "en", ("where", "parcel", "wait")),
        ("de", "Wo ist mein Paket? Es ist nicht angekommen.", "zh", ("包裹", "没有", "到达")),
        ("zh", "我的包裹在哪里", "en", ("where",)),
        ("fr", "Je veux un remboursement", "es", ("reembolso",)),
    ],
)
def test_concepts_are_named_in_the_sellers_language(
    spoken: str, words: str, language: str, named: tuple[str, ...]
) -> None:
    told = READER.gloss(words, spoken, language)
    assert all(one in told for one in named), told


@pytest.mark.parametrize(
    ("spoken", "words", "mistaken"),
    [("en", "I love it", "(insult)"), ("es", "con la funda", "(insult)"), ("de", "oder so", "pay")],
)
def test_a_word_is_not_called_by_what_another_language_means_by_it(
    spoken: str, words: str, mistaken: str
) -> None:
    assert mistaken not in READER.gloss(words, spoken, "en")


def test_the_words_that_decided_are_words() -> None:
    words = READER.read("", "Where is my parcel? It has been 5 weeks.").words
    assert "where … my" in words
    assert not [one for one in words if one.isupper() or set(one) & set("&>!")]


def test_each_sentence_is_a_line_and_a_question_stays_one() -> None:
    told = READER.gloss("Wo ist mein Paket? Ich will mein Geld zurück.", "de", "en").split("\n")
    assert len(told) == 2
    assert told[0].endswith("?")


def test_what_names_no_concept_has_no_gloss() -> None:
    assert READER.gloss("qzx wvk 77", "en", "en") == ""


@given(st.text(max_size=300), st.sampled_from(["en", "zh", "xx"]))
@settings(max_examples=40, deadline=None)
def test_any_text_has_a_gloss_of_a_few_lines(words: str, language: str) -> None:
    assert READER.gloss(words, "fr", language).count("\n") < LINES
