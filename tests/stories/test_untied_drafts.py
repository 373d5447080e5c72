"""The seller says that two are not one person: what was drafted for them as one is not sent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from attacks.shop_in_steps import Steps, steps
from clock_shop import clock_shop
from story_kit import (
    VOUCHED,
    address_of,
    asks,
    edit,
    no_fact_of,
    notes,
    order_of,
    sheet,
    text_of,
    tracking_of,
)
from tactd.core.types import ReplyState
from tactd.screens import buyers

ADA, BOB = address_of(1), "ada@example.net"
BOBS = order_of(2, Buyer_Username="user_1", Buyer_Email=BOB)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Steps]:
    """Ada and Bob have one username, perhaps."""
    with steps(tmp_path, order_of(1), BOBS) as made:
        yield made


def untie(shop: Steps, other: str) -> None:
    buyers.untie(shop.parts.store, ADA, other, shop.prepared.now())


def look_again(shop: Steps) -> None:
    shop.parts.desk.check_buyers()
    shop.handle()


def test_a_staged_file_is_drawn_anew_without_the_facts(shop: Steps) -> None:
    (path,) = shop.stage(asks(1, stamp=VOUCHED))
    assert tracking_of(1) in sheet(path).body
    untie(shop, "user_1")
    look_again(shop)
    (anew,) = shop.files("staged")
    assert no_fact_of(sheet(anew).body, 1) == []
    (old,) = shop.files("withdrawn")
    assert "who is one person" in notes(old)


def test_an_approval_that_is_quicker_sends_nothing_of_it(shop: Steps) -> None:
    (path,) = shop.stage(asks(1, stamp=VOUCHED))
    untie(shop, "user_1")
    shop.approve(path)
    assert shop.send() == 0
    assert shop.states() == [ReplyState.WITHDRAWN, ReplyState.STAGED]
    (anew,) = shop.files("staged")
    assert no_fact_of(sheet(anew).body, 1) == []


def test_what_waits_approved_is_put_before_the_seller_again(shop: Steps) -> None:
    (path,) = shop.stage(asks(1, stamp=VOUCHED))
    shop.approve(path)
    assert shop.states() == [ReplyState.READY]
    untie(shop, "user_1")
    assert (shop.send(), shop.states()) == (0, [ReplyState.STAGED])
    look_again(shop)
    (anew,) = shop.files("staged")
    assert no_fact_of(sheet(anew).body, 1) == []


def test_what_the_seller_has_edited_is_shown_to_him_once_more(shop: Steps) -> None:
    (path,) = shop.stage(asks(1, stamp=VOUCHED))
    edit(path, "Kind regards,", "It is on its way.\n\nKind regards,")
    untie(shop, "user_1")
    look_again(shop)
    assert shop.files("staged") == [path], "his words stay"
    shop.approve(path)
    (held,) = shop.files("trouble")
    assert "user@ebay:user_1" in notes(held)
    assert (shop.send(), shop.states()) == (0, [ReplyState.STAGED])
    shop.approve(held)
    assert shop.send() == 1
    assert "It is on its way." in text_of(shop.wires[0])


def test_mails_of_both_are_answered_apart(shop: Steps) -> None:
    """The answer to the newer mail was to answer the elder one too."""
    shop.book(order_of(5, Buyer_Username="user_1", Buyer_Email=BOB), name="more.csv")
    shop.stage(asks(2, "Where is it?", sender=BOB, stamp=VOUCHED, subject="Hello"))
    (only,) = shop.stage(asks(1, stamp=VOUCHED))
    assert sheet(only).to == ADA
    untie(shop, BOB)
    look_again(shop)
    assert {sheet(path).to for path in shop.files("staged")} == {ADA, BOB}


def test_after_the_untie_is_taken_back_the_facts_are_told_again(shop: Steps) -> None:
    untie(shop, "user_1")
    (path,) = shop.stage(asks(1, stamp=VOUCHED))
    assert no_fact_of(sheet(path).body, 1) == []
    buyers.tie(shop.parts.store, ADA, "user_1", shop.prepared.now())
    look_again(shop)
    (anew,) = shop.files("staged")
    assert tracking_of(1) in sheet(anew).body


def test_who_has_nothing_to_do_with_it_keeps_his_draft(shop: Steps) -> None:
    shop.book(order_of(3), name="more.csv")
    shop.stage(asks(3, stamp=VOUCHED))
    before = shop.files("staged")
    untie(shop, "user_1")
    look_again(shop)
    assert shop.files("staged") == before


async def test_the_daemon_hears_of_it_from_the_command(tmp_path: Path) -> None:
    async with clock_shop(tmp_path, mode="stage") as shop:
        shop.book()
        await shop.asks()
        (path,) = shop.files("staged")
        assert "Folding camping lantern" in sheet(path).body
        buyers.untie(shop.service.parts.store, ADA, "user_1", shop.now)
        await shop.service.rounds.import_exports()
        await shop.beat()
        (anew,) = shop.files("staged")
        assert "Folding camping lantern" not in sheet(anew).body
