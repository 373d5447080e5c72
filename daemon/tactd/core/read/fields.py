"""Header fields and transfer encodings, from bytes (RFC 5322 2.2, RFC 2045, RFC 2047).

Total and linear: broken lines, words and encodings give what can be read of them, and a flaw.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tactd.core.read.charset import Decoded, decode

HEADER_BLOCK_BYTES = 65_536
HEADER_BYTES = 16_384
PARTS = 200

Header = tuple[str, bytes]  # lower-case name, unfolded value

_NAME = re.compile(rb"[!-9;-~]{1,200}[ \t]*:")
_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:(.*)", re.DOTALL)


@dataclass(slots=True)
class Budget:
    """How many parts may still be opened, and what was met on the way: what was wrong, and where
    links lead."""

    parts: int = PARTS
    flaws: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    def flaw(self, code: str) -> None:
        if code and code not in self.flaws:
            self.flaws.append(code)


def split(raw: bytes, budget: Budget) -> tuple[tuple[Header, ...], bytes]:
    """The header fields, unfolded, and the body. Line ends become LF."""
    raw = _line_ends(raw)
    end = 0 if raw.startswith(b"\n") else raw.find(b"\n\n")
    block = raw if end < 0 else raw[:end]
    if len(block) > HEADER_BLOCK_BYTES:
        budget.flaw("header_block")
        block = block[:HEADER_BLOCK_BYTES].rpartition(b"\n")[0] or block[:HEADER_BYTES]
    lines = block.split(b"\n")
    stop = _end_of_fields(lines)
    body = b"" if end < 0 else raw[end + 2 if end else 1 :]
    if any(lines[stop:]):  # no empty line in between: the body begins in the middle of the block
        body = b"\n".join(lines[stop:]) + b"\n\n" + body
        budget.flaw("header_end")
    return tuple(_fields(lines[:stop], budget)), body


def _line_ends(raw: bytes) -> bytes:
    raw = raw.replace(b"\r\n", b"\n")
    if b"\r" not in raw:
        return raw
    # A lone CR is a line end only in mail that has no other; elsewhere it is no way to add fields.
    head, gap, body = raw.partition(b"\n\n")
    if b"\n" in raw:
        return head.replace(b"\r", b" ") + gap + body.replace(b"\r", b"\n")
    return raw.replace(b"\r", b"\n")


def _end_of_fields(lines: list[bytes]) -> int:
    """The line after the last one that is a field or continues one."""
    last = -1
    for number, text in enumerate(lines):
        if _NAME.match(text) or (text[:1] in (b" ", b"\t") and number == last + 1):
            last = number
    return last + 1


def _fields(lines: list[bytes], budget: Budget) -> Iterator[Header]:
    current: list[bytes] = []
    for text in lines:
        if text[:1] in (b" ", b"\t") and current:
            current.append(text)
        elif _NAME.match(text):
            yield from _unfold(current, budget)
            current = [text]
        elif not text.startswith((b"From ", b">From ")):
            budget.flaw("header_line")
    yield from _unfold(current, budget)


def _unfold(lines: list[bytes], budget: Budget) -> Iterator[Header]:
    if not lines:
        return
    whole = b"".join(lines) if len(lines) > 1 else lines[0]
    if len(whole) > HEADER_BYTES:
        budget.flaw("header_long")
        whole = whole[:HEADER_BYTES]
    if found := _FIELD.match(whole):
        yield found[1].decode("ascii").lower(), found[2].strip()


# --------------------------------------------------------------------------- encoded words

_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")


def words(value: str) -> Decoded:
    """RFC 2047. Neighbours in one charset are joined before decoding: many writers cut a letter
    in two between words."""
    if "=?" not in value:
        return Decoded(value)
    out: list[str] = []
    flaw, at, pending, charset = "", 0, b"", ""
    for found in _WORD.finditer(value):
        gap = value[at : found.start()]
        name = found[1].lower()
        neighbour = bool(pending) and not gap.strip(" \t")
        if pending and not (neighbour and name == charset):
            done = decode(pending, charset)
            out.append(done.text)
            flaw, pending = flaw or done.flaw, b""
        if not neighbour:
            out.append(gap)
        pending, charset, at = pending + _word(found[2], found[3]), name, found.end()
    done = decode(pending, charset)
    return Decoded("".join((*out, done.text, value[at:])), flaw or done.flaw)


def _word(kind: str, text: str) -> bytes:
    data = text.encode("utf-8", "replace")
    return base64(data) if kind in "bB" else binascii.a2b_qp(data, header=True)


# --------------------------------------------------------------------------- transfer encodings

_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")


def base64(data: bytes) -> bytes:
    """Lenient: strange characters are skipped, a missing end is no error."""
    letters = _NOT_BASE64.sub(b"", data)
    if len(letters) % 4 == 1:
        letters = letters[:-1]
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))
