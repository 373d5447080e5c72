"""What the seller reads when something is wrong: a sentence and an exit code, never a traceback."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.seller import Ran, Seller
from servers.imap_faults import FaultyImap
from tactd import cli
from tactd.adapters import lock

READERS = (("status",), ("why",), ("staged",), ("orders",), ("once",), ("run",))


def said(ran: Ran, code: int, *words: str) -> None:
    assert ran.code == code, ran
    assert "Traceback" not in ran.err + ran.out
    for word in words:
        assert word in ran.err + ran.out


def test_a_missing_configuration_is_named_with_the_way_out(seller: Seller) -> None:
    (seller.root / "config.toml").unlink()
    said(seller("status"), 78, "config.toml", "--config")


def test_all_mistakes_of_the_configuration_are_told_at_once(seller: Seller) -> None:
    seller.configure(language="xx", mode="later")
    for words in (("status",), ("check",), ("once",)):
        said(seller(*words), 78, "seller.language", "replies.mode")
    assert len(seller("check", "--json").facts["problems"]) == 2


def test_a_missing_password_is_told_by_those_who_need_it_and_only_by_them(seller: Seller) -> None:
    seller.env = {"SHOP_PASSWORD": ""}
    said(seller("once"), 78, "mailbox[0].password")
    said(seller("check"), 78, "mailbox[0].password")
    said(seller("status"), 0)


def test_a_store_in_use_is_told_with_who_holds_it(seller: Seller) -> None:
    with lock.only_one(seller.root / "tactd.db"):
        said(seller("once"), 75, f"pid {os.getpid()}")
        said(seller("run"), 75, f"pid {os.getpid()}")
        assert f"pid {os.getpid()}" in seller("status", "--json").facts["running"]


def test_a_file_that_is_no_store_is_refused(seller: Seller) -> None:
    (seller.root / "tactd.db").write_text("my notes, and nothing that a store would hold")
    said(seller("status"), 74, "not a tactd store")


def test_the_database_of_another_program_is_left_alone(seller: Seller) -> None:
    with sqlite3.connect(seller.root / "tactd.db") as theirs:
        theirs.execute("CREATE TABLE notes (text)")
    theirs.close()
    said(seller("status"), 74, "another program")
    theirs = sqlite3.connect(seller.root / "tactd.db")
    assert theirs.execute("SELECT name FROM sqlite_master").fetchall() == [("notes",)]
    theirs.close()


def test_a_store_of_a_newer_version_is_refused(seller: Seller) -> None:
    said(seller("status"), 0)
    newer = sqlite3.connect(seller.root / "tactd.db")
    newer.execute("UPDATE alembic_version SET version_num = '9999'")
    newer.commit()
    newer.close()
    said(seller("status"), 74, "newer tactd")


def test_a_store_that_cannot_be_opened_is_told_by_every_command(seller: Seller) -> None:
    (seller.root / "tactd.db").mkdir()
    for words in READERS:
        said(seller(*words), 74, "cannot be opened")


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("why", "99"), 1, "there is no reply 99"),
        (("why", "m99"), 1, "there is no mail m99"),
        (("why", "nonsense"), 1, "neither a file nor a number"),
        (("why", "gone.eml"), 1, "gone.eml cannot be read"),
        (("why", "gone.eml", "--at", "yesterday"), 1, "2026-11-22T14:30"),
        (("staged", "show", "7"), 1, "there is no reply 7"),
        (("staged", "approve", "7", "8"), 1, "there is no reply 8"),
        (("orders", "show", "12-1"), 1, "no order fits '12-1'"),
        (("orders", "import", "gone.csv"), 1, "gone.csv cannot be read"),
        (("staged", "approve"), 2, "Missing argument"),
        (("stauts",), 2, "No such command"),
        (("check",), 1, "nothing answers"),
        (("once",), 1, "nothing answers"),
    ],
)
def test_a_wish_that_cannot_be_met_is_answered_by_a_sentence(
    seller: Seller, words: tuple[str, ...], code: int, sentence: str
) -> None:
    said(seller(*words), code, sentence)


def test_a_mistyped_import_does_not_stay_in_status(seller: Seller) -> None:
    said(seller("orders", "import", "gone.csv"), 1)
    assert seller("status", "--json").facts["trouble"] == []


def test_what_nobody_foresaw_is_a_sentence_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    seller = Seller(tmp_path)
    seller.configure()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tactd.screens.status.gather", broken)
    with pytest.raises(SystemExit) as ended:
        cli.main(["status"])
    said(Ran(70, *capsys.readouterr()), 70, "ZeroDivisionError", "report it")
    assert ended.value.code == 70


def test_ctrl_c_ends_even_a_server_that_hangs(seller: Seller, faulty_imap: FaultyImap) -> None:
    faulty_imap.silent.set()
    seller.configure(imap=faulty_imap.port)
    running = seller.start("once")
    until_connected(faulty_imap)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=20)
    said(Ran(running.returncode, "", err.decode()), 130, "stopped before the end")


def test_sigterm_ends_the_daemon_in_good_order(seller: Seller, faulty_imap: FaultyImap) -> None:
    seller.configure(imap=faulty_imap.port)
    running = seller.start("run")
    until_connected(faulty_imap)
    running.send_signal(signal.SIGTERM)
    _, err = running.communicate(timeout=20)
    said(Ran(running.returncode, "", err.decode()), 0, "event=stopped")


def until_connected(server: FaultyImap) -> None:
    deadline = time.monotonic() + 20
    while not server.connected_at and time.monotonic() < deadline:
        time.sleep(0.02)
    assert server.connected_at


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 900 kB; only root may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = (
        os.geteuid() == 0
        and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=900k", "tmpfs", folder],
            capture_output=True,
            check=False,
        ).returncode
    )
    if not mounted:
        pytest.skip("a disk that is full needs the right to mount one")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_is_told_and_costs_nothing(small_disk: Path) -> None:
    seller = Seller(small_disk)
    seller.configure()
    export = seller.export()
    said(seller("orders", "import", export.name), 0)
    fill(small_disk / "rest")
    for words in (("orders", "import", export.name), ("once",), ("status",)):
        said(seller(*words), 74, "full")
    (small_disk / "rest").unlink()
    assert seller("status", "--json").facts["orders"]["count"] == 1


def fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(1024))
        except OSError:
            return
