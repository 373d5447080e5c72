"""A draft that is drawn again gets the name of the one before it, as soon as that has been moved:
the two must never be taken for each other."""

from __future__ import annotations

import os
from pathlib import Path

from ebay_samples import report
from faults.prepared_shop import Prepared, asked, prepare
from shop import day, jane
from tactd.core.types import ReplyState
from tactd.flow.imports import import_file


def overtaken(tmp_path: Path) -> Prepared:
    """A shop whose only draft says another date than the newest report."""
    shop = prepare(tmp_path, imap=9, smtp=9, mails=[asked()])
    os.utime(shop.files("staged")[0], (0, 0))
    newer = tmp_path / "Report-2.csv"
    newer.write_text(report([jane(Maximum_Estimated_Delivery_Date=day(31))], footer=""), "utf-8")
    with shop.parts() as parts:
        assert import_file(parts.store, parts.exports, newer, shop.now()).changed
    return shop


def test_a_draft_approved_while_it_is_drawn_again_takes_not_the_new_one_with_it(
    tmp_path: Path,
) -> None:
    shop = overtaken(tmp_path)
    with shop.parts() as parts:
        parts.desk.look(anew=True)
        assert parts.desk.check_facts() == 1
        moved = shop.approve()
        os.utime(moved)  # it was edited just now, so the next look leaves it alone
        parts.desk.write_new()
        parts.desk.move_pending()
        os.utime(moved, (0, 0))
        parts.desk.look()
    assert shop.states() == [ReplyState.WITHDRAWN, ReplyState.STAGED]
    assert {name: len(files) for name, files in shop.all_files().items()} == {
        "staged": 1,
        "withdrawn": 1,
    }
    (_, fresh), (file,) = shop.stored(), shop.files("staged")
    assert fresh.reply.body in file.read_text("utf-8")


def test_a_draft_deleted_while_it_is_drawn_again_leaves_the_new_one_in_its_place(
    tmp_path: Path,
) -> None:
    shop = overtaken(tmp_path)
    with shop.parts() as parts:
        parts.desk.look(anew=True)
        parts.desk.check_facts()
        shop.files("staged")[0].unlink()
        parts.desk.write_new()
        for _ in range(2):
            parts.desk.move_pending()
    assert list(shop.all_files()) == ["staged"]
    assert all(one.move_to is None for one in shop.stored()), "nothing is left to be moved"
