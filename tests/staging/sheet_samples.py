"""A staged reply for tests, and the ways in which editors save it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from tactd.core.filing.judge import HOME, Filed, Folder, Lying
from tactd.core.sheet.file import Parsed, Sheet, parse, render
from tactd.core.types import ReplyState

BODY = "Dear Jane,\n\nyour tent left on 12 November.\nIt needs ten days more.\n\nKind regards,\nAna"

SHEET = Sheet(
    id=123,
    to="jane@example.com",
    subject="Where is my tent?",
    body=BODY,
    deadline=datetime(2026, 11, 22, 6, 30, tzinfo=UTC),
    situation="in_transit",
    order="12-34567-89012",
    buyer="Jane Doe",
    warnings=(),
    words="Where is my tent?",
    facts=(("Shipped", "12 November 2026", "3 h old, report.csv"),),
    reasons=("Mode is stage.",),
    gloss_subject="我的帐篷在哪里？",
    gloss_body="Jane 您好：\n\n您的帐篷已于 11 月 12 日寄出。",
    language="zh",
    timezone="Asia/Shanghai",
)


def sheet(**changes: Any) -> Sheet:
    return replace(SHEET, **changes)


def windows_utf8(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode("utf-8-sig")


def windows_unicode(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode("utf-16")


def windows_ansi_chinese(text: str) -> bytes:
    """Code page 936: € at 0x80, "?" for what it has not."""
    text = text.replace("\n", "\r\n")
    return b"".join(b"\x80" if sign == "€" else sign.encode("gbk", "replace") for sign in text)


SAVED = {
    "as written": str.encode,
    "Notepad, UTF-8 with BOM and CRLF": windows_utf8,
    "Notepad, Unicode": windows_unicode,
    "UTF-16 LE without BOM": lambda text: text.encode("utf-16-le"),
    "UTF-16 BE without BOM": lambda text: text.encode("utf-16-be"),
    "UTF-16 BE with BOM": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "old Mac, CR": lambda text: text.replace("\n", "\r").encode(),
    "no final newline": lambda text: text.rstrip("\n").encode(),
    "many final newlines": lambda text: (text + "\n\n\n").encode(),
    "blanks at the ends of lines": lambda text: text.replace("\n", " \t\n").encode(),
}


def parsed(**changes: Any) -> Parsed:
    """What comes back of the sample after the seller changed it."""
    return parse(render(sheet(**changes)).encode())


def filed(state: ReplyState = ReplyState.STAGED, **changes: Any) -> Filed:
    known = Filed(
        id=SHEET.id,
        state=state,
        to=SHEET.to,
        subject=SHEET.subject,
        body=SHEET.body,
        folder=HOME[state],
        file_name="x.txt",
    )
    return replace(known, **changes)


def lying(folder: Folder, content: Parsed | None = None, name: str = "x.txt") -> Lying:
    return Lying(folder=folder, name=name, parsed=parsed() if content is None else content)
