"""Options that all commands share. They count wherever they stand: `tactd --config X staged list`,
`tactd staged --config X list` and `tactd staged list --config X` are the same."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from tactd.screens import terminal

F = TypeVar("F", bound=Callable[..., Any])

DEFAULT = "config.toml"
_CONFIG, _JSON = "tactd.config", "tactd.json"


def _config_path(context: click.Context, _option: click.Parameter, given: Path | None) -> Path:
    if given is not None:
        context.meta[_CONFIG] = given
    chosen: Path | None = context.meta.get(_CONFIG)
    return chosen or Path(os.environ.get("TACTD_CONFIG") or DEFAULT)


def _as_json(context: click.Context, _option: click.Parameter, given: bool) -> bool:
    context.meta[_JSON] = given or context.meta.get(_JSON, False)
    return bool(context.meta[_JSON])


def config_option(command: F) -> F:
    return click.option(
        "--config",
        "config_path",
        metavar="FILE",
        type=click.Path(dir_okay=False, path_type=Path),
        callback=_config_path,
        help=f"the configuration; else the file that TACTD_CONFIG names, else {DEFAULT}",
    )(command)


def json_option(command: F) -> F:
    text = "print facts for scripts"
    return click.option("--json", "as_json", is_flag=True, callback=_as_json, help=text)(command)


def output(facts: Any, as_json: bool, show: Callable[[], None]) -> None:
    """What a command found: as JSON for scripts, or shown to people."""
    if as_json:
        terminal.print_json(facts)
    else:
        show()
