"""One IMAP connection, typed: the only file that touches imapclient and imaplib.

imapclient has no types, and three of its habits are stepped around here:
- `idle_check` answers the same for "nothing came" and "connection closed", and breaks on a push
  that is split or holds a literal. So the socket is only polled, and whatever comes is read by
  DONE, in blocking mode.
- a push that arrives together with "+ idling" stays in imaplib's reader, where poll() does not
  see it: `unread` looks there.
- arguments holding line ends are sent as they are. So nothing from a mail may come here unless
  it passed the allow-list in sent.py.
"""

from __future__ import annotations

import imaplib
import re
import socket
import ssl
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any, cast

from imapclient import IMAPClient
from imapclient import SocketTimeout as Timeouts

from tactd.adapters.mailbox import answers
from tactd.adapters.mailbox.answers import Meta, Opened
from tactd.adapters.mailbox.folders import Listed
from tactd.core.types import Fetched

Abort = imaplib.IMAP4.abort
ServerError = imaplib.IMAP4.error  # also the parent of Abort

_ALERT = re.compile(rb"\S+ (?:OK|NO|BAD|BYE|PREAUTH) \[ALERT\] *(.+)", re.IGNORECASE)


class IdleRefused(Exception):  # noqa: N818 - reads as what happened
    """The server announces IDLE and then refuses it."""


class Connection:
    """Raises OSError or Abort when the line is gone (the connection is then of no more use), and
    ServerError when the server refuses a command."""

    def __init__(
        self,
        host: str,
        port: int,
        *,
        tls: ssl.SSLContext | None,
        timeouts: Timeouts,
        on_alert: Callable[[str], None],
        on_line: Callable[[], None] = lambda: None,
    ) -> None:
        """`tls`: speak TLS from the first byte, with that context. `on_line`: the server lives."""
        self._client: Any = IMAPClient(
            host, port, ssl=tls is not None, ssl_context=tls, timeout=timeouts
        )
        # A command is a small write after a small write: Nagle's wait for an acknowledgement that
        # the other side delays would cost 40 ms each (RFC 1122 4.2.3.2 and 4.2.3.4).
        self._client.socket().setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._client.normalise_times = False  # else INTERNALDATE comes in local time, naive
        self._on_alert = on_alert
        self._on_line = on_line
        self._idle_tag: Any = None
        self._exists: int | None = None  # as last announced for the open folder
        self._news = False
        self._listen_for_alerts()

    def _listen_for_alerts(self) -> None:
        """imaplib drops the text of [ALERT]: read along, line by line (never mail bodies)."""
        imap = self._client._imap
        read: Callable[[], bytes] = imap._get_line

        def get_line() -> bytes:
            line = read()
            self._on_line()
            self._heed(line)
            return line

        imap._get_line = get_line
        self._heed(imap.welcome)

    def _heed(self, line: bytes) -> None:
        if b"[ALERT]" in line and (alert := _ALERT.match(line)):
            self._on_alert(alert[1].decode("utf-8", "replace").strip())

    # ----------------------------------------------------------------- session

    @property
    def socket(self) -> Any:
        return self._client.socket()

    def fileno(self) -> int:
        return cast(int, self.socket.fileno())

    def starttls(self, context: ssl.SSLContext) -> None:
        self._client.starttls(context)

    def login(self, user: str, password: str) -> None:
        """Raises LoginError (a ServerError), also where the line broke: see its __context__."""
        if (user + password).isascii() or not self.can("AUTH=PLAIN"):
            self._client.login(user, password)
        else:  # LOGIN knows ASCII only, SASL PLAIN is UTF-8 (RFC 4616)
            self._client.plain_login(user, password)

    def introduce(self, **who: str) -> None:
        """ID (RFC 2971), announced or not: imapclient's own `id_` insists on the announcement."""
        imap = self._client._imap
        words = " ".join(f'"{word}"' for pair in who.items() for word in pair)
        self._client._checkok("id", *imap._simple_command("ID", f"({words})"))
        imap.untagged_responses.pop("ID", None)

    def capabilities(self) -> tuple[str, ...]:
        return tuple(
            sorted(word.decode("ascii", "replace") for word in self._client.capabilities())
        )

    def can(self, capability: str) -> bool:
        return bool(self._client.has_capability(capability))

    def set_timeout(self, seconds: float) -> None:
        self.socket.settimeout(seconds)

    def close(self, polite: bool) -> None:
        """LOGOUT if `polite`; never raises."""
        try:
            if polite:
                self.set_timeout(2)
                self._client.logout()
            else:
                self._client.shutdown()
        except (OSError, ServerError):
            with suppress(OSError, ServerError):
                self._client.shutdown()

    def cut(self) -> None:
        """Cut the line at once; may be called from another thread, whose victim then gets an error.
        Not imaplib's own shutdown: that waits for a reader that is in the middle of a line."""
        with suppress(OSError, ServerError):
            self.socket.shutdown(socket.SHUT_RDWR)

    # ----------------------------------------------------------------- folders

    def folders(self) -> list[Listed]:
        """Without those whose names are no modified UTF-7 (RFC 3501 5.1.3)."""
        self._client.folder_encode = False  # one bad name would fail the whole list
        try:
            answer = self._client.list_folders()
        finally:
            self._client.folder_encode = True
        return [one for line in answer if (one := answers.listed(*line)) is not None]

    def examine(self, folder: str) -> Opened:
        """Open read-only: nothing that follows can change a flag."""
        answer = self._client.select_folder(folder, readonly=True)
        self._heed_pushes()
        exists = int(answer.get(b"EXISTS", 0))
        uidnext = answer.get(b"UIDNEXT")
        if uidnext is None:  # optional in the answer (RFC 3501 6.3.1); "*" is the highest there is
            uidnext = max(self.search("UID", "*"), default=0) + 1
        return Opened(int(answer.get(b"UIDVALIDITY", 0)), int(uidnext), exists)

    def status(self, folder: str) -> tuple[int, int] | None:
        """(UIDVALIDITY, UIDNEXT) of a folder that is not open; None: the server does not say."""
        answer = self._client.folder_status(folder, ["UIDVALIDITY", "UIDNEXT"])
        try:
            return int(answer[b"UIDVALIDITY"]), int(answer[b"UIDNEXT"])
        except KeyError:
            return None

    def append_limit(self, folder: str) -> int | None:
        """The largest mail that APPEND takes, in bytes (RFC 7889); None: not said."""
        for word in self.capabilities():
            if word.startswith("APPENDLIMIT="):
                return int(word.partition("=")[2])
        if not self.can("APPENDLIMIT"):
            return None
        limit = self._client.folder_status(folder, ["APPENDLIMIT"]).get(b"APPENDLIMIT")
        return int(limit) if limit is not None else None

    def append(self, folder: str, raw: bytes) -> None:
        self._client.append(folder, raw, flags=(b"\\Seen",))

    # ----------------------------------------------------------------- mails

    def noop(self) -> None:
        self._client.noop()

    def search(self, *criteria: object) -> list[int]:
        self._heed_pushes()
        self._news = False
        return [int(uid) for uid in self._client.search(list(criteria))]

    def announced(self) -> bool:
        """Whether mail was announced since the last search began.

        Dovecot searches what it showed us before, and tells of new mail behind the answer; that
        mail is not pushed again in IDLE. So after such a search the next one must follow."""
        self._heed_pushes()
        return self._news

    def _heed_pushes(self) -> None:
        """Note what was announced and drop it: imaplib heaps it up until the next SELECT."""
        pushed = self._client._imap.untagged_responses
        pushed.pop("FETCH", None)  # without a UID its number would be taken for one
        pushed.pop("RECENT", None)
        if pushed.pop("EXPUNGE", None):
            self._exists = None  # the next EXISTS may name the same number and yet be news
        if counts := pushed.pop("EXISTS", None):
            count = int(counts[-1])
            self._news |= count != self._exists
            self._exists = count

    def metas(self, uids: Iterable[int]) -> dict[int, Meta]:
        """Size, date and flags; a mail that is gone is simply not there."""
        answer = self._client.fetch(list(uids), ["RFC822.SIZE", "INTERNALDATE", "FLAGS"])
        return {uid: answers.meta(data) for uid, data in answer.items() if b"RFC822.SIZE" in data}

    def bodies(self, uids: Iterable[int], item: str) -> dict[int, bytes]:
        """`item` is a BODY.PEEK[…]; mails for which the server gave no body are not there."""
        answer = self._client.fetch(list(uids), [item])
        return {uid: body for uid, data in answer.items() if (body := answers.body(data))}

    def headers(self, uids: Iterable[int], item: str) -> tuple[Fetched, ...]:
        """A part of each mail's header, with the date on which the server got it."""
        answer = self._client.fetch(list(uids), ["INTERNALDATE", item])
        found = (answers.header_only(uid, data) for uid, data in sorted(answer.items()))
        return tuple(one for one in found if one is not None)

    # ----------------------------------------------------------------- IDLE

    def idle(self) -> None:
        """Raises IdleRefused. A server may push before its "+"; imapclient's own `idle` does not
        expect that."""
        imap = self._client._imap
        self._idle_tag = imap._command("IDLE")
        while imap._get_response() is not None:
            if imap.tagged_commands[self._idle_tag] is not None:
                del imap.tagged_commands[self._idle_tag]
                raise IdleRefused

    def unread(self) -> bool:
        """Whether something lies where poll() does not see it: in TLS or in imaplib's reader."""
        sock = self.socket
        return bool(getattr(sock, "pending", int)()) or bool(self._buffered(sock))

    def _buffered(self, sock: Any) -> object:
        imap = self._client._imap
        if hasattr(imap, "_readbuf"):  # Python 3.14
            return imap._readbuf
        timeout = sock.gettimeout()
        sock.setblocking(False)
        try:
            return imap.file.peek(1)
        except (BlockingIOError, ssl.SSLWantReadError):
            return b""
        finally:
            sock.settimeout(timeout)

    def done(self, timeout: float, then: float) -> None:
        """End IDLE and read all that was pushed. `timeout` for the answer, seconds; `then` is the
        read timeout afterwards."""
        imap = self._client._imap
        self.set_timeout(timeout)
        imap.send(b"DONE\r\n")
        while imap.tagged_commands[self._idle_tag] is None:
            imap._get_response()
        del imap.tagged_commands[self._idle_tag]
        self._heed_pushes()
        self.set_timeout(then)
