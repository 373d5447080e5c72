"""New mail is found by searching, whatever the server pushes or forgets to push."""

from __future__ import annotations

import time

import pytest

from servers.imap_faults import FaultyImap
from servers.shop_mailbox import MemoryKeeper, await_true, mail, settings_for, watching
from tactd.adapters.mailbox import State
from tactd.core.types import Watermark


def _idling(server: FaultyImap) -> None:
    """Wait until the client sits in a long IDLE, past the short first one."""
    await_true(lambda: server.count("IDLE") - server.commands.count("DONE") == 1)
    begun = server.count("IDLE")
    await_true(lambda: server.count("IDLE") > begun or server.count("IDLE") >= 2)


def test_a_pushed_mail_is_kept_at_once(faulty_imap: FaultyImap) -> None:
    keeper = MemoryKeeper()
    with watching(keeper, settings_for(faulty_imap)):
        _idling(faulty_imap)
        faulty_imap.add(mail(1))
        keeper.await_uids(1, seconds=1)


def test_a_push_in_the_segment_of_idling_is_not_overlooked(faulty_imap: FaultyImap) -> None:
    """It stays in imaplib's reader, where poll() does not see it; no early DONE helps here."""
    keeper = MemoryKeeper()

    def arrives() -> bytes:
        faulty_imap.announces = False
        faulty_imap.add(mail(1))
        return b"* 1 EXISTS\r\n"

    faulty_imap.with_idling = arrives
    with watching(keeper, settings_for(faulty_imap, idle_first=30)):
        keeper.await_uids(1, seconds=1)


def test_an_early_done_finds_mail_that_was_never_pushed(faulty_imap: FaultyImap) -> None:
    keeper = MemoryKeeper()
    faulty_imap.announces = False

    def arrives() -> bytes:
        faulty_imap.add(mail(1))
        return b""

    faulty_imap.with_idling = arrives
    with watching(keeper, settings_for(faulty_imap, idle_first=0.1, poll=60)):
        keeper.await_uids(1, seconds=1)


def test_the_first_idle_after_new_mail_ends_early_too(faulty_imap: FaultyImap) -> None:
    keeper = MemoryKeeper()

    def arrives() -> bytes:
        faulty_imap.announces = False
        faulty_imap.add(mail(2))
        return b""

    with watching(keeper, settings_for(faulty_imap, poll=60, quiet=0.2)):
        _idling(faulty_imap)
        faulty_imap.add(mail(1))
        keeper.await_uids(1)
        faulty_imap.with_idling = arrives
        keeper.await_uids(2, seconds=1)


def test_a_server_that_never_pushes_is_polled(faulty_imap: FaultyImap) -> None:
    faulty_imap.announces = False
    keeper = MemoryKeeper()
    with watching(keeper, settings_for(faulty_imap, poll=0.1)):
        _idling(faulty_imap)
        faulty_imap.add(mail(1))
        keeper.await_uids(1, seconds=1)


@pytest.mark.parametrize("fault", ["not announced", "refused"])
def test_without_idle_the_same_connection_polls(faulty_imap: FaultyImap, fault: str) -> None:
    faulty_imap.refuse_idle = True
    if fault == "not announced":
        faulty_imap.capabilities = "IMAP4rev1"
    keeper = MemoryKeeper()
    with watching(keeper, settings_for(faulty_imap, poll=0.05)):
        faulty_imap.add(mail(1))
        keeper.await_uids(1)
        await_true(lambda: faulty_imap.count("NOOP") >= 3)
    assert faulty_imap.logins == 1
    assert faulty_imap.count("IDLE") == (fault == "refused")


@pytest.mark.parametrize(
    "pushes",
    [
        [b"* 1 EX", b"ISTS\r\n"],
        [b"* OK {3}\r\n", b"abc still here\r\n"],
        [b"* 1 FETCH (UID 1 BODY[HEADER] {5}\r\nabcde)\r\n"],
        [b"* OK Still here\r\n", b"* 1 RECENT\r\n", b"* 1 EXPUNGE\r\n"],
        [b"\xff\xfe\x00 complete garbage\r\n"],
        [b"{99999}\r\n"],
    ],
)
def test_no_push_however_odd_loses_a_mail(faulty_imap: FaultyImap, pushes: list[bytes]) -> None:
    faulty_imap.announces = False
    keeper = MemoryKeeper()
    faulty_imap.boxes["INBOX"].uidnext = 7
    with watching(keeper, settings_for(faulty_imap)):
        _idling(faulty_imap)
        faulty_imap.add(mail(7))
        for session in faulty_imap.sessions:
            for push in pushes:
                session.send(push)
                time.sleep(0.02)
        keeper.await_uids(7, seconds=2)
    assert keeper.uids() == [7]


def test_a_push_before_the_plus_of_idle_does_not_break_the_connection(
    faulty_imap: FaultyImap,
) -> None:
    faulty_imap.idle_answer = b"* 1 EXISTS\r\n+ idling\r\n"
    keeper = MemoryKeeper()
    with watching(keeper, settings_for(faulty_imap)):
        _idling(faulty_imap)
        faulty_imap.add(mail(1))
        keeper.await_uids(1)
    assert faulty_imap.logins == 1


def test_mail_announced_behind_the_answer_of_a_search_is_searched_for_again(
    faulty_imap: FaultyImap,
) -> None:
    """Dovecot searches what it had shown before; what it then announces is not pushed in IDLE."""
    faulty_imap.announces = False
    faulty_imap.searches_what_was_shown = True
    keeper = MemoryKeeper()
    with watching(keeper, settings_for(faulty_imap, idle_first=30)) as box:
        await_true(lambda: faulty_imap.count("IDLE") == 1)
        faulty_imap.add(mail(1))
        box.look()
        keeper.await_uids(1, seconds=1)


def test_a_server_that_repeats_the_same_count_is_not_searched_for_ever(
    faulty_imap: FaultyImap,
) -> None:
    faulty_imap.add(mail(1))
    faulty_imap.idle_answer = b"* 1 EXISTS\r\n+ idling\r\n"
    with watching(MemoryKeeper(), settings_for(faulty_imap)):
        await_true(lambda: faulty_imap.count("IDLE") == 2)
        searches = faulty_imap.count("SEARCH")
        time.sleep(0.2)
        assert faulty_imap.count("SEARCH") == searches


def test_the_last_mail_is_not_taken_for_new_although_every_search_names_it(
    faulty_imap: FaultyImap,
) -> None:
    keeper = MemoryKeeper()
    with watching(keeper, settings_for(faulty_imap)) as box:
        faulty_imap.add(mail(1))
        keeper.await_uids(1)
        searches = faulty_imap.count("UID SEARCH UID 2:*")
        box.look()
        await_true(lambda: faulty_imap.count("UID SEARCH UID 2:*") > searches + 1)
    assert keeper.uids() == [1]


def test_the_watermark_moves_with_the_mails_and_never_without_them(
    faulty_imap: FaultyImap,
) -> None:
    keeper = MemoryKeeper()
    keeper.marks["INBOX"] = Watermark(1000, 0)
    for number in range(250):
        faulty_imap.add(mail(number))
    with watching(keeper, settings_for(faulty_imap)):
        pass
    slices = [one for one in keeper.slices if one.folder == "INBOX"]
    assert [len(one.mails) for one in slices] == [100, 100, 50]
    for one in slices:
        assert one.watermark == Watermark(1000, one.mails[-1].uid)


def test_what_the_store_refuses_is_brought_again(faulty_imap: FaultyImap) -> None:
    keeper = MemoryKeeper()
    with watching(keeper, settings_for(faulty_imap, backoff_first=0.3, backoff_cap=0.3)) as box:
        keeper.fails = [RuntimeError("disk full")]
        faulty_imap.add(mail(1))
        await_true(lambda: "disk full" in box.health.problem)
        assert keeper.marks["INBOX"].uid == 0
        keeper.await_uids(1)
        await_true(lambda: box.health.state is State.WATCHING)
        assert box.health.problem == ""
    assert keeper.uids() == [1]


def test_a_store_that_fails_in_the_middle_of_a_backlog_loses_nothing(
    faulty_imap: FaultyImap,
) -> None:
    keeper = MemoryKeeper()
    keeper.marks["INBOX"] = Watermark(1000, 0)
    keeper.fails = [RuntimeError("locked") for _ in range(3)]
    for number in range(350):
        faulty_imap.add(mail(number))
    with watching(keeper, settings_for(faulty_imap)):
        pass
    assert keeper.uids() == list(range(1, 351))


def test_a_mail_that_becomes_visible_late_is_found_by_the_rescan(faulty_imap: FaultyImap) -> None:
    keeper = MemoryKeeper()
    with watching(keeper, settings_for(faulty_imap, rescan_every=0.1)):
        late = faulty_imap.add(mail(1), hidden=True)
        faulty_imap.add(mail(2))
        keeper.await_uids(2)
        late.hidden = False
        keeper.await_uids(1)
        slice = next(s for s in keeper.slices if [m.uid for m in s.mails] == [1])
        assert slice.watermark is None
        assert not slice.at_start
    assert sorted(keeper.uids()) == [1, 2]


def test_the_rescan_leaves_alone_what_lay_there_before_the_first_start(
    faulty_imap: FaultyImap,
) -> None:
    for number in range(3):
        faulty_imap.add(mail(number), flags="\\Answered")
    keeper = MemoryKeeper()
    for round in (1, 2):  # in the process of the first start, and in the next one
        with watching(keeper, settings_for(faulty_imap, rescan_every=0.05)):
            faulty_imap.add(mail(3 + round))
            keeper.await_uids(3 + round)
            scans = faulty_imap.count("UID SEARCH UID 4:")
            await_true(lambda seen=scans: faulty_imap.count("UID SEARCH UID 4:") > seen + 2)
    assert keeper.uids() == [4, 5]


def test_a_mail_that_becomes_visible_late_is_found_even_after_a_restart(
    faulty_imap: FaultyImap,
) -> None:
    keeper = MemoryKeeper()
    with watching(keeper, settings_for(faulty_imap)):
        late = faulty_imap.add(mail(1), hidden=True)
        faulty_imap.add(mail(2))
        keeper.await_uids(2)
    late.hidden = False
    with watching(keeper, settings_for(faulty_imap, rescan_every=0.05)):
        keeper.await_uids(1)
    assert sorted(keeper.uids()) == [1, 2]


def test_searches_of_a_huge_folder_ask_in_windows(faulty_imap: FaultyImap) -> None:
    keeper = MemoryKeeper()
    keeper.marks["INBOX"] = Watermark(1000, 0)
    for number in range(95):
        faulty_imap.add(mail(number))
    with watching(keeper, settings_for(faulty_imap, search_window=30)):
        pass
    asked = [line.rpartition(" ")[2] for line in faulty_imap.commands if "SEARCH UID" in line]
    assert asked[asked.index("1:30") :][:4] == ["1:30", "31:60", "61:90", "91:*"]
    assert keeper.uids() == list(range(1, 96))


def test_mail_that_comes_while_another_is_kept_is_not_forgotten(faulty_imap: FaultyImap) -> None:
    faulty_imap.announces = False
    keeper = MemoryKeeper()
    keeper.delay = 0.05
    with watching(keeper, settings_for(faulty_imap, poll=0.2)):
        for number in range(1, 6):
            faulty_imap.add(mail(number))
            time.sleep(0.03)
        keeper.await_uids(*range(1, 6))
    assert keeper.uids() == [1, 2, 3, 4, 5]
