"""Nothing goes to a stranger: no order fact in a draft for anybody whom the order book does not
hold, and not a word that tells him whether an order exists."""

from __future__ import annotations

from pathlib import Path

import pytest

from servers.pymap_server import Pymap
from shop import RELAY, Shop, ebay_mail, jane, mail
from story_kit import (
    VOUCHED,
    WHERE,
    address_of,
    asks,
    book,
    codes,
    held_order,
    no_fact_of,
    notes,
    number_of,
    order_of,
    pymap_shop,
    sheet,
    tracking_of,
)
from tactd.core.types import Endpoint, EndpointKind

BUYER = address_of(1)
NOBODY = 77  # an order that does not exist


def forged(**more: str) -> bytes:
    return asks(1, **more)


def carried_in(raw: bytes) -> bytes:
    """The stamp lies below a line of a foreign server: the sender brought it with him."""
    lines = (
        b"Received: from evil.example.net by mx.example.org; Sat, 21 Nov 2026 10:00:00 +0000",
        b"Received: from laptop by evil.example.net; Sat, 21 Nov 2026 09:59:00 +0000",
    )
    return b"\n".join((*lines, raw))


STRANGERS: dict[str, bytes] = {
    "dmarc_fails": forged(stamp="dmarc=fail header.from=example.com"),
    "spf_of_another_domain_and_dmarc_fails": forged(
        stamp="spf=pass smtp.mailfrom=evil.example.net; dmarc=fail header.from=example.com"
    ),
    "two_from_headers": b"From: Jane Poole <buyer1@example.com>\n"
    + forged(sender="other@example.net"),
    "two_addresses_in_from": forged().replace(
        b"<buyer1@example.com>", b"<buyer1@example.com>, x@example.net"
    ),
    "reply_to_elsewhere": forged(Reply_To="collect@example.net"),
    "another_address": forged(
        sender="jane.poole@example.net", stamp="dmarc=pass header.from=example.net"
    ),
    "look_alike_domain": forged(
        sender="buyer1@examp1e.com", stamp="dmarc=pass header.from=examp1e.com"
    ),
    "look_alike_letters": forged(
        sender="buyer1@xn--exmple-cua.com", stamp="dmarc=pass header.from=xn--exmple-cua.com"
    ),
    "subdomain": forged(
        sender="buyer1@mail.example.com", stamp="dmarc=pass header.from=mail.example.com"
    ),
    "address_as_display_name": forged(
        sender="x@example.net",
        name='"buyer1@example.com"',
        stamp="dmarc=pass header.from=example.net",
    ),
    "address_in_a_comment": forged(
        sender="x@example.net",
        name="Jane (buyer1@example.com)",
        stamp="dmarc=pass header.from=example.net",
    ),
    "relay_without_a_stamp": ebay_mail(WHERE, message_id="<r1@ebay.com>", authenticated=False),
    "relay_with_a_failed_stamp": ebay_mail(
        WHERE, message_id="<r2@ebay.com>", authenticated=False
    ).replace(
        b"From:",
        b"Authentication-Results: mx.example.org; dmarc=fail header.from=members.ebay.com\nFrom:",
        1,
    ),
    "ebays_look_alike": ebay_mail(WHERE, message_id="<r3@ebay.com>").replace(
        b"@members.ebay.com", b"@members.ebay-mail.com"
    ),
}


@pytest.fixture
def rows() -> list[dict[str, str]]:
    return [order_of(1), order_of(2), jane()]


async def test_no_forger_or_stranger_gets_a_fact_of_the_order(
    pymap: Pymap, tmp_path: Path, rows: list[dict[str, str]]
) -> None:
    """Each of them names a true order number; one shop, one mail after another."""
    async with pymap_shop(pymap, tmp_path) as shop:
        await book(shop, *rows)
        for at, (name, raw) in enumerate(STRANGERS.items(), 1):
            shop.give(raw.replace(b"<b1-1@", f"<s{at}@".encode()))
            await shop.until(lambda at=at: len(shop.latest()) == at, name)
            told = shop.why(f"m{at}")
            assert told["decision"] == "stage", f"{name}: {codes(told)}"
            assert told["would"] == "stage", name
            reply = told["reply"]
            # The subject is the buyer's own and goes back to where it came from.
            assert no_fact_of(reply["body"], 1, 2) == [], f"{name}:\n{reply['body']}"
            assert "Lantern" not in reply["body"]
            assert "LK473124829CN" not in reply["body"]
        await shop.until(lambda: shop.files("staged"), "files")
        for path in shop.files("staged"):
            assert "# ! " in notes(path), f"a warning on top of {path.name}"
            read = sheet(path)
            assert no_fact_of(read.body, 1, 2) == []
            assert "collect@example.net" not in read.sent


@pytest.mark.parametrize(
    "stamp", ["", "dmarc=fail header.from=example.com", "dmarc=pass header.from=example.net"]
)
async def test_a_stranger_reads_the_same_whether_the_order_exists_or_not(
    pymap: Pymap, tmp_path: Path, rows: list[dict[str, str]], stamp: str
) -> None:
    questions = [
        WHERE,
        "I want my money back.",
        "Has {} been shipped yet?",
        "Great seller, fast shipping, everything perfect!",
        "Please cancel {}.",
    ]
    async with pymap_shop(pymap, tmp_path) as shop:
        await book(shop, *rows)
        count = 0
        for question in questions:
            bodies, gave_away = set(), set()
            for order in (1, NOBODY):
                count += 1
                number = number_of(order)
                shop.give(
                    mail(
                        question.format(number),
                        sender=f"stranger{count}@example.net",
                        name="Ann Other",
                        subject=f"Order {number}",
                        message_id=f"<q{count}@example.net>",
                        stamp=stamp,
                    )
                )
                await shop.until(lambda c=count: len(shop.latest()) == c, question)
                told = shop.why(f"m{count}")
                bodies.add(told["reply"]["body"].replace(number, "#"))
                gave_away |= {told["decision"], told["would"]}
            assert len(bodies) == 1, bodies
            assert gave_away == {"stage"}


@pytest.mark.parametrize(
    "raw", [asks(1, stamp=""), carried_in(asks(1))], ids=["no_stamp", "stamp_carried_in"]
)
async def test_a_known_address_that_nobody_vouches_for_gets_facts_only_with_a_warning(
    pymap: Pymap, tmp_path: Path, rows: list[dict[str, str]], raw: bytes
) -> None:
    async with pymap_shop(pymap, tmp_path) as shop:
        await book(shop, *rows)
        shop.give(raw)
        (path,) = await shop.staged()
        read = sheet(path)
        assert read.to == BUYER
        assert tracking_of(1) in read.body
        assert any("# ! " in line for line in read.top)
        told = shop.why("m1")
        assert "disclose.unproven" in codes(told)
        assert told["would"] == "stage", "never by itself"


async def test_a_relay_is_held_once_an_authenticated_mail_names_user_and_item(
    pymap: Pymap, tmp_path: Path
) -> None:
    """The report held no relay; the first genuine mail teaches the order book."""
    unknown = jane(Buyer_Email="")
    words = ebay_mail(WHERE, message_id="<t1@ebay.com>").replace(b"12-34567-89012", b"")
    async with pymap_shop(pymap, tmp_path) as shop:
        await book(shop, unknown)
        shop.give(words.replace(b"dmarc=pass", b"dmarc=none"))
        await shop.until(lambda: len(shop.latest()) == 1, "the unproven mail")
        assert "LK473124829CN" not in shop.why("m1")["reply"]["body"]
        assert relays(shop) == []
        shop.give(words.replace(b"<t1@", b"<t2@"))
        await shop.until(lambda: len(shop.latest()) == 2, "the genuine mail")
        assert "LK473124829CN" in shop.why("m2")["reply"]["body"]
        assert relays(shop) == [Endpoint(EndpointKind.RELAY, RELAY)]
        # A newer report without the relay does not make the book forget it.
        await book(shop, unknown | {"Feedback Received": "Positive"}, name="Report-2.csv")
        assert relays(shop) == [Endpoint(EndpointKind.RELAY, RELAY)]


def relays(shop: Shop) -> list[Endpoint]:
    endpoints = held_order(shop, 89012).endpoints
    return [one for one in endpoints if one.kind is EndpointKind.RELAY]


async def test_a_genuine_mail_of_another_user_does_not_teach_the_book(
    pymap: Pymap, tmp_path: Path
) -> None:
    raw = ebay_mail(WHERE, message_id="<t1@ebay.com>").replace(b"tidepool_ann", b"somebody_else")
    raw = raw.replace(b"12-34567-89012", b"")
    async with pymap_shop(pymap, tmp_path) as shop:
        await book(shop, jane(Buyer_Email=""))
        shop.give(raw)
        await shop.until(lambda: len(shop.latest()) == 1, "the mail")
        assert relays(shop) == []
        assert "LK473124829CN" not in shop.why("m1")["reply"]["body"]


async def test_a_buyer_with_two_orders_who_names_none_is_staged_with_both(
    pymap: Pymap, tmp_path: Path
) -> None:
    async with pymap_shop(pymap, tmp_path) as shop:
        await book(shop, order_of(1), order_of(2, Buyer_Email=BUYER))
        shop.give(asks(1, subject="My order"))
        (path,) = await shop.staged()
        told = shop.why("m1")
        assert told["order"] is None
        assert sorted(told["orders"]) == [number_of(1), number_of(2)]
        assert not told["match"]["certain"]
        read = sheet(path)
        assert number_of(1) in read.below
        assert number_of(2) in read.below
        assert no_fact_of(read.body, 1, 2) == []
        # Told apart by a tracking number, it is certain.
        shop.give(asks(1, f"{WHERE} {tracking_of(2)}", subject="My order", number=2))
        await shop.until(lambda: len(shop.latest()) == 2, "the second mail")
        assert shop.why("m2")["order"] == number_of(2)


async def test_somebody_elses_order_number_tells_a_known_buyer_nothing(
    pymap: Pymap, tmp_path: Path, rows: list[dict[str, str]]
) -> None:
    """He is genuine and on file, but for another order."""
    async with pymap_shop(pymap, tmp_path) as shop:
        await book(shop, *rows)
        shop.give(asks(1, subject=f"Order {number_of(2)}", stamp=VOUCHED))
        await shop.until(lambda: len(shop.latest()) == 1, "the mail")
        told = shop.why("m1")
        assert told["would"] == "stage"
        assert no_fact_of(told["reply"]["body"], 2) == []
