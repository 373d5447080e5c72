"""The texts that teach the classifier are many, hard enough, and in the form of their README."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.append(str(Path(__file__).parents[2] / "understanding"))

import corpus

from tactd.core.types import Intent, Sentiment

SAMPLE = """
= where_is_my_item
# plain
where is it
= feedback also=item_problem,thanks tone=negative flags=sarcasm,fraud hard variant=BR
# ironic
Subject || first¶second
"""


@pytest.fixture(scope="module")
def shipped() -> corpus.Corpus:
    return corpus.read_all()


def faults(text: str, language: str = "en") -> list[str]:
    return [str(fault) for fault in corpus.read(text.split("\n"), language, "f").faults]


def test_the_shipped_texts_have_no_fault(shipped: corpus.Corpus) -> None:
    assert [str(fault) for fault in shipped.faults] == []


def test_there_are_at_least_12_000_texts_and_a_quarter_of_them_is_hard(
    shipped: corpus.Corpus,
) -> None:
    assert len(shipped.texts) >= 12_000
    assert sum(text.hard for text in shipped.texts) >= 0.25 * len(shipped.texts)


def test_every_language_has_every_intent_in_several_formulations(shipped: corpus.Corpus) -> None:
    groups = Counter((lang, intent) for lang, intent, _ in {_parts(t) for t in shipped.texts})
    for language in corpus.LANGUAGES:
        for intent in corpus.INTENTS:
            assert groups[language, intent] >= 8, (language, intent)


def _parts(text: corpus.Text) -> tuple[str, str, str]:
    return text.language, text.intent, text.group


def test_every_risk_flag_is_taught_in_every_language(shipped: corpus.Corpus) -> None:
    taught = {(text.language, flag) for text in shipped.texts for flag in text.flags}
    assert taught == {(lang, flag) for lang in corpus.LANGUAGES for flag in corpus.FLAGS}


def test_the_labels_are_those_of_the_daemon() -> None:
    assert tuple(Intent) == corpus.INTENTS
    assert set(corpus.TONES) == set(Sentiment)


def test_a_heading_holds_until_the_next_one_and_a_text_keeps_its_subject_and_lines() -> None:
    first, second = corpus.read(SAMPLE.split("\n"), "pt").texts
    assert (first.intent, first.tone, first.hard, first.body) == (
        "where_is_my_item",
        "neutral",
        False,
        "where is it",
    )
    assert second.whole == "Subject\n\nfirst\nsecond"
    assert second.also == ("item_problem", "thanks")
    assert second.flags == ("sarcasm", "fraud")
    assert (second.tone, second.hard, second.variant) == ("negative", True, "BR")
    assert second.group == "pt/feedback/ironic"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("= hunger\n# a\nb", "f:1: unknown intent: hunger"),
        ("= thanks tone=glad\n", "f:1: unknown tone: glad"),
        ("= thanks flags=fraud,fire\n", "f:1: unknown flags: fire"),
        ("= thanks also=thanks\n", "f:1: the intent is repeated in also: thanks"),
        ("= thanks easy\n", "f:1: unknown word in a heading: easy"),
        ("= thanks variant=BR\n", "f:1: variant BR in en"),
        ("# a\n", "f:1: a group before the first intent"),
        ("= thanks\n#\n", "f:2: a group without a name"),
        ("= thanks\nty", "f:2: a text outside of a group"),
        ("= thanks\n# a\nty\n# b\nTy ", "f:5: the same text as in line 3: Ty"),
        ("= thanks\n# a\nt\x00y", "f:3: a control character"),
    ],
)
def test_a_fault_is_told_with_its_file_and_line(text: str, told: str) -> None:
    assert told in faults(text)


@given(st.text(alphabet="=# |¶ahrd\n,thnks"))
def test_reading_is_total(text: str) -> None:
    found = corpus.read(text.split("\n"), "en")
    assert all(one.group and one.whole for one in found.texts)
