"""`tactd buyers …`: who is one person, from the shell."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from tactd.cli_options import config_option, json_option, output
from tactd.screens.terminal import console


class _WhoIsNoCommand(click.Group):
    """`tactd buyers jane@example.com` shows her."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        known = not args or args[0] in self.commands
        return super().resolve_command(ctx, args if known else ["show", *args])


@click.group(cls=_WhoIsNoCommand, invoke_without_command=True, short_help="Who is one person, why.")
@config_option
@json_option
@click.pass_context
def buyers(context: click.Context, config_path: Path, as_json: bool) -> None:
    """Who is one person, and by which evidence: the buyers of the newest orders, or one BUYER by
    an address, a username, an order number or a mail (m12)."""
    if context.invoked_subcommand is None:
        from tactd.screens import buyers as screen
        from tactd.screens import looking

        _, store = looking.opened(config_path, os.environ)
        rows = screen.listed(store)
        output(rows, as_json, lambda: screen.show(rows, console))


@buyers.command("show", short_help="One buyer.")
@click.argument("who", metavar="BUYER")
@config_option
@json_option
def buyers_show(who: str, config_path: Path, as_json: bool) -> None:
    """His endpoints and orders, and what ties them."""
    from tactd.screens import buyers as screen
    from tactd.screens import looking

    _, store = looking.opened(config_path, os.environ)
    facts = screen.one(store, who)
    output(facts, as_json, lambda: screen.show_one(facts, console))


@buyers.command("untie", short_help="Two endpoints are not one person.")
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@config_option
@json_option
def buyers_untie(one: str, other: str, config_path: Path, as_json: bool) -> None:
    """A and B are two persons: count them apart, whatever order names both, and tell neither by
    itself of such an order. `tactd buyers tie` takes it back."""
    _change("untie", one, other, config_path, as_json)


@buyers.command("tie", short_help="Take an untie back.")
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@config_option
@json_option
def buyers_tie(one: str, other: str, config_path: Path, as_json: bool) -> None:
    """A and B are one person after all, as the orders say."""
    _change("tie", one, other, config_path, as_json)


def _change(what: str, one: str, other: str, config_path: Path, as_json: bool) -> None:
    from tactd.adapters import clock
    from tactd.screens import buyers as screen
    from tactd.screens import looking

    _, store = looking.opened(config_path, os.environ)
    act = {"untie": screen.untie, "tie": screen.tie}[what]
    facts: dict[str, Any] = act(store, one, other, clock.now())
    output(facts, as_json, lambda: screen.show(facts["buyers"], console))
