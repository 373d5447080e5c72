"""The mailbox as tactd finds it: old mail, answered mail, flags, doubles, and restarts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from servers.dovecot import Dovecot
from servers.smtp_recorder import smtp_recorder
from shop import Shop, mail
from story_kit import (
    address_of,
    asks,
    book,
    dovecot_shop,
    nothing_more,
    number_of,
    order_of,
    sheet,
)
from tactd.core.types import ReplyState

pytestmark = pytest.mark.dovecot

Flags = dict[int, tuple[bytes, ...]]


def lay(
    dovecot: Dovecot, user: str, raw: bytes, folder: str = "INBOX", days: float = 0, flag: str = ""
) -> None:
    """A mail that has been lying there for some days."""
    with dovecot.client(user) as client:
        at = datetime.now(UTC) - timedelta(days=days)
        client.append(folder, raw, [flag.encode()] if flag else (), at)


def flags(dovecot: Dovecot, user: str) -> Flags:
    with dovecot.client(user) as client:
        client.select_folder("INBOX", readonly=True)
        return {uid: tuple(got) for uid, got in client.get_flags(client.search()).items()}


def hand(buyer: int) -> bytes:
    return mail(
        "It is on its way.",
        sender="shop@example.org",
        to=address_of(buyer),
        message_id=f"<hand-{buyer}@example.org>",
        In_Reply_To=f"<b{buyer}-1@example.com>",
    )


def buyers(shop: Shop) -> list[str]:
    return [sheet(path).to for path in shop.files("staged")]


async def test_of_what_lay_there_only_young_and_unanswered_mail_is_staged(
    dovecot: Dovecot, tmp_path: Path
) -> None:
    user = dovecot.fresh_user()
    lay(dovecot, user, asks(1), days=1)  # young, unanswered
    lay(dovecot, user, asks(2), days=1, flag="\\Answered")
    lay(dovecot, user, asks(3), days=1)
    lay(dovecot, user, hand(3), folder="Sent", days=0.5)
    lay(dovecot, user, asks(4), days=30)  # older than max_age
    lay(dovecot, user, asks(5), days=1, flag="\\Seen")  # read on the phone, not answered
    before = flags(dovecot, user)
    async with dovecot_shop(dovecot, tmp_path, user) as shop:
        await shop.staged(2)
        assert sorted(buyers(shop)) == [address_of(1), address_of(5)]
        await nothing_more(shop, sent=0)
    assert flags(dovecot, user) == before, "no flag was changed"


async def test_a_mail_answered_by_hand_while_tactd_was_off_is_left_alone(
    dovecot: Dovecot, tmp_path: Path
) -> None:
    user = dovecot.fresh_user()
    async with dovecot_shop(dovecot, tmp_path, user) as shop:
        await book(shop, order_of(1))
    lay(dovecot, user, asks(1))
    lay(dovecot, user, hand(1), folder="Sent")
    async with dovecot_shop(dovecot, tmp_path, user) as shop:
        (told,) = await shop.decided(1)
        assert told["decision"] == "skip"
        assert shop.files("staged") == []


async def test_reading_approving_and_sending_leave_seen_as_it_was(
    dovecot: Dovecot, tmp_path: Path
) -> None:
    user = dovecot.fresh_user()
    async with dovecot_shop(dovecot, tmp_path, user) as shop:
        await book(shop, order_of(1))
        shop.give(asks(1))
        (path,) = await shop.staged()
        shop.move(path, "approved")
        await shop.sent()
        await shop.until(lambda: shop.files("sent"), "the file in sent/")
    assert all(b"\\Seen" not in got for got in flags(dovecot, user).values())


# ------------------------------------------------------------------ the same mail again


async def test_the_same_mail_delivered_three_times_is_answered_once(
    dovecot: Dovecot, tmp_path: Path
) -> None:
    async with dovecot_shop(dovecot, tmp_path) as shop:
        await book(shop, order_of(1))
        raw = asks(1)
        for _ in range(3):
            shop.give(raw)
        (path,) = await shop.staged()
        shop.move(path, "approved")
        await shop.sent()
        shop.give(b"X-Route: another\r\n" + raw)
        shop.give(asks(2))  # a sign that all before it has been handled
        await shop.until(lambda: len(shop.latest()) == 2, "the sign")
        await nothing_more(shop, sent=1)
        assert shop.reply_states() == [ReplyState.SENT, ReplyState.STAGED]


async def test_a_mailbox_that_was_renumbered_is_not_answered_again(
    dovecot: Dovecot, tmp_path: Path
) -> None:
    user = dovecot.fresh_user()
    async with smtp_recorder(login=True) as smtp:
        async with dovecot_shop(dovecot, tmp_path, user, smtp=smtp) as shop:
            await book(shop, order_of(1), order_of(2))
            shop.give(asks(1))
            shop.give(asks(2))
            paths = await shop.staged(2)
            shop.move(next(path for path in paths if "00001" in path.name), "approved")
            await shop.sent()
            await shop.until(lambda: shop.files("sent"), "the file in sent/")
        renumber(dovecot, user)
        async with dovecot_shop(dovecot, tmp_path, user, smtp=smtp) as shop:
            shop.give(asks(3))
            await shop.until(lambda: len(shop.latest()) == 3, "the new mail")
            await nothing_more(shop, sent=1)
            assert shop.reply_states() == [ReplyState.SENT, ReplyState.STAGED, ReplyState.STAGED]


def renumber(dovecot: Dovecot, user: str) -> None:
    """As after a move to another server: every UID is new, and UIDVALIDITY with them."""
    with dovecot.client(user) as client:
        before = client.folder_status("INBOX", ["UIDVALIDITY"])[b"UIDVALIDITY"]
        client.select_folder("INBOX")
        raws = [one[b"BODY[]"] for one in client.fetch(client.search(), [b"BODY.PEEK[]"]).values()]
        client.unselect_folder()
    inbox = dovecot.folder / "home" / user / "Maildir"
    for name in ("dovecot-uidlist", "dovecot.index", "dovecot.index.log", "dovecot.index.cache"):
        (inbox / name).unlink(missing_ok=True)
    for part in ("cur", "new"):
        for path in (inbox / part).iterdir():
            path.unlink()
    dovecot.deliver(raws, user)
    with dovecot.client(user) as client:
        after = client.folder_status("INBOX", ["UIDVALIDITY"])[b"UIDVALIDITY"]
    assert after != before


# ------------------------------------------------------------------ restarts


async def test_a_restart_keeps_what_was_staged_edited_and_learnt(
    dovecot: Dovecot, tmp_path: Path
) -> None:
    user = dovecot.fresh_user()
    async with smtp_recorder(login=True) as smtp:
        async with dovecot_shop(dovecot, tmp_path, user, smtp=smtp) as shop:
            await book(shop, order_of(1), order_of(2))
            shop.give(asks(1))
            (path,) = await shop.staged()
            text = path.read_text(encoding="utf-8")
        # While it is off: an edit, an approval, and another mail.
        path.write_text(text.replace("Kind regards,", "Yours,"), encoding="utf-8")
        path.rename(tmp_path / "replies" / "approved" / path.name)
        dovecot.deliver([asks(2)], user)
        async with dovecot_shop(dovecot, tmp_path, user, smtp=smtp) as shop:
            (arrived,) = await shop.sent()
            assert b"Yours," in arrived.raw
            (second,) = await shop.staged()
            assert number_of(2) in second.name
            await shop.until(lambda: shop.files("sent"), "the file in sent/")
        async with dovecot_shop(dovecot, tmp_path, user, smtp=smtp) as shop:
            await nothing_more(shop, sent=1)
            assert shop.files("staged") == [second]
            assert len(shop.latest()) == 2
