"""What the ledger holds of the seller's own mails: each once for each recipient, however it came
to be known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from attacks.shop_in_steps import Steps, steps
from faults.prepared_shop import prepare
from servers.sent_box import ByHand
from story_kit import address_of, asks, order_of
from tactd.adapters.mailbox.readback import NO_FOLDER
from tactd.adapters.store import answered, readback
from tactd.adapters.store.schema import ledger
from tactd.core.types import Fetched, FolderRole, Limits, Mode, ReplyState, Rule, SentRead
from tactd.flow.reading_back import longest_window, sent_read

DAY = timedelta(days=1)
DONE = SentRead(folder="Sent", uidvalidity=1, window=60 * DAY, done=True)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Steps]:
    with steps(tmp_path) as made:
        yield made


def headers_of(raw: bytes, received: datetime, uid: int = 1) -> Fetched:
    head = raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    return Fetched(uid=uid, raw=head, size=0, received=received, truncated=True)


def read_back(shop: Steps, *mails: ByHand, further: SentRead = DONE) -> None:
    found = tuple(headers_of(one.raw, one.at) for one in mails)
    shop.parts.keeper.keep_sent("shop", found, further)


def rows(shop: Steps) -> list[tuple[str, str, datetime]]:
    """(kind, address, when)"""
    with shop.parts.store.read() as conn:
        found = conn.execute(select(ledger).order_by(ledger.c.endpoint))
        return [(row.kind, row.endpoint.partition(":")[2], row.at) for row in found]


def people(shop: Steps) -> list[str]:
    return [address for _, address, _ in rows(shop)]


def test_a_mail_to_several_people_counts_once_for_each(shop: Steps) -> None:
    cc = "Cc: b@example.com, Jane <c@example.com>\r\n"
    read_back(shop, ByHand(1, 5, to="a@example.com, B@Example.com", headers=cc))
    assert people(shop) == ["a@example.com", "b@example.com", "c@example.com"]


@pytest.mark.parametrize("lacks", ["", "Message-ID", "Date", "both"])
def test_the_same_mail_read_back_again_and_fetched_whole_counts_once(
    shop: Steps, lacks: str
) -> None:
    one = ByHand(1, 1)
    names = ("Message-ID", "Date") if lacks == "both" else (lacks or "nothing",)
    lines = one.raw.split(b"\r\n")
    raw = b"\r\n".join(li for li in lines if li.partition(b":")[0].decode() not in names)
    received = shop.prepared.now()
    for _ in range(2):  # as after a change of UIDVALIDITY
        shop.parts.keeper.keep_sent("shop", (headers_of(raw, received),), DONE)
    assert people(shop) == [one.address]
    shop.prepared.now = lambda: received  # type: ignore[method-assign]
    shop.give(raw, role=FolderRole.SENT)
    shop.handle()
    assert people(shop) == [one.address]


def test_a_question_that_was_answered_is_not_open_but_an_absence_note_answers_nothing(
    shop: Steps,
) -> None:
    away = ByHand(2, 20, headers="Auto-Submitted: auto-replied\r\n")
    earlier = "Auto-Submitted: auto-replied\r\nX-Tactd-Id: an-elder-store\r\n"
    read_back(shop, ByHand(1, 20), away, ByHand(3, 20, headers=earlier))
    with shop.parts.store.read() as conn:
        at = [
            answered.at(conn, f"<question-{number}@example.com>", [one.address])
            for number, one in ((n, ByHand(n, 20)) for n in (1, 2, 3))
        ]
    assert at[0] is not None
    assert at[1] is None
    assert at[2] is not None
    assert len(rows(shop)) == 3, "each of them was a mail to a person"


def test_an_absence_note_takes_no_draft_from_the_seller(shop: Steps) -> None:
    shop.stage(asks(1))
    note = ByHand(1, 0, to=address_of(1), headers="Auto-Submitted: auto-replied\r\n")
    raw = note.raw.replace(b"<question-1@example.com>", b"<b1-1@example.com>")
    shop.give(raw, role=FolderRole.SENT)
    shop.handle()
    assert shop.states() == [ReplyState.STAGED]
    assert people(shop) == [address_of(1)]


@pytest.mark.parametrize("rewritten", [False, True])
def test_own_replies_are_known_and_not_counted_again(shop: Steps, rewritten: bool) -> None:
    (path,) = shop.stage(asks(1))
    shop.approve(path)
    assert shop.send() == 1
    (wire,) = shop.wires
    before = rows(shop)
    if rewritten:  # as Microsoft does it: the private header stays
        wire = wire.replace(b"Message-ID: <", b"Message-ID: <new.")
        assert b"X-Tactd-Id" in wire
    shop.parts.keeper.keep_sent("shop", (headers_of(wire, shop.prepared.now()),), DONE)
    assert [row[:2] for row in rows(shop)] == [row[:2] for row in before]
    assert len(before) == 1


def test_a_reply_of_unclear_fate_that_lies_in_sent_has_gone(shop: Steps) -> None:
    (path,) = shop.stage(asks(1))
    shop.approve(path)
    assert shop.send(end=None) == 1
    shop.parts.dispatch.recover()
    assert shop.states() == [ReplyState.UNCLEAR]
    raw = shop.wires[0]
    shop.parts.keeper.keep_sent("shop", (headers_of(raw, shop.prepared.now()),), DONE)
    assert shop.states() == [ReplyState.SENT]
    assert len(rows(shop)) == 1


def test_a_date_in_the_future_counts_from_the_arrival_in_sent(shop: Steps) -> None:
    one = ByHand(1, -400)
    received = shop.prepared.now() - DAY
    shop.parts.keeper.keep_sent("shop", (headers_of(one.raw, received),), DONE)
    ((_, _, at),) = rows(shop)
    assert abs(at - received) < timedelta(seconds=2)


# ------------------------------------------------------------------ is it done?


def test_it_is_done_for_the_window_it_was_read_over_and_no_longer(shop: Steps) -> None:
    policy = shop.parts.pipeline.rules.policy
    store = shop.parts.store
    now = shop.prepared.now()

    def said(further: SentRead, mailbox: str = "shop") -> bool:
        with store.write() as conn:
            readback.note_sent_read(conn, mailbox, further, now)
            return sent_read(conn, policy)

    with store.read() as conn:
        assert not sent_read(conn, policy), "never begun"
    assert not said(DONE, mailbox="other")
    assert said(DONE)
    assert not said(SentRead(folder="Sent", uidvalidity=1, window=60 * DAY, read=5, total=9))
    assert not said(SentRead(folder="Sent", uidvalidity=1, window=59 * DAY, done=True))


def test_the_window_is_the_longest_limit_and_sixty_days_at_least() -> None:
    assert longest_window(Limits()) == 60 * DAY
    assert longest_window(Limits(answers=(Rule(1, DAY), Rule(3, 7 * DAY)))) == 60 * DAY
    assert longest_window(Limits(unasked_per_order=(Rule(1, 90 * DAY),))) == 90 * DAY
    assert longest_window(Limits(per_mailbox=(Rule(9, 80 * DAY),))) == 80 * DAY


def test_only_in_mode_auto_it_is_a_reason(shop: Steps) -> None:
    """Elsewhere nothing goes by itself anyhow, and one reason says it."""
    assert shop.parts.pipeline.rules.policy.mode is Mode.STAGE
    shop.stage(asks(1))
    told = shop.prepared.files("staged")[0].read_text(encoding="utf-8")
    assert "Sent folder" not in told


def test_a_sent_folder_that_is_lost_before_the_claim_puts_the_answer_before_the_seller(
    tmp_path: Path,
) -> None:
    """Decided while Sent was read, claimed when it is not any more."""
    prepared = prepare(tmp_path, imap=9, smtp=9, mode="auto", more='settle = "0 seconds"\n')
    with steps(tmp_path, prepared=prepared) as shop:
        shop.book(order_of(1))
        read_back(shop)
        shop.give(asks(1))
        shop.handle()
        assert shop.states() == [ReplyState.APPROVED]
        read_back(shop, further=NO_FOLDER)
        assert shop.send() == 0
        assert shop.states() == [ReplyState.STAGED]
        assert shop.replies()[0].reply.note == "permit.sent_not_read"
