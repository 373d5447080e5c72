"""A limit counts as far back as it says, and not only as far as the usual ones do."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from decide_kit import policy
from tactd.adapters.store import contacts, open_store, replies
from tactd.adapters.store.replies import NewReply
from tactd.core.types import (
    By,
    ContactKind,
    ContactState,
    Draft,
    Endpoint,
    EndpointKind,
    LedgerRow,
    Limits,
    ReplyState,
    Rule,
    Situation,
)
from tactd.flow.bars import untimely

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
JANE = Endpoint(EndpointKind.MAIL, "jane@example.com")


@pytest.mark.parametrize(("days_ago", "full"), [(80, True), (91, False)])
def test_a_limit_of_ninety_days_counts_ninety_days(
    tmp_path: Path, days_ago: int, full: bool
) -> None:
    rules = replace(policy(), limits=Limits(answers=(Rule(1, timedelta(days=90)),)))
    store = open_store(f"sqlite:///{tmp_path / 'tactd.db'}")
    with store.write() as conn:
        at = NOW - timedelta(days=days_ago)
        row = LedgerRow(at, JANE, "shop", ContactKind.ANSWER, By.AUTO, ContactState.SENT)
        contacts.add(conn, row, "<earlier@example.org>")
        replies.add_many(conn, [replies.values(_reply())])
        stored = replies.get(conn, 1)
        assert stored is not None
        assert (untimely(conn, stored, rules, NOW) is not None) == full
    store.close()


def _reply() -> NewReply:
    return NewReply(
        mailbox="shop",
        endpoint=JANE,
        draft=Draft(subject="s", body="b", language="en", gloss_subject="s", gloss_body="b"),
        deadline=NOW,
        created=NOW,
        mail=None,
        decision=None,
        order=None,
        situations=(Situation.IN_TRANSIT,),
        event_key="k",
        state=ReplyState.APPROVED,
        by=By.AUTO,
    )
