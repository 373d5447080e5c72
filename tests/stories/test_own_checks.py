"""A provider that stamps nothing: the daemon checks signatures itself (verify = "dkim")."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from servers.dns_server import Names, name_server
from servers.pymap_server import Pymap
from shop import Shop, ebay_mail
from signed_samples import HEADERS, HOW, key, sign
from story_kit import (
    VOUCHED,
    WHERE,
    address_of,
    asks,
    book,
    codes,
    no_fact_of,
    order_of,
    pymap_shop,
    sheet,
    tracking_of,
)


@pytest.fixture
def names() -> Iterator[Names]:
    with name_server() as made:
        for domain in ("example.com", "ebay.com", "evil.example"):
            made.texts[f"s1._domainkey.{domain}"] = [key().record]
        yield made


@pytest.fixture
async def shop(pymap: Pymap, tmp_path: Path, names: Names) -> AsyncIterator[Shop]:
    async with pymap_shop(pymap, tmp_path, mode="auto", nameserver=names.address) as made:
        await book(made, order_of(1), order_of(2))
        yield made


async def test_a_buyer_whose_signature_holds_is_answered_by_itself(shop: Shop) -> None:
    shop.give(sign(asks(1, stamp="")))
    await shop.until(lambda: shop.latest(), "the decision")
    told = shop.why("m1")
    assert (told["decision"], told["would"]) == ("send", "send"), codes(told)
    assert "disclose.on_file" in codes(told)
    assert whys(told) == ["sender.dkim_checked"]
    assert tracking_of(1) in told["reply"]["body"]


def whys(told: dict[str, Any]) -> list[str]:
    """By whom the sender was vouched for, as the trail says it."""
    return [one["data"]["why"] for one in told["trail"] if "why" in one["data"]]


UNPROVEN = {
    "no signature": lambda: asks(1, stamp=""),
    "a stamp that he wrote himself": lambda: asks(1, stamp=VOUCHED),
    "a stamp of ours over a broken signature": lambda: sign(asks(1, stamp=VOUCHED)).replace(
        b"where is", b"where was"
    ),
    "a signature of another domain": lambda: sign(asks(1, stamp=""), "evil.example"),
    "a key that nobody knows": lambda: sign(asks(1, stamp=""), selector="gone"),
}


@pytest.mark.parametrize("made", UNPROVEN.values(), ids=list(UNPROVEN))
async def test_what_no_signature_proves_waits_for_a_person(shop: Shop, made: object) -> None:
    assert callable(made)
    shop.give(made())
    (path,) = await shop.staged()
    told = shop.why("m1")
    assert told["would"] == "stage"
    assert "disclose.unproven" in codes(told)
    assert sheet(path).to == address_of(1)
    assert any("# ! " in line for line in sheet(path).top)


@pytest.mark.parametrize("whole", [True, False])
async def test_a_marketplace_is_believed_only_if_it_signs_how_its_mail_is_to_be_read(
    shop: Shop, whole: bool
) -> None:
    """Else a member could move the parts of what it has signed for him."""
    headers = HEADERS if whole else tuple(name for name in HEADERS if name not in HOW)
    raw = ebay_mail(WHERE, message_id="<t1@ebay.com>", authenticated=False)
    shop.give(sign(raw, "ebay.com", headers=headers))
    await shop.until(lambda: shop.latest(), "the decision")
    told = shop.why("m1")
    (why,) = whys(told)
    assert why == ("sender.dkim_checked" if whole else "sender.signature_partial")


async def test_a_stranger_with_a_good_signature_of_his_own_is_told_nothing(shop: Shop) -> None:
    raw = asks(1, sender="mallory@evil.example", stamp="", Reply_To="mallory@evil.example")
    shop.give(sign(raw, "evil.example", headers=(*HEADERS, b"reply-to")))
    (path,) = await shop.staged()
    assert "disclose.not_on_file" in codes(shop.why("m1"))
    assert no_fact_of(sheet(path).body, 1) == []
