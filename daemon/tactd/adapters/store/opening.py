"""Opening the store: one SQLite file in WAL mode, every commit synced before it counts.

synchronous=FULL, because with NORMAL the last commits may be gone after a power cut, and the
commit that says "an attempt to send has begun" must not be (SQLite, "PRAGMA synchronous").
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DBAPIError

from tactd.adapters.store.schema import metadata
from tactd.errors import StoreError, StoreFullError

WAL_TRIES, WAL_PAUSE = 100, 0.05  # and seconds between them
# Pages that the log gathers before they go into the file. With SQLite's 1000 each transaction of an
# import would write them all there, most of them to be written again by the next.
WAL_PAGES = 4000
HEAD = "0011"
_HERE = Path(__file__).parent


class Store:
    """The daemon's memory. `write` is one transaction; everything in it happens or nothing."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that holds the write lock from its start (BEGIN IMMEDIATE), so that what
        is read in it cannot be changed by another before it commits.

        Raises StoreError when the disk is full or the file cannot be written."""
        try:
            with self.engine.connect().execution_options(immediate=True) as conn, conn.begin():
                yield conn
        except DBAPIError as error:
            raise _store_error(error) from error

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A snapshot: later writes of others are not seen in it."""
        try:
            with self.engine.connect() as conn, conn.begin():
                yield conn
        except DBAPIError as error:
            raise _store_error(error) from error

    def close(self) -> None:
        self.engine.dispose()


def open_store(url: str | URL) -> Store:
    """Open the store and bring its tables up to date.

    Raises StoreError if it cannot be opened, is damaged, or was made by a newer tactd."""
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine)
    try:
        _migrate(engine)
    except DBAPIError as error:
        raise _store_error(error) from error
    return Store(engine)


def _prepare_sqlite(engine: Engine) -> None:
    path = engine.url.database or ""
    if path and path != ":memory:" and not Path(path).exists():
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        # Buyers' mail lies in it: nobody else may read it, whatever the umask.
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))

    @event.listens_for(engine, "connect")
    def connect(raw: Any, _record: Any) -> None:
        raw.isolation_level = None  # we say BEGIN ourselves
        raw.execute("PRAGMA busy_timeout=10000")
        _use_wal(raw)
        for pragma in (
            "synchronous=FULL",
            "foreign_keys=ON",
            "cache_size=-8000",
            f"wal_autocheckpoint={WAL_PAGES}",
        ):
            raw.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(conn: Connection) -> None:
        immediate = conn.get_execution_options().get("immediate", False)
        conn.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _use_wal(raw: Any) -> None:
    """The change to WAL wants the file for itself, and is refused at once, whatever the busy
    timeout says, while another opens the same new store (SQLite, "PRAGMA journal_mode")."""
    for _ in range(WAL_TRIES):
        try:
            raw.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            time.sleep(WAL_PAUSE)
    raw.execute("PRAGMA journal_mode=WAL")


def _migrate(engine: Engine) -> None:
    version = _version(engine)
    if version == HEAD:
        return
    if version is None:
        # Asked again: another process may have made them a moment ago.
        if inspect(engine).get_table_names() and _version(engine) is None:
            raise StoreError(
                f"{engine.url.database} belongs to another program: it holds tables that are not "
                "tactd's; name another file in [store] url"
            )
        _create(engine)
        return
    # Alembic is heavy and needed once a version: loaded here.
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    settings = Config()
    settings.set_main_option("script_location", str(_HERE / "migrations"))
    settings.attributes["engine"] = engine
    try:
        command.upgrade(settings, "head")
    except CommandError as error:
        raise StoreError(
            f"the store {engine.url.database} was made by a newer tactd; install that one again"
        ) from error


def _create(engine: Engine) -> None:
    """A new store gets today's tables at once and is marked as up to date, as Alembic would."""
    with engine.connect().execution_options(immediate=True) as conn, conn.begin():
        if engine.dialect.has_table(conn, "alembic_version"):
            return  # another process has just made it
        metadata.create_all(conn)
        conn.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY)"))
        conn.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})


def _version(engine: Engine) -> str | None:
    with engine.connect() as conn:
        if not engine.dialect.has_table(conn, "alembic_version"):
            return None
        return conn.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _store_error(error: DBAPIError) -> StoreError:
    said = str(error.orig)
    advice = {
        "full": "the disk is full: free some space; nothing is lost, tactd goes on by itself",
        "disk I/O": "the disk is full or fails: check its free space, then the disk itself",
        "readonly": "the store may not be written: check owner and mode of the file",
        "unable to open": "the store cannot be opened: check [store] url, owner and mode",
        "malformed": "the store is damaged: restore it from a backup",
        "not a database": "the file named in [store] url is not a tactd store",
        "locked": "another program holds the store",
    }
    hint = next((words for key, words in advice.items() if key in said), "see the log")
    kind = StoreFullError if "disk is full" in said else StoreError
    return kind(f"store: {said} ({hint})")
