"""From the bytes that an editor saved to text, and notes put on top of them.

Tried in this order: a byte order mark; UTF-16 without one (our marked line shows which half comes
first); UTF-8; GBK as Chinese Windows saves it ("ANSI"). Whatever remains is read as UTF-8 with
replacement signs and is not `whole`. Whether GBK lost a letter is judged by core/sheet/parse.py.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
GBK = "gb18030"  # the superset that editors on other systems write under the same name
_TELLTALE = "=== tactd"
_NOTE = "# >> "


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    codec: str
    bom: bytes
    whole: bool  # every byte made sense


def _euro(error: UnicodeError) -> tuple[str, int]:
    """Windows code page 936 holds € at 0x80, where Python's GBK codecs know nothing."""
    if isinstance(error, UnicodeDecodeError) and error.object[error.start] == 0x80:
        return "€", error.start + 1
    raise error


codecs.register_error("tactd.euro", _euro)


def decode(data: bytes) -> Decoded:
    """Total: any bytes give a text."""
    for bom, codec in _MARKS:
        if data.startswith(bom):
            return _read(data[len(bom) :], codec, bom)
    if sixteen := _utf16(data):
        return _read(data, sixteen)
    for codec, errors in (("utf-8", "strict"), (GBK, "tactd.euro")):
        try:
            return Decoded(data.decode(codec, errors), codec, b"", whole=True)
        except UnicodeDecodeError:
            continue
    return _read(data, "utf-8")


def with_note(data: bytes, note: str) -> bytes | None:
    """The file with the note as "# >> " lines on top, in its own encoding and line ends, in place
    of earlier notes; else byte for byte as it was. None: not text, or the note does not fit its
    encoding."""
    decoded = decode(data)
    if not decoded.whole or "\0" in decoded.text:
        return None
    end = "\r\n" if "\r\n" in decoded.text else "\n"
    try:
        block = "".join(_NOTE + line + end for line in note.splitlines()).encode(decoded.codec)
    except UnicodeEncodeError:
        return None
    return decoded.bom + block + _without_notes(data[len(decoded.bom) :], decoded)


def _read(data: bytes, codec: str, bom: bytes = b"") -> Decoded:
    try:
        return Decoded(data.decode(codec), codec, bom, whole=True)
    except UnicodeDecodeError:
        return Decoded(data.decode(codec, "replace"), codec, bom, whole=False)


def _utf16(data: bytes) -> str | None:
    for codec in ("utf-16-le", "utf-16-be"):
        at = data.find(_TELLTALE.encode(codec))
        if at >= 0 and at % 2 == 0:
            return codec
    return None


def _without_notes(data: bytes, decoded: Decoded) -> bytes:
    note, end = _NOTE.encode(decoded.codec), "\n".encode(decoded.codec)
    while data.startswith(note):
        at = data.find(end)
        while at % len(end) and at >= 0:  # in UTF-16 half a letter may look like a line's end
            at = data.find(end, at + 1)
        data = data[at + len(end) :] if at >= 0 else b""
    return data
