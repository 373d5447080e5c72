"""No sentence that the seller reads holds a code of ours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import Formatter

import pytest

from tactd.core.classify.reading import RISKS
from tactd.core.compose.fact_names import FACTS as NAMES
from tactd.core.compose.letter import empty_sheet
from tactd.core.compose.template_set import FRAME, LANGUAGES, STRANGER
from tactd.core.decide.match import WEIGHTS
from tactd.core.labels import (
    CASES,
    CLUES,
    FACT_GROUPS,
    FACTS,
    FLAGS,
    INTENTS,
    MAIL_KINDS,
    SITUATIONS,
    SPOKEN,
    YOUR_ANSWER,
    Row,
    label,
)
from tactd.core.labels import LANGUAGES as LANGUAGE_NAMES
from tactd.core.reasons import SENTENCES, sentence
from tactd.core.sheet.parse import blanks
from tactd.core.types import FactGroup, Intent, MailKind, Situation

CODE = re.compile(r"\b[a-z]+(_[a-z]+)+\b")
OURS = ("en", "zh", "es")
# What the seller finds under that very name in his config.toml.
OF_THE_CONFIGURATION = {"permit.not_listed", "sender.not_configured"}

VOCABULARIES = {
    "intents": (INTENTS, set(Intent)),
    "situations": (SITUATIONS, {*Situation, FRAME, STRANGER}),
    "flags": (FLAGS, set(RISKS)),
    "fact groups": (FACT_GROUPS, set(FactGroup)),
    "facts": (FACTS, set(NAMES)),
    "clues": (CLUES, set(WEIGHTS)),
    "kinds of mail": (MAIL_KINDS, set(MailKind)),
    "languages": (LANGUAGE_NAMES, set(LANGUAGES)),
}


@pytest.mark.parametrize("name", VOCABULARIES)
def test_every_word_of_a_vocabulary_has_its_label(name: str) -> None:
    table, words = VOCABULARIES[name]
    assert table.keys() == words


@pytest.mark.parametrize("table", [one for one, _ in VOCABULARIES.values()] + [CASES])
def test_labels_are_words_in_all_languages(table: Mapping[str, Row]) -> None:
    for row in table.values():
        assert all(text.strip() and not CODE.search(text) for text in row)


@pytest.mark.parametrize("language", OURS)
@pytest.mark.parametrize("code", sorted(SENTENCES.keys() - OF_THE_CONFIGURATION))
def test_no_sentence_shows_a_code(code: str, language: str) -> None:
    names = [name for _, name, _, _ in Formatter().parse(SENTENCES[code][0]) if name]
    spoken = {name: SPOKEN.get(f"{code} {name}") or SPOKEN.get(name) for name in names}
    for at in range(max((len(table) for table in spoken.values() if table), default=1)):
        data = {n: [*table][at % len(table)] for n, table in spoken.items() if table}
        said = sentence(code, language, data)
        assert not CODE.search(said), said


def test_several_codes_in_one_value_are_each_said() -> None:
    data = {"order": "12-34567-89012", "evidence": "username_item, relay"}
    assert sentence("match.order", "es", data) == (
        "trata del pedido 12-34567-89012 (usuario y artículo, dirección de reenvío)"
    )


def test_what_is_no_code_stays_as_it_is() -> None:
    assert label(INTENTS, "something new", "zh") == "something new"
    assert sentence("compose.blank_left", "zh", {"blanks": "tracking number"}).endswith(
        "tracking number"
    )


def test_what_names_the_configuration_stays_as_it_is_written_there() -> None:
    said = sentence("permit.not_listed", "zh", {"situation": "in_transit"})
    assert "in_transit" in said


def test_a_limit_is_told_in_the_sellers_words() -> None:
    data = {"count": "4", "period": "24 hours", "free_at": "2026-11-24T09:10+08:00"}
    assert sentence("limit.answers_full", "zh", data) == (
        "已达上限，由您决定：24小时内 4 封回复；2026-11-24 09:10 之后恢复"
    )


@pytest.mark.parametrize("language", OURS)
def test_the_blank_of_an_empty_sheet_is_told_in_the_sellers_language(language: str) -> None:
    for written in (*OURS, "fr"):
        (blank,) = blanks(empty_sheet(written))
        assert blank in YOUR_ANSWER
        said = sentence("compose.blank_left", language, {"blanks": blank})
        assert said.endswith(YOUR_ANSWER[OURS.index(language)])
