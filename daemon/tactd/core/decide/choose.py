"""CHOOSE: the situation that the answer is written for.

One literal row a situation says what may go without a person, which facts its texts state and how
old these may be, what the text promises and what only a person can do. One small function an
intent picks the situation by the state of the order (playbook, "Every intent leads somewhere").
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tactd.core.decide.case import Case
from tactd.core.decide.protect import check_protection
from tactd.core.decide.stopping import LIKELY, nothing_but_a_stop
from tactd.core.orders import known, open_cases, state, unshipped_lines
from tactd.core.types import (
    FactGroup,
    Intent,
    Order,
    OrderState,
    Pack,
    PromiseKind,
    Rating,
    Reading,
    Sentiment,
    Situation,
)
from tactd.core.windows import ship_by, window

# Where a marketplace names no answering time of its own.
ANSWER_WITHIN = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Row:
    """What holds for a situation. `facts`: the groups that its texts state, each with the
    greatest age. `promise`: what the texts promise, and how long after sending it is due (None:
    at the end of the delivery window)."""

    may_auto: bool = False
    facts: tuple[tuple[FactGroup, timedelta], ...] = ()
    promise: tuple[PromiseKind, timedelta | None] | None = None
    todo: tuple[str, timedelta] | None = None


_SHIPPED = ((FactGroup.DISPATCH, timedelta(hours=72)),)

ROWS: Mapping[Situation, Row] = {
    **{situation: Row() for situation in Situation},
    Situation.NOT_YET_SHIPPED: Row(
        may_auto=True,
        facts=((FactGroup.DISPATCH, timedelta(hours=24)),),
        promise=(PromiseKind.SHIP, None),
    ),
    Situation.SHIP_LATE: Row(
        facts=((FactGroup.DISPATCH, timedelta(hours=24)),), todo=("ship", timedelta(days=1))
    ),
    Situation.IN_TRANSIT: Row(may_auto=True, facts=_SHIPPED, promise=(PromiseKind.ANSWER, None)),
    Situation.DELAYED: Row(
        facts=_SHIPPED,
        promise=(PromiseKind.SEARCH, timedelta(days=5)),
        todo=("open_inquiry", timedelta(days=1)),
    ),
    Situation.REFUND_NOT_YET: Row(facts=_SHIPPED, promise=(PromiseKind.REFUND, None)),
    Situation.IDENTITY_CHECK: Row(todo=("check_payer_before_shipping", timedelta(days=1))),
    Situation.DELAY_NOTICE: Row(may_auto=True, facts=_SHIPPED),
    Situation.FEEDBACK_THANKS: Row(may_auto=True),
    Situation.OPT_OUT: Row(may_auto=True),
}

# States in which the parcel is on its way as far as anybody knows.
UNDER_WAY = frozenset({OrderState.SHIPPED, OrderState.CUSTOMS, OrderState.PICKUP})


GUESS = 0.4  # confidence below which no letter is drafted
# Who is hurt, insults or names his lawyer is answered by a person, in his own words (playbook).
GRAVE = frozenset({"legal_threat", "abuse", "injury"})


def choose(case: Case) -> Case:
    reading = case.reading
    assert reading is not None  # classify comes before choose in decide.STEPS
    intents = (reading.intent, *reading.also)
    situations = tuple(dict.fromkeys(_situation(intent, case) for intent in intents))
    if not GRAVE.isdisjoint(reading.flags) and Situation.OPT_OUT not in situations:
        situations = (Situation.HANDOVER,)
    if len(situations) > 1:  # what needs a person needs one for the whole mail
        situations = tuple(one for one in situations if one is not Situation.NO_REPLY_NEEDED)
        if Situation.HANDOVER in situations:
            case, situations = _handed_over(case, reading)
    case = replace(case, situations=situations)
    if situations == (Situation.NO_REPLY_NEEDED,):
        return case.skips("choose.no_reply_needed")
    if situations == (Situation.HANDOVER,):
        return _check_cases(case.stages("choose.handover", intent=reading.intent))
    case = case.passes("choose.situation", situation=", ".join(situations))
    return check_facts(check_protection(_check_cases(case)))


def _handed_over(case: Case, reading: Reading) -> tuple[Case, tuple[Situation, ...]]:
    """One wish without a letter needs a person for the whole mail. For what is probably a stop, its
    letter lies ready."""
    if not nothing_but_a_stop(reading):
        return case, (Situation.HANDOVER,)
    others = ", ".join(reading.also)
    return case.stages("choose.stop_or_other", intent=others), (Situation.OPT_OUT,)


def answer_within(pack: Pack | None) -> timedelta:
    return pack.answer_within if pack else ANSWER_WITHIN


def _situation(intent: Intent, case: Case) -> Situation:
    """A mere guess drafts nothing: a person writes."""
    assert case.reading is not None
    route = ROUTES.get(intent) if case.reading.confidence >= GUESS else None
    return route(case) if route else Situation.HANDOVER


def _where(case: Case) -> Situation:
    order = case.match.order
    if order is None:
        return Situation.HANDOVER
    where = state(order)
    if where is OrderState.TO_SHIP:
        due = ship_by(order, case.policy.delivery)
        late = due is not None and due < case.now
        return Situation.SHIP_LATE if late else Situation.NOT_YET_SHIPPED
    if where is OrderState.LOST or (where in UNDER_WAY and window_over(order, case)):
        return Situation.DELAYED
    return Situation.IN_TRANSIT if where in UNDER_WAY else Situation.HANDOVER


def _refund(case: Case) -> Situation:
    """Money is promised only from a date on; before that the parcel is given its time."""
    order = case.match.order
    if order is None or state(order) not in {*UNDER_WAY, OrderState.LOST}:
        return Situation.HANDOVER
    over = state(order) is OrderState.LOST or window_over(order, case)
    return Situation.DELAYED if over else Situation.REFUND_NOT_YET


def _feedback(case: Case) -> Situation:
    """Kind words with a rating that is not: probably a slip of the finger. Kind words alone:
    thanks. Anything with a complaint in it is a person's to answer."""
    assert case.reading is not None
    if not kind_words(case.reading):
        return Situation.HANDOVER
    order = case.match.order
    rating = order.feedback.rating if order and order.feedback else None
    if order is not None and rating in (Rating.NEUTRAL, Rating.NEGATIVE):
        pack = case.policy.packs.get(order.key.marketplace)
        may_ask = pack is None or pack.asks_for_ratings
        return Situation.FEEDBACK_MISCLICK if may_ask else Situation.HANDOVER
    return Situation.FEEDBACK_THANKS


def _opt_out(case: Case) -> Situation:
    """A guess silences nobody."""
    assert case.reading is not None
    return Situation.OPT_OUT if case.reading.confidence >= LIKELY else Situation.HANDOVER


def _thanks(case: Case) -> Situation:
    """Only what is thanks for sure is passed over in silence."""
    assert case.reading is not None
    return Situation.NO_REPLY_NEEDED if case.reading.sure else Situation.HANDOVER


ROUTES: Mapping[Intent, Callable[[Case], Situation]] = {
    Intent.WHERE_IS_MY_ITEM: _where,
    Intent.REFUND_REQUEST: _refund,
    Intent.FEEDBACK: _feedback,
    Intent.OPT_OUT: _opt_out,
    Intent.THANKS: _thanks,
}


def kind_words(reading: Reading) -> bool:
    """Praise with a problem inside is the problem."""
    return reading.sentiment is Sentiment.POSITIVE and not reading.also and not reading.flags


def window_over(order: Order, case: Case) -> bool:
    span = window(order, case.policy.delivery)
    return span is not None and span.latest < case.now


def _check_cases(case: Case) -> Case:
    """A case, claim or chargeback freezes automatic mail for its order and calls the seller."""
    for one in open_cases(case.match.order):
        case = case.stages("choose.open_case", kind=one.kind, number=one.number)
    return case


def check_facts(case: Case) -> Case:
    """Only facts that are known and fresh, and of the whole order, may go out by themselves
    (promise 9)."""
    groups = dict(fact for one in case.situations for fact in ROWS[one].facts)
    if FactGroup.DISPATCH in groups:
        case = _check_whole(case)
    for group, oldest in groups.items():
        case = _check_fact(case, group, oldest, case.now)
    return case


def _check_whole(case: Case) -> Case:
    """A letter speaks of one parcel: what is not in it would be answered for too."""
    order = case.match.order
    rest = unshipped_lines(order) if order else ()
    if order is None or not rest:
        return case
    titles = [line.title or line.item for line in order.lines if line.item in rest]
    return case.stages("choose.part_unshipped", items=", ".join(dict.fromkeys(titles)))


def _check_fact(case: Case, group: FactGroup, oldest: timedelta, now: datetime) -> Case:
    order = case.match.order
    fact = known(order, group) if order else None
    if fact is None:
        return case.stages("choose.fact_unknown", group=group)
    if now - fact.as_of > oldest:
        hours = str(int((now - fact.as_of).total_seconds() // 3600))
        return case.stages("choose.fact_old", group=group, hours=hours, source=fact.source)
    return case.passes("choose.fact_fresh", group=group)
