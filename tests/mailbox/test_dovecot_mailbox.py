"""The mailbox against a real Dovecot, with mail delivered by LMTP."""

from __future__ import annotations

import ssl
import time
from typing import Any

import pytest

from servers.dovecot import Dovecot
from servers.shop_mailbox import MemoryKeeper, await_true, mail, settings_for, watching
from tactd.adapters.mailbox import MailboxSettings, State, check_login
from tactd.core.types import Watermark

pytestmark = pytest.mark.dovecot
# As shipped, not as quick as tests usually want it.
REAL: dict[str, Any] = {"idle_first": 0.3, "look_every": 0.15, "quiet": 1.0, "sent_every": 60}


@pytest.fixture
def seller(dovecot: Dovecot) -> str:
    return dovecot.fresh_user()


def _settings(server: Dovecot, user: str, **changed: Any) -> MailboxSettings:
    return settings_for(server, user=user, **{**REAL, **changed})


@pytest.mark.parametrize("round", range(3))
def test_the_slowest_of_a_burst_is_kept_within_a_second(
    dovecot: Dovecot, seller: str, round: int
) -> None:
    keeper = MemoryKeeper()
    with watching(keeper, _settings(dovecot, seller)):
        time.sleep(0.35 * round)  # so that the burst meets another phase of watching each time
        dovecot.deliver([mail(number) for number in range(200)], seller, connections=4)
        delivered = time.monotonic()
        keeper.await_uids(*range(1, 201))
    assert max(keeper.kept_at.values()) - delivered < 1
    assert keeper.uids() == list(range(1, 201))


def test_single_mails_are_kept_soon_even_right_after_one_another(
    dovecot: Dovecot, seller: str
) -> None:
    keeper = MemoryKeeper()
    with watching(keeper, _settings(dovecot, seller)):
        for number in range(1, 6):
            dovecot.deliver([mail(number)], seller)
            keeper.await_uids(number, seconds=1.5)


def test_no_flag_of_any_mail_changes(dovecot: Dovecot, seller: str) -> None:
    dovecot.deliver([mail(number) for number in range(4)], seller)
    with dovecot.client(seller) as phone:
        phone.select_folder("INBOX")
        phone.add_flags([2], ["\\Seen"])
        phone.add_flags([3], ["\\Flagged", "$Phone"])
        before = phone.get_flags([1, 2, 3, 4])
    keeper = MemoryKeeper()
    with watching(keeper, _settings(dovecot, seller)):
        keeper.await_uids(1, 2, 3, 4)
    with dovecot.client(seller) as phone:
        phone.select_folder("INBOX", readonly=True)
        after = phone.get_flags([1, 2, 3, 4])
    recent = {b"\\Recent"}
    assert {u: set(f) - recent for u, f in after.items()} == {
        u: set(f) - recent for u, f in before.items()
    }


def test_mail_delivered_while_we_are_away_comes_exactly_once(dovecot: Dovecot, seller: str) -> None:
    keeper = MemoryKeeper()
    for first in (0, 120, 240):
        dovecot.deliver([mail(first + number) for number in range(120)], seller, connections=2)
        with watching(keeper, _settings(dovecot, seller)):
            pass
    assert sorted(keeper.uids()) == list(range(1, 361))


def test_a_kicked_connection_comes_back_and_finds_what_came_meanwhile(
    dovecot: Dovecot, seller: str
) -> None:
    keeper = MemoryKeeper()
    with watching(keeper, _settings(dovecot, seller, backoff_first=0.5, backoff_cap=0.5)) as box:
        dovecot.kick(seller)
        await_true(lambda: box.health.state is State.BACKING_OFF)
        dovecot.deliver([mail(1)], seller)
        keeper.await_uids(1)
        await_true(lambda: box.health.state is State.WATCHING)


def test_a_folder_deleted_and_made_again_is_read_again_as_old_mail(
    dovecot: Dovecot, seller: str
) -> None:
    keeper = MemoryKeeper()
    with dovecot.client(seller) as phone:
        phone.create_folder("Shop")
        phone.append("Shop", mail(1))
    settings = _settings(dovecot, seller, inbox="Shop")
    with watching(keeper, settings):
        keeper.await_uids(1, folder="Shop")
    old = keeper.marks.get("Shop")
    with dovecot.client(seller) as phone:
        phone.delete_folder("Shop")
        time.sleep(1.01)  # Dovecot takes the second as UIDVALIDITY
        phone.create_folder("Shop")
        phone.append("Shop", mail(1))
        phone.append("Shop", mail(2))
    with watching(keeper, settings):
        pass
    new = keeper.marks["Shop"]
    assert isinstance(old, Watermark)
    assert new.uidvalidity != old.uidvalidity
    fresh = [one for one in keeper.slices if one.uidvalidity == new.uidvalidity and one.mails]
    assert [m.raw for one in fresh for m in one.mails] == [mail(1), mail(2)]
    assert all(one.at_start for one in fresh)


def test_the_sellers_own_reply_in_sent_is_seen(dovecot: Dovecot, seller: str) -> None:
    keeper = MemoryKeeper()
    with watching(keeper, _settings(dovecot, seller)) as box:
        with dovecot.client(seller) as phone:
            phone.append("Sent", mail(1), flags=["\\Seen"])
        box.look()
        keeper.await_uids(1, folder="Sent")
    assert keeper.uids("Sent", at_start=False) == [1]


def test_a_copy_goes_to_sent_and_is_found_there(dovecot: Dovecot, seller: str) -> None:
    ours = "<reply.17@shop.example.org>"
    with watching(MemoryKeeper(), _settings(dovecot, seller)) as box:
        assert box.find_sent(ours).result(3) is False
        assert box.append_sent(mail(1, message_id=ours), ours).result(3) is True
        assert box.append_sent(mail(1, message_id=ours), ours).result(3) is True
        assert box.find_sent(ours).result(3) is True
    with dovecot.client(seller) as phone:
        phone.select_folder("Sent", readonly=True)
        assert phone.search("SEEN") == [1]


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_over_tls_everything_works_the_same(dovecot: Dovecot, seller: str, security: str) -> None:
    keeper = MemoryKeeper()
    settings = _settings(
        dovecot,
        seller,
        host="localhost",
        port=dovecot.imaps if security == "tls" else dovecot.imap,
        security=security,
        tls=dovecot.trusting(),
    )
    with watching(keeper, settings) as box:
        for number in range(1, 4):
            dovecot.deliver([mail(number)], seller)
            keeper.await_uids(number, seconds=1.5)
        began = time.monotonic()
        box.stop()
        assert box.join()
        assert time.monotonic() - began < 1


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_certificate_that_nobody_vouches_for_is_refused(
    dovecot: Dovecot, seller: str, security: str
) -> None:
    port = dovecot.imaps if security == "tls" else dovecot.imap
    settings = _settings(dovecot, seller, host="localhost", port=port, security=security)
    assert "certificate" in check_login(settings).problem


def test_a_certificate_for_another_name_is_refused(dovecot: Dovecot, seller: str) -> None:
    tls: ssl.SSLContext = dovecot.trusting()
    settings = _settings(dovecot, seller, port=dovecot.imaps, security="tls", tls=tls)
    assert "not valid for that name" in check_login(settings).problem


def test_a_wrong_password_is_told_apart_from_a_dead_server(dovecot: Dovecot, seller: str) -> None:
    wrong = _settings(dovecot, seller, password=lambda: "wrong")
    assert "check user and password" in check_login(wrong).problem
    right = check_login(_settings(dovecot, seller))
    assert right.problem == ""
    assert (right.inbox, right.sent) == ("INBOX", "Sent")
    assert "IDLE" in right.capabilities
