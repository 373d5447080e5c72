"""An order as named facts: text, ready to stand in a letter of a given language.

What is not known is not in the mapping. A day that should lie ahead and is already past is not
known either, so that a letter which would state it is not sent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta

from tactd.core.compose.render import one_line, one_lines
from tactd.core.compose.wording import and_more, country_name, long_date, money
from tactd.core.orders import open_cases
from tactd.core.types import EndpointKind, Order, Pack, Parcel, Policy, Traced
from tactd.core.windows import Window, money_back, parcel_to_speak_of, ship_by, window

SEARCH = timedelta(days=5)
LONGEST_SEARCH = timedelta(days=10)
LONGEST_TITLE = 60

Tracking = Callable[[str], tuple[str, str] | None]
"""A tracking number's carrier and public page."""

_Facts = Iterator[tuple[str, str | None]]
_Days = Mapping[str, datetime | None]

_NOT_A_USERNAME = frozenset({EndpointKind.MAIL, EndpointKind.RELAY})
_NOT_A_NAME = re.compile(r"[@/]|www\.", re.IGNORECASE)


def named_facts(
    order: Order | None,
    policy: Policy,
    language: str,
    now: datetime,
    carrier_and_page: Tracking,
) -> dict[str, str]:
    """Every fact that a letter about `order` may name (core/compose/fact_names.py), as text.

    `now` is the time of the decision. To see whether the facts of a draft have changed since,
    ask with the same `now`: `search_until` and `search_longest` count from it."""
    facts = {"shop": one_line(policy.seller_name)}
    if order is not None:
        country = order.ship_to.country
        days = _days(order, policy, now).items()
        facts |= {name: long_date(day.date(), language, country) for name, day in days if day}
        told = (*_purchase(order, language), *_journey(order, policy, carrier_and_page))
        facts |= one_lines({name: value for name, value in told if value})
    return facts


def _days(order: Order, policy: Policy, now: datetime) -> _Days:
    span, parcel = window(order, policy.delivery), parcel_to_speak_of(order)
    latest = span.latest if span else None
    cases_due = [case.answer_by for case in open_cases(order) if case.answer_by]
    return {
        "paid_on": order.paid,
        "shipped_on": parcel.shipped_at if parcel else None,
        "ship_by": _ahead(ship_by(order, policy.delivery), now),
        "expected_from": _ahead(_opening(span), now),
        "expected_to": _ahead(latest, now),
        "write_after": _ahead(latest, now),
        "overdue_since": latest if not _ahead(latest, now) else None,
        "refund_from": _ahead(money_back(order, policy.delivery), now),
        "search_until": now + SEARCH,
        "search_longest": now + LONGEST_SEARCH,
        "answer_by": _ahead(min(cases_due, default=None), now),
    }


def _ahead(day: datetime | None, now: datetime) -> datetime | None:
    """Today still counts: nobody is told an hour."""
    return day if day and day.date() >= now.date() else None


def _opening(span: Window | None) -> datetime | None:
    """A window of one day has no first day: "by 3 May", not "between 3 May and 3 May"."""
    return span.earliest if span and span.earliest.date() < span.latest.date() else None


def _purchase(order: Order, language: str) -> _Facts:
    country = order.ship_to.country
    yield "buyer", greeting_name(order)
    yield "order_number", order.key.number
    yield "item", _items(order, language)
    yield "total", money(order.total, language, country) if order.total else None
    yield "country", country_name(country, language)


def greeting_name(order: Order) -> str | None:
    """First and last name as on the order (a name all in capitals is written normally), else
    the username; nothing that looks like an address or a link."""
    usernames = (e.value for e in order.endpoints if e.kind not in _NOT_A_USERNAME)
    name = one_line(order.buyer_name)
    plain = name.isascii() and (name.isupper() or name.islower())
    names = (name.title() if plain and " " in name else name, *usernames)
    return next((n for n in names if n and not _NOT_A_NAME.search(n)), None)


def _items(order: Order, language: str) -> str | None:
    titles = list(dict.fromkeys(one_line(line.title) for line in order.lines if line.title))
    return and_more(_shortened(titles[0]), len(titles) - 1, language) if titles else None


def _shortened(title: str) -> str:
    """At most about 60 characters, cut between words where there are any."""
    if len(title) <= LONGEST_TITLE:
        return title
    head, _, rest = title[:LONGEST_TITLE].rpartition(" ")
    return (head if len(head) > LONGEST_TITLE // 2 else head + " " + rest).strip(" ,;:-") + "…"


def _journey(order: Order, policy: Policy, carrier_and_page: Tracking) -> _Facts:
    span, parcel = window(order, policy.delivery), parcel_to_speak_of(order)
    if span and parcel and parcel.shipped_at and span.days.last > 1:
        yield "days_last", str(span.days.last)
        if 0 < span.days.first < span.days.last:
            yield "days_first", str(span.days.first)
    if parcel:
        yield from _tracking(parcel, policy.packs.get(order.key.marketplace), carrier_and_page)


def _tracking(parcel: Parcel, pack: Pack | None, carrier_and_page: Tracking) -> _Facts:
    """A parcel that cannot be followed has no number to show, one that is only scanned when it
    leaves has no page."""
    if not parcel.numbers or parcel.traced is Traced.NONE:
        return
    number = parcel.numbers[0]
    carrier, page = carrier_and_page(number) or ("", "")
    yield "tracking_number", number
    yield "carrier", parcel.carrier or carrier
    if parcel.traced is Traced.FULL and (pack is None or pack.links):
        yield "tracking_page", page
