"""pymap, an IMAP server of pure Python, as a child process with an empty mailbox."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from imapclient import IMAPClient


@dataclass(frozen=True)
class Pymap:
    port: int
    host: str = "127.0.0.1"
    user: str = "seller"
    password: str = "open-sesame"

    def append(self, raw: bytes, folder: str = "INBOX", flags: tuple[bytes, ...] = ()) -> None:
        with IMAPClient(self.host, self.port, ssl=False, timeout=10) as client:
            client.login(self.user, self.password)
            client.append(folder, raw, flags)

    def create(self, folder: str) -> None:
        """Make a folder, unless it is there."""
        with IMAPClient(self.host, self.port, ssl=False, timeout=10) as client:
            client.login(self.user, self.password)
            if not client.folder_exists(folder):
                client.create_folder(folder)


@contextmanager
def running_pymap() -> Iterator[Pymap]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        server = Pymap(int(probe.getsockname()[1]))
    words = ["--host", server.host, "--port", str(server.port), "--no-tls", "dict"]
    words += ["--demo-user", server.user, "--demo-password", server.password]
    process = subprocess.Popen(
        [sys.executable, "-c", "from pymap.main import main; main()", *words],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _await(server, process)
        yield server
    finally:
        process.terminate()
        process.wait(10)


def _await(server: Pymap, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection((server.host, server.port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("pymap did not start")
