"""The order book has changed: is what lies in staged/ still true?"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from tactd import log
from tactd.adapters.staging import Found
from tactd.adapters.store import Store, replies
from tactd.adapters.store.replies import Stored
from tactd.core.filing.words import Folder
from tactd.core.sheet.parse import parse, same_text
from tactd.core.types import OrderKey, ReplyState
from tactd.errors import StoreError
from tactd.flow.approve import Redraw, changes, new_order
from tactd.flow.cases import news_of_cases
from tactd.flow.folders import Folders, Place
from tactd.flow.follow_up import no_longer_due
from tactd.flow.record import withdraw
from tactd.flow.rules import Rules


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
        return sum(self._check_safely(stored, found) for stored in meant)

    def _check_safely(self, stored: Stored, found: dict[Place, Found]) -> bool:
        """One draft that cannot be drawn again keeps no other from it, nor any mail from being
        handled. It stays; its approval compares it once more, and tells the seller."""
        try:
            return self._check(stored, found)
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
            if not changed or stored.folder != Folder.STAGED or self._edited(stored, found):
                return False
            withdraw(conn, stored, changed, "withdrawn.facts")
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
