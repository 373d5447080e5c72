"""Excel workbooks (.xlsx, .xlsb, and .xls of any age) → plain rows, in one form for all readers.

A workbook that was made to do harm, or is merely damaged, can make the library that reads it
take all memory, run for ever or end the process; so `packed` is to be called in a process of its
own (adapters/apart.py), and what it gives is text that cannot do anything any more.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

from tactd.marketplaces.export import NotAnExportError
from tactd.marketplaces.hidden import HIDDEN

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

LARGEST = 64 * 1024 * 1024  # bytes of the file; 100,000 orders take about 15 MB
MOST_UNPACKED = 512 * 1024 * 1024  # bytes; the same 100,000 orders take about 150 MB
MOST_CELLS = 12_000_000

# ASCII's own separators of groups (sheets), records (rows) and units (cells).
SHEET, ROW, CELL = "\x1d", "\x1e", "\x1f"
_MARK = SHEET.encode()

_EXACT = 10**15  # a spreadsheet keeps fifteen digits of a number, and makes zeros of the rest
_PROTECTED = "EncryptedPackage".encode("utf-16-le")
_DAMAGED = (
    "this workbook is damaged, protected by a password, or not whole yet: download it again, or "
    "open it in a spreadsheet and save it as CSV"
)

Cell = object
"""What the library gives for a cell: a text, a number, a truth value, a date or time."""


def is_workbook(data: bytes) -> bool:
    """Whether the bytes look like a workbook, whatever the file's name says."""
    return data.startswith((ZIP, OLE))


def is_packed(data: bytes) -> bool:
    return data.startswith(_MARK)


def packed(data: bytes) -> bytes:
    """All sheets of the workbook `data`, for `sheets`. Formulas are what they last came to.

    Raises NotAnExportError for anything that is no workbook, or a larger one than an export is."""
    check(data)
    return "".join(_packed_sheet(*sheet) for sheet in _read(data)).encode("utf-8", "replace")


def sheets(packed: bytes) -> Iterator[Iterator[list[str]]]:
    """The rows of each sheet of what `packed` gave."""
    text = packed.decode("utf-8", "replace")
    at = 0
    while at >= 0:
        start, at = at + 1, text.find(SHEET, at + 1)
        yield _rows(text, start, len(text) if at < 0 else at)


def check(data: bytes) -> None:
    """Raises NotAnExportError for what need not be tried, from its size and directory alone."""
    if len(data) > LARGEST:
        raise NotAnExportError(
            f"this workbook has {len(data) >> 20} MB, and none of more than {LARGEST >> 20} MB is "
            "read: save it as CSV, or download a shorter range of dates"
        )
    if data.startswith(OLE) and _PROTECTED in data:
        raise NotAnExportError("this workbook is protected by a password: save it without one")
    if data.startswith(ZIP):
        _check_zip(data)


def _check_zip(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, struct.error, NotImplementedError) as error:
        raise NotAnExportError(_DAMAGED) from error
    if not any(one.filename in ("xl/workbook.xml", "xl/workbook.bin") for one in members):
        raise NotAnExportError("this is a zip archive or another document: unpack it")
    unpacked = sum(one.file_size for one in members)
    if unpacked > MOST_UNPACKED:
        raise NotAnExportError(
            f"this workbook would unpack to {unpacked >> 20} MB, and none of more than "
            f"{MOST_UNPACKED >> 20} MB is read: download a shorter range of dates"
        )


def _read(data: bytes) -> Iterator[tuple[str, Iterable[Sequence[Cell]]]]:
    """(name, rows) of each sheet."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            rows, columns = ((at + 1) for at in sheet.end or (-1, -1))
            if rows * columns > MOST_CELLS:
                raise NotAnExportError(
                    f"the sheet {name[:40]!r} has {rows} rows of {columns} cells: no export is "
                    "that large; download a shorter range of dates"
                )
            yield name, sheet.iter_rows() if rows else ()
    except PasswordError as error:
        raise NotAnExportError(
            "this workbook is protected by a password: save it without one"
        ) from error
    except (CalamineError, OSError, ValueError) as error:
        raise NotAnExportError(_DAMAGED) from error


def _packed_sheet(name: str, rows: Iterable[Sequence[Cell]]) -> str:
    lines = (CELL.join(map(cell_text, row)) for row in rows)
    return SHEET + ROW.join((HIDDEN.sub("", name), *lines))


def _rows(text: str, start: int, end: int) -> Iterator[list[str]]:
    """The first record is the sheet's name."""
    at = text.find(ROW, start, end)
    while at >= 0:
        start, at = at + 1, text.find(ROW, at + 1, end)
        yield text[start : end if at < 0 else at].split(CELL)


def cell_text(value: Cell) -> str:
    """A cell as text that the readers of CSV understand: dates by ISO 8601, numbers with a point.

    A long number of which a spreadsheet has lost the last digits is written so that it is seen to
    be shortened (`1.2E+16`), and is nobody's number any more."""
    if isinstance(value, str):
        return value if value.isprintable() else HIDDEN.sub("", value.replace("_x000D_", ""))
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number_text(float(value))
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds").removesuffix(" 00:00:00")
    return value.isoformat() if isinstance(value, date) else str(value)


def _number_text(value: float) -> str:
    if abs(value) >= _EXACT:
        return f"{value:.14E}"
    if value.is_integer():
        return str(int(value))
    plain = format(Decimal(repr(value)), "f") if value == value else ""
    # `12.345` would be read as twelve thousand: prices have two decimals or none.
    return plain + "0" if len(plain.partition(".")[2]) == 3 else plain
