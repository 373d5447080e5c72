"""Mails come whole, in slices, under a cap; and no mail blocks those behind it."""

from __future__ import annotations

import re

from servers.imap_faults import FaultyImap
from servers.shop_mailbox import MemoryKeeper, await_true, mail, settings_for, watching
from tactd.core.types import Watermark


def _keeper() -> MemoryKeeper:
    keeper = MemoryKeeper()
    keeper.marks["INBOX"] = Watermark(1000, 0)
    return keeper


def test_a_mail_comes_as_the_server_has_it_byte_for_byte(faulty_imap: FaultyImap) -> None:
    raw = mail(1, body="\r\n".join(["." * 80, "ü€\x00\xff", ") FLAGS (", "{12}", ""])) + b"\xfe\x80"
    stored = faulty_imap.add(raw, flags="\\Seen $Label")
    keeper = _keeper()
    with watching(keeper, settings_for(faulty_imap)):
        pass
    (got,) = keeper.mails()
    assert got.raw == raw
    assert got.size == len(raw)
    assert got.flags == ("\\Seen", "$Label")
    assert got.received == stored.received.replace(microsecond=0)
    assert not got.truncated


def test_an_ok_without_a_body_is_asked_again_and_then_kept_without_text(
    faulty_imap: FaultyImap,
) -> None:
    for number in range(3):
        faulty_imap.add(mail(number))
    faulty_imap.without_body = {2}
    keeper = _keeper()
    with watching(keeper, settings_for(faulty_imap)):
        keeper.await_uids(1, 2, 3)
    empty = keeper.mails()[1]
    assert (empty.raw, empty.truncated) == (b"", True)
    assert empty.size > 0
    assert faulty_imap.count("FETCH 2 (BODY.PEEK") >= 3
    assert keeper.mails()[2].raw == mail(2)


def test_a_body_that_comes_at_the_second_asking_is_kept_whole(faulty_imap: FaultyImap) -> None:
    faulty_imap.add(mail(1))
    faulty_imap.without_body = {1}
    keeper = _keeper()
    with watching(keeper, settings_for(faulty_imap, body_retry=0.3), until=None):
        await_true(lambda: faulty_imap.count("BODY.PEEK[]"))
        faulty_imap.without_body = set()
        keeper.await_uids(1)
    assert keeper.mails()[0].raw == mail(1)
    assert not keeper.mails()[0].truncated


def test_a_mail_on_which_the_server_dies_does_not_block_the_others(
    faulty_imap: FaultyImap,
) -> None:
    for number in range(1, 8):
        faulty_imap.add(mail(number))
    faulty_imap.breaks_on_body = {4}
    keeper = _keeper()
    with watching(keeper, settings_for(faulty_imap)):
        keeper.await_uids(*range(1, 8))
    assert keeper.uids() == [1, 2, 3, 4, 5, 6, 7]
    assert [m.uid for m in keeper.mails() if m.truncated] == [4]
    assert faulty_imap.logins <= 8


def test_a_line_that_breaks_once_costs_no_mail_its_text(faulty_imap: FaultyImap) -> None:
    for number in range(1, 8):
        faulty_imap.add(mail(number))
    faulty_imap.breaks_on_body = {4}
    keeper = _keeper()
    with watching(keeper, settings_for(faulty_imap, backoff_first=0.3), until=None):
        await_true(lambda: faulty_imap.count("BODY.PEEK[]"))
        faulty_imap.breaks_on_body = set()
        keeper.await_uids(*range(1, 8))
    assert [m.raw for m in keeper.mails()] == [mail(number) for number in range(1, 8)]


def test_of_a_mail_over_the_cap_only_the_beginning_is_fetched(faulty_imap: FaultyImap) -> None:
    faulty_imap.add(mail(1, body="x" * 5000))
    faulty_imap.add(mail(2))
    keeper = _keeper()
    with watching(keeper, settings_for(faulty_imap, size_cap=4000, beginning=1000)):
        keeper.await_uids(1, 2)
    large, small = keeper.mails()
    assert len(large.raw) == 1000
    assert large.truncated
    assert large.size > 5000
    assert small.raw == mail(2)
    assert not faulty_imap.count("FETCH 1 (BODY.PEEK[])")


def test_slices_hold_few_mails_and_few_bytes(faulty_imap: FaultyImap) -> None:
    for number in range(260):
        faulty_imap.add(mail(number, body="x" * (3000 if number < 10 else 10)))
    keeper = _keeper()
    with watching(keeper, settings_for(faulty_imap, slice_bytes=10_000)):
        keeper.await_uids(260)
    for one in keeper.slices:
        assert len(one.mails) <= 100
        assert sum(m.size for m in one.mails) <= 10_000 + 3500
    assert keeper.uids() == list(range(1, 261))


def test_no_command_names_more_than_100_uids_or_marks_a_mail_as_read(
    faulty_imap: FaultyImap,
) -> None:
    for number in range(260):
        faulty_imap.add(mail(number))
    with watching(_keeper(), settings_for(faulty_imap)):
        pass
    fetches = [line for line in faulty_imap.commands if "FETCH" in line]
    assert fetches
    assert all(len(re.findall(r"\d+", line.split(" ")[3])) <= 100 for line in fetches)
    assert all("BODY[" not in line and "RFC822 " not in line for line in fetches)
    assert not faulty_imap.count("SELECT")
    assert not faulty_imap.count("STORE")


def test_a_mail_deleted_while_it_is_fetched_is_no_trouble(faulty_imap: FaultyImap) -> None:
    faulty_imap.add(mail(1))
    faulty_imap.add(mail(2))
    faulty_imap.without_body = {1}
    keeper = _keeper()
    with watching(keeper, settings_for(faulty_imap, body_retry=0.2), until=None):
        await_true(lambda: faulty_imap.count("BODY.PEEK[]"))
        faulty_imap.boxes["INBOX"].mails.pop(0)
        keeper.await_uids(2)
    assert keeper.uids() == [2]
    assert keeper.marks["INBOX"] == Watermark(1000, 2)
