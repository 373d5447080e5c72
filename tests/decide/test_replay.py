"""What was decided and drafted once comes out of the stored snapshot again, to the letter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ebay_samples import report
from shop import CONFIG, day, ebay_mail, jane, mail
from story_kit import STATES, VOUCHED, asks, order_of
from tactd import wiring
from tactd.adapters.store import journal, replies
from tactd.adapters.store.journal import Snapshot
from tactd.config import Config
from tactd.config import load as load_config
from tactd.core.decide.steps import decide
from tactd.core.types import Decision, Draft, Fetched, FolderRole, Outcome, Slice
from tactd.flow.draft import compose_reply
from tactd.flow.imports import import_file
from tactd.flow.rules import Rules
from tactd.pipeline import Pipeline

QUESTIONS = (
    "Hello, where is my order? It has not arrived yet.",
    "I want my money back.",
    "Great seller, fast shipping, everything perfect!",
    "Please stop writing to me.",
    "I will sue you.",
    "¿Dónde está mi pedido?",
    "Arrived today, thank you very much!",
)


@pytest.fixture
def config(tmp_path: Path) -> Config:
    text = CONFIG.format(imap=1, smtp=1, user="x", mode="stage", auto="[]", language="zh", more="")
    (tmp_path / "config.toml").write_text(text, encoding="utf-8")
    return load_config(tmp_path / "config.toml", {})


@pytest.fixture
def pipeline(config: Config) -> Iterator[Pipeline]:
    """The road of a mail on a real store, without a mail server."""
    store = wiring.store(config)
    yield Pipeline(store, wiring.rules(config), lambda: datetime.now(UTC), lambda: "token")
    store.close()


def book(pipeline: Pipeline, config: Config, *rows: dict[str, str]) -> None:
    path = config.orders.folder.parent / "report.csv"
    path.write_text(report(rows, footer=""), encoding="utf-8")
    done = import_file(pipeline.store, wiring.exports(config), path, datetime.now(UTC))
    assert done.fine


def receive(pipeline: Pipeline, *raws: bytes) -> None:
    now = datetime.now(UTC)
    mails = tuple(
        Fetched(uid=at, raw=raw, size=len(raw), received=now) for at, raw in enumerate(raws, 1)
    )
    batch = Slice(role=FolderRole.INBOX, folder="INBOX", uidvalidity=1, watermark=None, mails=mails)
    assert pipeline.keep("shop", batch) == len(raws)
    while pipeline.handle_new():
        pass


def snapshots(pipeline: Pipeline) -> list[Snapshot]:
    with pipeline.store.read() as conn:
        rows = conn.exec_driver_sql("select id from decision order by id").scalars().all()
        found = [journal.snapshot(conn, row) for row in rows]
    return [one for one in found if one is not None]


def again(one: Snapshot, rules: Rules) -> tuple[Decision, Draft | None]:
    made = decide(one.event, one.facts, rules.policy, one.at)
    written = compose_reply(one.event, one.facts, made, rules.policy, rules.templates, one.at)
    return written.decision, written.draft


def drafted(pipeline: Pipeline, decision: int) -> Draft | None:
    with pipeline.store.read() as conn:
        row = conn.exec_driver_sql("select id from reply where decision = ?", (decision,)).scalar()
        stored = replies.get(conn, row) if row else None
    return stored.draft if stored else None


def every_situation() -> tuple[list[dict[str, str]], list[bytes]]:
    """Each question about an order in each state, and some mails of another sort."""
    rows, raws = [jane()], [ebay_mail(QUESTIONS[0])]
    for state in STATES:
        for question in QUESTIONS:
            rows.append(order_of(len(rows), state))
            raws.append(asks(len(rows) - 1, question))
    raws.append(mail("Where is 12-34567-00001?", sender="x@example.net", message_id="<x@x.net>"))
    raws.append(asks(1, QUESTIONS[1], number=2))
    raws.append(asks(1, "Hello?", number=3, stamp=VOUCHED, Auto_Submitted="auto-replied"))
    raws.append(b"\xff\x00 no mail at all")
    return rows, raws


def test_stored_facts_give_the_stored_decision_and_draft(
    pipeline: Pipeline, config: Config
) -> None:
    rows, raws = every_situation()
    book(pipeline, config, *rows)
    receive(pipeline, *raws)
    # The live book moves on; what was decided does not.
    book(pipeline, config, *(row | {"Maximum Estimated Delivery Date": day(40)} for row in rows))
    found = snapshots(pipeline)
    assert len(found) == len(raws)
    for one in found:
        decision, draft = again(one, wiring.rules(config))
        assert decision == one.decision, one.id
        to = one.decision.disclosure.to if one.decision.disclosure else None
        if to is not None:  # else there is nobody to write to
            assert draft == drafted(pipeline, one.id)
    situations = {name for one in found for name in one.decision.situations}
    assert len(situations) >= 9, sorted(situations)
    assert {one.decision.outcome for one in found} == {Outcome.STAGE, Outcome.SKIP}
    assert {one.decision.would for one in found} >= {Outcome.STAGE, Outcome.SKIP, Outcome.SEND}


def test_other_facts_would_have_given_another_draft(pipeline: Pipeline, config: Config) -> None:
    """The test above would prove nothing if the facts did not matter."""
    book(pipeline, config, order_of(1), order_of(2, "overdue"))
    receive(pipeline, asks(1), asks(2))
    one, other = snapshots(pipeline)
    rules = wiring.rules(config)
    made = decide(one.event, other.facts, rules.policy, one.at)
    assert made != one.decision


def test_the_snapshot_names_the_policy_and_the_texts_it_was_made_with(
    pipeline: Pipeline, config: Config
) -> None:
    book(pipeline, config, order_of(1))
    receive(pipeline, asks(1))
    (one,) = snapshots(pipeline)
    rules = wiring.rules(config)
    assert one.policy == rules.digest
    assert one.templates == rules.templates.digest
