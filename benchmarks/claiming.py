"""What one decision about the limits costs, with a ledger of one row and of very many."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from figures import Figure, Tell
from tactd.adapters.store import Store, endpoint_text, open_store, readback, replies
from tactd.adapters.store.replies import NewReply, Stored
from tactd.adapters.store.schema import ledger
from tactd.config import load, policy_of
from tactd.core.types import (
    By,
    ContactKind,
    ContactState,
    Draft,
    Endpoint,
    EndpointKind,
    Marketplace,
    Mode,
    OrderKey,
    Policy,
    ReplyState,
    SentRead,
    Situation,
)
from tactd.flow.bars import bar, mailbox_free_at
from tactd.shipped import packs, reader, shipped

ROWS = 100_000
TIMES = 2_000
SPREAD = timedelta(days=60)
DRAFT = Draft(subject="s", body="b", language="en", gloss_subject="", gloss_body="")


def claiming(root: Path, tell: Tell) -> list[Figure]:
    config = load(shipped("config.toml"), {})
    policy = replace(policy_of(config, packs(), reader()), mode=Mode.AUTO)
    one = _measure(root / "one.db", 1, policy)
    tell(f"limits: {one * 1e6:.0f} µs with 1 row")
    many = _measure(root / "many.db", ROWS, policy)
    tell(f"limits: {many * 1e6:.0f} µs with {ROWS} rows")
    ratio = many / one
    said = f"{one * 1e6:.0f} µs with 1 row"
    return [
        Figure(f"one limit decision, {ROWS} ledger rows", many * 1e6, "µs", "", "", True, said),
        Figure("  beside a ledger of 1 row", ratio, "×", "≤ 2", "1.2", ratio <= 2),
    ]


def _measure(path: Path, rows: int, policy: Policy) -> float:
    """The median time of what the claim of a send asks of the ledger."""
    path.parent.mkdir(parents=True, exist_ok=True)
    store, now = open_store(f"sqlite:///{path}"), datetime.now(UTC)
    stored = _fill(store, rows, now)
    with store.read() as conn:
        assert bar(conn, stored, policy, now) is None  # else it would ask only half

        def ask() -> None:
            bar(conn, stored, policy, now)
            mailbox_free_at(conn, "shop", policy, now)

        spent = [_timed(ask) for _ in range(TIMES)]
    store.close()
    return statistics.median(spent)


def _timed(work: Callable[[], None]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _fill(store: Store, rows: int, now: datetime) -> Stored:
    """A shop that has written to very many buyers, and one more reply that is to go."""
    step = SPREAD / rows
    contacts = [
        {
            "at": now - step * (number + 1),
            "endpoint": endpoint_text(_buyer(number)),
            "mailbox": "shop",
            "kind": ContactKind.ANSWER,
            "by": By.AUTO,
            "state": ContactState.SENT,
            "thread": "",
            "situation": "in_transit",
        }
        for number in range(rows)
    ]
    everything = SentRead(folder="Sent", uidvalidity=1, window=SPREAD, done=True)
    with store.write() as conn:
        readback.note_sent_read(conn, "shop", everything, now)
        conn.execute(ledger.insert(), contacts)
        new = NewReply(
            mailbox="shop",
            endpoint=_buyer(rows - 1),
            draft=DRAFT,
            deadline=now + timedelta(hours=20),
            created=now,
            mail=None,
            decision=None,
            order=OrderKey(Marketplace.EBAY, "12-34567-00001"),
            situations=(Situation.IN_TRANSIT,),
            event_key="event",
            buyer=(endpoint_text(_buyer(rows - 1)),),
            state=ReplyState.APPROVED,
            by=By.AUTO,
        )
        [number] = replies.add_many(conn, [replies.values(new)])
        found = replies.get(conn, number)
        assert found is not None
        return found


def _buyer(number: int) -> Endpoint:
    return Endpoint(EndpointKind.MAIL, f"jane@b{number}.example")
