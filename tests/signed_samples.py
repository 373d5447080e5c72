"""Signed mails, and the keys that they are signed with, made anew for each run."""

from __future__ import annotations

import base64
import random
from dataclasses import dataclass
from functools import lru_cache

import dkim
from nacl.signing import SigningKey


@dataclass(frozen=True)
class Key:
    private: bytes  # PEM, as dkimpy takes it
    public: str  # base64, as it stands in p=

    kind: str = "rsa"

    @property
    def record(self) -> str:
        return f"v=DKIM1; k={self.kind}; p={self.public}"


def key(bits: int = 1024) -> Key:
    return _made(bits)


@lru_cache
def ed25519_key() -> Key:
    """Of the newer kind (RFC 8463)."""
    made = SigningKey.generate()
    private, public = base64.b64encode(bytes(made)), base64.b64encode(bytes(made.verify_key))
    return Key(private, public.decode(), "ed25519")


@lru_cache
def _made(bits: int) -> Key:
    exponent = 65537
    one, other = _prime(bits // 2, exponent), _prime(bits // 2, exponent)
    modulus, rest = one * other, (one - 1) * (other - 1)
    secret = pow(exponent, -1, rest)
    parts = (0, modulus, exponent, secret, one, other)
    parts = (*parts, secret % (one - 1), secret % (other - 1), pow(other, -1, one))
    private, public = _der(*parts), _der(modulus, exponent)
    armour = b"-----%s RSA PRIVATE KEY-----\n"
    pem = armour % b"BEGIN" + base64.encodebytes(private) + armour % b"END"
    return Key(pem, base64.b64encode(public).decode())


def _der(*numbers: int) -> bytes:
    """A sequence of integers (X.690)."""
    return _told(0x30, b"".join(_told(2, _bytes(one)) for one in numbers))


def _bytes(number: int) -> bytes:
    return number.to_bytes(number.bit_length() // 8 + 1, "big")


def _told(tag: int, data: bytes) -> bytes:
    size = len(data).to_bytes((len(data).bit_length() + 7) // 8 or 1, "big")
    head = size if len(data) < 128 else bytes((128 + len(size),)) + size
    return bytes((tag,)) + head + data


def _prime(bits: int, exponent: int) -> int:
    """With its two highest bits set, so that the product of two is as long as it should be."""
    chance = random.Random()
    while True:
        found = chance.getrandbits(bits) | 3 << (bits - 2) | 1
        if found % exponent != 1 and all(_passes(found, chance) for _ in range(12)):
            return found


def _passes(number: int, chance: random.Random) -> bool:
    """Miller and Rabin's test."""
    rest, twos = number - 1, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    power = pow(chance.randrange(2, number - 1), rest, number)
    if power in (1, number - 1):
        return True
    return any((power := power * power % number) == number - 1 for _ in range(twos - 1))


HOW = (b"content-type", b"content-transfer-encoding")
HEADERS = (b"from", b"to", b"subject", b"date", b"message-id", *HOW)


def sign(
    raw: bytes,
    domain: str = "example.com",
    *,
    selector: str = "s1",
    bits: int = 1024,
    headers: tuple[bytes, ...] = HEADERS,
    algorithm: bytes = b"rsa-sha256",
    length: bool = False,
    canonical: tuple[bytes, bytes] = (b"relaxed", b"relaxed"),
    identity: str = "",
) -> bytes:
    """The mail with a signature on top. The lines of a mail on the way end in CRLF."""
    raw = raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    made = dkim.DKIM(raw, signature_algorithm=algorithm)
    signature: bytes = made.sign(
        selector.encode(),
        domain.encode(),
        (ed25519_key() if algorithm == b"ed25519-sha256" else key(bits)).private,
        identity=identity.encode() or None,
        canonicalize=canonical,
        include_headers=list(headers),
        length=length,
    )
    return signature + raw
