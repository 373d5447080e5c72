"""The shipped config.toml is the documentation: it must not drift from the model."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from pydantic import BaseModel

from tactd.config import Config, load, secret_problems
from tactd.config.problems import known_keys
from tactd.shipped import shipped

SWITCHED_OFF = re.compile(r"^# (?=[a-z_0-9]+ = |\[\[)", re.MULTILINE)
WORDS = ("password", "statuses", "platforms")  # their keys are the seller's own


def documented() -> dict[str, object]:
    """The shipped file with the examples of what is off switched on."""
    return tomllib.loads(SWITCHED_OFF.sub("", shipped("config.toml").read_text("utf-8")))


def written_keys(table: Mapping[str, object], prefix: str = "") -> Iterator[str]:
    for name, value in table.items():
        key = f"{prefix}{name}"
        tables = value if isinstance(value, list) else [value]
        below = [row for row in tables if isinstance(row, dict) and name not in WORDS]
        for row in below:
            yield from written_keys(row, f"{key}.")
        if not below:
            yield key


def model_keys(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    for name, below in known_keys(model).items():
        if below:
            yield from model_keys(below, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}"


def test_every_key_is_documented_and_every_documented_key_is_known() -> None:
    assert sorted(set(written_keys(documented()))) == sorted(model_keys(Config))


def test_the_shipped_configuration_is_right_with_its_examples_switched_on(tmp_path: Path) -> None:
    text = shipped("config.toml").read_text("utf-8")
    there = text.index("\n[orders]")
    example = SWITCHED_OFF.sub("", text[there : text.index("\n[replies]")])
    (tmp_path / "config.toml").write_text(text[:there] + example, "utf-8")
    (columns,) = load(tmp_path / "config.toml", {}).orders.columns
    assert columns.form().columns["name"] == ("Shipping Name",)


def test_the_shipped_configuration_is_right(tmp_path: Path) -> None:
    (tmp_path / "shop").write_text("secret\n")
    config = load(shipped("config.toml"), {})
    assert secret_problems(config, {"CREDENTIALS_DIRECTORY": str(tmp_path)}) == []


@pytest.mark.parametrize(
    "section", ["orders", "replies", "limits", "delivery", "proactive", "store"]
)
def test_what_is_left_out_has_the_value_that_the_shipped_file_shows(
    tmp_path: Path, section: str
) -> None:
    text = shipped("config.toml").read_text("utf-8")
    full, short = tmp_path / "full.toml", tmp_path / "short.toml"
    full.write_text(text, "utf-8")
    short.write_text(text[: text.index("\n[orders]")], "utf-8")
    # a route and a season are examples: the default is none
    examples = {"routes": (), "seasons": ()} if section == "delivery" else {}
    stated = getattr(load(full, {}), section).model_copy(update=examples)
    assert getattr(load(short, {}), section) == stated


def test_every_line_of_the_shipped_file_fits_a_screen() -> None:
    lines = shipped("config.toml").read_text("utf-8").splitlines()
    assert [line for line in lines if len(line) > 100] == []
