"""Guards of the texts themselves: these tests read every shipped file, in whatever language."""

from __future__ import annotations

import re
from itertools import chain, combinations

import pytest

from compose.letters import SHIPPED, SHIPPED_FOLDER, letter
from tactd.adapters.templates import lint
from tactd.core.compose.fact_names import FACTS, SAMPLE
from tactd.core.compose.template_lint import named_in, needed_in
from tactd.core.compose.template_set import FRAME, STRANGER, Key
from tactd.core.types import Situation

SOURCES = SHIPPED.templates.sources
LETTERS = sorted(key for key in SOURCES if key.folder not in (FRAME, STRANGER))
WRITTEN = (
    *("not_yet_shipped", "ship_late", "in_transit", "delayed", "refund_not_yet"),
    *("feedback_thanks", "feedback_misclick", "opt_out", "handover"),
)
HOLES = re.compile(r"  | [.,，。；]|\( *\)|（ *）|[{}]|,,|\.\.(?!\.)|^[.,;，。]", re.MULTILINE)


def written(key: Key, known: frozenset[str]) -> str:
    composed = letter(
        Situation(key.folder),
        facts={name: SAMPLE[name] for name in known},
        request={"language": key.language, "variant": key.variant - 1},
    )
    assert composed.draft is not None
    assert composed.draft.language == key.language
    return composed.draft.subject + "\n\n" + composed.draft.body


def may_be_missing(key: Key) -> list[str]:
    frame = named_in(SOURCES[Key(FRAME, key.language)])
    named = named_in(SOURCES[key])
    return sorted((named | frame) - needed_in(SOURCES[key]) - {"shop"})


@pytest.mark.parametrize("situation", WRITTEN)
def test_every_situation_is_written_in_english(situation: str) -> None:
    assert SHIPPED.templates.has(situation, "en")


@pytest.mark.parametrize("language", SHIPPED.templates.languages())
def test_strangers_and_sheets_are_written_in_every_language(language: str) -> None:
    assert SHIPPED.templates.has(STRANGER, language)
    assert SHIPPED.templates.has(Situation.HANDOVER, language)


def test_all_languages_say_the_same_facts() -> None:
    assert lint(SHIPPED.templates) == []


@pytest.mark.parametrize("key", LETTERS, ids=str)
def test_a_letter_reads_well_whichever_facts_are_missing(key: Key) -> None:
    optional = may_be_missing(key)
    assert len(optional) <= 12
    subsets = chain.from_iterable(combinations(optional, n) for n in range(len(optional) + 1))
    for missing in subsets:
        text = written(key, FACTS - set(missing))
        assert not (hole := HOLES.search(text)), (missing, hole, text)
        assert not re.search(r"\n\n\n|[ \t]$", text, re.MULTILINE), (missing, text)


@pytest.mark.parametrize("key", LETTERS, ids=str)
def test_a_letter_stays_far_below_ebays_two_thousand_characters(key: Key) -> None:
    assert len(written(key, FACTS)) < 900


def test_two_wordings_of_a_situation_differ() -> None:
    seen = [written(key, FACTS) for key in LETTERS]
    assert len(set(seen)) == len(seen)


PROOF = {"shipped_on", "tracking_number", "tracking_page", "expected_to"}
MUST_TELL = {
    "not_yet_shipped": {"ship_by"},
    "in_transit": PROOF | {"days_last", "expected_from", "write_after", "country"},
    "delayed": {"shipped_on", "tracking_number", "tracking_page", "search_until", "search_longest"},
    "refund_not_yet": PROOF | {"days_last", "expected_from", "refund_from"},
}


@pytest.mark.parametrize("key", [key for key in LETTERS if key.folder in MUST_TELL], ids=str)
def test_the_proof_that_the_playbook_asks_for_is_in_the_letter(key: Key) -> None:
    text = written(key, FACTS)
    assert [fact for fact in MUST_TELL[key.folder] if SAMPLE[fact] not in text] == []


@pytest.mark.parametrize("key", [key for key in LETTERS if key.folder == "in_transit"], ids=str)
def test_in_transit_is_never_written_without_ship_date_and_a_day_to_come_back(key: Key) -> None:
    assert needed_in(SOURCES[key]) >= {"shipped_on", "expected_to", "write_after"}


def test_the_readme_explains_every_fact_and_no_other() -> None:
    text = (SHIPPED_FOLDER / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)) == FACTS
