"""What happens in a shop while its daemon is killed: each day is the seller's and his buyers' side
of it, told without a look at the daemon."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from chaos.killer import POISON
from chaos.shop_day import ShopDay
from servers.smtp_faults import Act, Fault
from shop import mail
from story_kit import asks

WORDS = "I have written this line myself and it must not get lost."


@dataclass(frozen=True)
class Day:
    """`faults`: what the SMTP server does the first time it is asked (tests/servers)."""

    story: Callable[[ShopDay], Awaitable[None]]
    mode: str = "stage"
    faults: Mapping[str, Fault] = field(default_factory=dict)


async def ordinary(day: ShopDay) -> None:
    """Twelve mails: some lay there before the first start, the others come while it works."""
    by_hand = day.asks(5)
    for buyer in (1, 2, 3):
        day.asks(buyer)
    await day.daemon.start()
    day.asks(4)
    _odd_mails(day)
    day.asks(8)
    await day.approve(1)
    await day.edit(8, f"{WORDS} (in staged/)")
    day.asks(8, "Hello again, where is my order? It has not arrived yet.", number=2)
    await day.approve(4, f"{WORDS} (approved)")
    await day.reject(3)
    await day.approve(2)
    day.answer_by_hand(5, by_hand)
    await day.daemon.until(lambda: day.file(5, "withdrawn"), "his own answer closes it")


def _odd_mails(day: ShopDay) -> None:
    """One that is left in staged/, its twin, a robot's, and one that cannot be handled."""
    twin = day.asks(6)
    day.give(twin)
    day.give(asks(7, "I am away until Monday.", Auto_Submitted="auto-replied"))
    day.give(mail("Where is it?", sender=POISON, message_id="<poison@example.com>"))


async def switches(day: ShopDay) -> None:
    """`tactd pause`, approvals, a reload, `tactd resume`."""
    await day.daemon.start()
    for buyer in (1, 2):
        day.asks(buyer)
    await day.approve(1)
    await day.daemon.until(lambda: day.file(2), "a staged reply")
    await day.quiet()
    day.pause()
    sent = len(day.smtp.accepted)
    await day.approve(2)
    await day.change_configuration()
    day.asks(9)
    await day.daemon.until(lambda: day.file(9), "staging goes on")
    await day.quiet(but_ready=True)
    if len(day.smtp.accepted) != sent:
        day.seen_wrong.append("a mail went out during a pause")
    day.resume()


async def few(day: ShopDay) -> None:
    """Three replies go out, and the server does what it does."""
    await day.daemon.start()
    for buyer in (1, 2, 3):
        day.asks(buyer)
    for buyer in (1, 2, 3):
        await day.approve(buyer)
        await asyncio.sleep(0.2)


async def by_itself(day: ShopDay) -> None:
    """Mode auto: sure answers need nobody. He has answered one buyer before he started it; another
    asks again at once, which is too soon for a second answer by itself."""
    by_hand = day.asks(5)
    day.answer_by_hand(5, by_hand)
    await day.daemon.start()
    await day.daemon.until(lambda: day.daemon.has_said("mailbox_watching"), "old mail is known")
    for buyer in (1, 2):
        day.asks(buyer)
    _odd_mails(day)
    day.done.sure |= {1, 2, 6}
    day.asks(3, "This is the worst shop ever! I want my money back, or I call my lawyer.")
    day.asks(4, "Can you change the address of my order?")
    await day.approve(3, f"{WORDS} (approved)")
    await day.daemon.until(lambda: day.has_gone(1), "the answer to buyer 1")
    day.asks(1, "Hello again, where is my order? It has not arrived yet.", number=2)
    await day.reject(4)


DAYS: Mapping[str, Day] = {
    "ordinary": Day(ordinary),
    "switches": Day(switches),
    "greylisted": Day(few, faults={"RCPT": "451 4.7.1 come back later"}),
    "answer lost": Day(few, faults={"DOT": Act.KEEP_AND_DROP}),
    "cut off": Day(few, faults={"DOT": Act.DROP}),
    "hanging": Day(few, faults={"DOT": Act.HANG}),
    "refused": Day(few, faults={"MAIL": "421 4.3.2 going down"}),
    "by itself": Day(by_itself, mode="auto"),
}
