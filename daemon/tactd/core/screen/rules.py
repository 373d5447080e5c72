"""The rules of the never-answer list, one small function each: the detail that fits, or None.

core/screen/never_answer.py holds the order in which they are tried and what each of them means.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

from tactd.core.screen import table
from tactd.core.types import Mail, MailKind, Message

# Kinds of mail behind which somebody waits for an answer.
FROM_BUYERS = frozenset({MailKind.BUYER_MESSAGE, MailKind.MESSAGE_NOTICE})
_COMMENT = re.compile(r"\([^()]*\)")
_ADDRESS = re.compile(r"[^\s<>,;:\"()\[\]]+@[^\s<>,;:\"()\[\]]+")


@dataclass(frozen=True, slots=True)
class Case:
    """What the rules look at."""

    mail: Mail
    message: Message
    own: frozenset[str]  # own addresses, as `plain` writes them


Rule = Callable[[Case], str | None]


def unknown_notice(case: Case) -> str | None:
    message = case.message
    known = message.kind is not MailKind.OTHER_NOTICE or message.marketplace is None
    return None if known else str(message.marketplace)


def notice(case: Case) -> str | None:
    kind = case.message.kind
    return None if kind in FROM_BUYERS else kind.value


def without_text(case: Case) -> str | None:
    kind = case.message.kind
    return kind.value if kind is MailKind.MESSAGE_NOTICE else None


def own_mark(case: Case) -> str | None:
    mark = _present(case.mail, table.OWN_MARKS)
    if mark is not None:
        return mark
    local = (case.mail.message_id or "").strip("<> ").casefold().rpartition("@")[0]
    return table.OWN_ID_ENDING if local.endswith(table.OWN_ID_ENDING) else None


def from_self(case: Case) -> str | None:
    return next((a for a in _from_addresses(case.mail) if plain(a) in case.own), None)


def delivery_report(case: Case) -> str | None:
    if case.mail.header("x-failed-recipients") is not None:
        return "x-failed-recipients"
    return _content(case.mail, "delivery-status")


def any_report(case: Case) -> str | None:
    return _content(case.mail, "multipart/report")


def disposition_report(case: Case) -> str | None:
    return _content(case.mail, "disposition-notification")


def bounce_daemon(case: Case) -> str | None:
    return _local_part_of_any(_writers(case.mail), table.BOUNCE_DAEMONS)


def list_robot(case: Case) -> str | None:
    return _local_part_of_any(_writers(case.mail), table.LIST_ROBOTS)


def no_reply(case: Case) -> str | None:
    return _local_part_of_any(_writers(case.mail), table.NO_REPLY)


def bounce_envelope(case: Case) -> str | None:
    return _local_part_of_any(_writers(case.mail), table.ENVELOPE_BOUNCE)


def auto_submitted(case: Case) -> str | None:
    values = (_keyword(value) for value in case.mail.all_headers("auto-submitted"))
    return next((value or "(empty)" for value in values if value != "no"), None)


def null_return_path(case: Case) -> str | None:
    """Some daemons leave From empty as well."""
    for name in ("return-path", "from"):
        if any("".join(_uncommented(v).split()) == "<>" for v in case.mail.all_headers(name)):
            return f"{name}: <>"
    return None


def autoreply(case: Case) -> str | None:
    for name in table.AUTOREPLY_HEADERS:
        value = case.mail.header(name)
        if value is not None and _keyword(value) not in ("no", "false", "0"):
            return name
    if "autoresponder" in (case.mail.header("x-post-messageclass") or "").casefold():
        return "x-post-messageclass"
    delivered = (_keyword(value) for value in case.mail.all_headers("delivered-to"))
    return "delivered-to: autoresponder" if "autoresponder" in delivered else None


def mailing_list(case: Case) -> str | None:
    return _present(case.mail, table.LIST_HEADERS)


def precedence_auto(case: Case) -> str | None:
    return _precedence(case.mail, table.PRECEDENCE_AUTO)


def precedence_list(case: Case) -> str | None:
    return _precedence(case.mail, table.PRECEDENCE_LIST)


def suppress(case: Case) -> str | None:
    for value in case.mail.all_headers("x-auto-response-suppress"):
        asked = {_keyword(part) for part in value.split(",")} & table.SUPPRESS
        if asked:
            return min(asked)
    return None


def many_hops(case: Case) -> str | None:
    hops = len(case.mail.all_headers("received"))
    return str(hops) if hops > table.MANY_HOPS else None


def no_sender(case: Case) -> str | None:
    """There is no address that an answer could go to."""
    sender = case.mail.sender
    return None if sender is not None and "@" in sender.email else "From"


def not_addressed(case: Case) -> str | None:
    """RFC 5230 4.5. Bcc and forwarding exist, so it is a doubt, not a proof."""
    if case.message.marketplace is not None:
        return None
    named = [a.email for a in (*case.mail.to, *case.mail.cc)]
    for name in table.ADDRESSED_HEADERS:
        for value in case.mail.all_headers(name):
            named += _ADDRESS.findall(value)
    if any(plain(address) in case.own for address in named):
        return None
    return ", ".join(named[:3]) or "(nobody)"


def out_of_office(case: Case) -> str | None:
    return _subject_begins(case.mail, table.OUT_OF_OFFICE)


def bounce_subject(case: Case) -> str | None:
    return _subject_begins(case.mail, table.BOUNCED)


def stacked_re(case: Case) -> str | None:
    marks, _ = _reply_marks(case.mail.subject)
    return str(marks) if marks >= table.STACKED_REPLY_MARKS else None


# --------------------------------------------------------------------------- reading headers


def _uncommented(value: str) -> str:
    return _COMMENT.sub(" ", value)


def _keyword(value: str) -> str:
    """A header's keyword: without comments, parameters, quotes and case (RFC 3834 5)."""
    return _uncommented(value).partition(";")[0].strip(" \t\r\n\"'").casefold()


def _present(mail: Mail, names: Collection[str]) -> str | None:
    return next((name for name, _ in mail.headers if name in names), None)


def _precedence(mail: Mail, wanted: Collection[str]) -> str | None:
    for name in table.PRECEDENCE_HEADERS:
        for value in mail.all_headers(name):
            if _keyword(value) in wanted:
                return _keyword(value)
    return None


def _content(mail: Mail, word: str) -> str | None:
    types = [mail.header("content-type") or "", *(a.type for a in mail.attachments)]
    return word if any(word in type_.casefold() for type_ in types) else None


def plain(address: str) -> str:
    """Case-folded and without a plus part: the mailbox that an address leads to."""
    local, at, domain = address.strip().strip("<>").casefold().rpartition("@")
    return f"{local.partition('+')[0]}{at}{domain}"


def _from_addresses(mail: Mail) -> list[str]:
    """The raw header is read only where READ saw no address or several: elsewhere it would
    give what a display name says."""
    first = [mail.sender.email] if mail.sender and mail.sender.email else []
    if first and mail.senders <= 1:
        return first
    return first + [a for value in mail.all_headers("from") for a in _ADDRESS.findall(value)]


def _writers(mail: Mail) -> list[str]:
    """From, Sender and envelope sender."""
    written = [*mail.all_headers("sender"), *mail.all_headers("return-path")]
    every = [*mail.all_headers("from"), *written]
    bare = [value.strip(" <>") for value in every if "@" not in value]  # "MAILER-DAEMON <>"
    found = [a for value in written for a in _ADDRESS.findall(value)]
    return [*_from_addresses(mail), *found, *bare]


def _local_part_of_any(addresses: Collection[str], form: re.Pattern[str]) -> str | None:
    return next((a for a in addresses if form.match(a.strip("<>").rpartition("@")[0] or a)), None)


def _subject_begins(mail: Mail, beginnings: Collection[str]) -> str | None:
    _, rest = _reply_marks(mail.subject)
    subject = rest.casefold()
    return next((b for b in beginnings if subject.startswith(b)), None)


def _reply_marks(subject: str) -> tuple[int, str]:
    """How many reply marks a subject begins with, and what follows them and their tags."""
    count, at = 0, 0
    while True:
        if mark := table.REPLY_MARK.match(subject, at):
            count, at = count + 1, mark.end()
        elif tag := table.TAG.match(subject, at):
            at = tag.end()
        else:
            return count, subject[at:].strip()
