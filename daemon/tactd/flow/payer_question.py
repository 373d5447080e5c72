"""What a buyer is asked where another than he paid: drafted once, for the seller to see first."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from tactd.adapters.store import orders, text_order
from tactd.core.language.table import COUNTRY_LANGUAGE
from tactd.core.types import Endpoint, EndpointKind, FollowUp, Order, Situation
from tactd.flow.book import payments_for
from tactd.flow.follow_up import Conversation, Followed, judge_follow_up, record_follow_up
from tactd.flow.payer_check import let_pass
from tactd.flow.rules import Rules
from tactd.flow.whose_mailbox import mailbox_for


def _buyer(conn: Connection, order: Order) -> Endpoint | None:
    """The address that he ordered from rather than the payer's own, where both are known."""
    mine = [one for one in order.endpoints if one.kind is EndpointKind.MAIL]
    payers = {one for payment in payments_for(conn, order) for one in payment.endpoints}
    return next((one for one in mine if one not in payers), None)


def check_payer(conn: Connection, text: str, rules: Rules, now: datetime) -> Followed | None:
    """Draft the question for the seller, if there still is one."""
    let_pass(conn, text)
    key = text_order(text)
    order = orders.get(conn, key) if key else None
    if order is None:
        return None
    event = FollowUp(
        situation=Situation.IDENTITY_CHECK,
        order=order.key,
        mailbox=mailbox_for(conn, order, rules.policy),
        at=order.paid or now,
        to=_buyer(conn, order),
    )
    talk = Conversation(root="", language=COUNTRY_LANGUAGE.get(order.ship_to.country, ""))
    judged = judge_follow_up(conn, event, talk, rules, now)
    record_follow_up(conn, judged)
    return judged
