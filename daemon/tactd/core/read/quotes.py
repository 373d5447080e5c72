"""A mail's own words, apart from the history below them and the signature.

First match wins, from top to bottom. Every test looks at a few short lines, so that the time is
linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tactd.core.read.cards import CONTACT, without_card
from tactd.core.read.footers import without_address, without_footers
from tactd.core.read.quote_forms import (
    ABOVE,
    ATTRIBUTION,
    ATTRIBUTION_WORD,
    DEVICES,
    FORWARDS,
    LABELS,
    SEPARATORS,
    SIGNATURE,
)
from tactd.core.read.wrapper_labels import SAYS

WRAPPED_LINES = 4  # an attribution is broken over so many lines at most
ATTRIBUTION_CHARS = 360
SIGNATURE_CHARS = 100
ATTRIBUTIONS = 40  # lines of one mail that are compared with the table
SIGNATURE_LINES = 8  # at the end of the own text, where signatures stand
HEADER_LINES = 9  # lines of a quoted header block that are looked at
ROLES = 3  # different labels that make a block of headers

_RULE = re.compile(r"[-_=*─━—–―\s]{5,}|\|[\s|]*\|")
_TITLED_RULE = re.compile(r"[-_=*─━—–]{3,}.{1,60}[-_=*─━—–]{3,}")
# "On …, Shop <a@b> wrote:   Hello": telephones put the history on the same line.
_INLINE = re.compile(r"(.{10,240}?<[^<>\s]{1,100}@[^<>\s]{1,100}>[^:：]{0,30})[:：]\s*\S")
_LABEL = re.compile(r"[\s*_|]*([^\s:：|*][^:：|*]{0,23}?)[\s*_]*[:：|]")
# "Qing wrote about order #3120994587:" introduces a message on a site; no mail program says so.
_ABOUT_AN_ORDER = re.compile(
    r"(?:order|bestellung|pedido|commande|ordine|encomenda|bestelling|zamówieni\w{1,2}|заказ\w{0,2}"
    r"|sipariş|pesanan|الطلب|注文|주문|订单|訂單|物品|商品)\W{0,6}\d",
    re.IGNORECASE,
)
_DASHES = "-_=*─━—–~+# \t"


def cut(text: str) -> tuple[str, str]:
    """(what the writer wrote himself, what was cut away). Answers between quoted lines stay.

    Own text is never cut to nothing: if nothing would remain, all of it is own."""
    own, away = split(text)
    return (own, away) if own else (text.strip(), "")


def split(text: str) -> tuple[str, str]:
    """As `cut`, but own text may be empty: the writer sent nothing but history."""
    lines = text.split("\n")
    kept = _without_history(lines)
    kept = _without_signature(lines, kept)
    gone = set(range(len(lines))).difference(kept)
    away = "\n".join(lines[number] for number in sorted(gone))
    return _joined(lines, kept), away.strip("\n")


def begins_with_history(text: str) -> bool:
    """Nothing stands above the history, so nobody knows where it ends and the answer begins."""
    first, _, _ = text.lstrip().partition("\n")
    looks_so = first[:1] in _DASHES or _LABEL.match(first) is not None
    return looks_so and not split(text)[0]


def _joined(lines: list[str], kept: list[int]) -> str:
    """Where something was cut out between two paragraphs, a blank line stands."""
    out: list[str] = []
    last = -1
    for number in kept:
        if out and number != last + 1:
            out.append("")
        out.append(lines[number].rstrip())
        last = number
    return re.sub(r"\n{3,}", "\n\n", "\n".join(out)).strip()


# --------------------------------------------------------------------------- history


@dataclass(frozen=True, slots=True)
class _Boundary:
    """The first line of what introduces history; `rest`: all that follows belongs to it."""

    first: int
    rest: bool


def _without_history(lines: list[str]) -> list[int]:
    kept: list[int] = []
    tries = iter(range(ATTRIBUTIONS))
    for number, line in enumerate(lines):
        text = line.strip()
        if text and (found := _boundary(lines, number, text.lstrip("> "), tries)):
            while kept and kept[-1] >= found.first:
                kept.pop()
            # What follows "> On … wrote:" is history only if something own went before it.
            if found.rest and (not text.startswith(">") or any(lines[one].strip() for one in kept)):
                return _before_title(lines, kept)
        elif not text.startswith(">"):
            kept.append(number)
    return kept


def _boundary(lines: list[str], number: int, text: str, tries: Iterator[int]) -> _Boundary | None:
    if text[:1] in _DASHES and _is_separator(text):
        return _Boundary(number, True)
    if len(text) < SIGNATURE_CHARS and ABOVE.search(text):
        return _Boundary(number, True)
    if text[-1:] in (":", "：") or (text.startswith("--") and text.endswith("--")):
        if _bare(text) in FORWARDS:
            return _Boundary(number, True)
        first = _attribution(lines, number, text, tries)
        if first is not None:
            return _Boundary(first, not _quoted_next(lines, number))
    if _is_inline(text) or _is_header_block(lines, number, text):
        return _Boundary(number, True)
    return None


def _bare(text: str) -> str:
    text = text.replace("&nbsp;", " ")
    return " ".join(text.strip(_DASHES + ":：<>").lower().split())


def _is_separator(text: str) -> bool:
    return len(text) < 120 and text[:2].strip(_DASHES) == "" and _bare(text) in SEPARATORS


def _attribution(lines: list[str], last: int, text: str, tries: Iterator[int]) -> int | None:
    """The first line of the attribution that ends in this one."""
    if not ATTRIBUTION_WORD.search(text[-ATTRIBUTION_CHARS:]) or next(tries, None) is None:
        return None
    joined = ""
    for first in range(last, max(last - WRAPPED_LINES, -1), -1):
        piece = lines[first].strip().lstrip("> ").strip("- ")
        joined = f"{piece} {joined}".rstrip()
        if not piece or len(joined) > ATTRIBUTION_CHARS:
            return None
        if ATTRIBUTION.fullmatch(" ".join(joined.rstrip(":： ").split())):
            return None if _ABOUT_AN_ORDER.search(joined) else first
    return None


def _is_inline(text: str) -> bool:
    if ">" not in text or not (found := _INLINE.match(text)):
        return False
    return bool(ATTRIBUTION.fullmatch(" ".join(found[1].split())[:ATTRIBUTION_CHARS]))


def _quoted_next(lines: list[str], number: int) -> bool:
    following = (line.strip() for line in lines[number + 1 : number + 6])
    return next(filter(None, following), "").startswith(">")


def _is_header_block(lines: list[str], number: int, text: str) -> bool:
    if _role(text) not in ("from", "sent", "subject"):
        return False
    window = lines[number : number + 2 * HEADER_LINES]
    block = [piece for line in window if (piece := line.strip().lstrip("> "))][:HEADER_LINES]
    roles = {_role(piece) for piece in block} - {None}
    return len(roles) >= ROLES and "from" in roles and not _is_form(block)


def _is_form(block: list[str]) -> bool:
    """A contact form's "From:", "Date:", "Subject:" end in "Message:"; a mail's header does not."""
    for label in map(_label, block):
        if not label or label in SAYS:
            return bool(label)
    return False


def _role(text: str) -> str | None:
    return LABELS.get("".join(_label(text).split()))


def _label(text: str) -> str:
    found = _LABEL.match(text)
    return found[1].lower() if found else ""


def _before_rule(lines: list[str], kept: list[int]) -> list[int]:
    """Without the empty lines and the ruled line that lead over to the history."""
    end = len(kept)
    while end and (not lines[kept[end - 1]].strip() or _RULE.fullmatch(lines[kept[end - 1]])):
        end -= 1
    return kept[:end]


def _before_title(lines: list[str], kept: list[int]) -> list[int]:
    """Also without "----- Any Words -----" right above the history."""
    kept = _before_rule(lines, kept)
    if kept and _TITLED_RULE.fullmatch(lines[kept[-1]].strip()[:ATTRIBUTION_CHARS]):
        return _before_rule(lines, kept[:-1])
    return kept


# --------------------------------------------------------------------------- signature


def _without_signature(lines: list[str], kept: list[int]) -> list[int]:
    kept = without_footers(lines, kept)
    filled = [number for number in kept if lines[number].strip()]
    for number in filled[1:]:
        if lines[number].strip() == "--":  # RFC 3676 4.3; its space is often lost
            kept = [one for one in kept if one < number]
            break
    kept = without_card(lines, _below_rule(lines, kept))
    filled = [number for number in kept if lines[number].strip()]
    last = filled[-SIGNATURE_LINES:]
    tail = "\n".join(lines[number] for number in last).lower()
    devices = [device for device in DEVICES if device in tail]  # mostly none: no line is tried
    signed = {number for number in last if devices and _is_signature(lines[number])}
    if signed:
        kept = without_footers(lines, [number for number in kept if number not in signed])
    return _before_rule(lines, without_address(lines, kept))


def _below_rule(lines: list[str], kept: list[int]) -> list[int]:
    """Without a business card below a ruled line at the end, as Japanese mail has it."""
    filled = [number for number in kept if lines[number].strip()]
    ruled = [number for number in filled[-SIGNATURE_LINES:] if _RULE.fullmatch(lines[number])]
    for first in ruled:
        below = [number for number in filled if number > first]
        above = [number for number in filled if number < first]
        if above and _is_card([lines[number] for number in below]):
            return [number for number in kept if number < first]
    return kept


def _is_card(texts: list[str]) -> bool:
    return any(map(CONTACT.search, texts)) and not any(set("?？؟!！") & set(one) for one in texts)


def _is_signature(line: str) -> bool:
    text = line.strip()
    return len(text) <= SIGNATURE_CHARS and SIGNATURE.fullmatch(text) is not None
