"""What `tactd why` shows of a notice, whatever the notice names."""

from __future__ import annotations

import pytest

from decide_kit import policy
from etsy_mail_samples import CONVERSATION, NOTICES, NUMBER, SALE, SALES, SOLD, mail
from tactd.core.types import BuyerWrote, Facts
from tactd.marketplaces import open_mail
from tactd.screens.told import told


@pytest.mark.parametrize(
    ("text", "sender", "subject", "number"),
    [
        (SALE, SALES, SOLD, NUMBER),
        (CONVERSATION, NOTICES, "Re: Etsy Conversation with Tom Field", None),
        ("", SALES, "Your funds of $120.00 USD are on the way", None),
    ],
)
def test_a_notice_shows_its_order_and_one_that_names_none_shows_none(
    text: str, sender: str, subject: str, number: str | None
) -> None:
    notice = mail(text, sender, subject)
    shown = told(BuyerWrote(notice, open_mail(notice), "shop"), Facts(), policy())
    assert (shown["order"], shown["orders"]) == (number, [number] if number else [])
