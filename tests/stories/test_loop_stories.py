"""Machines that write to each other stop, also where no header says that they are machines."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from servers.dovecot import Dovecot, running_dovecot
from servers.post_office import PostOffice, post_office
from servers.pymap_server import Pymap
from shop import Shop, mail, open_shop
from story_kit import WHERE, asks, book, codes, number_of, order_of, pymap_shop
from tactd.adapters.store import replies
from tactd.core.types import ReplyState
from tactd.errors import TactdError
from tactd.screens import status, switch

AT_ONCE = 'settle = "0 seconds"\n'
UNLIMITED = '[limits]\nanswers = "off"\nper_mailbox = "off"\n'
SILENCE = 2.25  # seconds: longer than the daemon's own clock beats
ORG, NET = "shop@example.org", "shop@example.net"
JANE = "jane@example.com"
ROBOT = "buyer1@example.com"
ROBOTS_WORDS = ("Where is my parcel? Nothing here.", "Where is my order? I wait and wait.")


# ------------------------------------------------------------------ what the counters find


async def test_the_third_mail_alike_within_an_hour_pauses_the_conversation(
    pymap: Pymap, tmp_path: Path
) -> None:
    async with pymap_shop(pymap, tmp_path) as shop:
        await book(shop, order_of(1))
        for number, greeting in enumerate(("Dear shop,", "Hello,", "Hi Anna!"), 1):
            shop.give(asks(1, f"{greeting}\nwhere is my order, no. {number}?", number=number))
            await shop.decided(number)
        assert "loop.alike" in codes(shop.why("m3"))
        assert not any(
            code.startswith("loop.") for name in ("m1", "m2") for code in told(shop, name)
        )
        shop.give(asks(1, "Something else: is it waterproof?", number=4))
        await shop.decided(4)
        assert "loop.paused" in told(shop, "m4")
        assert "loop.alike" not in told(shop, "m4")


async def test_a_loop_alarm_is_told_once_and_ends_by_resume(pymap: Pymap, tmp_path: Path) -> None:
    async with pymap_shop(pymap, tmp_path) as shop:
        await book(shop, order_of(1))
        await alarm(shop)
        (line,) = [one for one in status.problems(shop.status()) if ROBOT in one]
        assert "perhaps a machine (mail 3)" in line
        assert f"`tactd resume {ROBOT}`" in line
        store, clock = shop.service.parts.store, shop.service.parts.clock
        assert switch.resume_with(store, "m3", clock()) == {"resumed": [ROBOT]}
        assert [one for one in shop.status()["trouble"] if one["what"] == "loop_paused"] == []
        with pytest.raises(TactdError, match="nothing is stopped"):
            switch.resume_with(store, ROBOT, clock())
        # What was before counts no more: one more of the same is no alarm.
        await asyncio.sleep(1.1)  # INTERNALDATE has whole seconds
        shop.give(asks(1, number=4))
        await shop.decided(4)
        assert not any(code.startswith("loop.") for code in told(shop, "m4"))


async def test_an_alarm_puts_what_goes_by_itself_there_before_the_seller(
    pymap: Pymap, tmp_path: Path
) -> None:
    more = 'settle = "1 hour"\n'
    async with pymap_shop(pymap, tmp_path, mode="auto", more=more) as shop:
        await book(shop, order_of(1), order_of(2, Buyer_Email=ROBOT))
        shop.give(asks(1, number=9, subject=f"My order {number_of(2)}"))
        await shop.until(lambda: shop.reply_states() == [ReplyState.APPROVED], "it settles")
        await alarm(shop, first=2)
        await shop.until(lambda: len(shop.files("staged")) == 2, "both lie in staged/")
        with shop.service.parts.store.read() as conn:
            first = replies.get(conn, 1)
        assert first is not None
        assert (first.reply.state, first.reply.by) == (ReplyState.STAGED, None)
        assert first.reply.note == "loop.paused"


async def test_who_answers_twice_running_within_30_seconds_is_taken_for_a_machine(
    pymap: Pymap, tmp_path: Path
) -> None:
    async with pymap_shop(pymap, tmp_path) as shop:
        await book(shop, order_of(1))
        shop.give(asks(1))
        for answer, robot in enumerate(ROBOTS_WORDS, 1):
            (path,) = await shop.staged()
            shop.move(path, "approved")
            await shop.sent(answer)
            await shop.until(lambda: not shop.files("approved"), "the send is recorded")
            shop.give(asks(1, robot, number=answer + 1))
            await shop.decided(answer + 1)
            assert ("loop.quick" in newest(shop)) is (answer == 2)
        assert [one["about"] for one in shop.status()["trouble"]] == [ROBOT]


async def alarm(shop: Shop, first: int = 1) -> None:
    """Three mails alike from buyer 1."""
    for number in range(first, first + 3):
        shop.give(asks(1, number=number))
        await shop.decided(number)


def told(shop: Shop, name: str) -> list[str]:
    return codes(shop.why(name))


def newest(shop: Shop) -> list[str]:
    """Of the latest decision; what lies in Sent are mails too, and are numbered with the rest."""
    return told(shop, f"m{shop.latest()[0]['mail']}")


# ------------------------------------------------------------------ two of us


@pytest.mark.dovecot
@pytest.mark.parametrize(
    ("unmarked", "counts"),
    [
        pytest.param((), [1, 0], id="marked"),
        pytest.param((ORG, NET), [1, 1], id="all marks are lost"),
    ],
)
async def test_two_tactd_that_write_to_each_other_fall_silent(
    dovecot: Dovecot, tmp_path: Path, unmarked: tuple[str, ...], counts: list[int]
) -> None:
    """The texts of both read like a buyer's question, and every limit is off."""
    users = {ORG: dovecot.fresh_user(), NET: dovecot.fresh_user()}
    async with post_office(users, dovecot, unmarked=unmarked) as office, AsyncExitStack() as up:
        shops = {
            one: await up.enter_async_context(
                asking_shop(dovecot, tmp_path / one, users[one], office, one)
            )
            for one in (ORG, NET)
        }
        await book(shops[ORG], order_of(1, Buyer_Email=NET))
        await book(shops[NET], order_of(1, Buyer_Email=ORG))
        dovecot.deliver([first_question(NET, ORG)], users[ORG])
        await fallen_silent(office, *shops.values())
        assert [len(office.from_(one)) for one in (ORG, NET)] == counts
        for shop in shops.values():
            assert ReplyState.UNCLEAR not in shop.reply_states()


def first_question(sender: str, to: str) -> bytes:
    stamp = f"dmarc=pass header.from={sender.rpartition('@')[2]}"
    subject = f"My order {number_of(1)}"
    return mail(WHERE, sender=sender, to=to, subject=subject, stamp=stamp)


@asynccontextmanager
async def asking_shop(
    dovecot: Dovecot, root: Path, user: str, office: PostOffice, address: str
) -> AsyncIterator[Shop]:
    """Sends by itself, as often as it may, and its own text asks for the order."""
    text = root / "my-templates" / "in_transit" / "en.txt"
    text.parent.mkdir(parents=True)
    text.write_text(f"Subject: My order\n\n[answer]\n{WHERE}\n")
    more = f'templates = "my-templates"\n{AT_ONCE}{UNLIMITED}'
    async with open_shop(
        root,
        dovecot,
        user=user,
        give=lambda raw: dovecot.deliver([raw], user),
        smtp=office,
        mode="auto",
        more=more,
        address=address,
    ) as shop:
        yield shop


async def fallen_silent(office: PostOffice, *shops: Shop) -> None:
    """Nothing more is sent for a while, although every shop has decided all that it got."""
    quiet = 0.0
    while quiet < SILENCE:
        before = len(office.mails), [len(shop.latest()) for shop in shops]
        await asyncio.sleep(0.25)
        same = before == (len(office.mails), [len(shop.latest()) for shop in shops])
        quiet = quiet + 0.25 if same and office.mails else 0.0


# ------------------------------------------------------------------ robots that hide


@pytest.mark.dovecot
async def test_a_robot_without_marks_that_asks_for_another_order_each_time_is_found(
    dovecot: Dovecot, tmp_path: Path
) -> None:
    """No rule but the counters knows it: it is on file, vouched for, sure, and never repeats."""
    user = dovecot.fresh_user()
    async with (
        post_office({ORG: user}, dovecot) as office,
        asking_shop(dovecot, tmp_path / "shop", user, office, ORG) as shop,
    ):
        orders = [order_of(one, Buyer_Email="robot@example.com") for one in range(1, 9)]
        await book(shop, *orders)
        answered = 0
        for number in range(1, 9):
            dovecot.deliver([robots_question(number)], user)
            await shop.decided(number)
            if shop.latest()[0]["decision"] != "send":
                break
            answered += 1
            await shop.until(lambda: len(office.mails) == answered, "it has answered")  # noqa: B023
        assert answered == 2
        assert {"loop.alike", "loop.quick"} <= set(newest(shop))
        await fallen_silent(office, shop)
        assert len(office.mails) == 2


def robots_question(number: int) -> bytes:
    return asks(number, sender="robot@example.com", subject=f"My order {number_of(number)}")


VACATION = """\
require ["vacation", "vacation-seconds"];
vacation :seconds 0 :addresses ["jane@example.com"] :subject "My order {number}" "{words}";
"""

SIEVE = """
submission_host = 127.0.0.1:{port}
protocol lmtp {{
  mail_plugins = sieve
}}
plugin {{
  sieve = file:~/sieve;active=~/.dovecot.sieve
  sieve_extensions = +vacation-seconds
  sieve_vacation_min_period = 0
  sieve_vacation_dont_check_recipient = yes
}}
"""


@pytest.mark.dovecot
@pytest.mark.parametrize(
    ("unmarked", "counts"),
    [
        pytest.param((ORG,), [1, 1], id="only the robot's mails are marked"),
        pytest.param((ORG, JANE), [1, 1], id="all marks are lost"),
    ],
)
async def test_tactd_and_a_vacation_robot_fall_silent(
    requires_dovecot: None, tmp_path: Path, unmarked: tuple[str, ...], counts: list[int]
) -> None:
    """Dovecot's Sieve answers each mail at once (by its own rules it would once a week), with words
    that read like a buyer's question."""
    users = {ORG: "seller", JANE: "jane"}
    async with post_office(users, unmarked=unmarked) as office:
        with running_dovecot(SIEVE.format(port=office.port)) as server:
            office.dovecot = server
            on_vacation(server, "jane")
            await a_holiday(server, office, tmp_path / "shop")
            assert [len(office.from_(one)) for one in users] == counts


async def a_holiday(server: Dovecot, office: PostOffice, root: Path) -> None:
    async with asking_shop(server, root, "seller", office, ORG) as shop:
        await book(shop, order_of(1, Buyer_Email=JANE))
        server.deliver([first_question(JANE, ORG)], "seller")
        await fallen_silent(office, shop)
        assert len(shop.latest()) == len(office.from_(JANE)) + 1


def on_vacation(server: Dovecot, user: str) -> None:
    home = server.folder / "home" / user
    home.mkdir(parents=True)
    script = VACATION.format(number=number_of(1), words=WHERE)
    (home / ".dovecot.sieve").write_text(script, encoding="utf-8")
    for path in (home, home / ".dovecot.sieve"):
        shutil.chown(path, *server.owner)
