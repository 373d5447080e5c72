"""What buyers want: the table of messages, and the doubts that must be kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tactd.core.classify.intent_rules import CONTRADICTIONS, PRIORITY, RULES
from tactd.core.classify.lexicon import FILLER, LEXICON
from tactd.core.classify.reading import CAP, classify
from tactd.core.classify.ruled_concepts import sentences
from tactd.core.types import Intent, Sentiment
from understand.messages import FEEDBACK, HARD, OPT_OUT, REFUND, RISKS, THANKS, WHERE

MAIN = {Intent.WHERE_IS_MY_ITEM, Intent.REFUND_REQUEST, Intent.FEEDBACK}
EASY = {
    Intent.WHERE_IS_MY_ITEM: WHERE,
    Intent.REFUND_REQUEST: REFUND,
    Intent.FEEDBACK: FEEDBACK,
    Intent.THANKS: THANKS,
    Intent.OPT_OUT: OPT_OUT,
}


@pytest.mark.parametrize(("intent", "text"), [(i, t) for i, ts in EASY.items() for t in ts])
def test_a_plain_message_is_read_for_sure(intent: Intent, text: str) -> None:
    reading = classify("", text)
    assert (reading.intent, reading.sure) == (intent, True)
    assert reading.words
    assert reading.agreed


@pytest.mark.parametrize(("why", "text"), HARD)
def test_what_only_looks_like_a_main_intent_is_never_sure(why: str, text: str) -> None:
    reading = classify("", text)
    assert not (reading.sure and reading.intent in MAIN), (why, reading)


@pytest.mark.parametrize("text", FEEDBACK)
def test_praise_is_kind_words(text: str) -> None:
    reading = classify("", text)
    assert reading.sentiment is Sentiment.POSITIVE
    assert not reading.also
    assert not reading.flags


@pytest.mark.parametrize(("flag", "text"), [(f, t) for f, ts in RISKS.items() for t in ts])
def test_a_risk_is_flagged_in_each_language(flag: str, text: str) -> None:
    assert flag in classify("", text).flags


def test_the_table_is_long_enough() -> None:
    assert all(len(EASY[intent]) >= 40 for intent in MAIN)
    assert len(HARD) >= 60


@pytest.mark.parametrize(
    ("text", "intent", "also"),
    [
        ("It has not arrived, I want a refund", "refund_request", "where_is_my_item"),
        ("The item arrived damaged, I want a refund", "item_problem", "refund_request"),
        ("Please cancel and refund", "cancel_order", "refund_request"),
        ("还没收到货，我要退款", "refund_request", "where_is_my_item"),
    ],
)
def test_of_two_wishes_the_weightier_leads_and_nothing_is_sure(
    text: str, intent: str, also: str
) -> None:
    reading = classify("", text)
    assert (reading.intent.value, [one.value for one in reading.also]) == (intent, [also])
    assert reading.confidence == 0.5
    assert not reading.sure


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("The screen is broken", "item_problem"),
        ("I want to return it", "return_request"),
        ("Cancel my order please", "cancel_order"),
        ("Can you change my address?", "change_order"),
        ("Do you ship to Peru?", "product_question"),
        ("帮我取消订单", "cancel_order"),
        ("我要退货", "return_request"),
        ("La pantalla no funciona", "item_problem"),
    ],
)
def test_other_wishes_are_named_but_never_sure(text: str, intent: str) -> None:
    reading = classify("", text)
    assert (reading.intent.value, reading.sure) == (intent, False)


@pytest.mark.parametrize("text", ["", " \n", "👍", "12345", "。。。", "<b></b>", "\x00", "ß ﬁ Ⅷ"])
def test_what_says_nothing_is_other_with_little_confidence(text: str) -> None:
    reading = classify("", text)
    assert (reading.intent, reading.confidence, reading.sure) == (Intent.OTHER, 0.2, False)


@given(st.text(max_size=400), st.text(max_size=40))
def test_any_text_has_a_reading(words: str, subject: str) -> None:
    reading = classify(subject, words)
    assert 0 <= reading.confidence <= 1
    assert not reading.sure or (reading.language_sure and not reading.flags and not reading.also)


@given(st.lists(st.sampled_from([*WHERE, *REFUND, *FEEDBACK, *(t for _, t in HARD)]), max_size=4))
def test_messages_strung_together_are_sure_only_of_an_intent_that_stands_in_them(
    texts: list[str],
) -> None:
    reading = classify("", "\n".join(texts))
    if reading.sure:
        assert reading.intent in {classify("", text).intent for text in texts}


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize(("first", "second"), [(WHERE[0], REFUND[0]), (REFUND[20], WHERE[22])])
def test_two_wishes_in_two_sentences_are_never_sure(first: str, second: str, order: int) -> None:
    assert not classify("", "\n".join([first, second][::order])).sure


def test_a_mail_of_any_length_is_read_up_to_the_cap() -> None:
    long = "word " * 60_000
    assert classify("", f"Where is my order? {long}").intent is Intent.WHERE_IS_MY_ITEM
    assert classify("", f"{long[:CAP]} Where is my order?").intent is Intent.OTHER


def test_a_long_mail_is_never_sure() -> None:
    text = "Where is my order? " * 30
    assert classify("", text).flags == ("long_text",)
    assert not classify("", text).sure


def test_the_subject_is_read_unless_it_repeats_an_earlier_mail() -> None:
    assert classify("Where is my order?", "").intent is Intent.WHERE_IS_MY_ITEM
    assert classify("Re: Where is my order?", "").intent is Intent.OTHER


def test_the_subject_can_raise_a_doubt() -> None:
    assert not classify("Refund", "Where is my order?").sure


def test_the_thread_makes_a_short_message_sure() -> None:
    assert not classify("", "refund!").language_sure
    assert classify("", "refund!", prior="en").language_sure


def test_only_ruled_languages_are_sure() -> None:
    assert not classify("", "tracking?", prior="de").sure
    assert classify("", "tracking?", prior="en").sure


def test_the_words_that_decided_are_told() -> None:
    assert classify("", "Hello! Where is my order?").words == ("where is my order",)
    assert classify("", "我還沒有收到包裹").words == ("还没有收到包裹",)


def test_line_breaks_and_accents_and_apostrophes_make_no_difference() -> None:
    one = classify("", "I still haven't received\nmy order")
    assert one.sure
    assert one.intent is Intent.WHERE_IS_MY_ITEM
    assert classify("", "I still haven’t received my order").sure
    assert classify("", "no he recibido aun mi pedido").sure


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("I am not happy", Sentiment.NEGATIVE),
        ("terrible quality", Sentiment.NEGATIVE),
        ("where is my order", Sentiment.NEUTRAL),
        ("不满意", Sentiment.NEGATIVE),
        ("Buenas tardes, gracias", Sentiment.NEUTRAL),
        ("llegó tarde", Sentiment.NEGATIVE),
        ("great but broken", Sentiment.NEGATIVE),
    ],
)
def test_sentiment_heeds_negation_and_greetings(text: str, mood: Sentiment) -> None:
    assert classify("", text).sentiment is mood


def test_every_concept_of_the_rules_is_in_the_lexicon() -> None:
    named = {name for rule in RULES for name in rule.needs | rule.unless}
    named |= {
        name
        for rule in RULES
        for place in rule.places.split()
        for name in place.rstrip("?").split("|")
        if name.isalpha()
    }
    assert named <= set(LEXICON)
    assert {rule.intent for rule in RULES} <= set(PRIORITY)
    assert CONTRADICTIONS


def test_every_phrase_of_the_lexicon_is_found_by_its_own_concept() -> None:
    for concept, phrases in LEXICON.items():
        for phrase in phrases.split(","):
            plain = phrase.strip().removesuffix("*")
            (sentence,) = sentences(plain)
            assert sentence.line == f"{concept} ", plain


def test_no_phrase_stands_twice_in_the_lexicon() -> None:
    every = [p.strip() for phrases in [*LEXICON.values(), FILLER] for p in phrases.split(",")]
    assert sorted(every) == sorted(set(every))
