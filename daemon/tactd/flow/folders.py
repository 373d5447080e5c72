"""What lies in the folders below replies/, and which reply each file belongs to.

Only what has been seen is remembered here. What a file means is judged afresh from the store
(flow/desk.py), and nothing of this need survive a restart.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from tactd.adapters.staging import Found, Staging
from tactd.adapters.store.replies import Stored
from tactd.core.filing.words import Filed, Folder
from tactd.core.reach import pasted, place_of
from tactd.core.sheet.parse import Parsed, parse

Place = tuple[Folder, str]  # and the file's name
Leaf = tuple[Folder, str, str]  # a file to be written: folder, name, text


class Folders:
    """Belongs to the thread that owns the store. Raises OSError where a folder cannot be read."""

    def __init__(self, staging: Staging) -> None:
        self.staging = staging
        self._ids: dict[Place, int | None] = {}
        self._news: set[Place] = set()  # seen, and not yet acted on

    def scan(self, now: datetime, *, anew: bool = False) -> dict[Place, Found]:
        """What lies there. News stays news until it has been acted on, whoever scans."""
        found = {(one.folder, one.name): one for one in self.staging.scan(now, anew=anew)}
        self._news &= found.keys()
        self._news |= {place for place, one in found.items() if one.data is not None}
        return found

    def read_news(self, found: dict[Place, Found]) -> dict[Place, Parsed]:
        """The files that are news, taken apart; what is gone is forgotten."""
        fresh = {}
        for place, one in found.items():
            if place not in self._news and place in self._ids:
                continue
            parsed = self.parse(one)
            self._ids[place] = parsed.id
            if place in self._news:
                fresh[place] = parsed
        for place in self._ids.keys() - found.keys():
            del self._ids[place]
        return fresh

    def acted_on(self, places: Collection[Place]) -> None:
        self._news.difference_update(places)

    def parse(self, one: Found) -> Parsed:
        """What cannot be read counts as empty."""
        if one.too_big or one.unreadable:
            return parse(b"")
        try:
            return parse(one.data if one.data is not None else self.staging.read(one))
        except (OSError, ValueError):
            return parse(b"")

    def write_many(self, sheets: Mapping[int, Leaf]) -> list[str | OSError]:
        """The files of these replies, by number. The name used of each, or why it was not
        written."""
        written = self.staging.write_many(list(sheets.values()))
        for (number, (folder, _, _)), used in zip(sheets.items(), written, strict=True):
            if isinstance(used, str):
                self._ids[folder, used] = number
        return written

    def move(self, one: Found, folder: Folder, note: str, number: int | None) -> str:
        """Moves the file of reply `number`; the name used. Raises OSError, FileNotFoundError if
        it is gone."""
        used = self.staging.move(one, folder, note)
        self._ids.pop((one.folder, one.name), None)
        self._ids[folder, used] = number
        return used

    # ------------------------------------------------------------------ whose file is it?

    def numbers(self) -> set[int | None]:
        """The replies that have a file, as of the last look."""
        return set(self._ids.values())

    def places(self, number: int | None, found: dict[Place, Found]) -> list[Place]:
        """Where the files of a reply lie (None: those that carry no id)."""
        return [place for place, known in self._ids.items() if known == number and place in found]

    def find(self, stored: Stored, found: dict[Place, Found]) -> Found | None:
        """The reply's file: where it was put, or wherever the seller has moved it."""
        home = found.get((home_of(stored), stored.file_name or ""))
        if home is not None and not self._of_another(stored):
            return home
        return next((found[place] for place in self.places(stored.reply.id, found)), None)

    def on_disk(self, stored: Stored) -> bool:
        """Does the file lie in its place? A look leaves out what is just being written."""
        lies = self.staging.lies(home_of(stored), stored.file_name or "")
        return lies and not self._of_another(stored)

    def _of_another(self, stored: Stored) -> bool:
        """Where its file was put, that of another reply lies now: a draft that was drawn again has
        the same name, once its forerunner has been moved."""
        owner = self._ids.get((home_of(stored), stored.file_name or ""))
        return owner is not None and owner != stored.reply.id

    def lies_anywhere(self, stored: Stored) -> bool:
        """Under its own name, in whichever folder: it may be on its way from one to another."""
        return any(self.staging.lies(folder, stored.file_name or "") for folder in Folder)


def home_of(stored: Stored) -> Folder:
    return Folder(stored.folder) if stored.folder else Folder.STAGED


def filed_as(stored: Stored) -> Filed:
    """What the store knows of a reply and its file."""
    reply = stored.reply
    return Filed(
        id=reply.id,
        state=reply.state,
        to=place_of(reply.to, reply.order),
        subject=reply.subject,
        body=reply.body,
        folder=home_of(stored),
        file_name=stored.file_name or "",
        pasted=pasted(reply.to),
    )
