"""Tracking numbers: whose they are, whether they can be true, and where to look them up."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tactd.core.types import Traced
from tactd.marketplaces.carriers import PRODUCTS, Product, _definition, carrier
from tactd.marketplaces.spoken import spoken_clues
from tactd.marketplaces.tracking import carrier_and_page, traced, tracking_numbers

CARRIERS = [
    ("RB123456785CN", "China Post"),
    ("LK473124829CN", "China Post"),
    ("EE123456785CN", "China Post"),
    ("RR473124829GB", "Royal Mail"),
    ("CP123456785US", "USPS"),
    ("RB123456785ZW", "postal service"),
    ("UP123456789YP", "Yanwen"),
    ("YT2012345678901234", "YunExpress"),
    ("YT201234567890123456", "YunExpress"),
    ("4PX3001234567890CN", "4PX"),
    ("LP00123456789012", "Cainiao"),
    ("LP00123456789012CN", "Cainiao"),
    ("CNG00123456789012", "Cainiao"),
    ("EM20123456789ABC01", "SpeedPAK"),
    ("SFC2WW1234567890", "SFC"),
    ("QA1234567890123", "SFC"),
    ("00340434161094015902", "DHL"),
    ("JJD000390007781234567", "DHL"),
    ("3318810025", "DHL"),
    ("H1000730000832701057", "Hermes"),
    ("1Z999AA10123456784", "UPS"),
    ("9400111202555842332669", "USPS"),
    ("420221539101026837331000039521", "USPS"),
    ("03071790000523483741", "USPS"),
    ("986578788855", "FedEx"),
    ("041441760228964", "FedEx"),
    ("9611020987654312345672", "FedEx"),
    ("TBA000000000000", "Amazon Logistics"),
    ("C11031500001879", "OnTrac"),
]


@pytest.mark.parametrize(("number", "name"), CARRIERS)
def test_a_number_tells_whose_it_is_and_a_public_page_that_shows_it(number: str, name: str) -> None:
    found, page = carrier_and_page(number) or ("", "")
    assert found == name
    assert page.startswith("https://")
    assert number in page


@pytest.mark.parametrize(
    "number",
    [
        "RB123456789CN",
        "1Z999AA10123456785",
        "9400111202555842332668",
        "986578788856",
        "3318810026",
        "041441760228965",
    ],
)
def test_a_wrong_check_digit_is_nobodys_number(number: str) -> None:
    assert carrier_and_page(number) is None
    assert list(tracking_numbers(f"it is {number}")) == []


def test_a_kind_of_service_that_the_package_does_not_list_is_still_the_carriers() -> None:
    """The check digit of UPS speaks for itself; its services grow in number."""
    made = next(n for n in (f"1Z999AAB901234567{d}" for d in range(10)) if carrier(n))
    assert carrier_and_page(made) == (
        "UPS",
        f"https://wwwapps.ups.com/WebTracking/track?track=yes&trackNums={made}",
    )


@pytest.mark.parametrize("product", PRODUCTS, ids=lambda one: one.name)
def test_the_package_has_every_product_that_is_taken_from_it(product: Product) -> None:
    assert _definition(product.name).product.name == product.name


@pytest.mark.parametrize(
    ("number", "how_far"),
    [
        ("UA123456785CN", Traced.DEPARTURE),
        ("ua 123 456 785 cn", Traced.DEPARTURE),
        ("UP123456789YP", Traced.FULL),
        ("RB123456785CN", Traced.FULL),
        ("LP00123456789012", Traced.FULL),
    ],
)
def test_only_an_untracked_small_packet_is_lost_from_sight(number: str, how_far: Traced) -> None:
    assert traced(number) is how_far


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("rb123456785cn", ["RB123456785CN"]),
        ("RB 1234 5678 5 CN", ["RB123456785CN"]),
        ("rb-123-456-785-cn", ["RB123456785CN"]),
        ("ＲＢ１２３４５６７８５ＣＮ", ["RB123456785CN"]),
        ("RB 123 456 785 CN", ["RB123456785CN"]),
        ("RB123‑456‑785CN", ["RB123456785CN"]),
        ("9400 1112 0255 5842 3326 69", ["9400111202555842332669"]),
        ("9865 7878 8855", ["986578788855"]),
        ("https://t.17track.net/en#nums=RB123456785CN&fc=1", ["RB123456785CN"]),
        ("LP00123456789012 and RB123456785CN", ["LP00123456789012", "RB123456785CN"]),
        ("LP00123456789012/RB123456785CN", ["LP00123456789012", "RB123456785CN"]),
        ("986578788855 986578788855", ["986578788855"]),
        ("331 881 0025", []),  # ten digits in groups: a telephone
    ],
)
def test_a_number_is_found_however_a_buyer_types_it(written: str, numbers: list[str]) -> None:
    found = [clue.value for clue in spoken_clues(written) if clue.kind == "tracking"]
    assert list(dict.fromkeys(found)) == numbers


@settings(max_examples=60)
@given(
    st.sampled_from([number for number, _ in CARRIERS if not number.isdigit()]),
    st.integers(1, 4),
    st.sampled_from([" ", "-"]),
    st.booleans(),
)
def test_groups_hyphens_and_case_change_nothing(
    number: str, size: int, between: str, lower: bool
) -> None:
    if len(number) / size > 8:
        size = 5
    typed = between.join(number[at : at + size] for at in range(0, len(number), size))
    assert number in tracking_numbers(typed.lower() if lower else typed)


@given(st.text(alphabet=st.sampled_from("0123456789 ABCLPYTUZ1-"), max_size=80))
def test_what_is_found_always_has_a_carrier(text: str) -> None:
    for number in tracking_numbers(text):
        assert number.isalnum()
        assert carrier_and_page(number) is not None
