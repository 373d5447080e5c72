"""The main job, on a real Dovecot and an SMTP server: a mail comes in, a reply is staged, `mv`
sends it once, and every fate has its reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from servers.dovecot import Dovecot
from shop import RELAY, Shop, ebay_mail, jane
from story_kit import book, codes, dovecot_shop, ledger, sheet, text_of, wire
from tactd.core.types import By, ContactKind, ContactState, ReplyState

pytestmark = pytest.mark.dovecot

REFERENCE = "[#a02-0sample02tst#]_[#0123456789abcdef0123456789abcdef#]"


def in_sent(dovecot: Dovecot, user: str) -> list[bytes]:
    with dovecot.client(user) as client:
        client.select_folder("Sent", readonly=True)
        fetched = client.fetch(client.search(), [b"BODY.PEEK[]"])
    return [one[b"BODY[]"] for one in fetched.values()]


async def copied(shop: Shop) -> None:
    await shop.until(lambda: not shop.service.parts.dispatch._uncopied("shop"), "the copy in Sent")


async def test_a_buyer_who_asks_where_it_is_gets_one_answer(
    dovecot: Dovecot, tmp_path: Path
) -> None:
    user = dovecot.fresh_user()
    async with dovecot_shop(dovecot, tmp_path, user) as shop:
        await shop.import_orders(jane())  # through the watched folder
        shop.give(ebay_mail("Hello, where is my order? It has not arrived yet."))
        (path,) = await shop.staged()
        staged = sheet(path)
        assert staged.to == RELAY
        assert staged.subject.startswith("tidepool_ann sent a message about")
        assert "LK473124829CN" in staged.body
        assert REFERENCE not in staged.body, "technical lines are added when it is sent"
        assert staged.top == []

        told = shop.why("m1")
        assert (told["decision"], told["would"], told["situation"]) == (
            "stage",
            "send",
            "in_transit",
        )
        assert told["reasons"] == ["mode is stage"]
        assert told["match"]["certain"]
        assert codes(told)[0] == "screen.person"

        shop.move(path, "approved")
        (arrived,) = await shop.sent()
        await shop.until(lambda: shop.files("sent"), "the file in sent/")
        await copied(shop)
        assert [shop.files(name) for name in ("staged", "approved", "trouble")] == [[], [], []]

        assert arrived.recipients == (RELAY,)
        assert arrived.sender == "shop@example.org"
        mail = wire(arrived.raw)
        assert mail["To"] == RELAY
        assert mail["From"] == "Blue Sheep Outdoor <shop@example.org>"
        assert mail["In-Reply-To"] == "<m1@ebay.com>"
        assert "<m1@ebay.com>" in mail["References"]
        assert mail["Subject"] == f"Re: {staged.subject}"
        assert mail.get_content_type() == "text/plain"
        assert text_of(arrived.raw).startswith(staged.body)
        assert REFERENCE in text_of(arrived.raw)

        (row,) = ledger(shop, f"relay:{RELAY}")
        assert (row.kind, row.by, row.state) == (
            ContactKind.ANSWER,
            By.APPROVED,
            ContactState.SENT,
        )
        assert shop.why("m1")["answered_by"] == "reply 1"


async def test_the_copy_in_sent_is_one_and_is_not_taken_for_the_sellers_own_mail(
    dovecot: Dovecot, tmp_path: Path
) -> None:
    user = dovecot.fresh_user()
    async with dovecot_shop(dovecot, tmp_path, user) as shop:
        await book(shop, jane())
        shop.give(ebay_mail("Hello, where is my order? It has not arrived yet."))
        shop.move((await shop.staged())[0], "approved")
        (arrived,) = await shop.sent()
        await copied(shop)

        # Seen again through the mailbox, it is our own: no second row in the ledger.
        def seen() -> object:
            with shop.service.parts.store.read() as conn:
                return conn.exec_driver_sql(
                    "select 1 from mail where role = 'sent' and state = 'done'"
                ).first()

        await shop.until(seen, "the copy was read")
        (row,) = ledger(shop, f"relay:{RELAY}")
        assert row.kind is ContactKind.ANSWER
        assert shop.reply_states() == [ReplyState.SENT]
    (copy,) = in_sent(dovecot, user)
    assert wire(copy)["Message-ID"] == wire(arrived.raw)["Message-ID"]
    async with dovecot_shop(dovecot, tmp_path, user) as shop:  # nor a second copy after a restart
        await shop.service.loops.tick()
        assert len(shop.smtp.mails) == 0
    assert len(in_sent(dovecot, user)) == 1
