"""`make demo` is what a seller sees first: everything in it has to come out as it says."""

from __future__ import annotations

import re
import signal
import stat
import subprocess
from pathlib import Path

import pytest

from demo.demo_run import Run, command, environment, run
from tactd.config import load
from tactd.core.sheet.parse import parse
from tactd.demo import orders, show
from tactd.demo.mails import SAMPLES
from tactd.errors import TactdError

FATES = {
    "Ann Marlow": "staged mode is stage",
    "Lucía Ferrer": "in_transit",
    "陈雨": "in_transit",
    "Tom Hadley": "not_yet_shipped",
    "Greta Olsen": "ship_late",
    "Marek Nowicki": "delayed",
    "Dora Finch": "refund_not_yet",
    "Paul Renner": "feedback_misclick",
    "Mia Sand": "no_reply_needed",
    "Ruth Calder": "opt_out",
    "Ivo Brandt": "in_transit",
    "Sam Whitlock": "several orders fit",
    "V. Crane": "not on file",
    "“Nora Lindqvist”": "forged",
    "Jorge Paz": "some letters",
    "Olaf Reed": "auto_reply",
    "Parcel Bags": "no answer",
    "mail server": "delivery_failure",
    "eBay": "payout",
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return run(tmp_path_factory.mktemp("shop") / "demo")


def test_it_ends_by_itself_without_a_complaint(demo: Run) -> None:
    assert (demo.code, demo.err) == (0, "")


def test_each_mail_has_one_row_with_its_fate(demo: Run) -> None:
    rows = re.findall(r"^m\d+ ", demo.out, re.MULTILINE)
    assert len(rows) == len(SAMPLES)
    for who, fate in FATES.items():
        assert fate in demo.row(who), who


def test_no_sample_is_left_out_of_these_tests() -> None:
    assert [sample.who for sample in SAMPLES] == list(FATES)


def test_exactly_one_reply_arrives_and_its_file_lies_in_sent(demo: Run) -> None:
    assert demo.out.count("arrived at the SMTP server") == 1
    (sent,) = (demo.folder / "replies" / "sent").glob("*.txt")
    assert sent.name.endswith("lucia_monte.txt")
    assert not list((demo.folder / "replies" / "approved").glob("*.txt"))


def test_every_staged_file_can_be_approved_as_it_lies_there(demo: Run) -> None:
    staged = [one for one in FATES if "staged" in demo.row(one)]
    assert len(demo.staged()) == len(staged) - 1
    for path in demo.staged():
        assert parse(path.read_bytes()).problems == (), path.name


def test_drafts_to_the_forger_and_to_the_stranger_hold_no_fact_of_any_order(demo: Run) -> None:
    to = {"v.crane@example.net", orders.NORA.address}
    drafts = [parse(path.read_bytes()) for path in demo.staged()]
    strangers = [draft for draft in drafts if draft.to in to]
    assert len(strangers) == 2
    for draft in strangers:
        assert show.leaked(draft.body) == []
    assert "none there" in demo.out


def test_a_draft_to_the_buyer_would_be_found_to_hold_facts(demo: Run) -> None:
    (draft,) = (
        parse(path.read_bytes()).body for path in demo.staged() if "tidepool_ann" in path.name
    )
    assert orders.ANN.tracking in show.leaked(draft)


def test_spanish_and_chinese_drafts_carry_the_same_text_in_english(demo: Run) -> None:
    assert "  | Thank you for your message." in _sheet(demo, "chenyu_trail")
    assert "感谢您的来信" in _sheet(demo, "chenyu_trail")
    (sent,) = (demo.folder / "replies" / "sent").glob("*.txt")
    assert "Gracias por su mensaje" in sent.read_text(encoding="utf-8")
    assert "  | Thank you for your message." in sent.read_text(encoding="utf-8")


def test_nothing_fits_worse_than_80_columns_but_commands_to_copy(demo: Run) -> None:
    wide = [line for line in demo.out.splitlines() if len(line) > 80]
    assert all(line.startswith("  ") for line in wide), wide


def test_its_configuration_is_one_that_tactd_takes_and_its_password_is_private(demo: Run) -> None:
    assert load(demo.folder / "config.toml", {}).seller.language == "en"
    assert stat.S_IMODE((demo.folder / "shop.password").stat().st_mode) == 0o600


def _sheet(demo: Run, buyer: str) -> str:
    (path,) = (path for path in demo.staged() if buyer in path.name)
    return path.read_text(encoding="utf-8")


# ------------------------------------------------------------------------------ the folder


def test_a_folder_that_is_not_a_demo_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "taxes.txt").write_text("mine", encoding="utf-8")
    refused = run(tmp_path)
    assert refused.code == 1
    assert "was not made by tactd demo" in refused.err
    assert [path.name for path in tmp_path.iterdir()] == ["taxes.txt"]


def test_without_the_servers_it_says_how_to_get_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(show, "SERVERS", ("pymap", "no_such_server"))
    with pytest.raises(TactdError, match=r"pip install 'tactd\[demo\]'"):
        show._demand_servers()


# ------------------------------------------------------------------------------ --stay


def test_staying_it_sends_what_is_moved_and_ends_well_on_ctrl_c(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    folder.mkdir()
    (folder / ".tactd-demo").touch()  # an earlier demo gives way
    (folder / "old.txt").touch()
    with subprocess.Popen(
        command(folder, "--stay", language="zh"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=environment() | {"PYTHONUNBUFFERED": "1"},
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        try:
            _read_until(process, "Ctrl-C ends the demo")
            assert not (folder / "old.txt").exists()
            assert "another demo is running there" in run(folder).err
            (path,) = (folder / "replies" / "staged").glob("*ivo-brandt.txt")
            assert "感谢您的来信" in path.read_text(encoding="utf-8")  # the gloss
            path.rename(folder / "replies" / "approved" / path.name)
            _read_until(process, "To: ivo.brandt@example.com")
        finally:
            process.send_signal(signal.SIGINT)
        assert "its daemon and its servers are gone" in process.stdout.read()
        assert process.stderr.read() == ""
    assert process.returncode == 0


def _read_until(process: subprocess.Popen[str], words: str) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        if words in line:
            return
    raise AssertionError(f"it ended without saying {words!r}")
