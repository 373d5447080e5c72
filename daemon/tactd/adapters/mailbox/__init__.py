"""FETCH: one thread per mailbox, which owns that mailbox's IMAP connection.

A mail counts as fetched only once the `Keeper` has committed it together with the watermark.
IDLE is a hint to look; what is new is always decided by a search over UIDs. Nothing here changes
a mail on the server: folders are opened by EXAMINE and read with BODY.PEEK, so \\Seen stays as it
is. The only thing ever written is the copy of an own reply in the Sent folder.
"""

from __future__ import annotations

from tactd.adapters.mailbox.check import CheckResult, check_login
from tactd.adapters.mailbox.health import Health, State
from tactd.adapters.mailbox.newest import newest_headers
from tactd.adapters.mailbox.sent import SentError
from tactd.adapters.mailbox.settings import Keeper, MailboxSettings
from tactd.adapters.mailbox.thread import Mailbox

__all__ = [
    "CheckResult",
    "Health",
    "Keeper",
    "Mailbox",
    "MailboxSettings",
    "SentError",
    "State",
    "check_login",
    "newest_headers",
]
