"""In which encoding a table was saved, where it does not say so itself."""

from __future__ import annotations

import pytest

from tactd.marketplaces.encodings import decode

WESTERN = [
    "José Núñez",
    "Núñez;Ibáñez",
    "Conceição",
    "Ana Conceição de São João",
    "Füße;Größe;Jörg Müller",
    "it’s a “lantern” – 12,00 €",
    "Zoé Crêté;Noëlle Île-d’Yeu",
]
CHINESE = ["李雷", "订单号,买家姓名\n8801,王小明", "野營燈，請儘快發貨，謝謝", "Zoë;张伟;Šťastná"]
JAPANESE = [
    "佐藤 美咲,LEDランタン 暖色,横浜市",
    "受注番号,商品名\n1,キャンプ用ランタン",
    "山田,お届け先の変更をお願いします",
]


@pytest.mark.parametrize("text", WESTERN)
def test_western_letters_side_by_side_are_not_taken_for_chinese(text: str) -> None:
    assert decode(text.encode("cp1252")) == (text, "cp1252")


@pytest.mark.parametrize("text", CHINESE)
def test_what_a_chinese_spreadsheet_saved_is_read_as_chinese(text: str) -> None:
    assert decode(text.encode("gb18030")) == (text, "gb18030")


@pytest.mark.parametrize("text", JAPANESE)
def test_what_a_japanese_program_saved_is_read_as_japanese(text: str) -> None:
    """Read as Chinese, every buyer in it had a name that nobody bears."""
    assert decode(text.encode("cp932")) == (text, "cp932")
