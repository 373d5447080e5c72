"""What the seller believes to have sent, and was not, is told him where he looks."""

from __future__ import annotations

import re
from pathlib import Path

from attacks.shop_in_steps import steps
from story_kit import asks, order_of
from tactd.core.types import ReplyState


def test_status_tells_of_an_approval_that_could_not_be_followed(tmp_path: Path) -> None:
    """The text still has a blank to be filled in; `staged approve` had said that it was moved."""
    with steps(tmp_path, order_of(1, "ship_late")) as shop:
        (path,) = shop.stage(asks(1))
        assert "reply 1" not in shop.prepared.problems()
        shop.approve(path)
        assert shop.states() == [ReplyState.STAGED]
        assert "reply 1" in shop.prepared.problems()
        (stopped,) = shop.files("trouble")
        assert stopped.name in shop.prepared.problems()
        text = stopped.read_text(encoding="utf-8")
        stopped.write_text(re.sub(r"\[\[.*?\]\]", "on Friday", text), encoding="utf-8")
        shop.approve(stopped)
        assert shop.send() == 1
        assert "reply 1" not in shop.prepared.problems()
