"""Keys of orders are written by the million: once each, without asking whether their order is there
(it is written just before), and not filed by their order besides: an order tells its own keys."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.drop_index("order_key_order", "order_key")
    _make_again(sa.Column("order_id", sa.Integer, primary_key=True))


def downgrade() -> None:
    owner = sa.ForeignKey("order_book.id")
    _make_again(sa.Column("order_id", sa.Integer, owner, primary_key=True))
    op.create_index("order_key_order", "order_key", ["order_id"])


def _make_again(order_id: sa.Column[int]) -> None:
    op.rename_table("order_key", "order_key_before")
    op.create_table(
        "order_key",
        sa.Column("kind", sa.String, primary_key=True),
        sa.Column("value", sa.String, primary_key=True),
        order_id,
        sqlite_with_rowid=False,
    )
    op.execute("INSERT INTO order_key SELECT kind, value, order_id FROM order_key_before")
    op.drop_table("order_key_before")
