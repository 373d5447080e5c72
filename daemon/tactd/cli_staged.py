"""`tactd staged …`: the replies that wait, from the shell."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from tactd.cli_options import config_option, json_option, output
from tactd.screens import terminal
from tactd.screens.terminal import complain, console, errors

EXIT_PROBLEMS = 1


@click.group(invoke_without_command=True, short_help="The replies that wait for you.")
@config_option
@json_option
@click.pass_context
def staged(context: click.Context, config_path: Path, as_json: bool) -> None:
    """The replies that wait for you; without a command, their list."""
    if context.invoked_subcommand is None:
        _list(config_path, as_json)


@staged.command("list")
@config_option
@json_option
def staged_list(config_path: Path, as_json: bool) -> None:
    """The replies that wait, nearest deadline first."""
    _list(config_path, as_json)


def _list(config_path: Path, as_json: bool) -> None:
    from tactd.config import policy_of
    from tactd.screens import looking
    from tactd.screens import staged as screen
    from tactd.shipped import packs, reader

    config, store = looking.opened(config_path, os.environ)
    rows = screen.listed(store, config.replies.folder, policy_of(config, packs(), reader()))
    output(rows, as_json, lambda: screen.show(rows, config.seller.timezone, console))


@staged.command("show")
@click.argument("reply")
@config_option
def staged_show(config_path: Path, reply: str) -> None:
    """The file of one reply, as it lies there. REPLY is its number, or its file's name."""
    from tactd.screens import looking
    from tactd.screens import staged as screen

    config, store = looking.opened(config_path, os.environ)
    terminal.write(screen.text_of(store, config.replies.folder, reply), end="")


@staged.command("approve")
@click.argument("reply_names", metavar="REPLY...", nargs=-1, required=True)
@click.option(
    "--now", "at_once", is_flag=True, help="Whatever the limits and his night say (unasked mail)."
)
@config_option
@json_option
def staged_approve(
    config_path: Path, reply_names: tuple[str, ...], at_once: bool, as_json: bool
) -> None:
    """Send these: their files are moved to approved/."""
    _move(config_path, reply_names, "approved", as_json, at_once=at_once)


@staged.command("reject")
@click.argument("reply_names", metavar="REPLY...", nargs=-1, required=True)
@config_option
@json_option
def staged_reject(config_path: Path, reply_names: tuple[str, ...], as_json: bool) -> None:
    """Never send these: their files are moved to rejected/."""
    _move(config_path, reply_names, "rejected", as_json)


def _move(
    config_path: Path, names: tuple[str, ...], to: str, as_json: bool, *, at_once: bool = False
) -> None:
    """Each for itself: one that cannot be moved does not keep the others back. Exit 1 then."""
    from tactd.adapters import lock
    from tactd.screens import looking
    from tactd.screens import staged as screen

    config, store = looking.opened(config_path, os.environ)
    moved, problems = screen.move_all(store, config.replies.folder, names, to, at_once=at_once)
    output(moved, as_json, lambda: screen.show_moved(moved, console))
    for problem in problems:
        complain(problem)
    if moved and not lock.holder(config.store.path):
        errors.print("tactd is not running: it will act on this when it is", style="yellow")
    sys.exit(EXIT_PROBLEMS if problems else 0)
