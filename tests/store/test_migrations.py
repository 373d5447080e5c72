"""A store that an earlier tactd has made is brought up to date, with all that is in it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import inspect

from tactd.adapters.store import open_store

# What 0002, 0004 to 0010 add.
ADDED_TABLES = ("silence", "suppressed", "paused_thread", "told", "correction")
ADDED_COLUMNS = (
    ("mail", "likeness"),
    ("mail", "signed"),
    ("reply", "buyer"),
    ("reply", "at_once"),
    ("reply", "recipient"),
    ("reply", "confirm_by"),
    ("reply", "confirmed_at"),
    ("reply", "standing"),
)


# As it was before 0006.
OLD_TODO = """
CREATE TABLE todo (
    id INTEGER NOT NULL PRIMARY KEY, what VARCHAR NOT NULL, due DATETIME NOT NULL,
    order_key VARCHAR, reply INTEGER REFERENCES reply (id), done_at DATETIME,
    UNIQUE (what, order_key)
)
"""

# As it was before 0011.
OLD_ORDER_KEY = """
CREATE TABLE order_key (
    kind VARCHAR NOT NULL, value VARCHAR NOT NULL,
    order_id INTEGER NOT NULL REFERENCES order_book (id), PRIMARY KEY (kind, value, order_id)
) WITHOUT ROWID
"""


def as_first_made(path: Path) -> None:
    """Take back by hand what later versions have added."""
    open_store(f"sqlite:///{path}").close()
    with sqlite3.connect(path) as raw:
        for index in (
            "reply_without_file",
            "reply_to_move",
            "reply_to_confirm",
            "tie_undone",
            "promise_due",
            "ledger_reply",
            "mail_new",
        ):
            raw.execute(f"DROP INDEX {index}")
        raw.execute("CREATE INDEX mail_new ON mail (state, id)")
        for table in ADDED_TABLES:
            raw.execute(f"DROP TABLE {table}")
        for table, column in ADDED_COLUMNS:
            raw.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        raw.execute("DROP TABLE todo")
        raw.execute(OLD_TODO)
        raw.execute("INSERT INTO todo (what, due) VALUES ('ship', '2026-11-21 08:00')")
        raw.execute("DROP TABLE order_key")
        raw.execute(OLD_ORDER_KEY)
        raw.execute("CREATE INDEX order_key_order ON order_key (order_id)")
        raw.execute("INSERT INTO order_book VALUES (7, 'ebay', '12-34567-89012', '{}')")
        raw.execute("INSERT INTO order_key VALUES ('order', '12-34567-89012', 7)")
        raw.execute("UPDATE alembic_version SET version_num = '0001'")
        raw.execute(
            "INSERT INTO flag (name, value, at) VALUES ('mailbox:shop', '{}', '2026-11-20 08:00')"
        )


def test_a_store_of_the_first_version_gets_todays_tables_and_keeps_its_rows(tmp_path: Path) -> None:
    old, new = tmp_path / "old.db", tmp_path / "new.db"
    as_first_made(old)
    migrated, fresh = open_store(f"sqlite:///{old}"), open_store(f"sqlite:///{new}")
    told, wanted = inspect(migrated.engine), inspect(fresh.engine)
    assert set(told.get_table_names()) == set(wanted.get_table_names())
    for table in wanted.get_table_names():
        names = {column["name"] for column in told.get_columns(table)}
        assert names == {column["name"] for column in wanted.get_columns(table)}, table
        indexes = {index["name"]: index["column_names"] for index in told.get_indexes(table)}
        assert indexes == {
            index["name"]: index["column_names"] for index in wanted.get_indexes(table)
        }, table
        assert told.get_foreign_keys(table) == wanted.get_foreign_keys(table), table
    with migrated.read() as conn:
        todos = conn.exec_driver_sql("SELECT what, about FROM todo").all()
        assert [tuple(row) for row in todos] == [("ship", "")]
        filed = conn.exec_driver_sql("SELECT * FROM order_key").all()
        assert [tuple(row) for row in filed] == [("order", "12-34567-89012", 7)]
        assert conn.exec_driver_sql("SELECT name FROM flag").scalars().all() == ["mailbox:shop"]
    migrated.close()
    fresh.close()
