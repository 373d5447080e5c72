"""Bytes of a table → text, whatever program saved it last: a mark at the start, UTF-8, the Chinese
encoding, the Japanese, or the Western one."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field

from tactd.marketplaces.hidden import HIDDEN

SAMPLED = 200_000  # bytes from the top
_CONTROLS = bytes(code for code in range(128) if HIDDEN.match(chr(code)))
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(data: bytes) -> tuple[str, str]:
    """The text and the encoding it was read by, without hidden characters. Never fails:
    undecodable bytes become U+FFFD."""
    encoding, skip = _encoding(data)
    plain = data[skip:]
    if encoding == "utf-8" and plain.isascii():  # most of what is read, and quickly done
        return plain.translate(None, _CONTROLS).decode("ascii"), encoding
    return HIDDEN.sub("", plain.decode(encoding, "replace")), encoding


def holds_controls(text: str) -> bool:
    """Does ASCII text hide anything?"""
    return len(text.encode("ascii").translate(None, _CONTROLS)) < len(text)


@dataclass(slots=True)
class Encoding:
    """Finds the encoding of a file that is given piece by piece, as `decode` would see it whole."""

    _start: bytes = b""
    _spoilt: int = 0
    _letters: int = 0  # beyond ASCII
    _decoder: codecs.IncrementalDecoder = field(
        default_factory=lambda: codecs.getincrementaldecoder("utf-8")("replace")
    )

    def feed(self, piece: bytes) -> None:
        if len(self._start) < SAMPLED:
            self._start += piece[: SAMPLED - len(self._start)]
        self._count(self._decoder.decode(piece))

    def found(self) -> tuple[str, int]:
        """The encoding, and how many bytes of a mark to skip. Ends it."""
        for bom, name in BOMS:
            if self._start.startswith(bom):
                return name, len(bom)
        if (wide := _wide(self._start[:400])) is not None:
            return wide, 0
        self._count(self._decoder.decode(b"", final=True))
        if self._spoilt * 20 <= self._letters:
            return "utf-8", 0
        return _by_letters(self._start), 0

    def _count(self, text: str) -> None:
        if not text.isascii():
            self._spoilt += text.count("\ufffd")
            self._letters += len(text) - len(text.encode("ascii", "ignore"))


def _encoding(data: bytes) -> tuple[str, int]:
    for bom, name in BOMS:
        if data.startswith(bom):
            return name, len(bom)
    if (wide := _wide(data[:400])) is not None:
        return wide, 0
    if _is_utf8(data):
        return "utf-8", 0
    return _by_letters(data[:SAMPLED]), 0


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a mark shows as a NUL beside nearly every Latin letter."""
    half = len(sample) // 2
    if half and sample[1::2].count(0) > 0.6 * half:
        return "utf-16-le"
    if half and sample[0::2].count(0) > 0.6 * half:
        return "utf-16-be"
    return None


def _is_utf8(data: bytes) -> bool:
    """Also with a few spoilt bytes, or cut off within a letter."""
    if data.isascii():
        return True
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
        good = len(text.encode("ascii", "ignore"))
        return text.count("\ufffd") * 20 <= len(text) - good
    return True


# How an encoding's letters beyond ASCII lie in the bytes, which of them ordinary text is made of,
# and of how many letters at least one is such.
_EASTERN = (
    (  # the punctuation and the first level of GB 2312
        "gb18030",
        re.compile(
            rb"[\x81-\x84][0-9][\x81-\xfe][0-9]|[\x81-\xfe][\x40-\x7e\x80-\xfe]|[\x80-\xff]"
        ),
        re.compile(rb"[\xa1-\xa9\xb0-\xd7][\xa1-\xfe]"),
        4,  # in traditional letters fewer are
    ),
    (  # hiragana and katakana: a Japanese file has some, if only in the names of its goods
        "cp932",
        re.compile(rb"[\x81-\x9f\xe0-\xfc][\x40-\x7e\x80-\xfc]|[\x80-\xff]"),
        re.compile(rb"\x82[\x9f-\xf1]|\x83[\x40-\x7e\x80-\x96]"),
        10,
    ),
)


def _by_letters(sample: bytes) -> str:
    """Western text has letters such as `úñ` side by side too: that bytes come in pairs, and that
    they can be decoded, is no proof of another script."""
    for encoding, letters, usual, one_of in _EASTERN:
        found = letters.findall(sample)
        if one_of * sum(usual.fullmatch(letter) is not None for letter in found) > len(found):
            return encoding
    return "cp1252"
