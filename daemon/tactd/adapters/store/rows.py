"""What SQLAlchemy says of a statement, in one word."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CursorResult


def new_id(result: CursorResult[Any]) -> int:
    """The id of the row that an INSERT made."""
    assert result.inserted_primary_key is not None
    number: int = result.inserted_primary_key[0]
    return number
