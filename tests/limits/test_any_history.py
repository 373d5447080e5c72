"""Whatever happens, and in whatever order: buyers write, the seller approves and writes himself,
servers refuse or go silent, clocks jump, the daemon restarts, the configuration changes. After
each step the promises are held against a ledger that the test keeps for itself."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from attacks.shop_in_steps import ACCEPTED, Steps, steps
from faults.prepared_shop import prepare
from story_kit import address_of, asks, order_of
from tactd.adapters.store import readback
from tactd.core.fate import Delivery, Fate, Stage
from tactd.core.types import By, ContactKind, FolderRole, Limits, ReplyState, Rule, SentRead
from tactd.flow.rules import Rules

BUYERS = (1, 2)
ORDERS = 5  # of each buyer: he asks about one after the other, so that nothing is asked twice
WHERE = (
    "Hello, where is my order? It has not arrived yet.",
    "Where is my parcel? I have not got it yet.",
    "My order has not arrived. Where is it?",
    "When will my package arrive?",
    "Has my order been shipped? When will it arrive?",
    "I have not received my parcel. Where is it?",
)
STOP = "Please stop writing to me."
OTHERS = (
    "Great seller, thank you! I left positive feedback.",
    "It has not arrived. I would like my money back please.",
    STOP,
)
BOXES = ("shop", "second")
MORE = """settle = "{settle}"

[limits]
answers = ["1 per 10 minutes", "3 per 24 hours"]
per_mailbox = ["4 per hour", "12 per day"]

[[mailbox]]
name = "second"
address = "second@example.org"
imap = "imap://127.0.0.1:9"
smtp = "smtp://127.0.0.1:9"
user = "second"
password = {{ env = "SHOP_PASSWORD" }}
authserv_id = ["mx.example.org"]
"""
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
IN_TIME = timedelta(hours=2)
ENDS = (
    ACCEPTED,
    Delivery(Fate.TRANSIENT, 451, "4.7.1 greylisted", Stage.RCPT),
    Delivery(Fate.PERMANENT, 550, "5.1.1 no such user", Stage.RCPT),
    Delivery(Fate.UNCLEAR, None, "the connection broke", Stage.DATA),
)


@dataclass(frozen=True, slots=True)
class Went:
    """A mail to a person, as the test saw it go."""

    at: datetime
    buyer: str
    by: str
    box: str = "shop"


def full(went: list[datetime], limit: Rule, now: datetime) -> bool:
    """Told in other words than tactd's own: count what lies inside the window."""
    return sum(one > now - limit.period for one in went) >= limit.count


class History:
    """A shop without servers, and all that may happen to it."""

    def __init__(self, stack: ExitStack, settle: str) -> None:
        root = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        shop = prepare(
            root,
            imap=9,
            smtp=9,
            mode="auto",
            auto=("in_transit", "feedback_thanks", "opt_out"),
            more=MORE.format(settle=settle),
        )
        self.prepared = shop
        self.shop: Steps = stack.enter_context(steps(root, prepared=shop))
        self.shop.book(*(_order(buyer, number) for buyer in BUYERS for number in range(ORDERS)))
        with self.shop.parts.store.write() as conn:
            everything = SentRead(folder="Sent", uidvalidity=7, window=60 * DAY, done=True)
            for box in BOXES:
                readback.note_sent_read(conn, box, everything, shop.now())
        self.went: list[Went] = []
        self.stopped: dict[str, int] = {}  # how many automatic mails since he said stop
        self.mails = 0

    @property
    def limits(self) -> Limits:
        found: Limits = self.shop.parts.pipeline.rules.policy.limits
        return found

    # ------------------------------------------------------------------ what happens

    def a_buyer_writes_about(self, buyer: int, words: str, orders: list[int]) -> None:
        for order in orders:
            self.a_buyer_writes(buyer, words, order)

    def a_buyer_writes(self, buyer: int, words: str, order: int) -> None:
        """To one of the two mailboxes, in turn. `words`: "" asks where it is, each time in other
        words, or a loop would be suspected."""
        self.mails += 1
        words = words or WHERE[self.mails % len(WHERE)]
        about = order * 10 + buyer
        raw = asks(
            buyer,
            words,
            number=self.mails,
            subject=f"My order 12-34567-{about:05}",
            date=self.prepared.now(),
            to=f"{BOXES[self.mails % 2]}@example.org",
        )
        self.shop.give(raw, box=BOXES[self.mails % 2])
        self.shop.handle()
        if words == STOP:
            self.stopped.setdefault(address_of(buyer), 0)

    def time_passes(self, minutes: int) -> None:
        self.prepared.ahead += minutes * MINUTE

    def the_clock_is_set_back_an_hour(self) -> None:
        self.prepared.ahead -= timedelta(hours=1)

    def what_is_due_goes(self, ends: list[Delivery], minutes: int) -> None:
        self.prepared.ahead += minutes * MINUTE
        due = [one for box in BOXES for one in self.shop.parts.dispatch._due(box)]
        for number, stored in enumerate(due):
            now = self.prepared.now()
            claimed = self.shop.parts.dispatch._claim(stored)
            if claimed is None:
                continue
            by = next(one for one in self.shop.replies() if one.reply.id == claimed.reply_id)
            self.hold_against_the_limits(claimed, str(by.reply.by), now)
            end = ends[number % len(ends)]
            self.shop.parts.dispatch._settle(claimed.reply_id, end)
            if end.fate in (Fate.ACCEPTED, Fate.UNCLEAR):
                self.went.append(Went(now, claimed.recipient, str(by.reply.by), claimed.mailbox))
                if by.reply.by is By.AUTO and claimed.recipient in self.stopped:
                    self.stopped[claimed.recipient] += 1
        self.shop.handle()

    def the_seller_approves_the_first(self) -> None:
        if waiting := self.shop.files("staged"):
            self.shop.approve(waiting[0])

    def the_seller_writes_himself(self, buyer: int) -> None:
        self.mails += 1
        now = self.prepared.now()
        made = EmailMessage()
        made["From"], made["To"] = "shop@example.org", address_of(buyer)
        made["Subject"], made["Message-ID"] = "Your order", f"<hand-{self.mails}@example.org>"
        made["Date"] = format_datetime(now)
        made.set_content("I have looked for it and write again tomorrow.")
        self.shop.give(made.as_bytes(), role=FolderRole.SENT)
        self.shop.handle()
        at = now.replace(microsecond=0)  # a Date header knows no fractions
        self.went.append(Went(at, address_of(buyer), "seller"))

    def the_answers_limit_is_changed(self, count: int, minutes: int) -> None:
        rules: Rules = self.shop.parts.pipeline.rules
        limits = replace(rules.policy.limits, answers=(Rule(count, minutes * MINUTE),))
        policy = replace(rules.policy, limits=limits)
        self.shop.parts.pipeline.rules = Rules.of(policy, rules.templates)

    def the_daemon_starts_again(self) -> None:
        self.shop.parts.dispatch.recover()
        self.shop.parts.dispatch._from_before.clear()  # as after the first look into Sent

    # ------------------------------------------------------------------ what always holds

    def hold_against_the_limits(self, claimed: Any, by: str, now: datetime) -> None:
        everybody = [one.at for one in self.went if one.box == claimed.mailbox]
        for limit in self.limits.per_mailbox:
            assert not full(everybody, limit, now), f"the mailbox has sent {limit}"
        if by != By.AUTO:
            return
        his = [one.at for one in self.went if one.buyer == claimed.recipient]
        for limit in self.limits.answers:
            assert not full(his, limit, now), f"{claimed.recipient} has had {limit}"

    def nothing_by_itself_after_stop_but_one_confirmation(self) -> None:
        assert all(count <= 1 for count in self.stopped.values()), self.stopped

    def no_answer_waits_by_itself_beyond_its_deadline(self) -> None:
        now = self.prepared.now()
        for stored in self.shop.replies():
            reply = stored.reply
            waits = reply.state is ReplyState.READY and reply.by is By.AUTO
            if waits and reply.kind is ContactKind.ANSWER and reply.next_attempt:
                late = reply.next_attempt > reply.deadline - IN_TIME
                assert not late or reply.next_attempt <= now, (reply, now)

    def no_mail_is_answered_twice(self) -> None:
        sent = [one for one in self.shop.replies() if one.reply.state is ReplyState.SENT]
        events = [one.event_key for one in sent]
        assert len(events) == len(set(events)), "one mail was answered twice"


def _order(buyer: int, number: int) -> dict[str, str]:
    his = {"Buyer Email": address_of(buyer), "Buyer Username": f"user_{buyer}"}
    return order_of(number * 10 + buyer) | his


buyers, ends = st.sampled_from(BUYERS), st.sampled_from(ENDS)
writes = st.tuples(
    st.just("a_buyer_writes_about"),
    buyers,
    st.sampled_from(("",) * 25 + OTHERS),  # who has said stop has little more to show
    st.lists(st.integers(0, ORDERS - 1), min_size=1, max_size=3, unique=True),
)
goes = st.tuples(
    st.just("what_is_due_goes"),
    st.lists(ends, min_size=1, max_size=3),
    st.sampled_from((0, 0, 2, 12)),
)
others = st.one_of(
    st.tuples(st.just("time_passes"), st.sampled_from((11, 61, 60 * 9, 60 * 25))),
    st.tuples(st.just("the_clock_is_set_back_an_hour")),
    st.tuples(st.just("the_seller_approves_the_first")),
    st.tuples(st.just("the_seller_writes_himself"), buyers),
    st.tuples(
        st.just("the_answers_limit_is_changed"), st.integers(1, 4), st.sampled_from((5, 60, 1440))
    ),
    st.tuples(st.just("the_daemon_starts_again")),
)
# Mails and sends are most of what happens; the rest comes between.
happenings = st.lists(st.one_of(writes, writes, goes, goes, others), min_size=40, max_size=60)

# Three answers are ready before the first has gone: only the claim can know what the limit says.
AT_ONCE = [("a_buyer_writes_about", 1, "", [0, 1, 2]), ("what_is_due_goes", [ACCEPTED], 0)]

INVARIANTS = (
    History.nothing_by_itself_after_stop_but_one_confirmation,
    History.no_answer_waits_by_itself_beyond_its_deadline,
    History.no_mail_is_answered_twice,
)


@pytest.mark.parametrize("settle", ["0 seconds", "1 minute"])
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(events=happenings)
@example(events=AT_ONCE)
def test_whatever_happens_the_promises_hold(settle: str, events: list[tuple[Any, ...]]) -> None:
    with ExitStack() as stack:
        history = History(stack, settle)
        for name, *given_to in events:
            getattr(history, name)(*given_to)
            for holds in INVARIANTS:
                holds(history)
