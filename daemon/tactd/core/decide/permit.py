"""PERMIT: has the seller allowed this to go without him, and has the buyer not forbidden it? Each
clause of the Send formula that is about somebody's will, not about the mail, is one row here."""

from __future__ import annotations

from datetime import datetime

from tactd.core.decide.case import Case
from tactd.core.decide.choose import ROWS
from tactd.core.decide.disclose import FORGED
from tactd.core.decide.stopping import asks_to_stop
from tactd.core.sender.proved import proved
from tactd.core.types import (
    BuyerWrote,
    ContactKind,
    Disclosure,
    Mode,
    Reading,
    Silence,
    Situation,
    Vouched,
)

# What `would` leaves out: a decision if the mode were auto and the situation allowed.
WILL = frozenset({"permit.mode", "permit.not_listed", "permit.sent_not_read"})


def permit(case: Case) -> Case:
    age = case.now - _written(case)
    if age > case.policy.max_age:
        case = case.stages("permit.too_old", hours=str(int(age.total_seconds() // 3600)))
    if case.facts.at_start:
        case = case.stages("permit.at_start")
    if _seller_wrote(case):
        case = case.stages("permit.seller_wrote")
    if not any(box.name == case.event.mailbox for box in case.policy.mailboxes):
        case = case.stages("permit.no_mailbox", mailbox=case.event.mailbox)
    for situation in case.situations:
        if not ROWS[situation].may_auto:
            case = case.stages("permit.person_decides", situation=situation)
        elif situation not in case.policy.auto:
            case = case.stages("permit.not_listed", situation=situation)
    if case.facts.buyer is not None and case.facts.buyer.silence is Silence.STOP:
        case = case.stages("permit.stop")
    if stops(case.reading, case.disclosure) and Situation.OPT_OUT not in case.situations:
        case = case.stages("permit.stop_too")
    if case.facts.suppressed:
        case = case.passes("permit.alive") if _alive(case) else case.stages("permit.bounces")
    if not case.facts.sent_read:
        case = case.stages("permit.sent_not_read")
    if case.policy.mode is not Mode.AUTO:
        return case.stages("permit.mode", mode=case.policy.mode)
    return case.passes("permit.allowed")


def stops(reading: Reading | None, disclosure: Disclosure | None) -> bool:
    """Does this very mail ask for no more mail? (What may be another's silences nobody.)"""
    forged = disclosure is not None and disclosure.warning in FORGED
    return reading is not None and asks_to_stop(reading) and not forged


def _written(case: Case) -> datetime:
    """By its own date, where that is earlier: old mail that is moved to another server, or back
    into INBOX, may arrive anew."""
    date = case.event.mail.date if isinstance(case.event, BuyerWrote) else None
    return min(case.since, date) if date else case.since


def _seller_wrote(case: Case) -> bool:
    """Has the seller written to him since his mail, in whatever thread or on the marketplace's own
    site? His own hand wins. (A follow-up is dropped then: core/decide/due.py.)"""
    if not isinstance(case.event, BuyerWrote):
        return False
    rows, came = case.facts.history, case.event.mail.received
    return any(row.kind is ContactKind.HAND and row.at > came for row in rows)


def _alive(case: Case) -> bool:
    """Who certainly writes from an address reads there too, whatever came back from it before."""
    wrote = case.facts.writes_again and isinstance(case.event, BuyerWrote)
    return wrote and proved(case.wrote, case.policy)[0] is Vouched.YES
