"""Whatever happens, and in whatever order: what he has not asked for never comes in his night,
never while a limit is full, never after a stop, and nothing that is held is forgotten."""

from __future__ import annotations

import asyncio
import tempfile
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clock_shop import WINDOW_ENDS, ClockShop, clock_shop
from story_kit import address_of, asks
from tactd.core.types import (
    By,
    ContactKind,
    FolderRole,
    PostalAddress,
    ReplyState,
    Rule,
)

DAY = timedelta(days=1)
# Buyers and their orders have the same numbers: 1 to 3 in New York, 4 and 5 in Berlin; where 6
# lives, nobody knows.
BUYERS = range(1, 7)
NEW_YORK = PostalAddress(name="Jane Poole", city="Albany", region="NY", country="US")
BERLIN = PostalAddress(name="Hans Berg", city="Berlin", country="DE")
SOMEWHERE = PostalAddress(name="A. Nobody", city="Nowhere")
WHERE = {**dict.fromkeys((1, 2, 3), NEW_YORK), **dict.fromkeys((4, 5), BERLIN), 6: SOMEWHERE}
CLOCK = {
    **dict.fromkeys((1, 2, 3), "America/New_York"),
    **dict.fromkeys((4, 5), "Europe/Berlin"),
}
UNASKED = (Rule(1, 3 * DAY), Rule(3, 30 * DAY))
# Each time in other words: the same again and again would be taken for a machine's.
ASKS = (
    "Hello, where is my order? It has not arrived yet.",
    "Where is my parcel? I have not got it yet.",
    "My order has not arrived. Where is it?",
    "When will my package arrive?",
    "I have not received my parcel. Where is it?",
)
AUTO = '["in_transit", "delay_notice", "opt_out"]'
LIMITS = """
[limits]
answers = "off"
unasked = ["1 per 3 days", "3 per 30 days"]
unasked_per_order = ["2 per 60 days"]
"""


class Unasked:
    """The shop, and what the test itself remembers of it."""

    def __init__(self, shop: ClockShop) -> None:
        self.shop = shop
        self.delivered: set[int] = set()
        self.stopped: dict[int, datetime] = {}
        self.by_hand: dict[int, list[datetime]] = {buyer: [] for buyer in BUYERS}
        self.mails = 0
        self.seen: set[int] = set()

    async def begin(self) -> None:
        self.book()
        for buyer in BUYERS:
            await self.he_asks(buyer)
            self.shop.now += timedelta(hours=1)
        assert self.shop.states() == ["in_transit sent"] * len(BUYERS), self.shop.last_codes()

    def book(self) -> None:
        """A fresh export: what it says is of this hour."""
        for buyer in BUYERS:
            if buyer not in self.delivered:
                self.shop.book(buyer, ship_to=WHERE[buyer])

    # ------------------------------------------------------------------ what happens

    async def he_asks(self, buyer: int, words: str = "") -> None:
        self.mails += 1
        words = words or ASKS[self.mails % len(ASKS)]
        raw = asks(buyer, words, number=self.mails, date=self.shop.now)
        await self.shop.mail(raw)

    async def he_says_stop(self, buyer: int) -> None:
        self.stopped.setdefault(buyer, self.shop.now)
        await self.he_asks(buyer, "Please stop writing to me.")

    async def time_passes(self, hours: int, exported: bool) -> None:
        """`exported`: the order book has been brought up to date meanwhile."""
        self.shop.now += timedelta(hours=hours)
        if exported:
            self.book()
        await self.shop.beat()

    async def it_arrives(self, buyer: int) -> None:
        self.delivered.add(buyer)
        self.shop.delivered(buyer)
        await self.shop.beat()

    async def the_seller_writes(self, buyer: int) -> None:
        self.mails += 1
        made = EmailMessage()
        made["From"], made["To"] = "shop@example.org", address_of(buyer)
        made["Subject"], made["Message-ID"] = "Your order", f"<hand-{self.mails}@example.org>"
        made["Date"] = format_datetime(self.shop.now)
        made.set_content("A word from me.")
        self.by_hand[buyer].append(self.shop.now)
        await self.shop.mail(made.as_bytes(), FolderRole.SENT)

    async def he_lets_the_first_held_go(self) -> None:
        """`approve --now`: a person may overrule the limits and the night."""
        if held := self.shop.files("held"):
            self.shop.move(held[0], "approved")
            await self.shop.beat()

    # ------------------------------------------------------------------ what always holds

    def hold(self) -> None:
        stored = self.shop.replies()
        sent = [one for one in stored if one.reply.state is ReplyState.SENT]
        for one in sent:
            if one.reply.id not in self.seen and one.reply.kind is ContactKind.UNASKED:
                self.fresh(one, [other for other in sent if other.reply.id in self.seen])
            self.seen.add(one.reply.id)
        for one in stored:
            if one.reply.state is ReplyState.HELD:
                assert one.reply.next_attempt is not None, "it would be held for ever"
                assert one.reply.next_attempt > self.shop.now, "it was due, and nobody looked"
        held = [one for one in stored if one.reply.state is ReplyState.HELD]
        assert len(self.shop.files("held")) == len(held)

    def fresh(self, one: Any, before: list[Any]) -> None:
        """An unasked mail has just gone out."""
        assert one.sent_at is not None
        buyer = next(who for who in BUYERS if one.reply.to.value == address_of(who))
        if one.reply.by is not By.AUTO:
            return
        assert buyer in CLOCK, "nobody knows when his night is"
        hour = one.sent_at.astimezone(ZoneInfo(CLOCK[buyer])).hour
        assert 8 <= hour < 21, f"it is {hour} o'clock where he lives"
        stopped = self.stopped.get(buyer)
        assert stopped is None or one.sent_at < stopped, "he has asked for silence"
        his = [
            other.sent_at
            for other in before
            if other.reply.to == one.reply.to and other.reply.kind is ContactKind.UNASKED
        ]
        counted = [*his, *self.by_hand[buyer]]
        for limit in UNASKED:
            inside = [at for at in counted if at > one.sent_at - limit.period]
            assert len(inside) < limit.count, f"{limit} is full: {inside}"


buyers = st.sampled_from(BUYERS)
passes = st.tuples(
    st.just("time_passes"),
    st.sampled_from((1, 3, 5, 9, 26)),
    st.sampled_from((True, True, True, False)),
)
others = st.one_of(
    st.tuples(st.just("it_arrives"), buyers),
    st.tuples(st.just("he_asks"), buyers),
    st.tuples(st.just("the_seller_writes"), buyers),
    st.tuples(st.just("the_seller_writes"), buyers),
    st.tuples(st.just("he_says_stop"), buyers),
    st.tuples(st.just("he_lets_the_first_held_go")),
)
happenings = st.lists(st.one_of(passes, passes, others), min_size=15, max_size=30)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(events=happenings)
def test_what_he_has_not_asked_for_never_bothers_him(events: list[tuple[Any, ...]]) -> None:
    async def play(root: Path) -> None:
        async with clock_shop(
            root, auto='["in_transit", "delay_notice", "opt_out"]', more=LIMITS
        ) as shop:
            history = Unasked(shop)
            await history.begin()
            await shop.at(WINDOW_ENDS)
            for name, *given_to in events:
                await getattr(history, name)(*given_to)
                history.hold()

    with tempfile.TemporaryDirectory() as root:
        asyncio.run(play(Path(root)))
