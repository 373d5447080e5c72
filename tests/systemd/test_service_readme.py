"""systemd/README.md is followed to the letter by people: what it says must be so."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tactd.config import Config, SecretSource, load

CHECKOUT = Path(__file__).parents[2]
SYSTEMD = CHECKOUT / "systemd"
README = (SYSTEMD / "README.md").read_text("utf-8")


def block(language: str, holding: str = "") -> str:
    """The first code block of that language that holds these words, without its indent."""
    blocks = re.findall(rf"^( *)```{language}\n(.*?)^ *```$", README, re.MULTILINE | re.DOTALL)
    (indent, text), *_ = [one for one in blocks if holding in one[1]]
    return re.sub(rf"^{indent}", "", str(text), flags=re.MULTILINE)


@pytest.fixture
def config(tmp_path: Path) -> Config:
    path = tmp_path / "config.toml"
    path.write_text(block("toml"), "utf-8")
    return load(path, {})


def test_the_configuration_in_the_readme_is_right_and_lies_where_the_service_may_write(
    config: Config,
) -> None:
    state = Path("/var/lib/tactd")
    assert config.replies.folder == state / "replies"
    assert config.orders.folder == state / "orders"
    assert config.store.path.parent == state
    assert config.replies.templates.parent == Path("/etc/tactd")


def test_the_password_in_the_readme_is_the_credential_that_the_unit_loads(config: Config) -> None:
    unit = (SYSTEMD / "tactd.service").read_text("utf-8")
    (name, path) = re.findall(r"^LoadCredential=(.*):(.*)$", unit, re.MULTILINE)[0]
    assert config.mailboxes[0].password == SecretSource("credential", name)
    assert f"/dev/stdin {path}\n" in README


def test_every_file_that_the_readme_installs_is_there() -> None:
    named = set(re.findall(r"systemd/[\w@.]+(?:/[\w.]+)*\.(?:conf|service)", README))
    shipped = {str(path.relative_to(CHECKOUT)) for path in SYSTEMD.rglob("tactd*")}
    assert named == shipped


def test_the_folders_of_another_shop_are_those_of_the_first_under_its_name() -> None:
    command = block("sh", "sed ").split("|")[0]
    made = subprocess.run(
        ["sh", "-c", command], cwd=CHECKOUT, capture_output=True, text=True, check=True
    ).stdout
    first = (SYSTEMD / "tmpfiles.d" / "tactd.conf").read_text("utf-8")
    folders = re.findall(r"^d (\S+)", made, re.MULTILINE)
    assert folders == [
        re.sub("^(/var/lib/tactd|/etc/tactd)", r"\1/blue", path)
        for path in re.findall(r"^d (\S+)", first, re.MULTILINE)
    ]
    unit = (SYSTEMD / "tactd@.service").read_text("utf-8")
    assert "StateDirectory=tactd/%i" in unit
    assert "--config /etc/tactd/%i/config.toml" in unit
