"""Where stores begin: a new one is made from schema.py; each later change is a file here."""

from __future__ import annotations

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Nothing came before."""


def downgrade() -> None:
    """Nothing came before."""
