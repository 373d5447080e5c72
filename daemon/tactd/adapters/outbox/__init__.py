"""The outbox: hands one mail to the provider's SMTP server and tells what became of it.

One outbox a mailbox, one connection an outbox, one recipient a mail. After any trouble the
connection is closed instead of RSET: a server that hangs then cannot change the fate already
known, and a late reply cannot be taken for another mail's.
"""

from __future__ import annotations

from tactd.adapters.outbox.connection import Outbox, check_login
from tactd.adapters.outbox.settings import SmtpSettings, Timeouts
from tactd.core.fate import Delivery, Fate, Stage

__all__ = ["Delivery", "Fate", "Outbox", "SmtpSettings", "Stage", "Timeouts", "check_login"]
