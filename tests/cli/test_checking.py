"""`tactd check` refuses what `tactd run` refuses, and only that; the rest it mentions."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.seller import Seller

LETTER = "Subject: Ihre Bestellung\n\n[answer]\nSie wurde am {{ shipped_on }} verschickt.\n"
FRAME = "[greeting]\nGuten Tag,\n\n[closing]\nViele Grüße\n\n[signature]\n{{ shop }}\n"


@pytest.fixture
def own(seller: Seller) -> Path:
    seller.configure(more='templates = "my-templates"')
    return seller.root / "my-templates"


def write(own: Path, name: str, text: str) -> None:
    path = own / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_texts_as_shipped_are_fine(seller: Seller) -> None:
    ran = seller("check", "--offline", "--json")
    assert (ran.code, ran.facts["problems"], ran.facts["hints"]) == (0, [], [])


def test_a_language_that_is_only_begun_is_mentioned_and_accepted(seller: Seller, own: Path) -> None:
    write(own, "in_transit/de.txt", LETTER)
    write(own, "_frame/de.txt", FRAME)
    ran = seller("check", "--offline")
    assert ran.code == 0, ran
    assert "de: no text for _stranger, delay_notice, delayed," in ran.out
    assert "English is used there" in ran.out
    assert "✓ configuration and templates" in ran.out


def test_a_letter_that_can_never_be_used_is_mentioned(seller: Seller, own: Path) -> None:
    write(own, "in_transit/de.txt", LETTER)
    ran = seller("check", "--offline", "--json")
    assert ran.code == 0, ran
    assert any("_frame/de.txt is missing" in hint for hint in ran.facts["hints"])


def test_a_text_of_ones_own_that_says_less_is_mentioned(seller: Seller, own: Path) -> None:
    write(own, "in_transit/en.txt", "Subject: Hi\n\n[answer]\nIt is on its way.\n")
    ran = seller("check", "--offline", "--json")
    assert ran.code == 0, ran
    assert any(hint.startswith("in_transit/") for hint in ran.facts["hints"])


def test_a_mistake_in_a_text_is_refused_as_run_refuses_it(seller: Seller, own: Path) -> None:
    write(own, "in_transit/en.txt", "Subject: Hi\n\n[answer]\nShipped {{ shippd_on }}.\n")
    checked, run = seller("check", "--offline"), seller("once")
    assert (checked.code, run.code) == (78, 78)
    assert "in_transit/en.txt:4" in checked.out
    assert "in_transit/en.txt:4" in run.err
