"""Where exactly a reply goes: some relays have an address of their own for each conversation of one
buyer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("reply", sa.Column("recipient", sa.String))


def downgrade() -> None:
    op.drop_column("reply", "recipient")
