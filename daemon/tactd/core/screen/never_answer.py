"""SCREEN: who is never answered. The one place where that is decided.

Robots, lists, bounces and ourselves are skipped; where the evidence is weak, or a marketplace's
own parser found a real buyer inside a machine-made mail, a person decides (STAGE). Spam and
forged senders are the business of core/decide/disclose.py.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from tactd.core.screen import rules
from tactd.core.screen.rules import Case, Rule, plain
from tactd.core.types import Mail, MailKind, Message, Verdict


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a mail is not answered by itself: SKIP, nobody answers; STAGE, a person decides."""

    code: str  # stable, e.g. "screen.auto_submitted"
    kind: MailKind  # what the mail is taken for
    verdict: Verdict
    data: Mapping[str, str]  # "detail": the header, value or address that decided


def never_answer(mail: Mail, message: Message, own_addresses: Collection[str]) -> Refusal | None:
    """The refusal that this mail deserves, or None: it may be answered.

    `own_addresses` are all addresses and aliases of all mailboxes. The first SKIP of the table
    wins, else the first STAGE.
    """
    case = Case(mail, message, frozenset(plain(address) for address in own_addresses))
    doubt: Refusal | None = None
    for row in RULES:
        refusal = _apply(row, case)
        if refusal is None:
            continue
        if refusal.verdict is Verdict.SKIP:
            return refusal
        doubt = doubt or refusal
    return doubt


def _apply(row: _Row, case: Case) -> Refusal | None:
    detail = row.rule(case)
    if detail is None:
        return None
    data = {"detail": detail[:200]}
    if row.yields and _buyer_inside(case.message):
        return Refusal(row.code, case.message.kind, Verdict.STAGE, data)
    return Refusal(row.code, row.kind or case.message.kind, row.verdict, data)


def _buyer_inside(message: Message) -> bool:
    return message.marketplace is not None and message.kind in rules.FROM_BUYERS


@dataclass(frozen=True, slots=True)
class _Row:
    code: str
    rule: Rule
    kind: MailKind | None  # None: as the message says
    verdict: Verdict = Verdict.SKIP
    yields: bool = False  # to a marketplace's parser that found a buyer: STAGE


RULES: Final = (
    _Row("screen.unknown_notice", rules.unknown_notice, None),
    _Row("screen.marketplace_notice", rules.notice, None),
    _Row("screen.message_notice", rules.without_text, None, Verdict.STAGE),
    _Row("screen.own_mark", rules.own_mark, MailKind.OWN_REPLY_COPY),
    _Row("screen.from_self", rules.from_self, MailKind.OWN_REPLY_COPY),
    _Row("screen.report", rules.delivery_report, MailKind.DELIVERY_FAILURE),
    _Row("screen.report", rules.disposition_report, MailKind.AUTO_REPLY),
    _Row("screen.report", rules.any_report, MailKind.OTHER_NOTICE),
    _Row("screen.robot_address", rules.bounce_daemon, MailKind.DELIVERY_FAILURE),
    _Row("screen.auto_submitted", rules.auto_submitted, MailKind.AUTO_REPLY, yields=True),
    _Row("screen.x_autoreply", rules.autoreply, MailKind.AUTO_REPLY),
    _Row("screen.null_return_path", rules.null_return_path, MailKind.DELIVERY_FAILURE, yields=True),
    _Row("screen.list", rules.mailing_list, MailKind.LIST, yields=True),
    _Row("screen.precedence", rules.precedence_auto, MailKind.AUTO_REPLY, yields=True),
    _Row("screen.precedence", rules.precedence_list, MailKind.LIST, yields=True),
    _Row("screen.robot_address", rules.list_robot, MailKind.LIST, yields=True),
    _Row("screen.robot_address", rules.no_reply, MailKind.OTHER_NOTICE, yields=True),
    _Row("screen.robot_address", rules.bounce_envelope, MailKind.OTHER_NOTICE, yields=True),
    # A request not to answer, not a proof that a machine wrote (sisimai/p5-sisimai#491).
    _Row("screen.suppress", rules.suppress, MailKind.OTHER_NOTICE, yields=True),
    _Row("screen.many_hops", rules.many_hops, MailKind.OTHER_NOTICE),
    # A person may have written it: flow/record.py tells the seller.
    _Row("screen.no_sender", rules.no_sender, None),
    _Row("screen.ooo_subject", rules.out_of_office, MailKind.AUTO_REPLY, Verdict.STAGE),
    _Row("screen.bounce_subject", rules.bounce_subject, MailKind.DELIVERY_FAILURE, Verdict.STAGE),
    _Row("screen.stacked_re", rules.stacked_re, None, Verdict.STAGE),
    _Row("screen.not_addressed", rules.not_addressed, None, Verdict.STAGE),
)
