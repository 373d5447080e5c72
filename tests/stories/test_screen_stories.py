"""Robots, lists, bounces and ourselves are never answered, and each time the seller can ask why."""

from __future__ import annotations

from pathlib import Path

import pytest

from servers.pymap_server import Pymap
from shop import ebay_mail, mail
from story_kit import VOUCHED, WHERE, asks, book, codes, nothing_more, order_of, pymap_shop
from tactd.screens.status import problems

BOUNCE = b"""\
From: Mail Delivery System <mailer-daemon@example.com>
To: shop@example.org
Subject: Undelivered Mail Returned to Sender
Message-ID: <bounce@example.com>
Date: Sat, 21 Nov 2026 10:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Your message to buyer1@example.com could not be delivered. Order 12-34567-00001

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com

Final-Recipient: rfc822; buyer1@example.com
Action: failed
Status: 5.1.1

--b--
"""

# Every one of them asks where an order is, with a true number and from an address on file.
NEVER: dict[str, tuple[bytes, str]] = {
    "an automatic reply": (asks(1, Auto_Submitted="auto-replied"), "auto_reply"),
    "a robot": (asks(1, X_Autoreply="yes"), "auto_reply"),
    "a mailing list": (asks(1, List_Id="<deals.example.com>"), "list"),
    "bulk mail": (asks(1, Precedence="bulk"), "list"),
    "a no-reply address": (
        asks(1, sender="no-reply@example.com", stamp=VOUCHED),
        "other_notice",
    ),
    "a bounce": (BOUNCE, "delivery_failure"),
    "the bounce daemon": (asks(1, sender="MAILER-DAEMON@example.com"), "delivery_failure"),
    "our own mail": (asks(1, sender="shop@example.org"), "own_reply_copy"),
    "our own mark": (asks(1, X_Tactd_Id="abc.tactd"), "own_reply_copy"),
    "a notice of eBay's": (
        mail(
            "Your item has sold! Order 12-34567-00001",
            sender="ebay@ebay.com",
            subject="You made the sale for Folding camping lantern",
            stamp="dmarc=pass header.from=ebay.com",
        ),
        "sale_notice",
    ),
}


async def test_a_mail_without_an_address_is_skipped_and_told_of_once(
    pymap: Pymap, tmp_path: Path
) -> None:
    async with pymap_shop(pymap, tmp_path) as shop:
        await book(shop, order_of(1))
        nameless = asks(1).replace(b"From: Jane Poole <buyer1@example.com>", b"From: Jane Poole")
        shop.give(nameless)
        (row,) = await shop.decided(1)
        assert row["decision"] == "skip"
        assert row["reason"] == "has no sender's address that an answer could go to"
        shop.give(asks(2, "Hello?"))
        await shop.staged()
        told = [one for one in shop.status()["trouble"] if one["what"] == "mail_unanswerable"]
        assert [one["about"] for one in told] == ["mail 1"]
        assert told[0]["detail"] == ('no address to answer to; subject "My order 12-34567-00001"')
        (said,) = [line for line in problems(shop.status()) if "mail 1" in line]
        assert "see your mail program" in said
        await nothing_more(shop, sent=0)


async def test_a_mail_for_which_there_is_no_text_is_told_of(pymap: Pymap, tmp_path: Path) -> None:
    own = tmp_path / "my-templates" / "_frame"
    own.mkdir(parents=True)
    for language in ("en", "es", "zh"):
        (own / f"{language}.txt").write_text("", encoding="utf-8")  # switched off
    async with pymap_shop(pymap, tmp_path, more='templates = "my-templates"') as shop:
        shop.give(asks(1))
        (row,) = await shop.decided(1)
        assert row["decision"] == "stage"
        (told,) = shop.status()["trouble"]
        assert told["what"] == "mail_unanswerable"
        assert told["detail"].startswith("no text for its reply")


async def test_what_is_never_answered_is_skipped_with_its_reason(
    pymap: Pymap, tmp_path: Path
) -> None:
    async with pymap_shop(pymap, tmp_path) as shop:
        await book(shop, order_of(1))
        for at, (name, (raw, kind)) in enumerate(NEVER.items(), 1):
            shop.give(raw.replace(b"<b1-1@", f"<n{at}@".encode()))
            await shop.until(lambda at=at: len(shop.latest()) == at, name)
            told = shop.why(f"m{at}")
            assert told["decision"] == "skip", f"{name}: {codes(told)}"
            assert told["kind"] == kind, name
            assert codes(told)[-1].startswith("screen."), name
            assert len(told["reasons"]) == 1, name
            assert told["reasons"][0], name
            assert told["reply"] is None, name
        await nothing_more(shop, sent=0)
        assert shop.files("staged") == []


async def test_each_reason_is_a_sentence_in_the_sellers_language(
    pymap: Pymap, tmp_path: Path
) -> None:
    async with pymap_shop(pymap, tmp_path, language="zh") as shop:
        for at, (name, (raw, _)) in enumerate(NEVER.items(), 1):
            shop.give(raw.replace(b"<b1-1@", f"<n{at}@".encode()))
            await shop.until(lambda at=at: len(shop.latest()) == at, name)
            (said,) = shop.why(f"m{at}")["reasons"]
            assert any("\u4e00" <= letter <= "\u9fff" for letter in said), f"{name}: {said}"
            assert "screen." not in said, name


@pytest.mark.parametrize(
    "raw",
    [
        asks(1, X_Auto_Response_Suppress="All"),
        asks(1, subject="Re: Re: Re: Re: Re: Re: Re: Re: where is it?"),
        ebay_mail(WHERE).replace(b"From:", b"Precedence: bulk\nFrom:", 1),
    ],
    ids=["suppress", "many_re", "ebay_machine_headers"],
)
async def test_nothing_doubtful_would_go_by_itself(
    pymap: Pymap, tmp_path: Path, raw: bytes
) -> None:
    at_once = 'settle = "0 seconds"\n'
    async with pymap_shop(pymap, tmp_path, mode="auto", more=at_once) as shop:
        await book(shop, order_of(1))
        shop.give(raw)
        await shop.until(shop.latest, "the decision")
        assert shop.why("m1")["would"] in ("stage", "skip")
        await nothing_more(shop, sent=0)


async def test_two_shops_that_write_to_each_other_stop(pymap: Pymap, tmp_path: Path) -> None:
    """What one tactd sends is never answered by another, whoever it belongs to."""
    async with pymap_shop(pymap, tmp_path) as shop:
        await book(shop, order_of(1))
        shop.give(asks(1))
        (path,) = await shop.staged()
        shop.move(path, "approved")
        (arrived,) = await shop.sent()
        theirs = arrived.raw.replace(b"shop@example.org", b"other@example.net")
        shop.give(theirs)
        await shop.until(lambda: len(shop.latest()) == 2, "the other shop's mail")
        newest = shop.latest()[0]
        assert newest["decision"] == "skip"
        await nothing_more(shop, sent=1)
