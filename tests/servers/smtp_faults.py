"""An SMTP server that fails wherever it is told to, and remembers what it accepted."""

from __future__ import annotations

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto


class Act(Enum):
    """What the server may do instead of answering."""

    DROP = auto()  # closes the connection
    HANG = auto()  # stays silent
    KEEP_AND_DROP = auto()  # after the dot: the mail is kept, the answer is lost


@dataclass(frozen=True, slots=True)
class Late:
    """An answer that comes only when the test lets it."""

    answer: str
    when: asyncio.Event


Fault = str | Act | Late

# The points of a conversation, and what a healthy server answers there.
HEALTHY: Mapping[str, str] = {
    "CONNECT": "220 mx.example.net ready",
    "EHLO": "250-mx.example.net\r\n250-AUTH PLAIN\r\n250 STARTTLS",
    "STARTTLS": "454 4.7.0 no TLS here",
    "AUTH": "235 2.7.0 welcome",
    "MAIL": "250 2.1.0 ok",
    "RCPT": "250 2.1.5 ok",
    "DATA": "354 go ahead",
    "BODY": "",  # nothing is said while the body comes
    "DOT": "250 2.0.0 queued",
    "RSET": "250 2.0.0 reset",
    "NOOP": "250 2.0.0 ok",
    "QUIT": "221 2.0.0 bye",
}


@dataclass(slots=True)
class FaultySmtp:
    """`faults` maps a point to what happens there; with `once`, only the first time."""

    faults: dict[str, Fault] = field(default_factory=dict)
    once: bool = False
    port: int = 0
    accepted: list[bytes] = field(default_factory=list)  # bodies the server took responsibility for
    commands: list[str] = field(default_factory=list)
    sessions: int = 0
    reached: dict[str, asyncio.Event] = field(default_factory=lambda: defaultdict(asyncio.Event))
    gone: asyncio.Event = field(default_factory=asyncio.Event)  # a session has ended

    async def session(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.sessions += 1
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            if await self._say(writer, "CONNECT"):
                while await self._turn(reader, writer):
                    pass
        writer.close()
        self.gone.set()

    async def _turn(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """One command and its answer; False at the end of the session."""
        command = (await reader.readuntil(b"\r\n")).decode().strip()
        self.commands.append(command)
        verb = command.split(" ")[0].upper()
        if not await self._say(writer, verb):
            return False
        if verb == "DATA":
            return await self._body(reader, writer)
        return verb != "QUIT"

    async def _body(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        lines = [await reader.readuntil(b"\r\n")]
        if not await self._say(writer, "BODY"):
            return False
        while lines[-1] != b".\r\n":
            lines.append(await reader.readuntil(b"\r\n"))
        fault = self.faults.get("DOT", HEALTHY["DOT"])
        answer = fault.answer if isinstance(fault, Late) else fault
        if answer is Act.KEEP_AND_DROP or (isinstance(answer, str) and answer[:1] not in "45"):
            self.accepted.append(b"".join(lines))
        return await self._say(writer, "DOT")

    async def _say(self, writer: asyncio.StreamWriter, point: str) -> bool:
        """Answers as told; False where the connection shall end."""
        self.reached[point].set()
        fault = self.faults.get(point, HEALTHY.get(point, "502 5.5.1 unknown"))
        if self.once:
            self.faults.pop(point, None)
        if fault is Act.HANG:
            await asyncio.Event().wait()
        if isinstance(fault, Act):
            return False
        if isinstance(fault, Late):
            await fault.when.wait()
            fault = fault.answer
        if fault:
            writer.write(fault.encode() + b"\r\n")
            await writer.drain()
        return not fault.startswith("421")


@contextlib.asynccontextmanager
async def faulty_smtp(faults: dict[str, Fault], *, once: bool = False) -> AsyncIterator[FaultySmtp]:
    """A running server on a free port of the loopback."""
    smtp = FaultySmtp(dict(faults), once)
    sessions: set[asyncio.Task[None]] = set()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        session = asyncio.create_task(smtp.session(reader, writer))
        sessions.add(session)
        session.add_done_callback(lambda _: writer.transport.abort())

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    smtp.port = server.sockets[0].getsockname()[1]
    try:
        yield smtp
    finally:
        server.close()
        for session in sessions:
            session.cancel()
        await asyncio.gather(*sessions, return_exceptions=True)
        await server.wait_closed()
