"""What the daemon tells of itself: the mailboxes' health for `tactd status`, and one line for
systemd."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tactd.adapters import notify
from tactd.adapters.mailbox import Health, State
from tactd.adapters.store import flags, journal, replies
from tactd.core.types import ReplyState
from tactd.flow.rules import Rules
from tactd.parts import Parts


@dataclass(slots=True)
class Reporting:
    """Each is told when it has changed."""

    parts: Parts
    _status: str = ""

    async def tell(self) -> None:
        """Raises StoreError."""
        healths = {name: box.health for name, box in self.parts.mailboxes.items()}
        await self.parts.writer.do(self._note_health, healths)
        if notify.heard():
            await self._tell_systemd(healths.values())

    async def _tell_systemd(self, healths: Iterable[Health]) -> None:
        waiting, troubles = await self.parts.writer.do(self._count)
        line = status_line(healths, waiting, troubles)
        if line != self._status:
            notify.status(line)
            self._status = line

    # ------------------------------------------------------------------ in the writer thread

    def _note_health(self, healths: Mapping[str, Health]) -> None:
        with self.parts.store.read() as conn:
            noted = flags.under(conn, flags.HEALTH)
        now = self.parts.clock()
        for name, health in healths.items():
            said = json.dumps(health_facts(health))
            if noted.get(name, ("", now))[0] != said:
                with self.parts.store.write() as conn:
                    flags.put(conn, flags.HEALTH + name, said, now)

    def _count(self) -> tuple[dict[str, int], int]:
        with self.parts.store.read() as conn:
            return replies.counts(conn), len(journal.open_troubles(conn))


def health_facts(health: Health) -> dict[str, object]:
    """What `tactd status` shows of a mailbox."""
    return {
        "state": str(health.state),
        "since": health.since.isoformat(timespec="seconds"),
        "problem": health.problem,
        "caught_up": health.caught_up,
        "backlog": list(health.backlog),
        "sent_read": health.sent_read,
        "sent_backlog": list(health.sent_backlog),
        "alerts": list(health.alerts),
    }


def rules_facts(rules: Rules) -> dict[str, object]:
    """By what it works, which may be another than config.toml says by now."""
    policy = rules.policy
    return {"mode": policy.mode, "auto": sorted(policy.auto), "digest": rules.digest}


_ON_THEIR_WAY = (ReplyState.APPROVED, ReplyState.READY, ReplyState.SENDING)


def status_line(healths: Iterable[Health], replies: Mapping[str, int], troubles: int) -> str:
    """Counts by state of a reply → one line, as `systemctl status` shows it."""
    boxes = list(healths)
    watched = sum(one.state is State.WATCHING for one in boxes)
    staged = replies.get(ReplyState.STAGED, 0)
    going = sum(replies.get(state, 0) for state in _ON_THEIR_WAY)
    return (
        f"mailboxes watched: {watched} of {len(boxes)}, replies waiting for you: {staged}, "
        f"on their way: {going}, troubles: {troubles}"
    )
