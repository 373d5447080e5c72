"""A book of very many orders: how fast it fills, what it costs to find one mail's orders, and how
much memory the daemon needs for it."""

from __future__ import annotations

import csv
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import sample_shop
from ebay_samples import US
from figures import Figure, Tell
from servers.dovecot import Dovecot
from shop_process import Shop
from tactd.adapters.store import Store, open_store
from tactd.adapters.store.inbound import Kept
from tactd.config import load, policy_of
from tactd.core.decide.case import Case
from tactd.core.decide.match import match
from tactd.core.read.mail import read
from tactd.core.types import BuyerWrote, FolderRole
from tactd.flow.gather import gather
from tactd.marketplaces import open_mail
from tactd.shipped import packs, reader, shipped

MANY = 1_000_000
SMALL = 1_000  # orders beside which the large book is measured
TIMES = 400  # mails of each kind
RUNS = 3  # over all of them
APIECE = 50_000  # orders written to the file at once
SETTLE = 4.0  # seconds until a daemon's memory is looked at
INDEXED = ("Order Number", "Buyer Username", "Tracking Number")


def order_book(root: Path, server: Dovecot, orders: int, tell: Tell) -> list[Figure]:
    now = datetime.now(UTC)
    large, small = Shop.make(root / "large", server), Shop.make(root / "small", server)
    export = _write_export(root, orders, now)
    plain = _reference(export, root / "plain.db")
    tell(f"reference: {orders / plain:,.0f} rows/s")
    took = large.import_file(export)
    tell(f"import: {orders / took:,.0f} orders/s")
    export.unlink()
    (root / "plain.db").unlink()
    small.import_orders(0, SMALL, now)
    found = [*_importing(orders, took, plain), *_matching(large, small, orders, now, tell)]
    found.append(_memory(large, small, orders))
    for shop in (large, small):
        shop.remove()
    return found


def _importing(orders: int, took: float, plain: float) -> list[Figure]:
    said = f"csv.reader into SQLite, three indexes: {orders / plain:,.0f} rows/s"
    needed = "≥ 0.3" if orders >= MANY else ""  # with few, starting takes longer than reading
    return [
        Figure(f"{orders:,} orders imported", orders / took, "orders/s", "", "", True, said),
        Figure(
            "  beside that", plain / took, "×", needed, "0.7", not needed or plain / took >= 0.3
        ),
    ]


def _write_export(root: Path, orders: int, now: datetime) -> Path:
    path = root / "orders.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        for first in range(0, orders, APIECE):
            some = sample_shop.orders_report(first, min(APIECE, orders - first), now)
            file.write(some if not first else some.split("\r\n", 3)[3])
    return path


def _reference(export: Path, into: Path) -> float:
    """Seconds that a plain import takes: all columns as they are, three of them indexed."""
    started = time.perf_counter()
    conn = sqlite3.connect(into)
    with export.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        for _ in range(3):  # bare commas, the header, and commas once more
            next(rows)
        conn.execute(f"CREATE TABLE sale ({', '.join(f'c{at}' for at in range(len(US)))})")
        for name in INDEXED:
            at = US.index(name)
            conn.execute(f"CREATE INDEX by{at} ON sale (c{at})")
        places = ", ".join("?" * len(US))
        conn.executemany(f"INSERT INTO sale VALUES ({places})", rows)
    conn.commit()
    conn.close()
    return time.perf_counter() - started


# ------------------------------------------------------------------ one mail


def _matching(large: Shop, small: Shop, orders: int, now: datetime, tell: Tell) -> Iterator[Figure]:
    for what, made in MAILS.items():
        few, many = (
            _times(shop, [made(at * (held // TIMES or 1) % held, now) for at in range(TIMES)], now)
            for shop, held in ((small, SMALL), (large, orders))
        )
        p99 = statistics.quantiles(many, n=100)[98] * 1000
        one, other = (statistics.median(some) * 1000 for some in (few, many))
        tell(f"a mail {what}: {one:.2f} ms in a book of {SMALL:,}, {other:.2f} ms in this one")
        said = f"{one:.2f} ms in a book of {SMALL:,}"
        yield Figure(f"a mail {what} matched", other, "ms", "", "", True, said)
        needed = "" if made is _before_the_sale else "≤ 1.5"  # it finds more in a larger book
        yield Figure(
            "  beside that", other / one, "×", needed, "", not needed or other / one <= 1.5
        )
        yield Figure("  99 of 100 take at most", p99, "ms", "≤ 3", "", p99 <= 3)


def _by_relay(number: int, now: datetime) -> bytes:
    sender = sample_shop.relay(number)
    return f"From: A <{sender}>\r\nSubject: Hello\r\n\r\nWhere is it?\r\n".encode()


def _by_username(number: int, now: datetime) -> bytes:
    lines = sample_shop.mail_about(number, now).split(b"\n")
    raw = b"\n".join(line for line in lines if b"Order number:" not in line)
    return raw.replace(sample_shop.relay(number).encode(), b"e" * 20 + b"@members.ebay.com")


def _of_a_stranger(number: int, now: datetime) -> bytes:
    sender = f"kim{number}@example.com"
    return f"From: Kim <{sender}>\r\nSubject: Hi\r\n\r\nDo you ship to me?\r\n".encode()


def _before_the_sale(number: int, now: datetime) -> bytes:
    """About an item that many have bought, from somebody who has not."""
    return _by_username(number, now).replace(sample_shop.username(number).encode(), b"curious_one")


MAILS: Mapping[str, Callable[[int, datetime], bytes]] = {
    "with an order number": sample_shop.mail_about,
    "with a relay alone": _by_relay,
    "with username and item": _by_username,
    "about an item, before the sale": _before_the_sale,
    "with nothing": _of_a_stranger,
}


def _times(shop: Shop, mails: Sequence[bytes], now: datetime) -> list[float]:
    """Seconds for each of the mails, after all have been asked about once: the best of a few, for
    what others take of this machine meanwhile is no time of ours."""
    policy = policy_of(load(shipped("config.toml"), {}), packs(), reader())
    asked = [_kept(raw, now) for raw in mails]
    spent: list[list[float]] = [[] for _ in asked]
    with _store(shop) as store, store.read() as conn:
        for _ in range(1 + RUNS):
            for (event, kept), times in zip(asked, spent, strict=True):
                started = time.perf_counter()
                facts = gather(conn, event, kept, policy, now)
                match(Case(event=event, facts=facts, policy=policy, now=now))
                times.append(time.perf_counter() - started)
    return [min(times[1:]) for times in spent]


def _kept(raw: bytes, now: datetime) -> tuple[BuyerWrote, Kept]:
    mail = read(raw, now)
    kept = Kept(
        id=0,
        mailbox="shop",
        role=FolderRole.INBOX,
        received=now,
        size=len(raw),
        truncated=False,
        at_start=False,
        flagged_answered=False,
        raw=raw,
    )
    return BuyerWrote(mail, open_mail(mail), "shop"), kept


@contextmanager
def _store(shop: Shop) -> Iterator[Store]:
    store = open_store(f"sqlite:///{shop.root / 'tactd.db'}")
    try:
        yield store
    finally:
        store.close()


# ------------------------------------------------------------------ the daemon


def _memory(large: Shop, small: Shop, orders: int) -> Figure:
    few, many = (_resident(shop) for shop in (small, large))
    name = f"memory of the daemon, with {orders:,} orders more"
    return Figure(name, many - few, "MB", "≤ 20", "", many - few <= 20, f"{few:.0f} MB without")


def _resident(shop: Shop) -> float:
    with shop.daemon():
        shop.until(lambda: shop.logged("started"), "started", 0.1)
        time.sleep(SETTLE)
        return shop.memory()["now"]
