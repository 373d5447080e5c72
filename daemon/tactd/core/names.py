"""Names of files that people made. Those from Chinese archives are often GBK, which is no UTF-8:
such a name can neither be stored nor shown."""

from __future__ import annotations

from contextlib import suppress


def storable(name: str) -> str:
    """A name that can be written anywhere: itself, if it can (a name that is not UTF-8 comes from
    the system with lone surrogates, PEP 383)."""
    if name.isascii():
        return name
    raw = name.encode("utf-8", "surrogateescape")
    for charset in ("utf-8", "gb18030"):
        with suppress(UnicodeDecodeError):
            return raw.decode(charset)
    return raw.decode("ascii", "replace").replace("\ufffd", "_")
