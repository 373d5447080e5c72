"""One template file: its blocks, and what is wrong with it.

The form (templates/README.md): a first line `Subject: …`, then blocks headed by their name in
brackets. Inside a block there is nothing but text, `{{ fact }}` and `{% if %}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from tactd.core.compose.fact_names import FACTS

SUBJECT = "subject"
LETTER_BLOCKS = ("answer", "promise", "next")
FRAME_BLOCKS = ("greeting", "closing", "signature")

SAFE_FILTERS = ("capitalize", "default", "lower", "trim", "upper")
SAFE_TESTS = ("defined", "undefined")
_HEADING = re.compile(r"\[([A-Za-z_]+)\]\s*")
_STRAY = re.compile(r"\{\{|\}\}|\{%|%\}")
_SUBJECT_LINE = re.compile(r"Subject:\s*(.*)")
_TAG_LINE = re.compile(r"^[ \t]*(\{[%#])((?:(?![%#]\}).)*?)(-?[%#]\})[ \t]*\n", re.MULTILINE)
_ALLOWED: tuple[type[nodes.Node], ...] = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const),
    *(nodes.If, nodes.CondExpr, nodes.Test, nodes.And, nodes.Or, nodes.Not, nodes.Filter),
)

_GRAMMAR = ImmutableSandboxedEnvironment()


@dataclass(frozen=True, slots=True)
class Block:
    name: str
    text: str
    line: int  # where `text` begins in its file, from 1


@dataclass(frozen=True, slots=True)
class Fault:
    line: int
    reason: str


def blocks(text: str) -> tuple[Block, ...]:
    """The file in its parts, in order; the subject is a block of that name. Text that stands
    above the first heading is a block named ""."""
    found: list[Block] = []
    name, start, lines = "", 1, list[str]()
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        heading, subject = _HEADING.fullmatch(line), _SUBJECT_LINE.fullmatch(line)
        if number == 1 and subject:
            found.append(Block(SUBJECT, subject[1].strip(), 1))
            start = 2
        elif heading:
            found.append(Block(name, "\n".join(lines), start))
            name, start, lines = heading[1], number + 1, []
        else:
            lines.append(line)
    found.append(Block(name, "\n".join(lines), start))
    kept = (block for block in found if block.name or block.text.strip())
    return tuple(replace(block, text=_without_tag_lines(block.text)) for block in kept)


def _without_tag_lines(text: str) -> str:
    """A line that holds one tag alone leaves no line behind. (Jinja's own `trim_blocks` would
    also eat the line's end after a sentence that closes with `{% endif %}`.) The line's end is
    moved into the tag, so that line numbers in errors stay true."""
    return _TAG_LINE.sub(r"\1\2\n\3", text)


def facts_named(text: str) -> frozenset[str]:
    """Every fact that a block asks for, also behind an `if`. Raises TemplateSyntaxError."""
    return frozenset(name.name for name in _GRAMMAR.parse(text).find_all(nodes.Name))


def faults(text: str, *, frame: bool = False, facts: frozenset[str] = FACTS) -> tuple[Fault, ...]:
    """All that is wrong with a file. `facts`: those that it may name."""
    parts = blocks(text)
    found = [*_form_faults(parts, frame)]
    for part in parts:
        found.extend(_block_faults(part, facts))
    return tuple(sorted(found, key=lambda fault: fault.line))


def _form_faults(parts: tuple[Block, ...], frame: bool) -> Iterator[Fault]:
    allowed = FRAME_BLOCKS if frame else LETTER_BLOCKS
    names = [part.name for part in parts]
    if frame and SUBJECT in names:
        yield Fault(1, "a frame has no subject")
    if not frame and SUBJECT not in names:
        yield Fault(1, "the first line must be 'Subject: …'")
    if not any(part.name in allowed and part.text.strip() for part in parts):
        yield Fault(1, f"there is no text under {_headings(allowed)}")
    for position, part in enumerate(parts):
        if part.name == "":
            yield Fault(part.line, f"text above the first heading; begin with {_headings(allowed)}")
        elif part.name not in (SUBJECT, *allowed):
            yield Fault(part.line - 1, f"unknown block [{part.name}]; use {_headings(allowed)}")
        elif part.name in names[:position]:
            yield Fault(part.line - 1, f"a second block [{part.name}]")


def _headings(names: tuple[str, ...]) -> str:
    return " ".join(f"[{name}]" for name in names)


def _block_faults(block: Block, facts: frozenset[str]) -> Iterator[Fault]:
    try:
        tree = _GRAMMAR.parse(block.text)
    except TemplateSyntaxError as error:
        yield Fault(block.line + error.lineno - 1, error.message or "cannot be read")
        return
    for node in tree.find_all(nodes.Node):
        reason = _why_not(node, facts)
        if reason:
            yield Fault(block.line + node.lineno - 1, reason)
    for data in tree.find_all(nodes.TemplateData):
        if mark := _STRAY.search(data.data):
            above = data.data.count("\n", 0, mark.start())
            yield Fault(block.line + data.lineno - 1 + above, f"a stray {mark[0]!r}")


def _why_not(node: nodes.Node, facts: frozenset[str]) -> str | None:
    """Why this piece of a template is refused. A list of what is allowed, because what a
    sandbox lets through (loops, calls, attributes) is still more than a letter needs."""
    match node:
        case nodes.Name(name=name) if name not in facts:
            return f"unknown fact {name!r}{_did_you_mean(name, facts)}"
        case nodes.Filter(name=name) if name not in SAFE_FILTERS:
            return f"unknown filter {name!r}; there are {', '.join(SAFE_FILTERS)}"
        case nodes.Test(name=name) if name not in SAFE_TESTS:
            return f"unknown test {name!r}; there are {', '.join(SAFE_TESTS)}"
        case _ if not isinstance(node, _ALLOWED):
            return f"only facts and 'if' are allowed here, not {type(node).__name__.lower()!r}"
    return None


def _did_you_mean(name: str, facts: frozenset[str]) -> str:
    near = get_close_matches(name, sorted(facts), 1)
    return f"; did you mean {near[0]!r}?" if near else ""
