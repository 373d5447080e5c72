"""SCREEN: is this a mail to be answered at all? The never-answer list itself is core/screen.py;
here stand also the mails that have had their answer."""

from __future__ import annotations

from dataclasses import replace

from tactd.core.case import Case
from tactd.core.screen import never_answer


def sift(case: Case) -> Case:
    mail, message = case.event.mail, case.event.message
    own = [address for box in case.policy.mailboxes for address in box.own_addresses]
    case = replace(case, kind=message.kind)
    refusal = never_answer(mail, message, own)
    if refusal is not None:
        case = replace(case, kind=refusal.kind)
        return case.note(refusal.verdict, refusal.code, **refusal.data)
    if case.facts.past.answered_by_hand:
        return case.skips("screen.answered_by_hand")
    if case.facts.at_start and case.facts.flagged_answered:
        return case.skips("screen.flagged_answered")
    if not message.opened:
        return case.stages("screen.wrapper_unread")
    return case.passes("screen.person")
