"""The Sent folder, asked about one own reply: is it there, and put it there."""

from __future__ import annotations

import re
from concurrent.futures import Future
from email import message_from_bytes
from typing import Protocol

from tactd.adapters.mailbox.connection import Abort, Connection, ServerError
from tactd.adapters.mailbox.explain import said
from tactd.errors import TactdError

# Only this may enter a command: no line end, quote, brace, bracket, backslash or blank.
_SAFE = re.compile(r"[A-Za-z0-9.!#$&'+/=?^_`|~@:-]{3,250}")
PRIVATE_HEADER = "X-Tactd-Id"
_IDS = f"BODY.PEEK[HEADER.FIELDS (MESSAGE-ID {PRIVATE_HEADER.upper()})]"
_LOOKED_AT = 50  # hits of one search that are compared; more is no search for an own id


class SentError(TactdError):
    """Sent could not be asked, or did not take the copy. Says nothing about the reply itself."""


class Request(Protocol):
    """Something for the mailbox's thread to do with the Sent folder."""

    answer: Future[bool]

    def run(self, connection: Connection, sent: str | None) -> bool:
        """May leave another folder open. Raises SentError, OSError or ServerError."""


class FindSent:
    """Raises ValueError for an id that may not enter a command."""

    def __init__(self, message_id: str, private_id: str = "", *, rewritten: bool = False) -> None:
        """`rewritten`: the provider gives mails another Message-ID, so only the other one tells."""
        ids = {"Message-ID": safe_id(message_id)}
        if private_id:
            ids[PRIVATE_HEADER] = safe_id(private_id)
            if rewritten:
                del ids["Message-ID"]
        self._wanted = ids
        self.answer: Future[bool] = Future()

    def run(self, connection: Connection, sent: str | None) -> bool:
        connection.examine(_there(sent))
        return any(self._found(connection, name, value) for name, value in self._wanted.items())

    def _found(self, connection: Connection, name: str, value: str) -> bool:
        """SEARCH HEADER finds parts of words too, so what it finds is compared exactly."""
        uids = connection.search("HEADER", name, value)[-_LOOKED_AT:]
        headers = connection.bodies(uids, _IDS) if uids else {}
        return any(
            _bare(message_from_bytes(raw).get(name, "")) == value for raw in headers.values()
        )


class AppendSent:
    def __init__(self, raw: bytes, message_id: str) -> None:
        self._raw = raw
        self._find = FindSent(message_id)
        self.answer: Future[bool] = Future()

    def run(self, connection: Connection, sent: str | None) -> bool:
        if self._find.run(connection, sent):
            return True
        folder = _there(sent)
        limit = connection.append_limit(folder)
        if limit is not None and len(self._raw) > limit:
            raise SentError(f"the copy for {folder} has {len(self._raw)} bytes, allowed: {limit}")
        try:
            connection.append(folder, self._raw)
        except Abort:
            raise
        except ServerError as error:
            raise SentError(f"{folder} did not take the copy: {said(error)}") from error
        return True


def safe_id(text: str) -> str:
    """The id without its angle brackets. Raises ValueError if it may not enter a command."""
    bare = text[1:-1] if text.startswith("<") and text.endswith(">") else text
    if not _SAFE.fullmatch(bare):
        raise ValueError("not an id that tactd would have made")
    return bare


def _bare(value: str) -> str:
    return str(value).strip().removeprefix("<").removesuffix(">")


def _there(sent: str | None) -> str:
    if sent is None:
        raise SentError("no folder of sent mail is known; name it in config.toml, folders.sent")
    return sent
