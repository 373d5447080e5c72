"""Mails of marketplaces that tactd does not know: no buyer's, and perhaps something new."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from tactd.adapters.store import overview
from tactd.core.counted import count
from tactd.core.sender.domains import organisation
from tactd.core.types import Marketplace, Pack, Policy
from tactd.screens.terminal import Terminal, plain
from tactd.screens.times import iso

Facts = dict[str, Any]

LATELY = timedelta(days=7)


def unknown_notices(conn: Connection, policy: Policy, now: datetime) -> list[Facts]:
    """One row a marketplace: how many came lately, and the newest."""
    found: dict[str, Facts] = {}
    for one in overview.unknown_notices(conn, now - LATELY):  # the newest of each sender first
        name = _marketplace(one.address, policy.packs) or organisation(one.address.split("@")[-1])
        row = found.setdefault(
            name, {"marketplace": name, "count": 0, "newest": one.subject, "at": iso(one.at)}
        )
        row["count"] += one.count
    return list(found.values())


def _marketplace(address: str, packs: Mapping[Marketplace, Pack]) -> str:
    domain = address.rpartition("@")[2]
    owners = (
        str(one)
        for one, pack in packs.items()
        for own in pack.own_domains
        if domain == own or domain.endswith("." + own)
    )
    return next(owners, "")


def show(rows: list[Facts], console: Terminal) -> None:
    for row in rows:
        mails = count(row["count"], "mail", "mails")
        said = f"{mails} of {row['marketplace']} that tactd does not know, newest: {row['newest']}"
        console.print(f"[dim]{plain(said)}[/]")
