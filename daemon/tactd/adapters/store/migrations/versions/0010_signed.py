"""What our own check of a mail's signatures has found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("mail", sa.Column("signed", sa.Text))


def downgrade() -> None:
    op.drop_column("mail", "signed")
