"""`tactd rehearse`: what another configuration would have done."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import click

from tactd.cli_options import config_option, json_option, output
from tactd.screens.terminal import console, errors


def _span(_context: click.Context, _option: click.Parameter, text: str | None) -> timedelta | None:
    """A span as config.toml writes it."""
    from tactd.config.spans import settle

    try:
        return settle(text) if text is not None else None
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


@click.command(short_help="What another configuration would have done.")
@click.option(
    "--with",
    "others",
    metavar="FILE",
    multiple=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="another config.toml to compare with yours; may be given several times",
)
@click.option(
    "--days",
    metavar="N",
    default=30,
    show_default=True,
    type=click.IntRange(1, 3660),
    help="how far to look back",
)
@click.option(
    "--approve-after",
    metavar="SPAN",
    callback=_span,
    help='how long you take to approve what is staged, "4 hours"; without it, what you really '
    "approved counts as approved at that time, and nothing else",
)
@config_option
@json_option
def rehearse(
    others: tuple[Path, ...],
    days: int,
    approve_after: timedelta | None,
    config_path: Path,
    as_json: bool,
) -> None:
    """Decide the stored mail of the last days anew, as if time passed again: by your configuration
    as it is now, and by others. Nothing is stored or sent. Use it to find out how often is right
    before you change [limits] or let more go by itself.

    Each mail is decided from what was known when it came. What the rehearsal sends counts for its
    limits, in place of what was really sent; what you wrote by hand stays. It cannot foresee what
    would only then have happened: another question of a buyer, or a follow-up that belongs to an
    answer which was never sent.

    "held" counts what had to wait for a limit or for the buyer's morning, also if it went then.
    Exit 78 if a configuration is wrong."""
    from tactd.adapters import clock
    from tactd.screens import looking
    from tactd.screens import rehearse as screen
    from tactd.screens.rehearse_shown import show

    compared = screen.configurations(config_path, others, os.environ)
    _, store = looking.opened(config_path, os.environ)
    facts = screen.gather(store, compared, clock.now(), days, approve_after, errors)
    output(facts, as_json, lambda: show(facts, console))
