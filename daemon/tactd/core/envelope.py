"""The wire form of a reply: a Letter becomes the exact bytes that SMTP carries.

Every header value is cleaned, encoded and folded here and emitted as it stands. The email package
would parse what we made: decode encoded words that a buyer wrote into his subject, and break long
message ids (python/cpython#100991).
"""

from __future__ import annotations

import base64
import quopri
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.utils import format_datetime
from textwrap import wrap

MAX_REFERENCES = 20
MAX_SUBJECT = 250  # characters of an answer's subject; longer ones are only ever an attack
_MAX_WORD = 60  # a longer word of a header is encoded, so that its line can be folded
_MAX_LINE = 78  # characters of a body's line that goes as it is (RFC 5322 2.1.1)
_MAX_NAME = 64  # characters of a display name
_MAX_ADDRESS = 254  # RFC 5321 4.5.3.1.3, without the angle brackets
_FOLD = "\r\n "

_MESSAGE_ID = re.compile(r"<[!-;=?-~]{3,248}>")
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_ADDRESS = re.compile(
    rf"[^\s<>()\[\]\\,;:\"@\x00-\x20\x7f]{{1,64}}@{_LABEL}(?:\.{_LABEL})*", re.UNICODE
)
_DOMAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_TOKEN = re.compile(r"[A-Za-z0-9._+-]{1,100}")
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")  # a phrase that needs no quotes
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # controls, bidi and zero-width marks, lone surrogates

# What mail programs put before the subject when they answer or forward, in many languages.
_MARKS = (
    *("re", "r", "aw", "antw", "antwort", "sv", "svar", "vs", "rif", "res", "resp", "odp"),
    *(
        "odpoveď",
        "ynt",
        "yan",
        "yanıt",
        "bls",
        "回复",
        "回覆",
        "答复",
        "答覆",
        "返信",
        "회신",
        "답장",
    ),
    *("رد", "الرد", "ответ", "fw", "fwd", "wg", "tr", "i", "inoltr", "rv", "enc", "pd", "vb"),
    *("doorst", "vl", "ilt", "i̇lt", "trs", "转发", "轉發", "轉寄", "転送", "전달", "пересл"),
)
_MARK = re.compile(
    rf"(?:{'|'.join(sorted(map(re.escape, _MARKS), key=len, reverse=True))})"
    r" ?(?:\[\d{1,3}\]|\(\d{1,3}\)|\^?\d{1,3})?\.? ?[:：] ?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """All that a mail to a buyer consists of."""

    sender_name: str
    sender: str  # the mailbox's own address
    recipient: str
    subject: str  # as it shall stand; `answer_subject` adds the "Re:"
    body: str  # plain text
    message_id: str  # with its angle brackets; see `new_message_id`
    date: datetime  # aware
    private_id: str  # X-Tactd-Id: finds the mail where a provider rewrites Message-ID
    auto: bool  # True: no person has approved it
    marked: bool = True  # False: where it goes, mail that says it is automatic is dropped
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    reference_line: str = ""  # what the marketplace wants back, e.g. eBay's "[#…#]_[#…#]"


def wire(letter: Letter) -> bytes:
    """The letter as RFC 5322 bytes: plain text in UTF-8, 7-bit safe (only an address that is not
    ASCII itself needs SMTPUTF8), lines ended by CRLF and under 998 bytes.

    Ids that are no ids are left out. Raises ValueError for what must not be mended: an address,
    our own Message-ID or X-Tactd-Id that is malformed, a date without a time zone."""
    if problem := letter_problem(letter):
        raise ValueError(problem)
    coding, body = _coded(_text(letter))
    lines = [f"{name}: {value}\r\n" for name, value in (*_headers(letter), *_MIME) if value]
    lines.append(f"Content-Transfer-Encoding: {coding}\r\n\r\n")
    return "".join(lines).encode() + body


_MIME = (("MIME-Version", "1.0"), ("Content-Type", 'text/plain; charset="utf-8"'))


def _coded(text: str) -> tuple[str, bytes]:
    """A body and how it is coded: as it is where a mail may carry it, else as RFC 2045 6.7 or 6.8
    says, whichever is shorter."""
    lines = text.rstrip("\n").split("\n")
    if text.isascii() and all(len(line) <= _MAX_LINE for line in lines):
        return "7bit", "".join(f"{line}\r\n" for line in lines).encode()
    raw = "\r\n".join([*lines, ""]).encode()
    quoted, plain = quopri.encodestring(raw), base64.encodebytes(raw)
    if len(quoted) <= len(plain):
        return "quoted-printable", quoted
    return "base64", plain.replace(b"\n", b"\r\n")


def letter_problem(letter: Letter) -> str | None:
    """Why the letter cannot be a mail, if so."""
    for whose, address in (("sender", letter.sender), ("recipient", letter.recipient)):
        if problem := address_problem(address):
            return f"{whose}: {problem}"
    if not valid_ids((letter.message_id,)):
        return f"not a Message-ID: {letter.message_id!r}"
    if not _TOKEN.fullmatch(letter.private_id):
        return f"not an X-Tactd-Id: {letter.private_id!r}"
    if letter.date.utcoffset() is None:
        return "the date has no time zone"
    return None


def address_problem(address: str) -> str | None:
    """Why a bare address (no name, no brackets) cannot be written to, if so. Stricter than RFC
    5321: quoted local parts and address literals are refused, but doubled dots are allowed
    because Japanese carriers gave out such addresses."""
    if len(address.encode("utf-8", "replace")) > _MAX_ADDRESS:
        return f"the address is longer than {_MAX_ADDRESS} bytes"
    if "=?" in address or clean(address) != address or not _ADDRESS.fullmatch(address):
        return f"not a mail address: {clean(address)!r}"
    return None


def valid_ids(ids: tuple[str, ...]) -> tuple[str, ...]:
    """Those that can be copied into a header: one pair of angle brackets, printable ASCII."""
    return tuple(
        dict.fromkeys(one for one in ids if _MESSAGE_ID.fullmatch(one) and "=?" not in one)
    )


def new_message_id(domain: str, token: str) -> str:
    """Our own Message-ID; the `.tactd@` in it tells our mail from others'. `token` is the caller's
    randomness. Raises ValueError for a domain or token that has no place in an id."""
    ascii_domain = domain.encode("idna").decode("ascii")
    if not _DOMAIN.fullmatch(ascii_domain) or not _TOKEN.fullmatch(token):
        raise ValueError(f"cannot make a Message-ID of {domain!r} and {token!r}")
    return f"<{token}.tactd@{ascii_domain.lower()}>"


def answer_subject(original: str) -> str:
    """The subject of an answer: exactly one "Re:", whatever marks stood there before."""
    rest = clean(original)
    while mark := _MARK.match(rest):
        rest = rest[mark.end() :]
    if len(rest) > MAX_SUBJECT:
        rest = rest[: MAX_SUBJECT - 1].rstrip() + "…"
    return f"Re: {rest}".rstrip()


def clean(value: str) -> str:
    """One line without controls, bidi overrides and invisible marks; white space collapsed."""
    spaced = " ".join(value.split())
    seen = "".join(char for char in spaced if unicodedata.category(char) not in _UNSEEN)
    return " ".join(seen.split())


def _headers(letter: Letter) -> tuple[tuple[str, str], ...]:
    answered = valid_ids((letter.in_reply_to,))
    automatic = letter.auto and letter.marked
    # RFC 5322 3.6.4: the parent's id is the last of References
    ancestors = [one for one in valid_ids(letter.references) if one not in answered]
    references = (*ancestors, *answered)[-MAX_REFERENCES:]
    return (
        ("From", _mailbox(letter.sender_name, letter.sender)),
        ("To", letter.recipient),
        ("Subject", _unstructured(clean(letter.subject))),
        ("Date", format_datetime(letter.date)),
        ("Message-ID", letter.message_id),
        ("In-Reply-To", _FOLD.join(answered)),
        ("References", _FOLD.join(references)),
        # RFC 3834 5; what a person has approved is not an automatic response
        ("Auto-Submitted", "auto-replied" if automatic else ""),
        ("X-Auto-Response-Suppress", "All" if automatic else "OOF"),
        ("X-Tactd-Id", letter.private_id),
    )


def _unstructured(text: str) -> str:
    words = text.split(" ")
    if not _plain(text) or any(len(word) > _MAX_WORD for word in words):
        return _encoded(text)
    return _FOLD.join(wrap(text, 66, break_long_words=False, break_on_hyphens=False))


def _mailbox(name: str, address: str) -> str:
    shown = clean(name)[:_MAX_NAME].strip()
    if not shown:
        return address
    if not _plain(shown):
        return f"{_encoded(shown)}{_FOLD}<{address}>"
    if not _ATOMS.fullmatch(shown):
        shown = '"' + re.sub(r'(["\\])', r"\\\1", shown) + '"'
    return f"{shown}{_FOLD}<{address}>"


def _plain(text: str) -> bool:
    """Can it stand in a header as it is? ("=?" would be read as the start of an encoded word.)"""
    return text.isascii() and "=?" not in text


def _encoded(text: str) -> str:
    """RFC 2047 encoded words, each at most 75 characters, on lines of their own."""
    return Header(text, "utf-8", maxlinelen=75, header_name="Subject").encode(linesep="\r\n")


def _text(letter: Letter) -> str:
    lines = letter.body.replace("\r\n", "\n").replace("\r", "\n")
    seen = "".join(char for char in lines if char in "\n\t" or _printable(char))
    paragraphs = (seen.strip("\n"), clean(letter.reference_line))
    return "\n\n".join(part for part in paragraphs if part) + "\n"


def _printable(char: str) -> bool:
    # bidi and joining marks stay: Arabic texts and emoji need them
    return unicodedata.category(char) not in {"Cc", "Cs"}
