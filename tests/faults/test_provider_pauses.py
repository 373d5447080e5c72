"""A provider that has had enough: how long it is left alone, and who has to wait."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from faults.prepared_shop import Prepared, asked, prepare
from servers.imap_faults import FaultyImap
from servers.smtp_faults import FaultySmtp, faulty_smtp
from shop import CONFIG, mail
from tactd.core.fate import Delivery, Fate, QuotaSign, Stage
from tactd.core.types import ReplyState
from tactd.flow import send
from tactd.service import Service

SPAM = "554 5.7.1 [2] Message rejected under suspicion of SPAM"
ADDRESS = 'address = "shop@example.org"'
SECOND = """
[[mailbox]]
name = "second"
address = "{address}"
imap = "imap://127.0.0.1:{imap}"
smtp = "smtp://127.0.0.1:{smtp}"
user = "seller"
password = {{ env = "SHOP_PASSWORD" }}
"""


def shop_at(domain: str, root: Path, imap: FaultyImap, smtp: FaultySmtp, **more: str) -> Prepared:
    """Two replies wait; the mailbox is one of that provider, whose servers are the test's."""
    there = f'address = "shop@{domain}"\naliases = ["shop@example.org"]'
    assert ADDRESS in CONFIG
    mails = [asked(), mail("Where is my order?", sender="lee@example.com", message_id="<l@e.com>")]
    return prepare(
        root, imap=imap.port, smtp=smtp.port, mails=mails, change={ADDRESS: there}, **more
    )


async def read_sent(shop: Prepared, service: Service) -> None:
    """What was ready before a start is sent only then."""
    boxes = service.parts.mailboxes.values()
    await shop.until(lambda: all(box.health.caught_up for box in boxes), "Sent has been read")


async def approve_all(shop: Prepared, service: Service) -> None:
    await read_sent(shop, service)
    for path in shop.files("staged"):
        shop.approve(path)
    await service.look_at_desk()
    await shop.later(service, 0)


def tries(smtp: FaultySmtp) -> int:
    return sum(command.startswith("MAIL") for command in smtp.commands)


async def test_a_block_at_yandex_sees_no_try_at_all_for_more_than_a_day(
    tmp_path: Path, faulty_imap: FaultyImap
) -> None:
    async with faulty_smtp({"DOT": SPAM}) as smtp:
        shop = shop_at("yandex.com", tmp_path, faulty_imap, smtp)
        async with shop.running() as service:
            await approve_all(shop, service)
            await asyncio.wait_for(smtp.reached["DOT"].wait(), 10)
            for _ in range(24):
                await shop.later(service, 60)
            assert tries(smtp) == 1
            assert shop.states() == [ReplyState.READY, ReplyState.READY]
            assert "suspicion of SPAM" in shop.problems()
        async with shop.running() as service:  # a restart does not forget it
            await read_sent(shop, service)
            await shop.later(service, 50)
            assert tries(smtp) == 1
            smtp.faults.clear()
            await shop.later(service, 15)
            await shop.until(lambda: len(shop.files("sent")) == 2, "both files in sent/")
        assert len(smtp.accepted) == 2
        assert "account_paused" not in shop.troubles()


async def test_a_rest_that_is_over_is_not_told_of_any_more_though_nothing_was_left_to_send(
    tmp_path: Path, faulty_imap: FaultyImap
) -> None:
    async with faulty_smtp({"DOT": SPAM}) as smtp:
        shop = shop_at("yandex.com", tmp_path, faulty_imap, smtp)
        async with shop.running() as service:
            await approve_all(shop, service)
            await asyncio.wait_for(smtp.reached["DOT"].wait(), 10)
            await shop.until(lambda: "account_paused" in shop.troubles(), "the rest is told of")
            for path in shop.files("approved"):
                path.rename(shop.root / "replies" / "rejected" / path.name)
            await service.look_at_desk()
            await shop.later(service, 60 * 26)
            assert "account_paused" not in shop.troubles()


@pytest.mark.parametrize("point", ["CONNECT", "MAIL"])
async def test_a_server_that_wants_to_be_left_alone_is_asked_again_after_minutes_by_one_mail(
    point: str, tmp_path: Path, faulty_imap: FaultyImap
) -> None:
    async with faulty_smtp({point: "421 4.3.2 come back later"}) as smtp:
        shop = shop_at("blue.example", tmp_path, faulty_imap, smtp)
        async with shop.running() as service:
            await approve_all(shop, service)
            await asyncio.wait_for(smtp.reached[point].wait(), 10)
            await shop.later(service, 1)
            assert smtp.sessions == 1, "the other reply would fare no better"
            await shop.later(service, 6)
            assert smtp.sessions == 2
            smtp.faults.clear()
            await shop.later(service, 20)
            await shop.until(lambda: len(shop.files("sent")) == 2, "both files in sent/")


@pytest.mark.parametrize(
    ("address", "waits"), [("second@blue.example", True), ("second@red.example", False)]
)
async def test_a_quota_of_a_domain_stops_all_its_mailboxes_and_no_other(
    address: str, waits: bool, tmp_path: Path, faulty_imap: FaultyImap
) -> None:
    """exmail counts by domain. Its mailboxes are known by the host, which here is the test's; so
    the refusal is concluded as the outbox would tell it."""
    async with faulty_smtp({}) as smtp:
        more = SECOND.format(address=address, imap=faulty_imap.port, smtp=smtp.port)
        shop = shop_at("blue.example", tmp_path, faulty_imap, smtp, more=more)
        sign = QuotaSign(code=550, says="limited", pause=timedelta(hours=3), rests="account")
        end = Delivery(Fate.ACCOUNT, 550, "frequency limited", Stage.DATA, sign)
        with shop.parts() as parts, parts.store.write() as conn:
            now, policy = shop.now(), parts.pipeline.rules.policy
            send.conclude(conn, shop.stored()[0].reply.id, end, policy, now, lambda: 0.0)
            assert send.paused_until(conn, "shop", now) == now + timedelta(hours=3)
            assert (send.paused_until(conn, "second", now) is not None) is waits


async def test_a_short_pause_does_not_shorten_a_long_one(
    tmp_path: Path, faulty_imap: FaultyImap
) -> None:
    async with faulty_smtp({}) as smtp:
        shop = shop_at("blue.example", tmp_path, faulty_imap, smtp)
        end = Delivery(Fate.TRANSIENT, 421, "busy", Stage.CONNECT)
        with shop.parts() as parts, parts.store.write() as conn:
            now, policy = shop.now(), parts.pipeline.rules.policy
            send.pause_account(conn, "shop", now + timedelta(hours=25), "blocked", now)
            send.conclude(conn, shop.stored()[0].reply.id, end, policy, now, lambda: 0.0)
            assert send.paused_until(conn, "shop", now) == now + timedelta(hours=25)
