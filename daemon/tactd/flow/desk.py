"""The seller's desk: the folders below replies/. What waits for him is written there, and what he
does there is done: `mv` to approved/ sends, to rejected/ drops.

Decisions are committed to the store first and files moved after; every move that a crash has cut
off is made up for at the next look, because a file's meaning is judged afresh from the store.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from sqlalchemy import Connection

from tactd import log
from tactd.adapters.staging import Found, Staging
from tactd.adapters.store import Store, journal, replies
from tactd.adapters.store.replies import Stored
from tactd.core.filing.judge import (
    Action,
    Approve,
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
from tactd.core.sheet.parse import Parsed, same_text
from tactd.core.types import OrderKey, ReplyState
from tactd.errors import StoreError
from tactd.flow.approve import Redraw, Ruling, approve, reject, retract
from tactd.flow.checking import Checking
from tactd.flow.folders import Folders, Place, filed_as
from tactd.flow.rules import Rules
from tactd.flow.troubles import FolderTrouble, report_files
from tactd.flow.writing import Writing


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
        self._folders = Folders(staging)
        self._writing = Writing(store, self._folders, rules, clock)
        self._checking = Checking(store, self._folders, rules, clock, redraw)
        self._trouble = FolderTrouble(store, "replies", clock)

    def write_new(self) -> int:
        """Write the files of replies that have none yet; how many."""
        return self._writing.write_new()

    def write_sent(self) -> int:
        """The same for what went out by itself."""
        return self._writing.write_sent()

    def move_pending(self) -> int:
        """Bring files to where the state of their reply wants them; how many."""
        return self.look() if self._writing.any_to_move() else 0

    def check_facts(self, only: Collection[OrderKey] | None = None) -> int | None:
        """Compare what lies in staged/ with the order book (`only`: with these orders); how many
        drafts were drawn again. None: what lies there cannot be read now."""
        found = self._scan()
        return None if found is None else self._checking.check_facts(found, only)

    def check_buyers(self) -> int | None:
        """Draw again what was drafted for others than who its buyer is now; None as above."""
        found = self._scan()
        return None if found is None else self._checking.check_buyers(found)

    def decide_anew(self, mails: Collection[int], why: str) -> int:
        """Draw again what answers these mails, and is not edited: `why`, a code of core/reasons.py
        for what has become known; how many."""
        found = self._scan() if mails else None
        said = sentence(why, self._language, {})
        return 0 if found is None else self._checking.decide_anew(found, mails, said)

    def look(self, *, anew: bool = False) -> int:
        """See what the seller has done since the last look, and do it; how many files meant
        something."""
        found = self._scan(anew=anew)
        if found is None:
            return 0
        fresh = self._folders.read_news(found)
        numbers = dict.fromkeys(parsed.id for parsed in fresh.values())
        done = [self._handle(number, fresh, found) for number in numbers]
        self._writing.take_back_deleted()
        if anew:
            self._writing.ask_for_missing()
        return sum(done) + self._writing.move_pending(found)

    def _scan(self, *, anew: bool = False) -> dict[Place, Found] | None:
        """What lies there. None: it cannot be read now, and the seller is told."""
        try:
            found = self._folders.scan(self.clock(), anew=anew)
        except OSError as error:
            self._trouble.tell(error)
            return None
        self._trouble.over()
        return found

    # ------------------------------------------------------------------ what the seller has done

    def _handle(
        self, number: int | None, fresh: dict[Place, Parsed], found: dict[Place, Found]
    ) -> int:
        """All files that carry one id (or, for None, each file that carries none)."""
        places = self._folders.places(number, found)
        groups = [places] if number is not None else [[one] for one in places if one in fresh]
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
        done = 0
        try:
            done = self._handle_group(number, places, fresh, found)
        except OSError as error:
            detail = f"it cannot be moved: {error.strerror}"
            report_files(self.store, places, detail, self.clock())
            return 0
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001
            log.failure("file_failed", error, reply=number)
            detail = f"{type(error).__name__} while handling it: see the log"
            report_files(self.store, places, detail, self.clock())
        self._folders.acted_on(places)
        return done

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
                parsed=fresh.get(place) or self._folders.parse(found[place]),
            )
            for place in places
        ]
        with self.store.write() as conn:
            stored = replies.get(conn, number) if number is not None else None
            actions = judge_together(files, filed_as(stored) if stored else None)
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
        log.event("reply_approved", reply=stored.reply.id, edited=action.edited)
        return approve(
            conn,
            stored,
            action.subject,
            action.body,
            edited=action.edited,
            policy=self.rules().policy,
            now=self.clock(),
            token=self.token,
            redraw=self.redraw,
            at_once=action.now or stored.at_once,
        )

    @staticmethod
    def _settled(conn: Connection, stored: Stored, file: Lying) -> None:
        """It lies where it may lie: remember the place, if it is the file's home. What is held and
        has been edited there goes no more by itself: that text would not be his."""
        reply = stored.reply
        if reply.state is ReplyState.HELD and not same_text(file.parsed, reply.subject, reply.body):
            mine = {"by": None, "next_attempt": None, "note": "held.yours"}
            replies.change(conn, reply.id, [ReplyState.HELD], **mine)
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
            used = self._folders.move(one, ruling.folder, note, number)
        except FileNotFoundError:
            return  # the seller was faster: the next look sees what he did
        if number is not None:
            with self.store.write() as conn:
                replies.note_file(conn, number, ruling.folder, used)

    @property
    def _language(self) -> str:
        return self.rules().policy.seller_language


def _about_to_move(stored: Stored, file: Lying) -> bool:
    """A withdrawn draft that still lies where it was staged (what the seller has written in it
    meanwhile goes with it), or a file from held/ that is to follow its reply."""
    at_home = (file.folder, file.name) == (stored.folder, stored.file_name)
    withdrawn = stored.folder == Folder.STAGED and stored.move_to == Folder.WITHDRAWN
    freed = stored.folder == Folder.HELD and stored.move_to is not None
    return at_home and (withdrawn or freed)
