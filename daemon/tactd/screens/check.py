"""`tactd check`: will it work? Configuration, passwords, templates, logins."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Console

from tactd import wiring
from tactd.adapters import mailbox, outbox
from tactd.adapters import templates as template_files
from tactd.config import Config, load, secret_problems
from tactd.errors import ConfigError
from tactd.screens.why import plain
from tactd.shipped import shipped

Facts = dict[str, Any]


def configuration(path: Path, env: Mapping[str, str]) -> tuple[Config | None, list[str]]:
    """The configuration, if it can be used at all, and everything wrong with it."""
    try:
        config = load(path, env)
    except ConfigError as error:
        return None, error.problems
    return config, [*secret_problems(config, env), *_folder_problems(config)]


def texts(config: Config) -> list[str]:
    """Every template rendered in every language, and the languages compared."""
    loaded = template_files.load(shipped("templates"), config.replies.templates)
    return [*loaded.problems, *template_files.lint(loaded.templates)]


def logins(config: Config, env: Mapping[str, str], *, learn: bool = False) -> list[Facts]:
    """Log in everywhere; with `learn`, also look who stamps the mail that comes in."""
    return [_login(box, config, env) for box in config.mailboxes]


def _login(box: Any, config: Config, env: Mapping[str, str]) -> Facts:
    seen = mailbox.check_login(wiring.mailbox_settings(box, config, env))
    sending = asyncio.run(outbox.check_login(wiring.smtp_settings(box, env)))
    hints = [] if box.authserv_id else [_NO_AUTHSERV.format(name=box.name)]
    return {
        "mailbox": box.name,
        "imap": seen.problem or "ok",
        "smtp": sending or "ok",
        "inbox": seen.inbox,
        "sent": seen.sent,
        "alerts": list(seen.alerts),
        "hints": hints,
    }


_NO_AUTHSERV = (
    "no authserv_id for {name}: nobody vouches for senders, so every reply is staged; "
    "`tactd check --learn` proposes one"
)


def _folder_problems(config: Config) -> list[str]:
    """Folders that are there must be writable; those that are not are made at the start."""
    found = []
    for key, folder in (
        ("replies.folder", config.replies.folder),
        ("orders.folder", config.orders.folder),
    ):
        if folder.exists() and not folder.is_dir():
            found.append(f"{key}: {folder} is a file; name a folder")
    return found


def show(problems: list[str], found: list[Facts], console: Console) -> None:
    for problem in problems:
        console.print(f"[red]✗[/] {plain(problem)}", highlight=False)
    if not problems:
        console.print("[green]✓[/] configuration and templates")
    for one in found:
        for what in ("imap", "smtp"):
            fine = one[what] == "ok"
            sign = "[green]✓[/]" if fine else "[red]✗[/]"
            said = "" if fine else f": {plain(one[what])}"
            console.print(f"{sign} {one['mailbox']} {what}{said}", highlight=False)
        folders = f"reads {one['inbox']}, watches {one['sent'] or 'no Sent folder'}"
        console.print(f"  [dim]{plain(folders)}[/]", highlight=False)
        for hint in (*one["hints"], *one["alerts"]):
            console.print(f"  [yellow]![/] {plain(hint)}", highlight=False)
