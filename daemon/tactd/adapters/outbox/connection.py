"""A mailbox's connection to its SMTP server: kept for a while, thrown away after any trouble."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace

from aiosmtplib import SMTP, SMTPException

from tactd.adapters.outbox.conversation import (
    StoppedError,
    abort,
    new_client,
    open_session,
    transact,
)
from tactd.adapters.outbox.settings import SmtpSettings
from tactd.core.envelope import address_problem
from tactd.core.fate import Delivery, Fate, Stage, fate_of, one_line, under_quota


class Outbox:
    """Sends mails one after another over a connection that is kept for a while."""

    def __init__(self, settings: SmtpSettings) -> None:
        self._settings = settings
        self._client: SMTP | None = None
        self._used = 0  # mails sent over the present connection
        self._login_at = float("-inf")  # the last one, on the loop's clock
        self._lock = asyncio.Lock()
        self._resting: asyncio.Task[None] | None = None

    async def send(self, sender: str, recipient: str, wire: bytes) -> Delivery:
        """One attempt to hand over one mail; never raises for SMTP trouble.

        When cancelled while the conversation runs, the connection is thrown away and the fate of
        the mail is unclear. Mails wait for one another; a mail still waiting was not attempted,
        but its caller cannot know that."""
        for stage, address in ((Stage.MAIL, sender), (Stage.RCPT, recipient)):
            if problem := address_problem(address):
                return Delivery(Fate.PERMANENT, None, problem, stage)
        async with self._lock:
            self._wake()
            done = False
            try:
                result = await self._deliver(sender, recipient, wire)
                done = result.fate is Fate.ACCEPTED
            finally:
                if not done:
                    self._drop()
            self._rest()
            return result

    async def close(self) -> None:
        """Waits for a mail under way (cancel its `send` first for a quick end), then says QUIT."""
        async with self._lock:
            self._wake()
            await self._quit()

    async def _deliver(self, sender: str, recipient: str, wire: bytes) -> Delivery:
        most = self._settings.mails_per_connection
        if most is not None and self._used >= most:
            await self._quit()
        reused = self._client is not None and self._client.is_connected
        result = await self._attempt(sender, recipient, wire)
        if reused and result.stage is Stage.MAIL and result.fate is Fate.TRANSIENT:
            # the server had grown tired of the old connection: that says nothing about the mail
            self._drop()
            result = await self._attempt(sender, recipient, wire)
        return result

    async def _attempt(self, sender: str, recipient: str, wire: bytes) -> Delivery:
        try:
            client = await self._connected()
            self._used += 1
            code, text = await transact(client, sender, recipient, wire, self._settings.timeouts)
        except StoppedError as stop:
            return self._explained(stop.delivery)
        end = Delivery(fate_of(Stage.DATA, code), code, one_line(text), Stage.DATA)
        return self._explained(end)

    def _explained(self, end: Delivery) -> Delivery:
        """With what is known of the provider: its quotas, and what a refused login wants."""
        end = under_quota(end, self._settings.quota)
        refused = end.stage is Stage.LOGIN and end.fate is Fate.ACCOUNT and end.quota is None
        if refused and self._settings.hint:
            return replace(end, text=f"{end.text}; {self._settings.hint}")
        return end

    async def _connected(self) -> SMTP:
        if self._client is None or not self._client.is_connected:
            self._used = 0
            await self._login_turn()
            self._client = new_client(self._settings)
            await open_session(self._client, self._settings)
        return self._client

    async def _login_turn(self) -> None:
        """Waits until the provider lets us log in again."""
        clock = asyncio.get_running_loop().time
        await asyncio.sleep(max(0.0, self._login_at + self._settings.login_every - clock()))
        self._login_at = clock()

    def _drop(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            abort(client)

    async def _quit(self) -> None:
        client, self._client = self._client, None
        if client is None:
            return
        try:
            with contextlib.suppress(SMTPException, OSError):
                await client.quit(timeout=self._settings.timeouts.quit)
        finally:
            abort(client)

    async def problem(self) -> str | None:
        """Connects and logs in, sends nothing: what is wrong, if anything."""
        try:
            await self._connected()
        except StoppedError as stop:
            end = self._explained(stop.delivery)
            return " ".join(filter(None, (f"{end.stage} failed:", str(end.code or ""), end.text)))
        finally:
            await self._quit()
        return None

    def _rest(self) -> None:
        if self._client is not None:
            self._resting = asyncio.create_task(self._close_when_idle())

    def _wake(self) -> None:
        if self._resting is not None:
            self._resting.cancel()
            self._resting = None

    async def _close_when_idle(self) -> None:
        await asyncio.sleep(self._settings.idle_close)
        async with self._lock:
            await self._quit()


async def check_login(settings: SmtpSettings) -> str | None:
    """Connects and logs in, sends nothing. What is wrong, if anything, for `tactd check`."""
    problem = await Outbox(settings).problem()
    return problem and f"{settings.name}: SMTP {settings.host}:{settings.port}: {problem}"
