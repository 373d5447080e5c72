"""What is stored stays readable: decisions, orders and mails are kept as documents, and no
migration rewrites them."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from tactd.core import types as t

# What every document of these kinds has held since the first of them was stored. Nothing may be
# added here: what comes later has a default, for the elder ones do not hold it.
ALWAYS_HELD: dict[Any, str] = {
    t.Mail: "content_key received",
    t.Message: "kind",
    t.BuyerWrote: "mail message mailbox",
    t.FollowUp: "situation order mailbox at",
    t.Facts: "",
    t.Decision: "outcome would trail",
    t.Match: "order",
    t.Reading: "intent confidence",
    t.Disclosure: "facts by_itself to",
    t.Order: "key",
    t.Parcel: "",
    t.MarketplaceCase: "kind number opened",
    t.Feedback: "rating",
    t.Refund: "amount at",
    t.Line: "item title",
    t.Buyer: "endpoints",
    t.Past: "",
    t.LoopSigns: "",
    t.Draft: "subject body language gloss_subject gloss_body",
    t.TrailEntry: "step verdict code",
    t.Candidate: "order clues",
    t.LedgerRow: "at endpoint mailbox kind by state",
    t.Unanswered: "mail received",
    t.Tie: "one other evidence at",
}


@pytest.mark.parametrize("kind", ALWAYS_HELD, ids=lambda kind: kind.__name__)
def test_a_document_of_the_first_days_can_be_read(kind: Any) -> None:
    missing = dataclasses.MISSING
    needed = [
        field.name
        for field in dataclasses.fields(kind)
        if field.default is missing and field.default_factory is missing
    ]
    assert needed == ALWAYS_HELD[kind].split()
