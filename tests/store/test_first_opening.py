"""A new store may be opened by several at once: by the daemon and by `tactd status`."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from sqlalchemy import select

from tactd.adapters.store import open_store
from tactd.adapters.store.schema import mail

AT_ONCE = 6


def test_a_store_that_is_made_by_several_at_once_is_made_once(tmp_path: Path) -> None:
    start = Barrier(AT_ONCE)

    def opens(_: int) -> int:
        start.wait()
        store = open_store(f"sqlite:///{tmp_path / 'tactd.db'}")
        try:
            with store.read() as conn:
                return len(conn.execute(select(mail.c.id)).all())
        finally:
            store.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        assert list(pool.map(opens, range(AT_ONCE))) == [0] * AT_ONCE
