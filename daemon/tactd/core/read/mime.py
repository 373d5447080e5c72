"""A mail's body as a tree of parts, with caps on everything (RFC 2046, 2183, 2231).

The standard library's parser descends by recursion and reads line by line: 3,000 nested parts end
in RecursionError and 100,000 parts take seconds. Here the cutting at boundaries is our own; the
parameters of a field are read by the library's compat32 message, in a guard.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from email.message import Message as Compat32
from functools import lru_cache

from tactd.core.read.charset import decode, line
from tactd.core.read.fields import Budget, Header, base64, split, words

DEPTH = 20
NAME_LENGTH = 200

_TYPE = re.compile(r"[^/]+/[^/]+")
_ANY_BOUNDARY = re.compile(rb"^--([^\s-][^\s]{0,99}|-{1,99}[^\s-][^\s]{0,99})[ \t]*$", re.MULTILINE)

_DECODERS: dict[str, Callable[[bytes], bytes]] = {
    "base64": base64,
    "quoted-printable": binascii.a2b_qp,
}


@dataclass(frozen=True, slots=True)
class Part:
    type: str  # "text/plain", lower case
    body: bytes = b""  # still encoded
    encoding: str = ""  # of the transfer
    charset: str | None = None
    name: str = ""
    attached: bool = False
    flowed: bool = False  # RFC 3676
    delsp: bool = False
    children: tuple[Part, ...] = ()

    def content(self) -> bytes:
        """The body without its transfer encoding; what is broken in that is skipped."""
        return _DECODERS.get(self.encoding, bytes)(self.body)

    def leaves(self) -> Iterator[Part]:
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()

    @property
    def is_text(self) -> bool:
        return self.type in ("text/plain", "text/html")


def parse(headers: tuple[Header, ...], body: bytes, budget: Budget, depth: int = 0) -> Part:
    """The part with these headers, and all in it."""
    part, boundary = _part(headers, body, budget)
    if part.type == "message/rfc822" and depth == 0:
        # Only the mail itself is opened so. One inside it was written by somebody else.
        return parse(*split(body, budget), budget, depth + 1)
    if not part.type.startswith("multipart/"):
        return part
    if depth >= DEPTH:
        budget.flaw("depth")
        return part
    pieces = list(_pieces(body, boundary, budget)) or _guessed_pieces(body, budget)
    if not pieces:
        return Part("text/plain", body)
    children = (parse(*split(piece, budget), budget, depth + 1) for piece in pieces)
    return Part(part.type, children=tuple(children))


def _guessed_pieces(body: bytes, budget: Budget) -> list[bytes]:
    """Where no line is the boundary that was announced, the first that looks like one is it."""
    found = _ANY_BOUNDARY.search(body)
    pieces = list(_pieces(body, found[1], budget)) if found else []
    budget.flaw("boundary" if pieces else "no_parts")
    return pieces


def _pieces(body: bytes, boundary: bytes, budget: Budget) -> Iterator[bytes]:
    """What stands between the boundary lines, as long as the budget lasts."""
    start = -1
    for begin, end, last in _delimiters(body, boundary):
        if start >= 0:
            if budget.parts <= 0:
                budget.flaw("parts")
                return
            budget.parts -= 1
            yield body[start:begin]
        start = end
        if last:
            return
    if start >= 0 and budget.parts > 0:
        budget.flaw("unclosed")
        budget.parts -= 1
        yield body[start:]


def _delimiters(body: bytes, boundary: bytes) -> Iterator[tuple[int, int, bool]]:
    """(end of what stands before, begin of what stands after, is it the closing one)."""
    mark = b"--" + boundary
    at = body.find(mark) if boundary else -1
    while at >= 0:
        after = at + len(mark)
        end = body.find(b"\n", after)
        end = len(body) if end < 0 else end
        rest = body[after : min(end, after + 80)].strip()
        if (at == 0 or body[at - 1] == 10) and rest in (b"", b"--"):
            yield max(at - 1, 0), min(end + 1, len(body)), rest == b"--"
        at = body.find(mark, after)


def _part(headers: tuple[Header, ...], body: bytes, budget: Budget) -> tuple[Part, bytes]:
    """The part by itself, and the boundary of what is in it."""
    fields: dict[str, str] = {}
    for name, value in headers:
        if name.startswith("content-"):
            fields.setdefault(name, decode(value).text)
    if not fields:
        return Part("text/plain", body), b""
    kind, params = _params(fields.get("content-type", ""), budget)
    disposition, also = _params(fields.get("content-disposition", ""), budget)
    kind = kind if _TYPE.fullmatch(kind) else "text/plain"
    name = line(also.get("filename") or params.get("name") or "")[:NAME_LENGTH]
    flowed = kind == "text/plain" and params.get("format", "").lower() == "flowed"
    part = Part(
        kind,
        body,
        fields.get("content-transfer-encoding", "").partition(";")[0].strip().lower(),
        params.get("charset"),
        name,
        disposition == "attachment" or bool(name) or not kind.startswith(("text/", "multipart/")),
        flowed,
        flowed and params.get("delsp", "").lower() == "yes",
    )
    return part, params.get("boundary", "").rstrip().encode("utf-8", "replace")


def _params(value: str, budget: Budget) -> tuple[str, Mapping[str, str]]:
    """The word before the first `;`, lower case, and the parameters; the first of a name wins."""
    first, params = _params_of(value)
    if params is None:
        budget.flaw("parameters")
    return first, params or {}


@lru_cache(maxsize=64)  # most parts of most mails say the same
def _params_of(value: str) -> tuple[str, Mapping[str, str] | None]:
    """None: the parameters cannot be read."""
    first = next(iter(value.partition(";")[0].lower().split()), "")
    if ";" not in value:
        return first, {}
    message = Compat32()
    message["content-type"] = value
    try:
        found = message.get_params([])
    except Exception:  # noqa: BLE001 - it raises IndexError, LookupError and others on bad fields
        return first, None
    params: dict[str, str] = {}
    for name, text in found[1:]:
        params.setdefault(name.lower(), _value(text))
    return first, params


def _value(text: str | tuple[str | None, str | None, str]) -> str:
    if isinstance(text, tuple):  # RFC 2231: (charset, language, the bytes as Latin-1)
        return decode(text[2].encode("latin-1", "replace"), text[0]).text
    return words(text).text
