from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tactd.config import Config, SecretSource, Server, load, secret_problems
from tactd.config.load import read_toml
from tactd.core.types import Days, Mode, Rule, Situation
from tactd.errors import ConfigError

SELLER = """
[seller]
name = "Blue Sheep Outdoor"
language = "en"
timezone = "Europe/Berlin"
address = "me@example.com"
"""
MAILBOX = """
[[mailbox]]
name = "shop"
address = "shop@example.com"
imap = "imaps://imap.example.com"
smtp = "smtps://smtp.example.com"
password = { env = "SHOP_PASSWORD" }
"""
LEAST = SELLER + MAILBOX


def loaded(folder: Path, text: str, env: Mapping[str, str] | None = None) -> Config:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return load(path, env or {})


def problems(folder: Path, text: str) -> list[str]:
    with pytest.raises(ConfigError) as refusal:
        loaded(folder, text)
    assert refusal.value.exit_code == 78
    return refusal.value.problems


def test_a_seller_and_a_mailbox_are_enough(tmp_path: Path) -> None:
    config = loaded(tmp_path, LEAST)
    assert config.replies.mode is Mode.STAGE
    assert config.limits.answers[1] == Rule(4, timedelta(hours=24))
    assert config.delivery.default == Days(15, 30)
    box = config.mailboxes[0]
    assert (box.user, box.folders.sent) == ("shop@example.com", "auto")
    assert box.imap == Server("imap.example.com", 993, "tls")
    assert box.password == SecretSource("env", "SHOP_PASSWORD")


def test_paths_count_from_the_files_own_folder(tmp_path: Path) -> None:
    text = LEAST + '[replies]\nfolder = "/srv/replies"\ntemplates = "~/texts"\n'
    config = loaded(tmp_path, text, {"HOME": "/home/jane"})
    assert config.orders.folder == tmp_path / "orders"
    assert config.replies.folder == Path("/srv/replies")
    assert config.replies.templates == Path("/home/jane/texts")
    assert config.store.path == tmp_path / "tactd.db"
    assert config.store.url == f"sqlite:///{tmp_path}/tactd.db"


def test_a_home_that_is_unknown_is_not_guessed(tmp_path: Path) -> None:
    found = problems(tmp_path, LEAST + '[orders]\nfolder = "~/orders"\n')
    assert len(found) == 1
    assert "$HOME is not set" in found[0]


def test_mode_auto_and_its_situations_are_accepted(tmp_path: Path) -> None:
    text = LEAST + '[replies]\nmode = "auto"\nauto = ["dispatched"]\n'
    replies = loaded(tmp_path, text).replies
    assert (replies.mode, replies.auto) == (Mode.AUTO, (Situation.DISPATCHED,))


def test_off_switches_a_limit_off_and_one_limit_needs_no_brackets(tmp_path: Path) -> None:
    text = LEAST + '[limits]\nanswers = "off"\nunasked = "1 per 3 days"\nquiet_hours = "off"\n'
    limits = loaded(tmp_path, text).limits
    assert (limits.answers, limits.quiet_hours) == ((), None)
    assert limits.unasked == (Rule(1, timedelta(days=3)),)


def test_the_servers_of_a_known_provider_may_be_left_out(tmp_path: Path) -> None:
    box = '[[mailbox]]\nname = "g"\naddress = "shop@GMAIL.com"\npassword = { env = "X" }\n'
    config = loaded(tmp_path, SELLER + box)
    assert config.mailboxes[0].imap == Server("imap.gmail.com", 993, "tls")
    assert config.mailboxes[0].smtp == Server("smtp.gmail.com", 465, "tls")


def test_everything_that_is_wrong_is_reported_at_once(tmp_path: Path) -> None:
    text = """
    mode = "auto"
    [seller]
    name = "Blue Sheep Outdoor"
    language = "xx"
    timezone = "Asia/Shangai"
    address = "me at home"
    [[mailbox]]
    name = "shop"
    address = "shop@example.com"
    imap = "imap://imap.example.com"
    smtp = "smtps://jane:hunter2@smtp.example.com"
    password = "hunter2"
    folders = { inbx = "INBOX" }
    [[mailbox]]
    name = "Shop"
    address = "other@example.com"
    aliases = ["SHOP@example.com"]
    imap = "imaps://imap.example.com"
    password = { env = "X" }
    [replies]
    setle = "3 minutes"
    mode = "aut"
    auto = ["in_transit", "in_transt"]
    max_age = 72
    [limits]
    answers = ["1 per 10 minutes", "4 per 24"]
    unasked = []
    per_mailbox = 0
    [delivery]
    ship_from = "UK"
    quiet_hours = "off"
    [delivery.season]
    from = "11-15"
    [proactive]
    progress = "allways"
    [limitz]
    """
    found = problems(tmp_path, text)
    assert sorted(found) == sorted(
        [
            "mode: unknown here; it belongs in [replies]",
            'seller.language: "xx" - unknown; write one of '
            "ar, de, en, es, fr, id, it, ja, ko, nl, pl, pt, ru, tr, zh, pt-BR, zh-Hant",
            'seller.timezone: "Asia/Shangai" - no such time zone; did you mean "Asia/Shanghai"?',
            'seller.address: "me at home" - write one mail address and nothing else, '
            'as in "me@example.com"',
            'mailbox[0].imap: "imap://imap.example.com" - would send the password in the clear: '
            'write "imaps://imap.example.com"',
            'mailbox[0].smtp: no name or password in it: they go into "user" and "password"',
            "mailbox[0].password: a password must not stand in this file: write "
            '{ credential = "shop" }, { file = "shop.password" } or { env = "SHOP_PASSWORD" }',
            "mailbox[0].folders.inbx: unknown; did you mean inbox?",
            'mailbox[1].smtp: missing; write smtp = "smtps://smtp.example.com"',
            'mailbox[1].name: "Shop" - is the same as mailbox[0].name',
            'mailbox[1].aliases[0]: "SHOP@example.com" - is the same as mailbox[0].address',
            "replies.setle: unknown; did you mean settle?",
            'replies.mode: "aut" - unknown; did you mean "auto"?',
            'replies.auto[1]: "in_transt" - unknown; did you mean "in_transit"?',
            'replies.max_age: 72 - write it in quotes, as in "72 hours"',
            'limits.answers[1]: "4 per 24" - write it as "4 per 24 hours"',
            "limits.unasked: an empty list is refused: "
            'write a list such as ["4 per 24 hours"], or "off" for no limit',
            "limits.per_mailbox: 0 - 0 is refused, for it would stop all mail: "
            'write "off" for no limit, or mode = "stage" to send nothing by itself',
            'delivery.ship_from: "UK" - no such country; write "GB"',
            "delivery.quiet_hours: unknown here; it belongs in [limits]",
            "delivery.season: may be repeated: write its heading with two pairs of brackets, [[…]]",
            'proactive.progress: "allways" - unknown; write one of off, asked, everyone',
            "limitz: unknown; did you mean limits?",
        ]
    )
    assert "hunter2" not in "\n".join(found)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "seller: missing; it is a section of its own"),
        ("mailbox = []", "mailbox: at least one [[mailbox]] is needed"),
        ("seller = 3", "seller: is not a section of keys and values"),
        (LEAST + '[store]\nurl = "sqlite:///:memory:"', "store.url"),
        (LEAST + '[store]\nurl = "postgresql://db"', 'write it as "sqlite:///tactd.db"'),
        (LEAST + 'ca_file = "none.pem"', "mailbox[0].ca_file"),
        (LEAST + 'aliases = "x@example.com"', "mailbox[0].aliases: write a list"),
        (LEAST.replace("Blue", "Blue\\n"), "seller.name"),
        (LEAST.replace("Europe/Berlin", "Europe"), "no such time zone"),
        (LEAST.replace("Europe/Berlin", "../../etc/passwd"), "no such time zone"),
        (LEAST.replace("me@example.com", "a@example.com, b@example.com"), "one mail address"),
        (LEAST.replace("me@example.com", "a@example.com\\nBcc: b@example.com"), "one mail address"),
        (LEAST.replace('"shop"', '"a/b"'), "mailbox[0].name"),
    ],
)
def test_each_wrong_value_is_named_by_its_key(tmp_path: Path, text: str, problem: str) -> None:
    assert problem in "\n".join(problems(tmp_path, text))


def test_a_mistake_of_syntax_is_reported_with_its_line(tmp_path: Path) -> None:
    found = problems(tmp_path, "[seller]\nname = \n")
    assert len(found) == 1
    assert "config.toml" in found[0]
    assert "line 2" in found[0]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.toml: there is no such file"):
        load(tmp_path / "none.toml", {})


def test_a_file_saved_by_a_windows_editor_is_read(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"\xef\xbb\xbf" + LEAST.replace("\n", "\r\n").encode())
    assert load(path, {}).seller.name == "Blue Sheep Outdoor"
    path.write_bytes(LEAST.encode("utf-16"))
    with pytest.raises(ConfigError, match="is not UTF-8"):
        load(path, {})


def test_passwords_are_not_needed_to_load_but_are_reported_on_request(tmp_path: Path) -> None:
    config = loaded(tmp_path, LEAST)
    assert secret_problems(config, {"SHOP_PASSWORD": "x"}) == []
    assert secret_problems(config, {}) == [
        "mailbox[0].password: the environment variable SHOP_PASSWORD is not set"
    ]


@given(st.binary(max_size=200))
def test_any_bytes_are_toml_or_a_configuration_error(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(data)
    try:
        assert isinstance(read_toml(path), dict)
    except ConfigError as refusal:
        assert len(refusal.problems) == 1


def test_a_loaded_configuration_cannot_be_changed(tmp_path: Path) -> None:
    config = loaded(tmp_path, LEAST)
    with pytest.raises(ValueError, match="frozen"):
        config.replies.mode = Mode.AUTO
