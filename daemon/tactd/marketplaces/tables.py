"""Bytes of a table → its rows, whatever program saved it last: CSV, TSV, or a workbook that
workbook.packed has made text of.

Columns are found by name, never by position; the header may stand anywhere near the top.
"""

from __future__ import annotations

import codecs
import io
import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from tactd.marketplaces import workbook
from tactd.marketplaces.encodings import decode
from tactd.marketplaces.export import NoHeaderError, NotAnExportError, Problem
from tactd.marketplaces.records import Row, records_of

HEADER_WITHIN = 40  # records from the top
PROBED = 256 * 1024  # bytes of a large file
MOST_LINES = 1_200_000
MARKED_UP_WITHIN = 64 * 1024  # bytes from the top

_PICTURE = "a picture: download the report as CSV"
NOT_TABLES = (
    (b"%PDF", "a PDF document: download the report as CSV"),
    (b"PK\x03\x04", "an Excel workbook or a zip archive: save it as CSV"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook: save it as CSV"),
    (b"\x1f\x8b", "a gzip archive: unpack it"),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"<", "a web page, perhaps the page to log in: download the report again"),
    (b"{", "JSON data: download the report as CSV"),
)

_MARKED_UP = re.compile(rb"<table[\s>]|urn:schemas-microsoft-com:office:spreadsheet", re.IGNORECASE)
_SEPARATORS = (",", ";", "\t")
_SEP_LINE = re.compile(r'"?sep=([^"\r\n\w ])', re.IGNORECASE)
_NAME_NOISE = re.compile(r"[\s\-_/:.,#()*'\"“”?!\[\]]+")


@dataclass(slots=True)
class Table:
    """A header and the rows below it. Iterating reads on; `problems` grows meanwhile."""

    names: tuple[str, ...]  # the header as written
    columns: dict[str, int]  # normalised name → position; of two equal names the first
    notes: tuple[str, ...]
    problems: list[Problem] = field(default_factory=list)
    _records: Iterator[Row] = field(default_factory=lambda: iter(()))
    top: int = 0  # physical lines down to the header's last
    separator: str = ""  # "" in a workbook
    quoted: bool = True

    def __iter__(self) -> Iterator[Row]:
        return self._records


def normal_name(name: str) -> str:
    """A column's name without what differs between exports: case, spaces, punctuation."""
    return _NAME_NOISE.sub(" ", unicodedata.normalize("NFKC", name).casefold()).strip()


def read_table(data: bytes, wanted: Sequence[Collection[str]], *, tabs_quote: bool = True) -> Table:
    """The table in `data` whose header has at least one name of each group in `wanted`.

    `tabs_quote=False`: where tabs separate, a quotation mark is a letter like others,
    but for a pair around a whole cell: a spreadsheet saved the file.

    Raises NotAnExportError if there is none."""
    readings = () if _is_another(data, wanted, tabs_quote) else _readings(data, tabs_quote)
    for one in readings:
        for row in islice(one.records, HEADER_WITHIN):
            columns = _columns(row.cells)
            if _fits(columns, wanted):
                return Table(
                    names=tuple(row.cells),
                    columns=columns,
                    notes=one.notes,
                    problems=one.problems,
                    _records=one.records,
                    top=row.line - 1 + row.lines,
                    separator=one.separator,
                    quoted=one.quoted,
                )
    raise NoHeaderError(f"no header row with a column {_spoken(wanted)} near the top")


def _fits(columns: Collection[str], wanted: Sequence[Collection[str]]) -> bool:
    return all(any(name in columns for name in group) for group in wanted)


def _is_another(data: bytes, wanted: Sequence[Collection[str]], tabs_quote: bool) -> bool:
    """Whether the top of a large file shows already that it has no such header: each reader asks
    in turn, and reading all of it takes seconds."""
    end = data.rfind(b"\n", 0, PROBED) + 1
    if len(data) < 2 * PROBED or not end or workbook.is_packed(data):
        return False
    for one in _readings(data[:end], tabs_quote):
        rows = list(islice(one.records, HEADER_WITHIN))
        if len(rows) < HEADER_WITHIN or any(_fits(_columns(row.cells), wanted) for row in rows):
            return False
    return True


@dataclass(frozen=True, slots=True)
class _Reading:
    records: Iterator[Row]
    problems: list[Problem]  # what is wrong with them; grows meanwhile
    notes: tuple[str, ...]
    separator: str = ""
    quoted: bool = True


def _readings(data: bytes, tabs_quote: bool) -> Iterator[_Reading]:
    """Every way in which the data may be rows."""
    if workbook.is_packed(data):
        for rows in workbook.sheets(data):
            yield _Reading((Row(line, cells) for line, cells in enumerate(rows, 1)), [], ())
        return
    refuse_what_is_no_table(data)
    text, encoding = decode(data)
    notes = () if encoding == "utf-8" else (f"read as {encoding}",)
    lines = io.StringIO(text, newline="").readlines()
    for separator in _separators(text):
        problems: list[Problem] = []
        quoted = tabs_quote or separator != "\t"
        records = records_of(lines, separator, problems, quoted)
        yield _Reading(records, problems, notes, separator, quoted)


def refuse_what_is_no_table(data: bytes) -> None:
    """Raises NotAnExportError for an empty file, for well-known other kinds of file, and for more
    lines than there is memory for."""
    if (lines := data.count(b"\n")) > MOST_LINES:
        raise NotAnExportError(
            f"this file has {lines} lines, and none of more than {MOST_LINES} is read: download a "
            "shorter range of dates"
        )
    start = data[:512].removeprefix(codecs.BOM_UTF8).lstrip()
    if not data.strip(b"\x00 \t\r\n"):
        raise NotAnExportError("the file is empty")
    if start.startswith(b"<") and _MARKED_UP.search(data[:MARKED_UP_WITHIN]):
        raise NotAnExportError(
            "this is a web page or XML file with a table in it, as some programs write for a "
            "workbook: open it in a spreadsheet and save it as .xlsx"
        )
    for magic, what in NOT_TABLES:
        if start.startswith(magic):
            raise NotAnExportError(f"this is {what}")


def _separators(text: str) -> tuple[str, ...]:
    named = _SEP_LINE.match(text)
    return (named[1], *_SEPARATORS) if named else _SEPARATORS


def _columns(cells: list[str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for position, cell in enumerate(cells):
        columns.setdefault(normal_name(cell), position)
    return columns


def _spoken(wanted: Sequence[Collection[str]]) -> str:
    return ", ".join(f"“{next(iter(group))}”" for group in wanted)
