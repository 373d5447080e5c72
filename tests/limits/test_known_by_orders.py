"""A buyer on a site is known by his order's number as long as nobody knows who he is there. What
was written to him then counts for him, whenever the book learns of his order and by whatever he is
reached later."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decide_kit import policy
from etsy_mail_samples import HELP, NUMBER, help_request, mail
from tactd.adapters.store import Store, contacts, endpoint_text, open_store, people
from tactd.adapters.store.inbound import Kept
from tactd.core.decide.limit import fullest
from tactd.core.types import (
    Address,
    BuyerWrote,
    By,
    ContactKind,
    ContactState,
    Endpoint,
    EndpointKind,
    FactGroup,
    Facts,
    FolderRole,
    Known,
    LedgerRow,
    Limits,
    Mail,
    Marketplace,
    Order,
    OrderKey,
    Rule,
    Silence,
)
from tactd.flow.book import enter
from tactd.flow.gather import gather
from tactd.marketplaces import open_mail
from tactd.shipped import packs

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
KEY = OrderKey(Marketplace.ETSY, NUMBER)
BY_ORDER = Endpoint(EndpointKind.ETSY, f"order:{NUMBER}")
NAMED = Endpoint(EndpointKind.ETSY, "irisweaves")
AT_HOME = Endpoint(EndpointKind.MAIL, "iris.moran@example.com")
STRANGER = Endpoint(EndpointKind.ETSY, "order:3580099999")
LIMITS = Limits(answers=(Rule(2, timedelta(days=1)),))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path_factory.mktemp('book') / 'tactd.db'}")
    yield opened
    opened.close()


def told(*endpoints: Endpoint) -> Order:
    known = (Known(FactGroup.PAYMENT, NOW, "export"),)
    return Order(key=KEY, placed=NOW, endpoints=endpoints, known=known)


def contact(to: Endpoint, minutes: int) -> LedgerRow:
    return LedgerRow(
        at=NOW - timedelta(minutes=minutes),
        endpoint=to,
        mailbox="shop",
        kind=ContactKind.ANSWER,
        by=By.APPROVED,
        state=ContactState.SENT,
    )


def from_site() -> Mail:
    return mail(help_request(), HELP, Message_ID="<h9@mail.etsy.com>")


def from_home() -> Mail:
    words = f"Where is my order #{NUMBER}?"
    plain = mail(words, AT_HOME.value, "My mug")
    return replace(plain, sender=Address("Iris", AT_HOME.value))


def facts(conn: object, asked: Mail) -> Facts:
    event = BuyerWrote(asked, open_mail(asked), "shop")
    kept = Kept(
        id=99, mailbox="shop", role=FolderRole.INBOX, received=NOW, size=1, truncated=False,
        at_start=False, flagged_answered=False, raw=b"",
    )  # fmt: skip
    rules = replace(policy(), limits=LIMITS, packs=packs())
    return gather(conn, event, kept, rules, NOW)  # type: ignore[arg-type]


_STEPS = st.permutations(
    [contact(BY_ORDER, 10), contact(NAMED, 20), contact(AT_HOME, 30), told(NAMED, AT_HOME)]
)


@settings(max_examples=30, deadline=None)
@given(_STEPS, st.sampled_from([from_site, from_home]))
def test_no_limit_is_escaped_by_what_the_book_learns_later(
    store: Store, steps: list[LedgerRow | Order], asked: object
) -> None:
    with store.write() as conn:
        for step in steps:
            if isinstance(step, Order):
                enter(conn, step, NOW)
            else:
                contacts.add(conn, step)
        contacts.add(conn, contact(STRANGER, 5))
        found = facts(conn, asked())  # type: ignore[operator]
        conn.rollback()
    assert {row.endpoint for row in found.history} == {BY_ORDER, NAMED, AT_HOME}
    full = fullest(found.history, LIMITS, ContactKind.ANSWER, KEY, NOW)
    assert full is not None


@pytest.mark.parametrize("asked", [from_site, from_home])
def test_an_order_that_holds_his_mail_address_alone_joins_both(store: Store, asked: object) -> None:
    with store.write() as conn:
        contacts.add(conn, contact(BY_ORDER, 10))
        contacts.add(conn, contact(AT_HOME, 20))
        enter(conn, told(AT_HOME), NOW)
        found = facts(conn, asked())  # type: ignore[operator]
        conn.rollback()
    assert len(found.history) == 2


def test_who_asked_for_silence_before_he_was_known_has_it(store: Store) -> None:
    with store.write() as conn:
        people.set_silence(conn, [endpoint_text(BY_ORDER)], Silence.STOP, "mail 1", NOW)
        contacts.add(conn, contact(AT_HOME, 20))
        enter(conn, told(NAMED, AT_HOME), NOW)
        found = facts(conn, from_home())
        conn.rollback()
    assert found.buyer is not None
    assert found.buyer.silence is Silence.STOP


def test_an_order_that_nobody_was_written_to_by_adds_no_endpoint(store: Store) -> None:
    with store.write() as conn:
        enter(conn, told(NAMED, AT_HOME), NOW)
        found = facts(conn, from_home())
        conn.rollback()
    assert found.buyer is not None
    assert set(found.buyer.endpoints) == {NAMED, AT_HOME}
