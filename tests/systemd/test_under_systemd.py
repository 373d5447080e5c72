"""`tactd run` as tactd.service starts it, with ourselves in systemd's place: its socket, its
credentials, its umask, and the folders that systemd-tmpfiles has made."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from stat import S_IMODE

import pytest

from servers.systemd_ear import Ear, listening
from tactd.adapters.staging import Staging

SYSTEMD = Path(__file__).parents[2] / "systemd"
UMASK = 0o007
OTHER_GROUP = 54321  # only root can give files to it; else the folders keep their own


class Machine:
    """/etc/tactd and /var/lib/tactd of a server, in a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.config = root / "etc" / "config.toml"
        self.state = root / "state"
        self.credentials = root / "credentials"
        self._make_folders()
        self.config.parent.mkdir()
        self.config.write_text(self._configuration(), "utf-8")
        self.credentials.mkdir()
        (self.credentials / "shop").write_text("secret\n", "utf-8")

    def _make_folders(self) -> None:
        text = (SYSTEMD / "tmpfiles.d" / "tactd.conf").read_text("utf-8")
        for name, mode in re.findall(r"^d /var/lib/tactd(\S*) (\d+)", text, re.MULTILINE):
            folder = self.state / name.lstrip("/")
            folder.mkdir()
            with contextlib.suppress(PermissionError):
                os.chown(folder, -1, OTHER_GROUP)
            folder.chmod(int(mode, 8))  # after chown, which drops the group's bit

    def _configuration(self) -> str:
        readme = (SYSTEMD / "README.md").read_text("utf-8")
        text = readme.split("```toml\n")[1].split("```")[0].replace("\n   ", "\n")
        nobody = f"127.0.0.1:{_closed_port()}"
        return (
            text.replace("imaps://imap.example.com", f"imap://{nobody}")
            .replace("smtps://smtp.example.com", f"smtp://{nobody}")
            .replace("/var/lib/tactd", str(self.state))
            .replace("/etc/tactd", str(self.config.parent))
        )

    def start(self, **env: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "tactd", "run", "--config", str(self.config)],
            env={**os.environ, "CREDENTIALS_DIRECTORY": str(self.credentials), **env},
            cwd=self.state,
            umask=UMASK,
            stderr=subprocess.PIPE,
            text=True,
        )


def _closed_port() -> int:
    with socket.socket() as link:
        link.bind(("127.0.0.1", 0))
        return int(link.getsockname()[1])


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.fixture
def ear(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ear]:
    with listening(machine.root) as (address, ear):
        monkeypatch.setenv("NOTIFY_SOCKET", address)
        yield ear


@contextlib.contextmanager
def running(machine: Machine, ear: Ear, **env: str) -> Iterator[subprocess.Popen[str]]:
    with machine.start(**env) as daemon:
        try:
            ear.until("READY=1")
            yield daemon
        finally:
            daemon.kill()


def mode(path: Path) -> str:
    return f"{S_IMODE(path.lstat().st_mode):o}"


def test_it_is_ready_without_the_mail_provider_reloads_and_stops(
    machine: Machine, ear: Ear
) -> None:
    with running(machine, ear) as daemon:
        daemon.send_signal(signal.SIGHUP)
        assert "RELOADING=1" in ear.until("READY=1")
        machine.config.write_text("[seller]\nnme = 1\n", "utf-8")
        daemon.send_signal(signal.SIGHUP)
        ear.until("READY=1")  # the old configuration stays in force
        daemon.send_signal(signal.SIGTERM)
        ear.until("STOPPING=1")
        assert daemon.wait(20) == 0


def test_the_store_is_the_daemons_alone_and_the_folders_stay_the_groups(
    machine: Machine, ear: Ear
) -> None:
    with running(machine, ear):
        files = {path.name: mode(path) for path in machine.state.iterdir() if path.is_file()}
        folders = {mode(path) for path in machine.state.rglob("*") if path.is_dir()}
    assert files.keys() >= {"tactd.db", "tactd.db.lock"}
    assert set(files.values()) == {"600"}
    assert folders == {"2770"}


def test_what_the_daemon_tells_the_seller_is_a_file_that_the_group_may_change(
    machine: Machine, ear: Ear
) -> None:
    orders = machine.state / "orders"
    (orders / "orders.csv").write_bytes(b"%PDF-1.7 no export at all")
    report = orders / "trouble" / "orders.csv.problems.txt"
    with running(machine, ear):
        _until_there(report)
    assert mode(report) == "660"
    assert report.stat().st_gid == orders.stat().st_gid


def _until_there(path: Path) -> None:
    end = time.monotonic() + 20
    while not path.exists():
        assert time.monotonic() < end, f"{path.name} never came"
        time.sleep(0.05)


@pytest.fixture
def service_umask() -> Iterator[None]:
    before = os.umask(UMASK)
    yield
    os.umask(before)


def test_a_draft_can_be_edited_and_moved_by_the_group(
    machine: Machine, service_umask: None
) -> None:
    replies = machine.state / "replies"
    name = Staging(replies).write("staged", "2026-11-22_1430_in_transit_jane.txt", "To: x\n")
    draft = replies / "staged" / name
    assert mode(draft) == "660"
    assert draft.stat().st_gid == replies.stat().st_gid


def test_a_folder_that_was_deleted_comes_back_as_the_groups(
    machine: Machine, service_umask: None
) -> None:
    """The daemon may not set the bit, but a new folder inherits it."""
    staged = machine.state / "replies" / "staged"
    staged.rmdir()
    Staging(machine.state / "replies")
    assert mode(staged) == "2770"


def test_systemd_watches_the_daemon_exactly_if_it_gives_signs_of_life(
    machine: Machine, ear: Ear
) -> None:
    """A unit that asks for what never comes kills a healthy daemon; one that does not ask lets a
    stuck one hang."""
    unit = (SYSTEMD / "tactd.service").read_text("utf-8")
    with running(machine, ear, WATCHDOG_USEC="600000"):
        assert ear.hears("WATCHDOG=1", seconds=1.5) == ("\nWatchdogSec=" in unit)


@pytest.mark.parametrize("fault", ["configuration", "password"])
def test_a_wrong_configuration_ends_in_78_so_that_systemd_does_not_try_again(
    machine: Machine, ear: Ear, fault: str
) -> None:
    if fault == "configuration":
        machine.config.write_text("[seller]\n", "utf-8")
    else:
        (machine.credentials / "shop").unlink()
    with machine.start() as daemon:
        assert daemon.wait(20) == 78
    assert ear.is_silent()
