"""A mail that fails, in whatever step and among others, harms only itself."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from attacks.shop_in_steps import Steps, steps
from story_kit import asks
from tactd.core.types import ReplyState
from tactd.flow import judge

STEPS = ("gather", "decide", "compose_reply", "read")


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("error", [ValueError, RecursionError, MemoryError, KeyError])
def test_a_mail_that_fails_in_any_step_is_told_and_the_others_are_staged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: type[Exception]
) -> None:
    with steps(tmp_path) as shop:
        monkeypatch.setattr(judge, step, failing(getattr(judge, step), error))
        shop.stage(asks(2, number=1), asks(1, "POISON where is my order?"), asks(2, number=2))
        assert shop.states().count(ReplyState.STAGED) == 1
        assert len(shop.files("staged")) == 1
        assert [what for what, *_ in shop.troubles()] == ["mail_poisoned"]
        again(shop)


def again(shop: Steps) -> None:
    """It is not tried again, and what comes later is handled."""
    assert shop.parts.pipeline.handle_new() == 0
    shop.stage(asks(2, number=3))
    assert shop.states()[-1] is ReplyState.STAGED


def failing(step: Callable[..., Any], error: type[Exception]) -> Callable[..., Any]:
    def fails(*given: Any, **named: Any) -> Any:
        if any(b"POISON" in raw_of(one) for one in given):
            raise error("boom")
        return step(*given, **named)

    return fails


def raw_of(given: object) -> bytes:
    if isinstance(given, bytes):
        return given
    mail = getattr(given, "mail", None)
    return str(getattr(mail, "text", "")).encode() if dataclasses.is_dataclass(given) else b""
