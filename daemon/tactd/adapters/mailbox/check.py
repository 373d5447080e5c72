"""One login to see whether the settings are right, for `tactd check`."""

from __future__ import annotations

from dataclasses import dataclass

from tactd.adapters.mailbox.connection import Connection, ServerError
from tactd.adapters.mailbox.dial import Refused, dial
from tactd.adapters.mailbox.explain import problem, said
from tactd.adapters.mailbox.folders import sent_folder, sent_problem
from tactd.adapters.mailbox.settings import MailboxSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    problem: str = ""  # what is wrong and what to do; "" if all is well
    capabilities: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    inbox: str | None = None  # the folder that was opened
    sent: str | None = None
    alerts: tuple[str, ...] = ()


def check_login(settings: MailboxSettings) -> CheckResult:
    """Never raises for what can be wrong with a server; changes nothing there."""
    alerts: list[str] = []
    try:
        connection = dial(settings, alerts.append)
    except Refused as refused:
        return CheckResult(problem=str(refused), alerts=tuple(alerts))
    except (OSError, ServerError) as error:
        return CheckResult(problem=problem(error, settings), alerts=tuple(alerts))
    try:
        return _inspect(connection, settings, alerts)
    except (OSError, ServerError) as error:
        return CheckResult(problem=problem(error, settings), alerts=tuple(alerts))
    finally:
        connection.close(polite=True)


def _inspect(connection: Connection, settings: MailboxSettings, alerts: list[str]) -> CheckResult:
    listed = connection.folders()
    sent = sent_folder(listed, settings.sent)
    problems = [] if sent else [sent_problem(settings.sent)]
    inbox: str | None = settings.inbox
    try:
        connection.examine(settings.inbox)
    except ServerError as error:
        inbox = None
        problems.insert(0, f"the folder {settings.inbox!r} cannot be opened: {said(error)}")
    return CheckResult(
        problem="; ".join(filter(None, problems)),
        capabilities=connection.capabilities(),
        folders=tuple(folder.name for folder in listed),
        inbox=inbox,
        sent=sent,
        alerts=tuple(alerts),
    )
