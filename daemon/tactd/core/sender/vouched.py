"""Who vouches for the sender of a mail: the provider's own Authentication-Results (RFC 8601).

From is free text, and so is any Authentication-Results that the sender put into his mail. Only the
topmost one that bears the configured authserv-id is looked at, and only if nothing but the
provider's own Received lines stands above it. What cannot be read vouches for nobody.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Collection

from tactd.core.read.addresses import uncomment
from tactd.core.sender.authres import Result, parse
from tactd.core.sender.domains import aligned, domain_name, organisation
from tactd.core.types import Mail, Vouched

# After DMARC: what else proves a domain, and which property holds it.
PROOFS = {"dkim": ("header.d", "header.i"), "spf": ("smtp.mailfrom",)}


def vouched(mail: Mail, authserv_ids: Collection[str]) -> tuple[Vouched, str]:
    """Whether the provider stands for From, and why (a code, `sender.…`).

    YES: dmarc=pass for the domain of From, else the first dkim=pass or spf=pass that is aligned
    with it. NO: DMARC failed, or From is not one address. UNKNOWN: nobody vouches.
    """
    domain = from_domain(mail)
    if domain is None:
        return Vouched.NO, "sender.from_unclear"
    if not authserv_ids:
        return Vouched.UNKNOWN, "sender.not_configured"
    stamp = _own_stamp(mail, {one.strip().lower() for one in authserv_ids})
    if isinstance(stamp, str):
        return Vouched.UNKNOWN, stamp
    return _judge(stamp, domain)


def from_domain(mail: Mail) -> str | None:
    """The domain of the one address in the one From header; None where that is not clear."""
    if mail.senders != 1 or mail.sender is None or len(mail.all_headers("from")) != 1:
        return None
    local, at, domain = mail.sender.email.rpartition("@")
    return domain_name(domain) if local and at and "@" not in local else None


# --------------------------------------------------------------------------- which header


def _own_stamp(mail: Mail, ids: Collection[str]) -> tuple[Result, ...] | str:
    """The results in the provider's header, or the code of why there are none."""
    for name, value in mail.headers:
        if name == "received" and not _is_ours(value, ids):
            return "sender.not_stamped"  # all below came from outside
        if name == "authentication-results":
            found = parse(value)
            if found.authserv_id in ids:
                return found.results or "sender.no_results"
    return "sender.not_stamped"


def stamping_server(mail: Mail) -> str | None:
    """Who stamped this mail last, as far as the mail itself can tell: the authserv-id of its
    topmost Authentication-Results, if all Received lines above it are of that same provider.

    A single mail proves nothing, its sender may have written all of it: see stamps.py."""
    above: list[str] = []
    for name, value in mail.headers:
        if name == "received":
            above.append(value)
        if name == "authentication-results":
            found = parse(value).authserv_id
            return found if found and all(_is_ours(one, {found}) for one in above) else None
    return None


def _is_ours(received: str, ids: Collection[str]) -> bool:
    """Was this Received line written inside the provider, judged by its `by`?"""
    words = uncomment(received).lower().split()
    by = words[words.index("by") + 1] if "by" in words[:-1] else ""
    by = by.rstrip(";")
    if "." not in by and ":" not in by:
        return bool(by)  # a bare host name: a local delivery agent
    return _is_private(by) or any(organisation(by) == organisation(one) for one in ids)


def _is_private(host: str) -> bool:
    """An address that only exists inside (Gmail writes 10.x as 2002:a05:…, its 6to4 form)."""
    try:
        address = ipaddress.ip_address(host.strip("[]").removeprefix("ipv6:"))
    except ValueError:
        return False
    inner = address.sixtofour if isinstance(address, ipaddress.IPv6Address) else None
    return (inner or address).is_private


# --------------------------------------------------------------------------- judging it


def _judge(results: tuple[Result, ...], domain: str) -> tuple[Vouched, str]:
    dmarc = [one for one in results if one.method == "dmarc"]
    if len(dmarc) > 1:
        return Vouched.NO, "sender.dmarc_twice"
    if dmarc and (said := _dmarc(dmarc[0], domain)) is not None:
        return said
    first = {one.method: one for one in reversed(results)}  # the first of each method
    for method, names in PROOFS.items():
        one = first.get(method)
        if one and one.result == "pass" and aligned(one.domain(*names), domain):
            return Vouched.YES, f"sender.{method}"
    said_of = {first[method].result for method in PROOFS if method in first}
    if "fail" in said_of:
        return Vouched.NO, "sender.failed"
    return Vouched.UNKNOWN, "sender.not_aligned" if "pass" in said_of else "sender.no_pass"


def _dmarc(result: Result, domain: str) -> tuple[Vouched, str] | None:
    """What DMARC alone decides; None where it says nothing (none, temperror …)."""
    if result.result in ("fail", "softfail"):
        return Vouched.NO, "sender.dmarc_fail"
    if result.result == "pass" and "header.from" in result.properties:
        if result.domain("header.from") == domain:
            return Vouched.YES, "sender.dmarc"
        return Vouched.NO, "sender.dmarc_other_from"
    return None
