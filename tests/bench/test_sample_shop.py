"""The benchmark measures the way to a staged reply: its mails must be ones that get there."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tactd import marketplaces
from tactd.core.orders import index_keys
from tactd.core.read.mail import read

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))

import sample_shop

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
COUNT = 48  # all kinds in all their languages


@pytest.fixture(scope="module")
def export() -> marketplaces.Export:
    data = sample_shop.orders_report(0, COUNT, NOW).encode()
    return marketplaces.recognise(data, "OrdersReport.csv", NOW)


def test_every_order_of_the_benchmark_is_read_without_a_problem(
    export: marketplaces.Export,
) -> None:
    assert (len(export.orders), export.problems) == (COUNT, ())


def test_every_mail_of_the_benchmark_is_a_buyers_and_leads_to_one_order(
    export: marketplaces.Export,
) -> None:
    by_key = {key: order for order in export.orders for key in index_keys(order)}
    for number, raw in enumerate(sample_shop.mails(0, COUNT, NOW)):
        mail = read(raw, NOW)
        message = marketplaces.open_mail(mail)
        assert (mail.flaws, message.opened) == ((), True)
        (named,) = message.orders
        assert by_key["order", named] is export.orders[number]


def test_the_mails_of_the_benchmark_are_of_the_usual_size() -> None:
    sizes = [len(raw) for raw in sample_shop.mails(0, COUNT, NOW)]
    assert 4_000 < sum(sizes) / COUNT < 6_000
