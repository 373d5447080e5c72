"""`tactd orders …`: the order book, from the shell."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

import click

from tactd.cli_options import config_option, json_option, output
from tactd.screens.terminal import console, errors

EXIT_PROBLEMS = 1


@click.group(invoke_without_command=True, short_help="The order book: look, import.")
@config_option
@json_option
@click.pass_context
def orders(context: click.Context, config_path: Path, as_json: bool) -> None:
    """The order book; without a command, its newest orders."""
    if context.invoked_subcommand is None:
        _list(config_path, "", as_json)


@orders.command("list", short_help="The newest orders, or those that fit.")
@click.argument("like", default="")
@config_option
@json_option
def orders_list(config_path: Path, like: str, as_json: bool) -> None:
    """The newest orders; LIKE narrows by the beginning of a number, address, username or item."""
    _list(config_path, like, as_json)


def _list(config_path: Path, like: str, as_json: bool) -> None:
    from tactd.screens import looking
    from tactd.screens import order_book as screen

    _, store = looking.opened(config_path, os.environ)
    found, total = screen.listed(store, like), screen.count(store)
    rows = [screen.brief(order) for order in found]
    output(rows, as_json, lambda: screen.show(found, total, like, console))


@orders.command("show", short_help="All that is known of one order.")
@click.argument("order")
@config_option
@json_option
def orders_show(config_path: Path, order: str, as_json: bool) -> None:
    """All that the book knows of one order, and how old it is. ORDER is its number, or a tracking
    number, address, username or item that only one order has."""
    from tactd import wiring
    from tactd.screens import looking
    from tactd.screens import order_book as screen

    config, store = looking.opened(config_path, os.environ)
    found = screen.one(store, order)
    facts = screen.whole(found)
    output(facts, as_json, lambda: screen.show_one(found, wiring.policy(config), console))


@orders.command("import", short_help="Read exports into the book.")
@click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
)
@config_option
@json_option
def orders_import(config_path: Path, files: tuple[Path, ...], as_json: bool) -> None:
    """Read exports into the book; the files stay where they are. Exit 1 if one was refused."""
    from tactd import wiring
    from tactd.adapters import clock
    from tactd.screens import looking
    from tactd.screens import order_book as screen

    gc.freeze()
    gc.set_threshold(200_000, 20, 20)  # a million orders come and go; hardly any is a cycle
    config, store = looking.opened(config_path, os.environ)
    folder, forms = wiring.exports(config), wiring.forms(config)
    results = screen.import_files(folder, store, files, forms, clock.now(), errors)
    facts = [screen.imported(result) for result in results]
    output(facts, as_json, lambda: screen.show_imports(results, console))
    sys.exit(EXIT_PROBLEMS if any(result.refused for result in results) else 0)
