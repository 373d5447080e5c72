"""Which DKIM signatures of a mail are worth checking, and which keys may check them (RFC 6376,
RFC 8301, RFC 8463).

A signature only says something if it covers what is read. So a header block that two readers may
read differently, a second From or Subject, a signature of a part of the body (l=), or one that
leaves out what the mail says of itself proves nothing here, whatever it proves elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from tactd.core.sender.domains import domain_name, organisation

MOST = 3  # signatures of one mail that are checked
HEADER_BLOCK_BYTES = 65_536  # READ takes what comes later for the body
SIGNATURE_BYTES = 8_192
KEY_BYTES = 1_200  # a key of 4096 bits has 736; what is much larger takes long to reckon with
# By which kind of key each algorithm is checked. SHA-1 proves nothing any more (RFC 8301 3.1).
KEY_KINDS: Mapping[bytes, bytes] = {b"rsa-sha256": b"rsa", b"ed25519-sha256": b"ed25519"}
RSA_ONLY = frozenset((b"rsa-sha256",))
CLOCKS = timedelta(hours=1)  # by which another's clock may be ahead

# Of these one is read: a second one could stand where the signature does not look.
SINGLE = frozenset(
    (
        *(b"from", b"sender", b"reply-to", b"to", b"cc", b"subject", b"date", b"message-id"),
        *(b"in-reply-to", b"references", b"mime-version", b"content-type"),
        b"content-transfer-encoding",
    )
)
SIGNED = frozenset((b"from", b"subject", b"date", b"reply-to"))  # if the mail has them
HOW_TO_READ = frozenset((b"content-type", b"content-transfer-encoding"))

_FIELD = re.compile(rb"([!-9;-~]{1,200}):(.*)", re.DOTALL)
_TAG = re.compile(rb"([A-Za-z]\w{0,30})[ \t\n]*=(.*)", re.DOTALL)
_NAME = re.compile(rb"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?(?:\.[A-Za-z0-9_-]{1,63})*")
_BASE64 = re.compile(rb"[A-Za-z0-9+/ \t\n]+[= \t\n]*")
_SECONDS = re.compile(rb"[0-9]{1,12}")
_LONG_GAP = re.compile(rb"[ \t\n]{60}")
_STRANGE = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]")  # a lone CR is among them

Field = tuple[bytes, bytes]  # lower-case name, value as it stands


@dataclass(frozen=True, slots=True)
class Signature:
    """One that would prove who wrote, if it holds."""

    at: int  # which of the mail's DKIM-Signature headers, from the top
    domain: str  # d=
    selector: str  # s=
    identity: str  # the domain in i=
    whole: bool  # it covers the headers that say how the body is to be read
    relaxed: bool  # white space in the body does not count (RFC 6376 3.4.4)
    algorithm: bytes = b"rsa-sha256"

    @property
    def key_name(self) -> str:
        """Where in DNS its key lies (RFC 6376 3.6.2.1)."""
        return f"{self.selector}._domainkey.{self.domain}"


def signatures(
    raw: bytes, domain: str, now: datetime, algorithms: Container[bytes] = RSA_ONLY
) -> tuple[Signature, ...] | str:
    """The signatures of this mail that would prove that `domain`, that of From, has written it;
    else the code of why there are none. `algorithms`: which can be checked; who signs by another
    one signs by one of these as well (RFC 8463 6)."""
    fields = header_fields(raw)
    if fields is None:
        return "sender.header_unclear"
    signed = [value for name, value in fields if name == b"dkim-signature"]
    there = frozenset(name for name, _ in fields)
    all_tags = [(at, found) for at, value in enumerate(signed) if (found := tags(value))]
    own = [(at, one) for at, one in all_tags if signs_for(_domain(one.get(b"d")), domain)]
    if not own:
        return "sender.unsigned"
    sound = [made for at, one in own if (made := _signature(at, one, there, now))]
    sound = [one for one in sound if one.algorithm in algorithms]
    return tuple(sound[:MOST]) or "sender.signature_weak"


def header_fields(raw: bytes) -> tuple[Field, ...] | None:
    """None where readers may disagree about what is a header, or which of several counts."""
    block = raw.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    if len(block) > HEADER_BLOCK_BYTES or _STRANGE.search(block):
        return None
    found: list[Field] = []
    for line in block.split(b"\n"):
        field = _FIELD.fullmatch(line)
        if line[:1] in (b" ", b"\t") and found:
            found[-1] = (found[-1][0], found[-1][1] + b"\n" + line)
        elif field:
            found.append((field[1].lower(), field[2]))
        else:
            return None
    counts = Counter(name for name, _ in found)
    unclear = counts[b"from"] != 1 or any(counts[name] > 1 for name in SINGLE)
    return None if unclear else tuple(found)


def tags(value: bytes) -> Mapping[bytes, bytes] | None:
    """The tags of a signature or key (RFC 6376 3.2); None where they are not well formed."""
    if len(value) > SIGNATURE_BYTES or _LONG_GAP.search(value):
        return None
    found: dict[bytes, bytes] = {}
    for part in value.strip().removesuffix(b";").split(b";"):
        tag = _TAG.fullmatch(part.strip())
        if tag is None or tag[1] in found:
            return None
        found[tag[1]] = tag[2].strip()
    return found


def signs_for(signer: str, domain: str) -> bool:
    """The very domain, or one above it within the same organisation. (A name below it may have
    been given to somebody else.)"""
    above = domain.endswith("." + signer) and organisation(signer) == organisation(domain)
    return bool(signer) and (signer == domain or above)


def _signature(
    at: int, one: Mapping[bytes, bytes], there: Iterable[bytes], now: datetime
) -> Signature | None:
    domain, selector = _domain(one.get(b"d")), one.get(b"s", b"")
    covers = {name.strip().lower() for name in one.get(b"h", b"").split(b":")}
    identity = _domain(one.get(b"i", b"@" + one[b"d"]).rpartition(b"@")[2])
    fine = (
        one.get(b"v") == b"1",
        one.get(b"a") in KEY_KINDS,
        one.get(b"q", b"dns/txt") == b"dns/txt",
        b"l" not in one,
        all(_BASE64.fullmatch(one.get(name, b"")) for name in (b"b", b"bh")),
        _NAME.fullmatch(selector),
        identity == domain or identity.endswith("." + domain),
        b"from" in covers and covers >= SIGNED.intersection(there),
        _in_time(one, now),
    )
    if not all(fine):
        return None
    whole = covers >= HOW_TO_READ.intersection(there)
    relaxed = one.get(b"c", b"").rpartition(b"/")[2] == b"relaxed" and b"/" in one[b"c"]
    return Signature(at, domain, selector.decode("ascii"), identity, whole, relaxed, one[b"a"])


def _in_time(one: Mapping[bytes, bytes], now: datetime) -> bool:
    made, until = one.get(b"t", b"0"), one.get(b"x", b"9" * 12)
    if not (_SECONDS.fullmatch(made) and _SECONDS.fullmatch(until)):
        return False
    return int(made) <= (now + CLOCKS).timestamp() and int(until) > now.timestamp()


def _domain(value: bytes | None) -> str:
    """ "" for what is no domain name of letters, digits and hyphens."""
    if value is None or not _NAME.fullmatch(value):
        return ""
    return domain_name(value.decode("ascii")) or ""


def key_fits(record: bytes, signature: Signature) -> bool:
    """May this key of its domain check that signature? (RFC 6376 3.6.1)"""
    one = tags(record) if len(record) <= KEY_BYTES else None
    if one is None or not one.get(b"p"):
        return False  # no key, or one that has been withdrawn
    flags, hashes, services = (_list(one.get(name)) for name in (b"t", b"h", b"s"))
    return (
        one.get(b"v", b"DKIM1") == b"DKIM1"
        and one.get(b"k", b"rsa") == KEY_KINDS[signature.algorithm]
        and (not hashes or b"sha256" in hashes)
        and (not services or bool({b"*", b"email"} & services))
        and b"y" not in flags  # its domain is only trying it out
        and (b"s" not in flags or signature.identity == signature.domain)
    )


def _list(value: bytes | None) -> frozenset[bytes]:
    return frozenset(part.strip() for part in (value or b"").split(b":")) - {b""}
