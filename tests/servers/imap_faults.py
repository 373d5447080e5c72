"""An IMAP server that misbehaves as told: just enough of RFC 3501 for tactd's commands.

Every line that a client sends is in `commands`. The faults are plain attributes, set before or
while a client is connected.
"""

from __future__ import annotations

import re
import socket
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime


@dataclass
class Stored:
    uid: int
    raw: bytes
    flags: str = ""
    received: datetime = field(default_factory=lambda: datetime.now(UTC))
    hidden: bool = False  # not visible yet, as on a clustered server


@dataclass
class Box:
    uidvalidity: int = 1000
    uidnext: int = 1
    mails: list[Stored] = field(default_factory=list)

    def add(self, raw: bytes, **more: object) -> Stored:
        stored = Stored(self.uidnext, raw, **more)  # type: ignore[arg-type]
        self.mails.append(stored)
        self.uidnext += 1
        return stored

    @property
    def seen(self) -> list[Stored]:
        return [mail for mail in self.mails if not mail.hidden]


class FaultyImap:
    def __init__(self) -> None:
        self.boxes: dict[str, Box] = {"INBOX": Box(), "Sent": Box(uidvalidity=2000)}
        self.list_flags: dict[str, str] = {"Sent": "\\Sent"}
        self.capabilities = "IMAP4rev1 IDLE ID"
        self.greeting = "* OK ready"
        self.after_login = ""  # an untagged line
        self.refuse_login = ""  # the text of NO
        self.needs_id = False
        self.refuse_id = ""  # the text of NO
        self.idle_answer = b"+ idling\r\n"
        self.with_idling: Callable[[], bytes] | None = None  # called once: in idling's segment
        self.refuse_idle = False
        self.announces = True  # push EXISTS when mail comes
        self.searches_what_was_shown = False  # as Dovecot does; EXISTS follows the answer
        self.tells_uidnext = True
        self.without_body: set[int] = set()
        self.breaks_on_body: set[int] = set()
        self.broken_header_search = False
        self.bye_on = ""  # a command that is answered by BYE and the end
        self.silent = threading.Event()  # takes everything, answers nothing
        self.append_answer = "OK done"
        self.commands: list[str] = []
        self.connected_at: list[float] = []
        self.logins = 0
        self.lock = threading.RLock()
        self.sessions: list[_Session] = []
        self.port = 0
        self.host = "127.0.0.1"

    def add(self, raw: bytes, folder: str = "INBOX", **more: object) -> Stored:
        with self.lock:
            stored = self.boxes[folder].add(raw, **more)
            for session in self.sessions:
                if self.announces and session.idle_tag and session.folder == folder:
                    session.send(f"* {len(self.boxes[folder].seen)} EXISTS\r\n".encode())
        return stored

    def count(self, word: str) -> int:
        return sum(word in command for command in list(self.commands))


class _Session(socketserver.StreamRequestHandler):
    faults: FaultyImap

    def setup(self) -> None:
        super().setup()
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.folder = ""
        self.idle_tag = ""
        self.introduced = False
        self.shown = 0
        self.faults.sessions.append(self)
        self.faults.connected_at.append(time.monotonic())

    def send(self, data: bytes) -> None:
        if not self.faults.silent.is_set():
            with suppress(OSError):
                self.wfile.write(data)

    def say(self, line: str) -> None:
        self.send(f"{line}\r\n".encode())

    def handle(self) -> None:
        self.say(self.faults.greeting)
        with suppress(OSError):
            while line := self.rfile.readline():
                self.faults.commands.append(line.decode("latin-1").rstrip("\r\n"))
                with self.faults.lock:
                    if not self._line(line.decode("latin-1").rstrip("\r\n")):
                        return

    def _line(self, line: str) -> bool:
        if line == "DONE":
            tag, self.idle_tag = self.idle_tag, ""
            self.say(f"{tag} OK done")
            return True
        if self.idle_tag:
            return True  # as Dovecot does: nothing but DONE is understood here
        tag, _, rest = line.partition(" ")
        word, _, arguments = rest.removeprefix("UID ").partition(" ")
        if self.faults.bye_on and word.upper() == self.faults.bye_on:
            self.say("* BYE [UNAVAILABLE] going down")
            return False
        command = getattr(self, f"do_{word.lower()}", None)
        if command is None:
            self.say(f"{tag} BAD unknown")
            return True
        return command(tag, arguments) is not False

    def do_capability(self, tag: str, _: str) -> None:
        self.say(f"* CAPABILITY {self.faults.capabilities}")
        self.say(f"{tag} OK done")

    def do_login(self, tag: str, _: str) -> None:
        self.faults.logins += 1
        if self.faults.refuse_login:
            self.say(f"{tag} NO {self.faults.refuse_login}")
            return
        if self.faults.after_login:
            self.say(self.faults.after_login)
        self.say(f"{tag} OK logged in")

    def do_id(self, tag: str, _: str) -> None:
        if self.faults.refuse_id:
            self.say(f"{tag} NO {self.faults.refuse_id}")
            return
        self.introduced = True
        self.say('* ID ("name" "faulty")')
        self.say(f"{tag} OK done")

    def do_list(self, tag: str, _: str) -> None:
        for name in self.faults.boxes:
            self.say(f'* LIST ({self.faults.list_flags.get(name, "")}) "/" "{name}"')
        self.say(f"{tag} OK done")

    def do_noop(self, tag: str, _: str) -> None:
        self.say(f"{tag} OK done")

    def do_logout(self, tag: str, _: str) -> bool:
        self.say("* BYE bye")
        self.say(f"{tag} OK done")
        return False

    def do_status(self, tag: str, arguments: str) -> None:
        name = arguments.split('"')[1]
        box = self.faults.boxes[name]
        uidnext = f" UIDNEXT {box.uidnext}" if self.faults.tells_uidnext else ""
        self.say(f'* STATUS "{name}" (UIDVALIDITY {box.uidvalidity}{uidnext})')
        self.say(f"{tag} OK done")

    def do_examine(self, tag: str, arguments: str) -> None:
        if self.faults.needs_id and not self.introduced:
            self.say(f"{tag} NO EXAMINE Unsafe Login. Please contact your provider")
            return
        name = arguments.strip('"')
        if name not in self.faults.boxes:
            self.say(f"{tag} NO no such folder")
            return
        self.folder = name
        box = self.faults.boxes[name]
        self.shown = len(box.seen)
        self.say(f"* {len(box.seen)} EXISTS")
        self.say("* 0 RECENT")
        self.say(f"* OK [UIDVALIDITY {box.uidvalidity}] here")
        if self.faults.tells_uidnext:
            self.say(f"* OK [UIDNEXT {box.uidnext}] here")
        self.say(f"{tag} OK [READ-ONLY] open")

    def do_search(self, tag: str, arguments: str) -> None:
        there = mails = self.faults.boxes[self.folder].seen
        if self.faults.searches_what_was_shown:
            mails = there[: self.shown]
        if span := re.search(r"UID (\d+|\*)(?::(\d+|\*))?", arguments):
            mails = _within(mails, span[1], span[2] or span[1])
        if "UNANSWERED" in arguments:
            mails = [m for m in mails if "\\Answered" not in m.flags]
        if "UNDELETED" in arguments:
            mails = [m for m in mails if "\\Deleted" not in m.flags]
        if since := re.search(r"SINCE (\S+)", arguments):
            day = datetime.strptime(since[1], "%d-%b-%Y").replace(tzinfo=UTC)
            mails = [m for m in mails if m.received >= day]
        if header := re.search(r"HEADER (\S+) (\S+)", arguments):
            mails = [m for m in mails if header[2].encode() in m.raw]
        self.say(" ".join(["* SEARCH", *(str(m.uid) for m in mails)]))
        if self.faults.searches_what_was_shown and len(there) != self.shown:
            self.shown = len(there)
            self.say(f"* {self.shown} EXISTS")
        self.say(f"{tag} OK done")

    def do_fetch(self, tag: str, arguments: str) -> bool | None:
        wanted, _, items = arguments.partition(" ")
        uids = {int(uid) for uid in wanted.split(",")}
        for number, mail in enumerate(self.faults.boxes[self.folder].seen, 1):
            if mail.uid in uids:
                if "BODY" in items and mail.uid in self.faults.breaks_on_body:
                    self.say("* BYE internal error")
                    return False
                self.send(self._fetched(number, mail, items))
        self.say(f"{tag} OK done")
        return None

    def _fetched(self, number: int, mail: Stored, items: str) -> bytes:
        head = f"* {number} FETCH (UID {mail.uid}"
        if "RFC822.SIZE" in items:
            when = mail.received.strftime("%d-%b-%Y %H:%M:%S +0000")
            head += f' RFC822.SIZE {len(mail.raw)} INTERNALDATE "{when}" FLAGS ({mail.flags})'
        elif "INTERNALDATE" in items:
            head += f' INTERNALDATE "{mail.received:%d-%b-%Y %H:%M:%S +0000}"'
        if "BODY" not in items or mail.uid in self.faults.without_body:
            return f"{head})\r\n".encode()
        key, raw = "BODY[]", mail.raw
        if "HEADER" in items:
            key, raw = "BODY[HEADER]", raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
        if part := re.search(r"<0\.(\d+)>", items):
            key, raw = "BODY[]<0>", raw[: int(part[1])]
        return f"{head} {key} {{{len(raw)}}}\r\n".encode() + raw + b")\r\n"

    def do_append(self, tag: str, arguments: str) -> None:
        size = int(arguments.rpartition("{")[2].rstrip("}"))
        self.say("+ go on")
        raw = self.rfile.read(size)
        self.rfile.readline()
        if self.faults.append_answer.startswith("OK"):
            self.faults.boxes[arguments.split('"')[1]].add(raw, flags="\\Seen")
        self.say(f"{tag} {self.faults.append_answer}")

    def do_idle(self, tag: str, _: str) -> None:
        if self.faults.refuse_idle:
            self.say(f"{tag} NO not today")
            return
        self.idle_tag = tag
        together, self.faults.with_idling = self.faults.with_idling, None
        self.send(self.faults.idle_answer + (together() if together else b""))


def _within(mails: list[Stored], low: str, high: str) -> list[Stored]:
    """A UID range; "*" is the last mail, and n:* holds it even where it is below n."""
    last = max((m.uid for m in mails), default=0)
    first, end = (last if text == "*" else int(text) for text in (low, high))
    first, end = min(first, end), max(first, end)
    return [m for m in mails if first <= m.uid <= end]


@contextmanager
def running_faulty_imap(port: int = 0) -> Iterator[FaultyImap]:
    """On this port of the loopback, or on a free one."""
    faults = FaultyImap()
    session = type("Session", (_Session,), {"faults": faults})

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True
        block_on_close = False

    with Server((faults.host, port), session) as server:
        faults.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield faults
        finally:
            server.shutdown()
            thread.join()
            for one in faults.sessions:
                with suppress(OSError):
                    one.request.shutdown(socket.SHUT_RDWR)
