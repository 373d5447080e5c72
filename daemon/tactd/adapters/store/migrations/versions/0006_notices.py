"""What notices need: a to-do for each case of an order, and a place for what is told of orders
that no export and no sale has brought yet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tactd.adapters.store.schema import Utc

revision = "0006"
down_revision = "0005"

_TODO = ("id", "what", "due", "order_key", "reply", "done_at")


def upgrade() -> None:
    op.create_table(
        "told",
        sa.Column("marketplace", sa.String, primary_key=True),
        sa.Column("number", sa.String, primary_key=True),
        sa.Column("doc", sa.Text, nullable=False),
    )
    about = sa.Column("about", sa.String, nullable=False, server_default="")
    _make_todo_again(about, keys=("what", "order_key", "about"))


def downgrade() -> None:
    _make_todo_again(keys=("what", "order_key"), which="WHERE about = ''")
    op.drop_table("told")


def _make_todo_again(*more: sa.Column[str], keys: tuple[str, ...], which: str = "") -> None:
    """SQLite changes no constraint of a table that stands."""
    op.rename_table("todo", "todo_before")
    op.create_table(
        "todo",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("what", sa.String, nullable=False),
        sa.Column("due", Utc, nullable=False),
        sa.Column("order_key", sa.String),
        *more,
        sa.Column("reply", sa.Integer, sa.ForeignKey("reply.id")),
        sa.Column("done_at", Utc),
        sa.UniqueConstraint(*keys),
    )
    columns = ", ".join(_TODO)
    op.execute(f"INSERT INTO todo ({columns}) SELECT {columns} FROM todo_before {which}")
    op.drop_table("todo_before")
