"""Every label and note is there in each of the sellers' languages."""

from __future__ import annotations

import pytest

from tactd.core.sheet.words import LABELS, TROUBLES, base_language, label, trouble

LANGUAGES = {"en", "zh", "es"}


@pytest.mark.parametrize("key", [*LABELS, *TROUBLES])
def test_every_text_exists_in_every_language_and_differs(key: str) -> None:
    texts = LABELS.get(key) or TROUBLES[key]
    assert texts.keys() == LANGUAGES
    assert len(set(texts.values())) == len(LANGUAGES)


def test_a_note_names_every_folder_and_mark_alike_in_all_languages() -> None:
    for code, texts in TROUBLES.items():
        for token in ("approved/", "rejected/", "staged/", "=== tactd", "To:", "Subject:", "[[ ]]"):
            assert len({token in text for text in texts.values()}) == 1, (code, token)


def test_a_region_gets_its_language_and_an_unknown_language_english() -> None:
    assert [base_language(tag) for tag in ("zh-Hant", "es-MX", "EN", "pt-BR", "")] == [
        "zh",
        "es",
        "en",
        "en",
        "en",
    ]
    assert label("order", "fr") == "Order"
    assert trouble("empty", "es-AR").startswith("No enviado")
