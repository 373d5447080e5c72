"""SMTP servers that refuse, stall or are gone: what may be tried again is tried again later, what
may not is shown to the seller with the server's words."""

from __future__ import annotations

import asyncio
import socket
import time
from datetime import timedelta
from pathlib import Path

import pytest

from faults.prepared_shop import Prepared, asked, prepare
from servers.imap_faults import FaultyImap
from servers.smtp_faults import Act, FaultySmtp, Late, faulty_smtp
from tactd.core.types import ReplyState
from tactd.flow import dispatch


def approved_at(root: Path, imap: FaultyImap, port: int) -> Prepared:
    shop = prepare(root, imap=imap.port, smtp=port, mails=[asked()])
    shop.approve()
    return shop


async def attempted(shop: Prepared, smtp: FaultySmtp, point: str) -> None:
    await asyncio.wait_for(smtp.reached[point].wait(), 10)
    await shop.until(lambda: ReplyState.SENDING not in shop.states(), "the attempt is over")


@pytest.mark.parametrize(
    ("point", "answer"),
    [
        ("CONNECT", "421 4.3.2 shutting down"),
        ("MAIL", "451 4.7.1 try again"),
        ("RCPT", "450 4.2.0 greylisted, come back in five minutes"),
        ("DOT", "451 4.3.0 no space here"),
        ("RCPT", "421 4.7.0 too many connections"),
    ],
)
async def test_what_the_server_puts_off_is_sent_later_and_once(
    point: str, answer: str, tmp_path: Path, faulty_imap: FaultyImap
) -> None:
    async with faulty_smtp({point: answer}) as smtp:
        shop = approved_at(tmp_path, faulty_imap, smtp.port)
        async with shop.running() as service:
            await attempted(shop, smtp, point)
            assert shop.states() == [ReplyState.READY]
            assert list(shop.all_files()) == ["approved"]
            (waiting,) = shop.status()["on_their_way"]
            assert answer[4:] in waiting["note"]
            sessions = smtp.sessions
            await shop.later(service, 1)
            assert smtp.sessions == sessions, "greylisting wants minutes of patience"
            smtp.faults.clear()
            await shop.later(service, 10)
            await shop.until(lambda: shop.files("sent"), "the file in sent/")
        assert len(smtp.accepted) == 1
        assert shop.contacts() == ["sent"]


async def test_a_refused_mail_shows_the_servers_words_and_goes_when_approved_again(
    tmp_path: Path, faulty_imap: FaultyImap
) -> None:
    async with faulty_smtp({"RCPT": "550 5.1.1 no such mailbox here"}) as smtp:
        shop = approved_at(tmp_path, faulty_imap, smtp.port)
        async with shop.running() as service:
            await shop.until(lambda: shop.files("trouble"), "the file in trouble/")
            (path,) = shop.files("trouble")
            await shop.until(lambda: "no such mailbox here" in path.read_text(), "the note in it")
            assert "no such mailbox here" in shop.problems()
            assert shop.contacts() == ["refused"]
            smtp.faults.clear()
            path.write_text(path.read_text().replace("Hello", "Good day").replace("Hi ", "Dear "))
            shop.approve(path)
            await service.look_at_desk()
            await shop.later(service, 0)
            await shop.until(lambda: shop.files("sent"), "the file in sent/")
        assert len(smtp.accepted) == 1
        assert shop.contacts() == ["sent"]
        assert "no such mailbox" not in shop.problems()


async def test_a_mail_approved_again_after_days_has_a_whole_day_of_tries_before_it(
    tmp_path: Path, faulty_imap: FaultyImap
) -> None:
    async with faulty_smtp({"RCPT": "550 5.1.1 no such mailbox here"}) as smtp:
        shop = approved_at(tmp_path, faulty_imap, smtp.port)
        async with shop.running() as service:
            await shop.until(lambda: shop.files("trouble"), "the file in trouble/")
            smtp.faults["RCPT"] = "450 4.2.0 mailbox busy"
            shop.ahead += timedelta(days=3)
            shop.approve(shop.files("trouble")[0])
            await service.look_at_desk()
            await shop.later(service, 0)
            assert shop.states() == [ReplyState.READY]


async def test_a_refused_account_pauses_the_mailbox_and_says_so(
    tmp_path: Path, faulty_imap: FaultyImap
) -> None:
    async with faulty_smtp({"AUTH": "535 5.7.8 wrong password"}) as smtp:
        shop = approved_at(tmp_path, faulty_imap, smtp.port)
        async with shop.running() as service:
            await attempted(shop, smtp, "AUTH")
            for _ in range(3):
                await shop.later(service, 10)
            assert smtp.sessions == 1, "a refused login is not tried again for an hour"
            assert list(shop.all_files()) == ["approved"]
            assert "wrong password" in shop.problems()
            smtp.faults.clear()
            await shop.later(service, 40)
            await shop.until(lambda: shop.files("sent"), "the file in sent/")
            assert "account_paused" not in shop.troubles()


async def test_a_trouble_that_comes_back_is_shown_again(
    tmp_path: Path, faulty_imap: FaultyImap
) -> None:
    refused = "535 5.7.8 wrong password"
    async with faulty_smtp({"AUTH": refused}) as smtp:
        shop = prepare(
            tmp_path, imap=faulty_imap.port, smtp=smtp.port, mails=[asked(), other_buyer()]
        )
        first, second = shop.files("staged")
        async with shop.running() as service:
            shop.approve(first)
            await service.look_at_desk()
            await shop.later(service, 0)
            smtp.faults.clear()
            await shop.later(service, 61)
            await shop.until(lambda: shop.files("sent"), "the file in sent/")
            smtp.faults["AUTH"] = refused
            await service.parts.outboxes["shop"].close()
            shop.approve(second)
            await service.look_at_desk()
            await shop.later(service, 0)
            assert "account_paused" in shop.troubles()


def other_buyer() -> bytes:
    from shop import mail

    return mail("Where is my order?", sender="lee@example.com", message_id="<q9@example.com>")


async def test_a_dead_server_costs_nothing_but_time(
    tmp_path: Path, faulty_imap: FaultyImap
) -> None:
    async with faulty_smtp({}) as smtp:
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))
            shop = approved_at(tmp_path, faulty_imap, closed.getsockname()[1])
            with shop.parts() as parts:
                parts.desk.look()
                await parts.dispatch.send_due()
        assert shop.states() == [ReplyState.READY]
        config = tmp_path / "config.toml"
        config.write_text(config.read_text().replace(f":{closed_port(shop)}", f":{smtp.port}"))
        shop.ahead += timedelta(minutes=10)
        async with shop.running():
            await shop.until(lambda: shop.files("sent"), "the file in sent/")
        assert len(smtp.accepted) == 1


def closed_port(shop: Prepared) -> int:
    return int(shop.config.mailboxes[0].smtp.port)


async def test_a_server_that_hangs_does_not_keep_the_seller_waiting(
    tmp_path: Path, faulty_imap: FaultyImap, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatch, "FINISH", 0.3)
    async with faulty_smtp({"MAIL": Act.HANG}) as smtp:
        shop = prepare(
            tmp_path, imap=faulty_imap.port, smtp=smtp.port, mails=[asked(), other_buyer()]
        )
        first, second = shop.files("staged")
        async with shop.running():
            shop.approve(first)
            await asyncio.wait_for(smtp.reached["MAIL"].wait(), 10)
            second.rename(tmp_path / "replies" / "rejected" / second.name)
            await shop.until(lambda: ReplyState.REJECTED in shop.states(), "the rejection is seen")
            faulty_imap.add(asked(7, "Please, I want a refund!"))
            await shop.until(lambda: len(shop.states()) == 3, "new mail is decided")


async def test_a_send_under_way_at_the_end_is_waited_for(
    tmp_path: Path, faulty_imap: FaultyImap
) -> None:
    late = Late("250 2.0.0 queued", asyncio.Event())
    async with faulty_smtp({"DOT": late}) as smtp:
        shop = approved_at(tmp_path, faulty_imap, smtp.port)
        async with shop.running() as service:
            await asyncio.wait_for(smtp.reached["DOT"].wait(), 10)
            service.stop()
            await asyncio.sleep(0.3)
            late.when.set()
        assert shop.states() == [ReplyState.SENT]
        assert len(smtp.accepted) == 1


async def test_a_send_that_outlasts_the_end_is_unclear(
    tmp_path: Path, faulty_imap: FaultyImap, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatch, "FINISH", 0.3)
    async with faulty_smtp({"DOT": Act.HANG}) as smtp:
        shop = approved_at(tmp_path, faulty_imap, smtp.port)
        async with shop.running() as service:
            await asyncio.wait_for(smtp.reached["DOT"].wait(), 10)
            began = time.monotonic()
            service.stop()
        assert time.monotonic() - began < 5
        assert shop.states() == [ReplyState.UNCLEAR]
        assert shop.contacts() == ["unclear"]


def test_the_end_comes_within_a_minute_whatever_hangs() -> None:
    assert dispatch.FINISH + 15 <= 60  # the mailboxes' threads have 12 seconds of their own
