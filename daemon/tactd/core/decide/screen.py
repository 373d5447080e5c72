"""SCREEN: is this a mail to be answered at all? The never-answer list itself is core/screen; here
stand also the mails that have had their answer."""

from __future__ import annotations

from dataclasses import replace

from tactd.core.decide.case import Case
from tactd.core.screen.never_answer import never_answer
from tactd.core.types import Mail, Message


def screen(case: Case) -> Case:
    mail, message = case.wrote.mail, case.wrote.message
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
    for code in doubts(mail, message):
        case = case.stages(code)
    return case.passes("screen.person")


def doubts(mail: Mail, message: Message) -> list[str]:
    """Why the words that the rest goes by may not be the buyer's own."""
    rows = (
        (not message.opened, "screen.wrapper_unread"),
        (message.marketplace is None and "only_quoted" in mail.flaws, "screen.only_quoted"),
        (bool({"charset", "charset_guessed"} & {*mail.flaws}), "screen.charset"),
        ("truncated" in mail.flaws, "screen.truncated"),
    )
    return [code for applies, code in rows if applies]
