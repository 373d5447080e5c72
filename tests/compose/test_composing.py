from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compose.letters import (
    EBAY,
    NOW,
    ORDER,
    POLICY,
    SHIPPED,
    body,
    codes,
    letter,
    texts,
    track,
)
from tactd.core.compose.draft import Request, compose
from tactd.core.compose.fact_names import SAMPLE
from tactd.core.compose.named import named_facts
from tactd.core.compose.render import one_line
from tactd.core.compose.template_set import fallback
from tactd.core.types import Situation, Verdict

FRAME = """[greeting]
Hello{% if buyer is defined %} {{ buyer }}{% endif %},

[closing]
Bye,

[signature]
{{ shop }}
"""
SMALL = {
    "_frame/en": FRAME,
    "_frame/es": FRAME.replace("Hello", "Hola").replace("Bye", "Adiós"),
    "_stranger/en": "Subject: Your message\n\n[answer]\nWho are you?\n",
    "_stranger/es": "Subject: Su mensaje\n\n[answer]\n¿Quién es usted?\n",
    "in_transit/en": "Subject: On its way\n\n[answer]\nShipped {{ shipped_on }}.\n"
    "{% if carrier is defined %}\nBy {{ carrier }}.\n{% endif %}\n\n[promise]\nWe care.\n",
    "in_transit/es": "Subject: En camino\n\n[answer]\nEnviado el {{ shipped_on }}.\n",
    "delayed/en": "Subject: Late\n\n[answer]\nSorry.\n\n[promise]\nWe care.\n",
    "handover/en": "Subject: Hi\n\n[answer]\n[[your answer]]\n",
    "opt_out/en": "Subject: Done\n\n[answer]\nAs you wish.\n",
}
TEXTS = texts(SMALL)


def test_a_letter_is_its_blocks_in_order_in_a_frame() -> None:
    composed = letter(Situation.IN_TRANSIT, templates=TEXTS)
    assert body(composed) == (
        "Hello Jane Doe,\n\nShipped 12 November 2026.\nBy China Post.\n\nWe care.\n\n"
        "Bye,\nBlue Sheep Outdoor"
    )
    assert composed.trail == ()


def test_two_situations_stand_in_one_frame_and_say_the_same_sentence_once() -> None:
    composed = letter(Situation.IN_TRANSIT, Situation.DELAYED, templates=TEXTS)
    assert body(composed).count("We care.") == 1
    assert body(composed).index("Shipped") < body(composed).index("Sorry.")
    assert body(composed).count("Hello") == 1


def test_a_letter_without_a_name_still_greets() -> None:
    assert body(letter(Situation.DELAYED, templates=TEXTS, without=("buyer",))).startswith(
        "Hello,\n\nSorry."
    )


def test_a_missing_fact_makes_a_sheet_to_fill_in_and_says_which() -> None:
    composed = letter(Situation.IN_TRANSIT, templates=TEXTS, without=("shipped_on",))
    assert codes(composed) == ["compose.missing_fact", "compose.blank_left"]
    assert composed.trail[0].data == {"situation": "in_transit", "fact": "shipped_on"}
    assert {entry.verdict for entry in composed.trail} == {Verdict.STAGE}
    assert composed.draft is not None and composed.draft.blanks == ("your answer",)
    assert "Shipped" not in composed.draft.body


def test_of_two_situations_the_one_that_can_be_written_is_kept() -> None:
    composed = letter(
        Situation.IN_TRANSIT, Situation.DELAYED, templates=TEXTS, without=("shipped_on",)
    )
    assert "[[your answer]]" in body(composed) and "Sorry." in body(composed)


def test_a_fact_that_may_be_missing_is_left_out_of_letter_and_facts() -> None:
    composed = letter(Situation.IN_TRANSIT, templates=TEXTS, without=("carrier",))
    assert composed.draft is not None and composed.trail == ()
    assert "By" not in composed.draft.body.replace("Bye", "")
    assert sorted(composed.draft.facts) == ["buyer", "shipped_on", "shop"]


def test_the_drafts_facts_are_those_that_its_texts_name() -> None:
    composed = letter(Situation.IN_TRANSIT, templates=TEXTS)
    assert composed.draft is not None
    assert composed.draft.facts == {
        name: SAMPLE[name] for name in ("buyer", "carrier", "shipped_on", "shop")
    }


def test_the_buyers_own_subject_stays_and_ours_is_for_those_who_wrote_none() -> None:
    ours = letter(Situation.DELAYED, templates=TEXTS)
    his = letter(Situation.DELAYED, templates=TEXTS, request={"original_subject": "where is it??"})
    assert ours.draft is not None and ours.draft.subject == "Late"
    assert his.draft is not None
    assert (his.draft.subject, his.draft.gloss_subject) == ("where is it??", "where is it??")


def test_the_seller_reads_the_same_letter_in_his_language() -> None:
    composed = letter(
        Situation.IN_TRANSIT, templates=TEXTS, request={"language": "es", "seller_language": "en"}
    )
    assert composed.draft is not None
    assert composed.draft.language == "es"
    assert composed.draft.body.startswith("Hola Jane Doe,\n\nEnviado el")
    assert (composed.draft.subject, composed.draft.gloss_subject) == ("En camino", "On its way")
    assert composed.draft.gloss_body.startswith("Hello Jane Doe,\n\nShipped")


def test_each_language_gets_its_own_dates() -> None:
    request = Request(
        situations=(Situation.IN_TRANSIT,),
        language="es",
        seller_language="en",
        named=lambda language: named_facts(ORDER, POLICY, language, NOW, track),
        disclose=True,
    )
    draft = compose(request, TEXTS).draft
    assert draft is not None
    assert "12 de noviembre de 2026" in draft.body and "12 November 2026" in draft.gloss_body


def test_a_gloss_that_cannot_be_written_is_told() -> None:
    needy = {**SMALL, "in_transit/en": SMALL["in_transit/en"] + "Pay {{ total }}.\n"}
    composed = letter(
        Situation.IN_TRANSIT, templates=texts(needy), without=("total",), request={"language": "es"}
    )
    assert codes(composed) == ["compose.no_gloss"]
    assert "Enviado" in body(composed)


def test_what_is_not_written_in_the_buyers_language_is_drafted_in_english() -> None:
    composed = letter(Situation.DELAYED, templates=TEXTS, request={"language": "es"})
    assert composed.draft is not None and composed.draft.language == "en"
    assert codes(composed) == ["compose.no_template"]
    assert composed.trail[0].data == {"situation": "delayed", "language": "es"}


def test_one_letter_is_never_in_two_languages() -> None:
    composed = letter(
        Situation.IN_TRANSIT, Situation.DELAYED, templates=TEXTS, request={"language": "es"}
    )
    assert "Enviado" not in body(composed) and "Shipped" in body(composed)


def test_a_situation_without_any_text_is_handed_over_in_the_buyers_language() -> None:
    composed = letter(Situation.CUSTOMS, templates=TEXTS, request={"language": "es"})
    assert body(composed).startswith("Hola Jane Doe,\n\n[[su respuesta]]")
    assert codes(composed) == ["compose.no_template", "compose.blank_left"]


def test_without_any_frame_there_is_no_draft_but_a_reason() -> None:
    composed = letter(Situation.DELAYED, templates=texts({"delayed/en": SMALL["delayed/en"]}))
    assert composed.draft is None
    assert codes(composed) == ["compose.no_template"]


def test_thanks_need_no_letter() -> None:
    composed = letter(Situation.NO_REPLY_NEEDED)
    assert (composed.draft, composed.trail) == (None, ())


@pytest.mark.parametrize(
    ("language", "served"),
    [
        ("es-MX", "es"),
        ("pt-BR", "pt"),
        ("zh-Hant", None),
        ("zh-TW", "zh-Hant"),
        ("zh-Hant-HK", "zh-Hant"),
        ("zh-CN", "zh"),
        ("es", None),
    ],
)
def test_a_language_falls_back_by_region_but_traditional_chinese_never_becomes_simplified(
    language: str, served: str | None
) -> None:
    assert fallback(language) == served


def test_traditional_chinese_without_texts_is_english_and_staged() -> None:
    chinese = {**SMALL, "_frame/zh": FRAME, "delayed/zh": SMALL["delayed/en"]}
    composed = letter(Situation.DELAYED, templates=texts(chinese), request={"language": "zh-Hant"})
    assert composed.draft is not None and composed.draft.language == "en"
    assert codes(composed) == ["compose.no_template"]


def test_wordings_take_turns_and_the_gloss_keeps_to_the_same_one() -> None:
    two = {
        **SMALL,
        "delayed/en.2": "Subject: Late\n\n[answer]\nSorry again.\n",
        "delayed/es": "Subject: Tarde\n\n[answer]\nPerdón.\n",
        "delayed/es.2": "Subject: Tarde\n\n[answer]\nPerdón otra vez.\n",
    }
    said = [
        letter(
            Situation.DELAYED, templates=texts(two), request={"variant": turn, "language": "es"}
        ).draft
        for turn in range(3)
    ]
    assert ["otra vez" in draft.body for draft in said if draft] == [False, True, False]
    assert ["again" in draft.gloss_body for draft in said if draft] == [False, True, False]


# --------------------------------------------------------------------------- strangers

LETTERS = st.lists(st.sampled_from(list(Situation)), min_size=1, max_size=2)


@given(
    situations=LETTERS,
    facts=st.dictionaries(st.sampled_from(sorted(set(SAMPLE) - {"shop"})), st.text()),
    turn=st.integers(0, 5),
)
def test_every_stranger_gets_the_same_letter_whatever_is_known(
    situations: list[Situation], facts: dict[str, str], turn: int
) -> None:
    shop = {"shop": "Blue Sheep Outdoor"}
    request = {"disclose": False, "variant": turn}
    one = letter(*situations, facts=facts | shop, request=request)
    other = letter(Situation.IN_TRANSIT, facts=shop, request={"disclose": False})
    assert one == other
    assert one.draft is not None and one.draft.facts == shop


WITHOUT_FACTS = {"disclose": False, "stranger": False}


def test_what_states_nothing_can_be_written_to_a_stranger_but_without_his_name() -> None:
    composed = letter(Situation.OPT_OUT, templates=TEXTS, request=WITHOUT_FACTS)
    assert body(composed) == "Hello,\n\nAs you wish.\n\nBye,\nBlue Sheep Outdoor"


@pytest.mark.parametrize("situation", sorted(set(Situation) - {Situation.NO_REPLY_NEEDED}))
def test_no_letter_without_disclosure_holds_a_fact_of_the_order(situation: Situation) -> None:
    composed = letter(situation, request=WITHOUT_FACTS)
    assert composed.draft is not None
    for name, value in SAMPLE.items():
        assert name in {"shop", "days_first", "days_last"} or value not in body(composed)
    assert composed.draft.facts.keys() <= {"shop"}


# --------------------------------------------------------------------------- foreign text

NASTY = st.text(
    st.sampled_from("{}%#[]<>\r\n\t\x00\x85\u2028\u202e\u200b\ud800 aé李:") | st.characters()
)


@pytest.mark.parametrize("name", ["{{ 7*7 }}", "{% raw %}", "{{ shop.__class__ }}", "{# x #}"])
def test_a_buyers_name_is_never_read_as_a_template_and_such_a_letter_is_staged(name: str) -> None:
    composed = letter(Situation.DELAYED, templates=TEXTS, facts={**SAMPLE, "buyer": name})
    assert body(composed).startswith(f"Hello {name},")
    assert codes(composed) == ["compose.mark_left"]


def test_a_foreign_text_cannot_make_a_block_or_a_blank() -> None:
    facts = {**SAMPLE, "buyer": "x\n[promise]\n\nBcc: a@b.example [[your [[[password]]"}
    composed = letter(Situation.DELAYED, templates=TEXTS, facts=facts)
    assert composed.draft is not None and composed.draft.blanks == ()
    assert body(composed).splitlines()[0] == (
        "Hello x [promise] Bcc: a@b.example [your [password]],"
    )


@given(subject=NASTY, name=NASTY)
def test_no_foreign_text_breaks_a_line_or_leaves_a_control(subject: str, name: str) -> None:
    composed = letter(
        Situation.DELAYED,
        templates=TEXTS,
        facts={**SAMPLE, "buyer": name},
        request={"original_subject": subject},
    )
    draft = composed.draft
    assert draft is not None
    assert len((draft.subject + "x").splitlines()) == 1
    assert len(draft.body.splitlines()) == 8
    for character in "\r\x00\x85\u2028\u202e\u200b\ud800":
        assert character not in draft.subject + draft.body
    (draft.subject + draft.body).encode()


# --------------------------------------------------------------------------- rules


def test_a_letter_longer_than_the_marketplace_takes_is_staged() -> None:
    tight = replace(EBAY, max_length=40)
    composed = letter(Situation.DELAYED, templates=TEXTS, request={"pack": tight})
    assert codes(composed) == ["compose.too_long"]
    assert composed.trail[0].data == {"length": str(len(body(composed))), "most": "40"}


@pytest.mark.parametrize("link", ["https://evil.example/x", "HTTP://x.example", "www.x.example"])
def test_a_link_is_staged_where_the_marketplace_forbids_them(link: str) -> None:
    facts = {**SAMPLE, "carrier": link}
    forbidden = letter(Situation.IN_TRANSIT, templates=TEXTS, facts=facts, request={"pack": EBAY})
    allowed = letter(
        Situation.IN_TRANSIT,
        templates=TEXTS,
        facts=facts,
        request={"pack": replace(EBAY, links=True)},
    )
    assert codes(forbidden) == ["compose.link"]
    assert codes(allowed) == []


def test_a_blank_that_the_seller_must_fill_in_is_staged() -> None:
    composed = letter(Situation.SHIP_LATE)
    assert codes(composed) == ["compose.blank_left"]
    assert composed.trail[0].data == {"blanks": "date of dispatch"}


@given(NASTY)
def test_a_text_made_one_line_stays_as_it_is(text: str) -> None:
    assert one_line(one_line(text)) == one_line(text)


def test_a_fact_of_which_nothing_is_left_is_not_known() -> None:
    composed = letter(
        Situation.IN_TRANSIT, templates=TEXTS, facts={**SAMPLE, "shipped_on": " \x00\u200b"}
    )
    assert codes(composed)[0] == "compose.missing_fact"


def test_composing_twice_gives_the_same_letter() -> None:
    for situation in (Situation.IN_TRANSIT, Situation.DELAYED, Situation.REFUND_NOT_YET):
        assert letter(situation) == letter(situation)


def test_the_shipped_set_has_no_problems() -> None:
    assert SHIPPED.problems == ()
