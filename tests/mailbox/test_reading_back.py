"""What lay in Sent before tactd came, read back by the mailbox: newest first, resumable, and never
before new mail."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from servers.imap_faults import Box, FaultyImap
from servers.sent_box import ByHand
from servers.shop_mailbox import MemoryKeeper, await_true, mail, settings_for, watching
from tactd.adapters.mailbox import State, check_login
from tactd.core.types import SentRead

DAY = timedelta(days=1)


def fill(server: FaultyImap, count: int, days: float = 10) -> None:
    for number in range(count):
        one = ByHand(number, days)
        server.add(one.raw, "Sent", received=one.at)


def watch(keeper: MemoryKeeper, server: FaultyImap, **changed: Any) -> Any:
    return watching(keeper, settings_for(server, **{"sent_slice": 10, **changed}))


def far(keeper: MemoryKeeper) -> SentRead:
    assert keeper.sent_progress is not None
    return keeper.sent_progress


def test_every_mail_of_sent_is_read_once_the_newest_first(faulty_imap: FaultyImap) -> None:
    fill(faulty_imap, 35)
    keeper = MemoryKeeper()
    with watch(keeper, faulty_imap) as box:
        await_true(lambda: box.health.sent_read)
    assert keeper.sent_uids() == list(range(35, 0, -1))
    assert [len(one) for one in keeper.sent_slices] == [10, 10, 10, 5]
    assert (far(keeper).read, far(keeper).total, far(keeper).done) == (35, 35, True)
    assert keeper.uids("Sent") == [], "of none the text was fetched"
    assert not [c for c in faulty_imap.commands if "BODY" in c and "PEEK" not in c]


def test_what_is_older_than_the_window_is_left_alone(faulty_imap: FaultyImap) -> None:
    for days in (61, 60.5, 59.5, 5):
        one = ByHand(int(days), days)
        faulty_imap.add(one.raw, "Sent", received=one.at)
    keeper = MemoryKeeper()
    with watch(keeper, faulty_imap) as box:
        await_true(lambda: box.health.sent_read)
    assert keeper.sent_uids() == [4, 3]


def test_an_empty_sent_folder_is_read_before_the_first_mail_is_watched_for(
    faulty_imap: FaultyImap,
) -> None:
    keeper = MemoryKeeper()
    with watch(keeper, faulty_imap) as box:
        assert box.health.sent_read
    assert far(keeper).done


def test_new_mail_waits_for_one_slice_at_most(faulty_imap: FaultyImap) -> None:
    fill(faulty_imap, 200)
    keeper = MemoryKeeper()
    with watch(keeper, faulty_imap, sent_slice=5) as box:
        for number in range(1, 6):
            before = len(keeper.sent_slices)
            faulty_imap.add(mail(number))
            keeper.await_uids(number)
            assert len(keeper.sent_slices) - before <= 2, "the one under way, and the next"
        assert not box.health.sent_read
        await_true(lambda: box.health.sent_read)


def test_a_restart_goes_on_where_it_was_cut_off(faulty_imap: FaultyImap) -> None:
    fill(faulty_imap, 100)
    keeper = MemoryKeeper()
    with watch(keeper, faulty_imap):
        await_true(lambda: len(keeper.sent_slices) >= 3)
    before = keeper.sent_uids()
    assert 0 < len(before) < 100
    with watch(keeper, faulty_imap) as box:
        await_true(lambda: box.health.sent_read)
    assert keeper.sent_uids() == list(range(100, 0, -1)), "none twice, none left out"
    assert far(keeper).read == 100


def test_a_slice_that_was_not_kept_is_read_again(faulty_imap: FaultyImap) -> None:
    fill(faulty_imap, 30)
    keeper = MemoryKeeper()
    keeper.sent_fails = 2
    with watch(keeper, faulty_imap) as box:
        await_true(lambda: box.health.sent_read)
    assert keeper.sent_uids() == list(range(30, 0, -1))


def test_one_mail_that_breaks_the_line_is_left_out_and_the_others_are_read(
    faulty_imap: FaultyImap,
) -> None:
    fill(faulty_imap, 30)
    faulty_imap.breaks_on_body = {17}
    keeper = MemoryKeeper()
    with watch(keeper, faulty_imap, sent_retry=0.01) as box:
        await_true(lambda: box.health.sent_read)
    assert sorted(keeper.sent_uids()) == [uid for uid in range(1, 31) if uid != 17]


def test_a_sent_folder_that_cannot_be_read_does_not_keep_inbox_from_being_watched(
    faulty_imap: FaultyImap,
) -> None:
    fill(faulty_imap, 30)
    faulty_imap.breaks_on_body = set(range(1, 31))
    keeper = MemoryKeeper()
    settings = settings_for(faulty_imap, sent_retry=60)
    with watching(keeper, settings, until=None) as box:
        await_true(lambda: box.health.state is State.WATCHING and faulty_imap.logins > 3)
        faulty_imap.breaks_on_body = set()
        faulty_imap.add(mail(1))
        keeper.await_uids(1)
        assert not box.health.sent_read
        assert "sent mail cannot be read" in box.health.problem


def test_other_uids_and_another_folder_are_read_from_the_beginning(
    faulty_imap: FaultyImap,
) -> None:
    fill(faulty_imap, 12)
    keeper = MemoryKeeper()
    with watch(keeper, faulty_imap) as box:
        await_true(lambda: box.health.sent_read)
        renewed = Box(uidvalidity=2001)
        for one in faulty_imap.boxes["Sent"].mails:
            renewed.add(one.raw, received=one.received)
        faulty_imap.boxes["Sent"] = renewed
        box.look()
        await_true(lambda: far(keeper).uidvalidity == 2001 and far(keeper).done)
    assert len(keeper.sent_uids()) == 24
    faulty_imap.boxes["Mine"] = faulty_imap.boxes.pop("Sent")
    with watch(keeper, faulty_imap, sent="Mine") as box:
        await_true(lambda: box.health.sent_read)
    assert len(keeper.sent_uids()) == 36


def test_a_longer_limit_window_is_read_back_while_the_daemon_runs(faulty_imap: FaultyImap) -> None:
    for days in (90, 5):
        one = ByHand(days, days)
        faulty_imap.add(one.raw, "Sent", received=one.at)
    keeper = MemoryKeeper()
    window = [60 * DAY]
    with watch(keeper, faulty_imap, sent_window=lambda: window[0]) as box:
        await_true(lambda: box.health.sent_read)
        assert keeper.sent_uids() == [2]
        window[0] = 120 * DAY
        box.look()
        await_true(lambda: far(keeper).window == 120 * DAY and far(keeper).done)
    assert keeper.sent_uids() == [2, 2, 1]


def test_mail_sent_while_the_past_is_read_is_fetched_whole(faulty_imap: FaultyImap) -> None:
    fill(faulty_imap, 100)
    keeper = MemoryKeeper()
    with watch(keeper, faulty_imap) as box:
        faulty_imap.add(ByHand(500, 0).raw, "Sent", received=datetime.now(UTC))
        keeper.await_uids(101, folder="Sent")
        await_true(lambda: box.health.sent_read)
    assert keeper.sent_uids() == list(range(100, 0, -1))


# ------------------------------------------------------------------ no Sent folder


def test_without_a_sent_folder_it_is_never_done_and_says_what_to_configure(
    faulty_imap: FaultyImap,
) -> None:
    del faulty_imap.boxes["Sent"]
    keeper = MemoryKeeper()
    with watch(keeper, faulty_imap) as box:
        assert not box.health.sent_read
        assert '"none"' in box.health.problem
        assert "nothing goes out by itself" in box.health.problem
    assert not far(keeper).done
    assert '"none"' in check_login(settings_for(faulty_imap)).problem


@pytest.mark.parametrize("there", [True, False])
def test_where_the_seller_says_that_there_is_none_it_is_done(
    faulty_imap: FaultyImap, there: bool
) -> None:
    fill(faulty_imap, 5)
    if not there:
        del faulty_imap.boxes["Sent"]
    keeper = MemoryKeeper()
    with watch(keeper, faulty_imap, sent="none") as box:
        assert box.health.sent_read
        assert box.health.problem == ""
    assert far(keeper).done
    assert keeper.sent_uids() == []
    assert check_login(settings_for(faulty_imap, sent="none")).problem == ""


def test_a_sent_folder_that_vanished_stops_what_goes_by_itself_until_it_is_back(
    faulty_imap: FaultyImap,
) -> None:
    fill(faulty_imap, 5)
    keeper = MemoryKeeper()
    with watch(keeper, faulty_imap):
        assert far(keeper).done
    gone = faulty_imap.boxes.pop("Sent")
    with watch(keeper, faulty_imap):
        assert not far(keeper).done
    faulty_imap.boxes["Sent"] = gone
    with watch(keeper, faulty_imap):
        assert far(keeper).done
