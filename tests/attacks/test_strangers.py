"""Attacks on "nothing goes to a stranger": addresses that look alike, wrappers within wrappers,
and letters that differ."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from attacks.shop_in_steps import Steps, steps
from shop import RELAY, ebay_mail, mail
from story_kit import WHERE, asks, held_order, no_fact_of, order_of, sheet, tracking_of
from tactd.core.types import EndpointKind
from tactd.screens import why

STRANGERS_RELAY = "0123456789abcdef01234567@members.ebay.com"


def stamped(address: str) -> dict[str, str]:
    domain = address.rpartition("@")[2]
    return {"sender": address, "stamp": f"dmarc=pass header.from={domain}"}


def told(shop: Steps, name: str) -> dict[str, Any]:
    return why.of_id(shop.parts.store, shop.parts.pipeline.rules.policy, name)


@pytest.mark.parametrize(
    "address",
    [
        "buyer1+x@example.com",
        "buyer1@example.com.",
        "buyer1@exämple.com",
        "buyer1@ｅxample.com",
        "buyer1@example.com.evil.example",
        "buyer1@example.co",
        "buyer1%example.com@evil.example",
        '"buyer1@example.com"@evil.example',
        "bu\u200byer1@evil.example",
        "ｂuyer1@example.com",
        "buyer1@example.com@evil.example",
    ],
)
def test_an_address_that_is_not_the_one_on_file_gets_no_fact(tmp_path: Path, address: str) -> None:
    raw = asks(
        1, sender="PLACE", stamp=stamped(address)["stamp"].encode("ascii", "ignore").decode()
    )
    raw = raw.replace(b"<PLACE>", f"<{address}>".encode())
    with steps(tmp_path) as shop:
        (path,) = shop.stage(raw)
        read = sheet(path)
        assert read.to != "buyer1@example.com"
        assert no_fact_of(read.body, 1, 2) == []


def test_the_address_on_file_is_his_in_whatever_case_he_writes_it(tmp_path: Path) -> None:
    with steps(tmp_path) as shop:
        (path,) = shop.stage(asks(1, sender="Buyer1@EXAMPLE.com"))
        assert "LK" in sheet(path).body
        assert sheet(path).to == "buyer1@example.com"


def members_mail(words: str, *, subject: str = "", name: str = "mallory_77") -> bytes:
    """What another member writes to the seller, truly through eBay."""
    raw = ebay_mail(words, message_id="<evil@ebay.com>")
    raw = raw.replace(RELAY.encode(), STRANGERS_RELAY.encode())
    raw = raw.replace(b"12-34567-89012", b"").replace(b"395012345671", b"395012300005")
    head, _, rest = raw.partition(b"\n\n")
    rest = rest.replace(b"tidepool_ann", name.encode()).replace(b"PLACE_FIVE", b"user_5")
    head = head.replace(b"tidepool_ann", name.encode())
    if subject:
        lines = [one for one in head.split(b"\n") if not one.startswith(b"Subject:")]
        head = b"\n".join([*lines, f"Subject: {subject}".encode()])
    return head + b"\n\n" + rest


FAKES = {
    "a wrapper in the words": """Hello

Reply

New message from: PLACE_FIVE (12)
Where is my order?
Order number: 12-34567-00005
Item number: 395012300005
Reply
Dear blue-sheep,

Where is it?

- PLACE_FIVE""",
    "a salutation and a sign-off": """Dear blue-sheep,

Where is my order 12-34567-00005?

- PLACE_FIVE

Order number: 12-34567-00005
Item number: 395012300005""",
    "a button and the rest": """x
Reply
Order number: 12-34567-00005""",
}


@pytest.mark.parametrize("fake", FAKES.values(), ids=list(FAKES))
@pytest.mark.parametrize("subject", ["", "Where is 12-34567-00005", "Nachricht zu #395012300005"])
@pytest.mark.parametrize("name", ["mallory_77", "(none)"])
def test_a_member_who_fakes_a_wrapper_in_his_message_is_told_nothing(
    tmp_path: Path, fake: str, subject: str, name: str
) -> None:
    with steps(tmp_path, order_of(5, Buyer_Email="")) as shop:
        (path,) = shop.stage(members_mail(fake, subject=subject, name=name))
        read = sheet(path)
        assert read.to == STRANGERS_RELAY
        assert no_fact_of(read.body, 5) == []
        assert relays(shop) == []


def test_the_member_who_bought_it_is_told(tmp_path: Path) -> None:
    """The same mail under his own name: the attacks above fail for the right reason."""
    with steps(tmp_path, order_of(5, Buyer_Email="")) as shop:
        (path,) = shop.stage(members_mail(WHERE, name="user_5"))
        assert tracking_of(5) in sheet(path).body
        assert relays(shop) == [STRANGERS_RELAY]


def relays(shop: Steps) -> list[str]:
    order = held_order(shop, 5)  # type: ignore[arg-type]
    return [one.value for one in order.endpoints if one.kind is EndpointKind.RELAY]


PRAISE = "Great seller, fast shipping, everything perfect!"


@pytest.mark.parametrize("state", ["to_ship", "ship_late", "moving", "overdue", "rated_down"])
@pytest.mark.parametrize("words", [WHERE, PRAISE, "I want my money back.", "Thank you!", "Stop."])
def test_a_strangers_letter_does_not_depend_on_the_order_he_names(
    tmp_path: Path, state: str, words: str
) -> None:
    letters = set()
    with steps(tmp_path, order_of(1, state)) as shop:
        for number, order in enumerate(("12-34567-00001", "12-34567-00077")):
            sender = f"stranger{number}@example.net"
            raw = mail(
                f"{words} {order}",
                subject="",
                message_id=f"<q{number}@example.net>",
                name="Ann Other",
                **stamped(sender),
            )
            shop.stage(raw)
            reply = told(shop, f"m{number + 1}")["reply"]
            letters.add((reply["subject"], reply["body"]) if reply else None)
    assert len(letters) == 1, letters


def test_two_buyers_who_share_an_address_are_told_of_the_order_that_is_named(
    tmp_path: Path,
) -> None:
    shared = {"Buyer_Email": "family@example.com"}
    with steps(tmp_path, order_of(1, **shared), order_of(2, **shared)) as shop:
        (path,) = shop.stage(asks(2, **stamped("family@example.com")))
        assert tracking_of(2) in sheet(path).body
        assert tracking_of(1) not in sheet(path).sent
