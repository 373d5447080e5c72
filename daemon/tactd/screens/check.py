"""`tactd check`: will it work? Configuration, passwords, templates, logins."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tactd import wiring
from tactd.adapters import mailbox, outbox
from tactd.adapters import templates as template_files
from tactd.config import Config, Mailbox, load, secret_problems
from tactd.core.compose.pack_lint import lint_packs
from tactd.core.counted import count
from tactd.core.types import Verify
from tactd.errors import ConfigError
from tactd.screens.learn import learn_of
from tactd.screens.terminal import Terminal, plain
from tactd.shipped import packs, shipped

Facts = dict[str, Any]


def configuration(path: Path, env: Mapping[str, str]) -> tuple[Config | None, list[str]]:
    """The configuration, if it can be used at all, and everything wrong with it."""
    try:
        config = load(path, env)
    except ConfigError as error:
        return None, error.problems
    return config, [*secret_problems(config, env), *_folder_problems(config)]


def texts(config: Config) -> tuple[list[str], list[str]]:
    """Every template rendered in every language, the languages compared, and each text held
    against the rules of every marketplace: what keeps tactd from running, and what the seller
    should know (where a language lacks a text, another one serves; what a marketplace would not
    deliver is always staged)."""
    loaded = template_files.load(shipped("templates"), config.replies.templates)
    beside = lint_packs(loaded.templates, packs().values())
    return list(loaded.problems), [*template_files.lint(loaded.templates), *beside]


def logins(config: Config, env: Mapping[str, str], *, learn: bool = False) -> list[Facts]:
    """Log in everywhere; with `learn`, also look who stamps the mail that comes in."""
    return [_login(box, config, env, learn) for box in config.mailboxes]


def _login(box: Mailbox, config: Config, env: Mapping[str, str], learn: bool) -> Facts:
    settings = wiring.mailbox_settings(box, config, env)
    seen = mailbox.check_login(settings)
    sending = asyncio.run(outbox.check_login(wiring.smtp_settings(box, config, env)))
    learned = learn_of(settings) if learn and seen.inbox else None
    unproved = not box.authserv_id and box.verify is Verify.AUTHSERV
    hints = [_NO_AUTHSERV.format(name=box.name)] if unproved and not learn else []
    oauth = wiring.oauth_hint(box, config)
    if seen.problem and oauth and oauth not in seen.problem:
        hints.append(oauth)
    return {
        "mailbox": box.name,
        "imap": seen.problem or "ok",
        "smtp": sending or "ok",
        "inbox": seen.inbox,
        "sent": seen.sent,
        "alerts": list(seen.alerts),
        "hints": hints,
        "learned": learned and learned.facts(box.authserv_id),
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


def show(problems: list[str], hints: list[str], found: list[Facts], console: Terminal) -> None:
    for problem in problems:
        console.print(f"{console.sign('bad')} {plain(problem)}")
    if not problems:
        console.print(f"{console.sign('pass')} configuration and templates")
    for hint in hints:
        console.print(f"  {console.sign('note')} {plain(hint)}")
    for one in found:
        _show_login(one, console)


def _show_login(one: Facts, console: Terminal) -> None:
    for what, purpose in (("imap", "reading"), ("smtp", "sending")):
        fine = one[what] == "ok"
        said = "" if fine else f": {plain(one[what])}"
        console.print(
            f"{console.sign('pass' if fine else 'bad')} {one['mailbox']}, {purpose}{said}"
        )
    if one["inbox"]:
        folders = f"reads {one['inbox']}, watches {one['sent'] or 'no Sent folder'}"
        console.print(f"  [dim]{plain(folders)}[/]")
    for hint in (*one["hints"], *one["alerts"]):
        console.print(f"  {console.sign('note')} {plain(hint)}")
    if one["learned"]:
        _show_learned(one["learned"], console)


def _show_learned(learned: Facts, console: Terminal) -> None:
    sign = console.sign("pass" if learned["proposed"] else "note")
    console.print(f"  {sign} {plain(learned['advice'])}")
    for name, number in learned["seen"].items():
        console.print(f"      [dim]{plain(name)}: {number} of {count(learned['mails'], 'mail')}[/]")
    if learned["line"]:
        console.print(f"      {plain(learned['line'])}")
