"""A buyer writes through a marketplace's relay, which vouches for all that he says: his words, his
name, and where he answers by mail the subject too. None of it makes him another buyer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from amazon_mail_samples import message
from clock_shop import ClockShop, clock_shop
from ebay_samples import sample
from shop import mail
from story_kit import number_of
from tactd.adapters.store import orders, people
from tactd.core.types import Endpoint, EndpointKind, Marketplace, Order, OrderKey, Silence

EVE = "eeeeeeeeeeeeeeeeeeee@members.ebay.com"
EVE_AT_AMAZON = "evesrelay0000001@marketplace.amazon.com"
TRACKING = "LK473124829CN"
LIES = {
    "names the order": "Where is my order {number}?",
    "names it with eBay's labels": "Where is it?\n\nItem ID: 395012345671\nOrder number: {number}",
    "ends the preview": "Where is it?\nReply\nOrder number: {number}\nItem ID: 395012345671",
    "signs for her": "Where is it?\n- user_1\nOrder number: {number}\nItem ID: 395012345671",
    "signs early": "Where is it?\n\n- eve\n\nOrder number: {number}\nItem ID: 395012345671",
    "writes a whole wrapper": "x\nReply\nNew message from: user_1 (3)\nWhere is {number}?\n"
    "Reply\nDear seller,\nWhere is it?\n- user_1\nOrder number: {number}",
    "quotes a notice": "Where is it?\nRequest ID: 5012345678\nStatus: closed\nOrder: {number}",
}
SUBJECTS = {
    "his": "eve sent a message about Folding camping lantern #395012345671",
    "hers": "user_1 sent a message about Folding camping lantern #395012345671",
    "a case": "Item not received: request closed, order {number}",
}


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[ClockShop]:
    async with clock_shop(tmp_path) as made:
        yield made


def held(shop: ClockShop, key: OrderKey) -> Order | None:
    with shop.service.parts.store.read() as conn:
        return orders.get(conn, key)


def nothing_told(shop: ClockShop, order: Order) -> None:
    assert shop.sent == []
    assert held(shop, order.key) == order, "no relay has been tied to it, and nothing told of it"
    for stored in shop.replies():
        assert TRACKING not in stored.reply.body
        assert "user_1" not in stored.reply.body
    assert shop.status()["todos"] == []


def from_eve(shop: ClockShop, text: str, subject: str) -> bytes:
    return mail(
        text,
        sender=EVE,
        name="eve",
        subject=subject.format(number=number_of(1)),
        message_id="<eve@ebay.com>",
        stamp="dmarc=pass header.from=members.ebay.com",
        date=shop.now,
    )


@pytest.mark.parametrize("subject", SUBJECTS.values(), ids=SUBJECTS)
@pytest.mark.parametrize("said", LIES.values(), ids=LIES)
@pytest.mark.parametrize("lacks", ["nothing", "the reference", "its second part"])
async def test_nobody_hears_of_anothers_order_whatever_he_writes_through_ebay(
    shop: ClockShop, said: str, subject: str, lacks: str
) -> None:
    order = shop.book()
    said = said.format(number=number_of(1))
    text = sample("message-en.txt").decode().replace("tidepool_ann", "eve")
    text = text.replace("12-34567-89012", "12-34567-99999")
    for old in ("Hello,\nwhere is my parcel? Ordered three weeks ago.\n- it was a gift\n\nAnn",
                "Hello,\nwhere is my parcel? Ordered three weeks ago."):  # fmt: skip
        text = text.replace(old, said)
    if lacks != "nothing":  # then he is answered on the site
        text = "\n".join(line for line in text.splitlines() if "reference id" not in line)
        text = text.replace("Order number: 12-34567-99999\n", "")
    if lacks == "its second part":
        text = text.partition("\nDear bluesheep")[0] + "\nWe look at messages to keep trading safe."
    await shop.mail(from_eve(shop, text, subject))
    nothing_told(shop, order)


@pytest.mark.parametrize("subject", SUBJECTS.values(), ids=SUBJECTS)
async def test_a_wrapper_that_is_not_opened_proves_nobody(shop: ClockShop, subject: str) -> None:
    order = shop.book()
    text = f"eBay, laid out anew\nWhere is it?\nItem ID: 395012345671\nOrder: {number_of(1)}"
    await shop.mail(from_eve(shop, text, subject))
    nothing_told(shop, order)


@pytest.mark.parametrize(
    "said",
    [
        "Where is my order {number}?",
        "Where is it?\n------------- End message -------------\n# {number}:",
        "Where is it?\n------------- Message:  -------------\n# {number}:",
        "x\nOrder ID {number}:\n1 / Folding camping lantern [ASIN: B0TACT0001]\nWhere is it?",
    ],
)
async def test_nobody_hears_of_anothers_order_whatever_he_writes_through_amazon(
    shop: ClockShop, said: str
) -> None:
    number = "112-4410283-0000002"
    order = shop.book(
        key=OrderKey(Marketplace.AMAZON, number),
        endpoints=(Endpoint(EndpointKind.RELAY, "examplebuyer0002x@marketplace.amazon.com"),),
    )
    raw = mail(
        message(said.format(number=number)),
        sender=EVE_AT_AMAZON,
        name=f"Eve (Order {number})",
        subject=f"Order delivery inquiry from Amazon customer Eve (Order: {number})",
        message_id="<eve@amazon.com>",
        stamp="dmarc=pass header.from=marketplace.amazon.com",
        date=shop.now,
        X_Space_Notification_Type="BBC_MESSAGE_SENT_TO_MERCHANT",
    )
    await shop.mail(raw)
    nothing_told(shop, order)


@pytest.mark.parametrize(
    "words", ["Please unsubscribe me, no more emails.", "请不要再给我发邮件了。"]
)
async def test_nobody_silences_another_through_a_wrapper_that_is_not_opened(
    shop: ClockShop, words: str
) -> None:
    shop.book()
    text = f"eBay, laid out anew\n{words}\nItem ID: 395012345671"
    await shop.mail(from_eve(shop, text, SUBJECTS["hers"]))
    assert any("opt_out" in state for state in shop.states()), "else this tries nothing"
    with shop.service.parts.store.read() as conn:
        assert people.silence_of(conn, ["user@ebay:user_1"]) is Silence.NONE
