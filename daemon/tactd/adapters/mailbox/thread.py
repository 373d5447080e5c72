"""The mailbox's thread: connect, watch, and on any failure wait and begin again."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from datetime import timedelta
from threading import Lock, Thread
from time import monotonic

from tactd import log
from tactd.adapters.mailbox.backoff import BackOff, Refusals
from tactd.adapters.mailbox.connection import Connection
from tactd.adapters.mailbox.dial import Refused, dial
from tactd.adapters.mailbox.explain import not_kept, problem
from tactd.adapters.mailbox.fetch import Download
from tactd.adapters.mailbox.health import Health, Pulse, State
from tactd.adapters.mailbox.look import Look, NotKept
from tactd.adapters.mailbox.readback import ReadBack
from tactd.adapters.mailbox.sent import AppendSent, FindSent, Request, SentError
from tactd.adapters.mailbox.settings import Keeper, MailboxSettings
from tactd.adapters.mailbox.wake import BEAT_EVERY, Stopping, Waker
from tactd.adapters.mailbox.watch import Folders, Watch

REQUEST_TRIES = 3  # connections that one request may break before it is given up


class Mailbox:
    """Public methods may be called from any thread."""

    def __init__(
        self,
        settings: MailboxSettings,
        keeper: Keeper,
        *,
        on_health: Callable[[Health], None] = lambda health: None,
    ) -> None:
        """`on_health` is called in the mailbox's thread whenever its health changes."""
        self._settings = settings
        self._pulse = Pulse(settings.name, on_health)
        self._waker = Waker(self._pulse.beat)
        self._look = Look(settings, keeper, Download(settings, self._waker.pause), self._progress)
        self._past = ReadBack(settings, keeper, self._pulse.sent_read)
        self._folders = Folders(settings)
        self._backoff = BackOff(settings)
        self._refusals = Refusals(settings)
        self._requests: deque[tuple[Request, int]] = deque()
        self._connection: Connection | None = None
        self._cut_at = float("inf")
        self._lock = Lock()
        self._thread = Thread(target=self._run, name=f"mailbox-{settings.name}", daemon=True)

    @property
    def longest_silence(self) -> float:
        """Seconds without a sign of life in `health` after which the thread surely hangs."""
        return 2 * max(self._settings.read_timeout, 2 * BEAT_EVERY)

    @property
    def health(self) -> Health:
        return self._pulse.now

    def start(self) -> None:
        self._waker.open()
        self._thread.start()

    def stop(self, grace: timedelta = timedelta(seconds=10)) -> None:
        """Ask for a clean end and return at once; `join` waits for it and enforces `grace`."""
        self._cut_at = monotonic() + grace.total_seconds()
        self._waker.stop()

    def join(self) -> bool:
        """Wait for the thread; when its grace is over, cut the line. False: it still hangs."""
        if self._thread.ident is None:
            return True
        self._thread.join(max(0.0, min(self._cut_at - monotonic(), 1e6)))
        if self._thread.is_alive() and (connection := self._connection):
            connection.cut()
            self._thread.join(2)
        return not self._thread.is_alive()

    def look(self) -> None:
        """Look now, at INBOX and Sent; also ends the waiting after refused logins."""
        self._waker.wake()

    def find_sent(self, message_id: str, private_id: str = "") -> Future[bool]:
        """Whether Sent holds a mail with exactly that Message-ID or X-Tactd-Id. The future raises
        SentError if that cannot be told. Raises ValueError for an id that is not one of ours."""
        rewritten = not self._settings.keeps_message_id
        return self._ask(FindSent(message_id, private_id, rewritten=rewritten))

    def append_sent(self, raw: bytes, message_id: str) -> Future[bool]:
        """Put a copy into Sent unless it is there. The future raises SentError if that failed,
        which is to be reported and nothing else."""
        return self._ask(AppendSent(raw, message_id))

    # ----------------------------------------------------------------- requests

    def _ask(self, request: Request) -> Future[bool]:
        with self._lock:
            self._requests.append((request, 0))
            if self._waker.stopping:
                self._drop_requests()
        if self.health.state is not State.REFUSED:  # a request must not cost a login
            self._waker.wake()
        return request.answer

    def _drop_requests(self) -> None:
        while self._requests:
            answer = self._requests.popleft()[0].answer
            if not answer.cancel():
                answer.set_exception(SentError("tactd was stopped before Sent could be asked"))

    def _serve(self, connection: Connection, sent: str | None) -> bool:
        """Do what was asked; True if there was anything."""
        served = False
        while self._requests:
            request, tries = self._requests.popleft()
            if tries or request.answer.set_running_or_notify_cancel():
                self._answer(request, tries + 1, connection, sent)
            served = True
        return served

    def _answer(
        self, request: Request, tries: int, connection: Connection, sent: str | None
    ) -> None:
        try:
            request.answer.set_result(request.run(connection, sent))
        except SentError as error:
            request.answer.set_exception(error)
        except Exception as error:
            if tries < REQUEST_TRIES:
                self._requests.appendleft((request, tries))
            else:
                request.answer.set_exception(SentError(problem(error, self._settings)))
            raise

    # ----------------------------------------------------------------- the thread

    def _run(self) -> None:
        with suppress(Stopping):
            while True:
                self._waker.check()
                self._live()
        with self._lock:
            self._drop_requests()
        self._waker.close()
        self._pulse.enter(State.STOPPED)

    def _live(self) -> None:
        """One connection, from dialling to its end, and the wait after it."""
        self._pulse.enter(State.CONNECTING, self.health.problem)
        began = monotonic()
        try:
            self._connect_and_watch()
        except Stopping:
            raise
        except Refused as refused:
            self._wait_refused(str(refused))
        except Exception as error:  # noqa: BLE001 - a thread that died would lose its mailbox
            self._waker.check()
            self._wait_failed(error, monotonic() - began)

    def _connect_and_watch(self) -> None:
        self._connection = connection = dial(self._settings, self._pulse.alert, self._pulse.beat)
        polite = False
        try:
            self._refusals.accepted()
            self._watch(connection).run()
        except Stopping:
            polite = True
            raise
        finally:
            connection.close(polite)
            self._connection = None

    def _watch(self, connection: Connection) -> Watch:
        return Watch(
            self._settings,
            connection,
            self._folders,
            self._look,
            self._past,
            self._waker,
            self._pulse,
            self._serve,
        )

    def _progress(self, done: int, total: int) -> None:
        self._waker.check()
        self._pulse.progress(done, total)

    def _wait_failed(self, error: Exception, lived: float) -> None:
        seconds = self._backoff.failed(lived)
        log.event(
            "mailbox_failed",
            level="warning",
            mailbox=self._settings.name,
            error=type(error).__name__,
            retry_in=round(seconds, 1),
        )
        text = not_kept(error) if isinstance(error, NotKept) else problem(error, self._settings)
        self._pulse.enter(State.BACKING_OFF, text)
        self._waker.pause(seconds)

    def _wait_refused(self, text: str) -> None:
        wait = self._refusals.refused(monotonic())
        self._pulse.enter(State.REFUSED, text)
        self._waker.sleep(wait if wait is not None else float("inf"))
        self._waker.pause(self._refusals.earliest(monotonic()))
