"""What the seller wrote before tactd came counts before anything goes out by itself."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from imapclient import IMAPClient
from sqlalchemy import func, select

import shop as shop_kit
from daemon_process import DaemonProcess
from faults.prepared_shop import ENV, prepare
from servers.dovecot import Dovecot
from servers.pymap_server import Pymap
from servers.sent_box import ByHand, lay, over_days
from shop import RELAY, Shop, ebay_mail, jane, open_shop
from story_kit import codes, dovecot_shop, pymap_shop
from tactd.adapters.store import Store, open_store, readback
from tactd.adapters.store.schema import ledger

WHERE = "Hello, where is my parcel? It has not arrived yet."
AT_ONCE = 'settle = "0 seconds"\n'


def by_hand(store: Store) -> dict[str, int]:
    """How many rows of the ledger each address has."""
    with store.read() as conn:
        rows = conn.execute(
            select(ledger.c.endpoint, func.count())
            .where(ledger.c.kind == "hand")
            .group_by(ledger.c.endpoint)
        )
        return {row[0].partition(":")[2]: row[1] for row in rows}


async def all_read(shop: Shop) -> None:
    boxes = shop.service.parts.mailboxes.values()
    await shop.until(lambda: all(box.health.sent_read for box in boxes), "Sent is read")


def append(server: Any, user: str, mails: list[ByHand]) -> None:
    port = getattr(server, "imap", None) or server.port
    with IMAPClient(server.host, port, ssl=False, timeout=20) as client:
        client.login(user, server.password)
        for one in mails:
            client.append("Sent", one.raw, (b"\\Seen",), one.at)


@asynccontextmanager
async def auto_shop(
    pymap: Pymap, root: Path, *mails: ByHand, more: str = AT_ONCE
) -> AsyncIterator[Shop]:
    """A shop in mode auto with Jane's order, before whose first start these were sent."""
    pymap.create("Sent")
    append(pymap, pymap.user, list(mails))
    async with pymap_shop(pymap, root, mode="auto", more=more) as shop:
        await shop.import_orders(jane())
        yield shop


# ------------------------------------------------------------------ what stands in the ledger


@pytest.mark.dovecot
async def test_of_ninety_days_sixty_stand_in_the_ledger_on_dovecot(
    dovecot: Dovecot, tmp_path: Path
) -> None:
    user = dovecot.fresh_user()
    mails = over_days(300, 90)
    lay(dovecot, user, mails)
    async with dovecot_shop(dovecot, tmp_path, user) as shop:
        await all_read(shop)
        expected = {one.address: 1 for one in mails if one.days < 60}
        assert 150 < len(expected) < 250
        assert by_hand(shop.service.parts.store) == expected


# ------------------------------------------------------------------ what it does to sending


async def test_the_sellers_own_hand_fills_the_limit(pymap: Pymap, tmp_path: Path) -> None:
    """One day old, it was fetched whole as well; five days old, only its header was."""
    mails = [ByHand(1, 70, to=RELAY), ByHand(2, 5, to=RELAY), ByHand(3, 1, to=RELAY)]
    more = AT_ONCE + '[limits]\nanswers = ["2 per 7 days"]\n'
    async with auto_shop(pymap, tmp_path, *mails, more=more) as shop:
        shop.give(ebay_mail(WHERE))
        await shop.staged()
        told = shop.why(f"m{shop.latest()[0]['mail']}")
        assert "limit.answers_full" in codes(told)
        assert "permit.sent_not_read" not in codes(told)
        assert shop.smtp.mails == []
        assert by_hand(shop.service.parts.store) == {RELAY: 2}


async def test_without_a_sent_folder_everything_is_staged_and_the_seller_is_told(
    pymap: Pymap, tmp_path: Path
) -> None:
    async with open_shop(
        tmp_path, pymap, user=pymap.user, give=pymap.append, mode="auto", more=AT_ONCE
    ) as shop:
        await shop.import_orders(jane())
        shop.give(ebay_mail(WHERE))
        await shop.staged()
        told = shop.why("m1")
        assert "permit.sent_not_read" in codes(told)
        assert (told["decision"], told["would"]) == ("stage", "send")
        await shop.until(lambda: '"none"' in str(shop.status()["mailboxes"]), "it says so")


async def test_where_there_is_none_by_configuration_answers_go_out(
    pymap: Pymap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        shop_kit,
        "CONFIG",
        shop_kit.CONFIG.replace("authserv_id", 'folders = {{ sent = "none" }}\nauthserv_id', 1),
    )
    async with open_shop(
        tmp_path, pymap, user=pymap.user, give=pymap.append, mode="auto", more=AT_ONCE
    ) as shop:
        await shop.import_orders(jane())
        shop.give(ebay_mail(WHERE))
        await shop.sent()
        dispatch = shop.service.parts.dispatch
        await shop.until(lambda: not dispatch._uncopied("shop"), "no copy is wanted")


# ------------------------------------------------------------------ large ones


@pytest.mark.dovecot
async def test_reading_that_was_killed_goes_on_and_counts_everything_once(
    dovecot: Dovecot, tmp_path: Path
) -> None:
    user = dovecot.fresh_user()
    mails = over_days(4000, 50)
    lay(dovecot, user, mails)
    shop = prepare(tmp_path, imap=dovecot.imap, smtp=9, user=user)
    store = open_store(shop.config.store.url)

    def read() -> int:
        with store.read() as conn:
            far = readback.sent_read(conn, "shop")
        return far.read if far else 0

    daemon = DaemonProcess(tmp_path, ENV)
    try:
        for moment in (1, 1500):
            await daemon.start()
            await daemon.until(lambda moment=moment: read() >= moment, "it reads")
            daemon.kill()
        cut_off = read()
        assert 1500 <= cut_off < 4000
        await daemon.start(until="event=sent_read ")
        assert await daemon.stop() == 0
    finally:
        if daemon.alive:
            daemon.kill()
    assert read() == 4000
    assert by_hand(store) == {one.address: 1 for one in mails}
    assert daemon.log.count("event=sent_reading") == 1, "it was begun once and then went on"
    store.close()


@pytest.mark.dovecot
async def test_a_sent_folder_of_twenty_thousand_does_not_keep_new_mail_waiting(
    dovecot: Dovecot, tmp_path: Path
) -> None:
    user = dovecot.fresh_user()
    lay(dovecot, user, over_days(20_000, 50))
    async with dovecot_shop(dovecot, tmp_path, user, mode="auto", more=AT_ONCE) as shop:
        (box,) = shop.service.parts.mailboxes.values()
        await shop.import_orders(jane())
        shop.give(ebay_mail(WHERE))
        await shop.staged()
        read, total = box.health.sent_backlog
        assert not box.health.sent_read, "the draft was there before Sent was read"
        assert 0 < read < total == 20_000
        told = shop.why("m1")
        assert "permit.sent_not_read" in codes(told)
        assert shop.smtp.mails == []
