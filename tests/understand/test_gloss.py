"""A seller who reads no Polish sees what a Polish buyer speaks of."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tactd.core.classify.gloss import LINES
from tactd.shipped import reader

READER = reader()


@pytest.mark.parametrize(
    ("words", "language", "named"),
    [
        ("Gdzie jest moja paczka? Czekam trzy tygodnie.", "en", ("where", "parcel", "wait")),
        ("Wo ist mein Paket? Es ist nicht angekommen.", "zh", ("包裹", "没")),
        ("我的包裹在哪里", "en", ("where",)),
        ("Je veux un remboursement", "es", ("reembols",)),
    ],
)
def test_concepts_are_named_in_the_sellers_language(
    words: str, language: str, named: tuple[str, ...]
) -> None:
    told = READER.gloss(words, language)
    assert all(one in told for one in named), told


def test_each_sentence_is_a_line_and_a_question_stays_one() -> None:
    told = READER.gloss("Wo ist mein Paket? Ich will mein Geld zurück.", "en").split("\n")
    assert len(told) == 2
    assert told[0].endswith("?")


def test_what_names_no_concept_has_no_gloss() -> None:
    assert READER.gloss("qzx wvk 77", "en") == ""


@given(st.text(max_size=300), st.sampled_from(["en", "zh", "xx"]))
@settings(max_examples=40, deadline=None)
def test_any_text_has_a_gloss_of_a_few_lines(words: str, language: str) -> None:
    assert READER.gloss(words, language).count("\n") < LINES
