"""The commands. Each reads the configuration, asks one screen, and prints; scripts add --json."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from tactd import __version__, log, wiring
from tactd.adapters import clock, lock, notify
from tactd.config import Config, load
from tactd.core.filing_words import Folder
from tactd.errors import ConfigError, TactdError

EXIT_PROBLEMS = 1

console = Console(soft_wrap=False)
errors = Console(stderr=True)

config_option = click.option(
    "--config",
    "config_path",
    type=click.Path(dir_okay=False, path_type=Path),
    default="config.toml",
    envvar="TACTD_CONFIG",
    show_default=True,
    help="the configuration file",
)
json_option = click.option("--json", "as_json", is_flag=True, help="print facts for scripts")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="tactd")
@click.option("--verbose", "-v", is_flag=True, help="log more")
def cli(verbose: bool) -> None:
    """Answers a marketplace seller's buyer mail: quickly, correctly, never too often."""
    journald = "JOURNAL_STREAM" in os.environ
    log.configure("debug" if verbose else "info", sys.stderr, journald)


def main() -> None:
    try:
        cli.main(standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except ConfigError as error:
        for problem in error.problems:
            errors.print(problem, style="red", markup=False, highlight=False)
        sys.exit(error.exit_code)
    except TactdError as error:
        errors.print(str(error), style="red", markup=False, highlight=False)
        sys.exit(error.exit_code)


# ------------------------------------------------------------------------------ the daemon


@cli.command()
@config_option
def run(config_path: Path) -> None:
    """The daemon. SIGTERM ends it, SIGHUP reads the configuration again."""
    config = load(config_path, os.environ)
    with lock.only_one(config.store.path):
        asyncio.run(_run(config, config_path))


async def _run(config: Config, path: Path) -> None:
    service = wiring.service(config)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, service.stop)

    def again() -> None:
        nonlocal config
        notify.reloading()
        config = wiring.reload(service, path, os.environ, config)
        notify.ready()

    loop.add_signal_handler(signal.SIGHUP, again)
    await service.run()


@cli.command()
@config_option
@json_option
def once(config_path: Path, as_json: bool) -> None:
    """Handle what is there, then end. Exit 1 if a mailbox could not be read."""
    config = load(config_path, os.environ)
    with lock.only_one(config.store.path):
        service = wiring.service(config)
        problems = asyncio.run(service.once())
    _print({"problems": problems}, as_json, lambda: None)
    for problem in problems:
        errors.print(problem, style="red", markup=False)
    sys.exit(EXIT_PROBLEMS if problems else 0)


@cli.command()
@click.option("--stay", is_flag=True, help="keep the servers and the daemon up afterwards")
@click.option("--folder", type=click.Path(file_okay=False, path_type=Path), default="demo")
def demo(stay: bool, folder: Path) -> None:
    """The real daemon on sample mails and orders, on servers of its own. No network."""
    from tactd.demo.show import show  # needs the servers of the demo extra

    sys.exit(asyncio.run(show(folder, stay, console)))


# ------------------------------------------------------------------------------ looking


@cli.command()
@config_option
@json_option
def status(config_path: Path, as_json: bool) -> None:
    """Is everything all right, and what waits for me?"""
    from tactd.screens import status as screen

    config = load(config_path, os.environ)
    facts = screen.gather(_store(config), config, clock.now())
    _print(facts, as_json, lambda: screen.show(facts, config.seller.timezone, console))


@cli.command()
@click.argument("what", required=False)
@click.option("--at", "at", help="for a file: when it came (ISO 8601), default now")
@config_option
@json_option
def why(what: str | None, at: str | None, config_path: Path, as_json: bool) -> None:
    """Why a mail met its fate: WHAT is a reply (12), a mail (m12), or a mail FILE.eml, which is
    decided as if it came in now. Without it: the latest decisions."""
    from tactd.screens import why as screen

    config = load(config_path, os.environ)
    store, policy = _store(config), wiring.policy(config)
    if what is None:
        rows = screen.latest(store, policy)
        _print(rows, as_json, lambda: screen.show_latest(rows, console))
        return
    if Path(what).is_file() or what.endswith(".eml"):
        facts = screen.of_file(store, wiring.rules(config), Path(what), _time(at))
    else:
        facts = screen.of_id(store, policy, what)
    _print(facts, as_json, lambda: screen.show(facts, console))


@cli.command()
@click.option("--learn", is_flag=True, help="propose authserv_id from the mailbox's own mail")
@click.option("--offline", is_flag=True, help="do not log in anywhere")
@config_option
@json_option
def check(learn: bool, offline: bool, config_path: Path, as_json: bool) -> None:
    """Will it work? Configuration, templates in every language, logins. Exit 78 if the
    configuration is wrong, 1 if a server refuses."""
    from tactd.screens import check as screen

    config, problems = screen.configuration(config_path, os.environ)
    found: list[dict[str, Any]] = []
    if config is not None:
        problems += screen.texts(config)
        if not offline and not problems:
            found = screen.logins(config, os.environ, learn=learn)
    facts = {"problems": problems, "mailboxes": found}
    _print(facts, as_json, lambda: screen.show(problems, found, console))
    refused = any(one[side] != "ok" for one in found for side in ("imap", "smtp"))
    sys.exit(ConfigError.exit_code if problems else EXIT_PROBLEMS if refused else 0)


# ------------------------------------------------------------------------------ staged replies


@cli.group(invoke_without_command=True)
@config_option
@json_option
@click.pass_context
def staged(context: click.Context, config_path: Path, as_json: bool) -> None:
    """The replies that wait for you; without a command, their list."""
    context.obj = config_path
    if context.invoked_subcommand is None:
        _list_staged(config_path, as_json)


@staged.command("list")
@json_option
@click.pass_obj
def staged_list(config_path: Path, as_json: bool) -> None:
    """The replies that wait, nearest deadline first."""
    _list_staged(config_path, as_json)


def _list_staged(config_path: Path, as_json: bool) -> None:
    from tactd.screens import staged as screen

    rows = screen.listed(_store(load(config_path, os.environ)))
    _print(rows, as_json, lambda: screen.show(rows, console))


@staged.command("show")
@click.argument("reply")
@click.pass_obj
def staged_show(config_path: Path, reply: str) -> None:
    """The file of one reply, as it lies there."""
    from tactd.screens import staged as screen

    config = load(config_path, os.environ)
    click.echo(screen.text_of(_store(config), config.replies.folder, reply), nl=False)


@staged.command("approve")
@click.argument("reply_names", metavar="REPLY...", nargs=-1, required=True)
@json_option
@click.pass_obj
def staged_approve(config_path: Path, reply_names: tuple[str, ...], as_json: bool) -> None:
    """Send these: their files are moved to approved/."""
    _move_staged(config_path, reply_names, Folder.APPROVED, as_json)


@staged.command("reject")
@click.argument("reply_names", metavar="REPLY...", nargs=-1, required=True)
@json_option
@click.pass_obj
def staged_reject(config_path: Path, reply_names: tuple[str, ...], as_json: bool) -> None:
    """Never send these: their files are moved to rejected/."""
    _move_staged(config_path, reply_names, Folder.REJECTED, as_json)


def _move_staged(config_path: Path, names: tuple[str, ...], to: Folder, as_json: bool) -> None:
    from tactd.screens import staged as screen

    config = load(config_path, os.environ)
    store, root = _store(config), config.replies.folder
    moved = [screen.move(store, root, name, to, clock.now()) for name in names]
    said = "\n".join(f"{one['id']} → {one['file']}" for one in moved)
    _print(moved, as_json, lambda: console.print(said, markup=False, highlight=False))
    if not lock.holder(config.store.path):
        errors.print("tactd is not running: it will act on this when it is", style="yellow")


# ------------------------------------------------------------------------------ orders


@cli.group(invoke_without_command=True)
@config_option
@json_option
@click.pass_context
def orders(context: click.Context, config_path: Path, as_json: bool) -> None:
    """The order book; without a command, its newest orders."""
    context.obj = config_path
    if context.invoked_subcommand is None:
        _list_orders(config_path, "", as_json)


@orders.command("list")
@click.argument("like", default="")
@json_option
@click.pass_obj
def orders_list(config_path: Path, like: str, as_json: bool) -> None:
    """The newest orders; LIKE narrows by the beginning of a number, address, username or item."""
    _list_orders(config_path, like, as_json)


def _list_orders(config_path: Path, like: str, as_json: bool) -> None:
    from tactd.screens import order_book as screen

    store = _store(load(config_path, os.environ))
    found, total = screen.listed(store, like), screen.count(store)
    rows = [screen.brief(order) for order in found]
    _print(rows, as_json, lambda: screen.show(found, total, console))


@orders.command("show")
@click.argument("order")
@json_option
@click.pass_obj
def orders_show(config_path: Path, order: str, as_json: bool) -> None:
    """All that the book knows of one order, and how old it is."""
    from tactd.screens import order_book as screen

    config = load(config_path, os.environ)
    found = screen.one(_store(config), order)
    _print(
        screen.brief(found),
        as_json,
        lambda: screen.show_one(found, wiring.policy(config), console),
    )


@orders.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(dir_okay=False, path_type=Path))
@json_option
@click.pass_obj
def orders_import(config_path: Path, files: tuple[Path, ...], as_json: bool) -> None:
    """Read exports into the book; the files stay where they are. Exit 1 if one was refused."""
    from tactd.screens import order_book as screen

    config = load(config_path, os.environ)
    results = screen.import_files(
        wiring.exports(config), _store(config), files, clock.now(), errors
    )
    facts = [screen.imported(result) for result in results]

    def show() -> None:
        for result in results:
            screen.show_import(result, console)

    _print(facts, as_json, show)
    sys.exit(EXIT_PROBLEMS if any(result.refused for result in results) else 0)


@cli.command()
def classify() -> None:
    """Read JSON lines {"id","subject","body"}, write one answer a line."""
    from tactd.screens.classify import answers

    for answer in answers(sys.stdin):
        click.echo(json.dumps(answer, ensure_ascii=False))


# ------------------------------------------------------------------------------


def _store(config: Config) -> Any:
    return wiring.store(config)


def _time(text: str | None) -> datetime:
    if text is None:
        return clock.now()
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        raise TactdError(f"--at {text!r} is not a time like 2026-11-22T14:30+08:00") from None
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def _print(facts: Any, as_json: bool, show: Any) -> None:
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False, indent=2))
    else:
        show()
