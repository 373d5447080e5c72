"""The unit files as systemd itself reads them."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tactd.errors import BusyError, ConfigError

SYSTEMD = Path(__file__).parents[2] / "systemd"
UNITS = ("tactd.service", "tactd@.service")
# What tells the two units apart, and nothing else may.
INSTANCE = (
    ("answers buyers' mail (%i)", "answers buyers' mail"),
    ("/etc/tactd/%i/", "/etc/tactd/"),
    ("StateDirectory=tactd/%i", "StateDirectory=tactd"),
    ("/var/lib/tactd/%i", "/var/lib/tactd"),
)
WORST = 1.5  # of systemd-analyze security; 10 is a service without any sandbox

analyze = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None,
    reason="no systemd-analyze here; get it by: apt-get install systemd",
)


class _Unit(configparser.RawConfigParser):
    """A unit file; a key that may be repeated keeps its last value."""

    def __init__(self, name: str) -> None:
        super().__init__(strict=False, interpolation=None, delimiters=("=",))
        self.read_string((SYSTEMD / name).read_text("utf-8"))

    def optionxform(self, optionstr: str) -> str:
        return optionstr


@pytest.fixture
def installed(tmp_path: Path) -> list[str]:
    """The units with a program that is there, and an instance named by a shop."""
    paths = []
    for name in UNITS:
        path = tmp_path / name.replace("@", "@blue")
        text = (SYSTEMD / name).read_text("utf-8")
        path.write_text(text.replace("/opt/tactd/bin/tactd", sys.executable), "utf-8")
        paths.append(str(path))
    return paths


@analyze
def test_systemd_finds_nothing_to_object_to(installed: list[str]) -> None:
    run = _analyze("verify", "--man=no", *installed)
    assert (run.stdout + run.stderr, run.returncode) == ("", 0)


@analyze
def test_the_sandbox_leaves_little_to_an_intruder(installed: list[str]) -> None:
    run = _analyze("security", "--offline=true", "--no-pager", *installed)
    scores = re.findall(r"Overall exposure level for .*: ([0-9.]+)", run.stdout)
    assert len(scores) == len(UNITS), run.stderr
    assert max(map(float, scores)) <= WORST


def _analyze(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["systemd-analyze", *words], capture_output=True, text=True, timeout=60, check=False
    )


def test_the_unit_for_several_shops_differs_by_its_places_alone() -> None:
    one, several = (_settings((SYSTEMD / name).read_text("utf-8")) for name in UNITS)
    for there, here in INSTANCE:
        assert there in several
        several = several.replace(there, here)
    assert several == one


def _settings(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if line and not line.startswith("#"))


def test_a_start_that_cannot_succeed_is_not_repeated_for_ever() -> None:
    unit = _Unit("tactd.service")
    assert unit["Service"]["RestartPreventExitStatus"] == str(ConfigError.exit_code)
    assert unit["Service"]["Restart"] == "always"
    assert unit["Unit"]["StartLimitBurst"] == "10"
    # the limit is reached before its window ends, else it would never bind
    assert int(unit["Service"]["RestartSec"]) * 10 < 10 * 60
    # another tactd on the store may end any moment: that is tried again
    assert str(BusyError.exit_code) not in unit["Service"]["RestartPreventExitStatus"]


def test_a_mail_on_its_way_is_waited_for() -> None:
    assert int(_Unit("tactd.service")["Service"]["TimeoutStopSec"]) >= 60 + 10


def test_systemd_252_knows_every_setting() -> None:
    """Debian 12; later types would silently turn into `simple`, without readiness."""
    unit = _Unit("tactd.service")
    assert unit["Service"]["Type"] == "notify"
    assert unit["Service"]["ExecReload"] == "/bin/kill -HUP $MAINPID"
    assert not {"RestartSteps", "RestartMode", "MemoryZSwapWriteback"} & set(unit["Service"])


def test_the_store_lies_behind_a_folder_that_the_group_only_passes_through() -> None:
    service = _Unit("tactd.service")["Service"]
    assert (service["StateDirectoryMode"], service["UMask"]) == ("0710", "0007")
    assert _folders()["/var/lib/tactd"] == ("0710", "tactd", "tactd")


def test_everything_that_people_share_is_the_groups() -> None:
    shared = {path: how for path, how in _folders().items() if path.count("/") > 3}
    assert set(shared.values()) == {("2770", "tactd", "tactd")}
    assert {path.split("/")[4] for path in shared} == {"orders", "replies"}


def test_every_folder_that_the_daemon_uses_is_made_with_the_groups_bit(tmp_path: Path) -> None:
    from tactd.adapters.exports import ExportFolder
    from tactd.adapters.staging import Staging

    Staging(tmp_path / "replies")
    ExportFolder(tmp_path / "orders").prepare()
    used = {f"/var/lib/tactd/{path.relative_to(tmp_path)}" for path in tmp_path.rglob("*")}
    assert used == {path for path in _folders() if path.count("/") > 3}


def _folders() -> dict[str, tuple[str, str, str]]:
    """path → mode, owner, group of the folders that systemd-tmpfiles makes."""
    rows = map(str.split, _lines("tmpfiles.d/tactd.conf"))
    return {path: (mode, user, group) for kind, path, mode, user, group, _ in rows if kind == "d"}


def test_the_units_user_is_the_one_that_is_made() -> None:
    service = _Unit("tactd.service")["Service"]
    (line,) = _lines("sysusers.d/tactd.conf")
    kind, user, number, *_ = line.split()
    assert (kind, user, number) == ("u", service["User"], "-")
    assert service["Group"] == user  # `u` makes a group of the same name


def _lines(name: str) -> Iterator[str]:
    for line in (SYSTEMD / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line
