"""`tactd check --learn`: whose Authentication-Results to trust, proposed from the own mail.

It is the seller who writes the line into config.toml: only he knows his provider's name."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tactd.adapters.mailbox import MailboxSettings, newest_headers
from tactd.core.read.mail import read
from tactd.core.sender.stamps import FEW, Stamps, stamps
from tactd.errors import TactdError

LOOKED_AT = 30  # mails

# For each finding, what the seller is to know and do.
_ADVICE = {
    "found": "{ids} stamps the mail that comes in ({number} of {mails} mails). If that is the "
    "name of your own mail provider, put this line below [[mailbox]]:",
    "empty": "no mail lies in INBOX yet, so nothing can be learned; try again when some has come",
    "few": "only {mails} mails from outside can tell who stamps them, and " + str(FEW) + " are "
    "needed; try again when more has come",
    "one_sender": "all mails come from one sender, who could have stamped them himself; try again "
    "when others have written",
    "unstamped": "your provider stamps no Authentication-Results on your mail: nobody vouches for "
    'senders, and replies will be staged, unless verify = "dkim" stands below [[mailbox]]: then '
    "tactd checks signatures itself",
    "several": "several servers stamp your mail and none of them nearly all; ask your provider "
    "which one is its own. Until then nobody vouches for senders, and replies will be staged",
    "partly": "only some of your mail is stamped; ask your provider whether the server below is "
    "its own. Until then nobody vouches for senders, and replies will be staged",
}


@dataclass(frozen=True, slots=True)
class Learned:
    stamps: Stamps
    problem: str = ""

    def facts(self, configured: Sequence[str]) -> dict[str, Any]:
        found = self.stamps
        line = f"authserv_id = {json.dumps(list(found.proposed))}" if found.proposed else ""
        return {
            "finding": found.finding,
            "mails": found.mails,
            "seen": dict(found.seen),
            "proposed": list(found.proposed),
            "configured": list(configured),
            "line": line,
            "advice": self.problem or advice(found, configured),
        }


def learn_of(settings: MailboxSettings) -> Learned:
    """Look at the newest mails of INBOX; nothing is changed there."""
    try:
        raws = newest_headers(settings, LOOKED_AT)
    except TactdError as error:
        return Learned(Stamps(finding="empty", mails=0), str(error))
    now = datetime.now(UTC)
    return Learned(stamps([read(raw, now) for raw in raws]))


def advice(found: Stamps, configured: Sequence[str]) -> str:
    if found.proposed and set(found.proposed) == {one.lower() for one in configured}:
        return "authserv_id is right: {ids} stamps the mail that comes in".format(
            ids=" and ".join(found.proposed)
        )
    number = sum(n for name, n in found.seen if name in found.proposed)
    return _ADVICE[found.finding].format(
        ids=" and ".join(found.proposed), number=number, mails=found.mails
    )
