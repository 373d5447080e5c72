"""HTML mail to text: what a reader would see, line by line, with quoted history marked by "> ".

Nothing is fetched; where links lead is kept apart, as data; hidden text is dropped (it is a way to
smuggle words). The tags are found by an own scan: the standard library's HTMLParser is quadratic in
unclosed tags (64 KB of "<a " take 24 s on Python 3.11.7). This one is linear on any input.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

HTML_CHARS = 262_144
TAG_CHARS = 4_096  # beyond that a `>` within quotes ends a tag all the same
LINKS = 40  # the first ones of a mail
LINK_CHARS = 400  # a longer one is somebody's tracking

DROPPED = frozenset(
    (
        "head", "script", "style", "title", "template", "object", "embed", "applet", "svg", "math",
        "iframe", "select", "noembed",
    )
)  # fmt: skip
RAW = frozenset(("script", "style", "title", "iframe", "noembed"))  # no tags within
VOID = frozenset(
    (
        "br", "hr", "img", "input", "meta", "link", "area", "base", "col", "wbr", "source", "embed",
    )
)  # fmt: skip
BLOCKS = frozenset(
    (
        "p", "div", "tr", "table", "ul", "ol", "li", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5",
        "h6", "blockquote", "pre", "form", "center", "section", "article", "header", "footer",
        "address", "fieldset", "hr", "body", "main", "aside", "nav", "figure",
    )
)  # fmt: skip
# an empty line stands around these
SPACED = frozenset(
    (
        "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote", "pre",
    )
)  # fmt: skip
CELLS = frozenset(("td", "th"))

# Where clients put what they quote. Class or id -> does the rest of the mail belong to it?
QUOTES = {
    "gmail_attr": False,
    "yahoo_quoted": False,
    "protonmail_quote": False,
    "moz-cite-prefix": False,
    "zmail_extra": False,
    "x_qmbox": False,
    "qmbox": False,
    "foxdiv": True,
    "outlookmessageheader": True,
    "divrplyfwdmsg": True,
    "x_divrplyfwdmsg": True,
    "appendonsend": True,
    "ntes-quote": True,
    "isreplycontent": False,  # NetEase
    "mailquote": False,
    "xqqmail-quote": False,
    "x-qqmail-quote": False,
    "naver_quote": False,
}

_LINK = re.compile(
    rf"""\shref\s{{0,9}}=\s{{0,9}}["']?(https://[^\s"'<>]{{3,{LINK_CHARS}}})(?=[\s"'<>]|$)""",
    re.IGNORECASE,
)
_NAME = re.compile(r"/?[A-Za-z][^\s/>]{0,40}")
_QUOTED = re.compile(r"""[^"'>]*(?:"[^"]*"[^"'>]*|'[^']*'[^"'>]*)*+>""")
_ATTRIBUTE = re.compile(r"""([\w:-]{1,60})(?:\s{0,9}=\s{0,9}("[^"]*"|'[^']*'|[^\s"'>]*))?""")
_HIDDEN = re.compile(
    r"display:none|visibility:hidden|mso-hide:all|opacity:0?\.?0*(?:;|!|$)|"
    r"max-height:0(?:px|pt|em)?(?:;|!|$)"
)
_FONT_SIZE = re.compile(r"(?:^|;)font(?:-size)?:([\d.]+)(?:px|pt|em|rem|%)?(?=;|!|$)")
_PRE = re.compile(r"white-space:[-a-z]*pre")
_SPACE = re.compile(r"[ \t\n\f\r]+")


@dataclass(frozen=True, slots=True)
class _Style:
    """What an element and all in it are shown as."""

    hidden: bool = False
    tiny: bool = False  # font-size 0; layouts set it on cells, and their contents undo it
    quoted: bool = False
    pre: bool = False


@dataclass(slots=True)
class _Page:
    lines: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    stack: list[tuple[str, _Style]] = field(default_factory=list)
    open: Counter[str] = field(default_factory=Counter)
    quoted: bool = False  # what the current line began as
    rest_quoted: bool = False
    links: dict[str, None] = field(default_factory=dict)

    @property
    def style(self) -> _Style:
        return self.stack[-1][1] if self.stack else _Style()

    def text(self, raw: str) -> None:
        style = self.style
        if style.hidden or style.tiny:
            return
        text = html.unescape(raw) if "&" in raw else raw
        if not style.pre:
            self.add(_SPACE.sub(" ", text))
            return
        first, *more = text.split("\n")
        self.add(first)
        for next_line in more:
            self.end_line()
            self.add(next_line)

    def add(self, text: str) -> None:
        if not self.line:
            self.quoted = self.style.quoted or self.rest_quoted
        self.line.append(text)

    def end_line(self) -> None:
        text = _SPACE.sub(" ", "".join(self.line)) if not self.style.pre else "".join(self.line)
        self.lines.append(("> " if self.quoted else "") + text.strip())
        self.line.clear()

    def end_block(self, tag: str) -> None:
        if any(piece.strip() for piece in self.line):
            self.end_line()
        self.line.clear()
        if tag in SPACED and self.lines and self.lines[-1]:
            self.lines.append("")

    def start(self, tag: str, attributes: str) -> None:
        if tag in BLOCKS:
            self.end_block(tag)
        if tag == "a" and len(self.links) < LINKS and not self.style.hidden:
            self.links |= _links(attributes)
        if tag == "br" and not self.style.hidden:
            self.end_line()
        elif tag in CELLS and self.line:
            self.line.append("\t")
        if tag == "body":
            self.end("head")
        if tag not in VOID:
            self.stack.append((tag, self.styled(tag, attributes)))
            self.open[tag] += 1
        if tag == "li":
            self.text("- ")

    def end(self, tag: str) -> None:
        if self.open[tag]:
            while self.stack:
                name, _ = self.stack.pop()
                self.open[name] -= 1
                if name == tag:
                    break
        if tag in BLOCKS:
            self.end_block(tag)

    def styled(self, tag: str, attributes: str) -> _Style:
        old = self.style
        said = _said(attributes) if attributes else _NOTHING_SAID
        self.rest_quoted = self.rest_quoted or said.rest_quoted
        new = _Style(
            old.hidden or said.hidden or tag in DROPPED,
            old.tiny if said.tiny is None else said.tiny,
            old.quoted or said.quoted or tag == "blockquote",
            old.pre or said.pre or tag == "pre",
        )
        return old if new == old else new


@dataclass(frozen=True, slots=True)
class _Said:
    """What a tag's attributes say about how it is shown."""

    hidden: bool = False
    tiny: bool | None = None
    quoted: bool = False
    rest_quoted: bool = False
    pre: bool = False


_NOTHING_SAID = _Said()


@lru_cache(maxsize=1024)  # a mail's tags repeat the same few
def _said(attributes: str) -> _Said:
    css, marks, hidden = "", set[str](), False
    for found in _ATTRIBUTE.finditer(attributes):
        name, value = found[1].lower(), (found[2] or "").strip("\"'")
        if name == "style":
            css += html.unescape(value).replace(" ", "").lower() + ";"
        elif name == "hidden":
            hidden = True
        elif name in ("class", "id"):
            marks.update(word for word in value.lower().split() if word in QUOTES)
    size = _FONT_SIZE.search(css)
    return _Said(
        hidden or _HIDDEN.search(css) is not None,
        None if size is None else not size[1].strip("0."),
        bool(marks),
        any(QUOTES[mark] for mark in marks),
        _PRE.search(css) is not None,
    )


def _links(attributes: str) -> dict[str, None]:
    """Where an <a> leads, if that can be printed as it is."""
    found = _LINK.search(attributes)
    link = html.unescape(found[1]) if found else ""
    return {link: None} if link and link.isprintable() and " " not in link else {}


def to_text(source: str) -> str:
    """The visible text, see `read_page`."""
    return read_page(source)[0]


def read_page(source: str) -> tuple[str, tuple[str, ...]]:
    """The visible text, and where its links lead (https alone, some forty of them). Quoted blocks
    have "> " before each line, list items "- ", the cells of a table row are kept apart by a space.
    Only the first 256 K characters are read."""
    source = source[:HTML_CHARS]
    page = _Page()
    at = 0
    while at < len(source):
        opening = source.find("<", at)
        if opening < 0:
            page.text(source[at:])
            break
        if opening > at:
            page.text(source[at:opening])
        at = _markup(source, opening, page)
    page.end_block("")
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(page.lines)).strip("\n")
    return text, tuple(page.links)


def _markup(source: str, at: int, page: _Page) -> int:
    """Takes what begins with the `<` at `at`; returns where text goes on."""
    if source.startswith("<!--", at):
        end = source.find("-->", at + 4)
        return len(source) if end < 0 else end + 3
    name = _NAME.match(source, at + 1)
    if name is None and source[at + 1 : at + 2] not in ("!", "?"):
        page.text("<")
        return at + 1
    end = _tag_end(source, at)
    if end < 0:
        page.text(source[at:])
        return len(source)
    if name is None:
        return end
    tag = name[0].lower()
    if tag.startswith("/"):
        page.end(tag[1:])
        return end
    page.start(tag, source[name.end() : end - 1])
    if tag in RAW:
        return _raw_end(source, tag, end, page)
    return end


def _tag_end(source: str, at: int) -> int:
    """After the `>` that closes the tag: the first outside quotes, else the first of all."""
    if found := _QUOTED.match(source, at, at + TAG_CHARS):
        return found.end()
    return source.find(">", at) + 1 or -1


def _raw_end(source: str, tag: str, at: int, page: _Page) -> int:
    found = re.compile(f"</{tag}", re.IGNORECASE).search(source, at)
    if found is None:
        return len(source)
    page.end(tag)
    return source.find(">", found.start()) + 1 or len(source)
