"""A large table, read part by part: where it can be cut, and what must be known of it before.

Whatever the size of the parts, all of them together say what the file says in one piece
(tests/orders/test_streaming.py). So a part ends only where another order begins, and orders whose
rows do not stand together are read in parts of their own, at the end.
"""

from __future__ import annotations

import csv
import io
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice

from tactd.marketplaces.encodings import holds_controls
from tactd.marketplaces.export import Export, Problem, Whole
from tactd.marketplaces.hidden import HIDDEN
from tactd.marketplaces.reader import Reader
from tactd.marketplaces.records import Row, records_of, whole
from tactd.marketplaces.seen import Seen
from tactd.marketplaces.tables import Table

ROWS = 1000  # a part
MOST_ROWS = 10_000  # a part of which no row names an order
TOGETHER = 100  # lines
AT_ONCE = 2000  # orders with scattered rows in a part
_MARK = "\ufeff".encode()


@dataclass(frozen=True, slots=True)
class Survey:
    top: str  # the lines down to the header
    cuts: tuple[int, ...]  # after how many lines parts begin and end; the first is the header's
    whole: Whole
    scattered: frozenset[str]  # orders whose rows may not stand together

    @property
    def buckets(self) -> int:
        """In how many parts the orders with scattered rows are read."""
        return -(-len(self.scattered) // AT_ONCE)


@dataclass(frozen=True, slots=True)
class Part:
    data: bytes  # below the header, as UTF-8
    lines: (
        Mapping[int, int] | int
    )  # line there → line in the file; or how far off, below the header
    top: int = 0  # lines down to the header
    end: int = 0  # lines of the file down to the end of this

    def line(self, line: int) -> int:
        if isinstance(self.lines, int):
            return line + self.lines if line > self.top else line
        return self.lines.get(line, line)


def survey(
    reader: Reader,
    sample: bytes,
    lines: Callable[[], Iterable[str]],
    name: str,
    modified: datetime,
    rows: int = ROWS,
) -> Survey:
    """`sample`: the file's beginning, with its header, as UTF-8; `lines` gives all its lines.
    Raises NotAnExportError where the header is not the reader's."""
    table = reader.table(sample)
    looking = Looking(reader, table, rows)
    looking.see_all(lines())
    return looking.found("".join(islice(lines(), table.top)), name, modified)


def parts(found: Survey, lines: Iterable[str]) -> Iterator[Part]:
    """The file in pieces, but for what is scattered."""
    left, top = iter(lines), found.cuts[0]
    for _ in islice(left, top):
        pass
    for start, end in zip(found.cuts, found.cuts[1:], strict=False):
        text = found.top + "".join(islice(left, end - start))
        yield Part(_MARK + text.encode("utf-8", "replace"), start - top, top, end)


def scattered(
    reader: Reader, sample: bytes, found: Survey, lines: Iterable[str], bucket: int
) -> Part:
    """The rows of the orders in that bucket, wherever they stand."""
    table = reader.table(sample)
    number, kept, above = reader.number(table), list[Row](), False
    for row in _below(table, lines, -1, table.top, []):
        if own := number(row.cells):
            above = own in found.scattered and _bucket(own, found.buckets) == bucket
        elif not any(row.cells):
            above = False
        if above:
            kept.append(row)
    return _rebuilt(table, kept)


def read_part(
    reader: Reader, part: Part, name: str, found: Survey, bucket: int | None = None
) -> Export:
    """What that part says, its problems by the lines of the file."""
    apart = found.scattered if bucket is None else frozenset[str]()
    whole = replace(found.whole, apart=apart)
    export = reader.parse(part.data, name, whole.as_of, None, whole)
    problems = (Problem(part.line(one.line), one.reason) for one in export.problems)
    return replace(export, problems=tuple(problems))


@dataclass(slots=True)
class Looking:
    """Sees all rows once and keeps hardly any."""

    reader: Reader
    table: Table
    rows: int = ROWS
    top: int = -1  # lines above the first row; -1: down to the header, as the table says
    cuts: list[int] = field(default_factory=list)
    end: int = 0
    scattered: set[str] = field(default_factory=set)
    kept: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    seen: Seen = field(default_factory=Seen)
    first: str = ""  # the number of the first row
    last: str = ""  # and of the last one; "" where it has none, or a blank row follows

    def __post_init__(self) -> None:
        self.top = self.table.top if self.top < 0 else self.top
        self.cuts.append(self.top)
        self.end = self.top

    def see_all(self, lines: Iterable[str]) -> None:
        """The rows, parted as far as the reader's `first_cells` want it."""
        number, tells = self.reader.number(self.table), self.reader.tells(self.table)
        before, last, since, blank = self.seen.before, "", 0, False
        row, own = None, ""
        most = self.reader.first_cells(self.table)
        for row in _below(self.table, lines, most, self.top, self.problems):
            own = number(row.cells)
            if not own and row.cut:
                row = whole(row, self.table.separator)
            new = bool(own) and own != last
            if not own and not any(row.cells):
                blank = True
                continue
            if (since >= self.rows and new and not blank) or (since >= MOST_ROWS and not own):
                self.cuts.append(row.line - 1)
                since = 0
            since += 1
            if new:
                if not last and row.line == self.top + 1:
                    self.first = own
                last = own
                if before(own):
                    self.scattered.add(own)
            if not row.cut and tells(row, blank):
                self.kept.append(row)
            blank = False
        if row is not None:
            self.end = row.line - 1 + row.lines
        self.last = "" if blank else own

    def found(self, top: str, name: str, modified: datetime) -> Survey:
        sketch = _rebuilt(self.table, self.kept, blank=True).data
        return Survey(
            top=top,
            cuts=(*self.cuts, self.end),
            whole=self.reader.whole(sketch, name, modified),
            scattered=frozenset(self.scattered),
        )


def _below(
    table: Table, lines: Iterable[str], most: int, top: int, problems: list[Problem]
) -> Iterator[Row]:
    """The rows that begin after `top` of the lines, with their lines among these."""
    left = iter(lines)
    for _ in islice(left, top):
        pass
    return records_of(_plain(left), table.separator, problems, table.quoted, top, most)


def _plain(lines: Iterator[str]) -> Iterator[str]:
    """The lines without what is hidden in them. Asked of many together, that takes little time."""
    while some := list(islice(lines, TOGETHER)):
        together = "".join(some)
        if together.isascii() and not holds_controls(together):
            yield from some
        else:
            # what can be printed hides nothing
            yield from (
                line if line.rstrip("\r\n").isprintable() else HIDDEN.sub("", line) for line in some
            )


def _rebuilt(table: Table, rows: Sequence[Row], *, blank: bool = False) -> Part:
    """A table of these rows, after a blank one, so that what stood below a blank one does again."""
    out, places, line = io.StringIO(newline=""), {}, 1
    for row in (Row(0, list(table.names)), *([Row(0, [])] if blank else []), *rows):
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerow(row.cells)
        out.write(text.getvalue())
        if row.line:
            places[line] = row.line
        text.seek(0)
        line += len(text.readlines())
    return Part(_MARK + out.getvalue().encode("utf-8", "replace"), places)


def _bucket(number: str, of: int) -> int:
    return zlib.crc32(number.encode("utf-8", "replace")) % of
