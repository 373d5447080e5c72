"""The commands. Each reads the configuration, asks one screen, and prints; scripts add --json.

What a command needs is imported when it runs: `--help` and `status` should not wait for parts that
only the daemon uses."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import click

from tactd import __version__, log
from tactd.cli_buyers import buyers
from tactd.cli_options import config_option, json_option, output
from tactd.cli_orders import orders
from tactd.cli_rehearse import rehearse
from tactd.cli_staged import staged
from tactd.cli_teach import teach
from tactd.errors import ConfigError, TactdError
from tactd.screens import terminal
from tactd.screens.terminal import complain, console

EXIT_PROBLEMS = 1
EXIT_BUG = 70  # sysexits.h EX_SOFTWARE
EXIT_IO = 74  # sysexits.h EX_IOERR
EXIT_INTERRUPTED = 130

# What each command tells in the log without --verbose; the others show their own results.
_LOUDNESS: dict[str | None, log.Level] = {"run": "info", "once": "warning"}


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="tactd")
@click.option("--verbose", "-v", is_flag=True, help="log more")
@config_option
@click.pass_context
def cli(context: click.Context, verbose: bool, config_path: Path) -> None:
    """Answers a marketplace seller's buyer mail: quickly, correctly, never too often."""
    journald = "JOURNAL_STREAM" in os.environ
    level = "debug" if verbose else _LOUDNESS.get(context.invoked_subcommand, "error")
    log.configure(level, sys.stderr, journald)
    context.find_root().obj = verbose


cli.add_command(staged)
cli.add_command(orders)
cli.add_command(buyers)
cli.add_command(rehearse)
cli.add_command(teach)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Ends the process; every error is a sentence, and no traceback reaches a user."""
    terminal.prepare()
    try:
        result = cli.main(arguments, standalone_mode=False)
        if sys.stdout is not None:  # it may have been closed by the shell: >&-
            sys.stdout.flush()
    except (terminal.ReaderGone, BrokenPipeError):
        terminal.hush()
        sys.exit(terminal.CLOSED_PIPE)
    except Exception as error:  # noqa: BLE001
        sys.exit(_explained(error))
    sys.exit(result if isinstance(result, int) else 0)


def _explained(error: Exception) -> int:
    """Tell what went wrong; the exit code."""
    match error:
        case click.exceptions.Abort():
            complain("stopped before the end; what was finished is kept")
            return EXIT_INTERRUPTED
        case click.ClickException():
            error.show()
            return error.exit_code
        case ConfigError():
            for problem in error.problems:
                complain(problem)
            return error.exit_code
        case TactdError():
            complain(str(error))
            return error.exit_code
        case OSError():
            where = f"{error.filename}: " if error.filename else ""
            complain(f"{where}{error.strerror or error}")
            return EXIT_IO
    log.failure("command_failed", error)
    complain(
        "tactd has met something nobody foresaw and stopped; nothing is lost. Please report it "
        "with the line above; `tactd -v …` writes more of it"
    )
    return EXIT_BUG


# ------------------------------------------------------------------------------ the daemon


@cli.command(short_help="The daemon: reads mail, stages and sends replies.")
@config_option
def run(config_path: Path) -> None:
    """The daemon. SIGTERM ends it, SIGHUP reads the configuration again."""
    from tactd.adapters import lock
    from tactd.config import load

    config = load(config_path, os.environ)
    with lock.only_one(config.store.path):
        asyncio.run(_run(config, config_path))


async def _run(config: Any, path: Path) -> None:
    import gc
    import signal

    from tactd import wiring
    from tactd.adapters import notify

    service = wiring.service(config)
    gc.freeze()  # what is loaded now stays: no collection need ever look at it again
    gc.set_threshold(20_000, 20, 20)  # handling mail makes and drops values, hardly any a cycle
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


@cli.command(short_help="Handle what is there, then end.")
@config_option
@json_option
def once(config_path: Path, as_json: bool) -> None:
    """Handle what is there, then end. Exit 1 if a mailbox could not be read."""
    from tactd import wiring
    from tactd.adapters import lock
    from tactd.config import load
    from tactd.screens import once as screen

    config = load(config_path, os.environ)
    with lock.only_one(config.store.path):
        facts = asyncio.run(screen.handle(wiring.service(config), terminal.errors))
    output(facts, as_json, lambda: screen.show(facts, console))
    for problem in facts["problems"]:
        complain(problem)
    sys.exit(EXIT_PROBLEMS if facts["problems"] else 0)


@cli.command(short_help="See it at work: own servers, sample mail, no network.")
@click.option("--stay", is_flag=True, help="keep the servers and the daemon up afterwards")
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default="demo",
    show_default=True,
    help="where it plays; an earlier demo there is made afresh",
)
@click.option("--language", type=click.Choice(["en", "zh", "es"]), default="en", help="yours")
def demo(stay: bool, folder: Path, language: str) -> None:
    """The real daemon on sample mails and orders, on servers of its own. No network."""
    from tactd.demo.show import show  # needs the servers of the demo extra

    sys.exit(asyncio.run(show(folder, stay, console, language)))


@cli.command(short_help="Stop all sending at once.")
@config_option
@json_option
def pause(config_path: Path, as_json: bool) -> None:
    """Stop all sending at once, also over a restart; reading and staging go on. What you approve
    meanwhile waits in approved/."""
    from tactd.adapters import clock
    from tactd.screens import looking, switch

    _, store = looking.opened(config_path, os.environ)
    facts = switch.pause(store, clock.now())
    output(facts, as_json, lambda: click.echo("paused: nothing is sent until `tactd resume`"))


@cli.command(short_help="Let sending go on after a pause.")
@click.argument("who", required=False)
@click.option("--agreed", is_flag=True, help="WHO had asked for silence, and wants mail again")
@config_option
@json_option
def resume(who: str | None, agreed: bool, config_path: Path, as_json: bool) -> None:
    """Let sending go on after `tactd pause`. With WHO, a buyer's address or a mail (m12): answer
    him by itself again, after tactd took him for a machine, mail to him came back, or (--agreed)
    he had asked for silence."""
    from tactd.adapters import clock
    from tactd.screens import looking, switch

    _, store = looking.opened(config_path, os.environ)
    if agreed and who is None:
        raise click.UsageError("--agreed needs WHO: the buyer's address, or a mail of his (m12)")
    if who is not None:
        ended = switch.resume_with(store, who, clock.now(), agreed=agreed)
        said = f"answered by itself again: {', '.join(ended['resumed'])}"
        output(ended, as_json, lambda: click.echo(said))
        return
    facts = switch.resume(store)
    output(facts, as_json, lambda: click.echo("sending goes on"))


# ------------------------------------------------------------------------------ looking


@cli.command(short_help="Is everything all right, and what waits for me?")
@config_option
@json_option
def status(config_path: Path, as_json: bool) -> None:
    """Is everything all right, and what waits for me? Exit 78 if config.toml is wrong."""
    from tactd.adapters import clock
    from tactd.screens import looking
    from tactd.screens import status as screen

    config, store, wrong = looking.opened_in_spite(config_path, os.environ)
    facts = screen.gather(store, config, clock.now()) | {"config_problems": wrong}
    output(facts, as_json, lambda: screen.show(facts, config.seller.timezone, console))
    sys.exit(ConfigError.exit_code if wrong else 0)


@cli.command(short_help="Why a mail met its fate, step by step.")
@click.argument("what", required=False)
@click.option("--at", "at", metavar="TIME", help="for a file: when it came (ISO 8601), default now")
@config_option
@json_option
def why(what: str | None, at: str | None, config_path: Path, as_json: bool) -> None:
    """Why a mail met its fate: WHAT is a reply (12), a mail (m12), or a mail FILE.eml, which is
    decided as if it came in now. Without it: the latest decisions."""
    from tactd import wiring
    from tactd.screens import looking
    from tactd.screens import why as screen
    from tactd.screens.times import time_of

    config, store = looking.opened(config_path, os.environ)
    zone = config.seller.timezone
    if what is None:
        rows = screen.latest(store, wiring.policy(config))
        output(rows, as_json, lambda: screen.show_latest(rows, zone, console))
        return
    if Path(what).is_file() or what.endswith(".eml"):
        when = time_of(at, zone)
        checks = wiring.sender_checks(config)
        facts = screen.of_file(store, wiring.rules(config), Path(what), when, checks)
    else:
        facts = screen.of_id(store, wiring.policy(config), what)
    output(facts, as_json, lambda: screen.show(facts, console, zone))


@cli.command(short_help="Will it work? Configuration, texts, logins.")
@click.option("--learn", is_flag=True, help="propose authserv_id from the mailbox's own mail")
@click.option("--offline", is_flag=True, help="do not log in anywhere")
@config_option
@json_option
def check(learn: bool, offline: bool, config_path: Path, as_json: bool) -> None:
    """Will it work? Configuration, templates in every language, logins. Exit 78 if the
    configuration is wrong, 1 if a server refuses. It writes nothing, on no server either."""
    from tactd.screens import check as screen

    config, problems = screen.configuration(config_path, os.environ)
    hints: list[str] = []
    found: list[dict[str, Any]] = []
    if config is not None:
        wrong, hints = screen.texts(config)
        problems += wrong
        if not offline and not problems:
            found = screen.logins(config, os.environ, learn=learn)
    facts = {"problems": problems, "hints": hints, "mailboxes": found}
    output(facts, as_json, lambda: screen.show(problems, hints, found, console))
    refused = any(one[side] != "ok" for one in found for side in ("imap", "smtp"))
    sys.exit(ConfigError.exit_code if problems else EXIT_PROBLEMS if refused else 0)


@cli.command(short_help="JSON lines in, what the buyer wants out.")
def classify() -> None:
    """Read JSON lines {"id","subject","body"} from standard input, write one answer a line."""
    import gc
    import json

    from tactd.screens.classify import answers
    from tactd.shipped import reader

    understands = reader()
    understands.read("", "")  # what it has learnt is unpacked when it is first asked
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)  # reading makes and drops values, hardly any a cycle
    for answer in answers(terminal.input_lines(), understands):
        terminal.write(json.dumps(answer, ensure_ascii=False))
