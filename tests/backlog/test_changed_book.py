"""Orders that come while a backlog is being judged elsewhere: nothing is written by the old book,
and only what is in hand is judged again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ebay_samples import report
from shop import CONFIG, ebay_mail, jane, mail
from story_kit import asks, number_of, order_of
from tactd import wiring
from tactd.adapters.store import Store, inbound, journal, open_store, replies
from tactd.config import load
from tactd.core.types import Fetched, FolderRole, ReplyState, Slice, Watermark
from tactd.flow import backlog as backlog_module
from tactd.flow.backlog import Backlog
from tactd.flow.imports import import_file
from tactd.flow.judge import judge, read_kept
from tactd.flow.rules import Rules
from tactd.pipeline import Pipeline

NOW = datetime.now(UTC).replace(microsecond=0)
MAILS = 40
LAST = MAILS  # Jane's mail is the last one


@dataclass
class Elsewhere:
    """Judges what it is given at once and tells later, as another process would."""

    store: Store
    rules: Rules
    given: list[int] = field(default_factory=list)

    def submit(self, _work: object, ids: tuple[int, ...], now: datetime) -> Future[list[Any]]:
        self.given += ids
        answer: Future[list[Any]] = Future()
        with self.store.read() as conn:
            kept = inbound.some(conn, ids)
            answer.set_result([judge(conn, one, read_kept(one), self.rules, now) for one in kept])
        return answer

    def shutdown(self, **_how: bool) -> None: ...


@pytest.fixture
def rules(tmp_path: Path) -> Rules:
    text = CONFIG.format(
        imap=143, smtp=25, user="u", mode="stage", auto="[]", language="en", more=""
    )
    (tmp_path / "config.toml").write_text(text, encoding="utf-8")
    return wiring.rules(load(tmp_path / "config.toml", {}))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    held = open_store(f"sqlite:///{tmp_path / 'tactd.db'}")
    letters = [
        mail("Is it red?", sender=f"b{n}@example.com", message_id=f"<q{n}@example.com>")
        for n in range(1, MAILS)
    ]
    letters.append(ebay_mail("Hello, where is my order? It has not arrived yet."))
    keep(held, letters, 1)
    yield held
    held.close()


def keep(store: Store, letters: list[bytes], first: int) -> None:
    fetched = tuple(
        Fetched(uid=uid, raw=raw, size=len(raw), received=NOW - timedelta(hours=1))
        for uid, raw in enumerate(letters, first)
    )
    batch = Slice(
        role=FolderRole.INBOX,
        folder="INBOX",
        uidvalidity=1,
        watermark=Watermark(1, first + len(letters) - 1),
        mails=fetched,
    )
    with store.write() as conn:
        inbound.keep(conn, "shop", batch, NOW)


@pytest.fixture
def elsewhere(store: Store, rules: Rules, monkeypatch: pytest.MonkeyPatch) -> Elsewhere:
    made = Elsewhere(store, rules)
    start: Callable[..., Any] = lambda _url, _rules: made  # noqa: E731
    monkeypatch.setattr(backlog_module, "MANY", 2)
    monkeypatch.setattr(backlog_module, "AT_ONCE", 2)
    monkeypatch.setattr(backlog_module, "_start", start)
    return made


def test_nothing_is_written_by_the_old_book(
    tmp_path: Path, store: Store, rules: Rules, elsewhere: Elsewhere
) -> None:
    pipeline = Pipeline(store, rules, lambda: NOW, lambda: "token", Backlog("elsewhere"))
    while LAST not in elsewhere.given:
        assert pipeline.handle_new()
    export = tmp_path / "orders.csv"
    export.write_text(report([jane()], footer=""), encoding="utf-8")
    import_file(store, wiring.ExportFolder(tmp_path / "orders"), export, NOW)
    pipeline.forget_judged()
    while pipeline.handle_new():
        pass
    with store.read() as conn:
        assert inbound.new_count(conn) == 0
        found = {one.reply.mail: one.reply for one in replies.in_states(conn, *ReplyState)}
    order = found[LAST].order
    assert order is not None
    assert order.number == "12-34567-89012"


def test_only_what_is_in_hand_is_judged_again(
    store: Store, rules: Rules, elsewhere: Elsewhere
) -> None:
    backlog = Backlog("elsewhere")

    def sound() -> bool:
        with store.read() as conn:
            answers = backlog.next(conn, rules, NOW)
        return all(judged is not None for _, judged in answers)

    assert sound()
    backlog.wrote_otherwise()
    in_hand = backlog_module.AHEAD - 1
    assert [sound() for _ in range(in_hand + 3)] == [False] * in_hand + [True] * 3


def test_what_shares_an_order_with_a_notice_is_judged_again(
    tmp_path: Path, store: Store, rules: Rules, elsewhere: Elsewhere
) -> None:
    case = mail(
        f"Order number: {number_of(2)}\nRequest ID: 5012345678",
        sender="ebay@ebay.com",
        subject="Item not received",
        message_id="<case@ebay.com>",
        stamp="dmarc=pass header.from=ebay.com",
    )
    others = [mail("Is it red?", message_id=f"<o{n}@example.com>") for n in range(4)]
    export = tmp_path / "orders.csv"
    export.write_text(report([order_of(2)], footer=""), encoding="utf-8")
    import_file(store, wiring.ExportFolder(tmp_path / "orders"), export, NOW)
    keep(store, [case, *others, asks(2)], MAILS + 1)
    asked = MAILS + 6
    pipeline = Pipeline(store, rules, lambda: NOW, lambda: "token", Backlog("elsewhere"))
    while asked not in elsewhere.given:
        assert pipeline.handle_new()
    with store.read() as conn:
        assert {MAILS + 1, asked} <= {one.id for one in inbound.new(conn, 100)}, "both in hand"
    while pipeline.handle_new():
        pass
    with store.read() as conn:
        decided = journal.last_decision(conn, asked)
    assert decided is not None
    assert "choose.open_case" in [entry.code for entry in decided.decision.trail]
