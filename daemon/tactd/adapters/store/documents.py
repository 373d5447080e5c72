"""Frozen values ⇄ JSON documents. Pydantic's adapters know dataclasses, and are fast."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter

T = TypeVar("T")


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def dump(kind: Any, value: Any) -> str:
    return _adapter(kind).dump_json(value).decode()


def load(kind: type[T], document: str) -> T:
    """Raises pydantic.ValidationError where the document is not of that kind."""
    adapter: TypeAdapter[T] = _adapter(cast(Any, kind))
    return adapter.validate_json(document)
