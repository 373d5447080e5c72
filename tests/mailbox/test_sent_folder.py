"""Asking Sent for one own reply, and putting a copy there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servers.imap_faults import FaultyImap
from servers.shop_mailbox import MemoryKeeper, await_true, mail, settings_for, watching
from tactd.adapters.mailbox import Mailbox, SentError, State
from tactd.adapters.mailbox.sent import safe_id

OURS = "<reply.17.4c1d@shop.example.org>"


def test_a_reply_in_sent_is_found_by_its_exact_message_id(faulty_imap: FaultyImap) -> None:
    faulty_imap.add(mail(1, message_id=f"<x{OURS[1:-1]}x>"), "Sent")
    with watching(MemoryKeeper(), settings_for(faulty_imap)) as box:
        assert box.find_sent(OURS).result(3) is False, "SEARCH finds parts of ids"
        faulty_imap.add(mail(2, message_id=OURS), "Sent")
        assert box.find_sent(OURS).result(3) is True


def test_where_the_provider_rewrote_the_message_id_the_private_id_is_found(
    faulty_imap: FaultyImap,
) -> None:
    rewritten = mail(1, message_id="<new@provider.example>", **{"X-Tactd-Id": "17-4c1d"})
    faulty_imap.add(rewritten, "Sent")
    with watching(MemoryKeeper(), settings_for(faulty_imap)) as box:
        assert box.find_sent(OURS).result(3) is False
        assert box.find_sent(OURS, "17-4c1").result(3) is False
        assert box.find_sent(OURS, "17-4c1d").result(3) is True


def test_looking_into_sent_loses_no_new_mail_of_the_inbox(faulty_imap: FaultyImap) -> None:
    keeper = MemoryKeeper()
    with watching(keeper, settings_for(faulty_imap)) as box:
        for number in range(1, 6):
            looking = box.find_sent(OURS)
            faulty_imap.add(mail(number))
            looking.result(3)
        keeper.await_uids(1, 2, 3, 4, 5)


def test_the_copy_is_put_there_once_and_as_seen(faulty_imap: FaultyImap) -> None:
    keeper = MemoryKeeper()
    raw = mail(1, message_id=OURS)
    with watching(keeper, settings_for(faulty_imap)) as box:
        assert box.append_sent(raw, OURS).result(3) is True
        assert box.append_sent(raw, OURS).result(3) is True
    (copy,) = faulty_imap.boxes["Sent"].mails
    assert copy.raw == raw
    assert copy.flags == "\\Seen"


def test_a_copy_over_the_servers_limit_is_not_even_tried(faulty_imap: FaultyImap) -> None:
    faulty_imap.capabilities += " APPENDLIMIT=50"
    with (
        watching(MemoryKeeper(), settings_for(faulty_imap)) as box,
        pytest.raises(SentError, match="allowed: 50"),
    ):
        box.append_sent(mail(1, message_id=OURS), OURS).result(3)
    assert not faulty_imap.count("APPEND ")


def test_a_copy_that_the_server_refuses_is_reported_and_nothing_else_happens(
    faulty_imap: FaultyImap,
) -> None:
    faulty_imap.append_answer = "NO [OVERQUOTA] the mailbox is full"
    with watching(MemoryKeeper(), settings_for(faulty_imap)) as box:
        with pytest.raises(SentError, match="the mailbox is full"):
            box.append_sent(mail(1, message_id=OURS), OURS).result(3)
        assert box.health.state is State.WATCHING
    assert faulty_imap.logins == 1


@pytest.mark.parametrize(
    "hostile",
    [
        "<x@example.com>\r\nA9 DELETE INBOX",
        "x\r\nA9 CREATE pwned\r\n",
        "<x@example.com>\n",
        '<x"@example.com>',
        "<x\\@example.com>",
        "<x{3}@example.com>",
        "<x {3+}@example.com>",
        "<(x)@example.com>",
        "<x\0@example.com>",
        "<ü@example.com>",
        "<x*%@example.com>",
        "",
        "<>",
    ],
)
def test_a_hostile_id_puts_not_one_command_on_the_wire(
    faulty_imap: FaultyImap, hostile: str
) -> None:
    with watching(MemoryKeeper(), settings_for(faulty_imap)) as box:
        await_true(lambda: faulty_imap.count("IDLE") == 2)
        said = len(faulty_imap.commands)
        for ask in (
            lambda: box.find_sent(hostile),
            lambda: box.append_sent(mail(1), hostile),
            lambda: box.find_sent(OURS, hostile or "\n"),
        ):
            with pytest.raises(ValueError, match="not an id"):
                ask()
        assert len(faulty_imap.commands) == said


@given(st.text())
def test_whatever_passes_as_an_id_is_one_plain_word(text: str) -> None:
    try:
        word = safe_id(text)
    except ValueError:
        return
    assert word.isascii()
    assert not set(word) & set(' \r\n\0"\\(){}%*[]')


@given(st.from_regex(r"[a-z0-9.]{1,40}@[a-z0-9.-]{1,40}", fullmatch=True))
def test_ids_as_tactd_makes_them_pass(bare: str) -> None:
    assert safe_id(f"<{bare}>") == safe_id(bare) == bare


def test_a_question_is_asked_again_on_the_next_connection(faulty_imap: FaultyImap) -> None:
    faulty_imap.add(mail(1, message_id=OURS), "Sent")
    with watching(MemoryKeeper(), settings_for(faulty_imap, backoff_first=0.3)) as box:
        faulty_imap.bye_on = "EXAMINE"
        answer = box.find_sent(OURS)
        await_true(lambda: box.health.state is State.BACKING_OFF)
        faulty_imap.bye_on = ""
        assert answer.result(3) is True


def test_a_question_that_breaks_every_connection_is_given_up(faulty_imap: FaultyImap) -> None:
    faulty_imap.add(mail(1, message_id=OURS), "Sent")
    keeper = MemoryKeeper()
    with watching(keeper, settings_for(faulty_imap)) as box:
        await_true(lambda: keeper.uids("Sent") == [1])
        faulty_imap.breaks_on_body = {1}
        with pytest.raises(SentError):
            box.find_sent(OURS).result(3)
        await_true(lambda: box.health.state is State.WATCHING)


def test_a_question_to_a_stopped_mailbox_does_not_wait_for_ever(faulty_imap: FaultyImap) -> None:
    faulty_imap.bye_on = "LOGIN"
    settings = settings_for(faulty_imap, backoff_first=60, backoff_cap=60)
    with watching(MemoryKeeper(), settings, until=State.BACKING_OFF) as box:
        before = box.find_sent(OURS)
        box.stop()
        assert box.join()
        after = box.find_sent(OURS)
    assert before.cancelled()
    assert after.cancelled()


def test_a_question_does_not_cost_a_refused_mailbox_a_login(faulty_imap: FaultyImap) -> None:
    faulty_imap.refuse_login = "no"
    with watching(MemoryKeeper(), settings_for(faulty_imap), until=State.REFUSED) as box:
        box.find_sent(OURS)
        with pytest.raises(TimeoutError):
            box.find_sent(OURS).result(0.1)
    assert faulty_imap.logins == 1


def test_without_a_sent_folder_the_seller_is_told_and_inbox_is_watched(
    faulty_imap: FaultyImap,
) -> None:
    del faulty_imap.boxes["Sent"]
    keeper = MemoryKeeper()
    with watching(keeper, settings_for(faulty_imap)) as box:
        assert "no folder of sent mail was found" in box.health.problem
        with pytest.raises(SentError, match=r"folders\.sent"):
            box.find_sent(OURS).result(3)
        faulty_imap.add(mail(1))
        keeper.await_uids(1)


def test_what_the_seller_sends_by_hand_is_seen_when_due_and_when_asked(
    faulty_imap: FaultyImap,
) -> None:
    keeper = MemoryKeeper()
    with watching(keeper, settings_for(faulty_imap, sent_every=0.1)):
        faulty_imap.add(mail(1), "Sent")
        keeper.await_uids(1, folder="Sent")
    box: Mailbox
    with watching(keeper, settings_for(faulty_imap, sent_every=60)) as box:
        await_true(lambda: faulty_imap.count("IDLE") >= 2)
        faulty_imap.add(mail(2), "Sent")
        box.look()
        keeper.await_uids(2, folder="Sent")
    assert keeper.uids("Sent", at_start=False) == [1, 2]


def test_sent_is_opened_only_when_its_uidnext_has_changed(faulty_imap: FaultyImap) -> None:
    with watching(MemoryKeeper(), settings_for(faulty_imap, sent_every=0.02)):
        await_true(lambda: faulty_imap.count('STATUS "Sent"') > 5)
    assert faulty_imap.count('EXAMINE "Sent"') == 1
