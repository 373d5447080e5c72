"""Orders, mails and policies for the tests of DECIDE, without any I/O, and ways to invent them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from tactd import marketplaces
from tactd.core.orders import normal_username
from tactd.core.types import (
    Address,
    BuyerWrote,
    By,
    Candidate,
    Clue,
    ContactKind,
    ContactState,
    Days,
    Delivery,
    Endpoint,
    EndpointKind,
    Estimate,
    FactGroup,
    Facts,
    Feedback,
    Known,
    LedgerRow,
    Limits,
    Line,
    Mail,
    MailboxPolicy,
    Marketplace,
    Mode,
    Money,
    Order,
    OrderKey,
    Parcel,
    ParcelState,
    Past,
    Policy,
    PostalAddress,
    Rating,
    Refund,
    Rule,
    Situation,
    Unanswered,
)
from tactd.shipped import reader

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)

CLUE_KINDS = (
    "order", "tracking", "transaction", "username_item", "thread", "order_quoted", "relay",
    "address", "username", "item",
)  # fmt: skip


def policy(mode: Mode = Mode.AUTO, auto: frozenset[Situation] = frozenset(Situation)) -> Policy:
    return Policy(
        seller_name="Blue Sheep Outdoor",
        seller_language="en",
        seller_address="me@example.org",
        timezone="Asia/Shanghai",
        mailboxes=(MailboxPolicy("shop", "shop@example.org", (), ("mx.example.org",)),),
        mode=mode,
        auto=auto,
        max_age=timedelta(hours=72),
        settle=timedelta(minutes=3),
        limits=Limits(answers=(Rule(4, DAY), Rule(10, 7 * DAY)), unasked=(Rule(1, 3 * DAY),)),
        delivery=Delivery(Days(15, 30), guarantee=45, handling=3, ship_from="CN"),
        reader=reader(),
    )


def mail_of(
    words: str, sender: str = "buyer1@example.com", stamp: str = "", reply_to: str = "", **more: str
) -> Mail:
    headers = [("authentication-results", f"mx.example.org; {stamp}")] if stamp else []
    headers.append(("from", f"Jane <{sender}>"))
    return Mail(
        content_key="k",
        received=NOW,
        message_id="<m1@example.com>",
        sender=Address("Jane", sender),
        senders=1,
        reply_to=(Address("", reply_to),) if reply_to else (),
        to=(Address("", "shop@example.org"),),
        subject=more.get("subject", "My order"),
        headers=tuple(headers),
        text=words,
        own=words,
    )


def wrote(mail: Mail) -> BuyerWrote:
    return BuyerWrote(mail, marketplaces.open_mail(mail), "shop")


def order_of(number: int, state: str = "moving", address: str = "") -> Order:
    """`address` holds the order, as a mail address or as a relay."""
    kind = EndpointKind.RELAY if address.endswith("@members.ebay.com") else EndpointKind.MAIL
    username = Endpoint(EndpointKind.EBAY, normal_username(f"user_{number}"))
    held = (Endpoint(kind, address),) if address else ()
    shipped = NOW - (50 if state == "overdue" else 10) * DAY
    parcel = Parcel(numbers=("LK473124829CN",), carrier="China Post", shipped_at=shipped)
    moving = state not in ("to_ship", "ship_late", "unpaid")
    return Order(
        key=OrderKey(Marketplace.EBAY, f"12-34567-{number:05}"),
        buyer_name="Jane Poole",
        endpoints=(username, *held),
        lines=(Line("395012345671", "Folding camping lantern", price=Money(Decimal(12), "USD")),),
        total=Money(Decimal("24.99"), "USD"),
        refunds=(Refund(None, NOW),) if state == "refunded" else (),
        placed=NOW - 12 * DAY,
        paid=None if state == "unpaid" else NOW - 12 * DAY,
        ship_by=NOW + (2 if state == "to_ship" else -2) * DAY,
        estimate=Estimate(NOW + 3 * DAY, NOW + 20 * DAY) if state == "moving" else Estimate(),
        ship_to=PostalAddress(name="Jane Poole", city="Portland", country="US"),
        feedback=Feedback(Rating.NEGATIVE) if state == "rated_down" else None,
        parcels=(_moved(parcel, state),) if moving else (),
        known=(Known(FactGroup.DISPATCH, NOW - timedelta(hours=1), "report.csv"),),
    )


def _moved(parcel: Parcel, state: str) -> Parcel:
    states = {"delivered": ParcelState.DELIVERED, "lost": ParcelState.LOST}
    return Parcel(
        numbers=parcel.numbers,
        carrier=parcel.carrier,
        shipped_at=parcel.shipped_at,
        state=states.get(state, ParcelState.MOVING),
    )


# ------------------------------------------------------------------ inventing them

STATES = (
    "unpaid", "to_ship", "ship_late", "moving", "overdue", "delivered", "lost", "refunded",
    "rated_down",
)  # fmt: skip
ADDRESSES = (
    "",
    "buyer1@example.com",
    "buyer2@example.com",
    "0123456789abcdef0123@members.ebay.com",
)

orders = st.builds(order_of, st.integers(1, 5), st.sampled_from(STATES), st.sampled_from(ADDRESSES))
clues = st.builds(Clue, st.sampled_from(CLUE_KINDS), st.sampled_from(["a", "b"]))
candidate_lists = st.lists(
    st.builds(Candidate, orders, st.lists(clues, min_size=1, max_size=4).map(tuple)),
    max_size=4,
    unique_by=lambda one: one.order.key,
).map(tuple)

words = st.sampled_from(
    [
        "Where is my order?",
        "I want my money back.",
        "Great seller, fast shipping, everything perfect!",
        "Please stop writing to me.",
        "Arrived today, thank you very much!",
        "I will sue you.",
        "你好，我的包裹在哪里？",
        "¿Dónde está mi pedido?",
        "",
    ]
) | st.text(max_size=80)  # fmt: skip
stamps = st.sampled_from(
    [
        "",
        "dmarc=pass header.from=example.com",
        "dmarc=fail header.from=example.com",
        "dmarc=pass header.from=example.net",
        "dmarc=pass header.from=members.ebay.com",
        "spf=pass smtp.mailfrom=example.com",
    ]
)
senders = st.sampled_from([*ADDRESSES[1:], "stranger@example.net", "shop@example.org", ""])
mails = st.builds(mail_of, words, senders, stamps, st.sampled_from(["", "", "x@example.net"]))

times = st.datetimes(datetime(2026, 9, 1), datetime(2026, 12, 31)).map(
    lambda naive: naive.replace(tzinfo=UTC)
)
rows = st.builds(
    LedgerRow,
    at=times,
    endpoint=st.just(Endpoint(EndpointKind.MAIL, "buyer1@example.com")),
    mailbox=st.just("shop"),
    kind=st.sampled_from(ContactKind),
    by=st.sampled_from(By),
    state=st.sampled_from(ContactState),
    order=st.none() | st.just(OrderKey(Marketplace.EBAY, "12-34567-00001")),
    thread=st.just("<t@example.com>"),
    situation=st.sampled_from(["", "in_transit", "delayed opt_out"]),
    reply=st.none() | st.integers(1, 9),
)
facts = st.builds(
    Facts,
    candidates=candidate_lists,
    too_many=st.booleans(),
    past=st.builds(
        Past,
        orders=st.lists(orders.map(lambda one: one.key), max_size=2).map(tuple),
        language=st.sampled_from(["", "en", "zh"]),
        answered_by_hand=st.none() | times,
    ),
    unanswered=st.lists(
        st.builds(Unanswered, st.integers(1, 99), times, st.text(max_size=20), words), max_size=2
    ).map(tuple),
    history=st.lists(rows, max_size=3).map(tuple),
    at_start=st.booleans(),
    flagged_answered=st.booleans(),
)
policies = st.builds(
    policy, st.sampled_from(Mode), st.sets(st.sampled_from(Situation), max_size=3).map(frozenset)
)
