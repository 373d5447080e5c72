"""A notice of eBay's as its readers see it: its labelled lines as days and sums of money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tactd.core.types import Mail, Money
from tactd.marketplaces import values
from tactd.marketplaces.ebay.notice_lines import Lines, day

# What a bare "$" is, by the site that the mail is from.
_DOLLARS = {"ebay.ca": "CAD", "ebay.com.au": "AUD", "ebay.com.hk": "HKD", "ebay.com.sg": "SGD"}


@dataclass(frozen=True, slots=True)
class Seen:
    """A notice, read. `said`: when; `site`: the domain of eBay's site that sent it."""

    mail: Mail
    subject: str
    lines: Lines
    items: tuple[str, ...]
    site: str
    said: datetime

    @property
    def day_first(self) -> bool:
        return self.site != "ebay.com"

    def day(self, field: str) -> datetime | None:
        text = self.lines.first(field)
        return day(text, self.said, self.day_first) if text else None

    def money(self, field: str) -> Money | None:
        return _money(self.lines.first(field), self.site)


def _money(text: str, site: str) -> Money | None:
    plain = text.split(" (")[0].strip()[:39]
    if plain.startswith("$") and (code := _DOLLARS.get(site)):
        return values.money(plain[1:], code)
    return values.money(plain)
