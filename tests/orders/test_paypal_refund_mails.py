"""PayPal's mails that money was given back: only what the seller has done, of one payment, and with
its sum. (Their form is unconfirmed.)"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paypal_samples import NAME, TXN, activity, jane
from paypal_samples import refund as refund_row
from tactd.core.merge import merge
from tactd.core.refunds import distinct
from tactd.core.types import Address, Mail, MailKind, Marketplace, Message, Money, OrderKey, Refund
from tactd.marketplaces import open_mail, recognise

SAID = datetime(2026, 11, 20, 16, 30, tzinfo=UTC)
OWN = "1RF00000AA000001B"  # the refund's transaction in the samples
SUBJECT = "You've sent a refund"
DETAILS = f"""
Refund details

Transaction ID: {OWN}
Original transaction ID: {TXN}
"""
ENGLISH = (
    f"You've issued a partial refund of $40.00 USD to Jane Poole (jane@example.com).\n{DETAILS}"
)


def opened(text: str, subject: str = SUBJECT, sender: str = "service@paypal.com") -> Message:
    found = open_mail(
        Mail(
            content_key="k",
            received=SAID,
            date=SAID,
            message_id="<p2@paypal.com>",
            sender=Address("PayPal", sender),
            senders=1,
            subject=subject,
            text=text,
            own=text,
        )
    )
    assert found is not None
    return found


def refunds(text: str, subject: str = SUBJECT) -> tuple[Refund, ...]:
    return tuple(one for order in opened(text, subject).tells for one in order.refunds)


def test_a_refund_is_told_of_the_payment_with_its_sum_and_number() -> None:
    message = opened(ENGLISH)
    assert message.kind is MailKind.PAYOUT
    [payment] = message.tells
    assert payment.key == OrderKey(Marketplace.PAYPAL, TXN)
    assert payment.refunds == (Refund(Money(Decimal("40.00"), "USD"), SAID, OWN, "paypal notice"),)
    assert payment.paid is None


LANGUAGES = {
    "en, the name first": (
        "You've sent a refund to Jane Poole",
        f"You refunded Jane Poole $40.00 USD.\n\nTransaction ID\n{TXN}\n",
    ),
    "en, labelled": (
        "Your refund to Jane Poole has been sent",
        f"It is on its way.\n\nRefund amount\n$40.00 USD\n\nTransaction ID\n{TXN}\n",
    ),
    "de": (
        "Rückzahlung gesendet",
        f"Sie haben 40,00 USD an Jane Poole zurückgezahlt.\n\nTransaktionscode: {TXN}\n",
    ),
    "de, the noun": (
        "Ihre Rückzahlung an Jane Poole",
        "Sie haben eine Rückzahlung in Höhe von 40,00 USD an Jane Poole gesendet.\n\n"
        f"Ursprünglicher Transaktionscode: {TXN}\nTransaktionscode: {OWN}\n",
    ),
    "fr": (
        "Remboursement envoyé",
        f"Vous avez remboursé 40,00 $ USD à Jane Poole.\n\nN° de transaction : {TXN}\n",
    ),
    "es": (
        "Reembolso enviado",
        f"Ha emitido un reembolso de 40,00 USD a Jane Poole.\n\nId. de transacción: {TXN}\n",
    ),
    "it": (
        "Rimborso inviato",
        f"Hai inviato un rimborso di 40,00 USD a Jane Poole.\n\nCodice transazione: {TXN}\n",
    ),
    "zh": ("退款通知", f"您已向 Jane Poole 退款 $40.00 USD。\n\n交易号：{TXN}\n"),
}


@pytest.mark.parametrize(("subject", "text"), LANGUAGES.values(), ids=LANGUAGES)
def test_it_is_told_in_six_languages(subject: str, text: str) -> None:
    [payment] = opened(text, subject).tells
    assert payment.key.number == TXN
    assert [one.amount for one in payment.refunds] == [Money(Decimal("40.00"), "USD")]


def test_a_sum_in_euros_needs_no_code() -> None:
    text = f"Sie haben 1.040,50 € an Jane Poole zurückgezahlt.\n\nTransaktionscode: {TXN}\n"
    assert [one.amount for one in refunds(text)] == [Money(Decimal("1040.50"), "EUR")]


NOT_TOLD = {
    "asked for": ENGLISH.replace("You've issued", "Jane asks: has it come that you issued").replace(
        "issued a partial refund", "requested a refund"
    ),
    "a request": f"Jane Poole has requested a refund of $40.00 USD.\n{DETAILS}",
    "it failed": f"You've issued a refund of $40.00 USD, and it failed.\n{DETAILS}",
    "it was his own": f"You've received a refund of $40.00 USD from Tent Works.\n{DETAILS}",
    "no sum": f"You've issued a partial refund to Jane Poole.\n{DETAILS}",
    "no currency": f"You've issued a partial refund of $40.00.\n{DETAILS}",
    "two sums": f"You've issued a refund of $40.00 USD to 900.00 USD.\n{DETAILS}",
    "no transaction": "You've issued a partial refund of $40.00 USD to Jane Poole.\n",
    "two payments": f"{ENGLISH}\nOriginal transaction ID: 9DE43526FG170894H\n",
    "the payment is no number": ENGLISH.replace(TXN, "see your account"),
}


@pytest.mark.parametrize("text", NOT_TOLD.values(), ids=NOT_TOLD)
def test_what_is_in_doubt_tells_nothing(text: str) -> None:
    assert opened(text).tells == ()


def test_a_refund_that_was_cancelled_is_none() -> None:
    assert refunds(ENGLISH, "Your refund was cancelled") == ()


def test_the_mail_and_the_download_tell_of_one_refund() -> None:
    [told] = opened(ENGLISH).tells
    read = recognise(activity([jane(), refund_row()]), NAME, SAID + timedelta(days=1))
    payment = merge(next(one for one in read.orders if one.key == told.key), told)
    assert len(payment.refunds) == 2
    assert [one.amount for one in distinct(payment.refunds)] == [Money(Decimal("40.00"), "USD")]


@given(
    st.lists(
        st.sampled_from(
            [*ENGLISH.splitlines(), *(line for _, text in LANGUAGES.values() for line in [text])]
        ),
        max_size=12,
    ),
    st.text(max_size=200),
)
@settings(max_examples=150)
def test_any_text_tells_of_no_refund_or_of_one_with_its_sum(some: list[str], any_: str) -> None:
    for told in opened("\n".join([any_, *some])).tells:
        [one] = told.refunds
        assert one.amount is not None
        assert one.amount.amount > 0
        assert told.key.number in (TXN, OWN)
