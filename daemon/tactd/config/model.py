"""config.toml as values: one class a section, one field a key.

The field's default is the documented one (a test compares them with the shipped config.toml).
`examples` is what a missing key is to be written as.
"""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from tactd.config.columns import Columns
from tactd.config.kinds import (
    AT_LEAST_ONE,
    TABLES,
    Country,
    DayCount,
    Duration,
    Email,
    ExistingFile,
    Imap,
    Language,
    LimitList,
    Line,
    Location,
    ModeName,
    MonthDay,
    Name,
    Password,
    QuietHours,
    Settle,
    SituationName,
    Smtp,
    Span,
    StoreUrl,
    TimeZone,
    ToWhom,
    VerifyName,
)
from tactd.config.providers import presets
from tactd.core.types import (
    Days,
    Mode,
    Rule,
    Situation,
    Verify,
)


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Seller(Section):
    name: Line = Field(examples=['"Blue Sheep Outdoor"'])
    language: Language = Field(examples=['"zh"'])
    timezone: TimeZone = Field(examples=['"Asia/Shanghai"'])
    address: Email = Field(examples=['"me@example.com"'])


class Folders(Section):
    inbox: Line = "INBOX"
    sent: Line = "auto"


class Mailbox(Section):
    name: Name = Field(examples=['"shop"'])
    address: Email = Field(examples=['"shop@example.com"'])
    aliases: tuple[Email, ...] = ()
    imap: Imap = Field(examples=['"imaps://imap.example.com"'])
    smtp: Smtp = Field(examples=['"smtps://smtp.example.com"'])
    user: Line = ""  # filled in from the address
    password: Password = Field(examples=['{ credential = "shop" }'])
    folders: Folders = Folders()
    authserv_id: tuple[Line, ...] = ()
    verify: VerifyName = Verify.AUTHSERV
    ca_file: ExistingFile | None = None

    @model_validator(mode="before")
    @classmethod
    def _fill_in(cls, raw: object) -> object:
        """What follows from the address: the user, and the servers of a known provider."""
        if not isinstance(raw, dict) or not isinstance(raw.get("address"), str):
            return raw
        address: str = raw["address"]
        return {"user": address, **presets().get(address.rpartition("@")[2].lower(), {}), **raw}

    @model_validator(mode="after")
    def _one_check(self) -> Mailbox:
        if self.authserv_id and self.verify is Verify.DKIM:
            raise ValueError(
                'with verify = "dkim" nothing that stands in authserv_id is looked at: leave out '
                "one of the two"
            )
        return self


class Orders(Section):
    folder: Location = Field(default=Path("orders"), validate_default=True)
    columns: Annotated[tuple[Columns, ...], TABLES] = ()

    @model_validator(mode="after")
    def _names_differ(self) -> Orders:
        names = [columns.name for columns in self.columns]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise ValueError(f'two of its columns are called "{twice}"')
        return self


class Replies(Section):
    mode: ModeName = Mode.STAGE
    auto: tuple[SituationName, ...] = (Situation.IN_TRANSIT, Situation.FEEDBACK_THANKS)
    folder: Location = Field(default=Path("replies"), validate_default=True)
    templates: Location = Field(default=Path("my-templates"), validate_default=True)
    settle: Settle = timedelta(minutes=3)
    max_age: Duration = timedelta(hours=72)


class LimitsSection(Section):
    answers: LimitList = (
        Rule(1, timedelta(minutes=10)),
        Rule(4, timedelta(hours=24)),
        Rule(10, timedelta(days=7)),
    )
    unasked: LimitList = (Rule(1, timedelta(days=3)), Rule(3, timedelta(days=30)))
    unasked_per_order: LimitList = (Rule(6, timedelta(days=60)),)
    per_mailbox: LimitList = (Rule(30, timedelta(hours=1)), Rule(200, timedelta(days=1)))
    quiet_hours: QuietHours = (time(21), time(8))


class RouteSection(Section):
    to: Country = Field(examples=['"US"'])
    service: Line = ""
    days: Span = Field(examples=['"10-20 days"'])


class SeasonSection(Section):
    start: MonthDay = Field(alias="from", examples=['"11-15"'])
    end: MonthDay = Field(alias="to", examples=['"01-10"'])
    add: DayCount = Field(examples=['"7 days"'])


class DeliverySection(Section):
    default: Span = Days(15, 30)
    guarantee: DayCount = 45
    handling: DayCount = 3
    ship_from: Country = "CN"
    routes: Annotated[tuple[RouteSection, ...], TABLES] = Field(default=(), alias="route")
    seasons: Annotated[tuple[SeasonSection, ...], TABLES] = Field(default=(), alias="season")


class Proactive(Section):
    dispatched: ToWhom = "off"
    progress: ToWhom = "asked"
    delay_notice: ToWhom = "asked"
    feedback_request: ToWhom = "off"
    payment_reminder: ToWhom = "off"


class Store(Section):
    url: StoreUrl = Field(default="sqlite:///tactd.db", validate_default=True)

    @property
    def path(self) -> Path:
        return Path(self.url.removeprefix("sqlite:///"))


class Config(Section):
    """A configuration that is right: every value checked, every path absolute."""

    seller: Seller
    mailboxes: Annotated[tuple[Mailbox, ...], AT_LEAST_ONE, TABLES] = Field(alias="mailbox")
    orders: Orders
    replies: Replies
    limits: LimitsSection
    delivery: DeliverySection
    proactive: Proactive
    store: Store

    @model_validator(mode="before")
    @classmethod
    def _every_section(cls, raw: dict[str, Any]) -> dict[str, Any]:
        """A section that is left out is a section of defaults."""
        optional = set(cls.model_fields) - {"seller", "mailboxes"}
        return {name: {} for name in optional} | raw
