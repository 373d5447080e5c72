"""The seller's desk: the folders below replies/. What waits for him is written there, and what he
does there is done: `mv` to approved/ sends, to rejected/ drops.

Decisions are committed to the store first and files moved after; every move that a crash has cut
off is made up for at the next look, because a file's meaning is judged afresh from the store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection

from tactd import log
from tactd.adapters.staging import Found, Staging
from tactd.adapters.store import Store, journal, replies
from tactd.adapters.store.journal import Snapshot
from tactd.adapters.store.replies import Stored
from tactd.core.filing.judge import (
    Action,
    Approve,
    Filed,
    Folder,
    Lying,
    Reject,
    Restore,
    Retract,
    SetAside,
    Trouble,
    explain,
    judge_together,
)
from tactd.core.reasons import sentence
from tactd.core.sheet.file import file_name, render
from tactd.core.sheet.parse import Parsed, parse, same_text
from tactd.core.types import ReplyState
from tactd.errors import StoreError
from tactd.flow.approve import Redraw, Ruling, approve, changes, new_order, reject, retract
from tactd.flow.record import withdraw
from tactd.flow.rules import Rules
from tactd.flow.sheets import sheet_of

AT_ONCE = 200

Place = tuple[Folder, str]  # and the file's name


class Desk:
    """Runs in the thread that owns the store."""

    def __init__(
        self,
        store: Store,
        staging: Staging,
        rules: Callable[[], Rules],
        clock: Callable[[], datetime],
        token: Callable[[], str],
        redraw: Redraw,
    ) -> None:
        self.store = store
        self.staging = staging
        self.rules = rules
        self.clock = clock
        self.token = token
        self.redraw = redraw
        self._ids: dict[Place, int | None] = {}
        self._news: set[Place] = set()  # seen, and not yet acted on

    # ------------------------------------------------------------------ store → folders

    def write_new(self) -> int:
        """Write the files of replies that have none yet; how many."""
        with self.store.read() as conn:
            waiting = replies.unwritten(conn, AT_ONCE)
            snapshots = journal.snapshots(conn, [one.reply.decision or 0 for one in waiting])
        if not waiting:
            return 0
        sheets = {one.reply.id: self._file_safely(one, snapshots) for one in waiting}
        written = self.staging.write_many((Folder.STAGED, *one) for one in sheets.values() if one)
        done = [one for one in waiting if sheets[one.reply.id]]
        with self.store.write() as conn:
            places = []
            for stored in waiting:
                if not sheets[stored.reply.id]:
                    self._tell_unwritten(conn, stored)
            for stored, used in zip(done, written, strict=True):
                if isinstance(used, OSError):
                    self._tell_unwritable(conn, stored, used)
                else:
                    places.append((stored.reply.id, Folder.STAGED, used))
            replies.note_files(conn, places)
            if places and len(places) == len(done):
                journal.resolve(conn, "folder_unwritable", "staged", self.clock())
        return len(places)

    def _tell_unwritable(self, conn: Connection, stored: Stored, error: OSError) -> None:
        detail = f"replies/staged cannot be written: {error.strerror}"
        journal.report(conn, "folder_unwritable", "staged", detail, self.clock())
        log.event("staged_unwritable", level="error", reply=stored.reply.id)

    def _tell_unwritten(self, conn: Connection, stored: Stored) -> None:
        """It is tried again at the next start (`_miss_files`)."""
        detail = "its file could not be written: see the log; answer the buyer yourself"
        journal.report(conn, "file_failed", f"reply {stored.reply.id}", detail, self.clock())
        replies.note_file(conn, stored.reply.id, Folder.STAGED, None)

    def _file_safely(
        self, stored: Stored, snapshots: Mapping[int, Snapshot]
    ) -> tuple[str, str] | None:
        """One reply that cannot be shown must not keep the others from being shown."""
        try:
            return self._file(stored, snapshots[stored.reply.decision or 0])
        except Exception as error:  # noqa: BLE001
            log.failure("file_failed", error, reply=stored.reply.id)
            return None

    def _file(self, stored: Stored, snapshot: Snapshot) -> tuple[str, str]:
        sheet = sheet_of(stored, snapshot, self.rules().policy)
        return file_name(sheet), render(sheet)

    # ------------------------------------------------------------------ folders → store

    def look(self, *, anew: bool = False) -> int:
        """See what the seller has done since the last look, and do it; how many files meant
        something."""
        found = self._scan(anew=anew)
        fresh = self._read(found)
        for place in self._ids.keys() - found.keys():
            del self._ids[place]
        done = [self._handle(number, fresh, found) for number in self._changed(fresh)]
        if anew:
            self._miss_files()
        return sum(done) + self._move_pending(found)

    def _scan(self, *, anew: bool = False) -> dict[Place, Found]:
        """What lies there. News stays news until it has been acted on, whoever scans."""
        now = self.clock()
        found = {(one.folder, one.name): one for one in self.staging.scan(now, anew=anew)}
        self._news &= found.keys()
        self._news |= {place for place, one in found.items() if one.data is not None}
        return found

    def _miss_files(self) -> None:
        """A staged reply whose file is gone would never be seen again: it is written anew. Who
        wants it dropped moves its file to rejected/."""
        there = set(self._ids.values())
        with self.store.write() as conn:
            for stored in replies.in_states(conn, ReplyState.STAGED):
                gone = stored.folder and not stored.move_to and stored.reply.id not in there
                if gone and not self._on_disk(stored):
                    log.event("staged_file_missing", level="warning", reply=stored.reply.id)
                    replies.note_file(conn, stored.reply.id, None, None)
                    journal.resolve(conn, "file_failed", f"reply {stored.reply.id}", self.clock())

    def move_pending(self) -> int:
        """Bring files to where the state of their reply wants them; how many."""
        with self.store.read() as conn:
            if not replies.misfiled(conn, 1):
                return 0
        return self.look()

    def _read(self, found: dict[Place, Found]) -> dict[Place, Parsed]:
        """The files that are news, taken apart."""
        fresh = {}
        for place, one in found.items():
            if place not in self._news and place in self._ids:
                continue
            parsed = self._parse(one)
            self._ids[place] = parsed.id
            if place in self._news:
                fresh[place] = parsed
        return fresh

    def _parse(self, one: Found) -> Parsed:
        if one.too_big or one.unreadable:
            return parse(b"")
        try:
            return parse(one.data if one.data is not None else self.staging.read(one))
        except (OSError, ValueError):
            return parse(b"")

    @staticmethod
    def _changed(fresh: dict[Place, Parsed]) -> list[int | None]:
        return list(dict.fromkeys(parsed.id for parsed in fresh.values()))

    def _handle(
        self, number: int | None, fresh: dict[Place, Parsed], found: dict[Place, Found]
    ) -> int:
        """All files that carry one id (or, for None, each file that carries none)."""
        places = [place for place, known in self._ids.items() if known == number and place in found]
        if number is None:
            places = [place for place in places if place in fresh]
            groups = [[place] for place in places]
        else:
            groups = [places]
        return sum(self._handle_safely(number, group, fresh, found) for group in groups)

    def _handle_safely(
        self,
        number: int | None,
        places: list[Place],
        fresh: dict[Place, Parsed],
        found: dict[Place, Found],
    ) -> int:
        """One file that cannot be handled must not hold up the others. It is tried again where the
        disk is at fault; else only when the seller touches it."""
        done, error = 0, None
        try:
            done = self._handle_group(number, places, fresh, found)
        except OSError as caught:
            error = caught
        except StoreError:
            raise
        except Exception as caught:  # noqa: BLE001
            log.failure("file_failed", caught, reply=number)
            self._report_file(places, f"{type(caught).__name__} while handling it: see the log")
        if error is not None:
            self._report_file(places, f"it cannot be moved: {error.strerror}")
            return 0
        self._news.difference_update(places)
        return done

    def _report_file(self, places: list[Place], detail: str) -> None:
        with self.store.write() as conn:
            for folder, name in places:
                journal.report(conn, "file_failed", f"{folder}/{name}", detail, self.clock())

    def _handle_group(
        self,
        number: int | None,
        places: list[Place],
        fresh: dict[Place, Parsed],
        found: dict[Place, Found],
    ) -> int:
        files = [
            Lying(
                folder=Folder(place[0]),
                name=place[1],
                parsed=fresh.get(place) or self._parse(found[place]),
            )
            for place in places
        ]
        with self.store.write() as conn:
            stored = replies.get(conn, number) if number is not None else None
            actions = judge_together(files, _filed(stored))
            moves = [self._apply(conn, stored, *pair) for pair in zip(files, actions, strict=True)]
            for folder, name in places:
                journal.resolve(conn, "file_failed", f"{folder}/{name}", self.clock())
        for place, move in zip(places, moves, strict=True):
            self._move(found[place], number, move)
        return sum(move is not None for move in moves)

    def _apply(
        self, conn: Connection, stored: Stored | None, file: Lying, action: Action
    ) -> Ruling | None:
        """Do in the store what the file means; where the file belongs now."""
        if stored and _about_to_move(stored, file):
            return None
        match action:
            case SetAside():
                return Ruling(Folder.WITHDRAWN)
            case Restore(folder):
                return Ruling(folder)
            case Trouble():
                if stored and not action.copy:
                    retract(conn, stored)
                return Ruling(Folder.TROUBLE, "", explain(action, self._language))
        if stored is None:
            return None
        match action:
            case Approve():
                return self._approve(conn, stored, action)
            case Reject():
                reject(conn, stored, self.clock())
                return Ruling(Folder.REJECTED)
            case Retract():
                return Ruling(Folder.STAGED) if retract(conn, stored) else None
            case _:
                return self._settled(conn, stored, file)

    def _approve(self, conn: Connection, stored: Stored, action: Approve) -> Ruling:
        rules = self.rules()
        log.event("reply_approved", reply=stored.reply.id, edited=action.edited)
        return approve(
            conn,
            stored,
            action.subject,
            action.body,
            edited=action.edited,
            policy=rules.policy,
            now=self.clock(),
            token=self.token,
            redraw=self.redraw,
        )

    @staticmethod
    def _settled(conn: Connection, stored: Stored, file: Lying) -> None:
        """It lies where it may lie: remember the place, if it is the file's home."""
        if (file.folder, file.name) != (stored.folder, stored.file_name) and not stored.move_to:
            replies.note_file(conn, stored.reply.id, file.folder, file.name)

    def _move(self, one: Found, number: int | None, ruling: Ruling | None) -> None:
        if ruling is None:
            return
        note = ruling.detail
        if ruling.code:
            data = {"difference": ruling.detail, "why": ruling.detail}
            note = sentence(ruling.code, self._language, data)
        try:
            used = self.staging.move(one, ruling.folder, note)
        except FileNotFoundError:
            return  # the seller was faster: the next look sees what he did
        self._ids.pop((one.folder, one.name), None)
        self._ids[ruling.folder, used] = number
        if number is not None:
            with self.store.write() as conn:
                replies.note_file(conn, number, ruling.folder, used)

    # ------------------------------------------------------------------ moves of our own

    def _move_pending(self, found: dict[Place, Found]) -> int:
        """Bring files to where the state of their reply wants them: sent/, withdrawn/ …"""
        with self.store.read() as conn:
            waiting = replies.misfiled(conn, AT_ONCE)
        for stored in waiting:
            one = self._find(stored, found)
            if one is None and self._on_disk(stored):
                continue  # the seller is writing in it this very moment: next time
            data = {"why": stored.reply.note, "difference": stored.reply.note}
            code = stored.move_note
            note = sentence(code, self._language, data) if code else ""
            folder, used = Folder(stored.move_to or Folder.TROUBLE), None
            try:
                used = self.staging.move(one, folder, note) if one else None
            except FileNotFoundError:
                continue
            except OSError as error:
                detail = f"it cannot be moved to {folder}/: {error.strerror}"
                self._report_file([(one.folder, one.name)] if one else [], detail)
                continue
            if one is not None and used is not None:
                self._ids.pop((one.folder, one.name), None)
                self._ids[folder, used] = stored.reply.id
            with self.store.write() as conn:
                replies.note_file(conn, stored.reply.id, folder if used else None, used)
        return len(waiting)

    def _find(self, stored: Stored, found: dict[Place, Found]) -> Found | None:
        """The reply's file: where it was put, or wherever the seller has moved it."""
        home = found.get((_folder(stored), stored.file_name or ""))
        if home is not None:
            return home
        number = stored.reply.id
        places: Iterable[Place] = (place for place, known in self._ids.items() if known == number)
        return next((found[place] for place in places if place in found), None)

    def _on_disk(self, stored: Stored) -> bool:
        """Does the file lie in its place? A look leaves out what is just being written."""
        return self.staging.lies(_folder(stored), stored.file_name or "")

    # ------------------------------------------------------------------ the book has changed

    def check_facts(self) -> int:
        """Compare what lies in staged/ with the order book; draw again what is overtaken. A file
        that the seller has edited keeps its text and is moved, with the difference."""
        policy, now, count = self.rules().policy, self.clock(), 0
        found = self._scan()
        with self.store.read() as conn:
            staged = replies.in_states(conn, ReplyState.STAGED)
        for stored in staged:
            with self.store.write() as conn:
                changed = changes(conn, stored, policy, now) or new_order(conn, stored)
                if not changed or stored.folder != Folder.STAGED:
                    continue
                if self._edited(stored, found):
                    continue  # his text; the difference is shown when he approves
                count += 1
                withdraw(conn, stored, changed, "withdrawn.facts")
                if stored.reply.mail is not None:
                    self.redraw(conn, stored.reply.mail)
        return count

    def _edited(self, stored: Stored, found: dict[Place, Found]) -> bool:
        one = self._find(stored, found)
        if one is None:
            return self._on_disk(stored)
        try:
            parsed = parse(self.staging.read(one))
        except (OSError, ValueError):
            return True
        return not same_text(parsed, stored.reply.subject, stored.reply.body)

    @property
    def _language(self) -> str:
        return self.rules().policy.seller_language


def _filed(stored: Stored | None) -> Filed | None:
    if stored is None:
        return None
    return Filed(
        id=stored.reply.id,
        state=stored.reply.state,
        to=stored.reply.to.value,
        subject=stored.reply.subject,
        body=stored.reply.body,
        folder=_folder(stored),
        file_name=stored.file_name or "",
    )


def _folder(stored: Stored) -> Folder:
    return Folder(stored.folder) if stored.folder else Folder.STAGED


def _about_to_move(stored: Stored, file: Lying) -> bool:
    """A withdrawn draft that still lies where it was staged: what the seller has written in it
    meanwhile goes with it."""
    at_home = (file.folder, file.name) == (stored.folder, stored.file_name)
    return at_home and stored.folder == Folder.STAGED and stored.move_to == Folder.WITHDRAWN
