"""Mail that came back: an address that bounces gets nothing more by itself, whoever forges a
bounce gets nothing done, and a provider that says "too much" stops the account, not the buyer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest

from bounce_samples import postfix, qmail
from servers.pymap_server import Pymap
from shop import Shop
from story_kit import address_of, asks, book, codes, ledger, notes, order_of, pymap_shop
from tactd.adapters.store import journal, people
from tactd.core.types import ReplyState
from tactd.errors import TactdError
from tactd.flow.send import paused_until
from tactd.screens import switch

AUTO = 'settle = "0 seconds"\n[limits]\nanswers = "off"\n'
HIS = f"mail:{address_of(1)}"


@pytest.fixture
async def shop(pymap: Pymap, tmp_path: Path) -> AsyncIterator[Shop]:
    async with pymap_shop(pymap, tmp_path, mode="stage", more=AUTO) as opened:
        await book(opened, order_of(1), order_of(2))
        yield opened


async def answered(shop: Shop, buyer: int = 1) -> Any:
    """The first answer has been approved, and has gone out; its letter."""
    shop.give(asks(buyer))
    (path,) = await shop.staged()
    shop.move(path, "approved")
    sent = (await shop.sent())[-1]
    await shop.until(lambda: shop.reply_states()[-1] is ReplyState.SENT, "it is recorded")
    return message_from_bytes(sent.raw)


def bad(shop: Shop) -> str:
    with shop.service.parts.store.read() as conn:
        return people.suppressed_among(conn, [HIS])


def troubles(shop: Shop) -> dict[str, str]:
    with shop.service.parts.store.read() as conn:
        return {row.what: row.about for row in journal.open_troubles(conn)}


async def came_back(shop: Shop, bounce: bytes) -> None:
    before = len(shop.latest())
    shop.give(bounce)
    await shop.decided(before + 1)
    assert newest(shop)["kind"] == "delivery_failure"


def newest(shop: Shop) -> dict[str, Any]:
    return shop.why(f"m{shop.latest()[0]['mail']}")


async def test_after_a_bounce_the_next_draft_carries_a_warning_and_goes_when_approved(
    shop: Shop,
) -> None:
    letter = await answered(shop)
    await came_back(shop, postfix(address_of(1), letter["Message-ID"]))
    assert "5.1.1" in bad(shop)
    assert troubles(shop)["address_bounces"] == address_of(1)
    assert "5.1.1" in shop.why("1")["note"]
    assert len(ledger(shop, HIS)) == 1, "the mail that came back was a contact"

    shop.give(asks(1, "Where is my parcel? It has still not arrived.", number=2, stamp=""))
    (path,) = await shop.staged()
    assert "permit.bounces" in codes(newest(shop))
    assert "come back as undeliverable" in notes(path)
    shop.move(path, "approved")
    await shop.sent(2)


async def test_who_certainly_writes_from_that_address_again_has_it_lifted(shop: Shop) -> None:
    letter = await answered(shop)
    await came_back(shop, qmail(address_of(1), letter["Message-ID"]))
    with shop.service.parts.store.write() as conn:  # servers tell times by the second
        people.suppress(conn, HIS, bad(shop), 1, shop.service.parts.clock() - timedelta(minutes=1))
    shop.give(asks(1, "Where is my parcel? It has still not arrived.", number=2))
    await shop.staged()
    told = codes(newest(shop))
    assert "permit.alive" in told
    assert "permit.bounces" not in told
    assert bad(shop) == ""
    assert "address_bounces" not in troubles(shop)


async def test_forged_bounces_are_filed_and_do_nothing(shop: Shop) -> None:
    own = (await answered(shop))["Message-ID"]
    await came_back(shop, postfix(address_of(1), "<unknown@example.org>", "unknown"))
    await came_back(shop, postfix(address_of(2), own))
    await came_back(shop, postfix(address_of(1), "<b1-1@example.com>"))  # his own mail
    assert (bad(shop), troubles(shop)) == ("", {})
    assert shop.why("1")["note"] == ""


async def test_a_quota_bounce_pauses_the_account_and_not_the_buyer(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The shop's own provider is Gmail here, though its servers are this test's."""
    rules = shop.service.parts.pipeline.rules
    boxes = tuple(replace(one, provider="gmail") for one in rules.policy.mailboxes)
    policy = replace(rules.policy, mailboxes=boxes)
    monkeypatch.setattr(shop.service.parts.pipeline, "rules", replace(rules, policy=policy))
    letter = await answered(shop)
    said = "550 5.4.5 Daily user sending limit exceeded"
    await came_back(
        shop, postfix(address_of(1), letter["Message-ID"], status="5.4.5", said=said, remote="")
    )
    now = shop.service.parts.clock()
    with shop.service.parts.store.read() as conn:
        until = paused_until(conn, "shop", now)
    assert until is not None
    assert until > now + timedelta(hours=23)
    assert bad(shop) == ""
    assert set(troubles(shop)) == {"account_paused", "reply_returned"}


async def test_in_mode_auto_nothing_more_goes_there_by_itself(pymap: Pymap, tmp_path: Path) -> None:
    async with pymap_shop(pymap, tmp_path, mode="auto", more=AUTO) as shop:
        await book(shop, order_of(1))
        shop.give(asks(1))
        letter = message_from_bytes((await shop.sent())[0].raw)
        await shop.until(lambda: shop.reply_states() == [ReplyState.SENT], "it is recorded")
        await came_back(shop, postfix(address_of(1), letter["Message-ID"]))
        shop.give(asks(1, "Where is it?", number=2, stamp=""))
        await shop.staged()
        assert len(shop.smtp.mails) == 1


async def test_the_seller_lifts_what_he_knows_to_be_good(shop: Shop) -> None:
    letter = await answered(shop)
    await came_back(shop, postfix(address_of(1), letter["Message-ID"]))
    parts = shop.service.parts
    done = switch.resume_with(parts.store, address_of(1), parts.clock())
    assert done == {"resumed": [address_of(1)]}
    assert (bad(shop), troubles(shop)) == ("", {})
    with pytest.raises(TactdError, match="nothing is stopped"):
        switch.resume_with(parts.store, address_of(1), parts.clock())
