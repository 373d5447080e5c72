"""Amazon's relay: the answer goes to the very address that the buyer wrote from, and he is one
buyer whatever case he writes in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from amazon_mail_samples import CASE_RELAY, SUBJECT, message
from amazon_samples import NUMBER, RELAY, unshipped
from servers.pymap_server import Pymap
from shop import Shop, mail
from story_kit import codes, pymap_shop, sheet, text_of, wire

AT_ONCE = 'settle = "0 seconds"\n'
WHERE = "Hello, where is my order? It has not arrived yet."
STAMP = "dmarc=pass header.from=marketplace.amazon.com"
OTHER_CASE = CASE_RELAY.replace("1111", "9999")


@pytest.fixture
async def shop(pymap: Pymap, tmp_path: Path) -> Any:
    auto = ["not_yet_shipped"]
    async with pymap_shop(pymap, tmp_path, mode="auto", auto=auto, more=AT_ONCE) as opened:
        yield opened


async def book(shop: Shop, **changed: str) -> None:
    """Amazon's report of unshipped orders, which is what ties a relay to an order."""
    days = {"purchase-date": -1, "payments-date": -1, "reporting-date": 0, "promise-date": 2}
    now = datetime.now(UTC)
    dates = {
        name: f"{now + timedelta(days=offset):%Y-%m-%dT%H:%M:%S+00:00}"
        for name, offset in days.items()
    }
    path = shop.root / "orders" / "unshipped.txt"
    path.write_text(unshipped(dates | changed), encoding="utf-8")
    done = shop.root / "orders" / "imported"
    await shop.until(lambda: any(done.glob("unshipped*")), "the report is imported")


def amazon(words: str, sender: str = CASE_RELAY, number: int = 1, **more: Any) -> bytes:
    given = {
        "sender": sender,
        "name": "Jane",
        "subject": SUBJECT,
        "message_id": f"<n{number}@amazon.com>",
        "stamp": STAMP,
        "X_Space_Notification_Type": "BBC_MESSAGE_SENT_TO_MERCHANT",
    }
    text = more.pop("text", None) or message(words)
    return mail(text, **{**given, **more})


async def test_a_buyer_whom_the_report_ties_is_answered_at_his_exact_relay(shop: Shop) -> None:
    await book(shop)
    shop.give(amazon(WHERE))
    [sent] = await shop.sent()
    letter = wire(sent.raw)
    assert sent.recipients == (CASE_RELAY,)
    assert letter["To"] == CASE_RELAY
    assert letter["Subject"].replace("\n", "") == f"Re: {SUBJECT}"
    assert (letter["In-Reply-To"], letter.get_content_type()) == ("<n1@amazon.com>", "text/plain")
    assert text_of(sent.raw).rstrip().endswith(f"\n# {NUMBER}")
    assert "http" not in text_of(sent.raw)
    told = shop.why("m1")
    assert (told["marketplace"], told["order"]) == ("amazon", NUMBER)


async def test_another_case_is_the_same_buyer_for_every_limit(shop: Shop) -> None:
    await book(shop)
    shop.give(amazon(WHERE))
    await shop.sent()
    shop.give(amazon("Where is my order?", OTHER_CASE, number=2))
    [path] = await shop.staged()
    assert "limit.answers_full" in codes(shop.why("m2"))
    assert sheet(path).to == OTHER_CASE
    shop.move(path, "approved")
    sent = await shop.sent(2)
    assert sent[1].recipients == (OTHER_CASE,)


async def test_the_wrappers_order_ties_a_relay_that_no_report_has_named(shop: Shop) -> None:
    await book(shop, **{"buyer-email": ""})
    shop.give(amazon(WHERE))
    [sent] = await shop.sent()
    assert sent.recipients == (CASE_RELAY,)


async def test_what_he_chose_from_amazons_list_is_his_wish_and_not_the_answers_subject(
    shop: Shop,
) -> None:
    await book(shop)
    subject = f"Package didn't arrive: request refund (Order: {NUMBER})"
    shop.give(amazon("Where is my parcel?", subject=subject))
    [path] = await shop.staged()
    told = shop.why("m1")
    assert "refund_request" in (told["intent"], *told["also"])
    assert sheet(path).subject == subject


async def test_a_relay_for_which_nobody_vouches_is_staged(shop: Shop) -> None:
    await book(shop)
    shop.give(amazon(WHERE, stamp=""))
    await shop.staged()
    assert shop.smtp.mails == []


async def test_a_question_before_the_sale_has_no_order_and_goes_to_its_relay(shop: Shop) -> None:
    await book(shop)
    stranger = "anotherbuyer0002y@marketplace.amazon.com"
    subject = "Product details inquiry from Amazon customer Tom"
    shop.give(amazon("", stranger, subject=subject, text=message("Is it waterproof?", head="")))
    [path] = await shop.staged()
    told = shop.why("m1")
    assert (told["kind"], told["order"], told["orders"]) == ("buyer_message", None, [])
    assert (sheet(path).to, sheet(path).subject) == (stranger, subject)


async def test_who_names_an_order_in_his_own_words_is_told_nothing_of_it(shop: Shop) -> None:
    await book(shop)
    stranger = "anotherbuyer0002y@marketplace.amazon.com"
    words = f"Where is my order?\n\n# {NUMBER}:\n1 / Lantern [ASIN: B0TACT0001]"
    shop.give(amazon("", stranger, text=message(words, head=""), subject=SUBJECT))
    [path] = await shop.staged()
    assert "disclose.not_on_file" in codes(shop.why("m1"))
    assert "Portland" not in sheet(path).sent
    assert RELAY not in sheet(path).to
