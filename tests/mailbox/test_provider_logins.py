"""What the mailbox makes of a provider's habits: polling, ID, rewritten ids, advice."""

from __future__ import annotations

import re

import pytest

from servers.imap_faults import FaultyImap
from servers.shop_mailbox import MemoryKeeper, await_true, mail, settings_for, watching
from tactd.adapters.mailbox import State, check_login

HINT = "网易邮箱需要“授权码”"
OURS = "<reply.17.4c1d@shop.example.org>"


def words_said(faulty_imap: FaultyImap) -> list[str]:
    return [line.partition(" ")[2].partition(" ")[0] for line in list(faulty_imap.commands)]


def test_where_idle_is_not_to_be_trusted_it_is_not_even_begun(faulty_imap: FaultyImap) -> None:
    faulty_imap.announces = False
    keeper = MemoryKeeper()
    settings = settings_for(faulty_imap, idle=False, poll=60, poll_without_idle=0.05)
    with watching(keeper, settings):
        faulty_imap.add(mail(1))
        keeper.await_uids(1)
        faulty_imap.add(mail(2))
        keeper.await_uids(1, 2)
    assert "IDLE" not in words_said(faulty_imap)
    assert faulty_imap.logins == 1, "polling needs no new connection"


def test_a_mailbox_without_idle_is_asked_every_minute() -> None:
    settings = settings_for(FaultyImap())
    assert settings.poll_without_idle == 60


@pytest.mark.parametrize("capabilities", ["IMAP4rev1 IDLE ID", "IMAP4rev1 IDLE"])
def test_a_provider_that_insists_on_id_gets_it_on_every_connection_before_any_folder(
    faulty_imap: FaultyImap, capabilities: str
) -> None:
    """NetEase: `NO SELECT Unsafe Login` until it arrives, announced or not."""
    faulty_imap.needs_id = True
    faulty_imap.capabilities = capabilities
    keeper = MemoryKeeper()
    with watching(keeper, settings_for(faulty_imap, needs_id=True)) as box:
        faulty_imap.add(mail(1))
        keeper.await_uids(1)
        faulty_imap.bye_on = "SEARCH"
        box.look()
        await_true(lambda: faulty_imap.logins > 1)
        faulty_imap.bye_on = ""
        faulty_imap.add(mail(2))
        keeper.await_uids(1, 2)
        assert box.find_sent(OURS).result(3) is False
    said = [word for word in words_said(faulty_imap) if word in ("LOGIN", "ID", "EXAMINE")]
    assert re.fullmatch(r"(LOGIN ID( EXAMINE)* ?)+", " ".join(said))
    assert check_login(settings_for(faulty_imap, needs_id=True)).problem == ""


def test_it_says_no_more_of_itself_than_its_name_and_version(faulty_imap: FaultyImap) -> None:
    check_login(settings_for(faulty_imap))
    (said,) = [line for line in faulty_imap.commands if " ID " in line]
    assert re.fullmatch(r'\w+ ID \("name" "tactd" "version" "[\w.+]+" "vendor" "tactd"\)', said)


def test_an_id_that_is_refused_is_an_error_only_where_it_is_needed(
    faulty_imap: FaultyImap,
) -> None:
    faulty_imap.refuse_id = "who are you?"
    assert check_login(settings_for(faulty_imap)).problem == ""
    faulty_imap.needs_id = True
    problem = check_login(settings_for(faulty_imap, needs_id=True, hint=HINT)).problem
    assert "who are you?" in problem
    assert "ID" in problem
    assert problem.endswith(HINT)
    assert "EXAMINE" not in words_said(faulty_imap)[-3:]


def test_a_refused_id_costs_no_more_logins_than_a_refused_password(
    faulty_imap: FaultyImap,
) -> None:
    faulty_imap.refuse_id = "who are you?"
    settings = settings_for(faulty_imap, needs_id=True, refusal_wait=(0.01, 0.02))
    with watching(MemoryKeeper(), settings, until=State.REFUSED) as box:
        await_true(lambda: faulty_imap.logins == 3)
        box.look()
        await_true(lambda: box.health.state is State.REFUSED)
        assert faulty_imap.logins == 3


def test_a_refused_login_says_what_this_provider_wants_in_place_of_what_many_want(
    faulty_imap: FaultyImap,
) -> None:
    faulty_imap.refuse_login = "LOGIN Login error or password error"
    problem = check_login(settings_for(faulty_imap, hint=HINT)).problem
    assert "LOGIN Login error or password error" in problem
    assert "reload tactd" in problem
    assert problem.endswith(HINT)
    assert "many providers" not in problem


def test_where_message_ids_are_rewritten_a_reply_is_looked_for_by_our_own_mark_alone(
    faulty_imap: FaultyImap,
) -> None:
    faulty_imap.add(mail(1, message_id="<new@provider.example>", **{"X-Tactd-Id": "r17x"}), "Sent")
    settings = settings_for(faulty_imap, keeps_message_id=False)
    with watching(MemoryKeeper(), settings) as box:
        assert box.find_sent(OURS, "r17").result(3) is False, "SEARCH finds parts of ids"
        faulty_imap.add(mail(2, message_id="<2@provider.example>", **{"X-Tactd-Id": "r17"}), "Sent")
        assert box.find_sent(OURS, "r17").result(3) is True
        with pytest.raises(ValueError, match="not an id"):
            box.find_sent("x\r\ny", "r17")
    assert faulty_imap.count("HEADER X-Tactd-Id") == 2
    assert faulty_imap.count("HEADER Message-ID") == 0
