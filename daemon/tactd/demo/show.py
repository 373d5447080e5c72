"""The demo itself: the real daemon between servers of its own, shown step by step.

It ends with 0 if everything came out as it should: every mail decided, the one approved reply
arrived and no other, and no fact of an order in the drafts to those who may not learn any.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from rich.console import Console

from tactd.adapters import clock
from tactd.core.filing.words import Folder
from tactd.core.reasons import sentence
from tactd.core.sheet.parse import parse
from tactd.core.types import Mode
from tactd.demo import orders
from tactd.demo.folder import DemoFolder
from tactd.demo.mails import SAMPLES
from tactd.demo.shop import Fact, Shop, decision_on, open_shop, until
from tactd.demo.tell import Teller, short, stay_command, tactd_command
from tactd.errors import TactdError

SERVERS = ("pymap", "aiosmtpd")  # the demo extra
SHOWN, STRANGER, FORGED = "Lucía Ferrer", "V. Crane", "“Nora Lindqvist”"


async def show(folder: Path, stay: bool, console: Console, language: str = "en") -> int:
    """Run the demo in `folder`; the exit code. Raises TactdError where it cannot begin."""
    _demand_servers()
    place = DemoFolder(folder)
    place.make()
    me = asyncio.current_task()
    assert me is not None
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, me.cancel)
    told = Teller(console)
    try:
        async with open_shop(place, language) as shop:
            return await _show(shop, told, stay, language)
    except asyncio.CancelledError:
        told.say("\nThe demo has ended; its daemon and its servers are gone.")
        return 0 if stay else 128 + signal.SIGINT


def _demand_servers() -> None:
    if any(find_spec(name) is None for name in SERVERS):
        raise TactdError("the demo's mail servers are not installed: pip install 'tactd[demo]'")


# ------------------------------------------------------------------------------ the steps


async def _show(shop: Shop, told: Teller, stay: bool, language: str) -> int:
    told.say(
        "tactd demo: the real daemon, in a shop of invented people. Nothing leaves this machine."
    )
    await _open(shop, told)
    await _import(shop, told)
    decided = await _receive(shop, told, language)
    wrong = await _approve(shop, told, shop.file_of(decided, SHOWN))
    wrong += _strangers(shop, told, decided)
    _rest(shop, told, decided, stay)
    for problem in wrong:
        told.say(f"\nThis should not have happened: {problem}", style="bold red")
    if stay:
        await _stay(shop, told)
    return 1 if wrong else 0


async def _open(shop: Shop, told: Teller) -> None:
    boxes = shop.service.parts.mailboxes.values()
    await until(lambda: all(box.health.caught_up for box in boxes), "the mailbox is open")
    told.step(
        "Two mail servers and the daemon are up",
        f"IMAP on 127.0.0.1:{shop.mailbox.port}, SMTP on 127.0.0.1:{shop.outgoing.port}. "
        f"The configuration is {short(shop.place.config)}, the log {short(shop.place.log)}.",
    )


async def _import(shop: Shop, told: Teller) -> None:
    name = shop.place.drop_orders(clock.now())
    read = shop.place.orders / "imported" / name
    told.step(
        "eBay's Orders report is dropped into the watched folder",
        f"{short(shop.place.orders / name)}",
    )
    await until(read.exists, "the orders are read")
    told.say(f"{len(orders.SALES)} orders are in the book.")


async def _receive(shop: Shop, told: Teller, language: str) -> list[Fact]:
    mails = shop.place.write_mails(clock.now())
    told.step(f"{len(mails)} mails come in")
    await asyncio.to_thread(shop.mailbox.deliver, mails)
    await until(lambda: len(shop.mails()) >= len(mails), "every mail is decided")
    await until(lambda: all(row["file"] for row in shop.waiting()), "every draft is a file")
    decided = [shop.why(number) for number in shop.mails()]
    told.fates(SAMPLES, decided)
    mode = sentence("permit.mode", language, {"mode": Mode.STAGE})
    told.say(f'\n"{mode}": nothing is in doubt; it waits because in this mode you see every reply.')
    return decided


async def _approve(shop: Shop, told: Teller, path: Path) -> list[str]:
    count = len(shop.waiting())
    told.step(
        f"{count} drafts wait in {short(path.parent)}",
        "One of them, as you would see it in any editor. What stands above the marked line is "
        "what would be sent; below it is what you need in order to judge it.",
    )
    told.sheet(path)
    told.step("Moving the file to approved/ sends it")
    told.commands([f"mv {short(path)} {short(shop.place.replies / Folder.APPROVED)}/"])
    shop.approve(path)
    await until(lambda: shop.outgoing.mails, "the reply arrives")
    told.arrived(shop.outgoing.mails[0].original_content or b"")
    sent = shop.place.replies / Folder.SENT / path.name
    await until(sent.exists, "the file is in sent/")
    told.say("The file is now in sent/. Moved to approved/ once more, it would not go out again.")
    arrived = len(shop.outgoing.mails)
    return [] if arrived == 1 else [f"{arrived} mails arrived instead of one"]


def _strangers(shop: Shop, told: Teller, decided: Sequence[Fact]) -> list[str]:
    told.step(
        "Who is not the buyer learns nothing",
        f"{FORGED} is a forged sender with a true order number, {STRANGER} a stranger with one. "
        "Both drafts say the same as for an order that does not exist:",
    )
    drafts = [parse(shop.file_of(decided, who).read_bytes()).body for who in (FORGED, STRANGER)]
    told.draft(drafts[0])
    wrong = [f"a draft to a stranger holds {fact!r}" for one in drafts for fact in leaked(one)]
    if drafts[0] != drafts[1]:
        wrong.append("the drafts to the forger and to the stranger differ")
    if not wrong:
        told.say("Searched in both for every order's number, parcel, goods and buyer: none there.")
    return wrong


def leaked(draft: str) -> list[str]:
    """What of the order book stands in a text."""
    facts = {
        fact
        for sale in orders.SALES
        for fact in (sale.number, sale.tracking, sale.title, sale.name, sale.street, sale.city)
        if fact
    }
    return sorted(fact for fact in facts if fact in draft)


def _rest(shop: Shop, told: Teller, decided: Sequence[Fact], stay: bool) -> None:
    place, tactd = shop.place, tactd_command()
    config = f"--config {short(place.config)}"
    waiting = shop.waiting()
    drafts = short(place.replies / Folder.STAGED)
    told.step(f"{len(waiting)} drafts are left in {drafts}", "Look at them, and ask tactd:")
    told.commands(
        [
            f"ls {drafts}",
            f"{tactd} why m{decision_on(decided, FORGED)['mail']} {config}",
            f"{tactd} why {short(place.root / 'mails' / 'broken.eml')} {config}",
            f"{tactd} status {config}",
        ]
    )
    path = place.replies / waiting[0]["file"]
    move = [
        f"mv {short(path)} {short(place.replies / Folder.APPROVED)}/",
        f"{tactd} staged {config} approve {waiting[-1]['id']}",
    ]
    if stay:
        told.say("\nApprove more of them in another terminal, edited or not:")
        told.commands(move)
        told.say("\nWhat is sent is shown here. Ctrl-C ends the demo.")
    else:
        told.say(
            "\nTo approve more of them, the daemon must run, and it ends with this demo. "
            "This starts afresh and stays:"
        )
        told.commands([stay_command(place.root)])


async def _stay(shop: Shop, told: Teller) -> None:
    """Until Ctrl-C: a line for everything that is sent or goes wrong."""
    seen_mails, seen_files = len(shop.outgoing.mails), shop.troubles()
    while True:
        await asyncio.sleep(0.2)
        for envelope in shop.outgoing.mails[seen_mails:]:
            told.arrived(envelope.original_content or b"")
        seen_mails = len(shop.outgoing.mails)
        for path in sorted(shop.troubles() - seen_files):
            told.say("Not sent; the top of the file says why:")
            told.commands([short(path)])
            seen_files.add(path)
