"""The kinds of value that config.toml holds: a Python type with the check of its written form."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, PlainValidator, ValidationInfo

from tactd.config import fields, spans
from tactd.config.fields import place_of, text_field
from tactd.config.secrets import SecretSource, secret_source
from tactd.config.servers import Server, server
from tactd.core.types import Days, Mode, Rule, Situation, Verify


def _folder(value: object, info: ValidationInfo) -> Path:
    if not isinstance(value, str | Path):
        raise ValueError("write the name of a file or folder, in quotes")
    return place_of(info).path(str(value))


def _existing(value: object, info: ValidationInfo) -> Path:
    path = _folder(value, info)
    if not path.is_file():
        raise ValueError(f"there is no file {path}")
    return path


def _limit_list(value: object) -> object:
    """ "off" is no limit; one limit may stand without brackets."""
    if isinstance(value, str):
        return [] if spans.is_off(value) else spans.limit_texts(value)
    if isinstance(value, list):
        _check_list(value)
        return value
    if isinstance(value, bool):
        raise ValueError(f'write "off" for no limit, or {_LIMITS}')
    if isinstance(value, int | float):
        raise ValueError(spans.bare_number(value))
    raise ValueError(f'write {_LIMITS}, or "off" for no limit')


_LIMITS = 'a list such as ["4 per 24 hours"]'


def _check_list(limits: list[object]) -> None:
    """Raises ValueError for a list that as a whole means nothing."""
    if not limits:
        raise ValueError(f'an empty list is refused: write {_LIMITS}, or "off" for no limit')
    if any(isinstance(one, str) and spans.is_off(one) for one in limits):
        raise ValueError('"off" stands alone, without brackets: it means that there is no limit')


def _tables(value: object) -> object:
    """A section that may be repeated; one pair of brackets is the usual slip."""
    if not isinstance(value, list):
        raise ValueError("may be repeated: write its heading with two pairs of brackets, [[…]]")
    return value


def _at_least_one(value: object) -> object:
    if value == []:
        raise ValueError("at least one [[mailbox]] is needed")
    return value


def _password(value: object, info: ValidationInfo) -> SecretSource:
    return secret_source(value, place_of(info))


def _store_url(value: object, info: ValidationInfo) -> str:
    """SQLite is the only store so far; the URL form leaves room for others."""
    prefix = "sqlite:///"
    if not isinstance(value, str) or not value.startswith(prefix) or set("?#:") & set(value[10:]):
        raise ValueError('write it as "sqlite:///tactd.db"')
    return prefix + str(place_of(info).path(value.removeprefix(prefix)))


TABLES = BeforeValidator(_tables)
AT_LEAST_ONE = BeforeValidator(_at_least_one)

Line = Annotated[str, text_field('"Blue Sheep Outdoor"', fields.one_line)]
Email = Annotated[str, text_field('"me@example.com"', fields.email_address)]
Name = Annotated[str, text_field('"shop"', fields.short_name)]
Language = Annotated[str, text_field('"zh"', fields.language)]
TimeZone = Annotated[str, text_field('"Asia/Shanghai"', fields.time_zone)]
Country = Annotated[str, text_field('"US"', fields.country)]
Location = Annotated[Path, PlainValidator(_folder)]
ExistingFile = Annotated[Path, PlainValidator(_existing)]
Duration = Annotated[timedelta, text_field('"72 hours"', spans.duration)]
Settle = Annotated[timedelta, text_field('"3 minutes"', spans.settle)]
Limit = Annotated[Rule, text_field('"4 per 24 hours"', spans.limit)]
LimitList = Annotated[tuple[Limit, ...], BeforeValidator(_limit_list)]
QuietHours = Annotated[
    tuple[time, time] | None, text_field('"21:00-08:00" or "off"', spans.quiet_hours)
]
Span = Annotated[Days, text_field('"10-20 days"', spans.days)]
DayCount = Annotated[int, text_field('"3 days"', spans.day_count)]
MonthDay = Annotated[tuple[int, int], text_field('"11-15"', spans.month_day)]
Imap = Annotated[
    Server, text_field('"imaps://imap.example.com"', lambda text: server(text, "imap"))
]
Smtp = Annotated[
    Server, text_field('"smtps://smtp.example.com"', lambda text: server(text, "smtp"))
]
Password = Annotated[SecretSource, PlainValidator(_password)]
StoreUrl = Annotated[str, PlainValidator(_store_url)]
ModeName = Annotated[Mode, text_field('"stage"', lambda text: Mode(fields.choice(text, Mode)))]
VerifyName = Annotated[
    Verify, text_field('"authserv"', lambda text: Verify(fields.choice(text, Verify)))
]
SituationName = Annotated[
    Situation,
    text_field('"in_transit"', lambda text: Situation(fields.choice(text, Situation))),
]
ToWhom = Annotated[
    Literal["off", "asked", "everyone"],
    text_field('"asked"', lambda text: fields.choice(text, ("off", "asked", "everyone"))),
]
