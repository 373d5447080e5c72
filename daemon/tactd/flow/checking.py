"""The order book has changed: is what lies in staged/ still true?"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from tactd import log
from tactd.adapters.staging import Found
from tactd.adapters.store import Store, replies
from tactd.adapters.store.replies import Stored
from tactd.core.filing.words import Folder
from tactd.core.reasons import sentence
from tactd.core.sheet.parse import parse, same_text
from tactd.core.types import OrderKey, ReplyState
from tactd.errors import StoreError
from tactd.flow.approve import Redraw, changes, new_order
from tactd.flow.cases import news_of_cases
from tactd.flow.folders import Folders, Place
from tactd.flow.follow_up import no_longer_due
from tactd.flow.record import withdraw
from tactd.flow.rules import Rules
from tactd.flow.who_is_one import WHO_CHANGED, is_other, take_apart

Check = Callable[[Stored, dict[Place, Found]], bool]


class Checking:
    """Runs in the thread that owns the store."""

    def __init__(
        self,
        store: Store,
        folders: Folders,
        rules: Callable[[], Rules],
        clock: Callable[[], datetime],
        redraw: Redraw,
    ) -> None:
        self.store = store
        self.folders = folders
        self.rules = rules
        self.clock = clock
        self.redraw = redraw

    def check_facts(
        self, found: dict[Place, Found], only: Collection[OrderKey] | None = None
    ) -> int:
        """Compare what lies in staged/ with the order book; draw again what is overtaken. A file
        that the seller has edited keeps its text: the difference is shown when he approves.
        `only`: of drafts about an order those about these."""
        with self.store.read() as conn:
            staged = replies.in_states(conn, ReplyState.STAGED)
        meant = [one for one in staged if only is None or one.reply.order in {None, *only}]
        return sum(self._safely(self._check, stored, found) for stored in meant)

    def check_buyers(self, found: dict[Place, Found]) -> int:
        """The same, after the seller has said who is one person and who is not."""
        with self.store.read() as conn:
            staged = replies.in_states(conn, ReplyState.STAGED)
        return sum(self._safely(self._check_buyer, stored, found) for stored in staged)

    def _check_buyer(self, stored: Stored, found: dict[Place, Found]) -> bool:
        with self.store.write() as conn:
            if not is_other(conn, stored):
                return False
            why = sentence(WHO_CHANGED, self.rules().policy.seller_language, {})
            if not self._anew(conn, stored, found, why, "withdrawn.decided_anew"):
                return False
            for other in take_apart(conn, stored):
                self.redraw(conn, other)
        return True

    def decide_anew(self, found: dict[Place, Found], mails: Collection[int], why: str) -> int:
        """Draw again what lies in staged/ as answers to these mails: something else has become
        known (`why`, in the seller's language) than what the book says."""
        with self.store.read() as conn:
            staged = replies.in_states(conn, ReplyState.STAGED)
        meant = [one for one in staged if one.reply.mail in mails]
        return sum(self._safely(partial(self._decide_anew, why=why), one, found) for one in meant)

    def _decide_anew(self, stored: Stored, found: dict[Place, Found], why: str) -> bool:
        with self.store.write() as conn:
            return self._anew(conn, stored, found, why, "withdrawn.decided_anew")

    def _safely(self, work: Check, stored: Stored, found: dict[Place, Found]) -> bool:
        """One draft that cannot be drawn again keeps no other from it, nor any mail from being
        handled. It stays; its approval compares it once more, and tells the seller."""
        try:
            return work(stored, found)
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001
            log.failure("redraw_failed", error, reply=stored.reply.id)
            return False

    def _check(self, stored: Stored, found: dict[Place, Found]) -> bool:
        """Whether it is drawn again."""
        policy, now = self.rules().policy, self.clock()
        with self.store.write() as conn:
            if over := no_longer_due(conn, stored, policy, now):
                return withdraw(conn, stored, over, "withdrawn.not_due")
            changed = changes(conn, stored, policy, now)
            changed = changed or new_order(conn, stored, policy.seller_language)
            changed = changed or news_of_cases(conn, stored, policy.seller_language)
            return bool(changed) and self._anew(conn, stored, found, changed, "withdrawn.facts")

    def _anew(
        self, conn: Connection, stored: Stored, found: dict[Place, Found], why: str, note: str
    ) -> bool:
        if stored.folder != Folder.STAGED or self._edited(stored, found):
            return False
        withdraw(conn, stored, why, note)
        self.redraw(conn, stored)
        return True

    def _edited(self, stored: Stored, found: dict[Place, Found]) -> bool:
        one = self.folders.find(stored, found)
        if one is None:
            return self.folders.on_disk(stored)
        try:
            parsed = parse(self.folders.staging.read(one))
        except (OSError, ValueError):
            return True
        return not same_text(parsed, stored.reply.subject, stored.reply.body)
