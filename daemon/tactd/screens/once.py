"""`tactd once`: what it did, in figures."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import datetime
from typing import Any

from rich.status import Status

from tactd.adapters.store import Store, contacts, inbound, overview, replies
from tactd.core.counted import count
from tactd.core.types import By, ReplyState
from tactd.screens.terminal import Terminal
from tactd.service import Service

Facts = dict[str, Any]

_STILL_TO_SEND = (ReplyState.APPROVED, ReplyState.READY)
LOOK_EVERY = 0.2  # seconds between two looks at the progress


async def handle(service: Service, progress: Terminal) -> Facts:
    """Let the daemon handle what is there; what came of it. Ctrl-C ends it in good order."""
    store, began = service.parts.store, service.parts.clock()
    with progress.status("connecting …") as line:
        teller = asyncio.create_task(_tell(service, line))
        try:
            problems = await service.once()
        finally:
            teller.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await teller
    try:
        return gather(store, began, problems)
    finally:
        store.close()


async def _tell(service: Service, line: Status) -> None:
    while True:
        line.update(" · ".join(_progress(service)))
        await asyncio.sleep(LOOK_EVERY)


def _progress(service: Service) -> list[str]:
    said = []
    for name, box in service.parts.mailboxes.items():
        done, total = box.health.backlog
        doing = f"reading {done} of {total}" if total else str(box.health.state).replace("_", " ")
        read, sent = box.health.sent_backlog
        doing += f", reading your Sent folder back ({read} of {sent})" if sent else ""
        said.append(f"{name}: {doing}")
    if service.settles_at:
        at = service.settles_at.astimezone()
        said.append(f"waiting until {at:%H:%M:%S} in case a buyer writes on ([replies] settle)")
    return said


def gather(store: Store, began: datetime, problems: list[str]) -> Facts:
    """What has happened since `began`, and what is left over."""
    with store.read() as conn:
        decided = overview.decided(conn, began)
        went = contacts.sent_since(conn, began)
        return {
            "read": inbound.kept_count(conn, began),
            "decided": decided,
            "staged": replies.staged_since(conn, began),
            "sent": sum(number for by, number in went.items() if by != By.SELLER),
            "waiting": len(replies.in_states(conn, ReplyState.STAGED)),
            "still_to_send": len(replies.in_states(conn, *_STILL_TO_SEND)),
            "unclear": len(replies.in_states(conn, ReplyState.UNCLEAR)),
            "undecided": inbound.new_count(conn),
            "problems": problems,
        }


def show(facts: Facts, console: Terminal) -> None:
    done = (
        f"{count(facts['read'], 'mail')} read",
        f"{facts['staged']} staged",
        f"{facts['sent']} sent",
    )
    console.print(", ".join(done))
    for number, what in (
        (facts["waiting"], "waiting for you: `tactd status`"),
        (facts["still_to_send"], "to be sent and not yet gone: the next run tries again"),
        (facts["unclear"], "with an unclear fate: `tactd status`"),
    ):
        if number:
            console.print(f"{count(number, 'reply', 'replies')} {what}")
    if facts["undecided"]:
        console.print(f"{count(facts['undecided'], 'mail')} not yet decided: run it again")
