"""The outbox against a well-behaved server, with TLS, login and a connection that is kept."""

from __future__ import annotations

import asyncio
import shutil
import ssl
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from servers.smtp_faults import faulty_smtp
from servers.smtp_recorder import client_context, self_signed, server_context, smtp_recorder
from tactd.adapters.outbox import (
    Delivery,
    Fate,
    Outbox,
    SmtpSettings,
    Stage,
    Timeouts,
    check_login,
)
from tactd.core.envelope import Letter, wire
from tactd.errors import ConfigError

LETTER = Letter(
    sender_name="蓝羊户外",
    sender="shop@example.com",
    recipient="jane@example.org",
    subject="Re: Wo ist mein Zelt?",
    body="您好,\n\n.\n..\nFrom here it goes by sea.\n" + "长" * 2000,
    message_id="<4f2a.tactd@example.com>",
    date=datetime(2026, 11, 22, 14, 30, tzinfo=UTC),
    private_id="r-17",
    auto=True,
)
PLAIN = SmtpSettings(name="shop", host="127.0.0.1", port=0, security="plain")
needs_openssl = pytest.mark.skipif(
    shutil.which("openssl") is None, reason="needs the openssl command: apt-get install openssl"
)


@pytest.fixture(scope="session")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return self_signed(tmp_path_factory.mktemp("tls"))


def over_tls(pem: Path, port: int) -> SmtpSettings:
    return SmtpSettings(
        name="shop",
        host="localhost",
        port=port,
        security="tls",
        user="shop@example.com",
        password=lambda: "secret",
        tls=client_context(pem),
        timeouts=Timeouts(connect=5, login=5),
    )


async def send(outbox: Outbox, recipient: str = "jane@example.org") -> Delivery:
    return await outbox.send("shop@example.com", recipient, wire(LETTER))


async def test_the_bytes_that_arrive_are_the_bytes_that_were_stored() -> None:
    async with smtp_recorder() as server:
        outbox = Outbox(replace(PLAIN, port=server.port))
        delivery = await send(outbox)
        await outbox.close()
    assert delivery == Delivery(Fate.ACCEPTED, 250, "2.0.0 recorded", Stage.DATA)
    assert server.mails[0].raw == wire(LETTER)
    assert server.mails[0].sender == "shop@example.com"
    assert server.mails[0].recipients == ("jane@example.org",)
    assert server.mails[0].options == ()


@needs_openssl
async def test_tls_from_the_first_byte_with_login(pem: Path) -> None:
    async with smtp_recorder(tls=server_context(pem)) as server:
        outbox = Outbox(over_tls(pem, server.port))
        assert (await send(outbox)).fate is Fate.ACCEPTED
        await outbox.close()
    assert server.logins == [("shop@example.com", "secret")]


@needs_openssl
async def test_starttls_with_login(pem: Path) -> None:
    async with smtp_recorder(starttls=server_context(pem)) as server:
        outbox = Outbox(replace(over_tls(pem, server.port), security="starttls"))
        assert (await send(outbox)).fate is Fate.ACCEPTED
        await outbox.close()
    assert server.mails[0].encrypted


@needs_openssl
@pytest.mark.parametrize("security", ["tls", "starttls"])
async def test_a_certificate_that_nobody_vouches_for_gets_no_mail_and_no_password(
    pem: Path, security: str
) -> None:
    context = server_context(pem)
    tls, starttls = (context, None) if security == "tls" else (None, context)
    async with smtp_recorder(tls=tls, starttls=starttls) as server:
        distrustful = replace(
            over_tls(pem, server.port),
            security=security,  # type: ignore[arg-type]
            tls=ssl.create_default_context(),
        )
        delivery = await send(Outbox(distrustful))
    assert (delivery.fate, delivery.stage) == (Fate.TRANSIENT, Stage.CONNECT)
    assert "certificate" in delivery.text.lower()
    assert server.logins == []
    assert server.mails == []


@needs_openssl
async def test_a_wrong_password_pauses_the_account_after_one_try(pem: Path) -> None:
    async with smtp_recorder(tls=server_context(pem)) as server:
        wrong = replace(over_tls(pem, server.port), password=lambda: "guess")
        delivery = await send(Outbox(wrong))
    assert (delivery.fate, delivery.code, delivery.stage) == (Fate.ACCOUNT, 535, Stage.LOGIN)
    assert "guess" not in delivery.text
    assert len(server.logins) == 1
    assert server.mails == []


@needs_openssl
async def test_the_login_check_says_nothing_when_all_is_well_and_else_what_is_wrong(
    pem: Path,
) -> None:
    async with smtp_recorder(tls=server_context(pem)) as server:
        right = over_tls(pem, server.port)
        assert await check_login(right) is None
        problem = await check_login(replace(right, password=lambda: "guess"))
    assert problem is not None
    assert problem.startswith(f"shop: SMTP localhost:{server.port}: login failed: 535 ")
    assert server.mails == []


async def test_the_login_check_names_a_server_that_is_not_there() -> None:
    problem = await check_login(replace(PLAIN, port=1))
    assert problem is not None
    assert problem.startswith("shop: SMTP 127.0.0.1:1: connect failed: ")


async def test_several_mails_share_one_connection_also_when_sent_at_once() -> None:
    async with smtp_recorder() as server:
        outbox = Outbox(replace(PLAIN, port=server.port))
        deliveries = await asyncio.gather(*(send(outbox, f"b{n}@example.org") for n in range(5)))
        await outbox.close()
    assert {delivery.fate for delivery in deliveries} == {Fate.ACCEPTED}
    assert [mail.recipients for mail in server.mails] == [(f"b{n}@example.org",) for n in range(5)]
    assert server.sessions == 1


async def test_a_connection_carries_no_more_mails_than_the_provider_allows() -> None:
    async with faulty_smtp({}) as server:
        outbox = Outbox(replace(PLAIN, port=server.port, mails_per_connection=2))
        for _ in range(5):
            assert (await send(outbox)).fate is Fate.ACCEPTED
        await outbox.close()
    assert server.sessions == 3
    assert server.commands.count("QUIT") == 3


async def test_an_idle_connection_is_closed_politely_and_the_next_mail_opens_a_new_one() -> None:
    async with faulty_smtp({}) as server:
        outbox = Outbox(replace(PLAIN, port=server.port, idle_close=0.05))
        await send(outbox)
        await asyncio.wait_for(server.gone.wait(), 2)
        assert server.commands[-1] == "QUIT"
        assert (await send(outbox)).fate is Fate.ACCEPTED
        await outbox.close()
    assert server.sessions == 2


async def test_closing_twice_or_before_the_first_mail_is_harmless() -> None:
    outbox = Outbox(PLAIN)
    await outbox.close()
    await outbox.close()


async def test_this_machines_name_is_not_told_to_the_server() -> None:
    async with faulty_smtp({}) as server:
        outbox = Outbox(replace(PLAIN, port=server.port))
        await send(outbox)
        await outbox.close()
    assert server.commands[0] == "EHLO [127.0.0.1]"


async def test_smtputf8_is_asked_for_only_where_an_address_needs_it() -> None:
    async with smtp_recorder() as server:
        outbox = Outbox(replace(PLAIN, port=server.port))
        assert (await send(outbox, "jürgen@example.org")).fate is Fate.ACCEPTED
        assert (await send(outbox)).fate is Fate.ACCEPTED
        await outbox.close()
    assert [mail.options for mail in server.mails] == [("SMTPUTF8", "BODY=8BITMIME"), ()]
    assert server.mails[0].recipients == ("jürgen@example.org",)


async def test_an_address_that_the_server_cannot_take_is_refused_for_good_with_a_clear_text() -> (
    None
):
    async with smtp_recorder(smtputf8=False) as server:
        delivery = await send(Outbox(replace(PLAIN, port=server.port)), "jürgen@example.org")
    assert (delivery.fate, delivery.stage) == (Fate.PERMANENT, Stage.RCPT)
    assert "SMTPUTF8" in delivery.text
    assert server.mails == []


@pytest.mark.parametrize(
    "recipient",
    [
        "jane@example.org, eve@example.net",
        "Jane <jane@example.org>",
        "jane@example.org>\r\nRCPT TO:<eve@example.net",
        "",
    ],
)
async def test_a_malformed_recipient_is_refused_before_anything_is_said(recipient: str) -> None:
    async with faulty_smtp({}) as server:
        delivery = await send(Outbox(replace(PLAIN, port=server.port)), recipient)
    assert (delivery.fate, delivery.stage) == (Fate.PERMANENT, Stage.RCPT)
    assert server.commands == []


@pytest.mark.parametrize("host", ["smtp.example.com", "192.0.2.1", "localhost.example.com"])
def test_plain_text_to_another_machine_is_refused(host: str) -> None:
    with pytest.raises(ConfigError, match="needs TLS"):
        replace(PLAIN, host=host)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost"])
def test_plain_text_on_the_loopback_is_allowed(host: str) -> None:
    assert replace(PLAIN, host=host).host == host


def test_a_final_answer_is_waited_for_ten_minutes() -> None:
    assert PLAIN.timeouts.data == 600
    assert PLAIN.idle_close == 60
