"""Builds everything from the configuration. Nothing else constructs adapters."""

from __future__ import annotations

import os
import random
import secrets
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any

from tactd import log
from tactd.adapters import clock as wall_clock
from tactd.adapters import templates as template_files
from tactd.adapters.exports import IMPORTED, TROUBLE, ExportFolder
from tactd.adapters.mailbox import Mailbox, MailboxSettings
from tactd.adapters.outbox import Outbox, SmtpSettings
from tactd.adapters.shared import make_usable
from tactd.adapters.staging import Staging
from tactd.adapters.store import Store, open_store
from tactd.config import (
    Config,
    Provider,
    load,
    policy_of,
    provider_for,
    read_secret,
    secret_problems,
)
from tactd.config import Mailbox as BoxConfig
from tactd.config.servers import LOOPBACK
from tactd.core.compose.template_set import Templates
from tactd.core.filing.words import Folder
from tactd.core.types import Policy, Verify
from tactd.errors import ConfigError
from tactd.flow.backlog import Backlog
from tactd.flow.desk import Desk
from tactd.flow.dispatch import Dispatch
from tactd.flow.reading_back import longest_window
from tactd.flow.rules import Rules
from tactd.flow.signed import SenderCheck
from tactd.intake import KeepInStore, News
from tactd.marketplaces.generic.form import Form
from tactd.parts import Parts
from tactd.pipeline import Pipeline
from tactd.service import Service
from tactd.shipped import packs, reader, shipped
from tactd.writer import Writer


def _random_token() -> str:
    return secrets.token_hex(12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Knobs:
    """What tests and the demo turn that a seller does not: clock, chance and timings."""

    clock: Callable[[], datetime] = wall_clock.now
    token: Callable[[], str] = _random_token
    jitter: Callable[[], float] = random.random
    mailbox: Mapping[str, object] = field(default_factory=dict)  # fields of MailboxSettings
    export_settle: timedelta | None = None
    nameserver: tuple[str, int] | None = None  # address and port; None: the system's


DEFAULT_KNOBS = Knobs()


def read_templates(config: Config) -> Templates:
    """The shipped texts with the seller's own over them. Raises ConfigError for a broken one."""
    loaded = template_files.load(shipped("templates"), config.replies.templates)
    if loaded.problems:
        raise ConfigError(list(loaded.problems))
    return loaded.templates


def rules(config: Config) -> Rules:
    return Rules.of(policy(config), read_templates(config))


def policy(config: Config) -> Policy:
    return policy_of(config, packs(), reader())


def store(config: Config) -> Store:
    """Raises StoreError."""
    return open_store(config.store.url)


def mailbox_settings(
    box: BoxConfig, config: Config, env: Mapping[str, str], knobs: Knobs = DEFAULT_KNOBS
) -> MailboxSettings:
    settings: dict[str, object] = {
        "name": box.name,
        "host": box.imap.host,
        "port": box.imap.port,
        "security": box.imap.security,
        "user": box.user,
        "password": partial(read_secret, box.password, env),
        "inbox": box.folders.inbox,
        "sent": box.folders.sent,
        "tls": _tls(box),
        "first_window": config.replies.max_age,
        **_imap_habits(box, config),
    }
    return MailboxSettings(**{**settings, **knobs.mailbox})  # type: ignore[arg-type]


def smtp_settings(box: BoxConfig, config: Config, env: Mapping[str, str]) -> SmtpSettings:
    return SmtpSettings(
        name=box.name,
        host=box.smtp.host,
        port=box.smtp.port,
        security=box.smtp.security,
        user=box.user,
        password=partial(read_secret, box.password, env),
        tls=_tls(box),
        **_smtp_habits(box, config),
    )


def _imap_habits(box: BoxConfig, config: Config) -> dict[str, Any]:
    keeper, sender = _providers(box)
    habits: dict[str, Any] = {"keeps_message_id": sender is None or sender.keeps_message_id}
    if keeper is not None:
        habits |= {
            "idle": keeper.idle,
            "needs_id": keeper.needs_id,
            "hint": keeper.hint.in_language(config.seller.language),
        }
    return habits


def _smtp_habits(box: BoxConfig, config: Config) -> dict[str, Any]:
    _, sender = _providers(box)
    if sender is None:
        return {}
    return {
        "mails_per_connection": sender.messages_per_connection,
        "login_every": sender.login_every.total_seconds(),
        "quota": sender.quota,
        "hint": sender.hint.in_language(config.seller.language),
    }


def saves_sent(box: BoxConfig) -> bool:
    """Whether no copy is to be laid into Sent: what goes out lies there by itself, because the one
    who sends also keeps the mailbox; or there is no Sent."""
    keeper, sender = _providers(box)
    if box.folders.sent == "none":
        return True
    return sender is not None and sender is keeper and sender.saves_sent


def oauth_hint(box: BoxConfig, config: Config) -> str:
    """What to do where this mailbox wants a sign-in that tactd cannot do yet; "" elsewhere, and
    behind a local proxy that signs in."""
    keeper, _ = _providers(box)
    if keeper is None or keeper.sign_in != "oauth" or box.imap.host in LOOPBACK:
        return ""
    return keeper.hint.in_language(config.seller.language)


def _providers(box: BoxConfig) -> tuple[Provider | None, Provider | None]:
    """Who keeps the mailbox, and who sends for it."""
    return provider_for(box.address, box.imap.host), provider_for(box.address, box.smtp.host)


def service(
    config: Config, env: Mapping[str, str] | None = None, knobs: Knobs = DEFAULT_KNOBS
) -> Service:
    """A daemon that is ready to run. Raises ConfigError, FolderError, StoreError."""
    env = os.environ if env is None else env
    if problems := secret_problems(config, env):
        raise ConfigError(problems)
    make_usable("[replies] folder", config.replies.folder, Folder)
    make_usable("[orders] folder", config.orders.folder, (IMPORTED, TROUBLE))
    held = store(config)
    backlog = Backlog(config.store.url)
    pipeline = Pipeline(held, rules(config), knobs.clock, knobs.token, backlog)
    writer, news = Writer(), News()
    keeper = KeepInStore(writer, pipeline, news, sender_checks(config, knobs))
    mailboxes = {
        box.name: Mailbox(
            replace(
                mailbox_settings(box, config, env, knobs),
                sent_window=lambda: longest_window(pipeline.rules.policy.limits),
            ),
            keeper,
        )
        for box in config.mailboxes
    }
    outboxes = {box.name: Outbox(smtp_settings(box, config, env)) for box in config.mailboxes}
    saves = {box.name for box in config.mailboxes if saves_sent(box)}
    dispatch = Dispatch(
        store=held,
        writer=writer,
        outboxes=outboxes,
        mailboxes=mailboxes,
        policy=lambda: pipeline.rules.policy,
        clock=knobs.clock,
        jitter=knobs.jitter,
        saves_itself=saves.__contains__,
        ripen=pipeline.ripen,
    )
    desk = Desk(
        store=held,
        staging=Staging(config.replies.folder),
        rules=lambda: pipeline.rules,
        clock=knobs.clock,
        token=knobs.token,
        redraw=pipeline.draw_again,
    )
    return Service(
        Parts(
            store=held,
            writer=writer,
            pipeline=pipeline,
            desk=desk,
            dispatch=dispatch,
            exports=exports(config, knobs),
            forms=list(forms(config)),
            keeper=keeper,
            mailboxes=mailboxes,
            outboxes=outboxes,
            clock=knobs.clock,
            news=news,
        )
    )


def sender_checks(config: Config, knobs: Knobs = DEFAULT_KNOBS) -> dict[str, SenderCheck]:
    """For the mailboxes whose senders we check ourselves."""
    boxes = [box.name for box in config.mailboxes if box.verify is Verify.DKIM]
    if not boxes:
        return {}
    from tactd.adapters.dkim import Signatures  # loads slowly, and few need it

    return dict.fromkeys(boxes, SenderCheck(Signatures(knobs.nameserver), knobs.clock))


def exports(config: Config, knobs: Knobs = DEFAULT_KNOBS) -> ExportFolder:
    if knobs.export_settle is None:
        return ExportFolder(config.orders.folder)
    return ExportFolder(config.orders.folder, settle=knobs.export_settle)


def forms(config: Config) -> tuple[Form, ...]:
    """The exports that the seller has described."""
    return tuple(columns.form() for columns in config.orders.columns)


def reload(running: Service, path: Path, env: Mapping[str, str], now_using: Config) -> Config:
    """Read the configuration and templates anew. A bad one is refused and the old one stays; a
    change of mailboxes, store or folders needs a restart and is said so."""
    try:
        config = load(path, env)
        fresh = _with_mailboxes_of(running.parts.pipeline.rules, rules(config))
    except ConfigError as error:
        for problem in error.problems:
            log.event("reload_refused", level="error", problem=problem)
        running.reloaded(error.problems)
        return now_using
    running.parts.pipeline.rules = fresh
    running.parts.forms[:] = forms(config)
    fixed = ("mailboxes", "store", "orders.folder", "replies.folder")
    changed = [name for name in fixed if attrgetter(name)(config) != attrgetter(name)(now_using)]
    if changed:
        log.event("reload_needs_restart", level="warning", sections=" ".join(changed))
    running.reloaded([])
    log.event("reloaded", policy=fresh.digest)
    return config


def _with_mailboxes_of(running: Rules, fresh: Rules) -> Rules:
    """Mail goes on coming in, and out, under the names of the mailboxes that are watched."""
    policy = replace(fresh.policy, mailboxes=running.policy.mailboxes)
    return Rules.of(policy, fresh.templates)


def _tls(box: BoxConfig) -> ssl.SSLContext | None:
    return ssl.create_default_context(cafile=str(box.ca_file)) if box.ca_file else None
