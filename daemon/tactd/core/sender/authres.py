"""The Authentication-Results header, read strictly (RFC 8601 2.2).

Comments may nest and quoted strings may hold anything: `dmarc=fail (x dmarc=pass)` and
`smtp.mailfrom="a dmarc=pass"@example.org` are two ways to smuggle a result in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from tactd.core.read.addresses import balanced, pieces, unquote
from tactd.core.sender.domains import domain_name

_METHOD = re.compile(r"([a-z][a-z0-9-]{0,30})(?:/[0-9]{1,3})?")


@dataclass(frozen=True, slots=True)
class Result:
    """One clause: `dkim=pass header.d=example.org`. A property that is named twice is ""."""

    method: str
    result: str
    properties: Mapping[str, str] = field(default_factory=dict)

    def domain(self, *names: str) -> str | None:
        """The domain in the first of these properties that is there."""
        value = next((self.properties[name] for name in names if name in self.properties), None)
        return None if value is None else domain_name(value.rpartition("@")[2])


@dataclass(frozen=True, slots=True)
class Stamp:
    authserv_id: str
    results: tuple[Result, ...] = ()


def parse(value: str) -> Stamp:
    """An Authentication-Results header (RFC 8601 2.2). One with an open comment or quote, or of
    another version than 1, still says whose it is, but has no results."""
    head, *clauses = _clauses(value)
    identity = unquote(head[0]).lower() if head else ""
    if head[1:] not in ([], ["1"]) or not balanced(value):
        return Stamp(identity)
    return Stamp(identity, tuple(filter(None, map(_result, clauses))))


def _clauses(value: str) -> list[list[str]]:
    """The words between semicolons; comments are white space, quoted strings stay in their word."""
    clauses: list[list[str]] = [[]]
    word = ""
    for kind, piece in pieces(value):
        if kind == "quoted" or (kind == "plain" and piece not in ";" and not piece.isspace()):
            word += piece
            continue
        _add_word(clauses[-1], word)
        word = ""
        if piece == ";" and kind == "plain":
            clauses.append([])
    _add_word(clauses[-1], word)
    return clauses


def _add_word(words: list[str], word: str) -> None:
    """White space may stand around the first "=" of a word."""
    open_before = words and words[-1].endswith("=") and words[-1].count("=") == 1
    if words and word and (open_before or word.startswith("=")):
        words[-1] += word
    elif word:
        words.append(word)


def _result(words: list[str]) -> Result | None:
    if not words:
        return None
    name, _, result = words[0].partition("=")
    method = _METHOD.fullmatch(name.lower())
    if method is None or not result.isalpha():
        return None
    properties: dict[str, str] = {}
    for word in words[1:]:
        key, _, value = word.partition("=")
        key = key.lower()
        properties[key] = "" if key in properties else value
    return Result(method[1], result.lower(), properties)
