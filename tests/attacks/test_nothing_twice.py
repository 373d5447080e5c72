"""Attacks on "nothing is sent twice": the order of things is turned against it."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from attacks.shop_in_steps import Steps, steps
from faults.prepared_shop import Prepared, prepare
from story_kit import asks, edit, order_of, text_of
from tactd.adapters.store import contacts
from tactd.core.fate import Delivery, Fate, Stage
from tactd.core.types import ContactState, FolderRole, LedgerRow, ReplyState

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)

REFUSED = Delivery(Fate.PERMANENT, 550, "5.1.1 no such user", Stage.RCPT)
UNCLEAR = Delivery(Fate.UNCLEAR, None, "the line broke after the data", Stage.DATA)


def test_what_the_seller_edited_while_others_were_sent_is_what_goes_out(tmp_path: Path) -> None:
    """The list of what is due was made before his edit."""
    with steps(tmp_path) as shop:
        (path,) = shop.stage(asks(1))
        approved = shop.approve(path)
        due = shop.due()
        edit(approved, "Kind regards,", "I am sorry.\n\nKind regards,")
        shop.look()
        (stored,) = due
        claimed = shop.parts.dispatch._claim(stored)
        assert claimed is not None
        assert "I am sorry." in text_of(claimed.wire)


def test_what_the_seller_took_back_while_others_were_sent_stays(tmp_path: Path) -> None:
    with steps(tmp_path) as shop:
        (path,) = shop.stage(asks(1))
        approved = shop.approve(path)
        due = shop.due()
        approved.rename(path)
        shop.look()
        assert shop.parts.dispatch._claim(due[0]) is None, "it has been taken back"
        assert shop.states() == [ReplyState.STAGED]


def test_two_files_of_one_reply_in_one_look_send_once(tmp_path: Path) -> None:
    with steps(tmp_path) as shop:
        (path,) = shop.stage(asks(1))
        shutil.copy(path, path.parent.parent / "approved" / "again.txt")
        os.link(path, path.parent.parent / "approved" / "linked.txt")
        shop.approve(path)
        assert shop.send() == 1
        shop.look()
        assert shop.send() == 0
        assert shop.states() == [ReplyState.SENT]


def test_a_copy_that_comes_while_the_mail_goes_out_sends_nothing(tmp_path: Path) -> None:
    with steps(tmp_path) as shop:
        (path,) = shop.stage(asks(1))
        spare = tmp_path / "spare.txt"
        shutil.copy(path, spare)
        shop.approve(path)
        shop.send(end=None)
        shutil.copy(spare, path.parent.parent / "approved" / "spare.txt")
        edit(path.parent.parent / "approved" / "spare.txt", "Kind", "Very kind")
        shop.look()
        assert shop.states() == [ReplyState.SENDING]
        assert shop.send() == 0


def test_a_draft_of_a_mail_that_has_its_answer_cannot_go(tmp_path: Path) -> None:
    """The same mail drawn again (a claim is unique), whatever became of the first reply."""
    with steps(tmp_path) as shop:
        (path,) = shop.stage(asks(1))
        shop.approve(path)
        shop.send(end=UNCLEAR)
        with shop.parts.store.write() as conn:
            shop.parts.pipeline.handle_again(conn, shop.replies()[0].reply.mail)
        shop.handle()
        assert shop.states() == [ReplyState.UNCLEAR, ReplyState.STAGED]
        shop.approve(shop.files("staged")[0])
        assert shop.send() == 0
        assert len(shop.wires) == 1


def test_a_refused_reply_approved_again_is_the_same_mail(tmp_path: Path) -> None:
    with steps(tmp_path) as shop:
        (path,) = shop.stage(asks(1))
        shop.approve(path)
        assert shop.send(end=REFUSED) == 1
        shop.approve(shop.files("trouble")[0])
        assert shop.send() == 1
        ids = {wire.split(b"Message-ID: ")[1].split(b"\r\n")[0] for wire in shop.wires}
        assert len(ids) == 1
        assert shop.states() == [ReplyState.SENT]


@pytest.mark.parametrize("days", [-1, 1])
def test_a_clock_that_jumps_by_a_day_sends_nothing_again(tmp_path: Path, days: int) -> None:
    shop_files = prepare(tmp_path, imap=9, smtp=9)
    with steps(tmp_path, prepared=shop_files) as shop:
        shop.book(order_of(1))
        (path,) = shop.stage(asks(1))
        shop.approve(path)
        shop.send(end=None)
        shop_files.ahead += timedelta(days=days)
        shop.parts.dispatch.recover()
        shop.look()
        assert shop.send() == 0
        assert shop.states() == [ReplyState.UNCLEAR]
        assert len(shop.wires) == 1


def test_an_approved_reply_does_not_wait_for_a_clock_that_was_set_back(tmp_path: Path) -> None:
    shop_files = prepare(tmp_path, imap=9, smtp=9)
    with steps(tmp_path, prepared=shop_files) as shop:
        shop.book(order_of(1))
        (path,) = shop.stage(asks(1))
        shop.approve(path)
        shop_files.ahead -= timedelta(days=1)
        assert shop.send() == 1


def restored(root: Path, state: str) -> Path:
    """The store and the folders as they were when the reply was `state`; the mail has gone out
    since, and its copy lies in Sent."""
    with steps(root / "then") as shop:
        (path,) = shop.stage(asks(1))
        if state == "ready":
            shop.approve(path)
        shop.parts.store.close()
        shutil.copytree(root / "then", root / "backup")
        if state == "staged":
            shop.approve(path)
        shop.send()
        (root / "copy.eml").write_bytes(shop.wires[0])
    return root / "backup"


@pytest.mark.parametrize("state", ["staged", "ready"])
def test_a_store_from_a_backup_learns_from_sent_what_has_gone_out(
    tmp_path: Path, state: str
) -> None:
    root = restored(tmp_path, state)
    with steps(root, prepared=Prepared(root)) as shop:
        shop.give((tmp_path / "copy.eml").read_bytes(), role=FolderRole.SENT)
        shop.handle()
        shop.look()
        assert shop.send() == 0
        assert [row.state for row in ledger_of(shop)] == [ContactState.SENT], "he has been written"


def ledger_of(shop: Steps) -> list[LedgerRow]:
    with shop.parts.store.read() as conn:
        return contacts.since(conn, ["mail:buyer1@example.com"], LONG_AGO)


def test_one_mail_in_two_mailboxes_gets_one_reply(tmp_path: Path) -> None:
    second = """
[[mailbox]]
name = "other"
address = "other@example.org"
imap = "imap://127.0.0.1:9"
smtp = "smtp://127.0.0.1:9"
password = { env = "SHOP_PASSWORD" }
"""
    shop_files = prepare(tmp_path, imap=9, smtp=9, more=second)
    with steps(tmp_path, prepared=shop_files) as shop:
        shop.book(order_of(1))
        shop.give(asks(1))
        shop.give(asks(1), box="other")
        shop.handle()
        assert len(shop.files("staged")) == 1


def test_nothing_is_sent_at_a_start_before_sent_has_been_read(tmp_path: Path) -> None:
    root = restored(tmp_path, "ready")
    with steps(root, prepared=Prepared(root)) as shop:
        shop.parts.dispatch.recover()
        assert shop.send() == 0, "no mailbox has been read yet"


def test_an_approved_reply_whose_mailbox_was_renamed_is_told_of(tmp_path: Path) -> None:
    with steps(tmp_path) as shop:
        (path,) = shop.stage(asks(1))
        shop.approve(path)
    config = tmp_path / "config.toml"
    config.write_text(config.read_text().replace('name = "shop"', 'name = "store"'))
    with steps(tmp_path, prepared=Prepared(tmp_path)) as shop:
        shop.parts.dispatch.recover()
        shop.look()
        assert "reply 1" in shop.prepared.problems()
