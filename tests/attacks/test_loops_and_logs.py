"""Two tactd that write to each other, and what a log gives away."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from attacks.shop_in_steps import steps
from shop import mail
from story_kit import asks, order_of
from tactd import log
from tactd.core.fate import Delivery, Fate, Stage
from tactd.core.types import ReplyState


def test_two_shops_in_mode_stage_never_write_to_each_other_by_themselves(tmp_path: Path) -> None:
    question = mail("Where is my order?", sender="shop@example.net", to="shop@example.org")
    with steps(tmp_path / "one") as one, steps(tmp_path / "two") as two:
        one.stage(question)
        two.stage(question)
        for shop in (one, two):
            for _ in range(3):
                shop.look()
                assert shop.send() == 0
            assert shop.states() == [ReplyState.STAGED]


def test_an_approved_answer_ends_at_the_other_shop(tmp_path: Path) -> None:
    with steps(tmp_path / "one") as one, steps(tmp_path / "two") as two:
        (path,) = one.stage(asks(1))
        one.approve(path)
        assert one.send() == 1
        two.stage(one.wires[0])
        assert two.states() == [], "it bears the mark of a tactd"


def test_a_robot_without_any_mark_gets_no_second_answer_by_itself(tmp_path: Path) -> None:
    """It answers whatever it gets; each answer of ours needs the seller's hand."""
    with steps(tmp_path) as shop:
        (path,) = shop.stage(asks(1))
        shop.approve(path)
        shop.send()
        for number in range(2, 12):
            shop.stage(asks(1, "We have received your message.", number=number))
            shop.look()
            assert shop.send() == 0
        assert shop.states().count(ReplyState.SENT) == 1
        assert shop.states().count(ReplyState.STAGED) <= 1


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    log.configure("info", stream, journald=False)
    yield stream
    root = logging.getLogger()
    for handler in [one for one in root.handlers if getattr(one, "stream", None) is stream]:
        root.removeHandler(handler)


def test_the_log_names_nobody_and_quotes_nothing(tmp_path: Path, logged: io.StringIO) -> None:
    with steps(tmp_path, order_of(1), order_of(2)) as shop:
        first, second = shop.stage(asks(1), asks(2))
        shop.approve(first)
        shop.send()
        shop.approve(second)
        shop.send(end=Delivery(Fate.PERMANENT, 550, "no buyer2@example.com here", Stage.RCPT))
        shop.give(asks(1, number=2))
        shop.parts.pipeline.rules = None  # whatever goes wrong
        shop.handle()
        (tmp_path / "replies" / "approved" / "jane-poole.txt").write_text("Jane Poole")
        shop.look()
        ids = [one.reply.message_id for one in shop.replies()]
    said = logged.getvalue()
    assert "mail_poisoned" in said
    secrets = ["buyer1", "buyer2", "Poole", "Jane", "jane", "lantern", "12-34567", "LK47", WORDS]
    assert [one for one in (*secrets, *ids) if one and one in said] == []


WORDS = "where is my order"


def test_only_the_owner_can_read_the_store(tmp_path: Path) -> None:
    with steps(tmp_path) as shop:
        shop.stage(asks(1))
        for path in tmp_path.glob("tactd.db*"):
            assert path.stat().st_mode & 0o077 == 0, path.name
        (staged,) = shop.files("staged")
        assert staged.stat().st_mode & 0o007 == 0, "others than the group"
