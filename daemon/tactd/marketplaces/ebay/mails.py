"""eBay's mails: which are from a buyer, what he wrote in them, and what the others tell.

The sender's domain decides first, compared whole: a look-alike is a plain mail, never eBay's.
Whether the sender is genuine is not judged here (core/sender/proved.py does).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from tactd.core.orders import normal_address
from tactd.core.types import Mail, MailKind, Marketplace, Message
from tactd.marketplaces.ebay.assemble import RELAY_DOMAIN
from tactd.marketplaces.ebay.notice_lines import read_lines
from tactd.marketplaces.ebay.notices import tell
from tactd.marketplaces.ebay.words import HISTORY, MEMBER_SUBJECTS, NOTICES, WRAPPERS, WrapperWords
from tactd.marketplaces.numbers import item_numbers, order_numbers, searchable
from tactd.marketplaces.senders import own_domain, sender_address

# The domains that eBay's sites have registered.
OWN_DOMAINS = (
    "ebay.com", "ebay.de", "ebay.co.uk", "ebay.com.au", "ebay.at", "ebay.be", "ebay.ca", "ebay.ch",
    "ebay.es", "ebay.fr", "ebay.ie", "ebay.it", "ebay.nl", "ebay.pl", "ebay.com.hk",
    "ebay.com.my", "ebay.com.sg", "ebay.ph",
)  # fmt: skip

_MEMBER_LOCAL = re.compile(r"[0-9a-f]{16,40}|members?", re.ASCII)
_REFERENCE = re.compile(
    r"\[#\s?[0-9A-Za-z-]{4,64}\s?#\](?:\s?_\s?\[#\s?[0-9A-Za-z-]{4,64}\s?#\])?", re.ASCII
)
_USERNAME = re.compile(r"[A-Za-z0-9._*-]{2,64}", re.ASCII)
_ITEM_LABEL = re.compile(
    r"(?:item (?:id|number)|artikelnummer|id oggetto|numero oggetto|numéro de l'objet"
    r"|número de artículo)\W{0,10}(\d{9,14})(?!\d)"
)  # of small letters: where case does not count, the engine cannot leap to the first letters
_SIGN_OFF = re.compile(r"[-–—] ?([A-Za-z0-9._*-]{2,64})", re.ASCII)
_LONGEST_LINE = 200  # of a line of the wrapper; only longer ones can be a buyer's


def open_mail(mail: Mail) -> Message | None:
    """What the mail is, if it comes from one of eBay's domains; None for any other mail.

    Only a member's message is a buyer's. Where eBay's wrapper is around it but the text is not
    found in it, all of the text is given and `opened` is False: a person has to look."""
    address = sender_address(mail)
    site = own_domain(address, OWN_DOMAINS)
    if not site:
        return None
    local, _, domain = address.rpartition("@")
    member = domain.startswith("members.") or domain in OWN_DOMAINS
    if member and _MEMBER_LOCAL.fullmatch(local):
        return _member_message(mail)
    return tell(mail, _notice(mail), site)


def is_relay(email: str) -> bool:
    """Is this an address that eBay made up for a buyer?"""
    return normal_address(email).endswith("@" + RELAY_DOMAIN)


# --------------------------------------------------------------------------- notices


def _notice(mail: Mail) -> Message:
    subject = mail.subject.strip()[:500]
    kind = next((kind for kind, cue in NOTICES if cue.search(subject)), MailKind.OTHER_NOTICE)
    return Message(
        kind=kind,
        marketplace=Marketplace.EBAY,
        items=_items(subject, read_lines(mail.text).text),
        reference=_reference(mail.text),
    )


# --------------------------------------------------------------------------- members' messages


@dataclass(frozen=True, slots=True)
class _Opened:
    words: str
    username: str
    around: str  # the wrapper without what the member wrote


def _member_message(mail: Mail) -> Message:
    about = _about(mail.subject)
    opened = _open_wrapper(mail.text, about["user"])
    username = _username(about["user"], opened.username if opened else "") or _display_name(mail)
    around = opened.around if opened else ""
    return Message(
        kind=MailKind.BUYER_MESSAGE,
        marketplace=Marketplace.EBAY,
        words=opened.words if opened else mail.text.strip(),
        username=username,
        items=_items(mail.subject, around if opened else mail.text),
        item_title=about["title"],
        orders=order_numbers(around, Marketplace.EBAY),
        reference=_reference(mail.text),
        opened=opened is not None,
    )


def _about(subject: str) -> dict[str, str]:
    found = next((m for form in MEMBER_SUBJECTS if (m := form.search(subject[:600]))), None)
    named = found.groupdict() if found else {}
    return {key: (named.get(key) or "").strip() for key in ("user", "title", "item")}


def _display_name(mail: Mail) -> str:
    """Members' mails carry the user name as the sender's name, perhaps as "user via eBay"."""
    words = mail.sender.name.split() if mail.sender else []
    return words[0] if words and _USERNAME.fullmatch(words[0]) else ""


def _username(in_subject: str, in_heading: str) -> str:
    """Who answers by mail may have written the subject himself: eBay's heading decides."""
    if in_subject and in_heading and in_subject.lower() != in_heading.lower():
        return in_heading
    return in_subject or in_heading


def _open_wrapper(text: str, username: str) -> _Opened | None:
    """The member's words: whole between "Dear seller," and "- user"; else the preview between
    the heading and the button, which eBay may have shortened."""
    lines = text.splitlines()
    plain = [line.strip().lower().replace("’", "'") for line in lines]
    words = _wrapper_words(plain)
    if words is None:
        return None
    head = _find(plain, lambda line: line.startswith(words.heading))
    after_head = 0 if head is None else head + 1
    named, after_head = _heading_user(lines, words, head, after_head)
    whole = _whole_message(plain, words, after_head, named or username)
    preview = _preview(plain, words, head, after_head, whole)
    chosen = next((part for part in (whole, preview) if part and _words(lines, part)), None)
    if chosen is None:
        return None
    inside = {at for part in (whole, preview) if part for at in range(*part)}
    around = "\n".join(line for at, line in enumerate(lines) if at not in inside)
    return _Opened(_words(lines, chosen), named or username, around)


def _wrapper_words(plain: list[str]) -> WrapperWords | None:
    """Whose wrapper it is: the first line that is a heading decides, else a footer line."""
    short = [line for line in plain if line and len(line) <= _LONGEST_LINE]
    for beginnings in ("heading", "footer"):
        for line in short:
            for words in WRAPPERS:
                if line.startswith(getattr(words, beginnings)):
                    return words
    return None


def _heading_user(
    lines: list[str], words: WrapperWords, head: int | None, after: int
) -> tuple[str, int]:
    """(user name, line after the heading). It stands behind the colon or on the next line."""
    if head is None:
        return "", after
    behind = lines[head].partition(":")[2].strip()
    if not behind and after < len(lines):
        behind, after = lines[after].strip(), after + 1
    name = behind.split("(")[0].strip().split(" ")[0]
    return (name, after) if _USERNAME.fullmatch(name) else ("", after)


def _whole_message(
    plain: list[str], words: WrapperWords, start: int, username: str
) -> tuple[int, int] | None:
    """The lines between "Dear seller," and "- user". The preview above the button may begin with
    a salutation of the member's own, so the search begins below the button, if there is one."""
    button = _find(plain, lambda line: line in words.reply, start)
    for begin in (start if button is None else button + 1, start):
        at = _find(plain, lambda line: _is_salutation(line, words), begin)
        # the last: he may have written such a line himself, and what follows would seem eBay's
        end = None if at is None else _find_last(plain, lambda line: _signs_off(line, username), at)
        if at is not None and end is not None:
            return at + 1, end
    return None


def _is_salutation(line: str, words: WrapperWords) -> bool:
    if not line.endswith(",") or len(line) > 90:
        return False
    return any(line.startswith((dear + " ", dear + ",")) for dear in words.dear)


def _signs_off(line: str, username: str) -> bool:
    found = _SIGN_OFF.fullmatch(line)
    return found is not None and (not username or found[1] == username.lower())


def _preview(
    plain: list[str],
    words: WrapperWords,
    head: int | None,
    start: int,
    whole: tuple[int, int] | None,
) -> tuple[int, int] | None:
    """The lines between the heading and the last button before the whole message."""
    if head is None:
        return None
    limit = whole[0] if whole else len(plain)
    ends = [at for at in range(start, limit) if plain[at] in words.reply]
    return (start, ends[-1]) if ends else None


def _words(lines: list[str], part: tuple[int, int]) -> str:
    return _without_history("\n".join(line.rstrip() for line in lines[slice(*part)])).strip()


def _without_history(text: str) -> str:
    """Up to the line where an older message is quoted, if something stands before it."""
    at = 0
    for line in text.splitlines(keepends=True):
        if HISTORY.match(line.strip()[:_LONGEST_LINE]) and text[:at].strip():
            return text[:at]
        at += len(line)
    return text


def _find(plain: list[str], wanted: Callable[[str], bool], start: int = 0) -> int | None:
    return next((at for at in range(start, len(plain)) if wanted(plain[at])), None)


def _find_last(plain: list[str], wanted: Callable[[str], bool], after: int) -> int | None:
    return next((at for at in range(len(plain) - 1, after, -1) if wanted(plain[at])), None)


# --------------------------------------------------------------------------- numbers


def _items(subject: str, around: str) -> tuple[str, ...]:
    named = re.findall(r"#\s?(\d{9,14})(?!\d)", subject[:600])
    labelled = _ITEM_LABEL.findall(searchable(around).lower())
    return tuple(dict.fromkeys([*named, *labelled])) or item_numbers(subject, Marketplace.EBAY)


def _reference(text: str) -> str:
    """The last one: eBay's own stands in the footer, below anything a member could have typed."""
    found = _REFERENCE.findall(text)
    return re.sub(r"\s", "", found[-1]) if found else ""
