from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from tactd import shipped
from tactd.core.types import Marketplace, Reach
from tactd.errors import ConfigError, TactdError

CHECKOUT = Path(__file__).parents[2]
LOOK = """
import json, tactd.shipped as s
print(json.dumps([str(s.shipped("config.toml")), str(s.shipped("templates")), sorted(s.packs())]))
"""
PACK = """
marketplace = "ebay"
dated = "2026-11-01"
answer_within = "24 hours"
max_length = 2000
links = false
reach = "reply"
relay_domains = ["members.ebay.com"]
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as a wheel installs it, unpacked."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=CHECKOUT,
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_an_installed_tactd_finds_everything_inside_the_package(
    installed: Path, tmp_path: Path
) -> None:
    run = subprocess.run(
        [sys.executable, "-c", LOOK],
        env={**os.environ, "PYTHONPATH": str(installed)},
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )
    config, templates, packs = json.loads(run.stdout)
    inside = installed / "tactd" / "shipped"
    assert (config, templates) == (str(inside / "config.toml"), str(inside / "templates"))
    assert packs == sorted(shipped.packs())


def test_the_wheel_carries_every_file_that_the_checkout_has(installed: Path) -> None:
    shipped_files = {path.relative_to(CHECKOUT) for path in (CHECKOUT / "templates").rglob("*.txt")}
    carried = {path.relative_to(installed / "tactd" / "shipped") for path in
               (installed / "tactd" / "shipped").rglob("*.txt")}  # fmt: skip
    assert carried == shipped_files
    packs = {path.parent.name for path in (installed / "tactd").rglob("policy.toml")}
    assert packs == {market.value for market in shipped.packs()}


def test_a_checkout_finds_what_is_beside_the_package() -> None:
    assert shipped.shipped("config.toml") == CHECKOUT / "config.toml"
    assert shipped.shipped("templates") == CHECKOUT / "templates"


def test_what_is_not_shipped_is_an_error_that_says_what_to_do() -> None:
    with pytest.raises(TactdError, match="install it again"):
        shipped.shipped("no-such-thing")


def pack_file(folder: Path, text: str) -> Path:
    path = folder / "ebay" / "policy.toml"
    path.parent.mkdir()
    path.write_text(text, "utf-8")
    return path


def test_a_marketplaces_rules_are_read_from_its_file(tmp_path: Path) -> None:
    pack = shipped.read_pack(pack_file(tmp_path, PACK))
    assert pack.marketplace is Marketplace.EBAY
    assert pack.answer_within == timedelta(hours=24)
    assert (pack.max_length, pack.links, pack.reach) == (2000, False, Reach.REPLY)
    assert pack.relay_domains == ("members.ebay.com",)


def test_every_mistake_in_a_marketplaces_rules_is_reported_at_once(tmp_path: Path) -> None:
    text = (
        PACK.replace('"ebay"', '"etsy"').replace('"24 hours"', "24").replace("links", "lnks")
    ).replace('"reply"', '"fax"')
    with pytest.raises(ConfigError) as refusal:
        shipped.read_pack(pack_file(tmp_path, text))
    assert [line.split(": ")[:2] for line in refusal.value.problems] == [
        ["ebay/policy.toml", "lnks"],
        ["ebay/policy.toml", "marketplace"],
        ["ebay/policy.toml", "answer_within"],
        ["ebay/policy.toml", "reach"],
    ]


def test_the_shipped_rules_are_right_and_each_is_under_its_own_name() -> None:
    for market, pack in shipped.packs().items():
        assert pack.marketplace is market
