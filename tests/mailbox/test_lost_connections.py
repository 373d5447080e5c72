"""Dead links, refusals and servers that go away: noticed, not hammered, and nothing is lost."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import timedelta
from threading import Thread

import pytest

from servers.imap_faults import FaultyImap
from servers.shop_mailbox import MemoryKeeper, await_true, mail, settings_for, watching
from tactd.adapters.mailbox import Health, Mailbox, State
from tactd.adapters.mailbox.connection import Connection
from tactd.adapters.mailbox.dial import dial


@pytest.mark.parametrize("command", ["LOGIN", "EXAMINE", "SEARCH", "IDLE", "LIST", "FETCH"])
def test_a_bye_is_followed_by_a_new_connection_and_no_lost_mail(
    faulty_imap: FaultyImap, command: str
) -> None:
    faulty_imap.bye_on = command
    faulty_imap.add(mail(1))
    keeper = MemoryKeeper()
    with watching(keeper, settings_for(faulty_imap), until=State.BACKING_OFF) as box:
        assert ("going down" in box.health.problem) or ("closed the" in box.health.problem)
        faulty_imap.bye_on = ""
        keeper.await_uids(1)
        await_true(lambda: box.health.state is State.WATCHING)
    assert keeper.uids() == [1]


def test_a_server_that_takes_everything_and_answers_nothing_is_left(
    faulty_imap: FaultyImap,
) -> None:
    keeper = MemoryKeeper()
    quick = {"sent_every": 0.2, "done_timeout": 0.2, "read_timeout": 0.4}
    with watching(keeper, settings_for(faulty_imap, **quick)) as box:
        faulty_imap.silent.set()
        await_true(lambda: box.health.state is State.BACKING_OFF)
        faulty_imap.silent.clear()
        faulty_imap.add(mail(1))
        keeper.await_uids(1)


def test_a_closed_connection_costs_no_cpu_and_no_hail_of_logins(faulty_imap: FaultyImap) -> None:
    """imapclient answers "nothing came" at once and for ever on a closed connection."""
    faulty_imap.bye_on = "IDLE"
    settings = settings_for(faulty_imap, backoff_first=0.4, backoff_cap=0.4)
    with watching(MemoryKeeper(), settings, until=State.BACKING_OFF):
        spent, began = time.process_time(), time.monotonic()
        logins = faulty_imap.logins
        time.sleep(0.5)
        busy = (time.process_time() - spent) / (time.monotonic() - began)
    assert busy < 0.5
    assert faulty_imap.logins - logins < 15


def test_an_idle_connection_sleeps(faulty_imap: FaultyImap) -> None:
    with watching(MemoryKeeper(), settings_for(faulty_imap)):
        await_true(lambda: faulty_imap.count("IDLE") == 2)
        said = len(faulty_imap.commands)
        spent = time.process_time()
        time.sleep(0.5)
        assert time.process_time() - spent < 0.1
        assert len(faulty_imap.commands) == said


def test_a_refused_login_is_tried_three_times_an_hour_and_then_not_at_all(
    faulty_imap: FaultyImap,
) -> None:
    faulty_imap.refuse_login = "[AUTHENTICATIONFAILED] Invalid credentials"
    settings = settings_for(faulty_imap, refusal_wait=(0.01, 0.02))
    with watching(MemoryKeeper(), settings, until=State.REFUSED) as box:
        await_true(lambda: faulty_imap.logins == 3)
        for _ in range(5):
            box.look()
            time.sleep(0.03)
        assert faulty_imap.logins == 3
        assert box.health.state is State.REFUSED
        assert "Invalid credentials" in box.health.problem
        assert "check user and password" in box.health.problem


def test_after_refusals_a_look_tries_again_once_the_hour_is_over(faulty_imap: FaultyImap) -> None:
    faulty_imap.refuse_login = "Invalid credentials"
    settings = settings_for(faulty_imap, refusal_wait=(0, 0), hour=0.3)
    with watching(MemoryKeeper(), settings, until=State.REFUSED) as box:
        await_true(lambda: faulty_imap.logins == 3)
        time.sleep(0.4)
        assert faulty_imap.logins == 3
        faulty_imap.refuse_login = ""
        box.look()
        await_true(lambda: box.health.state is State.WATCHING)
        assert box.health.problem == ""


def test_a_server_that_is_only_busy_is_no_refusal(faulty_imap: FaultyImap) -> None:
    faulty_imap.refuse_login = "[UNAVAILABLE] try later"
    with watching(MemoryKeeper(), settings_for(faulty_imap), until=State.BACKING_OFF) as box:
        await_true(lambda: faulty_imap.logins > 3)
        faulty_imap.refuse_login = ""
        await_true(lambda: box.health.state is State.WATCHING)


def test_a_password_that_cannot_be_read_never_reaches_the_server(faulty_imap: FaultyImap) -> None:
    def missing() -> str:
        raise FileNotFoundError("no credential named shop")

    settings = settings_for(faulty_imap, password=missing)
    with watching(MemoryKeeper(), settings, until=State.REFUSED) as box:
        assert "no credential named shop" in box.health.problem
    assert faulty_imap.logins == 0


def test_nothing_listening_is_said_in_words_and_tried_again(faulty_imap: FaultyImap) -> None:
    settings = settings_for(faulty_imap, port=1)
    with watching(MemoryKeeper(), settings, until=State.BACKING_OFF) as box:
        assert "nothing answers at 127.0.0.1:1" in box.health.problem


@pytest.mark.parametrize("place", ["greeting", "login", "idle", "refusal"])
def test_what_the_server_alerts_reaches_the_seller(faulty_imap: FaultyImap, place: str) -> None:
    alert = "* OK [ALERT] Your mailbox is almost full\r\n"
    if place == "greeting":
        faulty_imap.greeting = alert.strip()
    elif place == "login":
        faulty_imap.after_login = alert.strip()
    elif place == "idle":
        faulty_imap.with_idling = alert.encode
    else:
        faulty_imap.refuse_login = "[ALERT] Your mailbox is almost full"
    with watching(MemoryKeeper(), settings_for(faulty_imap), until=None) as box:
        await_true(lambda: box.health.alerts == ("Your mailbox is almost full",))


def test_the_text_of_a_mail_cannot_pose_as_an_alert(faulty_imap: FaultyImap) -> None:
    faulty_imap.add(mail(1, body="* OK [ALERT] call this number\r\n* OK [ALERT] now"))
    keeper = MemoryKeeper()
    with watching(keeper, settings_for(faulty_imap)) as box:
        keeper.await_uids(1)
        assert box.health.alerts == ()


def test_a_provider_that_wants_an_introduction_gets_it_before_any_folder_is_opened(
    faulty_imap: FaultyImap,
) -> None:
    """NetEase: `NO SELECT Unsafe Login` until ID was sent, on every connection."""
    faulty_imap.needs_id = True
    faulty_imap.add(mail(1))
    keeper = MemoryKeeper()
    with watching(keeper, settings_for(faulty_imap)):
        keeper.await_uids(1)
    assert faulty_imap.logins == 1


def test_a_watching_mailbox_stops_at_once_and_says_goodbye(faulty_imap: FaultyImap) -> None:
    with watching(MemoryKeeper(), settings_for(faulty_imap)) as box:
        began = time.monotonic()
        box.stop()
        assert box.join()
        assert time.monotonic() - began < 1
    assert faulty_imap.commands[-1].endswith("LOGOUT")
    assert box.health.state is State.STOPPED


def test_a_mailbox_that_hangs_on_a_dead_server_stops_after_its_grace(
    faulty_imap: FaultyImap,
) -> None:
    settings = settings_for(faulty_imap, done_timeout=60, read_timeout=60)
    with watching(MemoryKeeper(), settings) as box:
        faulty_imap.silent.set()
        began = time.monotonic()
        box.stop(timedelta(seconds=0.3))
        assert box.join()
        assert time.monotonic() - began < 2


def test_a_line_can_be_cut_while_another_thread_waits_for_its_rest(
    faulty_imap: FaultyImap,
) -> None:
    connection = dial(settings_for(faulty_imap, read_timeout=60), lambda alert: None)
    connection.examine("INBOX")
    faulty_imap.silent.set()
    reader = Thread(target=_search, args=(connection,), daemon=True)
    reader.start()
    await_true(lambda: faulty_imap.count("UID SEARCH") > 0)
    began = time.monotonic()
    connection.cut()
    reader.join(2)
    assert not reader.is_alive()
    assert time.monotonic() - began < 2
    connection.close(polite=False)


def _search(connection: Connection) -> None:
    with suppress(Exception):
        connection.search("UID", "1:*")


@pytest.mark.parametrize("state", [State.BACKING_OFF, State.REFUSED])
def test_a_mailbox_that_waits_stops_at_once(faulty_imap: FaultyImap, state: State) -> None:
    if state is State.REFUSED:
        faulty_imap.refuse_login = "no"
    else:
        faulty_imap.bye_on = "LOGIN"
    settings = settings_for(faulty_imap, backoff_first=60, backoff_cap=60)
    with watching(MemoryKeeper(), settings, until=state) as box:
        began = time.monotonic()
        box.stop()
        assert box.join()
        assert time.monotonic() - began < 1


def test_twenty_mailboxes_stop_together(faulty_imap: FaultyImap) -> None:
    boxes = [Mailbox(settings_for(faulty_imap), MemoryKeeper()) for _ in range(20)]
    for box in boxes:
        box.start()
    await_true(lambda: all(box.health.state is State.WATCHING for box in boxes), 10)
    began = time.monotonic()
    for box in boxes:
        box.stop()
    ended = [box.join() for box in boxes]
    assert all(ended)
    assert time.monotonic() - began < 3


def test_a_listener_that_fails_does_not_end_the_fetching(faulty_imap: FaultyImap) -> None:
    def broken(health: Health) -> None:
        raise RuntimeError("the listener is broken")

    keeper = MemoryKeeper()
    box = Mailbox(settings_for(faulty_imap), keeper, on_health=broken)
    box.start()
    try:
        faulty_imap.add(mail(1))
        keeper.await_uids(1)
    finally:
        box.stop()
        assert box.join()


def test_catching_up_tells_how_far_it_is(faulty_imap: FaultyImap) -> None:
    for number in range(250):
        faulty_imap.add(mail(number))
    told: list[Health] = []
    box = Mailbox(settings_for(faulty_imap), MemoryKeeper(), on_health=told.append)
    box.start()
    await_true(lambda: box.health.caught_up)
    box.stop()
    assert box.join()
    assert [h.backlog for h in told if h.backlog[1] == 250] == [(100, 250), (200, 250), (250, 250)]
    assert not any(h.caught_up for h in told if h.state is State.CATCHING_UP)


def test_the_heartbeat_goes_on_while_nothing_happens(
    faulty_imap: FaultyImap, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tactd.adapters.mailbox.wake.BEAT_EVERY", 0.05)
    with watching(MemoryKeeper(), settings_for(faulty_imap)) as box:
        await_true(lambda: faulty_imap.count("IDLE") == 2)
        before = box.health.heartbeat
        await_true(lambda: box.health.heartbeat > before + 0.15)
        assert faulty_imap.count("IDLE") == 2
