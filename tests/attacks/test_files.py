"""What can lie in a folder: every kind of thing, under every kind of name."""

from __future__ import annotations

import asyncio
import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from attacks.shop_in_steps import steps
from ebay_samples import report
from story_kit import asks, order_of
from tactd.adapters.store import orders as order_book
from tactd.core.names import storable
from tactd.core.types import ReplyState


def gbk(folder: Path, name: str) -> Path:
    """A file name as archives from Chinese systems have them."""
    return folder / os.fsdecode(name.encode("gbk"))


@pytest.mark.parametrize("folder", ["staged", "approved", "rejected", "sent", "trouble"])
@pytest.mark.parametrize("content", [b"notes of mine\n", b""])
def test_a_name_that_is_no_utf8_keeps_nobody_from_approving(
    tmp_path: Path, folder: str, content: bytes
) -> None:
    with steps(tmp_path) as shop:
        (path,) = shop.stage(asks(1))
        gbk(tmp_path / "replies" / folder, "回复.txt").write_bytes(content)
        shop.approve(path)
        assert shop.send() == 1


def test_a_reply_under_a_name_that_is_no_utf8_is_sent(tmp_path: Path) -> None:
    with steps(tmp_path) as shop:
        (path,) = shop.stage(asks(1))
        path.rename(gbk(tmp_path / "replies" / "approved", "回复.txt"))
        shop.look()
        assert shop.send() == 1
        shop.look()
        assert shop.states() == [ReplyState.SENT]
        assert [one.name for one in shop.files("sent")] == ["回复.txt"]


def test_a_name_that_is_neither_is_made_one() -> None:
    assert storable(os.fsdecode(b"\xff\xff.txt")) == "__.txt"
    assert storable("señora 回复.txt") == "señora 回复.txt"


@pytest.mark.parametrize(
    "name", ["new\nline.txt", "\x1b[2J.txt", "a" * 251 + ".txt", "-rf.txt", "CON.txt", "é.txt"]
)
def test_an_approved_file_may_bear_any_name(tmp_path: Path, name: str) -> None:
    with steps(tmp_path) as shop:
        (path,) = shop.stage(asks(1))
        shop.approve(path.rename(path.with_name(name)))
        assert shop.send() == 1
        shop.look()
        assert len(list((tmp_path / "replies" / "sent").iterdir())) == 1


def test_what_is_no_plain_file_is_neither_read_nor_waited_for(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    with steps(tmp_path) as shop:
        (path,) = shop.stage(asks(1))
        shutil.copy(path, outside)
        approved = tmp_path / "replies" / "approved"
        (approved / "link.txt").symlink_to(outside)
        (approved / "nowhere.txt").symlink_to(tmp_path / "nowhere")
        (approved / "folder.txt").mkdir()
        os.mkfifo(approved / "pipe.txt")
        shop.look()
        assert shop.send() == 0, "a link is not the seller's moving of the file"
        assert outside.exists()
        shop.approve(path)
        assert shop.send() == 1


def test_a_huge_or_unreadable_file_is_set_aside_and_the_next_is_sent(tmp_path: Path) -> None:
    with steps(tmp_path) as shop:
        (path,) = shop.stage(asks(1))
        approved = tmp_path / "replies" / "approved"
        with (approved / "huge.txt").open("wb") as file:
            file.truncate(3_000_000_000)
        (approved / "locked.txt").write_text("x")
        (approved / "locked.txt").chmod(0)
        shop.approve(path)
        assert shop.send() == 1
        assert {one.name for one in shop.files("trouble")} >= {"huge.txt"}


def test_the_orders_folder_takes_what_it_can_and_hangs_on_nothing(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("not an export")
    with steps(tmp_path) as shop:
        exports = shop.parts.exports
        exports.prepare()
        odd = gbk(exports.root, "订单.csv")
        odd.write_text(report([order_of(9)], footer=""), encoding="utf-8")
        lines = exports.root / "new\nline.csv"
        lines.write_text(report([order_of(10)], footer=""), encoding="utf-8")
        (exports.root / "link.csv").symlink_to(outside)
        (exports.root / "zero.csv").symlink_to("/dev/zero")
        (exports.root / "gone.csv").symlink_to(tmp_path / "gone")
        (exports.root / "folder.csv").mkdir()
        (exports.root / "empty.csv").touch()
        os.mkfifo(exports.root / "pipe.csv")
        for _ in range(3):
            shop.prepared.ahead += timedelta(seconds=10)
            asyncio.run(shop.service.rounds.import_exports())
        with shop.parts.store.read() as conn:
            assert order_book.count(conn) == 5
        assert outside.read_text() == "not an export"
        assert (exports.root / "imported" / "订单.csv").exists()
