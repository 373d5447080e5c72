"""Store → folders: the files of new replies, and the moves that a reply's new state asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection

from tactd import log
from tactd.adapters.staging import Found
from tactd.adapters.store import Store, journal, replies
from tactd.adapters.store.journal import Snapshot
from tactd.adapters.store.replies import Stored
from tactd.core.filing.words import HOME, Folder
from tactd.core.reasons import sentence
from tactd.core.sheet.file import file_name, render, with_id
from tactd.core.types import ReplyState
from tactd.flow.approve import retract
from tactd.flow.folders import Folders, Leaf, Place
from tactd.flow.rules import Rules
from tactd.flow.sheets import frees_up, sheet_of
from tactd.flow.troubles import report_files

AT_ONCE = 200
DELETED = "staged.file_deleted"  # a code of core/reasons.py


class Writing:
    """Runs in the thread that owns the store."""

    def __init__(
        self,
        store: Store,
        folders: Folders,
        rules: Callable[[], Rules],
        clock: Callable[[], datetime],
    ) -> None:
        self.store = store
        self.folders = folders
        self.rules = rules
        self.clock = clock

    # ------------------------------------------------------------------ new files

    def write_new(self) -> int:
        """Write the files of replies that have none yet; how many."""
        return self._write_drawn() or self._draw_and_write(replies.unwritten)

    def write_sent(self) -> int:
        """The same for what went out by itself: nobody waits for that."""
        return self._draw_and_write(replies.unwritten_sent)

    def _write_drawn(self) -> int:
        """Fresh drafts bring their sheet along (flow/judge.py)."""
        with self.store.read() as conn:
            drawn = replies.sheets(conn, AT_ONCE)
        if not drawn:
            return 0
        leaves = {key: (Folder.STAGED, name, with_id(text, key)) for key, name, text in drawn}
        return self._write(leaves)

    def _draw_and_write(self, which: Callable[[Connection, int], list[Stored]]) -> int:
        with self.store.read() as conn:
            waiting = which(conn, AT_ONCE)
            snapshots = journal.snapshots(conn, [one.reply.decision or 0 for one in waiting])
        if not waiting:
            return 0
        leaves = {one.reply.id: self._leaf_safely(one, snapshots) for one in waiting}
        undrawn = [one for one in waiting if leaves[one.reply.id] is None]
        if undrawn:
            with self.store.write() as conn:
                for stored in undrawn:
                    self._tell_unwritten(conn, stored)
        return self._write({key: leaf for key, leaf in leaves.items() if leaf})

    def _write(self, leaves: Mapping[int, Leaf]) -> int:
        written = self.folders.write_many(leaves)
        with self.store.write() as conn:
            return self._note_written(conn, leaves, written)

    def _note_written(
        self, conn: Connection, leaves: Mapping[int, Leaf], written: Sequence[str | OSError]
    ) -> int:
        places: list[tuple[int, str | None, str | None]] = []
        for (number, (folder, _, _)), used in zip(leaves.items(), written, strict=True):
            if isinstance(used, OSError):
                self._tell_unwritable(conn, number, folder, used)
            else:
                places.append((number, folder, used))
        replies.note_files(conn, places)
        if places and len(places) == len(leaves):
            for folder in {folder for folder, _, _ in leaves.values()}:
                journal.resolve(conn, "folder_unwritable", folder, self.clock())
        return len(places)

    def _tell_unwritable(
        self, conn: Connection, number: int, folder: Folder, error: OSError
    ) -> None:
        detail = f"replies/{folder} cannot be written: {error.strerror}"
        journal.report(conn, "folder_unwritable", folder, detail, self.clock())
        log.event("staged_unwritable", level="error", reply=number)

    def _tell_unwritten(self, conn: Connection, stored: Stored) -> None:
        """It is tried again at the next start (`ask_for_missing`)."""
        detail = "its file could not be written: see the log; answer the buyer yourself"
        journal.report(conn, "file_failed", f"reply {stored.reply.id}", detail, self.clock())
        replies.note_file(conn, stored.reply.id, HOME[stored.reply.state], None)

    def _leaf_safely(self, stored: Stored, snapshots: Mapping[int, Snapshot]) -> Leaf | None:
        """One reply that cannot be shown must not keep the others from being shown."""
        try:
            return self._leaf(stored, snapshots[stored.reply.decision or 0])
        except Exception as error:  # noqa: BLE001
            log.failure("file_failed", error, reply=stored.reply.id)
            return None

    def _leaf(self, stored: Stored, snapshot: Snapshot) -> Leaf:
        sheet = sheet_of(stored, snapshot, self.rules().policy)
        return HOME[stored.reply.state], file_name(sheet), render(sheet)

    def ask_for_missing(self) -> None:
        """A staged reply whose file is gone would never be seen again: it is written anew. Who
        wants it dropped moves its file to rejected/."""
        there = self.folders.numbers()
        with self.store.write() as conn:
            for stored in replies.in_states(conn, ReplyState.STAGED, ReplyState.HELD):
                gone = stored.folder and not stored.move_to and stored.reply.id not in there
                if gone and not self.folders.on_disk(stored):
                    log.event("staged_file_missing", level="warning", reply=stored.reply.id)
                    replies.note_file(conn, stored.reply.id, None, None)
                    journal.resolve(conn, "file_failed", f"reply {stored.reply.id}", self.clock())

    def take_back_deleted(self) -> None:
        """Who deletes an approved file before it has gone does not want it sent: the reply waits
        in staged/ again, with his text and a note. (To drop it, he moves it to rejected/.)"""
        there = self.folders.numbers()
        with self.store.read() as conn:
            waiting = replies.in_states(conn, ReplyState.APPROVED, ReplyState.READY)
        gone = [one for one in waiting if one.file_name and one.reply.id not in there]
        for stored in gone:
            if self.folders.lies_anywhere(stored):
                continue
            with self.store.write() as conn:
                if retract(conn, stored):
                    replies.change(conn, stored.reply.id, [ReplyState.STAGED], note=DELETED)
                    replies.note_file(conn, stored.reply.id, None, None)
                    log.event("approved_file_deleted", level="warning", reply=stored.reply.id)

    # ------------------------------------------------------------------ moves of our own

    def any_to_move(self) -> bool:
        with self.store.read() as conn:
            return bool(replies.misfiled(conn, 1))

    def move_pending(self, found: dict[Place, Found]) -> int:
        """Bring files to where the state of their reply wants them: sent/, withdrawn/ …"""
        with self.store.read() as conn:
            waiting = replies.misfiled(conn, AT_ONCE)
        for stored in waiting:
            self._move(stored, self.folders.find(stored, found))
        return len(waiting)

    def _move(self, stored: Stored, one: Found | None) -> None:
        if one is None and self.folders.on_disk(stored):
            return  # the seller is writing in it this very moment: next time
        folder, used = Folder(stored.move_to or Folder.TROUBLE), None
        if one is not None:
            try:
                used = self.folders.move(one, folder, self._note(stored), stored.reply.id)
            except FileNotFoundError:
                return
            except OSError as error:
                detail = f"it cannot be moved to {folder}/: {error.strerror}"
                report_files(self.store, [(one.folder, one.name)], detail, self.clock())
                return
        with self.store.write() as conn:
            replies.note_file(conn, stored.reply.id, folder if used else None, used)

    def _note(self, stored: Stored) -> str:
        policy = self.rules().policy
        held = stored.reply.state is ReplyState.HELD
        why = frees_up(stored, policy) if held else stored.reply.note
        data, language = {"why": why, "difference": why}, policy.seller_language
        return sentence(stored.move_note, language, data) if stored.move_note else ""
