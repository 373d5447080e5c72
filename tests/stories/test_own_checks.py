"""A provider that stamps nothing: the daemon checks signatures itself (verify = "dkim")."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from servers.dns_server import Names, name_server
from servers.pymap_server import Pymap
from shop import Shop, ebay_mail, mail
from signed_samples import HEADERS, HOW, key, sign
from story_kit import (
    VOUCHED,
    WHERE,
    address_of,
    asks,
    book,
    codes,
    edit,
    held_order,
    look,
    no_fact_of,
    notes,
    number_of,
    order_of,
    pymap_shop,
    sheet,
    tracking_of,
)
from tactd.adapters.store import flags
from tactd.core.types import ReplyState
from tactd.flow import sender_again


@pytest.fixture
def names() -> Iterator[Names]:
    with name_server() as made:
        for domain in ("example.com", "example.org", "ebay.com", "evil.example"):
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


@pytest.mark.parametrize("whole", [True, False])
async def test_an_export_is_the_sellers_only_if_he_signs_where_its_files_begin(
    shop: Shop, whole: bool
) -> None:
    """Else a letter of his, in which another's words stand, could be sent on as an export."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "me@example.org", "shop@example.org", "Re: files"
    made["Date"], made["Message-ID"] = format_datetime(datetime.now(UTC)), "<me@example.org>"
    made.set_content("see the file")
    made.add_attachment(b"Order Number", maintype="text", subtype="csv", filename="Orders.csv")
    headers = HEADERS if whole else tuple(name for name in HEADERS if name not in HOW)
    shop.give(sign(made.as_bytes(), "example.org", headers=headers))
    await shop.until(lambda: shop.latest(), "the decision")
    assert codes(shop.why("m1")) == ["import.mailed" if whole else "import.unproven"]


async def test_a_stranger_with_a_good_signature_of_his_own_is_told_nothing(shop: Shop) -> None:
    raw = asks(1, sender="mallory@evil.example", stamp="", Reply_To="mallory@evil.example")
    shop.give(sign(raw, "evil.example", headers=(*HEADERS, b"reply-to")))
    (path,) = await shop.staged()
    assert "disclose.not_on_file" in codes(shop.why("m1"))
    assert no_fact_of(sheet(path).body, 1) == []


# ------------------------------------------------------------------ DNS that fails for a while


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tries that follow one another over hours are all due."""
    monkeypatch.setattr(sender_again, "AGAIN", (timedelta(0),) * 4)


def tries(shop: Shop) -> dict[str, str]:
    with shop.service.parts.store.read() as conn:
        return {mail: tried for mail, (tried, _) in flags.under(conn, "sender_again:").items()}


async def drafted_while_dns_fails(shop: Shop, names: Names) -> Path:
    names.broken.add("s1._domainkey.example.com")
    shop.give(sign(asks(1, stamp="")))
    (path,) = await shop.staged()
    assert whys(shop.why("m1")) == ["sender.key_unknown"]
    assert shop.why("m1")["would"] == "stage"
    assert tries(shop) == {"1": "0"}
    return path


async def test_a_key_that_could_not_be_asked_for_is_asked_for_later(
    shop: Shop, names: Names, at_once: None
) -> None:
    await drafted_while_dns_fails(shop, names)
    await shop.service.rounds.ask_again()
    assert tries(shop) == {"1": "1"}
    names.broken.clear()
    await shop.service.rounds.ask_again()
    assert tries(shop) == {}
    told = shop.why("m1")
    assert (told["decision"], whys(told)) == ("send", ["sender.dkim_checked"])
    assert shop.reply_states() == [ReplyState.WITHDRAWN, ReplyState.APPROVED]
    await look(shop)
    (path,) = shop.files("withdrawn")
    assert "has been decided afresh" in notes(path)


async def test_it_is_not_asked_for_before_its_time(shop: Shop, names: Names) -> None:
    await drafted_while_dns_fails(shop, names)
    names.broken.clear()
    names.asked.clear()
    await shop.service.rounds.ask_again()
    assert (tries(shop), names.asked) == ({"1": "0"}, [])


async def test_after_some_tries_a_person_decides(shop: Shop, names: Names, at_once: None) -> None:
    path = await drafted_while_dns_fails(shop, names)
    for _ in range(6):
        await shop.service.rounds.ask_again()
    assert tries(shop) == {}
    names.broken.clear()
    await shop.service.rounds.ask_again()
    assert shop.files("staged") == [path]


async def test_what_the_seller_has_written_meanwhile_stays(
    shop: Shop, names: Names, at_once: None
) -> None:
    path = await drafted_while_dns_fails(shop, names)
    edit(path, sheet(path).body.splitlines()[0], "Good morning Jane, I am looking.")
    names.broken.clear()
    await shop.service.rounds.ask_again()
    assert (tries(shop), shop.files("staged")) == ({}, [path])
    assert "I am looking" in path.read_text("utf-8")


async def test_a_signature_that_turns_out_broken_changes_nothing(
    shop: Shop, names: Names, at_once: None
) -> None:
    path = await drafted_while_dns_fails(shop, names)
    names.broken.clear()
    names.texts["s1._domainkey.example.com"] = ["v=DKIM1; p="]
    await shop.service.rounds.ask_again()
    assert (tries(shop), shop.files("staged")) == ({}, [path])


async def test_a_notice_counts_once_its_sender_is_proved(
    shop: Shop, names: Names, at_once: None
) -> None:
    names.broken.add("s1._domainkey.ebay.com")
    text = f"Order number: {number_of(2)}\nRefund amount: $5.00\n"
    raw = mail(text, sender="ebay@ebay.com", subject="Refund issued", authenticated=False)
    shop.give(sign(raw, "ebay.com"))
    await shop.decided(1)
    assert held_order(shop, 2).refunds == ()
    assert "notice_unproven" in shop.troubles()
    names.broken.clear()
    await shop.service.rounds.ask_again()
    assert len(held_order(shop, 2).refunds) == 1
    assert "notice_unproven" not in shop.troubles()
