"""What the commands say cannot drift from what the code does: codes, languages, README."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from tactd.cli import cli
from tactd.core.decide.choose import ROWS
from tactd.core.reasons import SENTENCES, sentence
from tactd.core.types import Situation

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "daemon" / "tactd"
STEPS = (
    "screen loop match classify choose disclose limit permit compose due proactive silence quiet"
)
CODE = re.compile(
    rf"({STEPS.replace(' ', '|')}|withdrawn|trouble|sender|staged|held|rehearse)\.[a-z_]+"
)


def codes() -> Iterator[str]:
    """Every code that a step or a move of a file can give, read off the source."""
    files = [*SOURCE.glob("core/**/*.py"), *SOURCE.glob("flow/**/*.py"), SOURCE / "pipeline.py"]
    for path in files:
        if path.name == "reasons.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Constant(value=str(text)) if CODE.fullmatch(text):
                    yield text
                case ast.Call(func=ast.Name("_stage"), args=[ast.Constant(value=str(text)), *_]):
                    yield f"compose.{text}"


def marks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_every_code_has_a_sentence() -> None:
    used = set(codes())
    assert {"screen.person", "compose.missing_fact", "trouble.unclear", "sender.dmarc"} <= used
    assert used - SENTENCES.keys() == set()


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_says_the_same_in_all_languages(code: str) -> None:
    row = SENTENCES[code]
    assert len(row) == 3
    assert all(text.strip() for text in row)
    assert marks(row[0]) == marks(row[1]) == marks(row[2])


def test_a_reason_within_a_reason_is_no_code() -> None:
    said = sentence("disclose.forged", "en", {"why": "sender.dmarc_fail"})
    assert "DMARC failed" in said
    assert "sender." not in said


def test_every_situation_has_its_row() -> None:
    assert set(ROWS) == set(Situation)


def test_the_readme_lists_the_commands_that_there_are() -> None:
    for name in ("README.md", "README.zh-CN.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        listed = set(re.findall(r"^\| `tactd ([a-z]+)", text, re.MULTILINE))
        assert listed == set(cli.commands), name


def test_the_readme_names_the_subcommands_that_there_are() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for group in ("staged", "orders"):
        found = re.search(rf"`tactd {group} \[([a-z\\|]+)\]", text)
        assert found, group
        assert set(found[1].replace("\\", "").split("|")) == set(cli.commands[group].commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_says_in_one_short_line_what_it_does(name: str) -> None:
    said = cli.commands[name].get_short_help_str(60)
    assert len(said) > 10
    assert said.endswith((".", "?"))
