"""What the seller teaches makes such mail unsure at once, and sure only when many agree."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cli.seller import Seller
from ebay_samples import report
from shop import CONFIG, ebay_mail, jane
from tactd import wiring
from tactd.adapters.store import journal
from tactd.config import Config
from tactd.config import load as load_config
from tactd.core.classify.corrections import CAP, MANY, Correction, may_be_sure, taught
from tactd.core.decide.steps import decide
from tactd.core.types import Fetched, FolderRole, Intent, Slice, Taught
from tactd.flow.imports import import_file
from tactd.pipeline import Pipeline
from tactd.shipped import reader
from understand.messages import WHERE

READER = reader()
ASKS = "Hello, where is my order? It has not arrived yet."
REFUND, WHERE_IS = Intent.REFUND_REQUEST, Intent.WHERE_IS_MY_ITEM


def correction(words: str, intent: Intent, read_as: Intent = WHERE_IS) -> Correction:
    return Correction(READER.marks("", words), read_as, intent)


def says(words: str, *corrections: Correction) -> Taught:
    return taught(READER.marks("", words), corrections)


def test_one_correction_makes_the_same_words_unsure() -> None:
    assert READER.read("", ASKS).sure
    assert not READER.read("", ASKS, taught=says(ASKS, correction(ASKS, REFUND))).sure


def test_it_says_something_of_mail_that_is_like_it_and_nothing_of_other_mail() -> None:
    one = correction(ASKS, REFUND)
    assert dict(says("where is my order, it has not arrived", one).adds)[REFUND] > 0
    assert says("Can you make an invoice for our company?", one) == Taught()
    assert says("", one) == Taught()


@pytest.mark.parametrize("count", [1, MANY - 1, MANY])
def test_only_many_that_agree_can_make_a_mail_sure(count: int) -> None:
    sure = replace(READER.read("", ASKS), sure=True)
    doubtful = replace(sure, sure=False)
    said = says(ASKS, *[correction(ASKS, WHERE_IS, Intent.OTHER)] * count)
    assert may_be_sure(sure, doubtful, said) == (count >= MANY)


def test_one_that_disagrees_outweighs_the_many() -> None:
    sure = replace(READER.read("", ASKS), sure=True)
    agree = [correction(ASKS, WHERE_IS, Intent.OTHER)] * MANY
    assert not may_be_sure(sure, sure, says(ASKS, *agree, correction(ASKS, REFUND)))


@given(st.lists(st.tuples(st.sampled_from(WHERE), st.sampled_from(Intent)), max_size=30))
@settings(max_examples=30, deadline=None)
def test_all_together_add_no_more_than_the_cap(taught_of: list[tuple[str, Intent]]) -> None:
    said = says(ASKS, *(correction(words, intent) for words, intent in taught_of))
    assert all(abs(more) <= CAP for _, more in said.adds)


@given(st.text(max_size=200))
@settings(max_examples=30, deadline=None)
def test_any_text_has_marks(words: str) -> None:
    assert READER.marks("", words) == READER.marks("", words)


# --------------------------------------------------------------------------- in the store


@pytest.fixture
def config(tmp_path: Path) -> Config:
    text = CONFIG.format(imap=1, smtp=1, user="x", mode="stage", auto="[]", language="en", more="")
    (tmp_path / "config.toml").write_text(text, encoding="utf-8")
    return load_config(tmp_path / "config.toml", {})


@pytest.fixture
def pipeline(config: Config) -> Iterator[Pipeline]:
    store = wiring.store(config)
    pipeline = Pipeline(store, wiring.rules(config), lambda: datetime.now(UTC), lambda: "token")
    path = config.orders.folder.parent / "report.csv"
    path.write_text(report([jane()], footer=""), encoding="utf-8")
    assert import_file(store, wiring.exports(config), path, datetime.now(UTC)).fine
    yield pipeline
    store.close()


def receive(pipeline: Pipeline, words: str, uid: int) -> journal.Snapshot:
    raw, now = ebay_mail(words, message_id=f"<m{uid}@ebay.example>"), datetime.now(UTC)
    one = Fetched(uid=uid, raw=raw, size=len(raw), received=now)
    batch = Slice(
        role=FolderRole.INBOX, folder="INBOX", uidvalidity=1, watermark=None, mails=(one,)
    )
    assert pipeline.keep("shop", batch) == 1
    while pipeline.handle_new():
        pass
    with pipeline.store.read() as conn:
        found = journal.last_decision(conn, uid)
    assert found is not None
    return found


def test_what_is_taught_counts_for_the_next_mail_and_stands_in_its_facts(
    pipeline: Pipeline, config: Config, tmp_path: Path
) -> None:
    first = receive(pipeline, ASKS, 1)
    assert first.decision.reading is not None
    assert first.decision.reading.sure
    tactd = Seller(tmp_path)
    told = tactd("teach", "m1", "refund_request", "--json").facts
    assert (told["read_as"], told["intent"]) == ("where_is_my_item", "refund_request")
    second = receive(pipeline, ASKS + " Thanks!", 2)
    assert dict(second.facts.taught.agreeing) == {REFUND: 1}
    assert second.decision.reading is not None
    assert not second.decision.reading.sure
    assert decide(second.event, second.facts, pipeline.rules.policy, second.at) == second.decision


def test_what_was_taught_is_listed_exported_without_addresses_and_taken_back(
    pipeline: Pipeline, tmp_path: Path
) -> None:
    receive(pipeline, f"{ASKS} Write to jane@example.com or +44 7700 900123.", 1)
    tactd = Seller(tmp_path)
    assert tactd("teach").out.startswith("Nothing yet")
    assert "→" in tactd("teach", "m1", "customs").out
    assert tactd("teach", "m1", "thanks").code == 0
    assert [row["intent"] for row in tactd("teach", "--json").facts] == ["thanks"]
    row = json.loads(tactd("teach", "--export").out)
    assert "<address>" in row["words"]
    assert "jane@" not in row["words"]
    assert "900123" not in row["words"]
    assert tactd("teach", "m1", "--forget").code == 0
    assert tactd("teach", "--json").facts == []
    assert tactd("teach", "m1", "--forget").code != 0


def test_a_wrong_name_of_an_intent_or_a_mail_is_told(pipeline: Pipeline, tmp_path: Path) -> None:
    receive(pipeline, ASKS, 1)
    tactd = Seller(tmp_path)
    assert "did you mean refund_request?" in tactd("teach", "m1", "refund_reqest").err
    assert tactd("teach", "m9", "thanks").code != 0
    assert "ID INTENT" in tactd("teach", "m1").err
