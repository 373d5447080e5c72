"""A draft that is overtaken: by new facts, by the buyer's next mail, by the seller's own hand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from servers.dovecot import Dovecot
from shop import Shop, day, mail
from story_kit import (
    asks,
    book,
    codes,
    dovecot_shop,
    edit,
    in_trouble,
    ledger,
    look,
    notes,
    nothing_more,
    order_of,
    provider_paused,
    sheet,
    text_of,
)
from tactd.core.types import By, ContactKind, ReplyState

pytestmark = pytest.mark.dovecot

STAGED, SENT, WITHDRAWN = ReplyState.STAGED, ReplyState.SENT, ReplyState.WITHDRAWN


@pytest.fixture
def user(dovecot: Dovecot) -> str:
    return dovecot.fresh_user()


@pytest.fixture
async def shop(dovecot: Dovecot, tmp_path: Path, user: str) -> AsyncIterator[Shop]:
    async with dovecot_shop(dovecot, tmp_path, user) as shop:
        await book(shop, order_of(1), order_of(2))
        yield shop


async def later_estimate(shop: Shop) -> None:
    """A newer report knows that the parcel takes longer."""
    await book(shop, order_of(1, Maximum_Estimated_Delivery_Date=day(31)), name="Report-2.csv")


async def states(shop: Shop, *wanted: ReplyState) -> None:
    await shop.until(lambda: shop.reply_states() == list(wanted), f"{wanted}")


# ------------------------------------------------------------------ the facts


async def test_an_unedited_draft_with_old_facts_is_drawn_again_and_not_sent(shop: Shop) -> None:
    shop.give(asks(1))
    (path,) = await shop.staged()
    old = sheet(path)
    await later_estimate(shop)
    shop.move(path, "approved")
    await states(shop, WITHDRAWN, STAGED)
    # Not before it lies there: who touches a file while its note is written gets the note beside.
    await shop.until(lambda: any("→" in notes(one) for one in shop.files("withdrawn")), "a note")
    await nothing_more(shop, sent=0)
    (back,), (fresh,) = shop.files("withdrawn"), shop.files("staged")
    assert "expected by: " in notes(back)
    assert sheet(fresh).body != old.body
    shop.move(fresh, "approved")
    (arrived,) = await shop.sent()
    assert text_of(arrived.raw).strip() == sheet(fresh if fresh.exists() else _sent(shop)).body
    await nothing_more(shop, sent=1)


def _sent(shop: Shop) -> Path:
    return shop.files("sent")[0] if shop.files("sent") else shop.files("approved")[0]


async def test_an_edited_draft_with_old_facts_is_shown_to_the_seller_who_may_send_it(
    shop: Shop,
) -> None:
    shop.give(asks(1))
    (path,) = await shop.staged()
    edit(path, "Kind regards,", "I am on your side.\n\nKind regards,")
    await later_estimate(shop)
    shop.move(path, "approved")
    held = await in_trouble(shop, "→")
    await nothing_more(shop, sent=0)
    assert "I am on your side." in sheet(held).body
    shop.move(held, "approved")
    (arrived,) = await shop.sent()
    assert "I am on your side." in text_of(arrived.raw)
    await nothing_more(shop, sent=1)


async def test_the_daily_look_draws_old_drafts_again_and_leaves_edited_ones_alone(
    shop: Shop,
) -> None:
    shop.give(asks(1))
    shop.give(asks(2))
    paths = await shop.staged(2)
    edited = next(path for path in paths if "00001" in path.name)
    edit(edited, "Kind regards,", "I am on your side.\n\nKind regards,")
    longer = {"Maximum_Estimated_Delivery_Date": day(31)}
    await book(shop, order_of(1, **longer), order_of(2, **longer), name="Report-2.csv")
    await shop.service.loops.daily()
    await shop.until(lambda: len(shop.files("withdrawn")) == 1, "the old draft withdrawn")
    await look(shop)
    assert "00002" in shop.files("withdrawn")[0].name
    assert len(shop.files("staged")) == 2
    assert "I am on your side." in sheet(edited).body


async def test_facts_that_did_not_change_do_not_disturb_an_approval(shop: Shop) -> None:
    shop.give(asks(1))
    (path,) = await shop.staged()
    await book(shop, order_of(1), name="Report-2.csv")
    shop.move(path, "approved")
    await shop.sent()
    await states(shop, SENT)


# ------------------------------------------------------------------ the buyer writes again


async def test_two_mails_of_one_buyer_get_one_reply_that_answers_both(shop: Shop) -> None:
    shop.give(asks(1))
    (first,) = await shop.staged()
    shop.give(asks(1, "Where is my parcel? I am still waiting.", number=2))
    await states(shop, WITHDRAWN, STAGED)
    await shop.until(lambda: shop.files("withdrawn"), "the old draft in withdrawn/")
    (path,) = await shop.staged()
    assert shop.files("withdrawn")[0].name == first.name
    shop.move(path, "approved")
    (arrived,) = await shop.sent()
    await states(shop, WITHDRAWN, SENT)
    assert b"<b1-2@example.com>" in arrived.raw, "it answers the newest"
    assert shop.why("m1")["answered_by"] is not None
    assert shop.status()["waiting"] == []
    await nothing_more(shop, sent=1)
    # What he asks after that is answered alone.
    shop.give(asks(1, number=3))
    await states(shop, WITHDRAWN, SENT, STAGED)


async def test_the_deadline_counts_from_the_first_mail_that_waits(shop: Shop) -> None:
    shop.give(asks(1))
    (first,) = await shop.staged()
    deadline = first.name[:15]
    shop.give(asks(1, "Where is my parcel? I am still waiting.", number=2))
    await states(shop, WITHDRAWN, STAGED)
    await shop.until(lambda: shop.files("staged") and shop.files("withdrawn"), "drawn again")
    assert shop.files("staged")[0].name[:15] == deadline


async def test_a_withdrawn_file_is_not_sent_whether_edited_or_not(shop: Shop) -> None:
    shop.give(asks(1))
    await shop.staged()
    shop.give(asks(1, "Where is my parcel? I am still waiting.", number=2))
    await shop.until(lambda: shop.files("withdrawn"), "the old draft in withdrawn/")
    shop.move(shop.files("withdrawn")[0], "approved")
    await shop.until(lambda: shop.files("withdrawn"), "put back")
    back = shop.files("withdrawn")[0]
    edit(back, "Kind regards,", "Yours,")
    shop.move(back, "approved")
    await in_trouble(shop, "withdrawn")
    await nothing_more(shop, sent=0)


async def test_a_draft_the_seller_has_edited_keeps_his_text_when_the_buyer_writes_again(
    shop: Shop,
) -> None:
    shop.give(asks(1))
    (path,) = await shop.staged()
    edit(path, "Kind regards,", "I am on your side.\n\nKind regards,")
    shop.give(asks(1, "Where is my parcel? I am still waiting.", number=2))
    await shop.until(lambda: shop.files("withdrawn"), "the old draft in withdrawn/")
    assert "I am on your side." in sheet(shop.files("withdrawn")[0]).body


async def test_another_buyer_is_not_disturbed(shop: Shop) -> None:
    shop.give(asks(1))
    await shop.staged(1)
    shop.give(asks(2))
    await shop.staged(2)
    assert shop.reply_states() == [STAGED, STAGED]


# ------------------------------------------------------------------ the seller's own hand


def by_hand(answers: str, **more: str) -> bytes:
    return mail(
        "Dear Jane, it is on its way. Blue Sheep",
        sender="shop@example.org",
        name="Blue Sheep",
        to="buyer1@example.com",
        subject="Re: My order",
        message_id="<hand-1@example.org>",
        In_Reply_To=answers,
        References=answers,
        **more,
    )


async def test_the_sellers_own_reply_closes_what_is_staged_and_counts(
    shop: Shop, dovecot: Dovecot, user: str
) -> None:
    shop.give(asks(1))
    (path,) = await shop.staged()
    with dovecot.client(user) as client:
        client.append("Sent", by_hand("<b1-1@example.com>"))
    await states(shop, WITHDRAWN)
    await shop.until(lambda: shop.files("withdrawn"), "the draft in withdrawn/")
    assert shop.files("withdrawn")[0].name == path.name
    assert shop.why("m1")["answered_by"] == "hand"
    (row,) = ledger(shop, "mail:buyer1@example.com")
    assert (row.kind, row.by) == (ContactKind.HAND, By.SELLER)
    shop.move(shop.files("withdrawn")[0], "approved")
    await shop.until(lambda: shop.files("withdrawn"), "put back")
    await nothing_more(shop, sent=0)


async def test_a_copy_to_himself_does_not_hide_his_reply(
    shop: Shop, dovecot: Dovecot, user: str
) -> None:
    """His mail program sends him a blind copy, which comes in before Sent is read."""
    shop.give(asks(1))
    await shop.staged()
    reply = by_hand("<b1-1@example.com>")
    shop.give(reply)
    await shop.decided(2)
    with dovecot.client(user) as client:
        client.append("Sent", reply)
    await states(shop, WITHDRAWN)
    (row,) = ledger(shop, "mail:buyer1@example.com")
    assert row.kind is ContactKind.HAND


async def test_his_reply_to_a_later_mail_closes_the_earlier_ones_too(
    shop: Shop, dovecot: Dovecot, user: str
) -> None:
    shop.give(asks(1))
    await shop.staged()
    shop.give(asks(1, "Where is my parcel? I am still waiting.", number=2))
    await states(shop, WITHDRAWN, STAGED)
    with dovecot.client(user) as client:
        client.append("Sent", by_hand("<b1-2@example.com>"))
    await states(shop, WITHDRAWN, WITHDRAWN)
    await shop.until(lambda: not shop.files("staged"), "nothing staged")
    assert shop.status()["waiting"] == []
    # The next question is read alone, not together with what he has answered.
    shop.give(asks(1, "Hello?", number=3))
    await shop.decided(3)
    assert "classify.earlier_question" not in codes(shop.why("m4"))


async def test_his_reply_closes_the_rest_of_the_thread_that_lay_before_him(
    shop: Shop, dovecot: Dovecot, user: str
) -> None:
    shop.give(asks(1))
    await shop.staged()
    shop.give(asks(1, "Where is my parcel?", number=2, References="<b1-1@example.com>"))
    await states(shop, WITHDRAWN, STAGED)
    with dovecot.client(user) as client:
        client.append("Sent", by_hand("<b1-1@example.com>"))
    await states(shop, WITHDRAWN, WITHDRAWN)
    assert shop.status()["waiting"] == []


async def test_his_reply_leaves_what_he_did_not_answer(
    shop: Shop, dovecot: Dovecot, user: str
) -> None:
    shop.give(asks(1))
    await shop.staged(1)
    shop.give(asks(2))
    await shop.staged(2)
    with dovecot.client(user) as client:
        client.append("Sent", by_hand("<b1-1@example.com>"))
    await states(shop, WITHDRAWN, STAGED)


async def test_an_approval_that_waits_is_taken_back_when_he_answers_by_hand(
    shop: Shop, dovecot: Dovecot, user: str
) -> None:
    shop.give(asks(1))
    (path,) = await shop.staged()
    with provider_paused(shop):
        shop.move(path, "approved")
        await look(shop)
        assert shop.reply_states() == [ReplyState.READY]
        with dovecot.client(user) as client:
            client.append("Sent", by_hand("<b1-1@example.com>"))
        await states(shop, WITHDRAWN)
    await nothing_more(shop, sent=0)
