"""Automatic mails to a domain are counted as they went out; a pause holds until it is ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Connection

from tactd.adapters.store import Store, contacts, loops, open_store
from tactd.core.types import By, ContactKind, ContactState, Endpoint, EndpointKind, LedgerRow

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
_numbers = count()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'tactd.db'}")
    yield opened
    opened.close()


def went(
    conn: Connection,
    address: str,
    *,
    by: By = By.AUTO,
    state: ContactState = ContactState.SENT,
    at: datetime = NOW,
    mailbox: str = "shop",
) -> None:
    to = Endpoint(EndpointKind.MAIL, address)
    row = LedgerRow(at, to, mailbox, ContactKind.ANSWER, by, state)
    contacts.add(conn, row, f"<{next(_numbers)}@example.org>")


def counted(conn: Connection, domain: str = "a_b.example", most: int = 10) -> int:
    return loops.automatic_to(conn, domain, "shop", NOW - HOUR, most)


def test_only_what_went_by_itself_to_that_very_domain_is_counted(store: Store) -> None:
    with store.write() as conn:
        went(conn, "one@a_b.example")
        went(conn, "two@a_b.example", state=ContactState.CLAIMED)
        went(conn, "two@a_b.example", state=ContactState.UNCLEAR)
        assert counted(conn) == 3
        went(conn, "one@axb.example")
        went(conn, "one@x.a_b.example")
        went(conn, "one@a_b.example.com")
        went(conn, "one@a_b.example", by=By.APPROVED)
        went(conn, "one@a_b.example", by=By.SELLER)
        went(conn, "one@a_b.example", state=ContactState.REFUSED)
        went(conn, "one@a_b.example", at=NOW - HOUR)
        went(conn, "one@a_b.example", mailbox="other")
        assert counted(conn) == 3


def test_it_is_counted_no_further_than_matters(store: Store) -> None:
    with store.write() as conn:
        for number in range(5):
            went(conn, f"{number}@a_b.example")
        assert counted(conn, most=4) == 4


def test_a_pause_holds_for_the_buyer_and_for_the_thread_until_it_is_ended(store: Store) -> None:
    jane, tom = ["mail:jane@example.com"], ["mail:tom@example.com"]
    with store.write() as conn:
        assert loops.paused(conn, jane, ["<r@x>"]) == (False, None)
        loops.pause(conn, "<r@x>", jane[0], "a machine", NOW)
        assert loops.paused(conn, jane) == (True, None)
        assert loops.paused(conn, tom, ["<r@x>"]) == (True, None)
        assert loops.paused(conn, tom, ["<other@x>"]) == (False, None)
        assert loops.end_pause(conn, tom, [], NOW) == []
        assert loops.end_pause(conn, jane, [], NOW + HOUR) == jane
        assert loops.paused(conn, jane) == (False, NOW + HOUR)
        loops.pause(conn, "<r@x>", jane[0], "a machine again", NOW + 2 * HOUR)
        assert loops.paused(conn, jane) == (True, None)
