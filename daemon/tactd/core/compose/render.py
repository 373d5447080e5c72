"""Facts into template blocks, as plain text.

A value is never read as a template, never breaks a line, and cannot become a header: what a
buyer calls himself stays a name (template_file.py limits what a template itself may do).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import StrictUndefined, Template, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from tactd.core.compose.template_file import SAFE_FILTERS, SAFE_TESTS, blocks, facts_named

# C0 and C1 controls, line and paragraph separators, zero-width and bidirectional overrides (the
# plain marks U+200E and U+200F stay: Arabic dates have them), byte order mark, lone surrogates.
_UNWANTED = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u200b\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]+"
)


_UNTIDY = re.compile(_UNWANTED.pattern + r"|  |\[\[|^ | $")


class MissingFactError(Exception):
    """A template asks for a fact that is not known. `fact` is its name."""

    def __init__(self, fact: str) -> None:
        super().__init__(fact)
        self.fact = fact


class _NotKnown(StrictUndefined):
    """Says nothing but its name, so that the trail can tell which fact was missing."""

    @property
    def _undefined_message(self) -> str:
        return str(self._undefined_name)


def _environment() -> ImmutableSandboxedEnvironment:
    made = ImmutableSandboxedEnvironment(undefined=_NotKnown, autoescape=False)
    made.globals.clear()
    made.filters = {name: made.filters[name] for name in SAFE_FILTERS}
    made.tests = {name: made.tests[name] for name in SAFE_TESTS}
    return made


_ENVIRONMENT = _environment()


@dataclass(frozen=True, slots=True)
class Part:
    """A compiled block."""

    name: str
    template: Template
    facts: frozenset[str]


@lru_cache(maxsize=4096)
def compiled(text: str) -> tuple[Part, ...]:
    """The blocks of a template file. Raises TemplateError where it has not been checked."""
    return tuple(
        Part(block.name, _ENVIRONMENT.from_string(block.text), facts_named(block.text))
        for block in blocks(text)
        if block.name
    )


def rendered(part: Part, facts: Mapping[str, str]) -> str:
    """Raises MissingFactError."""
    return _rendered(part, tuple((name, facts[name]) for name in part.facts & facts.keys()))


@lru_cache(maxsize=1024)  # many blocks name no fact, or the shop's alone
def _rendered(part: Part, facts: tuple[tuple[str, str], ...]) -> str:
    try:
        text = part.template.render(dict(facts))
    except UndefinedError as error:
        raise MissingFactError(error.message or "") from None
    return tidy(text)


def tidy(text: str) -> str:
    """Trailing blanks gone, never more than one empty line, none at the ends."""
    lines = "\n".join(line.rstrip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def one_line(text: str) -> str:
    """Safe as a header's value and as a value inside a sentence. `[[` would be a blank that the
    seller has to fill in, so a foreign text may not hold it."""
    if not _UNTIDY.search(text):
        return text
    words = _UNWANTED.sub(" ", text).split(" ")
    return re.sub(r"\[{2,}", "[", " ".join(word for word in words if word))


def one_lines(facts: Mapping[str, str]) -> dict[str, str]:
    """Facts as they may be inserted; one of which nothing is left is not known."""
    return {name: line for name, value in facts.items() if (line := one_line(value))}
