"""What has fallen due without anybody having asked for it just now: promises, the question who has
paid, cases that exports tell of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from tactd import log
from tactd.adapters.store import journal
from tactd.core.types import PromiseState
from tactd.flow.follow_up import Followed
from tactd.flow.payer_check import doubtful_payers, let_pass
from tactd.flow.payer_question import check_payer
from tactd.flow.promises_due import due_follow_ups, follow
from tactd.flow.rules import Rules
from tactd.flow.told_cases import cases_told, forget, mind_told

T = TypeVar("T")


def anything_due(conn: Connection, now: datetime) -> bool:
    return bool(due_follow_ups(conn, now, 1) or doubtful_payers(conn, 1) or cases_told(conn, 1))


def decide_due(
    conn: Connection, rules: Rules, now: datetime, most: int
) -> tuple[int, list[Followed]]:
    """How many were due, and what was decided of those that make mails."""
    promises = due_follow_ups(conn, now, most)
    payers, cases = doubtful_payers(conn, most), cases_told(conn, most)
    found = [_follow(conn, one, rules, now) for one in promises]
    found += [_check(conn, one, rules, now) for one in payers]
    for one in cases:
        _mind(conn, one, rules, now)
    decided = [one for one in found if one is not None]
    return len(promises) + len(payers) + len(cases), decided


def _follow(conn: Connection, promise: Any, rules: Rules, now: datetime) -> Followed | None:
    def give_up() -> None:
        journal.end_promise(conn, promise.id, PromiseState.WITHDRAWN)

    about = str(promise.order_key)
    return _safely(conn, about, lambda: follow(conn, promise, rules, now), give_up, now)


def _check(conn: Connection, order: str, rules: Rules, now: datetime) -> Followed | None:
    def check() -> Followed | None:
        return check_payer(conn, order, rules, now)

    return _safely(conn, order, check, lambda: let_pass(conn, order), now)


def _mind(conn: Connection, order: str, rules: Rules, now: datetime) -> None:
    def mind() -> None:
        mind_told(conn, order, rules.policy, now)

    _safely(conn, order, mind, lambda: forget(conn, order), now)


def _safely(
    conn: Connection,
    order: str,
    do: Callable[[], T],
    give_up: Callable[[], None],
    now: datetime,
) -> T | None:
    """One that fails is told of once, and keeps no other from its turn."""
    try:
        with conn.begin_nested():
            return do()
    except OperationalError:
        raise
    except Exception as error:  # noqa: BLE001
        log.failure("follow_up_failed", error, order=order)
        give_up()
        journal.report(conn, "follow_up_failed", f"order {order}", type(error).__name__, now)
        return None
