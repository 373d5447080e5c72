"""LIMIT: how often is decent. The rules over the contact ledger come with automatic sending; until
then nothing goes out without a person, and this step only says how many mails stand in the ledger.
"""

from __future__ import annotations

from tactd.core.case import Case
from tactd.core.types import ContactState


def limit(case: Case) -> Case:
    counted = [row for row in case.facts.history if row.state is not ContactState.REFUSED]
    return case.passes("limit.counted", mails=str(len(counted)))
