"""The reference for answering: the least that a program does that reads a mail and answers it.

    IDLE → fetch → parse → one synced commit → SMTP → one synced commit

No limits, no order book, no texts, no second look: bare_loop.py IMAP_PORT USER PASSWORD SMTP_PORT
STORE. It ends when its standard input is closed.
"""

from __future__ import annotations

import asyncio
import email
import select
import sqlite3
import sys
from email.message import EmailMessage, Message
from email.utils import parseaddr

from aiosmtplib import SMTP
from imapclient import IMAPClient

SLICE = 100


def open_store(path: str) -> sqlite3.Connection:
    store = sqlite3.connect(path, isolation_level=None)
    store.execute("PRAGMA journal_mode=WAL")
    store.execute("PRAGMA synchronous=FULL")
    store.execute("CREATE TABLE sent (message_id TEXT PRIMARY KEY, state TEXT)")
    return store


def answer(mail: Message) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"] = "shop@example.org", parseaddr(mail["From"])[1]
    made["Subject"] = " ".join(f"Re: {mail['Subject']}".split())
    made["In-Reply-To"] = mail["Message-ID"]
    made.set_content("It is on its way.\n" * 20)
    return made


async def send(store: sqlite3.Connection, smtp: SMTP, raw: bytes) -> None:
    mail = email.message_from_bytes(raw)
    key = mail["Message-ID"]
    store.execute("INSERT INTO sent VALUES (?, 'sending')", (key,))
    await smtp.send_message(answer(mail))
    store.execute("UPDATE sent SET state = 'sent' WHERE message_id = ?", (key,))


async def work(port: int, user: str, password: str, smtp_port: int, path: str) -> None:
    store, last = open_store(path), 0
    plain = SMTP(hostname="127.0.0.1", port=smtp_port, start_tls=False, use_tls=False)
    async with plain as smtp:
        await smtp.login("shop", "secret")
        with IMAPClient("127.0.0.1", port, ssl=False) as client:
            client.login(user, password)
            client.select_folder("INBOX", readonly=True)
            while True:
                uids = [uid for uid in client.search(["UID", f"{last + 1}:*"]) if uid > last]
                for at in range(0, len(uids), SLICE):
                    fetched = client.fetch(uids[at : at + SLICE], ["BODY.PEEK[]"])
                    for uid in sorted(fetched):
                        await send(store, smtp, fetched[uid][b"BODY[]"])
                        last = uid
                if not await asyncio.to_thread(_idle, client):
                    return


def _idle(client: IMAPClient) -> bool:
    """Wait for news; False: it is over."""
    client.idle()
    try:
        while True:
            ready, _, _ = select.select([client.socket(), sys.stdin], [], [])
            if sys.stdin in ready:
                return False
            if any(b"EXISTS" in one for one in client.idle_check(timeout=1)):
                return True
    finally:
        client.idle_done()


if __name__ == "__main__":
    imap, user, password, smtp, store_path = sys.argv[1:]
    asyncio.run(work(int(imap), user, password, int(smtp), store_path))
