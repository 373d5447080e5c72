"""What unasked mail needs: which promises are due, and what the seller has approved over limits."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column(
        "reply", sa.Column("at_once", sa.Boolean, nullable=False, server_default=sa.false())
    )
    op.create_index("promise_due", "promise", ["state", "due"])
    op.create_index("ledger_reply", "ledger", ["reply"])


def downgrade() -> None:
    op.drop_index("ledger_reply")
    op.drop_index("promise_due")
    op.drop_column("reply", "at_once")
