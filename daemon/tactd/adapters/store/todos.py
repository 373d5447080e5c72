"""The to-dos that cases make: one a case, found again by the case's number."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, bindparam, insert, select, update

from tactd.adapters.store.schema import todo


def demand(
    conn: Connection,
    what: str,
    due: datetime,
    order_key: str | None,
    about: str,
    *,
    again: bool = False,
) -> None:
    """The marketplace wants it done by then. What the seller has done is asked of him anew only
    for another day, or `again`."""
    which = _is(what, order_key, about)
    held = conn.execute(select(todo.c.id, todo.c.due).where(*which)).first()
    values = {"due": due, "done_at": None}
    if held is None:
        row = {"what": what, "order_key": order_key, "about": about, **values}
        conn.execute(insert(todo).values(**row))
    elif again or held.due != due:
        conn.execute(update(todo).where(todo.c.id == held.id).values(**values))


def done(conn: Connection, what: str, order_key: str | None, about: str, at: datetime) -> bool:
    """Nothing is wanted any more; False if nothing was."""
    which = (*_is(what, order_key, about), todo.c.done_at.is_(None))
    return bool(conn.execute(update(todo).where(*which).values(done_at=at)).rowcount)


def over(conn: Connection, whats: Collection[str], order_key: str, at: datetime) -> None:
    """Nothing of these kinds is to be done about that order any more."""
    given = {"whats": list(whats), "of_order": order_key, "at": at}
    conn.execute(_OVER, given)


_OVER = (
    update(todo)
    .where(
        todo.c.what.in_(bindparam("whats", expanding=True)),
        todo.c.order_key == bindparam("of_order"),
        todo.c.done_at.is_(None),
    )
    .values(done_at=bindparam("at"))
)


def _is(what: str, order_key: str | None, about: str) -> tuple[ColumnElement[bool], ...]:
    """NULL is equal to nothing."""
    same = todo.c.order_key.is_(None) if order_key is None else todo.c.order_key == order_key
    return todo.c.what == what, same, todo.c.about == about
