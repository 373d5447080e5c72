"""The picture of the README in code: each arrow is one call.

    mailbox → keep → inbound → READ → GATHER → DECIDE → COMPOSE → RECORD → staged/ or outbox

READ to COMPOSE only read the store and stand together in flow/judge.py, so that a backlog can be
judged by other processes. Everything else runs in the one thread that owns the store (writer.py);
nothing waits for the network. A mail that cannot be handled is set aside and reported once, and
the next one goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from tactd import log
from tactd.adapters.store import Store, inbound, journal
from tactd.adapters.store.inbound import Filing, Kept
from tactd.adapters.store.replies import Stored
from tactd.core.types import FolderRole, Mail, SentRead, Signed, Slice
from tactd.flow.backlog import Answer, Backlog
from tactd.flow.fallen_due import anything_due, decide_due
from tactd.flow.follow_up import judge_again, record_follow_up
from tactd.flow.judge import Judged, depends, is_twin, judge, read_kept
from tactd.flow.own_hand import record_own_hand
from tactd.flow.put_back import stage
from tactd.flow.record import record_many
from tactd.flow.ripen import ripen
from tactd.flow.rules import Rules
from tactd.flow.sender_again import Asked, conclude, judged_without_reply, note_unasked
from tactd.flow.sent_before import record_sent_before
from tactd.flow.twins import file_twin

# Mails handled in one transaction: enough to share the cost of a synced commit, few enough that
# the loop is never held for long.
AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a mail."""

    judged: Judged
    reply: int | None


class Pipeline:
    """The road of a mail, from the mailbox to a decision that is recorded."""

    def __init__(
        self,
        store: Store,
        rules: Rules,
        clock: Callable[[], datetime],
        token: Callable[[], str],
        backlog: Backlog | None = None,
    ) -> None:
        self.store = store
        self.rules = rules
        self.clock = clock
        self.token = token
        self.backlog = backlog

    def keep(self, mailbox: str, batch: Slice) -> int:
        """FETCH: the mails and the watermark, in one transaction. How many were new.

        Raises StoreError; then nothing is kept and the watermark has not moved."""
        with self.store.write() as conn:
            kept = inbound.keep(conn, mailbox, batch, self.clock())
            note_unasked(conn, kept, self.clock())
        return len(kept)

    def keep_sent(self, mailbox: str, mails: Sequence[Mail], further: SentRead) -> None:
        """What lay in Sent before tactd came goes into the ledger. Raises StoreError."""
        with self.store.write() as conn:
            record_sent_before(conn, mailbox, mails, further, self.rules.policy, self.clock())
        if further.done:
            self.forget_judged()

    def handle_new(self) -> int:
        """Handle some of the mails that wait; how many. 0: none are left."""
        return self._handle_backlog() or self._handle_few()

    def handle_again(self, conn: Connection, mail_id: int) -> None:
        """Decide a stored mail afresh (its facts have changed). Raises LookupError if unknown."""
        kept = inbound.one(conn, mail_id)
        if kept is None:
            raise LookupError(f"there is no mail {mail_id}")
        self._handle(conn, kept)

    def sender_asked(self, asked: Asked, found: Signed) -> bool:
        """Our own check of a mail's sender has been done again; whether he is proved now."""
        with self.store.write() as conn:
            proved = conclude(conn, asked, found, self.clock())
            if proved and judged_without_reply(conn, asked.mail):
                self.handle_again(conn, asked.mail)
        return proved

    def draw_again(self, conn: Connection, stored: Stored) -> None:
        """Decide afresh what a reply that has been withdrawn was to answer, or to tell."""
        if stored.reply.mail is not None:
            self.handle_again(conn, stored.reply.mail)
        elif judged := judge_again(conn, stored, self.rules, self.clock()):
            record_follow_up(conn, judged)

    def follow_up(self) -> int:
        """Decide what has fallen due without anybody having asked for it just now; how many."""
        now = self.clock()
        with self.store.read() as conn:
            if not anything_due(conn, now):
                return 0
        with self.store.write() as conn:
            number, decided = decide_due(conn, self.rules, now, AT_ONCE)
        for one in decided:
            log.event("follow_up_decided", outcome=one.outcome, situation=one.situation)
        return number

    def ripen(self, conn: Connection, stored: Stored) -> Stored | None:
        """Decide afresh what is about to go out by itself; None: it is not to go now."""
        try:
            with conn.begin_nested():
                return ripen(conn, stored, self.rules, self.clock(), self.token)
        except OperationalError:
            raise
        except Exception as error:  # noqa: BLE001
            log.failure("not_decided_afresh", error, reply=stored.reply.id)
            stage(conn, stored, "staged.unsendable")
            return None

    def forget_judged(self) -> None:
        """What other processes have judged, and is not written, is judged again: the book has
        changed."""
        if self.backlog:
            self.backlog.wrote_otherwise()

    # ------------------------------------------------------------------ one after another

    def _handle_few(self) -> int:
        """Together first, because a statement or a savepoint a mail is dear; if that fails,
        nothing of it has happened, and each is handled for itself. What was the store's fault
        fails there again, and is raised."""
        try:
            return self._handle_together()
        except Exception:  # noqa: BLE001
            return self._handle_one_by_one()

    def _handle_together(self) -> int:
        """Mails that have nothing to do with one another are written together."""
        fates: list[Fate | None] = []
        apart: list[Judged] = []
        with self.store.write() as conn:
            waiting = inbound.new(conn, AT_ONCE)
            for kept in waiting:
                judged = self._judge_apart(conn, kept, apart)
                if judged is not None:
                    apart.append(judged)
                    continue
                fates += self._write(conn, apart)
                apart = []
                fates.append(self._handle(conn, kept))
            fates += self._write(conn, apart)
        _tell(fates)
        return len(waiting)

    def _judge_apart(self, conn: Connection, kept: Kept, apart: list[Judged]) -> Judged | None:
        """None if it must be handled after those have been written."""
        if kept.role is FolderRole.SENT:
            return None
        mail = read_kept(kept)
        if is_twin(conn, kept, mail) is not None:
            return None
        judged = judge(conn, kept, mail, self.rules, self.clock())
        return None if any(depends(judged, one.keys) for one in apart) else judged

    def _write(self, conn: Connection, apart: list[Judged]) -> list[Fate]:
        numbers = record_many(conn, apart, self.rules.policy, self.clock())
        if self.backlog:
            self.backlog.wrote(apart)
        return [Fate(one, number) for one, number in zip(apart, numbers, strict=True)]

    def _handle_one_by_one(self) -> int:
        with self.store.write() as conn:
            fates = [self._handle_safely(conn, kept) for kept in inbound.new(conn, AT_ONCE)]
        _tell(fates)
        return len(fates)

    def _handle_safely(self, conn: Connection, kept: Kept) -> Fate | None:
        """One poisoned mail never stops the loop, and is tried again only by a person."""
        try:
            with conn.begin_nested():
                return self._handle(conn, kept)
        except OperationalError:
            raise  # the disk is full or fails: no fault of this mail, which waits
        except Exception as error:  # noqa: BLE001
            log.failure("mail_poisoned", error, mail=kept.id, mailbox=kept.mailbox)
            note = f"{type(error).__name__} while handling it"
            inbound.file_away(conn, kept.id, Filing(state="poisoned", note=note))
            journal.report(conn, "mail_poisoned", f"mail {kept.id}", note, self.clock())
            return None

    def _handle(self, conn: Connection, kept: Kept) -> Fate | None:
        mail = read_kept(kept)  # READ
        twin = is_twin(conn, kept, mail)
        if twin is not None:
            file_twin(conn, kept, mail, twin, self.rules.policy, self.clock())
            return None
        if kept.role is FolderRole.SENT:
            record_own_hand(conn, kept, mail, self.rules.policy, self.clock())
            if self.backlog:
                self.backlog.wrote_otherwise()
            return None
        judged = judge(conn, kept, mail, self.rules, self.clock())  # GATHER, DECIDE, COMPOSE
        return self._write(conn, [judged])[0]  # RECORD

    # ------------------------------------------------------------------ a backlog

    def _handle_backlog(self) -> int:
        """Write what other processes have judged; 0 if there is no backlog."""
        if self.backlog is None:
            return 0
        with self.store.read() as conn:
            answers = self.backlog.next(conn, self.rules, self.clock())
        apart, rest = _apart(answers)
        try:
            with self.store.write() as conn:
                fates: list[Fate | None] = [*self._write(conn, apart)]
        except OperationalError:
            raise
        except Exception:  # noqa: BLE001
            fates, rest = [], [mail_id for mail_id, _ in answers]
        if rest:
            with self.store.write() as conn:
                fates += [self._handle_safely(conn, kept) for kept in inbound.some(conn, rest)]
        _tell(fates)
        return len(answers)


def _apart(answers: list[Answer]) -> tuple[list[Judged], list[int]]:
    """The judged mails that have nothing to do with one another, and the ids of the rest."""
    apart: list[Judged] = []
    rest: list[int] = []
    keys: set[str] = set()
    for mail_id, judged in answers:
        if judged is None or depends(judged, keys):
            rest.append(mail_id)
        else:
            apart.append(judged)
        keys |= judged.keys if judged else set()
    return apart, rest


def _tell(fates: list[Fate | None]) -> None:
    for fate in fates:
        if fate is not None:
            log.event(
                "mail_decided",
                mail=fate.judged.mail,
                mailbox=fate.judged.mailbox,
                outcome=fate.judged.outcome,
                situation="+".join(fate.judged.situations),
                reply=fate.reply,
            )
