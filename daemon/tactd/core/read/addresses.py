"""Addresses as headers write them (RFC 5322 3.4): names, comments, quotes, groups.

The standard library's reader recurses into comments, is quadratic in quotes and raises on some
real headers; this one walks once from left to right and always returns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tactd.core.types import Address

MOST = 100  # addresses of one header

_USUAL = re.compile(r"([^\"(),:;<>@\\]*)<([^\s\"(),:;<>\\]+)>")  # Jane Doe <jane@example.org>

_WORD = re.compile(r"[^\s\"(),:;<>]+")


def uncomment(text: str) -> str:
    """`text` with each comment, nested ones too, replaced by a space; quoted strings stay.

    A comment that is never closed swallows the rest: what stood in it is never taken for more."""
    if "(" not in text:
        return text
    return "".join(piece if kind != "comment" else " " for kind, piece in pieces(text))


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """(kind, piece) with kind `comment` (its text), `quoted` (with its quotes) or `plain` (a word,
    or one character that may mean something between words)."""
    for kind, start, end in _spans(text):
        yield kind, text[start + 1 : end - 1] if kind == "comment" else text[start:end]


def balanced(text: str) -> bool:
    """Is every comment and every quoted string closed?"""
    return all(end <= len(text) for _, _, end in _spans(text))


def _spans(text: str) -> Iterator[tuple[str, int, int]]:
    """(kind, start, end) of each piece; one that is never closed ends after the end of `text`."""
    at = 0
    while at < len(text):
        char = text[at]
        if char == "(":
            kind, end = "comment", _comment_end(text, at)
        elif char == '"':
            kind, end = "quoted", _quote_end(text, at)
        else:
            word = _WORD.match(text, at)
            kind, end = "plain", word.end() if word else at + 1
        yield kind, at, end
        at = end


def _comment_end(text: str, start: int) -> int:
    depth, at = 0, start
    while at < len(text):
        char = text[at]
        if char == "\\":
            at += 1
        elif char in "()":
            depth += 1 if char == "(" else -1
            if depth == 0:
                return at + 1
        at += 1
    return len(text) + 1


def _quote_end(text: str, start: int) -> int:
    at = start + 1
    while at < len(text):
        if text[at] == "\\":
            at += 1
        elif text[at] == '"':
            return at + 1
        at += 1
    return len(text) + 1


def unquote(text: str) -> str:
    """A quoted string without its quotes and backslashes; other text as it is."""
    if not text.startswith('"'):
        return text
    inner = text[1:-1] if len(text) > 1 and text.endswith('"') else text[1:]
    out, at = [], 0
    while at < len(inner):
        at += inner[at] == "\\"
        out.append(inner[at : at + 1])
        at += 1
    return "".join(out)


def addresses(value: str) -> tuple[Address, ...]:
    """All addresses of a header, at most `MOST`. A name without any address is one with email "",
    and two `<…>` in one place are two addresses (which makes a From ambiguous)."""
    if usual := _USUAL.fullmatch(value):
        return (Address(usual[1].strip(), usual[2]),)
    found: list[Address] = []
    one = _One()
    for kind, piece in pieces(value):
        if kind == "plain" and piece in ",;" and not one.inside:
            found += one.done()
            one = _One()
        else:
            one.add(kind, piece)
        if len(found) >= MOST:
            return tuple(found[:MOST])
    return (*found, *one.done())[:MOST]


@dataclass(slots=True)
class _One:
    """What stands between two commas, as it is read."""

    words: list[str] = field(default_factory=list)
    angles: list[list[str]] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    inside: bool = False  # between < and >

    def add(self, kind: str, piece: str) -> None:
        if kind == "comment":
            self.comments.append(piece)
        elif kind == "plain" and piece == "<" and not self.inside:
            self.inside = True
            self.angles.append([])
        elif kind == "plain" and piece == ">" and self.inside:
            self.inside = False
        elif kind == "plain" and piece == ":" and not self.inside and not self.angles:
            self.words.clear()  # the name of a group
        else:
            (self.angles[-1] if self.inside else self.words).append(piece)

    def done(self) -> list[Address]:
        if self.angles:
            name = "".join(map(unquote, self.words)).strip()
            return [Address(name, _bare(angle)) for angle in self.angles]
        text = "".join(self.words).strip()
        if "@" in text:
            return [Address(" ".join(self.comments).strip(), _bare([text]))]
        name = "".join(map(unquote, self.words)).strip() or " ".join(self.comments).strip()
        return [Address(name, "")] if name else []


def _bare(angle: list[str]) -> str:
    """Without white space and without a source route (`<@relay.example:jane@example.org>`)."""
    text = "".join("".join(angle).split())
    return text.rpartition(":")[2] if text.startswith("@") else text
