"""Attacks on "nothing is sent twice" in mode `auto`: restarts, backups, two mailboxes, mails that
come again, and a server that lets a send hang."""

from __future__ import annotations

import shutil
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

from attacks.auto_shop import settling
from clock_shop import START, ClockShop, clock_shop
from shop import mail
from story_kit import asks
from tactd.core.fate import Delivery, Fate, Stage
from tactd.core.types import Fetched, FolderRole, Slice

NO_LIMIT = '[limits]\nanswers = "off"\n'
SETTLED = START + timedelta(minutes=7)
BUSY = Delivery(Fate.TRANSIENT, 451, "4.7.1 try again later", Stage.RCPT)
NO_LOGIN = Delivery(Fate.ACCOUNT, 535, "5.7.8 wrong password", Stage.LOGIN)


class Says:
    """An SMTP server's word to each mail, and what happens while it thinks."""

    def __init__(self, word: Delivery, meanwhile: Callable[[], Awaitable[None]] | None = None):
        self.word = word
        self.meanwhile = meanwhile
        self.wires: list[bytes] = []

    async def send(self, _sender: str, _recipient: str, wire: bytes) -> Delivery:
        self.wires.append(wire)
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile is not None:
            await meanwhile()
        return self.word

    async def close(self) -> None:
        pass


def server_of(shop: ClockShop, server: Says) -> None:
    shop.service.parts.dispatch.outboxes["shop"] = server


async def caught_up(shop: ClockShop) -> None:
    """The mailbox has been read since the start."""
    for box in shop.service.parts.mailboxes.values():
        box._pulse.caught_up("")


# ------------------------------------------------------------------ restarts and backups


async def test_a_restart_while_it_settles_sends_it_once(tmp_path: Path) -> None:
    async with clock_shop(tmp_path, more=NO_LIMIT) as shop:
        await settling(shop)
    async with clock_shop(tmp_path, more=NO_LIMIT) as shop:
        shop.service.parts.dispatch.recover()
        await caught_up(shop)
        await shop.at(SETTLED)
        await shop.at(SETTLED + timedelta(hours=1))
        assert shop.states() == ["in_transit sent"]
        assert len(shop.sent) == 1


async def gone_since_the_backup(root: Path, *, asked: bool) -> bytes:
    """The answer that has gone out since root/backup was taken: with the question in it or not."""
    async with clock_shop(root / "then", more=NO_LIMIT) as shop:
        if asked:
            await settling(shop)
        shutil.copytree(root / "then", root / "backup")
        if not asked:
            await settling(shop)
        await shop.at(SETTLED)
        [sent] = shop.sent
        return sent.raw


async def test_a_backup_from_while_it_settled_sends_nothing_again(tmp_path: Path) -> None:
    (tmp_path / "then").mkdir()
    copy = await gone_since_the_backup(tmp_path, asked=True)
    async with clock_shop(tmp_path / "backup", more=NO_LIMIT) as shop:
        shop.service.parts.dispatch.recover()
        shop.now = SETTLED + timedelta(hours=1)
        await shop.beat()
        assert shop.sent == [], "Sent has not been read"
        await shop.mail(copy, FolderRole.SENT)
        await caught_up(shop)
        await shop.at(SETTLED + timedelta(hours=2))
        assert shop.states() == ["in_transit withdrawn"]
        assert shop.sent == []


async def test_a_backup_from_before_the_question_sends_nothing_again(tmp_path: Path) -> None:
    (tmp_path / "then").mkdir()
    copy = await gone_since_the_backup(tmp_path, asked=False)
    async with clock_shop(tmp_path / "backup", more=NO_LIMIT) as shop:
        shop.service.parts.dispatch.recover()
        await settling(shop)
        await shop.at(SETTLED)
        assert shop.sent == [], "Sent has not been read"
        await shop.mail(copy, FolderRole.SENT)
        await caught_up(shop)
        await shop.at(SETTLED + timedelta(hours=2))
        assert shop.states() == ["in_transit withdrawn"]
        assert shop.sent == []


async def test_what_he_wrote_himself_is_read_before_anything_goes(tmp_path: Path) -> None:
    """His answer is kept, and not yet handled, when the settle time is over."""
    async with clock_shop(tmp_path, more=NO_LIMIT) as shop:
        await settling(shop)
        answer = mail(
            "It is on its way.",
            sender="shop@example.org",
            to="buyer1@example.com",
            message_id="<own@example.org>",
            In_Reply_To="<b1-1@example.com>",
            date=shop.now,
        )
        batch = Slice(
            role=FolderRole.SENT,
            folder="Sent",
            uidvalidity=1,
            watermark=None,
            mails=(Fetched(uid=9, raw=answer, size=len(answer), received=shop.now),),
        )
        shop.service.parts.pipeline.keep("shop", batch)
        await shop.at(SETTLED)
        assert shop.sent == []
        await shop.service.handle_all()
        await shop.beat()
        assert shop.states() == ["in_transit withdrawn"]


# ------------------------------------------------------------------ the same mail, and the next


async def test_a_mail_that_comes_again_while_it_settles_gets_one_answer(tmp_path: Path) -> None:
    async with clock_shop(tmp_path, more=NO_LIMIT) as shop:
        await settling(shop)
        await shop.asks()
        await shop.at(SETTLED)
        await shop.asks()
        await shop.at(SETTLED + timedelta(hours=1))
        assert len(shop.sent) == 1


async def test_two_mails_with_one_message_id_get_one_answer(tmp_path: Path) -> None:
    async with clock_shop(tmp_path, more=NO_LIMIT) as shop:
        await settling(shop)
        await shop.asks("Where is my parcel? I ask again.")
        await shop.at(SETTLED)
        await shop.asks("Where is my parcel? I ask a third time.")
        await shop.at(SETTLED + timedelta(hours=1))
        assert shop.states() == [
            "in_transit withdrawn",
            "in_transit sent",
            "in_transit staged",
        ]
        assert len(shop.sent) == 1


async def test_his_next_mail_while_the_server_thinks_takes_the_retry_away(tmp_path: Path) -> None:
    """The answer to his first was under way, so it could not be withdrawn; then it is refused."""
    async with clock_shop(tmp_path, more=NO_LIMIT) as shop:
        await settling(shop)

        async def asks_again() -> None:
            raw = asks(1, "Where is my parcel? I ask again.", number=2, date=shop.now)
            shop.now += timedelta(seconds=1)
            batch = Slice(
                role=FolderRole.INBOX,
                folder="INBOX",
                uidvalidity=1,
                watermark=None,
                mails=(Fetched(uid=77, raw=raw, size=len(raw), received=shop.now),),
            )
            shop.service.parts.pipeline.keep("shop", batch)
            await shop.service.handle_all()

        server = Says(BUSY, asks_again)
        server_of(shop, server)
        await shop.at(SETTLED)
        accepts = Says(Delivery(Fate.ACCEPTED, 250, "2.0.0 ok", Stage.DATA))
        server_of(shop, accepts)
        for minutes in (3, 6, 10, 20, 40):
            await shop.at(SETTLED + timedelta(minutes=minutes))
        assert accepts.wires == []
        assert shop.states() == ["in_transit withdrawn", "in_transit staged"]


# ------------------------------------------------------------------ a server that refuses


async def test_a_retry_does_not_wait_for_a_clock_that_is_set_back_by_a_day(tmp_path: Path) -> None:
    async with clock_shop(tmp_path, more=NO_LIMIT) as shop:
        await settling(shop)
        server = Says(BUSY)
        server_of(shop, server)
        await shop.at(SETTLED)
        assert shop.states() == ["in_transit ready"]
        for seconds in range(0, 60, 2):
            await shop.at(SETTLED - timedelta(days=1) + timedelta(seconds=seconds))
        assert len(server.wires) == 2, "once at once, and then in its time again"
        server.word = Delivery(Fate.ACCEPTED, 250, "2.0.0 ok", Stage.DATA)
        await shop.at(SETTLED - timedelta(days=1) + timedelta(minutes=20))
        assert shop.states() == ["in_transit sent"]
        assert len(set(server.wires)) == 1, "each attempt is the same mail"


async def test_a_refused_login_is_tried_seldom_and_then_the_seller_decides(tmp_path: Path) -> None:
    async with clock_shop(tmp_path, more=NO_LIMIT) as shop:
        await settling(shop)
        server = Says(NO_LOGIN)
        server_of(shop, server)
        for minutes in range(7, 24 * 60, 30):
            await shop.at(START + timedelta(minutes=minutes))
        assert shop.states() == ["in_transit staged"]
        assert 10 < len(server.wires) <= 24
        assert len(set(server.wires)) == 1, "each attempt is the same mail"
