"""What stands between a program that answers mail and its servers, and looks at the clock: a relay
to the IMAP server that sees the notice of new mail pass, and an SMTP server that takes mail."""

from __future__ import annotations

import asyncio
import contextlib
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from servers.smtp_recorder import Recorder, smtp_recorder

_EXISTS = re.compile(rb"\* \d+ EXISTS\r\n")
_FETCH = re.compile(rb"FETCH [^\r\n]*BODY\.PEEK\[\]")


@dataclass(slots=True)
class Between:
    """Times are of time.perf_counter."""

    imap: int  # the port to which its clients connect
    smtp: Recorder
    loop: asyncio.AbstractEventLoop
    noticed: list[float] = field(default_factory=list)  # when a notice of new mail passed
    fetched: list[float] = field(default_factory=list)  # when mails were asked for
    taken: list[float] = field(default_factory=list)  # when the SMTP server had taken a mail

    def clear(self) -> None:
        for times in (self.noticed, self.fetched, self.taken):
            times.clear()


class _Clocked(list[object]):
    """The recorder's list of mails; looks at the clock instead of keeping them."""

    def __init__(self, taken: list[float]) -> None:
        super().__init__()
        self._taken = taken

    def append(self, _mail: object) -> None:
        self._taken.append(time.perf_counter())


@contextmanager
def between(imap_port: int) -> Iterator[Between]:
    """Runs in a thread of its own until left."""
    ready, box, over = threading.Event(), list[Between](), asyncio.Event()

    async def run() -> None:
        async with smtp_recorder(login=True) as recorder:
            found = Between(0, recorder, asyncio.get_running_loop())
            recorder.mails = _Clocked(found.taken)  # type: ignore[assignment]

            async def client(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
                to_server, from_server = await asyncio.open_connection("127.0.0.1", imap_port)
                await asyncio.gather(
                    _pass_on(reader, from_server, _FETCH, found.fetched),
                    _pass_on(to_server, writer, _EXISTS, found.noticed),
                )

            server = await asyncio.start_server(client, "127.0.0.1", 0)
            found.imap = server.sockets[0].getsockname()[1]
            box.append(found)
            ready.set()
            await over.wait()
            server.close()

    thread = threading.Thread(target=lambda: asyncio.run(run()), daemon=True)
    thread.start()
    ready.wait()
    try:
        yield box[0]
    finally:
        box[0].loop.call_soon_threadsafe(over.set)
        thread.join(5)


async def _pass_on(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    seen: re.Pattern[bytes],
    times: list[float],
) -> None:
    with contextlib.suppress(ConnectionError):
        while data := await reader.read(65536):
            if seen.search(data):
                times.append(time.perf_counter())
            writer.write(data)
            await writer.drain()
    writer.close()
