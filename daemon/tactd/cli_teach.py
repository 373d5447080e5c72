"""`tactd teach`: tell it what a mail meant."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import click

from tactd.cli_options import config_option, json_option, output
from tactd.screens import terminal
from tactd.screens.terminal import console


@click.command(short_help="Tell it what a mail meant.")
@click.argument("what", metavar="[ID", required=False)
@click.argument("intent", metavar="INTENT]", required=False)
@click.option("--forget", is_flag=True, help="take back what was taught of ID")
@click.option("--export", is_flag=True, help="all of it as JSON lines, without addresses")
@config_option
@json_option
def teach(
    what: str | None,
    intent: str | None,
    forget: bool,
    export: bool,
    config_path: Path,
    as_json: bool,
) -> None:
    """Tell it what a mail meant: ID is a reply (12) or a mail (m12), INTENT one of those that
    `tactd classify` names. Mail like it is staged from then on; only when twenty corrections agree
    can they make such mail sure. Without ID: what was taught. Nothing leaves this machine."""
    from tactd.screens import looking
    from tactd.screens import teach as screen

    if what is not None and not forget and intent is None:
        raise click.UsageError("say what it meant: tactd teach ID INTENT")
    config, store = looking.opened(config_path, os.environ)
    language = config.seller.language
    if export:
        for row in screen.exported(store):
            terminal.write(json.dumps(row, ensure_ascii=False))
    elif what is None:
        rows = screen.listed(store)
        output(rows, as_json, lambda: screen.show_all(rows, language, console))
    else:
        facts = (
            screen.forgotten(store, what)
            if forget
            else screen.taught(store, what, intent or "", datetime.now(UTC))
        )
        output(facts, as_json, lambda: screen.show(facts, language, console))
