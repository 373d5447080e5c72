"""Indexes for what is asked again and again: the next mails to handle, the files to move."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.drop_index("mail_new", "mail")
    op.create_index("mail_new", "mail", ["state", sa.text("role DESC"), "id"])
    to_move = sa.text("move_to IS NOT NULL")
    op.create_index(
        "reply_to_move", "reply", ["id"], sqlite_where=to_move, postgresql_where=to_move
    )


def downgrade() -> None:
    op.drop_index("reply_to_move", "reply")
    op.drop_index("mail_new", "mail")
    op.create_index("mail_new", "mail", ["state", "id"])
