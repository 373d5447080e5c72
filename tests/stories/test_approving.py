"""What the seller does with a staged file, and what comes of it: nothing wrong is ever sent, and
nothing twice."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from servers.dovecot import Dovecot
from shop import Shop
from story_kit import (
    asks,
    book,
    dovecot_shop,
    edit,
    in_trouble,
    look,
    nothing_more,
    order_of,
    provider_paused,
    sheet,
    text_of,
)
from tactd.core.types import ReplyState

pytestmark = pytest.mark.dovecot


@pytest.fixture
async def shop(dovecot: Dovecot, tmp_path: Path) -> AsyncIterator[Shop]:
    """A shop with Jane's order."""
    async with dovecot_shop(dovecot, tmp_path) as shop:
        await book(shop, order_of(1), order_of(2, "ship_late"))
        yield shop


async def one_staged(shop: Shop, buyer: int = 1) -> Path:
    shop.give(asks(buyer))
    (path,) = await shop.staged()
    return path


# ------------------------------------------------------------------ sending


async def test_moving_to_approved_sends_exactly_once(shop: Shop) -> None:
    path = await one_staged(shop)
    body = sheet(path).body
    shop.move(path, "approved")
    (arrived,) = await shop.sent()
    assert text_of(arrived.raw).strip() == body
    await shop.until(lambda: shop.files("sent"), "the file in sent/")
    await nothing_more(shop, sent=1)
    assert shop.reply_states() == [ReplyState.SENT]


async def test_copying_to_approved_sends_once_and_the_original_is_cleared_away(shop: Shop) -> None:
    path = await one_staged(shop)
    shutil.copy(path, shop.replies / "approved" / path.name)
    await shop.sent()
    await shop.until(lambda: shop.files("sent"), "the file in sent/")
    await nothing_more(shop, sent=1)
    assert shop.files("staged") == []
    assert shop.files("trouble") == []


async def test_an_edited_text_is_what_the_buyer_gets(shop: Shop) -> None:
    path = await one_staged(shop)
    edit(path, "Kind regards,", "If anything is unclear, ask me — señora.\n\nKind regards,")
    shop.move(path, "approved")
    (arrived,) = await shop.sent()
    assert "ask me — señora." in text_of(arrived.raw)


async def test_the_edited_subject_is_sent_and_nothing_from_below_the_mark(shop: Shop) -> None:
    path = await one_staged(shop)
    edit(path, "Subject: My order", "Subject: About my order")
    shop.move(path, "approved")
    (arrived,) = await shop.sent()
    raw = arrived.raw.decode()
    assert "About my order" in raw
    for never in ("=== tactd", "Answer by", "WHY IT LIES", "Portland"):
        assert never not in raw


async def test_a_file_of_windows_under_another_name_is_understood(shop: Shop) -> None:
    path = await one_staged(shop)
    text = path.read_text(encoding="utf-8")
    path.unlink()
    other = shop.replies / "approved" / "Antwort an Jane (final).txt"
    other.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    await shop.sent()
    await shop.until(lambda: shop.files("sent"), "the file in sent/")
    await nothing_more(shop, sent=1)


# ------------------------------------------------------------------ not sending


async def test_rejecting_sends_nothing_and_the_mail_waits_no_longer(shop: Shop) -> None:
    path = await one_staged(shop)
    shop.move(path, "rejected")
    await shop.until(lambda: shop.reply_states() == [ReplyState.REJECTED], "rejected")
    await nothing_more(shop, sent=0)
    assert len(shop.files("rejected")) == 1
    assert shop.status()["waiting"] == []


async def test_a_rejected_reply_approved_later_is_put_back_and_not_sent(shop: Shop) -> None:
    path = shop.move(await one_staged(shop), "rejected")
    await shop.until(lambda: shop.reply_states() == [ReplyState.REJECTED], "rejected")
    shop.move(path, "approved")
    await shop.until(lambda: shop.files("rejected"), "back in rejected/")
    await nothing_more(shop, sent=0)


async def test_taking_a_file_back_before_it_is_sent_takes_the_approval_back(shop: Shop) -> None:
    path = await one_staged(shop)
    with provider_paused(shop):  # the server is slow today
        approved = shop.move(path, "approved")
        await look(shop)
        assert shop.reply_states() == [ReplyState.READY]
        shop.move(approved, "staged")
        await look(shop)
        assert shop.reply_states() == [ReplyState.STAGED]
    await nothing_more(shop, sent=0)
    shop.move(shop.files("staged")[0], "approved")
    await shop.sent()
    await nothing_more(shop, sent=1)


async def test_a_second_copy_with_the_same_text_is_set_aside(shop: Shop) -> None:
    path = await one_staged(shop)
    shutil.copy(path, path.with_name("copy of it.txt"))
    shop.move(path, "approved")
    await shop.sent()
    await shop.until(lambda: shop.files("sent"), "the file in sent/")
    await nothing_more(shop, sent=1)
    assert shop.files("staged") == []


async def test_two_copies_with_different_texts_in_approved_are_both_in_trouble(shop: Shop) -> None:
    path = await one_staged(shop)
    text = path.read_text(encoding="utf-8")
    other = shop.replies / "approved" / "conflict.txt"
    with provider_paused(shop):
        path.rename(shop.replies / "approved" / path.name)
        other.write_text(text.replace("Kind regards", "Best wishes"), encoding="utf-8")
        await look(shop)
    await nothing_more(shop, sent=0)
    assert len(shop.files("trouble")) == 2
    assert shop.files("approved") == []


async def test_an_edit_after_approving_is_what_goes_out(shop: Shop) -> None:
    path = await one_staged(shop)
    with provider_paused(shop):
        approved = shop.move(path, "approved")
        await look(shop)
        assert shop.reply_states() == [ReplyState.READY]
        edit(approved, "Kind regards,", "Warmest regards,")
        await look(shop)
    (arrived,) = await shop.sent()
    assert "Warmest regards," in text_of(arrived.raw)
    await nothing_more(shop, sent=1)


async def test_a_sent_file_approved_again_goes_home_and_is_not_sent_again(shop: Shop) -> None:
    shop.move(await one_staged(shop), "approved")
    await shop.sent()
    await shop.until(lambda: shop.files("sent"), "the file in sent/")
    shop.move(shop.files("sent")[0], "approved")
    await shop.until(lambda: shop.files("sent"), "back in sent/")
    await nothing_more(shop, sent=1)


async def test_a_sent_file_with_another_text_is_in_trouble_and_not_sent(shop: Shop) -> None:
    shop.move(await one_staged(shop), "approved")
    await shop.sent()
    await shop.until(lambda: shop.files("sent"), "the file in sent/")
    again = shop.files("sent")[0]
    edit(again, "Kind regards,", "One thing more,")
    shop.move(again, "approved")
    await in_trouble(shop, "sent already")
    await nothing_more(shop, sent=1)


# ------------------------------------------------------------------ what must be mended first


async def test_a_blank_that_is_left_is_never_sent_and_filled_in_it_goes(shop: Shop) -> None:
    path = await one_staged(shop, buyer=2)
    assert "[[date of dispatch]]" in sheet(path).body
    shop.move(path, "approved")
    held = await in_trouble(shop, "[[ ]]")
    await shop.until(lambda: shop.why("1")["fate"][-1]["what"] == "stopped", "why it lies there")
    await nothing_more(shop, sent=0)
    edit(held, "[[date of dispatch]]", "26 November 2026")
    shop.move(held, "approved")
    (arrived,) = await shop.sent()
    assert "26 November 2026" in text_of(arrived.raw)
    assert "[[" not in arrived.raw.decode()
    await nothing_more(shop, sent=1)


async def test_a_changed_address_is_never_written_to(shop: Shop) -> None:
    path = await one_staged(shop)
    edit(path, "To: buyer1@example.com", "To: someone@example.net")
    shop.move(path, "approved")
    held = await in_trouble(shop, "'To:'")
    await nothing_more(shop, sent=0)
    edit(held, "To: someone@example.net", "To: buyer1@example.com")
    shop.move(held, "approved")
    (arrived,) = await shop.sent()
    assert arrived.recipients == ("buyer1@example.com",)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("=== tactd ", "=== ", "=== tactd"),
        ("=== tactd 1-", "=== tactd 7-", "=== tactd"),
        ("Subject: My order 12-34567-00001\n", "", "Subject:"),
        ("To: ", "Bcc: all@example.net\nTo: ", "To:"),
        ("\n\nHello", "\nBcc: all@example.net\n\nHello", "To: and Subject:"),
    ],
)
async def test_a_damaged_file_is_in_trouble_and_says_how_to_mend_it(
    shop: Shop, old: str, new: str, says: str
) -> None:
    path = await one_staged(shop)
    edit(path, old, new)
    shop.move(path, "approved")
    await in_trouble(shop, says)
    await nothing_more(shop, sent=0)


async def test_an_emptied_reply_is_not_sent(shop: Shop) -> None:
    path = await one_staged(shop)
    edit(path, sheet(path).body, "")
    shop.move(path, "approved")
    await in_trouble(shop, "empty")
    await nothing_more(shop, sent=0)
