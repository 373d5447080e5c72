"""What the tests of COMPOSE share: an order, a policy, and the shipped texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from tactd.adapters.templates import load
from tactd.core.compose.draft import Composed, Request, compose
from tactd.core.compose.fact_names import SAMPLE
from tactd.core.compose.template_set import Key, Templates, template_set
from tactd.core.types import (
    Days,
    Delivery,
    Endpoint,
    EndpointKind,
    Limits,
    Line,
    Marketplace,
    Mode,
    Money,
    Order,
    OrderKey,
    Pack,
    Parcel,
    Policy,
    PostalAddress,
    Reach,
    Route,
    Season,
    Situation,
)

SHIPPED_FOLDER = Path(__file__).parents[2] / "templates"
SHIPPED = load(SHIPPED_FOLDER)

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
SHIPPED_AT = datetime(2026, 11, 12, 12, tzinfo=UTC)
NUMBER = "LX123456785CN"

EBAY = Pack(
    marketplace=Marketplace.EBAY,
    dated="2026-11-01",
    answer_within=timedelta(hours=24),
    max_length=2000,
    links=False,
    reach=Reach.REPLY,
)

DELIVERY = Delivery(
    default=Days(15, 30),
    guarantee=45,
    handling=3,
    ship_from="CN",
    routes=(
        Route("US", Days(12, 25)),
        Route("US", Days(10, 20), service="ePacket"),
        Route("BR", Days(30, 60)),
    ),
    seasons=(Season((11, 15), (1, 10), 7),),
)

POLICY = Policy(
    seller_name="Blue Sheep Outdoor",
    seller_language="zh",
    seller_address="me@example.com",
    timezone="Asia/Shanghai",
    mailboxes=(),
    mode=Mode.STAGE,
    auto=frozenset(),
    max_age=timedelta(hours=72),
    settle=timedelta(minutes=3),
    limits=Limits(),
    delivery=DELIVERY,
    packs={Marketplace.EBAY: EBAY},
)

PARCEL = Parcel(numbers=(NUMBER,), service="ePacket", shipped_at=SHIPPED_AT)

ORDER = Order(
    key=OrderKey(Marketplace.OWN, "1044"),
    buyer_name="Jane Doe",
    endpoints=(
        Endpoint(EndpointKind.MAIL, "jane@example.com"),
        Endpoint(EndpointKind.EBAY, "jane_d"),
    ),
    lines=(Line("395012345671", "Folding camping lantern"),),
    total=Money(Decimal("24.99"), "USD"),
    paid=datetime(2026, 11, 10, 12, tzinfo=UTC),
    ship_to=PostalAddress(country="DE"),
    parcels=(PARCEL,),
)


def on(month: int, day: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, 12, tzinfo=UTC)


def track(number: str) -> tuple[str, str] | None:
    return ("China Post", f"https://track.example/{number}") if number == NUMBER else None


def texts(files: Mapping[str, str]) -> Templates:
    """`{"in_transit/en.2": "Subject: …"}` as templates."""
    return template_set({_key(name): text for name, text in files.items()})


def _key(name: str) -> Key:
    folder, _, rest = name.partition("/")
    language, _, variant = rest.partition(".")
    return Key(folder, language, int(variant or 1))


def letter(
    *situations: Situation,
    templates: Templates = SHIPPED.templates,
    facts: Mapping[str, str] = SAMPLE,
    without: tuple[str, ...] = (),
    request: Mapping[str, object] | None = None,
) -> Composed:
    """Composed with sample facts, in English for a seller who reads English."""
    known = {name: value for name, value in facts.items() if name not in without}
    asked = Request(
        situations=situations,
        language="en",
        seller_language="en",
        named=lambda _language: known,
        disclose=True,
    )
    return compose(replace(asked, **(request or {})), templates)  # type: ignore[arg-type]


def codes(composed: Composed) -> list[str]:
    return [entry.code for entry in composed.trail]


def body(composed: Composed) -> str:
    assert composed.draft is not None
    return composed.draft.body
