"""`tactd check`: what it says about a login that does not work, or works by half."""

from __future__ import annotations

from servers.imap_faults import FaultyImap
from servers.shop_mailbox import settings_for
from tactd.adapters.mailbox import check_login


def test_all_problems_of_the_folders_are_said_at_once(faulty_imap: FaultyImap) -> None:
    settings = settings_for(faulty_imap, inbox="Shop", sent="Out")
    result = check_login(settings)
    assert "'Shop' cannot be opened" in result.problem
    assert "no folder 'Out'" in result.problem
    assert result.folders == ("INBOX", "Sent")


def test_a_folder_with_an_impossible_name_hides_no_other(faulty_imap: FaultyImap) -> None:
    faulty_imap.boxes["&&bad-name&"] = faulty_imap.boxes.pop("Sent")
    faulty_imap.boxes["&XfJT0ZAB-"] = faulty_imap.boxes["&&bad-name&"]  # 已发送
    assert check_login(settings_for(faulty_imap)).sent == "已发送"


def test_a_server_that_hangs_is_said_to_hang(faulty_imap: FaultyImap) -> None:
    faulty_imap.silent.set()
    settings = settings_for(faulty_imap, connect_timeout=0.2, read_timeout=0.2)
    assert "does not answer" in check_login(settings).problem


def test_a_server_that_speaks_no_tls_is_said_so(faulty_imap: FaultyImap) -> None:
    assert "TLS" in check_login(settings_for(faulty_imap, security="tls")).problem
    starttls = check_login(settings_for(faulty_imap, security="starttls"))
    assert "STARTTLS" in starttls.problem
    assert faulty_imap.logins == 0


def test_checking_changes_nothing_and_says_goodbye(faulty_imap: FaultyImap) -> None:
    assert check_login(settings_for(faulty_imap)).problem == ""
    words = [line.split(" ")[1] for line in faulty_imap.commands]
    assert set(words) <= {"CAPABILITY", "LOGIN", "ID", "LIST", "EXAMINE", "LOGOUT"}
    assert words[-1] == "LOGOUT"


def test_a_password_with_letters_beyond_ascii_is_sent_by_sasl_plain(
    faulty_imap: FaultyImap,
) -> None:
    faulty_imap.capabilities += " AUTH=PLAIN"
    settings = settings_for(faulty_imap, password=lambda: "grüße")
    assert "check user and password" in check_login(settings).problem
    assert faulty_imap.count("AUTHENTICATE PLAIN") == 1
