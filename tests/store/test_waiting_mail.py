"""How many mails are said to wait for their decision."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tactd.adapters.store import inbound, open_store
from tactd.core.types import Fetched, FolderRole, Slice

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def test_a_copy_in_sent_waits_for_no_decision(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'tactd.db'}")
    with store.write() as conn:
        for role in (FolderRole.INBOX, FolderRole.SENT):
            inbound.keep(conn, "shop", _slice(role), NOW)
    with store.read() as conn:
        assert inbound.new_count(conn) == 1
    store.close()


def _slice(role: FolderRole) -> Slice:
    one = Fetched(uid=1, raw=b"Subject: x\r\n\r\ny", size=17, received=NOW)
    return Slice(role=role, folder=str(role), uidvalidity=1, watermark=None, mails=(one,))
