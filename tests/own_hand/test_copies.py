"""Copies of the seller's own replies that come into his inbox: he wrote, so it counts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from attacks.shop_in_steps import Steps, steps
from shop import mail
from story_kit import address_of, asks, number_of
from tactd.adapters.store.schema import ledger
from tactd.core.types import FolderRole

STAMP = "dmarc=pass header.from=ebay.com"
TEXT = "You wrote to your buyer about order {order}:\n\nYour parcel left on Monday.\n"


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Steps]:
    with steps(tmp_path) as made:
        yield made


def copy_of_ebay(text: str = TEXT, *, buyer: int = 1, stamp: str = STAMP) -> bytes:
    return mail(
        text.format(order=number_of(buyer)),
        sender="ebay@ebay.com",
        name="eBay",
        subject="Copy of your message about Folding camping lantern",
        message_id="<copy-1@ebay.com>",
        stamp=stamp,
    )


def from_himself(to: str, *, message_id: str = "<by-hand@example.org>") -> bytes:
    return mail(
        "Hello, it left on Monday.", sender="shop@example.org", to=to, message_id=message_id
    )


def contacts(shop: Steps) -> list[tuple[str, str, str | None]]:
    """(kind, address, order)"""
    with shop.parts.store.read() as conn:
        return [
            (row.kind, row.endpoint.partition(":")[2], row.order_key)
            for row in conn.execute(select(ledger).order_by(ledger.c.id))
        ]


def test_what_the_seller_writes_on_ebays_site_counts_for_that_buyer(shop: Steps) -> None:
    for _ in range(2):
        shop.stage(copy_of_ebay())
    assert contacts(shop) == [("hand", address_of(1), f"ebay:{number_of(1)}")]


@pytest.mark.parametrize(
    ("text", "stamp"),
    [
        (TEXT, ""),
        (TEXT, "dmarc=fail header.from=ebay.com"),
        ("Your parcel left on Monday.", STAMP),
        (TEXT + "It was with {order} or 12-34567-00002.", STAMP),
    ],
    ids=["nobody vouches", "forged", "names no order", "names two orders"],
)
def test_a_copy_that_does_not_surely_tell_the_buyer_counts_for_nobody(
    shop: Steps, text: str, stamp: str
) -> None:
    shop.stage(copy_of_ebay(text, stamp=stamp))
    assert contacts(shop) == []


def test_the_copy_of_a_reply_that_tactd_sent_is_not_counted_again(shop: Steps) -> None:
    (path,) = shop.stage(asks(1))
    shop.approve(path)
    assert shop.send() == 1
    (reply,) = shop.replies()
    quoted = "".join(f"  {line}\n" for line in reply.reply.body.splitlines())
    shop.stage(copy_of_ebay("You wrote about order {order}:\n\n" + quoted))
    assert [kind for kind, _, _ in contacts(shop)] == ["answer"]


def test_a_blind_copy_to_himself_counts_once_with_the_mail_in_sent(shop: Steps) -> None:
    raw = from_himself(f"{address_of(1)}, shop@example.org")
    shop.stage(raw)
    assert contacts(shop) == [("hand", address_of(1), None)]
    shop.give(raw, role=FolderRole.SENT)
    shop.handle()
    assert [one for one in contacts(shop) if one[1] == address_of(1)] == contacts(shop)[:1]


def test_a_note_to_himself_is_no_contact(shop: Steps) -> None:
    shop.stage(from_himself("shop@example.org"))
    assert contacts(shop) == []
