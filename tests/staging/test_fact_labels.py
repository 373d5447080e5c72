"""What the seller reads about an order is in his language."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tactd.core.sheet.fact_labels import LABELS, STATES, state_label
from tactd.core.types import OrderState


@pytest.mark.parametrize("texts", [*LABELS.values(), *STATES.values()])
def test_every_label_and_state_is_there_in_every_language(texts: Mapping[str, str]) -> None:
    assert texts.keys() == {"en", "zh", "es"}
    assert all(texts.values())


def test_every_state_of_an_order_has_its_words() -> None:
    assert STATES.keys() == set(OrderState)
    assert state_label(OrderState.TO_SHIP, "zh-Hant") == "未发货"
    assert state_label(OrderState.SHIPPED, "fr") == "shipped"
