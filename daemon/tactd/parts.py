"""What wiring.py has built, and the daemon runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from tactd.adapters.exports import ExportFolder
from tactd.adapters.mailbox import Mailbox
from tactd.adapters.outbox import Outbox
from tactd.adapters.store import Store
from tactd.flow.desk import Desk
from tactd.flow.dispatch import Dispatch
from tactd.intake import KeepInStore, News
from tactd.marketplaces.generic.form import Form
from tactd.pipeline import Pipeline
from tactd.writer import Writer


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    store: Store
    writer: Writer
    pipeline: Pipeline
    desk: Desk
    dispatch: Dispatch
    exports: ExportFolder
    forms: list[Form]  # exports that the seller has described; a reload changes it
    keeper: KeepInStore
    mailboxes: dict[str, Mailbox]
    outboxes: dict[str, Outbox]
    clock: Callable[[], datetime]
    news: News
