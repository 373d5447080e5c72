"""Which of several orders a mail is about (core/decide/match.py)."""

from __future__ import annotations

from dataclasses import replace

from tactd.core.decide.match import of_what_is_asked, weigh
from tactd.core.types import (
    Candidate,
    Clue,
    Endpoint,
    EndpointKind,
    MailKind,
    Marketplace,
    Message,
    Order,
    OrderKey,
)


def candidate(number: str, *clues: str) -> Candidate:
    order = Order(key=OrderKey(Marketplace.EBAY, number))
    return Candidate(order, tuple(Clue(kind, "x") for kind in clues))


def test_only_orders_that_the_strongest_clue_names_are_in_doubt() -> None:
    found = weigh(
        (
            candidate("20-00000-00001", "username_item", "item"),
            candidate("20-00000-00002", "username_item", "item"),
            candidate("99-00000-00003", "item"),  # another buyer's, of the same goods
        )
    )
    assert found.order is None
    assert [key.number for key in found.candidates] == ["20-00000-00001", "20-00000-00002"]
    assert found.confidence == 0.5


def held(number: str, username: str) -> Candidate:
    order = replace(candidate(number).order, endpoints=(Endpoint(EndpointKind.EBAY, username),))
    return Candidate(order, (Clue("order", number),))


def test_another_buyers_order_is_not_meant_where_the_marketplace_names_the_order() -> None:
    own, friends = held("20-00000-00001", "ann"), held("20-00000-00002", "ben")
    message = Message(kind=MailKind.BUYER_MESSAGE, orders=(own.order.key.number,))
    assert of_what_is_asked((own, friends), message) == (own,)


def test_another_order_of_his_own_may_be_meant_all_the_same() -> None:
    one, other = held("20-00000-00001", "ann"), held("20-00000-00002", "ann")
    message = Message(kind=MailKind.BUYER_MESSAGE, orders=(one.order.key.number,))
    assert of_what_is_asked((one, other), message) == (one, other)
    nobodys = Message(kind=MailKind.BUYER_MESSAGE)
    friends = held("20-00000-00003", "ben")
    assert of_what_is_asked((one, friends), nobodys) == (one, friends)
