"""What in a mail may lead to an order, and tracking numbers."""

from __future__ import annotations

import random
import string
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebay_mail_samples import RELAY, mail, sample_mail
from tactd.core.orders import index_keys
from tactd.core.types import Clue, Traced
from tactd.marketplaces import clues, open_mail
from tactd.marketplaces.tracking import carrier_and_page, traced, tracking_numbers


def found(
    text: str, sender: str = "jane@example.com", subject: str = "", cut: str = ""
) -> set[Clue]:
    written = mail(text, sender, subject, cut=cut)
    return set(clues(written, open_mail(written)))


def values(kind: str, text: str) -> list[str]:
    return sorted(clue.value for clue in found(text) if clue.kind == kind)


@pytest.mark.parametrize(
    "text",
    [
        "Where is 12-34567-89012?",
        "订单号12-34567-89012到哪里了",
        "注文１２－３４５６７－８９０１２です",
        "order 12–34567–89012",
        "order:12‑34567‑89012.",
        "(12-34567-89012)",
        "№12-34567-89012",
    ],
)
def test_an_order_number_is_found_however_it_is_typed(text: str) -> None:
    assert values("order", text) == ["12-34567-89012"]


@pytest.mark.parametrize(
    "text",
    [
        "112-34567-89012",
        "12-34567-890123",
        "12-34567-89012-3",
        "1-12-34567-89012",
        "12-3456-789012",
    ],
)
def test_a_part_of_a_longer_number_is_no_order_number(text: str) -> None:
    assert values("order", text) == []


def test_the_subject_counts_like_the_words() -> None:
    assert Clue("order", "12-34567-89012") in found("hello", subject="Order 12-34567-89012")


def test_a_number_in_the_quoted_part_only_is_a_weaker_kind_of_clue() -> None:
    got = found("Any news on 12-34567-89012?", cut="\n> 12-34567-89012 and 13-11111-22222")
    assert Clue("order_quoted", "13-11111-22222") in got
    assert Clue("order_quoted", "12-34567-89012") not in got
    assert Clue("order", "13-11111-22222") not in got


def test_a_members_message_leads_by_order_user_item_and_relay() -> None:
    written = sample_mail("message-en.txt")
    assert set(clues(written, open_mail(written))) == {
        Clue("order", "12-34567-89012"),
        Clue("username", "tidepool_ann"),
        Clue("username_item", "tidepool_ann\x1f395012345671"),
        Clue("item", "395012345671"),
        Clue("relay", RELAY),
    }


def test_a_plain_mail_leads_by_its_address_in_lower_case() -> None:
    assert found("hello", "Jane@Example.com") == {Clue("address", "jane@example.com")}


def test_a_notice_has_no_sender_to_lead_by() -> None:
    written = sample_mail("sale.txt", "ebay@ebay.com", "You made the sale for Lantern")
    kinds = {clue.kind for clue in clues(written, open_mail(written))}
    assert kinds == {"order", "item"}


def test_clues_are_normalised_like_the_keys_of_the_order_book() -> None:
    from ebay_samples import JANE, MODIFIED, NAME, report
    from tactd.marketplaces import recognise

    (order,) = recognise(report([JANE]).encode(), NAME, MODIFIED).orders
    keys = index_keys(order)
    written = sample_mail("message-en.txt")
    for clue in clues(written, open_mail(written)):
        assert (clue.kind, clue.value) in keys
    assert ("tracking", "LK473124829CN") in keys
    assert ("transaction", "2871004512001") in keys


# --------------------------------------------------------------------------- tracking numbers


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("RB123456785CN", "RB123456785CN"),
        ("it is rb 123 456 785 cn, thanks", "RB123456785CN"),
        ("单号RB123456785CN，请查", "RB123456785CN"),
        ("YT2012345678901234", "YT2012345678901234"),
        ("4PX3001234567890CN", "4PX3001234567890CN"),
        ("LP00123456789012", "LP00123456789012"),
        ("UP123456789YP", "UP123456789YP"),
        ("1Z 999 AA1 01 2345 6784", "1Z999AA10123456784"),
        ("00340434161094015902", "00340434161094015902"),
    ],
)
def test_a_tracking_number_is_found_however_it_is_typed(written: str, number: str) -> None:
    assert values("tracking", written) == [number]


@pytest.mark.parametrize("text", ["RB123456789CN", "1Z999AA10123456785", "call 0171 1234567"])
def test_a_number_with_a_wrong_check_digit_is_no_tracking_number(text: str) -> None:
    assert values("tracking", text) == []


def test_two_numbers_side_by_side_are_two() -> None:
    assert values("tracking", "RB123456785CN LK473124829CN") == ["LK473124829CN", "RB123456785CN"]


@pytest.mark.parametrize(
    ("number", "carrier", "page"),
    [
        ("RB123456785CN", "China Post", "https://t.17track.net/en#nums=RB123456785CN"),
        (
            "RR473124829GB",
            "Royal Mail",
            "https://www.royalmail.com/track-your-item#/tracking-results/RR473124829GB",
        ),
        (
            "YT2012345678901234",
            "YunExpress",
            "https://www.yuntrack.com/parcelTracking?id=YT2012345678901234",
        ),
        ("UP123456789YP", "Yanwen", "https://track.yw56.com.cn/en/querydel?nums=UP123456789YP"),
        ("9400111201080805483016", "USPS", None),
        ("LP00123456789012", "Cainiao", None),
        ("4PX3001234567890CN", "4PX", None),
    ],
)
def test_a_number_tells_its_carrier_and_the_page_to_look_at(
    number: str, carrier: str, page: str | None
) -> None:
    name, url = carrier_and_page(number) or ("", "")
    assert name == carrier
    assert url == page or (page is None and url.startswith("https://") and number in url)


@pytest.mark.parametrize("number", ["", "hello", "123", "RB123456789CN", "'); DROP TABLE orders"])
def test_what_is_no_tracking_number_has_no_carrier(number: str) -> None:
    assert carrier_and_page(number) is None


def test_an_untracked_small_packet_is_only_seen_leaving() -> None:
    assert traced("UA123456785CN") is Traced.DEPARTURE
    assert traced("RB123456785CN") is Traced.FULL


@given(st.integers(0, 99_999_999), st.sampled_from(["RB", "LK", "CP", "EE"]))
def test_of_ten_last_digits_exactly_one_passes_the_s10_check(serial: int, service: str) -> None:
    passing = [d for d in range(10) if carrier_and_page(f"{service}{serial:08d}{d}CN")]
    assert len(passing) == 1


@given(st.text(max_size=300))
def test_any_text_can_be_searched(text: str) -> None:
    for number in tracking_numbers(text):
        assert number.isalnum()
        assert carrier_and_page(number) is not None
    found(text)


def test_hostile_text_is_searched_in_linear_time() -> None:
    noise = random.Random(1)
    alphabet = string.ascii_uppercase + string.digits + "  --"
    texts = ["1 " * 60_000, "AB123456789 " * 9_000, "1-" * 60_000, "12-34567-" * 12_000]
    texts.append("".join(noise.choices(alphabet, k=100_000)))
    started = time.perf_counter()
    for text in texts:
        found(text)
    assert time.perf_counter() - started < 5  # a quadratic search takes minutes
