"""Etsy's mails: what a buyer writes in a request for help, and what the others are.

No mail of ours reaches an Etsy buyer by way of these: he is answered on the site, at `link`. The
sender's domain decides first, compared whole; whether the sender is genuine is not judged here
(core/sender/proved.py does).
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from itertools import takewhile

from tactd.core.types import Mail, MailKind, Marketplace, Message
from tactd.marketplaces.etsy.notices import notice
from tactd.marketplaces.etsy.words import (
    HELP_SUBJECT,
    NEEDS,
    NOTE,
    NOTE_ENDS,
    REQUESTED,
    RESOLUTION,
    named_in,
)
from tactd.marketplaces.senders import own_domain, sender_address

OWN_DOMAIN = "etsy.com"

_BREAK = re.compile(r"<br ?/?>\n?|</?(?:p|div|tr|table|h[1-6])\b[^<>]{0,300}>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]{0,300}>", re.IGNORECASE)
_LINK = re.compile(r"https://(?:[a-z0-9-]{1,40}\.){1,4}com/[!-;=?-~]{1,1000}", re.ASCII)
_CONVERSATION_PAGE = re.compile(
    r"https://www\.etsy\.com/(?:your/)?(?:conversations|messages)/[0-9]{3,20}", re.ASCII
)


def open_mail(mail: Mail) -> Message | None:
    """What the mail is, if it comes from Etsy; None for any other mail.

    Only a request for help holds a buyer's words. Where they are not found in it, all of the text
    is given and `opened` is False: a person has to look."""
    if not own_domain(sender_address(mail), (OWN_DOMAIN,)):
        return None
    subject = mail.subject.strip()[:500]
    if HELP_SUBJECT.search(subject):
        return _help_request(mail, subject)
    found = notice(mail, subject)
    if found.kind is not MailKind.MESSAGE_NOTICE:
        return found
    return Message(
        kind=MailKind.MESSAGE_NOTICE,
        marketplace=Marketplace.ETSY,
        username=named_in(subject),
        link=_link("\n".join((mail.text, *mail.links))),
    )


# --------------------------------------------------------------------------- requests for help


@dataclass(frozen=True, slots=True)
class _Asked:
    needs: str
    resolution: str
    note: str

    @property
    def words(self) -> str:
        """What he has chosen, then what he has written."""
        chosen = "\n".join(one for one in (self.needs, self.resolution) if one)
        return "\n\n".join(one for one in (chosen, self.note) if one)


def _help_request(mail: Mail, subject: str) -> Message:
    text = _without_markup(mail.text)
    asked = _asked(text)
    return Message(
        kind=MailKind.BUYER_MESSAGE,
        marketplace=Marketplace.ETSY,
        words=asked.words or text.strip(),
        orders=_orders(subject, mail.text),
        opened=bool(asked.words),
        link=_link("\n".join((mail.text, *mail.links))),
    )


def _without_markup(text: str) -> str:
    """Etsy's plain part holds the markup of the other one."""
    if _TAG.search(text) is None:
        return text
    plain = html.unescape(_TAG.sub("", _BREAK.sub("\n", text)))
    return re.sub(r"\n{3,}", "\n\n", plain)


def _asked(text: str) -> _Asked:
    """The labels in their order, each the first of its kind: all below the last one is his."""
    lines = text.splitlines()
    needs = _at(lines, NEEDS, 0)
    resolution = _at(lines, RESOLUTION, 0 if needs is None else needs)
    note = _at(lines, NOTE, max(needs or 0, resolution or 0))
    return _Asked(_said(lines, needs), _said(lines, resolution), _note(lines, note))


def _at(lines: list[str], labels: tuple[str, ...], start: int) -> int | None:
    found = (at for at in range(start, len(lines)) if _label(lines[at]).startswith(labels))
    return next(found, None)


def _label(line: str) -> str:
    return line[:60].strip(" *\t").lower() if ":" in line[:60] else ""


def _said(lines: list[str], at: int | None) -> str:
    return "" if at is None else lines[at].partition(":")[2].strip(" *\t")


def _note(lines: list[str], at: int | None) -> str:
    if at is None:
        return ""
    below = lines[at + 1 :]
    ends = (n for n, line in enumerate(below) if line.strip(" *\t").lower().startswith(NOTE_ENDS))
    kept = below[: next(ends, len(below))]
    return "\n".join((_said(lines, at), *(line.rstrip() for line in kept))).strip()


def _orders(subject: str, text: str) -> tuple[str, ...]:
    """Only from lines above his words that hold nothing else: a buyer may call himself anything,
    a line break in markup included."""
    lines = (_TAG.sub("", line[:500]).strip() for line in text.splitlines())
    head = takewhile(lambda line: not _label(line).startswith((*NEEDS, *RESOLUTION, *NOTE)), lines)
    found = (REQUESTED.fullmatch(line[:80]) for line in (subject, *head))
    return tuple(dict.fromkeys(one[1] for one in found if one))


# --------------------------------------------------------------------------- where to answer


def _link(text: str) -> str:
    """The page of the conversation: the last that is named, for Etsy's own stands below what he
    writes; else where the notice's button leads. core/reach.page looks whose it is."""
    pages = _CONVERSATION_PAGE.findall(text)
    if pages:
        return str(pages[-1])
    found = (link.rstrip(".,)") for link in _LINK.findall(text))
    return next((link for link in found if _of_etsy(link) and "ablink." in link), "")


def _of_etsy(link: str) -> bool:
    host = link.removeprefix("https://").partition("/")[0]
    return host.endswith("." + OWN_DOMAIN)
