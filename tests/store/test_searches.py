"""What is asked for every mail is found by an index, however many mails the store holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event

from tactd.adapters.store import (
    Store,
    answered,
    contacts,
    inbound,
    journal,
    loops,
    open_store,
    replies,
)

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
BUYER = ["relay:buyer@members.ebay.com"]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'tactd.db'}")
    yield opened
    opened.close()


ASKED_OFTEN: dict[str, Callable[[Connection], object]] = {
    "elder mails": lambda conn: answered.together_with(conn, 7),
    "waiting mails": lambda conn: inbound.waiting(conn, BUYER, NOW),
    "twins": lambda conn: inbound.twin_of(conn, "key", 7),
    "thread": lambda conn: inbound.thread_mails(conn, "<r@x>", ["<a@x>"], NOW),
    "contacts": lambda conn: contacts.since(conn, BUYER, NOW),
    "next mails": lambda conn: inbound.new(conn, 5),
    "open replies": lambda conn: replies.open_for(conn, BUYER),
    "replies to mails": lambda conn: replies.answering(conn, [7]),
    "mails lately": lambda conn: loops.lately(conn, BUYER, NOW, NOW, 7),
    "mails to a domain": lambda conn: loops.automatic_to(conn, "example.com", "shop", NOW, 10),
    "last decision": lambda conn: journal.last_decision(conn, 7),
}


@pytest.mark.parametrize("name", ASKED_OFTEN)
def test_a_question_asked_for_each_mail_scans_no_table(store: Store, name: str) -> None:
    asked: list[tuple[str, Any]] = []

    @event.listens_for(store.engine, "before_cursor_execute")
    def note(_c: object, _k: object, statement: str, values: Any, *_more: object) -> None:
        asked.append((statement, values))

    with store.read() as conn:
        ASKED_OFTEN[name](conn)
        ((statement, values),) = [one for one in asked if one[0].startswith("SELECT")]
        plan = conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        steps = [row[3] for row in plan]
    assert steps
    assert [step for step in steps if step.startswith("SCAN")] == []
