"""Addresses, and whether a marketplace's own domain stands in From. (Whether the sender is genuine
is not judged here: core/sender/proved.py does.)"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tactd.core.orders import normal_address
from tactd.core.types import Mail

EMAIL = re.compile(r"[^\s@<>,;\"]{1,64}@[^\s@<>,;\"]{3,190}")
"""An address that is the whole of a cell of an export."""


def sender_address(mail: Mail) -> str:
    """The address in From, for comparing; "" if there is none."""
    return normal_address(mail.sender.email if mail.sender else "")


def own_domain(address: str, own: Iterable[str]) -> str:
    """The one of a marketplace's `own` domains that an address is of, or of one below it; "" if it
    is of none. Domains are compared whole: a look-alike is none."""
    domain = address.rpartition("@")[2]
    return next((one for one in own if domain == one or domain.endswith("." + one)), "")
