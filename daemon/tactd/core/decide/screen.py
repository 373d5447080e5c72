"""SCREEN: is this a mail to be answered at all? The never-answer list itself is core/screen; here
stand also the mails that have had their answer."""

from __future__ import annotations

from dataclasses import replace

from tactd.core.decide.case import Case
from tactd.core.decide.disclose import vouched_by
from tactd.core.reach import SITES, site_of
from tactd.core.screen.never_answer import never_answer
from tactd.core.sender.look_alike import imitated
from tactd.core.types import Mail, MailKind, Message, Vouched


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
    if name := _imitated(case):
        case = replace(case, kind=MailKind.PHISHING_SUSPECT)
        return case.stages("screen.look_alike", marketplace=name)
    return case.passes("screen.person")


def _imitated(case: Case) -> str:
    """The marketplace whose name stands in another's domain, where the provider says that the mail
    is forged; "" if there is none."""
    if case.wrote.message.marketplace is not None:
        return ""
    site = site_of(imitated(case.wrote.mail, case.policy.packs.values()))
    return SITES[site] if site and vouched_by(case)[0] is Vouched.NO else ""


def doubts(mail: Mail, message: Message) -> list[str]:
    """Why the words that the rest goes by may not be the buyer's own."""
    rows = (
        (not message.opened, "screen.wrapper_unread"),
        (message.marketplace is None and "only_quoted" in mail.flaws, "screen.only_quoted"),
        (bool({"charset", "charset_guessed"} & {*mail.flaws}), "screen.charset"),
        ("truncated" in mail.flaws, "screen.truncated"),
    )
    return [code for applies, code in rows if applies]
