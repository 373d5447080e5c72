"""A backlog is judged by other processes while this one writes.

Judging a mail only reads (flow/judge.py), so many can be judged at once; what comes back is
written in order. It is optimistic: a mail that shares a buyer, a thread or its content with one
that was written since it was given out is judged again here, and so is everything whose judging
failed. The processes are started when many mails wait and ended when none does.
"""

from __future__ import annotations

import gc
import multiprocessing
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from tactd import log
from tactd.adapters.store import Store, inbound, open_store
from tactd.core.compose.template_set import Key, template_set
from tactd.core.types import FolderRole, Policy
from tactd.flow.judge import Judged, is_twin, judge, read_kept
from tactd.flow.rules import Rules

MANY = 300  # mails that wait before it is worth while to start other processes
AT_ONCE = 50  # mails given out together
AHEAD = 6  # batches given out at a time
PROCESSES = 2

Answer = tuple[int, Judged | None]
"""A mail's id, and what was judged; None: to be judged here."""


@dataclass(frozen=True, slots=True)
class _Given:
    ids: tuple[int, ...]
    since: int  # what had been written when it was given out
    rules: Rules
    answer: Future[list[Judged | None]]


@dataclass(slots=True)
class Backlog:
    """Belongs to the thread that owns the store."""

    url: str
    _pool: ProcessPoolExecutor | None = None
    _given: deque[_Given] = field(default_factory=deque)
    _upto: int = 0  # the last id given out
    _written: int = 0
    _touched: dict[str, int] = field(default_factory=dict)  # key → when it was last written
    _stale: int = 0  # what was given out before this was written must be judged again
    _alone: bool = False  # nobody else can judge: until this backlog is over

    def next(self, conn: Connection, rules: Rules, now: datetime) -> list[Answer]:
        """The next mails of a backlog, in order; none if few wait or nobody else can judge."""
        if not self._given and inbound.new_count(conn) < MANY:
            self.end()
            return []
        if self._alone:
            return []
        try:
            self._give_out(conn, rules, now)
            given = self._given.popleft()
            judged = given.answer.result()
        except IndexError:
            return []  # nothing can be given out just now
        except Exception as error:  # noqa: BLE001 - a process died: this backlog is judged here
            log.failure("judging_failed", error)
            self.end()
            self._alone = True
            return []
        sound = given.rules is rules and given.since >= self._stale
        return [
            (mail_id, one if sound and one and not self._overtaken(one, given) else None)
            for mail_id, one in zip(given.ids, judged, strict=True)
        ]

    def wrote(self, some: Sequence[Judged]) -> None:
        """These have been written: what depends on them and was judged before is judged again."""
        if self._given:
            self._written += 1
            self._touched |= {key: self._written for one in some for key in one.keys}

    def wrote_otherwise(self) -> None:
        """Something was written here that nobody else knows of."""
        self._written += 1
        self._stale = self._written

    def end(self) -> None:
        """Let the processes go, and with them their memory."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool, self._upto, self._alone = None, 0, False
        self._given.clear()
        self._touched.clear()

    def _overtaken(self, one: Judged, given: _Given) -> bool:
        keys = one.keys | one.looked_at
        return any(self._touched.get(key, -1) > given.since for key in keys)

    def _give_out(self, conn: Connection, rules: Rules, now: datetime) -> None:
        while len(self._given) < AHEAD:
            ids = tuple(inbound.next_ids(conn, self._upto, AT_ONCE))
            if not ids:
                return
            if self._pool is None:
                self._pool = _start(self.url, rules)
            answer = self._pool.submit(judge_some, ids, now)
            self._given.append(_Given(ids, self._written, rules, answer))
            self._upto = ids[-1]


def _start(url: str, rules: Rules) -> ProcessPoolExecutor:
    log.event("backlog_begun", processes=PROCESSES)
    sources = dict(rules.templates.sources)
    return ProcessPoolExecutor(
        PROCESSES,
        mp_context=multiprocessing.get_context("spawn"),  # threads run here: no fork
        initializer=_begin,
        initargs=(url, rules.policy, sources),
    )


# ------------------------------------------------------------------------------ over there


@dataclass(slots=True)
class _There:
    store: Store
    rules: Rules


_there: _There | None = None


def _begin(url: str, policy: Policy, sources: dict[Key, str]) -> None:
    global _there
    _there = _There(open_store(url), Rules.of(policy, template_set(sources)))
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)  # judging makes and drops values; hardly any is a cycle


def judge_some(ids: Sequence[int], now: datetime) -> list[Judged | None]:
    """Judge these mails as the store is now. None: not to be judged here (a twin, a mail of the
    seller's own, one that fails)."""
    assert _there is not None  # the initializer has run
    with _there.store.read() as conn:
        kept = {one.id: one for one in inbound.some(conn, ids)}
        return [_judge_safely(conn, kept.get(mail_id), now) for mail_id in ids]


def _judge_safely(conn: Connection, kept: inbound.Kept | None, now: datetime) -> Judged | None:
    assert _there is not None
    if kept is None or kept.role is FolderRole.SENT:
        return None
    try:
        mail = read_kept(kept)
        return None if is_twin(conn, kept, mail) else judge(conn, kept, mail, _there.rules, now)
    except Exception:  # noqa: BLE001 - where it is judged again the failure is told of
        return None
