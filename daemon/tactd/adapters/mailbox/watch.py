"""A connected mailbox: catch up, then watch, until the line breaks or somebody says stop."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from tactd.adapters.mailbox.connection import Connection, IdleRefused
from tactd.adapters.mailbox.folders import sent_folder, sent_problem
from tactd.adapters.mailbox.health import Pulse, State
from tactd.adapters.mailbox.look import Folder, Look
from tactd.adapters.mailbox.readback import ReadBack
from tactd.adapters.mailbox.settings import MailboxSettings
from tactd.adapters.mailbox.wake import Stopping, Waker
from tactd.core.types import FolderRole


class Folders:
    """The folders of a mailbox as this process knows them, over reconnects."""

    def __init__(self, settings: MailboxSettings) -> None:
        self.inbox = Folder(FolderRole.INBOX, settings.inbox)
        self.sent: Folder | None = None

    def name_sent(self, name: str | None) -> None:
        if name is None:
            self.sent = None
        elif self.sent is None or self.sent.name != name:
            self.sent = Folder(FolderRole.SENT, name)


class Watch:
    """Raises Stopping, OSError, ServerError or NotKept."""

    def __init__(
        self,
        settings: MailboxSettings,
        connection: Connection,
        folders: Folders,
        look: Look,
        past: ReadBack,
        waker: Waker,
        pulse: Pulse,
        serve: Callable[[Connection, str | None], bool],
    ) -> None:
        """`serve` does what others asked of the Sent folder; True: INBOX may be closed now."""
        self._settings = settings
        self._connection = connection
        self._folders = folders
        self._look = look
        self._past = past
        self._waker = waker
        self._pulse = pulse
        self._serve = serve
        self._can_idle = settings.idle and connection.can("IDLE")
        self._idle_for = settings.idle_first
        self._sent_due = self._rescan_due = self._quiet_at = 0.0

    def run(self) -> None:
        self._pulse.enter(State.CATCHING_UP)
        self._folders.name_sent(sent_folder(self._connection.folders(), self._settings.sent))
        self._catch_up()
        self._pulse.caught_up(self._problem())
        while True:
            asked = self._wait()
            self._round(asked)

    def _catch_up(self) -> None:
        """Sent first: what the seller has answered himself needs no draft. It ends in INBOX."""
        if self._folders.sent is None:
            self._past.without_folder()
        else:
            self._enter_again(self._folders.sent)
            self._past.step(self._connection, self._folders.sent)
        self._enter_again(self._folders.inbox)
        now = monotonic()
        self._sent_due = now + self._settings.sent_every
        self._rescan_due = now + self._settings.rescan_every

    def _enter_again(self, folder: Folder) -> None:
        self._look.enter(self._connection, folder)
        self._look.rescan(self._connection, folder)

    def _round(self, asked: bool) -> None:
        """One look at everything that is due. INBOX comes last, right before IDLE: what arrives
        between a search and IDLE is not pushed."""
        sent = self._folders.sent.name if self._folders.sent else None
        away = self._serve(self._connection, sent)
        if monotonic() >= self._rescan_due:
            self._catch_up()
        elif self._past.due():
            away |= self._enter_sent()
        elif asked or monotonic() >= self._sent_due:
            away |= self._look_at_sent()
        if away:
            found = self._look.enter(self._connection, self._folders.inbox)
        else:
            found = self._look.new(self._connection, self._folders.inbox)
        self._pulse.answered()
        if found:
            self._quiet_at = monotonic() + self._settings.quiet
            self._idle_for = self._settings.idle_first

    def _look_at_sent(self) -> bool:
        """Whether it had to be opened."""
        self._sent_due = monotonic() + self._settings.sent_every
        sent = self._folders.sent
        if sent is None:
            return False
        if self._connection.status(sent.name) == (sent.uidvalidity, sent.uidnext):
            return False
        return self._enter_sent()

    def _enter_sent(self) -> bool:
        """What is new in Sent, and a slice of what lay there before."""
        if self._folders.sent is not None:
            self._look.enter(self._connection, self._folders.sent)
            self._past.step(self._connection, self._folders.sent)
            self._pulse.enter(State.WATCHING, self._problem())
        return True

    def _problem(self) -> str:
        return self._past.problem if self._folders.sent else sent_problem(self._settings.sent)

    # ----------------------------------------------------------------- waiting

    def _wait(self) -> bool:
        """Until there may be something to do; True: somebody asked for a look."""
        if self._past.due():
            return self._waker.sleep(self._settings.sent_pause).by_us
        if self._connection.announced():
            return self._waker.sleep(0.0).by_us
        if monotonic() < self._quiet_at:
            return self._waker.sleep(self._settings.look_every).by_us
        seconds = self._seconds()
        if self._can_idle:
            return self._idle(seconds)
        woken = self._waker.sleep(seconds, self._connection.fileno())
        self._connection.noop()
        return woken.by_us

    def _seconds(self) -> float:
        due = min(self._sent_due, self._rescan_due) - monotonic()
        if not self._can_idle:
            due = min(due, self._settings.poll_without_idle)
        return max(0.0, min(due, self._settings.poll))

    def _idle(self, seconds: float) -> bool:
        try:
            self._connection.idle()
        except IdleRefused:
            self._can_idle = False
            return False
        longest, self._idle_for = self._idle_for, self._settings.idle_for
        if self._connection.unread():
            seconds = 0.0
        try:
            woken = self._waker.sleep(min(seconds, longest), self._connection.fileno())
        except Stopping:
            self._connection.done(timeout=1, then=1)  # inside IDLE, LOGOUT is not understood
            raise
        self._connection.done(self._settings.done_timeout, self._settings.read_timeout)
        return woken.by_us
