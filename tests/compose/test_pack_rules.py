"""What a marketplace forbids: no letter holds it, no template, and no edit of the seller's."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tactd.adapters import templates as template_files
from tactd.config import load
from tactd.core.compose.pack_lint import lint_packs
from tactd.core.compose.pack_rules import RULES, breaches
from tactd.core.compose.template_set import Key, Templates, template_set
from tactd.core.reasons import SENTENCES
from tactd.core.types import Marketplace, Pack
from tactd.screens import check
from tactd.shipped import packs, shipped

PACKS = packs()


def pack(*forbids: str, links: bool = False, most: int | None = None) -> Pack:
    return Pack(
        marketplace=Marketplace.EBAY,
        dated="2026-11-01",
        answer_within=timedelta(hours=24),
        links=links,
        max_length=most,
        forbids=forbids or tuple(RULES),
    )


def broken(text: str, rules: Pack | None = None, *facts: str, subject: str = "") -> list[str]:
    found = breaches(text, "", rules or pack(), subject=subject, facts=facts)
    return [one.rule for one in found]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Follow it at https://track.example/LK1 any time.", "link"),
        ("Look at www.track.example please", "link"),
        ("see track.example.com/LK1", "link"),
        ("Write to jane.doe+shop@mail.example.com instead.", "address"),
        ("请发邮件到 shop@example.com 联系我们", "address"),
        ("Call us at 555 012 3456.", "phone"),
        ("Our number is +49 30 1234567", "phone"),
        ("Teléfono: 91 123 45 67", "phone"),
        ("我们的电话：010 1234 5678", "phone"),
        ("We are on WhatsApp, too.", "phone"),
        ("加我微信吧", "phone"),
        ("Buy it on Amazon next time.", "elsewhere"),
        ("我们的速卖通店铺更便宜", "elsewhere"),
        ("You get a discount for a 5-star review.", "incentive"),
        ("Leave us a positive feedback and we refund 20 %.", "incentive"),
        ("Te damos un descuento por una reseña.", "incentive"),
        ("好评返现五元", "incentive"),
        ("[Important] your parcel", "important"),
        ("[Wichtig] Ihr Paket", "important"),
    ],
)
def test_what_is_forbidden_is_found(text: str, rule: str) -> None:
    assert rule in broken(text)


@pytest.mark.parametrize(
    "text",
    [
        "Your order 112-4410283-7719465 was shipped on 12 November 2026.",
        "The tracking number is LX123456785CN (China Post).",
        "Order 12-34567-89012, item 395012345671, UPS 1Z999AA10123456784.",
        "YT1234567890123456 and 3041000012340071",
        "Thank you for your feedback! If it is lost, you get your money back.",
        "We refund you. Thank you for your review.",
        "It arrives between 27.11. and 12.12.2026, i.e. in 10-20 days.",
        "This is important to us.",
        "We are on eBay since 2009.",
        "您好！包裹已于 11 月 12 日发出，单号 LX123456785CN。",
    ],
)
def test_what_letters_say_every_day_is_allowed(text: str) -> None:
    assert broken(text) == []


def test_the_words_of_the_order_itself_break_no_rule() -> None:
    title = "Case for Amazon Fire, www.example.com/fire, call 555 012 3456"
    assert broken(f"Your {title} is on its way.", None, title) == ["link"]
    assert broken("Your case for Amazon Fire is on its way.") == ["elsewhere"]


def test_only_what_a_pack_names_is_forbidden() -> None:
    assert broken("Mail shop@example.com", pack("phone")) == []
    assert broken("Mail shop@example.com https://example.com/", pack("phone", links=True)) == []
    assert list(breaches("Mail shop@example.com", "", None)) == []


def test_a_mark_in_the_subject_counts_unless_the_buyer_wrote_it() -> None:
    assert broken("Hello", subject="[Important] Your order") == ["important"]
    assert broken("Hello", None, "[Important] help", subject="[Important] help") == []


@given(st.text(max_size=300))
def test_any_text_is_judged_and_what_is_found_stands_in_it(text: str) -> None:
    for one in breaches(text, "", pack(most=200)):
        assert one.rule == "too_long" or next(iter(one.data.values())) in text


def test_every_rule_has_its_sentence_for_a_draft_and_for_an_edit() -> None:
    rules = (*RULES, "too_long", "link")
    wanted = {f"{where}.{rule}" for where in ("compose", "trouble") for rule in rules}
    assert wanted <= SENTENCES.keys()


# ------------------------------------------------------------------ the packs themselves


@pytest.mark.parametrize("market", PACKS)
def test_each_line_of_a_pack_stands_below_its_source(market: Marketplace) -> None:
    path = Path(check.__file__).parents[1] / "marketplaces" / market / "policy.toml"
    paragraphs = path.read_text(encoding="utf-8").split("\n\n")
    named = [part for part in paragraphs if not part.startswith(("#", "marketplace = "))]
    assert named == []


def test_the_packs_know_their_windows() -> None:
    amazon, ebay, etsy = (PACKS[Marketplace(name)] for name in ("amazon", "ebay", "etsy"))
    assert (amazon.inr_opens, amazon.inr_until) == (timedelta(days=3), timedelta(days=90))
    assert (ebay.inr_from, ebay.inr_until) == ("estimate", timedelta(days=30))
    assert etsy.inr_until == timedelta(days=100)
    assert amazon.confirms
    assert amazon.confirm_within == timedelta(hours=2)


# ------------------------------------------------------------------ templates


def with_text(body: str, language: str = "en") -> Templates:
    frame = "[greeting]\nHello,\n\n[closing]\nRegards,\n\n[signature]\n{{ shop }}\n"
    return template_set(
        {
            Key("_frame", language): frame,
            Key("in_transit", language): f"Subject: News\n\n[answer]\n{body}\n",
        }
    )


def test_no_shipped_text_breaks_a_rule_of_any_marketplace() -> None:
    loaded = template_files.load(shipped("templates"), None)
    assert lint_packs(loaded.templates, PACKS.values()) == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("Look at https://track.example/1", "in_transit/en.txt: ebay: holds a link, which"),
        ("Follow it: {{ tracking_page }}", "ebay: cannot do without tracking_page"),
        ("Write to shop@example.com", "ebay: holds a mail address"),
        ("x" * 2100, "ebay: longer than the marketplace takes"),
        ("[[your answer]] and a coupon for your review", "ebay: offers something for a review"),
    ],
)
def test_a_text_that_breaks_one_is_named_with_language_marketplace_and_rule(
    body: str, said: str
) -> None:
    found = lint_packs(with_text(body), PACKS.values())
    assert any(said in line for line in found)
    assert not any(line.startswith("in_transit/en.txt: shopify") for line in found)


def test_a_page_that_may_be_missing_is_fine_everywhere() -> None:
    body = "It is under way.{% if tracking_page is defined %} See {{ tracking_page }}.{% endif %}"
    assert lint_packs(with_text(body), PACKS.values()) == []


def test_a_language_without_a_frame_is_told_of_elsewhere() -> None:
    text = {Key("in_transit", "de"): "Subject: Neues\n\n[answer]\nhttps://track.example/1\n"}
    assert lint_packs(template_set(text), PACKS.values()) == []


def test_check_tells_of_the_sellers_own_texts(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    text = shipped("config.toml").read_text(encoding="utf-8")
    config.write_text(text, encoding="utf-8")
    own = tmp_path / "my-templates" / "opt_out" / "en.txt"
    own.parent.mkdir(parents=True)
    own.write_text("Subject: Bye\n\n[answer]\nWrite to us on WhatsApp.\n", encoding="utf-8")
    problems, hints = check.texts(load(config, {}))
    assert problems == []
    assert any(line.startswith("opt_out/en.txt: amazon: leads to another way") for line in hints)
