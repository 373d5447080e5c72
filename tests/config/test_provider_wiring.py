"""From the address and servers in config.toml to what the daemon's parts know of the provider."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from shop import CONFIG
from tactd import wiring
from tactd.adapters.mailbox import CheckResult
from tactd.adapters.outbox import SmtpSettings
from tactd.config import Config, Mailbox, load, policy_of
from tactd.core.types import Rule
from tactd.screens import check

OWN = 'imap = "imap://127.0.0.1:1"\nsmtp = "smtp://127.0.0.1:1"\n'  # tells nothing: a local proxy


def configured(root: Path, address: str, servers: str = "", language: str = "en") -> Config:
    """`servers` as lines of config.toml; none: the preset's."""
    text = CONFIG.format(
        imap=1, smtp=1, user="seller", mode="stage", auto="[]", language=language, more=""
    )
    assert OWN in text
    text = text.replace(OWN, servers).replace("shop@example.org", address)
    path = root / "config.toml"
    path.write_text(text, encoding="utf-8")
    return load(path, {})


def box_of(config: Config) -> Mailbox:
    (box,) = config.mailboxes
    return box


def test_netease_is_asked_introduced_to_and_sent_to_in_small_portions(tmp_path: Path) -> None:
    config = configured(tmp_path, "shop@163.com", language="zh")
    imap = wiring.mailbox_settings(box_of(config), config, {})
    smtp = wiring.smtp_settings(box_of(config), config, {})
    assert (imap.host, imap.idle, imap.needs_id) == ("imap.163.com", False, True)
    assert "授权码" in imap.hint
    assert smtp.hint == imap.hint
    assert (smtp.mails_per_connection, smtp.login_every) == (20, 5.0)
    assert {sign.says for sign in smtp.quota} >= {"mi:sfq", "mi:stc"}


def test_of_a_server_that_nobody_knows_nothing_is_supposed(tmp_path: Path) -> None:
    config = configured(tmp_path, "shop@example.org", OWN)
    imap = wiring.mailbox_settings(box_of(config), config, {})
    smtp = wiring.smtp_settings(box_of(config), config, {})
    assert (imap.idle, imap.needs_id, imap.keeps_message_id, imap.hint) == (True, False, True, "")
    assert (smtp.mails_per_connection, smtp.login_every, smtp.quota, smtp.hint) == (None, 0, (), "")
    assert policy_of(config, {}).mailbox("shop").budget == ()
    assert not wiring.saves_sent(box_of(config))


def servers(imap: str, smtp: str) -> str:
    return f'imap = "imaps://{imap}"\nsmtp = "smtps://{smtp}"\n'


@pytest.mark.parametrize(
    ("address", "lines", "saves"),
    [
        ("shop@gmail.com", "", True),
        ("shop@gmail.com", OWN, True),
        ("shop@blue.example", servers("imap.gmail.com", "smtp.gmail.com"), True),
        ("shop@blue.example", servers("outlook.office365.com", "smtp.office365.com"), True),
        ("shop@hotmail.com", "", True),
        ("shop@blue.example", servers("imap.blue.example", "smtp.gmail.com"), False),
        ("shop@gmail.com", servers("imap.gmail.com", "smtp.blue.example"), False),
        ("shop@blue.example", servers("imap.notgmail.com", "smtp.notgmail.com"), False),
        ("shop@qq.com", "", False),
    ],
)
def test_no_copy_is_laid_into_sent_where_the_same_provider_sends_keeps_and_copies(
    tmp_path: Path, address: str, lines: str, saves: bool
) -> None:
    assert wiring.saves_sent(box_of(configured(tmp_path, address, lines))) is saves


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        (servers("outlook.office365.com", "smtp.office365.com"), False),
        (servers("imap.blue.example", "smtp.office365.com"), False),
        (servers("outlook.office365.com", "smtp.blue.example"), True),
    ],
)
def test_the_one_who_sends_rewrites_the_message_id(tmp_path: Path, lines: str, kept: bool) -> None:
    config = configured(tmp_path, "shop@blue.example", lines)
    assert wiring.mailbox_settings(box_of(config), config, {}).keeps_message_id is kept


def test_a_mailbox_carries_half_of_what_its_provider_allows_beside_the_sellers_own_limits(
    tmp_path: Path,
) -> None:
    policy = policy_of(configured(tmp_path, "shop@gmail.com"), {})
    assert policy.mailbox("shop").budget == (Rule(250, timedelta(hours=24)),)
    assert policy.limits.per_mailbox == (
        Rule(30, timedelta(hours=1)),
        Rule(200, timedelta(days=1)),
    )


def test_where_only_oauth_signs_in_it_is_said_but_not_behind_a_proxy_that_does_it(
    tmp_path: Path,
) -> None:
    direct = configured(tmp_path, "shop@outlook.com", language="zh")
    assert "OAuth" in wiring.oauth_hint(box_of(direct), direct)
    assert "目前还不支持" in wiring.oauth_hint(box_of(direct), direct)
    proxied = configured(tmp_path, "shop@outlook.com", OWN)
    assert wiring.oauth_hint(box_of(proxied), proxied) == ""
    other = configured(tmp_path, "shop@gmail.com")
    assert wiring.oauth_hint(box_of(other), other) == ""


@pytest.mark.parametrize(
    ("problem", "said"),
    [("the server is not found", True), ("", False), ("LOGIN failed; {hint}", False)],
)
def test_check_says_once_that_oauth_comes_later_where_the_login_does_not_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, problem: str, said: bool
) -> None:
    async def refused(settings: SmtpSettings) -> str:
        return "not asked in this test"

    config = configured(tmp_path, "shop@outlook.com")
    hint = wiring.oauth_hint(box_of(config), config)
    seen = CheckResult(problem=problem.format(hint=hint))
    monkeypatch.setattr("tactd.adapters.mailbox.check_login", lambda settings: seen)
    monkeypatch.setattr("tactd.adapters.outbox.check_login", refused)
    (told,) = check.logins(config, {})
    assert (hint in told["hints"]) is said
