"""PERMIT: has the seller allowed this to go without him? Each clause of the Send formula that is
about the seller's will, and not about the mail, is one row here."""

from __future__ import annotations

from tactd.core.decide.case import Case
from tactd.core.decide.choose import ROWS
from tactd.core.types import Mode

# What `would` leaves out: a decision if the mode were auto and the situation allowed.
WILL = frozenset({"permit.mode", "permit.not_listed", "permit.not_built"})


def permit(case: Case) -> Case:
    age = case.now - case.since
    if age > case.policy.max_age:
        case = case.stages("permit.too_old", hours=str(int(age.total_seconds() // 3600)))
    for situation in case.situations:
        if not ROWS[situation].may_auto:
            case = case.stages("permit.person_decides", situation=situation)
        elif situation not in case.policy.auto:
            case = case.stages("permit.not_listed", situation=situation)
    if case.policy.mode is not Mode.AUTO:
        return case.stages("permit.mode", mode=case.policy.mode)
    # Fail closed: without counted limits nothing may go by itself (promise 3).
    return case.stages("permit.not_built")
