"""Alembic's entry: it runs on the engine that open_store() hands over."""

from __future__ import annotations

from alembic import context

from tactd.adapters.store.schema import metadata

with context.config.attributes["engine"].connect().execution_options(immediate=True) as conn:
    context.configure(connection=conn, target_metadata=metadata)
    with conn.begin(), context.begin_transaction():
        context.run_migrations()
