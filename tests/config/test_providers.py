from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from tactd.config.providers import Provider, presets, provider_for, providers
from tactd.config.servers import Server, server
from tactd.core.fate import quota_sign
from tactd.core.types import Rule

DAY = timedelta(days=1)
ALL = pytest.mark.parametrize("provider", providers(), ids=lambda one: one.name)
BY_NAME = {one.name: one for one in providers()}


@pytest.mark.parametrize(
    ("address", "host", "name"),
    [
        ("jane@gmail.com", "", "gmail"),
        ("jane@GMail.com", "IMAP.gmail.com.", "gmail"),
        ("shop@blue.example", "imap.gmail.com", "google-workspace"),
        ("jane@hotmail.com", "", "outlook"),
        ("jane@hotmail.com", "outlook.office365.com", "outlook"),
        ("shop@blue.example", "outlook.office365.com", "microsoft-365"),
        ("shop@blue.example", "smtp.office365.com", "microsoft-365"),
        ("shop@163.com", "imap.163.com", "netease"),
        ("shop@126.com", "", "netease"),
        ("shop@yeah.net", "smtp.yeah.net", "netease"),
        ("shop@blue.example", "imap.qiye.163.com", "netease-company"),
        ("123456@qq.com", "", "qq"),
        ("shop@foxmail.com", "imap.qq.com", "qq"),
        ("shop@blue.example", "imap.exmail.qq.com", "exmail"),
        ("shop@ya.ru", "imap.yandex.ru", "yandex"),
        ("jane@me.com", "", "icloud"),
        ("shop@blue.example", "imappro.zoho.com", "zoho"),
        ("shop@blue.example", "imap.zoho.eu", "zoho"),
        ("shop@blue.example", "imap.fastmail.com", "fastmail"),
        ("jane@yahoo.com", "", "yahoo"),
        ("jane@bk.ru", "imap.mail.ru", "mail.ru"),
        ("jane@gmx.de", "mail.gmx.net", "gmx"),
        ("jane@web.de", "", "web.de"),
    ],
)
def test_a_provider_is_known_by_the_host_and_else_by_the_address(
    address: str, host: str, name: str
) -> None:
    found = provider_for(address, host)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("shop@blue.example", ""),
        ("shop@blue.example", "127.0.0.1"),
        ("shop@blue.example", "mail.blue.example"),
        ("shop@blue.example", "imap.evil163.com"),
        ("shop@blue.example", "imap.163.com.evil.example"),
        ("shop@notgmail.com", ""),
        ("", ""),
    ],
)
def test_nothing_is_supposed_of_a_provider_that_is_not_known(address: str, host: str) -> None:
    assert provider_for(address, host) is None


def test_an_address_that_another_server_keeps_is_not_its_domains_providers() -> None:
    assert provider_for("shop@gmail.com", "imap.example.com") is None


def test_behind_a_local_proxy_the_address_tells_the_provider() -> None:
    found = provider_for("shop@outlook.com", "127.0.0.1")
    assert found is BY_NAME["outlook"]


@given(st.text(), st.text())
def test_whatever_stands_there_looking_up_never_fails(address: str, host: str) -> None:
    found = provider_for(address, host)
    assert found is None or found in providers()


@ALL
def test_every_server_is_reached_by_tls_alone_and_belongs_to_its_provider(
    provider: Provider,
) -> None:
    for domain in provider.domains or ("blue.example",):
        for protocol, url in provider.servers(domain).items():
            found: Server = server(url, protocol)
            assert found.security != "plain"
            assert provider.serves(found.host)
            assert provider_for(f"shop@{domain}", found.host) is provider


def test_no_two_providers_claim_one_domain() -> None:
    claimed = [domain for one in providers() for domain in one.domains]
    assert sorted(claimed) == sorted(presets())
    assert len({one.name for one in providers()}) == len(providers())


@ALL
def test_there_is_always_a_budget_and_never_above_half_of_what_is_allowed(
    provider: Provider,
) -> None:
    allowed = provider.allowed()
    assert allowed
    assert any(rule.period >= DAY or rule.count <= 50 for rule in allowed)
    for known in provider.limits:
        assert Rule(known.count // 2, known.period) in allowed


def test_the_budgets_that_sellers_may_rely_on() -> None:
    budgets = {name: BY_NAME[name].allowed() for name in ("google-workspace", "netease", "qq")}
    assert budgets == {
        "google-workspace": (Rule(1000, DAY),),
        "netease": (Rule(10, timedelta(minutes=15)), Rule(50, DAY)),
        "qq": (Rule(2, timedelta(minutes=1)), Rule(50, DAY)),
    }


@pytest.mark.parametrize(
    ("name", "code", "said", "pause"),
    [
        ("gmail", 550, "5.4.5 Daily user sending quota exceeded", timedelta(hours=24)),
        ("microsoft-365", 554, "5.2.0 SubmissionQuotaExceededException", timedelta(hours=24)),
        ("netease", 451, "MI:SFQ 163 smtp1,x", timedelta(minutes=15)),
        ("netease", 554, "MI:STC 163 smtp1,x", timedelta(hours=24)),
        ("netease", 450, "MI:DMC 163 smtp1,x", timedelta(minutes=1)),
        ("qq", 550, "Ip frequency limited", timedelta(hours=1)),
        ("zoho", 550, "5.4.6 Unusual sending activity", timedelta(hours=1)),
    ],
)
def test_a_full_quota_is_told_from_a_dead_address(
    name: str, code: int, said: str, pause: timedelta
) -> None:
    sign = quota_sign(BY_NAME[name].quota, code, said)
    assert sign is not None
    assert sign.pause == pause


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("gmail", 550, "5.1.1 The email account that you tried to reach does not exist"),
        ("netease", 554, "DT:SPM 163 smtp1,x"),
        ("netease", 550, "User not found: MI:STC"),
        ("qq", 550, "Mailbox not found"),
        ("outlook", 552, "5.2.2 mailbox full"),
    ],
)
def test_what_waiting_does_not_mend_is_no_quota(name: str, code: int, said: str) -> None:
    assert quota_sign(BY_NAME[name].quota, code, said) is None


def test_nothing_is_tried_for_more_than_a_day_once_yandex_blocks() -> None:
    """Each try while it blocks begins another 24 hours."""
    assert BY_NAME["yandex"].quota
    assert all(sign.pause > DAY for sign in BY_NAME["yandex"].quota)


@ALL
def test_signs_are_written_so_that_they_can_be_found(provider: Provider) -> None:
    for sign in provider.quota:
        assert sign.says == sign.says.casefold().strip() != ""
        assert 400 <= sign.code < 600


def test_netease_is_told_who_we_are_and_asked_instead_of_waited_for() -> None:
    needing = {one.name for one in providers() if one.needs_id}
    assert needing == {"netease", "netease-company"}
    assert not BY_NAME["netease"].idle
    assert BY_NAME["netease"].messages_per_connection == 20
    assert BY_NAME["netease"].login_every == timedelta(seconds=5)


def test_google_and_microsoft_lay_the_copy_into_sent_themselves() -> None:
    saving = {one.name for one in providers() if one.saves_sent}
    assert saving == {"google-workspace", "gmail", "microsoft-365", "outlook"}


@ALL
def test_a_refused_login_comes_with_what_to_do_in_english_and_chinese(provider: Provider) -> None:
    hint = provider.hint
    assert hint.in_language("zh") == hint.in_language("zh-Hant") == hint.zh
    assert hint.in_language("de") == hint.en
    assert any("\u4e00" <= letter <= "\u9fff" for letter in hint.zh)
    words = {
        "app_password": "app",
        "authorisation_code": "code",
        "oauth": "OAuth",
        "password": "app",
    }
    assert words[provider.sign_in] in hint.en or "client password" in hint.en
    assert ("OAuth" in hint.en) == (provider.sign_in == "oauth")


@pytest.mark.parametrize(
    "change",
    [
        {"quota": [{"code": 550, "says": "x", "pause": "1 hour", "rests": "domain"}]},
        {"quota": [{"code": 550, "says": "x", "pause": "soon", "rests": "mailbox"}]},
        {"quota": [{"code": 550, "says": "x", "pause": "1 hour", "rests": "account", "why": ""}]},
        {"limit": ["5 per day"]},
        {"sign_in": "magic"},
        {"budget": ["5 a day"]},
        {"login_every": "5"},
    ],
)
def test_a_slip_in_the_file_is_refused(change: dict[str, object]) -> None:
    good: dict[str, object] = {
        "name": "blue",
        "title": "Blue",
        "imap": "imaps://imap.blue.example",
        "smtp": "smtps://smtp.blue.example",
        "sign_in": "password",
        "hint": {"en": "x", "zh": "x"},
    }
    read = TypeAdapter(Provider).validate_python
    assert read(good).name == "blue"
    with pytest.raises(ValidationError, match=str(next(iter(change)))):
        read({**good, **change})
