"""The headers of the newest mails, for `tactd check --learn`. Nothing is changed on the server."""

from __future__ import annotations

from tactd.adapters.mailbox.connection import Connection, ServerError
from tactd.adapters.mailbox.dial import Refused, dial
from tactd.adapters.mailbox.explain import problem
from tactd.adapters.mailbox.settings import MailboxSettings
from tactd.errors import TactdError

HEADER = "BODY.PEEK[HEADER]<0.65536>"


def newest_headers(settings: MailboxSettings, count: int) -> list[bytes]:
    """The raw headers of up to `count` mails of INBOX, newest first. Raises TactdError."""
    try:
        connection = dial(settings, lambda _alert: None)
    except Refused as refused:
        raise TactdError(str(refused)) from refused
    except (OSError, ServerError) as error:
        raise TactdError(problem(error, settings)) from error
    try:
        uids = _newest(connection, settings, count)
        found = connection.bodies(uids, HEADER) if uids else {}
    except (OSError, ServerError) as error:
        raise TactdError(problem(error, settings)) from error
    finally:
        connection.close(polite=True)
    return [found[uid] for uid in uids if uid in found]


def _newest(connection: Connection, settings: MailboxSettings, count: int) -> list[int]:
    """Newest first. UIDs have gaps, so the window grows until enough mails lie in it; never over
    the largest one that a single answer can hold."""
    opened = connection.examine(settings.inbox)
    wanted = min(count, opened.exists)
    window = 4 * count
    while True:
        low = max(1, opened.uidnext - window)
        uids = sorted(connection.search("UID", f"{low}:*"), reverse=True)
        if len(uids) >= wanted or low == 1 or window >= settings.search_window:
            return uids[:count]
        window = min(10 * window, settings.search_window)
