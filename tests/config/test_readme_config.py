"""What the READMEs tell a seller to write and to read is right."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import click
import pytest

from tactd.cli import cli
from tactd.config import load
from tactd.core.types import Marketplace

ROOT = Path(__file__).parents[2]
PAGES = ("README.md", "README.zh-CN.md")


@pytest.mark.parametrize("page", PAGES)
def test_the_configuration_of_the_quick_start_is_whole(page: str, tmp_path: Path) -> None:
    (block,) = re.findall(r"```toml\n(.*?)```", _text(page), re.DOTALL)
    path = tmp_path / "config.toml"
    path.write_text(textwrap.dedent(block), "utf-8")
    config = load(path, {})
    assert config.mailboxes[0].password.name == str(tmp_path / "shop.password")
    assert config.replies.folder == tmp_path / "replies"


@pytest.mark.parametrize("page", [*PAGES, "ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_every_file_that_is_named_is_there(page: str) -> None:
    text = _text(page)
    named = re.findall(r"\]\(([^)#:]+)\)", text)
    named += re.findall(r"`((?:tests|templates)/[\w/.]+)`", text)
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_command_is_named(page: str) -> None:
    rows = [line for line in _text(page).splitlines() if line.startswith("| `tactd ")]
    named = {row.split("`")[1].split()[1]: row for row in rows}
    assert set(named) == set(cli.commands)
    for name, command in cli.commands.items():
        below = command.commands if isinstance(command, click.Group) else {}
        missing = [one for one in below if one not in named[name] and one != "show"]
        assert (name, missing) == (name, [])


@pytest.mark.parametrize("page", PAGES)
def test_every_marketplace_is_named_with_what_is_read_of_it(page: str) -> None:
    rows = re.findall(r"^\| ([^|]+) \|", _text(page), re.MULTILINE)
    names = {one.value for one in Marketplace} - {"own"}
    called = {row.lower().replace("速卖通", "aliexpress") for row in rows}
    assert names <= called


def _text(page: str) -> str:
    return (ROOT / page).read_text("utf-8")
