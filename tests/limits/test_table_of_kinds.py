"""What each kind of mail is subject to: the table of the design, row by row. The clock is turned;
store, folders and SMTP server are real."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from clock_shop import START, WINDOW_ENDS, ClockShop, clock_shop
from shop import mail
from story_kit import address_of
from tactd.adapters.store import contacts, people
from tactd.core.types import By, ContactKind, FolderRole, LedgerRow, Silence
from tactd.screens import staged, switch

HIS = f"mail:{address_of(1)}"
DAY = WINDOW_ENDS + timedelta(hours=12, minutes=1)  # 19:01 where he lives, his parcel is late
NIGHT = datetime(2026, 11, 11, 3, 0, tzinfo=UTC)  # 22:00 there
NO_NIGHT = 'quiet_hours = "off"\n'
FULL = {
    "answer": '[limits]\nanswers = ["1 per 2 days"]\nunasked = "off"\n' + NO_NIGHT,
    "unasked": '[limits]\nanswers = "off"\nunasked = ["1 per 2 days"]\n' + NO_NIGHT,
}
BUSY = '[limits]\nanswers = "off"\nunasked = "off"\nper_mailbox = ["1 per hour"]\n' + NO_NIGHT


# ------------------------------------------------------------------ the four kinds, up to a send


@asynccontextmanager
async def kind_of(kind: str, by: str, root: Path, more: str = "") -> AsyncIterator[ClockShop]:
    """A shop in which one mail of that kind is the next thing that can go."""
    async with clock_shop(root, mode="auto" if by == "auto" else "stage", more=more) as shop:
        shop.book()
        if kind == "unasked":
            await shop.asks()
            if by == "approved":
                await approve(shop)
            assert shop.states() == ["in_transit sent"]
        yield shop


async def happens(shop: ClockShop, kind: str, by: str, at: datetime, *, now: bool = False) -> None:
    """Its event comes, and he who must approves it."""
    shop.now = at
    shop.book()
    await (shop.asks() if kind == "answer" else shop.beat())
    if by == "approved":
        assert shop.states()[-1].endswith("staged"), shop.last_codes()
        await approve(shop, now=now)


async def approve(shop: ClockShop, *, now: bool = False) -> None:
    number = str(shop.replies()[-1].reply.id)
    store, folder = shop.service.parts.store, shop.root / "replies"
    _, problems = staged.move_all(store, folder, (number,), "approved", at_once=now)
    assert problems == []
    await shop.beat()


async def by_hand(shop: ClockShop, at: datetime, to: str = address_of(1)) -> None:
    shop.now = at
    raw = mail("Hello.", sender="shop@example.org", to=to, message_id="<hand@example.org>", date=at)
    await shop.mail(raw, FolderRole.SENT)


def when(kind: str) -> datetime:
    return START if kind == "answer" else DAY


def state(shop: ClockShop) -> str:
    return shop.states()[-1].split()[1]


def ledger(shop: ClockShop) -> list[LedgerRow]:
    with shop.service.parts.store.read() as conn:
        return contacts.since(conn, [HIS], START - timedelta(days=90))


KINDS = [(kind, by) for by in ("auto", "approved") for kind in ("answer", "unasked")]
every_kind = pytest.mark.parametrize(("kind", "by"), KINDS)


# ------------------------------------------------------------------ the columns


async def test_stop_makes_an_automatic_answer_a_persons(tmp_path: Path) -> None:
    async with kind_of("answer", "auto", tmp_path) as shop:
        said_stop(shop)
        await happens(shop, "answer", "auto", START)
        assert state(shop) == "staged"
        assert shop.replies()[-1].reply.note == "permit.stop"


async def test_stop_drops_automatic_unasked_mail(tmp_path: Path) -> None:
    async with kind_of("unasked", "auto", tmp_path) as shop:
        said_stop(shop)
        await happens(shop, "unasked", "auto", DAY)
        assert shop.states() == ["in_transit sent"]
        assert shop.last_codes()[-1] == "silence.stop"


async def test_an_approved_answer_overrules_stop(tmp_path: Path) -> None:
    async with kind_of("answer", "approved", tmp_path) as shop:
        said_stop(shop)
        await happens(shop, "answer", "approved", START)
        assert state(shop) == "sent"


async def test_stop_blocks_approved_unasked_mail_even_now(tmp_path: Path) -> None:
    async with kind_of("unasked", "approved", tmp_path) as shop:
        shop.now = DAY
        shop.book()
        await shop.beat()
        said_stop(shop)
        await approve(shop, now=True)
        assert state(shop) == "withdrawn"
        assert len(shop.sent) == 1


def said_stop(shop: ClockShop) -> None:
    with shop.service.parts.store.write() as conn:
        people.set_silence(conn, [HIS], Silence.STOP, "mail 99", shop.now)


@pytest.mark.parametrize(
    ("kind", "by", "then"),
    [
        ("answer", "auto", "staged"),
        ("unasked", "auto", "held"),
        ("answer", "approved", "sent"),
        ("unasked", "approved", "held"),
    ],
)
async def test_a_full_limit(kind: str, by: str, then: str, tmp_path: Path) -> None:
    async with kind_of(kind, by, tmp_path, FULL[kind]) as shop:
        await by_hand(shop, when(kind) - timedelta(days=1))
        await happens(shop, kind, by, when(kind))
        assert state(shop) == then
        if then == "held":
            free_at = when(kind) + timedelta(days=1)
            until = shop.replies()[-1].reply.next_attempt
            assert until is not None
            assert free_at <= until < free_at + timedelta(minutes=1)
            shop.now = free_at + timedelta(minutes=1)
            shop.book()
            await shop.beat()
            assert state(shop) == "sent"


@pytest.mark.parametrize(
    ("kind", "by", "then"),
    [
        ("answer", "auto", "sent"),
        ("unasked", "auto", "held"),
        ("answer", "approved", "sent"),
        ("unasked", "approved", "held"),
    ],
)
async def test_his_night(kind: str, by: str, then: str, tmp_path: Path) -> None:
    async with kind_of(kind, by, tmp_path) as shop:
        await happens(shop, kind, by, NIGHT - timedelta(days=4 if kind == "answer" else 0))
        assert state(shop) == then


async def test_approve_now_overrules_the_limit_and_the_night_of_unasked_mail(
    tmp_path: Path,
) -> None:
    more = '[limits]\nunasked = ["1 per 2 days"]\n'
    async with kind_of("unasked", "approved", tmp_path, more) as shop:
        await by_hand(shop, NIGHT - timedelta(days=1))
        await happens(shop, "unasked", "approved", NIGHT, now=True)
        assert state(shop) == "sent"


@every_kind
async def test_a_full_mailbox_makes_all_of_them_wait(kind: str, by: str, tmp_path: Path) -> None:
    """The seller's own mail counts; an approval, even `--now`, does not overrule the provider."""
    async with kind_of(kind, by, tmp_path, BUSY) as shop:
        at = when(kind)
        await by_hand(shop, at - timedelta(minutes=10), "somebody@example.net")
        await happens(shop, kind, by, at, now=kind == "unasked")
        assert state(shop) == "ready"
        shop.now = at + timedelta(minutes=51)
        await shop.beat()
        assert state(shop) == "sent"


@every_kind
async def test_each_is_a_row_of_the_ledger(kind: str, by: str, tmp_path: Path) -> None:
    async with kind_of(kind, by, tmp_path) as shop:
        await happens(shop, kind, by, when(kind))
        last = ledger(shop)[-1]
        assert (last.kind, last.by) == (ContactKind(kind), By(by))
        assert last.at == when(kind)


async def test_the_sellers_own_hand_is_a_row_afterwards(tmp_path: Path) -> None:
    async with clock_shop(tmp_path) as shop:
        await by_hand(shop, START)
        [row] = ledger(shop)
        assert (row.kind, row.by) == (ContactKind.HAND, By.SELLER)


@every_kind
async def test_a_pause_blocks_all_of_them(kind: str, by: str, tmp_path: Path) -> None:
    async with kind_of(kind, by, tmp_path) as shop:
        before, store = len(shop.sent), shop.service.parts.store
        switch.pause(store, shop.now)
        await happens(shop, kind, by, when(kind), now=True)
        assert len(shop.sent) == before
        assert state(shop) in ("approved", "ready")
        switch.resume(store)
        await shop.beat()
        assert state(shop) == "sent"


@every_kind
async def test_facts_go_to_no_address_that_the_order_is_not_on_file_for(
    kind: str, by: str, tmp_path: Path
) -> None:
    """Automatic and unasked mail are blocked; the draft of an answer says nothing of the order."""
    async with kind_of(kind, by, tmp_path) as shop:
        shop.now = when(kind)
        order = shop.book()
        elsewhere = tuple(one for one in order.endpoints if one.value != address_of(1))
        shop.book(endpoints=elsewhere)
        await (shop.asks() if kind == "answer" else shop.beat())
        if kind == "unasked":
            assert shop.last_codes()[-1] == "disclose.no_address"
            assert shop.states() == ["in_transit sent"]
        else:
            assert state(shop) == "staged"
            assert order.parcels[0].numbers[0] not in shop.replies()[-1].reply.body
