"""Mode `auto`: what is sure goes out by itself, once, and everything else waits for the seller."""

from __future__ import annotations

import asyncio
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest

from servers.dovecot import Dovecot
from servers.pymap_server import Pymap
from shop import RELAY, Shop, ebay_mail, jane
from story_kit import address_of, asks, book, dovecot_shop, order_of, pymap_shop
from tactd.core.types import ReplyState

WHERE = "Hello, where is my parcel? It has not arrived yet."
AT_ONCE = 'settle = "0 seconds"\n'
REFUND = "It has not arrived. I would like my money back please."


@pytest.fixture
async def shop(pymap: Pymap, tmp_path: Path) -> Any:
    async with pymap_shop(pymap, tmp_path, mode="auto", more=AT_ONCE) as opened:
        await opened.import_orders(jane())
        yield opened


def codes_of(told: dict[str, Any]) -> set[str]:
    return {entry["code"] for entry in told["trail"]}


async def never(shop: Shop, count: int = 0, seconds: float = 2.5) -> None:
    """Longer than the daemon's own clock beats: no more than so many mails have gone out."""
    for _ in range(int(seconds / 0.1)):
        assert len(shop.smtp.mails) <= count
        await asyncio.sleep(0.1)


async def test_a_sure_answer_goes_out_by_itself_and_says_so(shop: Shop) -> None:
    shop.give(ebay_mail(WHERE))
    [sent] = await shop.sent()
    letter = message_from_bytes(sent.raw)
    assert sent.recipients == (RELAY,)
    assert letter["Auto-Submitted"] == "auto-replied"
    assert letter["X-Auto-Response-Suppress"] == "All"
    assert letter["In-Reply-To"] == "<m1@ebay.com>"
    await shop.until(lambda: shop.files("sent"), "a copy for the seller in sent/")
    assert shop.files("staged") == []
    [told] = shop.latest()
    assert told["decision"] == "send"
    await never(shop, 1)


async def test_what_only_a_person_decides_is_staged_with_its_reason(shop: Shop) -> None:
    shop.give(ebay_mail(REFUND))
    [path] = await shop.staged()
    told = shop.why("m1")
    assert told["decision"] == "stage"
    assert "permit.person_decides" in codes_of(told)
    assert shop.smtp.mails == []
    assert path.read_text(encoding="utf-8")


async def test_who_asks_the_same_again_gets_a_person(shop: Shop) -> None:
    shop.give(ebay_mail(WHERE))
    await shop.sent()
    await shop.until(lambda: shop.reply_states() == [ReplyState.SENT], "it is recorded")
    shop.give(
        ebay_mail("Where is my parcel? It still has not arrived.", message_id="<m2@ebay.com>")
    )
    await shop.staged()
    assert {"limit.repeated", "limit.answers_full"} <= codes_of(shop.why("m2"))
    assert len(shop.smtp.mails) == 1


async def test_two_mails_of_one_buyer_get_one_answer(pymap: Pymap, tmp_path: Path) -> None:
    more = 'settle = "2 seconds"\n'
    async with pymap_shop(pymap, tmp_path, mode="auto", more=more) as shop:
        await shop.import_orders(jane())
        shop.give(ebay_mail(WHERE))
        await shop.decided(1)
        shop.give(ebay_mail("Where is my parcel? Not here yet.", message_id="<m2@ebay.com>"))
        [sent] = await shop.sent()
        assert message_from_bytes(sent.raw)["In-Reply-To"] == "<m2@ebay.com>"
        states = [ReplyState.WITHDRAWN, ReplyState.SENT]
        await shop.until(lambda: shop.reply_states() == states, "the elder one is answered with it")


async def test_in_mode_stage_the_same_mail_is_staged(pymap: Pymap, tmp_path: Path) -> None:
    async with pymap_shop(pymap, tmp_path, mode="stage", more=AT_ONCE) as shop:
        await shop.import_orders(jane())
        shop.give(ebay_mail(WHERE))
        await shop.staged()
        told = shop.why("m1")
        assert (told["decision"], told["would"]) == ("stage", "send")


async def test_a_paused_shop_sends_nothing_until_it_is_resumed(shop: Shop) -> None:
    from tactd.screens import switch

    store, clock = shop.service.parts.store, shop.service.parts.clock
    switch.pause(store, clock())
    shop.give(ebay_mail(WHERE))
    await shop.decided(1)
    await never(shop)
    switch.resume(store)
    await shop.sent()


async def test_a_stop_gets_one_confirmation_and_then_nothing_by_itself(
    pymap: Pymap, tmp_path: Path
) -> None:
    more = AT_ONCE + '[limits]\nanswers = "off"\n'
    auto = ("in_transit", "opt_out")
    async with pymap_shop(pymap, tmp_path, mode="auto", auto=auto, more=more) as shop:
        await shop.import_orders(jane())
        shop.give(ebay_mail("Please stop writing to me."))
        await shop.sent()
        shop.give(ebay_mail(WHERE, message_id="<m2@ebay.com>"))
        await shop.decided(2)
        assert "permit.stop" in codes_of(shop.why("m2"))
        shop.give(ebay_mail("Please stop writing to me.", message_id="<m3@ebay.com>"))
        await shop.decided(3)
        await never(shop, 1)


async def test_on_a_real_dovecot_what_is_sure_goes_and_all_else_waits_with_its_reason(
    dovecot: Dovecot, tmp_path: Path
) -> None:
    unsure = "Hello, which colours does it come in, and could you do it for ten dollars?"
    async with dovecot_shop(dovecot, tmp_path, mode="auto", more=AT_ONCE) as shop:
        await book(shop, *(order_of(buyer) for buyer in range(1, 6)))
        await shop.until(lambda: shop.status()["in_effect"] == "auto", "Sent has been read")
        shop.give(asks(1, WHERE))
        shop.give(asks(2, "Great seller, fast delivery, five stars!"))
        shop.give(asks(3, REFUND))
        shop.give(asks(4, unsure))
        shop.give(asks(5, WHERE, stamp="dmarc=fail header.from=example.com"))
        shop.give(asks(1, WHERE, number=2, Auto_Submitted="auto-replied"))
        sent = await shop.sent(2)
        await shop.staged(3)
        assert {one.recipients[0] for one in sent} == {address_of(1), address_of(2)}
        deciding = {
            "m3": "permit.person_decides",
            "m4": "classify.unsure",
            "m5": "disclose.forged",
            "m6": "screen.auto_submitted",
        }
        for mail, code in deciding.items():
            assert code in codes_of(shop.why(mail)), code
        await never(shop, 2)
