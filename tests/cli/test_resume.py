"""`tactd resume WHO`, as a shell runs it."""

from __future__ import annotations

from datetime import UTC, datetime

from cli.seller import Seller
from tactd.adapters.store import journal, loops, open_store

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def test_a_conversation_that_is_not_paused_cannot_be_resumed(seller: Seller) -> None:
    for who in ("jane@example.com", "nobody"):
        ran = seller("resume", who)
        assert ran.code == 1
        assert f"nothing is stopped for {who}" in ran.err
    assert "there is no mail m7" in seller("resume", "m7").err


def test_resume_names_who_is_answered_again_and_leaves_the_kill_switch(seller: Seller) -> None:
    assert seller("pause").code == 0
    store = open_store(f"sqlite:///{seller.root / 'tactd.db'}")
    with store.write() as conn:
        loops.pause(conn, "<r@x>", "mail:jane@example.com", "a machine", NOW)
        journal.report(conn, "loop_paused", "jane@example.com", "a machine", NOW)
    store.close()
    shown = seller("status").out
    assert "tactd resume jane@example.com" in " ".join(shown.split())
    assert seller("resume", "Jane@Example.com", "--json").facts == {"resumed": ["jane@example.com"]}
    facts = seller("status", "--json").facts
    assert facts["trouble"] == []
    assert facts["paused_since"] is not None
