"""What must hold after any crash: one function a promise, each gives the violations it finds.

They hold the mailbox, the store, the SMTP server and the folders against one another, and against
what the seller has done.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from email.message import Message

from sqlalchemy import select

from chaos.shop_day import UNDER_WAY, ShopDay
from story_kit import address_of
from tactd.adapters.store.schema import decision, ledger, sighting, watermark
from tactd.adapters.store.schema import mail as inbound
from tactd.core.filing.words import HOME
from tactd.core.sheet.parse import parse
from tactd.core.types import By, ContactState, ReplyState

Violations = Iterator[str]
Promise = Callable[[ShopDay], Violations]

# tactd opens folders by EXAMINE and reads by BODY.PEEK; it appends to Sent, and nothing else.
_CHANGES_A_MAILBOX = re.compile(
    r"\S+ (?:UID )?(?:SELECT|STORE|EXPUNGE|COPY|MOVE|DELETE|RENAME|CREATE)\b|.*\bBODY\[", re.I
)


# ------------------------------------------------------------------ nothing is lost


def every_mail_is_stored_once(day: ShopDay) -> Violations:
    columns = sighting.c.uid, inbound.c.raw
    where = sighting.c.mail == inbound.c.id, sighting.c.folder == "INBOX"
    stored = Counter((row.uid, row.raw) for row in day.rows(select(*columns).where(*where)))
    there = Counter((one.uid, one.raw) for one in day.imap.boxes["INBOX"].mails)
    for uid, raw in (there - stored) + (stored - there):
        yield f"mail {uid} is {stored[uid, raw]} times in the store"
    count = len(day.rows(select(inbound.c.id).where(inbound.c.role == "inbox")))
    if count != len(day.done.given):
        yield f"{count} mails stored, {len(day.done.given)} given"


def every_mail_has_one_fate(day: ShopDay) -> Violations:
    """One decision is in effect for each mail that was understood: never two answers to it."""
    decided = Counter(row.mail for row in day.rows(select(decision.c.mail)))
    columns = inbound.c.id, inbound.c.state
    for row in day.rows(select(*columns).where(inbound.c.role == "inbox")):
        if row.state == "new":
            yield f"mail {row.id} is undecided"
        if (row.state == "done") != bool(decided[row.id]):
            yield f"mail {row.id} is {row.state} with {decided[row.id]} decisions"
    in_effect = Counter(
        one.reply.mail for one in day.replies() if one.reply.state is not ReplyState.WITHDRAWN
    )
    for number, count in in_effect.items():
        if count > 1:
            yield f"mail {number} has {count} replies in effect"


def the_watermark_is_never_beyond_what_is_stored(day: ShopDay) -> Violations:
    """Also in the very moment of a crash."""
    for mark in day.rows(select(watermark)):
        of_folder = sighting.c.folder == mark.folder
        stored = {row.uid for row in day.rows(select(sighting.c.uid).where(of_folder))}
        there = {one.uid for one in day.imap.boxes[mark.folder].mails}
        for uid in sorted(uid for uid in there - stored if uid <= mark.uid):
            yield f"{mark.folder}: {uid} is below the watermark {mark.uid} and not stored"


def the_sellers_words_are_found_again(day: ShopDay) -> Violations:
    texts = [path.read_text("utf-8") for path in day.all_files()]
    texts += [_text(one) for one in day.accepted()]
    for words in day.done.edits:
        if not any(_flat(words) in _flat(text) for text in texts):
            yield f"lost: {words!r}"


# ------------------------------------------------------------------ nothing is sent twice


def nothing_is_sent_twice(day: ShopDay) -> Violations:
    keys: dict[str, Callable[..., object]] = {
        "X-Tactd-Id": lambda one: one["X-Tactd-Id"],
        "Message-ID": lambda one: one["Message-ID"],
        "recipient and event": lambda one: (one["To"], one["In-Reply-To"]),
    }
    for name, key in keys.items():
        for value, count in Counter(map(key, day.accepted())).items():
            if count > 1:
                yield f"{count} mails with the same {name}: {value}"


def what_was_approved_is_sent_once_or_shown_as_unclear(day: ShopDay) -> Violations:
    for buyer, words in day.done.approved.items():
        sent = [one for one in day.accepted() if one["To"] == address_of(buyer)]
        replies = [one for one in day.to(buyer) if one.reply.by is not None]
        states = [one.reply.state for one in replies]
        if states not in ([ReplyState.SENT], [ReplyState.UNCLEAR]):
            yield f"buyer {buyer}: approved, and {states}"
        elif states == [ReplyState.SENT] and len(sent) != 1:
            yield f"buyer {buyer}: noted as sent, {len(sent)} at the server"
        elif states == [ReplyState.UNCLEAR] and not day.file(buyer, "trouble"):
            yield f"buyer {buyer}: unclear, and nobody is told"
        if any(_flat(words) not in _flat(_text(one)) for one in sent):
            yield f"buyer {buyer}: sent without the seller's words"


def only_what_may_go_goes(day: ShopDay) -> Violations:
    """What was rejected, what nobody approved, and whom he has answered by hand."""
    may = {address_of(buyer) for buyer in day.done.approved}
    may |= {address_of(buyer) for buyer in day.done.sure}
    never = {address_of(buyer) for buyer in day.done.rejected | day.done.by_hand}
    for one in day.accepted():
        if one["To"] in never or one["To"] not in may:
            yield f"{one['To']} has got a mail that nobody wanted"


def what_is_sure_goes_by_itself_and_not_too_often(day: ShopDay) -> Violations:
    """Once in ten minutes to each, as the limits say; what comes sooner is for the seller."""
    for buyer in day.done.sure:
        states = [one.reply.state for one in day.to(buyer) if one.reply.by is By.AUTO]
        if states not in ([ReplyState.SENT], [ReplyState.UNCLEAR]):
            yield f"buyer {buyer}: sure, and by itself {states}"


def every_send_was_noted_before(day: ShopDay) -> Violations:
    """Also in the very moment of a crash: a mail at the server has its row in the ledger."""
    begun = (ReplyState.SENDING, ReplyState.UNCLEAR, ReplyState.SENT)
    counted = {row.message_id: row.state for row in day.rows(select(ledger))}
    claimed = {one.reply.message_id for one in day.replies() if one.reply.state in begun}
    for one in day.accepted():
        own = one["Message-ID"]
        if own not in claimed or counted.get(own) in (None, ContactState.REFUSED):
            yield f"{own} went out and is not noted"


def the_ledger_counts_what_went_out(day: ShopDay) -> Violations:
    rows = day.rows(select(ledger).where(ledger.c.reply.is_not(None)))
    counted = Counter(row.reply for row in rows if row.state != ContactState.REFUSED)
    for one in day.replies():
        number, state = one.reply.id, one.reply.state
        wanted = state in (ReplyState.SENT, ReplyState.UNCLEAR)
        if counted[number] != wanted:
            yield f"reply {number} is {state} and counted {counted[number]} times"
    for row in rows:
        if row.state == ContactState.CLAIMED:
            yield f"reply {row.reply}: its claim was never settled"
    by_hand = len(day.rows(select(ledger).where(ledger.c.by == By.SELLER)))
    if by_hand != len(day.done.by_hand):
        yield f"{by_hand} mails by hand counted, {len(day.done.by_hand)} written"


# ------------------------------------------------------------------ the folders


def every_reply_has_one_file_where_it_belongs(day: ShopDay) -> Violations:
    found: dict[int | None, list[str]] = {}
    for path in day.all_files():
        found.setdefault(parse(path.read_bytes()).id, []).append(path.parent.name)
    for one in day.replies():
        folders = found.pop(one.reply.id, [])
        went_by_itself = one.reply.by is By.AUTO and one.reply.state is ReplyState.SENT
        unseen = went_by_itself and not folders  # nobody had to see it
        if folders != [HOME[one.reply.state]] and not unseen:
            yield f"reply {one.reply.id} is {one.reply.state} and its files lie in {folders}"
    for number, folders in found.items():
        yield f"files of no reply (id {number}) in {folders}"


def nobody_is_left_waiting(day: ShopDay) -> Violations:
    for one in day.replies():
        if one.reply.state in UNDER_WAY or one.move_to:
            yield f"reply {one.reply.id} is still {one.reply.state}, to be moved: {one.move_to}"


# ------------------------------------------------------------------ the mailbox


def the_mailbox_is_as_it_was(day: ShopDay) -> Violations:
    inbox = day.imap.boxes["INBOX"].mails
    if [one.raw for one in inbox] != day.done.given or any(one.flags for one in inbox):
        yield "INBOX has changed"
    for command in day.imap.commands:
        if _CHANGES_A_MAILBOX.match(command):
            yield f"a command that changes a mailbox: {command[:60]}"


def sent_holds_each_mail_once(day: ShopDay) -> Violations:
    raws = [one.raw for one in day.imap.boxes["Sent"].mails]
    for one in day.replies():
        own = one.reply.message_id.encode()
        copies = sum(own in raw for raw in raws) if own else 0
        if copies != (one.reply.state is ReplyState.SENT):
            yield f"reply {one.reply.id} is {one.reply.state} with {copies} copies in Sent"


AFTER_RECOVERY: tuple[Promise, ...] = (
    every_mail_is_stored_once,
    every_mail_has_one_fate,
    the_watermark_is_never_beyond_what_is_stored,
    the_sellers_words_are_found_again,
    nothing_is_sent_twice,
    what_was_approved_is_sent_once_or_shown_as_unclear,
    only_what_may_go_goes,
    what_is_sure_goes_by_itself_and_not_too_often,
    every_send_was_noted_before,
    the_ledger_counts_what_went_out,
    every_reply_has_one_file_where_it_belongs,
    nobody_is_left_waiting,
    the_mailbox_is_as_it_was,
    sent_holds_each_mail_once,
)
AT_THE_CRASH: tuple[Promise, ...] = (
    the_watermark_is_never_beyond_what_is_stored,
    nothing_is_sent_twice,
    every_send_was_noted_before,
    the_mailbox_is_as_it_was,
)


def broken(day: ShopDay, promises: tuple[Promise, ...]) -> list[str]:
    return [f"{one.__name__}: {said}" for one in promises for said in one(day)]


def _text(mail: Message) -> str:
    data = mail.get_payload(decode=True)
    assert isinstance(data, bytes)
    return data.decode()


def _flat(text: str) -> str:
    """However it is wrapped."""
    return " ".join(text.split())
