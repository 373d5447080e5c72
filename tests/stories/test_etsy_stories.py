"""Etsy's request for help: no mail reaches the buyer, so the answer is text to paste."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from etsy_mail_samples import HELP, NUMBER, PAGE, SALE, SALES, SOLD, help_request
from servers.pymap_server import Pymap
from shop import Shop, mail
from story_kit import codes, look, pymap_shop, sheet
from tactd.core.types import ReplyState

STAMP = "dmarc=pass header.from=mail.etsy.com"
OTHER = "3580099999"


@pytest.fixture
async def shop(pymap: Pymap, tmp_path: Path) -> Any:
    async with pymap_shop(pymap, tmp_path, mode="auto", auto=["not_yet_shipped"]) as opened:
        yield opened


def asked(number: str = NUMBER, name: str = "Iris", at: int = 1, **more: Any) -> bytes:
    given = {
        "sender": HELP,
        "name": "Etsy Conversations",
        "subject": f"{name} needs help with an order they placed",
        "message_id": f"<h{at}@mail.etsy.com>",
        "stamp": STAMP,
    }
    note = more.pop("note", "Hello, where is my order? It has not arrived yet.")
    return mail(help_request(number=number, name=name, note=note, resolution=""), **given | more)


def sold(**more: Any) -> bytes:
    """As Etsy tells it: the order's first appearance in the book."""
    soon = datetime.now(UTC) + timedelta(days=5)
    given = {
        "sender": SALES,
        "name": "Etsy Transactions",
        "subject": SOLD.replace("Dec 2", f"{soon:%b} {soon.day}"),
        "message_id": "<s1@etsy.com>",
        "stamp": "dmarc=pass header.from=etsy.com",
    }
    return mail(SALE, **given | more)


async def test_a_request_for_help_is_answered_by_text_to_paste(shop: Shop) -> None:
    shop.give(sold())
    await shop.decided(1)
    shop.give(asked())
    [path] = await shop.staged()
    told = shop.why("m2")
    assert (told["marketplace"], told["kind"], told["order"]) == ("etsy", "buyer_message", NUMBER)
    assert "disclose.paste" in codes(told)
    assert told["decision"] == "stage"
    shown = sheet(path)
    assert NUMBER in shown.to and "@" not in shown.to
    assert PAGE in "\n".join(shown.top) + shown.below
    assert shop.smtp.mails == []


async def test_two_buyers_who_ask_for_help_are_two_buyers(shop: Shop) -> None:
    """Both mails are from one and the same address of Etsy's."""
    shop.give(asked())
    await shop.staged()
    shop.give(asked(OTHER, name="Tom", at=2))
    first, second = await shop.staged(2)
    assert {sheet(first).to, sheet(second).to} == {f"Etsy, order {n}" for n in (NUMBER, OTHER)}


async def test_who_bought_may_ask_from_his_own_address_too(shop: Shop) -> None:
    shop.give(sold())
    await shop.decided(1)
    shop.give(
        mail(
            f"Hello, where is my Etsy order #{NUMBER}? It has not arrived yet.",
            sender="iris.moran@example.com",
            subject="My mug",
            message_id="<p1@example.com>",
            stamp="dmarc=pass header.from=example.com",
        )
    )
    await shop.decided(2)
    told = shop.why("m2")
    assert told["order"] == NUMBER
    assert "disclose.on_file" in codes(told)


async def test_a_sale_that_nobody_vouches_for_brings_no_order(shop: Shop) -> None:
    shop.give(sold(stamp="dmarc=fail header.from=etsy.com"))
    await shop.decided(1)
    shop.give(asked())
    await shop.staged()
    assert shop.why("m2")["order"] is None


async def test_what_was_pasted_before_the_sale_was_known_counts_when_he_writes_from_home(
    pymap: Pymap, tmp_path: Path
) -> None:
    more = '\n[limits]\nanswers = ["1 per 24 hours"]\n'
    async with pymap_shop(pymap, tmp_path, mode="auto", more=more) as shop:
        shop.give(asked())
        [path] = await shop.staged()
        shop.move(path, "approved")
        await look(shop)
        await shop.until(lambda: shop.reply_states() == [ReplyState.SENT], "it counts as pasted")
        shop.give(sold())
        await shop.decided(2)
        words = f"Hello, where is my Etsy order #{NUMBER}? It has not arrived yet."
        home = {"sender": "iris.moran@example.com", "message_id": "<p1@example.com>"}
        shop.give(mail(words, stamp="dmarc=pass header.from=example.com", **home))
        await shop.decided(3)
        assert "limit.answers_full" in codes(shop.why("m3"))
