"""SCREEN: is this a mail to be answered at all? The never-answer list itself is core/screen; here
stand also the mails that have had their answer."""

from __future__ import annotations

from dataclasses import replace

from tactd.core.decide.case import Case
from tactd.core.reach import SITES, site_of
from tactd.core.screen.never_answer import Refusal, never_answer
from tactd.core.screen.own_export import own_export
from tactd.core.sender.look_alike import imitated, poses
from tactd.core.sender.proved import files_proved, proved
from tactd.core.types import Mail, MailKind, Message, Verdict, Vouched

# What a forger writes as: not as a bounce, and a notice without text has nothing but a link to the
# marketplace's own page, which tactd knows itself.
_PRETENDED = frozenset(MailKind) - {
    MailKind.MESSAGE_NOTICE,
    MailKind.DELIVERY_FAILURE,
    MailKind.AUTO_REPLY,
    MailKind.LIST,
}


def screen(case: Case) -> Case:
    mail, message = case.wrote.mail, case.wrote.message
    own = [address for box in case.policy.mailboxes for address in box.own_addresses]
    if files := own_export(mail, case.policy.seller_address):
        return _own_export(case, files)
    case = replace(case, kind=message.kind)
    refusal = never_answer(mail, message, own)
    if refusal is not None:
        return _refused(case, refusal)
    if case.facts.past.answered_by_hand:
        return case.skips("screen.answered_by_hand")
    if case.facts.at_start and case.facts.flagged_answered:
        return case.skips("screen.flagged_answered")
    for code in doubts(mail, message):
        case = case.stages(code)
    if name := _imitated(case):
        return _suspected(case, Verdict.STAGE, name)
    return case.passes("screen.person")


def _refused(case: Case, refusal: Refusal) -> Case:
    case = replace(case, kind=refusal.kind)
    case = case.note(refusal.verdict, refusal.code, **refusal.data)
    name = _imitated(case) if refusal.kind in _PRETENDED else ""
    return _suspected(case, refusal.verdict, name) if name else case


def _suspected(case: Case, verdict: Verdict, name: str) -> Case:
    case = replace(case, kind=MailKind.PHISHING_SUSPECT)
    return case.note(verdict, "screen.look_alike", marketplace=name)


def _own_export(case: Case, files: str) -> Case:
    """It is read as an order report, if it is his, and never answered."""
    word, why = files_proved(case.wrote, case.policy)
    case = replace(case, kind=MailKind.OTHER_NOTICE)
    code = "import.mailed" if word is Vouched.YES else "import.unproven"
    return case.skips(code, files=files, why=why)


def _imitated(case: Case) -> str:
    """The marketplace that a forger writes as; "" if there is none. Its own domain or relay where
    the provider calls the mail forged; its name in another's, likewise, or as a whole word."""
    mail, packs = case.wrote.mail, case.policy.packs.values()
    site = site_of(case.wrote.message.marketplace or imitated(mail, packs))
    if site is None:
        return ""
    forged = proved(case.wrote, case.policy)[0] is Vouched.NO
    return SITES[site] if forged or poses(mail, packs) else ""


def doubts(mail: Mail, message: Message) -> list[str]:
    """Why the words that the rest goes by may not be the buyer's own."""
    rows = (
        (not message.opened, "screen.wrapper_unread"),
        (message.marketplace is None and "only_quoted" in mail.flaws, "screen.only_quoted"),
        (bool({"charset", "charset_guessed"} & {*mail.flaws}), "screen.charset"),
        ("truncated" in mail.flaws, "screen.truncated"),
    )
    return [code for applies, code in rows if applies]
