"""What a bounce does to the store: much where it is about a mail of ours, else nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from bounce_samples import BUYER, OURS, PRIVATE, postfix
from decide_kit import policy
from tactd.adapters.store import contacts, journal, open_store, people, replies
from tactd.adapters.store.replies import NewReply
from tactd.adapters.store.schema import promise
from tactd.core.read.bounce import read_bounce
from tactd.core.types import (
    By,
    ContactState,
    Draft,
    Endpoint,
    EndpointKind,
    Policy,
    PromiseKind,
    PromiseState,
    ReplyState,
    Situation,
)
from tactd.flow import bounces
from tactd.flow.send import paused_until
from tactd.flow.sent import contact

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
HIS = f"mail:{BUYER}"
SENT_AT = NOW - timedelta(hours=1)
WIRE_ID = f"<{PRIVATE}@example.org>"
assert WIRE_ID == OURS


@pytest.fixture
def conn(tmp_path: Path) -> Iterator[Connection]:
    """A store from which one reply has gone to the buyer."""
    store = open_store(f"sqlite:///{tmp_path / 'tactd.db'}")
    with store.write() as opened:
        new = NewReply(
            mailbox="shop",
            endpoint=Endpoint(EndpointKind.MAIL, BUYER),
            draft=Draft(subject="s", body="b", language="en", gloss_subject="s", gloss_body="b"),
            deadline=NOW,
            created=SENT_AT,
            mail=None,
            decision=None,
            order=None,
            situations=(Situation.STILL_SEARCHING,),
            event_key="k",
            state=ReplyState.SENT,
            by=By.APPROVED,
        )
        sent = {"message_id": OURS, "sent_at": SENT_AT, "first_attempt": SENT_AT}
        replies.add_many(opened, [replies.values(new) | sent])
        stored = replies.get(opened, 1)
        assert stored is not None
        contacts.add(opened, contact(stored, SENT_AT, ContactState.SENT), OURS)
        journal.add_promise(opened, PromiseKind.SEARCH, NOW + timedelta(days=7), 1, None)
        yield opened
    store.close()


def take_back(
    conn: Connection, raw: bytes, at: datetime = NOW, rules: Policy | None = None
) -> None:
    bounce = read_bounce(raw, at)
    assert bounce is not None
    bounces.take_back(conn, bounce, rules or policy(), at)


def bad(conn: Connection) -> bool:
    return bool(people.suppressed_among(conn, [HIS]))


def troubles(conn: Connection) -> dict[str, str]:
    return {row.what: row.about for row in journal.open_troubles(conn)}


def note(conn: Connection) -> str:
    stored = replies.get(conn, 1)
    assert stored is not None
    return stored.reply.note


def promised(conn: Connection) -> PromiseState:
    return PromiseState(conn.execute(select(promise.c.state)).scalar_one())


def test_an_address_where_nobody_is_gets_nothing_more(conn: Connection) -> None:
    take_back(conn, postfix())
    assert bad(conn)
    assert troubles(conn) == {"address_bounces": BUYER}
    assert "5.1.1" in note(conn)


def test_what_a_letter_promised_is_void_when_nobody_has_read_it(conn: Connection) -> None:
    take_back(conn, postfix())
    assert promised(conn) is PromiseState.WITHDRAWN


def test_the_mail_that_came_back_was_a_contact_all_the_same(conn: Connection) -> None:
    take_back(conn, postfix())
    (row,) = contacts.since(conn, [HIS], SENT_AT)
    assert row.state is ContactState.SENT


def test_a_private_id_ties_a_bounce_whose_message_id_was_rewritten(conn: Connection) -> None:
    take_back(conn, postfix(message_id="<rewritten@example.net>", private=PRIVATE))
    assert bad(conn)


@pytest.mark.parametrize(
    "forged",
    [
        postfix(message_id="<unknown@example.org>"),
        postfix(message_id="<unknown@example.org>", private="unknown"),
        postfix(message_id="<%@example.org>", private="%%%%"),
        postfix(message_id="<x@example.org>", private=PRIVATE[:-1]),
        postfix("another@example.com"),
    ],
)
def test_a_forged_bounce_does_nothing(conn: Connection, forged: bytes) -> None:
    take_back(conn, forged)
    assert not bad(conn)
    assert (troubles(conn), note(conn), promised(conn)) == ({}, "", PromiseState.OPEN)


def test_a_full_mailbox_is_told_of_until_he_writes_again(conn: Connection) -> None:
    take_back(conn, postfix(status="5.2.2", said="552 5.2.2 mailbox full"))
    assert not bad(conn)
    assert troubles(conn) == {"reply_returned": BUYER}
    assert promised(conn) is PromiseState.OPEN
    bounces.heard_from(conn, ["mail:another@example.com"], NOW)
    assert troubles(conn) == {"reply_returned": BUYER}
    bounces.heard_from(conn, [HIS], NOW)
    assert troubles(conn) == {}


@pytest.mark.parametrize("action", ["delayed", "relayed", "delivered"])
def test_what_has_not_failed_is_no_more_than_a_note(conn: Connection, action: str) -> None:
    take_back(conn, postfix(action=action, status="4.4.1"))
    assert (bad(conn), troubles(conn)) == (False, {})
    assert action in note(conn)


def test_a_delay_that_is_told_late_hides_no_failure(conn: Connection) -> None:
    take_back(conn, postfix())
    take_back(conn, postfix(action="delayed", status="4.4.1"))
    assert "5.1.1" in note(conn)
    assert bad(conn)


def test_a_month_later_it_is_no_bounce_any_more(conn: Connection) -> None:
    take_back(conn, postfix(), SENT_AT + timedelta(days=30, seconds=1))
    assert (bad(conn), troubles(conn), note(conn)) == (False, {}, "")


@pytest.mark.parametrize("state", [*replies.OPEN, ReplyState.SENDING, ReplyState.FAILED])
def test_what_has_not_gone_out_cannot_come_back(conn: Connection, state: ReplyState) -> None:
    replies.change(conn, 1, [ReplyState.SENT], state=state)
    take_back(conn, postfix())
    assert (bad(conn), note(conn)) == (False, "")


def test_a_mail_of_unclear_fate_that_comes_back_had_gone_out(conn: Connection) -> None:
    replies.change(conn, 1, [ReplyState.SENT], state=ReplyState.UNCLEAR, sent_at=None)
    take_back(conn, postfix())
    stored = replies.get(conn, 1)
    assert stored is not None
    assert stored.reply.state is ReplyState.SENT
    assert bad(conn)


def gmail_policy() -> Policy:
    (box,) = policy().mailboxes
    return replace(policy(), mailboxes=(replace(box, provider="gmail"),))


QUOTA = {"status": "5.4.5", "said": "550 5.4.5 Daily user sending limit exceeded"}


def test_a_quota_of_our_own_provider_rests_the_account_and_not_the_address(
    conn: Connection,
) -> None:
    take_back(conn, postfix(remote="", **QUOTA), rules=gmail_policy())
    assert paused_until(conn, "shop", NOW) == NOW + timedelta(hours=24)
    assert not bad(conn)
    assert troubles(conn) == {"account_paused": "shop", "reply_returned": BUYER}


@pytest.mark.parametrize("rules", [gmail_policy(), policy()])
def test_the_same_words_of_another_server_pause_nothing(conn: Connection, rules: Policy) -> None:
    take_back(conn, postfix(**QUOTA), rules=rules)
    assert paused_until(conn, "shop", NOW) is None


def test_a_quota_of_last_week_pauses_nothing_today(conn: Connection) -> None:
    bounce = read_bounce(postfix(remote="", **QUOTA), NOW)
    assert bounce is not None
    bounces.take_back(conn, bounce, gmail_policy(), NOW + timedelta(days=7))
    assert paused_until(conn, "shop", NOW) is None


def test_lifting_ends_what_was_told_of_the_address_once(conn: Connection) -> None:
    take_back(conn, postfix())
    assert bounces.lift(conn, HIS, NOW)
    assert (bad(conn), troubles(conn)) == (False, {})
    assert not bounces.lift(conn, HIS, NOW)
