"""kill -9 at every point of a send: never a second mail, and the seller is told what is not known
(promise 2)."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from daemon_process import running_daemon
from faults.prepared_shop import ENV, Prepared, asked, prepare
from servers.imap_faults import FaultyImap
from servers.smtp_faults import Act, Fault, FaultySmtp, Late, faulty_smtp
from tactd.core.types import ReplyState


def shop_at(root: Path, imap: FaultyImap, smtp: FaultySmtp) -> Prepared:
    return prepare(root, imap=imap.port, smtp=smtp.port, mails=[asked()])


async def settle(shop: Prepared) -> None:
    """The daemon starts again and looks into Sent until it gives up looking."""
    async with shop.running() as service:
        await shop.until(lambda: service.parts.mailboxes["shop"].health.caught_up, "caught up")
        for minutes in (3, 10, 30):
            await shop.later(service, minutes)


def never_held_by_the_server() -> Fault:
    return Late("250 2.0.0 queued", asyncio.Event())


@pytest.mark.parametrize(
    ("point", "accepted"), [("RCPT", 0), ("BODY", 0), ("DOT", 1)], ids=["rcpt", "data", "dot"]
)
async def test_a_mail_cut_off_in_the_conversation_is_never_sent_again(
    point: str, accepted: int, tmp_path: Path, faulty_imap: FaultyImap
) -> None:
    fault = never_held_by_the_server() if accepted else Act.HANG
    async with faulty_smtp({point: fault}) as smtp:
        shop = shop_at(tmp_path, faulty_imap, smtp)
        async with running_daemon(tmp_path, **ENV) as daemon:
            shop.approve()
            await asyncio.wait_for(smtp.reached[point].wait(), 15)
            daemon.kill()
        assert shop.states() == [ReplyState.SENDING]
        smtp.faults.clear()
        await settle(shop)
        assert len(smtp.accepted) == accepted
        assert smtp.sessions == 1
        assert shop.states() == [ReplyState.UNCLEAR]
        assert shop.contacts() == ["unclear"]
        (path,) = shop.files("trouble")
        assert path.read_text().startswith("# ")
        assert shop.all_files() == {"trouble": [path.name]}
        assert "reply_unclear" in shop.troubles()


async def test_a_mail_of_unclear_fate_that_lies_in_sent_was_sent(
    tmp_path: Path, faulty_imap: FaultyImap
) -> None:
    async with faulty_smtp({"DOT": never_held_by_the_server()}) as smtp:
        shop = shop_at(tmp_path, faulty_imap, smtp)
        async with running_daemon(tmp_path, **ENV) as daemon:
            shop.approve()
            await asyncio.wait_for(smtp.reached["DOT"].wait(), 15)
            daemon.kill()
        faulty_imap.add(shop.stored()[0].wire or b"", "Sent")  # the provider laid a copy there
        smtp.faults.clear()
        await settle(shop)
        assert shop.states() == [ReplyState.SENT]
        assert shop.contacts() == ["sent"]
        assert list(shop.all_files()) == ["sent"]
        assert len(smtp.accepted) == 1
        assert len(faulty_imap.boxes["Sent"].mails) == 1, "no second copy in Sent"
        assert "reply_unclear" not in shop.troubles()


async def test_a_reply_approved_but_not_claimed_goes_out_once_after_a_crash(
    tmp_path: Path, faulty_imap: FaultyImap
) -> None:
    async with faulty_smtp({}) as smtp:
        shop = shop_at(tmp_path, faulty_imap, smtp)
        shop.approve()
        with shop.parts() as parts:
            parts.desk.look()
        assert shop.states() == [ReplyState.READY]
        await settle(shop)
        assert shop.states() == [ReplyState.SENT]
        assert len(smtp.accepted) == 1


async def test_a_claim_without_a_connection_is_never_sent_again(
    tmp_path: Path, faulty_imap: FaultyImap
) -> None:
    async with faulty_smtp({}) as smtp:
        shop = shop_at(tmp_path, faulty_imap, smtp)
        shop.approve()
        with shop.parts() as parts:
            parts.desk.look()
            (due,) = parts.dispatch._due("shop")
            assert parts.dispatch._claim(due) is not None
        await settle(shop)
        assert shop.states() == [ReplyState.UNCLEAR]
        assert smtp.sessions == 0


async def test_a_mail_accepted_but_not_recorded_is_never_sent_again(
    tmp_path: Path, faulty_imap: FaultyImap
) -> None:
    async with faulty_smtp({}) as smtp:
        shop = shop_at(tmp_path, faulty_imap, smtp)
        shop.approve()
        with shop.parts() as parts:
            parts.desk.look()
            claimed = parts.dispatch._claim(parts.dispatch._due("shop")[0])
            outbox = parts.outboxes["shop"]
            await outbox.send(claimed.sender, claimed.recipient, claimed.wire)
            await outbox.close()
        await settle(shop)
        assert shop.states() == [ReplyState.UNCLEAR]
        assert len(smtp.accepted) == 1


async def test_an_unclear_reply_that_is_approved_again_stays_where_it_is(
    tmp_path: Path, faulty_imap: FaultyImap
) -> None:
    async with faulty_smtp({}) as smtp:
        shop = shop_at(tmp_path, faulty_imap, smtp)
        shop.approve()
        with shop.parts() as parts:
            parts.desk.look()
            assert parts.dispatch._claim(parts.dispatch._due("shop")[0]) is not None
        await settle(shop)
        shop.approve(shop.files("trouble")[0])
        await settle(shop)
        assert shop.states() == [ReplyState.UNCLEAR]
        assert list(shop.all_files()) == ["trouble"]
        assert smtp.sessions == 0
