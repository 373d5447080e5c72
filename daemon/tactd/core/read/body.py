"""Which of a mail's parts hold its text, and that text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tactd.core.read.charset import clean, decode, line
from tactd.core.read.fields import Budget
from tactd.core.read.htmltext import HTML_CHARS, LINKS, read_page
from tactd.core.read.mime import Part
from tactd.core.types import Attachment

TEXT_CHARS = 1_048_576
STUB_CHARS = 600  # a text/plain part shorter than this may only say that there is HTML

_STUB = re.compile(
    r"view (?:this|it|the) .{0,30}(?:browser|online|html)|view in (?:your |a )?browser|"
    r"(?:does not|doesn't|cannot|can't|unable to) (?:support|display|show|view|read) .{0,20}html|"
    r"html[- ](?:capable|compatible|enabled|format|version|e-?mail|viewer)|"
    r"(?:im|in ihrem) browser|html-(?:format|ansicht|fähig)|en (?:su|tu|el) navegador|"
    r"dans (?:votre|un) navigateur|nel (?:tuo )?browser|no (?:seu )?navegador|"
    r"w przeglądarce|в браузере|tarayıcı|ブラウザ|브라우저|浏览器|瀏覽器",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Body:
    text: str = ""
    attachments: tuple[Attachment, ...] = ()


def body(root: Part, budget: Budget) -> Body:
    """The text of the mail, and what else was in it."""
    leaves = tuple(root.leaves())
    text = _text(root, budget)
    if not text:  # some programs give the text itself a file name
        named = next((leaf for leaf in leaves if leaf.is_text and leaf.attached), None)
        text = _leaf_text(named, budget) if named else ""
    if len(text) > TEXT_CHARS:
        budget.flaw("text_long")
        text = text[:TEXT_CHARS]
    files = [leaf for leaf in leaves if leaf.attached or not leaf.is_text]
    return Body(text.strip("\n"), tuple(map(_attachment, files)))


def _text(part: Part, budget: Budget) -> str:
    if part.children:
        if part.type == "multipart/alternative":
            return _chosen(part.children, budget)
        texts = (_text(child, budget) for child in part.children)
        return "\n\n".join(filter(None, texts))
    if part.attached or not part.is_text:
        return ""
    return _leaf_text(part, budget)


def _chosen(alternatives: tuple[Part, ...], budget: Budget) -> str:
    """Plain text, unless it is empty or only says that there is HTML."""
    stub = ""
    for part in sorted(alternatives, key=lambda one: one.type != "text/plain"):
        text = _text(part, budget)
        if text and not (part.type == "text/plain" and is_stub(text)):
            return text
        stub = stub or text
    return stub


def is_stub(text: str) -> bool:
    return len(text) < STUB_CHARS and _STUB.search(text) is not None


def _leaf_text(part: Part, budget: Budget) -> str:
    is_html = part.type == "text/html"
    found = decode(part.content(), part.charset, html=is_html)
    budget.flaw(found.flaw)
    if is_html and len(found.text) > HTML_CHARS:
        budget.flaw("html_long")
    if part.flowed:
        return _tidy(clean(_unflowed(clean(found.text[:TEXT_CHARS]), part.delsp)))
    text = _html_text(found.text, budget) if is_html else found.text[: TEXT_CHARS + 1]
    return _tidy(clean(text))


def _html_text(source: str, budget: Budget) -> str:
    text, links = read_page(source)
    budget.links += links[: LINKS - len(budget.links)]
    return text


def _tidy(text: str) -> str:
    lines = [one.rstrip() for one in text.split("\n")]
    return "\n".join(lines).strip("\n") if any(lines) else ""


def _unflowed(text: str, delsp: bool) -> str:
    """RFC 3676: a line that ends in a space goes on in the next one of the same quote depth."""
    out: list[str] = []
    open_depth = -1
    for raw in text.split("\n"):
        bare = raw.lstrip(">")
        depth = len(raw) - len(bare)
        bare = bare.removeprefix(" ")
        soft = bare.endswith(" ") and bare != "-- "
        joined = bare[:-1] if soft and delsp else bare
        if depth == open_depth and bare != "-- ":
            out.append(joined)
        else:
            out.append("\n" + (">" * depth + " " if depth else "") + joined)
        open_depth = depth if soft else -1
    return "".join(out).removeprefix("\n")


def _attachment(part: Part) -> Attachment:
    size = len(part.body) * 3 // 4 if part.encoding == "base64" else len(part.body)
    return Attachment(part.name, line(part.type)[:100], size)
