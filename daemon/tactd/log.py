"""The log: one line an event, with a stable name and fields, for people and for grep.

    2026-11-21T21:14:03+08:00 info event=mail_kept mailbox=shop uid=12

Under journald the time and the level are its own business, and the line begins with the priority
that sd-daemon(3) defines: `<6>event=mail_kept …`. Fields hold ids, codes and counts; a body or a
password has no place in them. As a last net, whatever looks like a mail address is masked.
"""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Literal, TextIO

from tactd.errors import TactdError

Level = Literal["debug", "info", "warning", "error"]

_LEVELS: Mapping[Level, int] = {
    "debug": logging.DEBUG,
    "info": logging.INFO,
    "warning": logging.WARNING,
    "error": logging.ERROR,
}
_PRIORITIES = ((logging.ERROR, 3), (logging.WARNING, 4), (logging.INFO, 6), (logging.NOTSET, 7))
# imapclient writes whole mails to its logs at DEBUG
_SILENT = ("imapclient", "imapclient.imaplib")
_LONGEST = 300  # characters of a value; a body that slips in is cut
_LOOKED_AT = 16 * _LONGEST  # masking makes a value shorter, so more is looked at than is shown
_FRAMES = 4

_logger = logging.getLogger("tactd")
_WORD = re.compile(r"[^\s<>()\[\],;:\"']+")
_BARE = re.compile(r"[^\s\"=\\]+")


def event(name: str, /, *, level: Level = "info", **fields: object) -> None:
    """Logs one event. `name` is stable: people search for it. A field that is None is left out."""
    _logger.log(_LEVELS[level], name, extra={"fields": fields})


def failure(name: str, error: BaseException, /, **fields: object) -> None:
    """Logs an event that nobody foresaw, with the place where it went wrong."""
    _logger.error(name, exc_info=error, extra={"fields": fields})


def configure(level: Level, stream: TextIO, journald: bool) -> None:
    """Sends the log to `stream`, from `level` on; a second call replaces the first.

    Other libraries are heard from "warning" on, and imapclient never.
    """
    root = logging.getLogger()
    for old in [handler for handler in root.handlers if isinstance(handler, _Output)]:
        root.removeHandler(old)
    output = _Output(stream)
    output.setFormatter(_Logfmt(journald))
    root.addHandler(output)
    root.setLevel(logging.WARNING)
    _logger.setLevel(_LEVELS[level])
    for name in _SILENT:
        logging.getLogger(name).disabled = True


def masked(text: str) -> str:
    """`text` with every mail address as j***@…"""
    if "@" not in text and "＠" not in text:
        return text
    return _WORD.sub(lambda word: _mask(word[0]), text)


def _mask(word: str) -> str:
    at = min((place for mark in "@＠" if (place := word.find(mark)) >= 0), default=-1)
    if at < 0:
        return word
    return f"{word[:1] if at else ''}***@…"


class _Output(logging.StreamHandler[TextIO]):
    """A type of its own, so that `configure` finds what it added before."""


class _Logfmt(logging.Formatter):
    def __init__(self, journald: bool) -> None:
        super().__init__()
        self._journald = journald

    def format(self, record: logging.LogRecord) -> str:
        pairs = (f"{key}={_value(value)}" for key, value in _fields(record) if value is not None)
        return f"{self._prefix(record)}{' '.join(pairs)}"

    def _prefix(self, record: logging.LogRecord) -> str:
        if self._journald:
            number = next(number for least, number in _PRIORITIES if record.levelno >= least)
            return f"<{number}>"
        moment = datetime.fromtimestamp(record.created).astimezone()
        return f"{moment.isoformat(timespec='seconds')} {record.levelname.lower()} "


def _fields(record: logging.LogRecord) -> list[tuple[str, object]]:
    own = getattr(record, "fields", None)
    if isinstance(own, dict):
        pairs: list[tuple[str, object]] = [("event", record.msg), *own.items()]
    else:
        pairs = [("event", "log"), ("logger", record.name), ("message", record.getMessage())]
    if record.exc_info and record.exc_info[1]:
        pairs += _error(record.exc_info[1])
    return pairs


def _error(error: BaseException) -> list[tuple[str, object]]:
    # what a parser says about a mail quotes the mail: such words are for the level "debug" only
    harmless = isinstance(error, OSError | TactdError) or _logger.isEnabledFor(logging.DEBUG)
    detail = str(error) if harmless else None
    return [("error", type(error).__name__), ("detail", detail), ("at", _place(error))]


def _place(error: BaseException) -> str:
    """Where it went wrong, innermost first: "read.py:30 charset < pipeline.py:120 handle"."""
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    return " < ".join(f"{Path(row.filename).name}:{row.lineno} {row.name}" for row in frames[::-1])


def _value(value: object) -> str:
    text = masked(_plain(value)[:_LOOKED_AT])
    if len(text) > _LONGEST:
        text = f"{text[:_LONGEST]}…"
    if _BARE.fullmatch(text) and text.isprintable():
        return text
    return f'"{"".join(_escaped(letter) for letter in text)}"'


def _plain(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case float():
            return f"{value:.6g}"
        case datetime():
            return value.isoformat(timespec="seconds")
        case _:
            return str(value)


def _escaped(letter: str) -> str:
    if letter in '"\\':
        return f"\\{letter}"
    if letter == " " or letter.isprintable():
        return letter
    return letter.encode("unicode_escape").decode("ascii")
