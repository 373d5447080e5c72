"""Bytes to text, whatever they were called: the charset ladder, and the cleaning of all text.

Total: any bytes and any declared name give text. Nothing here raises.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

import charset_normalizer

# What mail calls a charset, and the superset that its writers really used. A seller's mail from
# China labelled gb2312 holds GBK or GB18030 letters; "iso-8859-1" is cp1252 (WHATWG Encoding).
SUPERSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "hz": "hz",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
    "euc_kr": "cp949",
    "johab": "johab",
    "shift_jis": "cp932",
    "iso2022_jp": "iso2022_jp_ext",
    "iso2022_jp_1": "iso2022_jp_ext",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
}

# Names that Python does not know.
NAMES = {
    "gb_2312-80": "gb18030",
    "csgb2312": "gb18030",
    "ks_c_5601": "cp949",
    "x-gbk": "gb18030",
    "x-sjis": "cp932",
    "x-euc-jp": "euc_jp",
    "x-windows-949": "cp949",
    "windows-31j": "cp932",
    "windows-874": "cp874",
    "cp-850": "cp850",
    "utf8mb4": "utf-8",
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-8-e": "iso8859-8",
    "unicode-1-1-utf-8": "utf-8",
}

# They say nothing about 8-bit letters, or are no charset of mail (punycode is also quadratic).
NO_CHARSET = {"ascii", "punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined"}

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# What is worth guessing: the legacy charsets of the fifteen languages.
GUESSES = [
    "gb18030", "big5hkscs", "cp932", "euc_jp", "cp949", "koi8_r", "cp1251", "cp1256",
    "cp1250", "cp1254", "cp1252",
]  # fmt: skip
GUESS_BYTES = 65_536

STATEFUL = re.compile(rb"\x1b[$(]|~\{")  # ISO 2022 and HZ write all letters in seven bits
META = re.compile(rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{2,40})", re.IGNORECASE)

_HIRAGANA = re.compile("[ぁ-ん]")

MOST_BROKEN = 50  # one unreadable letter in so many does not make the declared charset a lie


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    flaw: str = ""  # "charset_guessed"; "charset": letters were lost, or may all be wrong


def codec(name: str | None) -> str | None:
    """The Python codec that reads what is declared as `name`; None where it says nothing."""
    label = (name or "").strip(" \t\"'").lower().partition("*")[0]
    if not label or len(label) > 40:
        return None
    if label.startswith("ks_c_5601"):
        label = "ks_c_5601"
    try:
        known = codecs.lookup(NAMES.get(label, label)).name
        b"a".decode(
            known, "replace"
        )  # refuses base64, rot13 and other codecs that are no text encodings
    except (LookupError, ValueError, TypeError):
        return None
    return None if known in NO_CHARSET else SUPERSETS.get(known, known)


def decode(data: bytes, declared: str | None = None, *, html: bool = False) -> Decoded:
    """The ladder: BOM, declared, UTF-8, HTML meta, declared with a few broken letters, a guess,
    Latin-1. A letter that was cut in two at the end of `data` is no reason to step down."""
    for mark, name in BOMS:
        if data.startswith(mark) and (text := _strict(data, name)) is not None:
            return Decoded(text)
    named = codec(declared)
    rungs = [named, "utf-8", codec(_meta(data)) if html else None]
    if named is None and STATEFUL.search(data):
        rungs.insert(0, "iso2022_jp_ext")
    for rung in rungs:
        if rung and (text := _strict(data, rung)) is not None:
            return Decoded(text)
    return _nearly(data, named) or _guess(data)


def _strict(data: bytes, name: str) -> str | None:
    try:
        return codecs.getincrementaldecoder(name)("strict").decode(data)
    except (ValueError, LookupError, TypeError):
        return None


def _meta(data: bytes) -> str | None:
    found = META.search(data, 0, 4096)
    return found[1].decode("ascii", "replace") if found else None


def _nearly(data: bytes, name: str | None) -> Decoded | None:
    if name is None:
        return None
    try:
        text = data.decode(name, "replace")
    except (ValueError, LookupError):
        return None
    return Decoded(text, "charset") if text.count("�") * MOST_BROKEN <= len(text) else None


def _guess(data: bytes) -> Decoded:
    for name in ("cp932", "euc_jp"):
        kana = _strict(data, name) or ""
        # Japanese is mostly hiragana; charset-normalizer takes its short texts for Korean.
        if len(_HIRAGANA.findall(kana, 0, GUESS_BYTES)) * 4 > len(kana[:GUESS_BYTES]):
            return Decoded(kana, "charset_guessed")
    best = charset_normalizer.from_bytes(
        data[:GUESS_BYTES], cp_isolation=GUESSES, steps=5, chunk_size=512
    ).best()
    text = _strict(data, best.encoding) if best else None
    if text is None:
        return Decoded(data.decode("latin-1"), "charset")
    return Decoded(text, "charset_guessed")


# --------------------------------------------------------------------------- cleaning

_BREAKS = dict.fromkeys((0x0B, 0x0C, 0x85, 0x2028, 0x2029), "\n")
_SPACES = dict.fromkeys((0xA0, 0x2007, 0x202F), " ")
_CONTROLS = [c for c in (*range(0x20), *range(0x7F, 0xA0)) if c not in (9, 10)]
# soft hyphen; zero-width; bidirectional marks, embeddings and isolates (UAX #9); invisible
# operators; byte order mark; interlinear marks; tag letters, with which text can be smuggled
_INVISIBLE = [
    0xAD, 0x034F, 0x061C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F),
    *range(0x2060, 0x2070), 0xFEFF, *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080),
]  # fmt: skip
_TABLE: dict[int, str | None] = {
    **dict.fromkeys((*_CONTROLS, *_INVISIBLE), None),
    **_BREAKS,
    **_SPACES,
    **dict.fromkeys(range(0xD800, 0xE000), "�"),
}
# The same as ranges: a class of single characters is many times slower to search.
_UNWANTED_ASCII = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_UNWANTED = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\xa0\xad\u034f\u061c\u180e\u2007\u200b-\u200f\u2028-\u202f"
    r"\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_MARKS = re.compile(r"[^\w\s\x00-\x7f]{31,}")
_MOST_MARKS = 30  # UAX #15, Stream-Safe Text Format: normalising longer runs is quadratic


def clean(text: str) -> str:
    """NFC without NUL, controls (tab and newline stay), bidi and zero-width marks."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii():
        return text.translate(_TABLE) if _UNWANTED_ASCII.search(text) else text
    if _UNWANTED.search(text):
        text = text.translate(_TABLE)
    return unicodedata.normalize("NFC", _MARKS.sub(_fewer_marks, text))


def line(text: str) -> str:
    """`clean`, on one line, without white space around."""
    return " ".join(clean(text).split())


def _fewer_marks(run: re.Match[str]) -> str:
    kept: list[str] = []
    marks = 0
    for letter in run[0]:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks <= _MOST_MARKS:
            kept.append(letter)
    return "".join(kept)
