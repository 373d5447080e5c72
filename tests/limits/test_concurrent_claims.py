"""However many claim at once, from however many processes: a limit that is full lets nobody by."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from tactd import wiring
from tactd.adapters.store import endpoint_text, open_store, readback, replies
from tactd.adapters.store.replies import NewReply, Stored
from tactd.config import load, policy_of
from tactd.core.types import (
    By,
    Draft,
    Endpoint,
    EndpointKind,
    Limits,
    Marketplace,
    Mode,
    OrderKey,
    Policy,
    ReplyState,
    Rule,
    SentRead,
    Situation,
)
from tactd.flow import send
from tactd.flow.reading_back import sent_read
from tactd.flow.ripen import ripen
from tactd.flow.rules import Rules
from tactd.shipped import shipped

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
THREADS = 8
DRAFT = Draft(
    subject="Your parcel", body="It is under way.", language="en", gloss_subject="", gloss_body=""
)


def buyer(number: int) -> Endpoint:
    return Endpoint(EndpointKind.MAIL, f"buyer{number}@example.com")


SENT_READ = SentRead(folder="Sent", uidvalidity=1, window=timedelta(days=60), done=True)


def policy_with(limits: Limits, mode: Mode = Mode.AUTO) -> Policy:
    config = load(shipped("config.toml"), {})
    return replace(policy_of(config, {}), limits=limits, mode=mode)


def waiting(number: int, buyer_number: int, by: By, box: str) -> NewReply:
    """Something that may go now: settled just now, or approved."""
    return NewReply(
        mailbox=box,
        endpoint=buyer(buyer_number),
        draft=DRAFT,
        deadline=NOW + timedelta(hours=20, minutes=number),
        created=NOW,
        mail=None,
        decision=None,
        order=OrderKey(Marketplace.EBAY, f"12-00000-{number:05}"),
        situations=(Situation.IN_TRANSIT,),
        event_key=f"event {number}",
        buyer=(endpoint_text(buyer(buyer_number)),),
        state=ReplyState.APPROVED,
        by=by,
        next_attempt=NOW,
    )


def claim_all_at_once(url: str, rules: Rules) -> list[tuple[int, datetime]]:
    """Eight claimants with a store of their own each; what they were given to send."""
    given_out: list[tuple[int, datetime]] = []
    barrier = threading.Barrier(THREADS)

    def fresh(conn: Connection, stored: Stored) -> Stored | None:
        return ripen(conn, stored, rules, NOW, lambda: f"t{stored.reply.id}")

    def work(who: int) -> None:
        store = open_store(url)
        barrier.wait()
        with store.read() as conn:
            due = replies.due(conn, "shop", NOW)
        for one in due[who % 3 :] + due[: who % 3]:
            with store.write() as conn:
                claimed = send.claim(conn, one, rules.policy, NOW, fresh)
            if claimed:
                given_out.append((claimed.reply_id, NOW))
        store.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(THREADS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return given_out


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    answers=st.integers(1, 3),
    per_mailbox=st.integers(1, 9),
    buyers=st.lists(st.integers(1, 3), min_size=2, max_size=9),
)
def test_eight_claimants_together_keep_every_limit(
    tmp_path_factory: pytest.TempPathFactory, answers: int, per_mailbox: int, buyers: list[int]
) -> None:
    url = f"sqlite:///{tmp_path_factory.mktemp('claims')}/tactd.db"
    limits = Limits(answers=(Rule(answers, HOUR),), per_mailbox=(Rule(per_mailbox, HOUR),))
    rules = Rules.of(policy_with(limits), wiring.read_templates(load(shipped("config.toml"), {})))
    store = open_store(url)
    with store.write() as conn:
        rows = [waiting(at, who, By.AUTO, "shop") for at, who in enumerate(buyers)]
        ids = replies.add_many(conn, [replies.values(one) for one in rows])
        readback.note_sent_read(conn, "shop", SENT_READ, NOW)
    whose = dict(zip(ids, buyers, strict=True))

    went = claim_all_at_once(url, rules)

    assert len({one for one, _ in went}) == len(went), "one of them was given out twice"
    each = Counter(whose[one] for one, _ in went)
    assert all(count <= answers for count in each.values())
    room = sum(min(answers, count) for count in Counter(buyers).values())
    assert len(went) == min(per_mailbox, room), "what had room has gone"
    with store.read() as conn:
        left = [
            one for one in replies.in_states(conn, *ReplyState) if one.reply.id not in dict(went)
        ]
    store.close()
    for one in left:
        # Nothing is forgotten: it waits with a time, or lies before the seller with the reason.
        if one.reply.state is ReplyState.STAGED:
            assert one.reply.note == "staged.limit_full"
        else:
            assert one.reply.state in (ReplyState.READY, ReplyState.APPROVED)
            assert one.reply.next_attempt is not None
            assert one.reply.next_attempt >= NOW


def test_a_mailbox_whose_sent_is_unread_keeps_all_others_from_sending_by_themselves(
    tmp_path: Path,
) -> None:
    """He may have been written to from there, and a limit that cannot be counted is full."""
    policy = policy_with(Limits())
    two = (*policy.mailboxes, replace(policy.mailboxes[0], name="second"))
    store = open_store(f"sqlite:///{tmp_path}/tactd.db")
    done = SentRead(folder="Sent", uidvalidity=1, window=timedelta(days=60), done=True)
    with store.write() as conn:
        readback.note_sent_read(conn, "shop", done, NOW)
        assert sent_read(conn, policy)
        assert not sent_read(conn, replace(policy, mailboxes=two))
        readback.note_sent_read(conn, "second", done, NOW)
        assert sent_read(conn, replace(policy, mailboxes=two))
    store.close()
