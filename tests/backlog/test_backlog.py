"""A backlog that other processes judge ends exactly as if it had been handled one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ebay_samples import report
from shop import CONFIG, ebay_mail, jane, mail
from tactd import pipeline as pipeline_module
from tactd import wiring
from tactd.adapters.store import Store, inbound, journal, open_store, replies
from tactd.config import load
from tactd.core.types import Fetched, FolderRole, ReplyState, Slice, Watermark
from tactd.flow import backlog as backlog_module
from tactd.flow.backlog import Backlog
from tactd.flow.imports import import_file
from tactd.flow.rules import Rules
from tactd.pipeline import Pipeline

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def rules(tmp_path: Path) -> Rules:
    text = CONFIG.format(
        imap=143, smtp=25, user="u", mode="stage", auto="[]", language="en", more=""
    )
    (tmp_path / "config.toml").write_text(text, encoding="utf-8")
    return wiring.rules(load(tmp_path / "config.toml", {}))


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dozen mails are a backlog."""
    monkeypatch.setattr(backlog_module, "MANY", 5)
    monkeypatch.setattr(backlog_module, "AT_ONCE", 4)
    monkeypatch.setattr(pipeline_module, "AT_ONCE", 1)  # the seller's own mail, which comes first


def ask(number: int, words: str, **other: str) -> bytes:
    values = {"sender": f"buyer{number}@example.com", "message_id": f"<q{number}@example.com>"}
    return mail(words, **{**values, **other})


def mails() -> Iterator[tuple[FolderRole, bytes]]:
    """Every way in which mails of one backlog can depend on one another."""
    inbox = FolderRole.INBOX
    asked = [ask(number, "Where is my order? It has not arrived.") for number in range(12)]
    yield from ((inbox, raw) for raw in asked)
    yield inbox, ebay_mail("Hello, where is my order?", message_id="<e1@ebay.com>")
    yield inbox, ebay_mail("Hello? Where is my order?", message_id="<e2@ebay.com>")  # same buyer
    yield inbox, asked[3]  # the very same mail again
    yield inbox, ask(4, "Hello??", message_id="<again4@example.com>")
    yield inbox, ask(20, "Is it red?", Auto_Submitted="auto-generated")
    yield (
        FolderRole.SENT,
        mail(
            "It is on its way.",
            sender="shop@example.org",
            to="buyer5@example.com",
            message_id="<mine@example.org>",
            In_Reply_To="<q5@example.com>",
        ),
    )
    yield inbox, ask(5, "Thanks!", message_id="<t5@example.com>")
    yield inbox, b"\xff\x00 not a mail at all"


def store_at(path: Path, rules: Rules) -> Store:
    held = open_store(f"sqlite:///{path}")
    orders = path.with_suffix(".csv")
    orders.write_text(report([jane()], footer=""), encoding="utf-8")
    folder = wiring.ExportFolder(path.parent / "orders")
    import_file(held, folder, orders, NOW)
    with held.write() as conn:
        for uid, (role, raw) in enumerate(mails(), 1):
            received = NOW - timedelta(hours=1) + timedelta(seconds=uid)
            one = Fetched(uid=uid, raw=raw, size=len(raw), received=received)
            inbound.keep(
                conn,
                "shop",
                Slice(
                    role=role,
                    folder=role,
                    uidvalidity=1,
                    watermark=Watermark(1, uid),
                    mails=(one,),
                ),
                NOW,
            )
    return held


def fates(held: Store) -> list[object]:
    """All that a person could see of what became of the mails."""
    with held.read() as conn:
        found: list[object] = []
        for number in range(1, len(list(mails())) + 1):
            row = inbound.filed(conn, number)
            snapshot = journal.last_decision(conn, number)
            decided = (
                (snapshot.decision.outcome, snapshot.decision.situations) if snapshot else None
            )
            assert row is not None
            found.append((number, row.state, row.answered_by, decided))
        found += [
            (one.reply.mail, one.reply.state, one.reply.subject, one.reply.body, one.reply.deadline)
            for one in sorted(replies.in_states(conn, *ReplyState), key=lambda s: s.reply.mail or 0)
        ]
        return found


def handle_all(pipeline: Pipeline) -> None:
    while pipeline.handle_new():
        pass


def judged_by_others(
    path: Path, rules: Rules, spoil: Callable[[Backlog], None] = lambda backlog: None
) -> Store:
    held = store_at(path, rules)
    backlog = Backlog(f"sqlite:///{path}")
    spoil(backlog)
    handle_all(Pipeline(held, rules, lambda: NOW, lambda: "token", backlog))
    backlog.end()
    return held


def test_the_fates_are_those_of_handling_one_by_one(
    tmp_path: Path, rules: Rules, small: None
) -> None:
    alone = store_at(tmp_path / "alone.db", rules)
    handle_all(Pipeline(alone, rules, lambda: NOW, lambda: "token"))
    together = judged_by_others(tmp_path / "together.db", rules)
    assert fates(together) == fates(alone)
    with together.read() as conn:
        assert inbound.new_count(conn) == 0


def test_a_process_that_dies_loses_no_mail(
    tmp_path: Path, rules: Rules, small: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = store_at(tmp_path / "alone.db", rules)
    handle_all(Pipeline(alone, rules, lambda: NOW, lambda: "token"))

    def kill(backlog: Backlog) -> None:
        start = backlog_module._start

        def dead(url: str, some: Rules) -> object:
            pool = start(url, some)
            pool.submit(int).result()
            for process in pool._processes.values():
                process.kill()
            return pool

        monkeypatch.setattr(backlog_module, "_start", dead)

    assert fates(judged_by_others(tmp_path / "together.db", rules, kill)) == fates(alone)


def test_new_rules_are_kept_to_for_what_was_given_out_before(
    tmp_path: Path, rules: Rules, small: None
) -> None:
    held = store_at(tmp_path / "together.db", rules)
    backlog = Backlog(f"sqlite:///{tmp_path / 'together.db'}")
    pipeline = Pipeline(held, rules, lambda: NOW, lambda: "token", backlog)
    pipeline.handle_new()  # the seller's own mail
    pipeline.handle_new()
    pipeline.rules = Rules(rules.policy, rules.templates, "another digest")
    pipeline.handle_new()
    with held.read() as conn:
        newest = journal.latest_decisions(conn, 1)[0]
    backlog.end()
    assert newest.policy == "another digest"


def test_few_mails_are_handled_without_other_processes(tmp_path: Path, rules: Rules) -> None:
    held = store_at(tmp_path / "few.db", rules)
    backlog = Backlog(f"sqlite:///{tmp_path / 'few.db'}")
    handle_all(Pipeline(held, rules, lambda: NOW, lambda: "token", backlog))
    assert backlog._pool is None
