"""Somebody writes in a Shopify shop's form: the answer goes to the address that he has typed there,
never by itself, and its facts only if the order book holds that address for the order."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from clock_shop import ClockShop, clock_shop
from shop import mail
from shopify_samples import lena, shopify_export
from story_kit import codes, sheet, wire
from tactd.adapters.store import people
from tactd.core.types import Silence
from tactd.flow.imports import import_file
from tactd.screens import why

SHOPIFY = "dmarc=pass header.from=shopify.com"
LENA = "lena.berg@example.com"
WHERE = "Hello, where is my order #1044? It has not arrived yet.\nLena"
NOW = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[ClockShop]:
    async with clock_shop(tmp_path) as made:
        made.now = NOW
        path = made.root / "orders_export_1.csv"
        path.write_text(shopify_export([lena()]), encoding="utf-8")
        parts = made.service.parts
        done = import_file(parts.store, parts.exports, path, made.now)
        assert done.fine, done
        yield made


def form(
    words: str = WHERE,
    email: str = LENA,
    *,
    reply_to: str = LENA,
    stamp: str = SHOPIFY,
    number: int = 1,
    label: str = "Body",
) -> bytes:
    text = (
        "You received a new message from your online store's contact form.\n\n"
        f"Country Code:\nDE\n\nName:\nLena Berg\n\nEmail:\n{email}\n\n{label}:\n{words}\n\n"
        "You can enable spam filtering for contact forms in online store preferences.\n"
    )
    return mail(
        text,
        sender="mailer@shopify.com",
        name="Blue Sheep (Shopify)",
        subject="New customer message on November 10, 2026 at 9:00 am",
        message_id=f"<form{number}@shopify.com>",
        stamp=stamp,
        date=NOW,
        Reply_To=reply_to,
    )


def told(shop: ClockShop, name: str = "m1") -> dict[str, object]:
    parts = shop.service.parts
    return why.of_id(parts.store, parts.pipeline.rules.policy, name)


async def test_the_answer_goes_to_the_address_that_he_typed_and_waits_for_the_seller(
    shop: ClockShop,
) -> None:
    await shop.mail(form())
    (path,) = shop.files("staged")
    draft = sheet(path)
    assert draft.to == LENA
    assert "anybody could have" in "\n".join(draft.top)
    facts = told(shop)
    assert (facts["marketplace"], facts["order"], facts["would"]) == ("shopify", "#1044", "stage")
    assert "disclose.typed" in codes(facts)
    assert "Folding lantern" in draft.body
    shop.move(path, "approved")
    await shop.beat()
    [sent] = shop.sent
    assert sent.recipients == (LENA,)
    assert wire(sent.raw)["To"] == LENA
    assert "shopify.com" not in str(wire(sent.raw)["To"])


@pytest.mark.parametrize(
    "written",
    [
        form(email="eve@evil.example", reply_to="eve@evil.example"),
        form(stamp="dmarc=fail header.from=shopify.com"),
    ],
    ids=["an address that is not on file", "a forged form"],
)
async def test_nothing_of_the_order_is_told_to_anybody_else(
    shop: ClockShop, written: bytes
) -> None:
    await shop.mail(written)
    (path,) = shop.files("staged")
    body = sheet(path).body
    assert not any(fact in body for fact in ("Berg", "Jena", "Folding lantern", "68.90"))
    assert told(shop)["would"] == "stage"


async def test_where_the_form_and_reply_to_differ_a_person_reads_it(shop: ClockShop) -> None:
    await shop.mail(form(reply_to="eve@evil.example"))
    (path,) = shop.files("staged")
    assert "screen.message_notice" in codes(told(shop))
    assert "Folding lantern" not in sheet(path).body


async def test_what_is_typed_takes_nothing_from_the_true_buyer(shop: ClockShop) -> None:
    """His own mail's draft stays, whoever types his address."""
    await shop.mail(mail(WHERE, sender=LENA, name="Lena Berg"))
    before = shop.states()
    assert [state.split()[1] for state in before] == ["staged"]
    await shop.mail(form("I do not want it any more.", number=2))
    assert shop.states()[:1] == before


async def test_who_asks_for_silence_in_the_form_gets_it(shop: ClockShop) -> None:
    await shop.mail(form("Please stop sending me emails. Unsubscribe me."))
    with shop.service.parts.store.read() as conn:
        assert people.silence_of(conn, [f"mail:{LENA}"]) is Silence.STOP
