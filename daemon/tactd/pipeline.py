"""The picture of the README in code: each arrow is one call.

    mailbox → keep → inbound → READ → GATHER → DECIDE → COMPOSE → RECORD → staged/ or outbox

Everything here runs in the one thread that owns the store (service.py); nothing waits for the
network. A mail that cannot be handled is set aside and reported once, and the next one goes on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from tactd import log, marketplaces
from tactd.adapters.store import Store, inbound, journal
from tactd.adapters.store.inbound import Filing, Kept
from tactd.core.decide.steps import decide
from tactd.core.read.mail import read
from tactd.core.types import BuyerWrote, Decision, FolderRole, Slice
from tactd.flow.draft import compose_reply
from tactd.flow.gather import gather
from tactd.flow.record import Outline, record, record_own_hand
from tactd.flow.rules import Rules

# Mails handled in one transaction: enough to share the cost of a synced commit, few enough that
# the loop is never held for long.
AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a mail; `decision` is None where there was nothing to decide."""

    kept: Kept
    decision: Decision | None = None
    reply: int | None = None


class Pipeline:
    """The road of a mail, from the mailbox to a decision that is recorded."""

    def __init__(self, store: Store, rules: Rules, clock: Callable[[], datetime]) -> None:
        self.store = store
        self.rules = rules
        self.clock = clock

    def keep(self, mailbox: str, batch: Slice) -> int:
        """FETCH: the mails and the watermark, in one transaction. How many were new.

        Raises StoreError; then nothing is kept and the watermark has not moved."""
        with self.store.write() as conn:
            return inbound.keep(conn, mailbox, batch, self.clock())

    def handle_new(self) -> int:
        """Handle some of the mails that wait; how many. 0: none are left.

        Together first, because a savepoint a mail is dear; if that fails, nothing of it has
        happened, and each is handled for itself."""
        try:
            fates = self._handle_each(self._handle)
        except Exception:  # noqa: BLE001
            fates = self._handle_each(self._handle_safely)
        for fate in fates:
            _tell(fate)
        return len(fates)

    def _handle_each(self, handle: Callable[[Connection, Kept], Fate]) -> list[Fate]:
        with self.store.write() as conn:
            return [handle(conn, kept) for kept in inbound.new(conn, AT_ONCE)]

    def handle_again(self, conn: Connection, mail_id: int) -> None:
        """Decide a stored mail afresh (its facts have changed). Raises LookupError if unknown."""
        kept = inbound.one(conn, mail_id)
        if kept is None:
            raise LookupError(f"there is no mail {mail_id}")
        _tell(self._handle(conn, kept))

    def _handle_safely(self, conn: Connection, kept: Kept) -> Fate:
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
            return Fate(kept)

    def _handle(self, conn: Connection, kept: Kept) -> Fate:
        rules, now = self.rules, self.clock()
        mail = read(kept.raw, kept.received, truncated=kept.truncated, size=kept.size)  # READ
        twin = inbound.twin_of(conn, inbound.own_key(kept, mail.content_key), kept.id)
        if twin is not None:
            inbound.file_away(conn, kept.id, Filing(state="twin", note=f"the same as mail {twin}"))
            return Fate(kept)
        if kept.role is FolderRole.SENT:
            record_own_hand(conn, kept, mail, rules.policy, now)
            return Fate(kept)
        event = BuyerWrote(mail, marketplaces.open_mail(mail), kept.mailbox)
        facts = gather(conn, event, kept, rules.policy, now)  # GATHER
        decision = decide(event, facts, rules.policy, now)  # DECIDE
        written = compose_reply(event, facts, decision, rules.policy, rules.templates, now)
        outline = Outline(
            policy=rules.policy,
            policy_digest=rules.digest,
            templates_digest=rules.templates.digest,
            now=now,
        )
        reply = record(conn, kept, event, facts, written.decision, written.draft, outline)
        return Fate(kept, written.decision, reply)


def _tell(fate: Fate) -> None:
    if fate.decision is None:
        return
    log.event(
        "mail_decided",
        mail=fate.kept.id,
        mailbox=fate.kept.mailbox,
        outcome=fate.decision.outcome,
        situation="+".join(fate.decision.situations),
        reply=fate.reply,
    )
