"""Which of several orders of one buyer is meant, by their state and dates; and when even a sure
sign is too old to be trusted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from tactd.core.orders import state
from tactd.core.types import Intent, Order, OrderState

# Who asks these asks about what has not come yet.
WAITING = frozenset(
    {Intent.WHERE_IS_MY_ITEM, Intent.CANCEL_ORDER, Intent.CHANGE_ORDER, Intent.CUSTOMS}
)
OVER = frozenset(
    {OrderState.DELIVERED, OrderState.RETURNED, OrderState.REFUNDED, OrderState.CANCELLED}
)
# An export tells of no delivery: after that long nobody waits for it any more.
FORGOTTEN = timedelta(days=90)
# Of orders that are over, those that ended so long ago are not what a new mail is about.
LONG_AGO = timedelta(days=45)


def the_one_meant(orders: Sequence[Order], asked: Intent, now: datetime) -> Order | None:
    """The only one that is still under way, if he asks about something under way, or if all others
    ended long ago; None where that is not so: then it is a doubt."""
    live = [order for order in orders if not over(order, now)]
    if len(live) != 1:
        return None
    rest = [order for order in orders if order is not live[0]]
    if asked in WAITING or all(ended_before(order, now - LONG_AGO) for order in rest):
        return live[0]
    return None


def over(order: Order, now: datetime) -> bool:
    """Is nothing to be expected of it any more? Who has rated it has got it."""
    return state(order) in OVER or order.feedback is not None or is_old(order, now)


def is_old(order: Order, now: datetime) -> bool:
    """Has nothing happened to it for so long that a new mail may well be about a new purchase?"""
    return not _open_case(order) and ended_before(order, now - FORGOTTEN)


def ended_before(order: Order, when: datetime) -> bool:
    """Was the last that is known of it before that? False where no date is known."""
    last = last_date(order)
    return last is not None and last < when


def last_date(order: Order) -> datetime | None:
    """The last date that anything happened to it, or was to happen."""
    dates = (
        order.placed,
        order.paid,
        order.cancelled_at,
        order.estimate.latest,
        order.feedback.at if order.feedback else None,
        *(refund.at for refund in order.refunds),
        *(parcel.shipped_at for parcel in order.parcels),
        *(scan.at for parcel in order.parcels for scan in parcel.scans),
    )
    return max((at for at in dates if at is not None), default=None)


def _open_case(order: Order) -> bool:
    return any(case.closed is None for case in order.cases)
