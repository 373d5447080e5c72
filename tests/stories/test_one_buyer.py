"""One buyer over addresses, usernames and orders: tied only with certainty, each tie with its
evidence, undone when the seller says so; and those whom a shop lives on come first among equals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cli.seller import Seller
from ebay_samples import report
from shop import mail
from story_kit import VOUCHED, address_of, asks, no_fact_of, number_of, order_of, tracking_of
from tactd import wiring
from tactd.adapters.store import Store, journal, open_store, orders, replies, ties
from tactd.adapters.store.journal import Snapshot
from tactd.config import Config
from tactd.config import load as load_config
from tactd.core.standing import LARGE, RETURNING
from tactd.core.types import (
    Endpoint,
    EndpointKind,
    Fetched,
    FolderRole,
    Marketplace,
    Order,
    OrderKey,
    PostalAddress,
    ReplyState,
    Slice,
)
from tactd.flow.buyers import tied
from tactd.flow.imports import import_file
from tactd.pipeline import Pipeline

ADA, BOB = address_of(1), "ada@example.net"


def mail_of(address: str) -> Endpoint:
    return Endpoint(EndpointKind.MAIL, address)


USER = Endpoint(EndpointKind.EBAY, "user_1")


@pytest.fixture
def seller(tmp_path: Path) -> Seller:
    made = Seller(tmp_path)
    made.configure()
    return made


@pytest.fixture
def config(seller: Seller) -> Config:
    return load_config(seller.root / "config.toml", {})


@pytest.fixture
def pipeline(config: Config) -> Iterator[Pipeline]:
    store = wiring.store(config)
    yield Pipeline(store, wiring.rules(config), lambda: datetime.now(UTC), lambda: "token")
    store.close()


def book(pipeline: Pipeline, config: Config, *rows: dict[str, str]) -> None:
    path = config.orders.folder.parent / "report.csv"
    path.write_text(report(rows, footer=""), encoding="utf-8")
    assert import_file(pipeline.store, wiring.exports(config), path, datetime.now(UTC)).fine


def receive(pipeline: Pipeline, *raws: bytes) -> Snapshot:
    """What was decided of the last of them."""
    now = datetime.now(UTC)
    mails = tuple(
        Fetched(uid=hash(raw) & 0xFFFFFF, raw=raw, size=len(raw), received=now) for raw in raws
    )
    batch = Slice(role=FolderRole.INBOX, folder="INBOX", uidvalidity=1, watermark=None, mails=mails)
    assert pipeline.keep("shop", batch) == len(raws)
    while pipeline.handle_new():
        pass
    with pipeline.store.read() as conn:
        newest = conn.exec_driver_sql("select max(id) from decision").scalar_one()
        found = journal.snapshot(conn, newest)
    assert found is not None
    return found


def endpoints_of(pipeline: Pipeline, one: Endpoint) -> set[Endpoint]:
    with pipeline.store.read() as conn:
        return set(tied(conn, (one,)).endpoints)


def two_addresses() -> tuple[dict[str, str], dict[str, str]]:
    """Two orders of one username, each with another address."""
    return order_of(1), order_of(2, Buyer_Username="user_1", Buyer_Email=BOB)


# --------------------------------------------------------------------------- ties


def test_a_username_ties_the_addresses_of_two_orders_and_limits_count_both(
    pipeline: Pipeline, config: Config, seller: Seller
) -> None:
    book(pipeline, config, *two_addresses())
    decided = receive(pipeline, asks(1, stamp=VOUCHED))
    assert decided.facts.buyer is not None
    assert set(decided.facts.buyer.endpoints) == {mail_of(ADA), mail_of(BOB), USER}
    assert decided.facts.buyer.orders == 2
    shown = seller("buyers", ADA, "--json").facts
    assert set(shown["endpoints"]) == {f"mail:{ADA}", f"mail:{BOB}", "user@ebay:user_1"}
    assert {order["number"] for order in shown["orders"]} == {number_of(1), number_of(2)}
    assert {row["evidence"] for row in shown["ties"]} == {
        f"order ebay:{number_of(1)}",
        f"order ebay:{number_of(2)}",
    }


@pytest.mark.parametrize("who", [BOB, "user_1", number_of(2), "m1", f"mail:{ADA}"])
def test_a_buyer_is_found_by_whatever_the_seller_has_of_him(
    pipeline: Pipeline, config: Config, seller: Seller, who: str
) -> None:
    book(pipeline, config, *two_addresses())
    receive(pipeline, asks(1, stamp=VOUCHED))
    assert len(seller("buyers", who, "--json").facts["endpoints"]) == 3
    assert number_of(1) in seller("buyers", who).out


def test_nobody_of_that_name_is_told_so(seller: Seller) -> None:
    ran = seller("buyers", "nobody@example.net")
    assert ran.code
    assert "nobody@example.net" in ran.err


names = st.sampled_from(["Jane Poole", "jane  POOLE", "Poole Jane", ""])
places = st.builds(
    PostalAddress,
    name=names,
    street=st.sampled_from(["7 Harbour Lane", "7 harbour ln"]),
    city=st.sampled_from(["Portland", ""]),
    zip=st.sampled_from(["04101", ""]),
    country=st.just("US"),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(names, places, places | st.none()), min_size=2, max_size=4))
def test_no_name_and_no_postal_address_ever_ties(
    sales: list[tuple[str, PostalAddress, PostalAddress | None]],
) -> None:
    """Whoever they are sent to and whoever has paid: other endpoints, other buyers."""
    store = open_store("sqlite://")
    try:
        with store.write() as conn:
            for at, (name, to, payer) in enumerate(sales):
                order = Order(
                    key=OrderKey(Marketplace.EBAY, number_of(at)),
                    buyer_name=name,
                    endpoints=(mail_of(address_of(at)),),
                    ship_to=to,
                    payer=payer,
                )
                orders.put(conn, order)
        with store.read() as conn:
            for at in range(len(sales)):
                him = tied(conn, (mail_of(address_of(at)),))
                assert him.endpoints == (mail_of(address_of(at)),)
                assert [order.key.number for order in him.orders] == [number_of(at)]
    finally:
        store.close()


def test_a_strangers_name_lists_the_order_for_the_seller_and_tells_the_stranger_nothing(
    pipeline: Pipeline, config: Config
) -> None:
    book(pipeline, config, order_of(1))
    for at, name in enumerate(("Jane Poole", "Nobody Else")):
        words = f"Where is my order?\n\n{name}"
        raw = mail(words, sender=f"s{at}@example.net", name=name, message_id=f"<s{at}@example.net>")
        decided = receive(pipeline, raw).decision
        assert decided.match is not None
        assert decided.match.order is None
        assert not decided.match.certain
        assert len(decided.match.candidates) == (name == "Jane Poole")
    with pipeline.store.read() as conn:
        bodies = {one.reply.body for one in replies.in_states(conn, ReplyState.STAGED)}
    assert len(bodies) == 1


# --------------------------------------------------------------------------- undoing


def test_what_the_seller_unties_stays_apart_whatever_leads_from_one_to_the_other(
    pipeline: Pipeline, config: Config, seller: Seller
) -> None:
    book(pipeline, config, *two_addresses())
    assert seller("buyers", "untie", ADA, BOB).code == 0
    assert endpoints_of(pipeline, mail_of(ADA)) == {mail_of(ADA), USER}
    assert mail_of(ADA) not in endpoints_of(pipeline, mail_of(BOB))
    decided = receive(pipeline, asks(1, stamp=VOUCHED))
    assert decided.facts.buyer is not None
    assert mail_of(BOB) not in decided.facts.buyer.endpoints
    # A newer report with the same evidence changes nothing.
    book(pipeline, config, *(row | {"Feedback Received": "Positive"} for row in two_addresses()))
    assert mail_of(BOB) not in endpoints_of(pipeline, mail_of(ADA))
    assert seller("buyers", ADA, "--json").facts["untied"] == [f"mail:{BOB}"]
    assert seller("buyers", "tie", ADA, BOB).code == 0
    assert mail_of(BOB) in endpoints_of(pipeline, mail_of(ADA))


def test_an_order_that_names_two_who_were_untied_is_told_to_neither_by_itself(
    pipeline: Pipeline, config: Config, seller: Seller
) -> None:
    book(pipeline, config, order_of(1))
    seller("buyers", "untie", ADA, "user_1")
    decided = receive(pipeline, asks(1, stamp=VOUCHED))
    assert decided.decision.would == "stage"
    assert "disclose.not_on_file" in {entry.code for entry in decided.decision.trail}
    with pipeline.store.read() as conn:
        (drawn,) = replies.in_states(conn, ReplyState.STAGED)
    assert no_fact_of(drawn.reply.body, 1) == []
    seller("buyers", "tie", ADA, "user_1")
    receive(pipeline, asks(1, number=2, stamp=VOUCHED))
    with pipeline.store.read() as conn:
        bodies = [one.reply.body for one in replies.in_states(conn, ReplyState.STAGED)]
    assert any(tracking_of(1) in body for body in bodies)


def test_only_what_was_undone_can_be_tied_by_hand(
    pipeline: Pipeline, config: Config, seller: Seller
) -> None:
    book(pipeline, config, order_of(1), order_of(2))
    for words in (("tie", ADA, address_of(2)), ("untie", ADA, address_of(2))):
        ran = seller("buyers", *words)
        assert ran.code
        assert address_of(2) in ran.err


some = st.sampled_from([mail_of(f"{name}@example.com") for name in "abcde"])
pairs = st.lists(st.tuples(some, some).filter(lambda two: two[0] != two[1]), max_size=6)


@settings(max_examples=60, deadline=None)
@given(pairs, pairs, some)
def test_no_buyer_ever_holds_two_who_were_untied(
    held: list[tuple[Endpoint, Endpoint]], undone: list[tuple[Endpoint, Endpoint]], start: Endpoint
) -> None:
    store = _book_of(held, undone)
    try:
        with store.read() as conn:
            him = tied(conn, (start,))
            again = tied(conn, (start,))
    finally:
        store.close()
    assert him == again
    assert start in him.endpoints
    assert not [pair for pair in undone if set(pair) <= set(him.endpoints)]
    assert set(him.untied).isdisjoint(him.endpoints)


def _book_of(
    held: list[tuple[Endpoint, Endpoint]], undone: list[tuple[Endpoint, Endpoint]]
) -> Store:
    store = open_store("sqlite://")
    with store.write() as conn:
        for at, two in enumerate(held):
            order = Order(key=OrderKey(Marketplace.EBAY, number_of(at)), endpoints=two)
            orders.put(conn, order)
        for one, other in undone:
            ties.undo(conn, one, other, datetime.now(UTC))
    return store


# --------------------------------------------------------------------------- who comes first


def test_returning_buyers_and_large_orders_are_marked_and_come_first_among_equals(
    pipeline: Pipeline, config: Config, seller: Seller
) -> None:
    """All are due in the same minute, as mails that came in one are."""
    usual = [order_of(at) for at in range(10, 40)]
    large = order_of(3, Total_Price="$900.00")
    again = order_of(5, "overdue", Buyer_Username="user_4", Buyer_Email=address_of(4))
    book(pipeline, config, *usual, large, order_of(4), again)
    receive(pipeline, *(asks(at, stamp=VOUCHED) for at in (11, 12, 3, 4)))
    with pipeline.store.read() as conn:
        staged = replies.in_states(conn, ReplyState.STAGED)
    marks = {one.reply.to.value: one.standing for one in staged}
    assert marks == {
        address_of(3): (LARGE,),
        address_of(4): (RETURNING,),
        address_of(11): (),
        address_of(12): (),
    }
    with pipeline.store.write() as conn:
        for one in staged:
            due = staged[0].reply.deadline.replace(second=59 - one.reply.id % 50)
            replies.change(conn, one.reply.id, [ReplyState.STAGED], deadline=due)
        first = replies.in_states(conn, ReplyState.STAGED)[:2]
    assert {one.reply.to.value for one in first} == {address_of(3), address_of(4)}
    waiting = seller("status", "--json").facts["waiting"]
    assert {row["to"]: row["standing"] for row in waiting}[address_of(4)] == [RETURNING]
    assert "large" in seller("staged").out
    with pipeline.store.read() as conn:
        drawn = conn.exec_driver_sql("select sheet_text from reply").scalars().all()
    assert sum("(has bought before)" in text for text in drawn) == 1
    assert sum("(large order)" in text for text in drawn) == 1


def test_where_all_orders_are_alike_none_is_large(pipeline: Pipeline, config: Config) -> None:
    book(pipeline, config, *(order_of(at) for at in range(10, 40)))
    decided = receive(pipeline, asks(11, stamp=VOUCHED))
    assert decided.facts.buyer is not None
    assert not decided.facts.buyer.large
