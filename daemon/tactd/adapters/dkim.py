"""DNS, as far as signatures need it, and the arithmetic of one signature: dkimpy and dnspython."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import dkim
import dns.exception
import dns.resolver

from tactd.core.sender.signatures import KEY_BYTES, KEY_KINDS, RSA_ONLY, Signature, key_fits

TIMEOUT = 5.0  # seconds for one question, tries included
REMEMBERED = 1_000  # answers, as long as their own time to live allows

# dkimpy checks ed25519 by PyNaCl, if that is installed: `pip install 'tactd[ed25519]'`.
ALGORITHMS = frozenset(KEY_KINDS) if "nacl" in vars(dkim) else RSA_ONLY

_GAPS = re.compile(rb"[ \t]+")


class _SilentError(Exception):
    """DNS has not answered: it may later."""


class Signatures:
    """Checks signatures. May be used by several threads."""

    @property
    def algorithms(self) -> frozenset[bytes]:
        return ALGORITHMS

    def __init__(self, nameserver: tuple[str, int] | None = None) -> None:
        """`nameserver`: address and port; None: those that the system names."""
        self._resolver = dns.resolver.Resolver(configure=nameserver is None)
        if nameserver is not None:
            self._resolver.nameservers = [nameserver[0]]
            self._resolver.port = nameserver[1]
        self._resolver.cache = dns.resolver.LRUCache(REMEMBERED)

    def hold(self, raw: bytes, signature: Signature) -> bool | None:
        """Does that signature of this mail hold? None: nobody can tell now."""
        try:
            key = self._key(signature)
        except _SilentError:
            return None
        if key is None:
            return False
        try:
            checked = dkim.DKIM(_linear(raw) if signature.relaxed else raw, minkey=1024)
            return bool(checked.verify(signature.at, dnsfunc=_only(key)))
        except Exception:  # noqa: BLE001 - dkimpy and what it parses raise many things
            return False

    def _key(self, signature: Signature) -> bytes | None:
        """Several keys under one name are none (RFC 6376 3.6.2.2)."""
        records = [one for one in self._texts(signature.key_name) if b"p=" in one]
        fits = len(records) == 1 and key_fits(records[0], signature)
        return records[0] if fits else None

    def _texts(self, name: str) -> Sequence[bytes]:
        try:
            answer = self._resolver.resolve(name + ".", "TXT", lifetime=TIMEOUT, search=False)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return ()
        except (dns.exception.Timeout, dns.resolver.NoNameservers, OSError) as error:
            raise _SilentError(name) from error
        except dns.exception.DNSException:
            return ()  # no name that could be asked for
        return [text for row in answer if len(text := b"".join(row.strings)) <= KEY_BYTES]


def _only(key: bytes) -> Callable[..., bytes]:
    def found(_name: bytes, timeout: float = TIMEOUT) -> bytes:
        return key

    return found


def _linear(raw: bytes) -> bytes:
    """The same to such a signature, but without long runs of white space: the time that dkimpy
    takes grows with their square."""
    head, gap, body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
    return head + gap + _GAPS.sub(b" ", body)
