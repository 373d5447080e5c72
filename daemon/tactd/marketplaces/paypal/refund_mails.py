"""What a PayPal mail tells of money that the seller has given back, and of which payment."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tactd.core.types import Mail, Marketplace, Money, Order, OrderKey, Refund
from tactd.marketplaces import values
from tactd.marketplaces.noticed import said_at, teller
from tactd.marketplaces.numbers import transactions
from tactd.marketplaces.paypal.parts import Parts, parts
from tactd.marketplaces.paypal.refund_words import DONE, DOUBTFUL, SUM

_MOST_PARAGRAPHS = 60


def refund(mail: Mail, text: str) -> Order | None:
    """The payment with its refund. None if the mail does not say so of one payment and one sum: a
    refund without a sum would count as the whole."""
    said = [one for one in _paragraphs(text) if DONE.search(one)]
    if not said or any(map(DOUBTFUL.search, (mail.subject[:500], *said))):
        return None
    found = parts(text)
    amount = _one_sum(found.get("refunded", ())[:1]) or _one_sum(said)
    payment, number = _numbers(found)
    if amount is None or not payment:
        return None
    told = Refund(amount, said_at(mail), number, teller(Marketplace.PAYPAL))
    return Order(key=OrderKey(Marketplace.PAYPAL, payment), refunds=(told,))


def _paragraphs(text: str) -> list[str]:
    some = re.split(r"\n[ \t]*\n", text, maxsplit=_MOST_PARAGRAPHS)[:_MOST_PARAGRAPHS]
    return [" ".join(one.split())[:600] for one in some]


def _numbers(found: Parts) -> tuple[str, str]:
    """(the payment's transaction, the refund's own). Where the mail names one transaction, it is
    taken for the payment's: were it the refund's, no payment would ever be found under it."""
    original, own = _one(found.get("original", ())), _one(found.get("transaction", ()))
    if original:
        return original, own if own != original else ""
    return ("" if "original" in found else own), ""


def _one(lines: Iterable[str]) -> str:
    named = set(transactions("\n".join(lines)))
    return named.pop() if len(named) == 1 else ""


def _one_sum(lines: Iterable[str]) -> Money | None:
    """The sum that they name; who pays may call himself "40.00 USD": of two sums neither."""
    sums = {money for line in lines for one in SUM.finditer(line) if (money := _money(one))}
    return sums.pop() if len(sums) == 1 else None


def _money(found: re.Match[str]) -> Money | None:
    sign = found["code"] or found["before"] or found["after"].strip("$¥")
    money = values.money(f"{found['number'].strip()} {sign}") if sign else None
    return money if money is not None and money.amount > 0 else None
