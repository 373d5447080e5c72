"""What lay there before: at the first start, and after the server renumbered its mails."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from servers.imap_faults import Box, FaultyImap
from servers.shop_mailbox import MemoryKeeper, await_true, mail, settings_for, watching
from tactd.adapters.mailbox import State
from tactd.core.types import Watermark


def _ago(**length: float) -> datetime:
    return datetime.now(UTC) - timedelta(**length)


def test_the_first_start_brings_only_recent_unanswered_mail_and_marks_it_as_old(
    faulty_imap: FaultyImap,
) -> None:
    faulty_imap.add(mail(1), received=_ago(days=5))
    faulty_imap.add(mail(2), received=_ago(hours=73))  # SINCE alone would let it pass
    faulty_imap.add(mail(3), received=_ago(hours=71))
    faulty_imap.add(mail(4), flags="\\Answered \\Seen")
    faulty_imap.add(mail(5), flags="\\Deleted")
    faulty_imap.add(mail(6), flags="\\Seen")
    keeper = MemoryKeeper()
    with watching(keeper, settings_for(faulty_imap)):
        faulty_imap.add(mail(7))
        keeper.await_uids(7)
    assert keeper.uids(at_start=True) == [3, 6]
    assert keeper.uids(at_start=False) == [7]
    assert keeper.marks["INBOX"] == Watermark(1000, 7, 6)


def test_sent_comes_before_inbox_so_that_the_sellers_answers_are_known_first(
    faulty_imap: FaultyImap,
) -> None:
    faulty_imap.add(mail(1))
    faulty_imap.add(mail(2), "Sent", flags="\\Seen \\Answered")
    keeper = MemoryKeeper()
    with watching(keeper, settings_for(faulty_imap)):
        pass
    assert [one.folder for one in keeper.slices if one.mails] == ["Sent", "INBOX"]
    assert keeper.uids("Sent", at_start=True) == [1]


def test_a_crash_in_the_middle_of_the_first_start_makes_no_old_mail_new(
    faulty_imap: FaultyImap,
) -> None:
    for number in range(250):
        faulty_imap.add(mail(number))
    keeper = MemoryKeeper()
    keeper.fails_at = 3  # Sent's empty start, a slice of INBOX, and then
    settings = settings_for(faulty_imap, backoff_first=60, backoff_cap=60)
    with watching(keeper, settings, until=None) as box:
        await_true(lambda: box.health.state is State.BACKING_OFF)
    assert keeper.uids() == list(range(1, 101))
    assert "INBOX" not in keeper.marks
    with watching(keeper, settings_for(faulty_imap)):
        pass
    assert sorted(keeper.uids(at_start=True)) == list(range(1, 251))
    assert keeper.uids(at_start=False) == []
    assert keeper.marks["INBOX"] == Watermark(1000, 250, 250)


def test_a_start_with_an_empty_folder_is_over_at_once(faulty_imap: FaultyImap) -> None:
    keeper = MemoryKeeper()
    with watching(keeper, settings_for(faulty_imap)):
        pass
    faulty_imap.add(mail(1))
    with watching(keeper, settings_for(faulty_imap)):
        pass
    assert keeper.uids(at_start=False) == [1]


def test_renumbered_mail_of_two_weeks_comes_as_old_mail_under_its_new_numbers(
    faulty_imap: FaultyImap,
) -> None:
    keeper = MemoryKeeper()
    keeper.marks["INBOX"] = Watermark(999, 4711)
    faulty_imap.add(mail(1), received=_ago(days=20))
    faulty_imap.add(mail(2), received=_ago(days=13), flags="\\Answered")
    faulty_imap.add(mail(3))
    with watching(keeper, settings_for(faulty_imap)):
        faulty_imap.add(mail(4))
        keeper.await_uids(4)
    assert keeper.uids(at_start=True) == [2, 3]
    assert keeper.uids(at_start=False) == [4]
    assert keeper.marks["INBOX"] == Watermark(1000, 4, 3)
    assert {one.uidvalidity for one in keeper.slices if one.folder == "INBOX"} == {1000}


def test_a_folder_renumbered_while_we_watch_is_noticed_and_loses_nothing(
    faulty_imap: FaultyImap,
) -> None:
    keeper = MemoryKeeper()
    faulty_imap.add(mail(1))
    with watching(keeper, settings_for(faulty_imap, rescan_every=0.1, sent_every=0.05)):
        renewed = Box(uidvalidity=1001)
        renewed.add(mail(1))
        renewed.add(mail(2))
        faulty_imap.boxes["INBOX"] = renewed
        await_true(lambda: keeper.marks["INBOX"] == Watermark(1001, 2, 2))
        faulty_imap.boxes["Sent"] = Box(uidvalidity=2001)
        faulty_imap.add(mail(3), "Sent")
        await_true(lambda: keeper.marks["Sent"] == Watermark(2001, 1, 1))
    under_new = [m.uid for one in keeper.slices if one.uidvalidity == 1001 for m in one.mails]
    assert under_new == [1, 2]


def test_uidnext_left_out_by_the_server_is_taken_from_the_last_mail(
    faulty_imap: FaultyImap,
) -> None:
    faulty_imap.tells_uidnext = False
    faulty_imap.add(mail(1), flags="\\Answered")
    keeper = MemoryKeeper()
    with watching(keeper, settings_for(faulty_imap, sent_every=0.05)):
        faulty_imap.add(mail(2))
        faulty_imap.add(mail(3), "Sent")
        keeper.await_uids(2)
        keeper.await_uids(1, folder="Sent")
    assert keeper.uids() == [2]
    assert keeper.marks["INBOX"] == Watermark(1000, 2, 1)
