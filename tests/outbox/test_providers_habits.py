"""What the outbox makes of a provider's habits: its quotas, its logins, its advice."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from servers.smtp_faults import Act, Fault, FaultySmtp, faulty_smtp
from tactd.adapters.outbox import Delivery, Fate, Outbox, SmtpSettings, Timeouts, check_login
from tactd.config.providers import providers

BY_NAME = {one.name: one for one in providers()}
MAIL = b"From: shop@example.com\r\nSubject: Re: tent\r\n\r\nDear Jane\r\n"
HINT = "make an app password on its website"
DAY = timedelta(days=1)


def settings(server: FaultySmtp, name: str = "", **changed: object) -> SmtpSettings:
    """Those of a mailbox of that provider."""
    base = SmtpSettings(
        name="shop",
        host="127.0.0.1",
        port=server.port,
        security="plain",
        user="shop@example.com",
        password=lambda: "secret",
        timeouts=Timeouts(connect=2, login=2, command=2, data=2, quit=0.1),
        quota=BY_NAME[name].quota if name else (),
    )
    return replace(base, **changed)  # type: ignore[arg-type]


async def send(outbox: Outbox) -> Delivery:
    return await outbox.send("shop@example.com", "jane@example.org", MAIL)


async def refused(point: str, answer: str, name: str) -> Delivery:
    async with faulty_smtp({point: answer}) as server:
        outbox = Outbox(settings(server, name))
        delivery = await send(outbox)
        await outbox.close()
    assert server.accepted == []
    return delivery


QUOTAS = [
    ("gmail", "RCPT", "550 5.4.5 Daily user sending limit exceeded", DAY),
    ("gmail", "DOT", "550-5.4.5 Daily user sending quota\r\n550 5.4.5 exceeded - gsmtp", DAY),
    ("google-workspace", "AUTH", "454 4.7.0 Too many login attempts", timedelta(hours=1)),
    ("gmail", "CONNECT", "421 4.7.0 Try again later, closing connection", timedelta(hours=1)),
    ("netease", "MAIL", "451 MI:SFQ 163 smtp1,x", timedelta(minutes=15)),
    ("netease", "DOT", "554 MI:STC 163 smtp1,x 10.0.0.1", DAY),
    ("netease", "AUTH", "535 Error: authentication failed, too many times", timedelta(hours=1)),
    ("qq", "DOT", "550 Ip frequency limited", timedelta(hours=1)),
    ("exmail", "RCPT", "550 Domain frequency limited", timedelta(hours=1)),
    ("zoho", "RCPT", "550 5.4.6 Unusual sending activity detected", timedelta(hours=1)),
    ("zoho", "DOT", "550 5.4.6 Unusual sending activity detected", timedelta(hours=1)),
    ("yandex", "DOT", "554 5.7.1 [2] Message rejected under suspicion of SPAM", 25 * DAY / 24),
    ("yandex", "RCPT", "550 5.7.1 Spam limit exceeded", 25 * DAY / 24),
    ("microsoft-365", "DOT", "554 5.2.0 STOREDRV; SubmissionQuotaExceededException", DAY),
    ("outlook", "DOT", "554 5.2.0 STOREDRV; OutboundSpamException; Failed", DAY),
    ("microsoft-365", "RCPT", "550 5.7.30 Basic authentication is not supported", DAY / 24),
]


@pytest.mark.parametrize(("name", "point", "answer", "pause"), QUOTAS)
async def test_a_providers_quota_pauses_the_account_as_long_as_it_wants_and_condemns_no_address(
    name: str, point: str, answer: str, pause: timedelta
) -> None:
    delivery = await refused(point, answer, name)
    assert (delivery.fate, delivery.pause) == (Fate.ACCOUNT, pause)


@pytest.mark.parametrize(
    ("name", "point", "answer"),
    [
        ("gmail", "RCPT", "550 5.1.1 The email account that you tried to reach does not exist"),
        ("netease", "DOT", "554 DT:SPM 163 smtp1,x"),
        ("yandex", "RCPT", "552 5.2.2 Mailbox size limit exceeded"),
        ("qq", "RCPT", "550 Mailbox not found"),
        ("", "RCPT", "550 5.4.6 no such user"),
    ],
)
async def test_what_waiting_does_not_mend_is_a_refusal_of_this_mail_alone(
    name: str, point: str, answer: str
) -> None:
    delivery = await refused(point, answer, name)
    assert (delivery.fate, delivery.pause) == (Fate.PERMANENT, None)


async def test_a_mail_that_was_accepted_is_under_no_quota_whatever_is_said_with_it() -> None:
    async with faulty_smtp({"DOT": "250 frequency limited: 3 of 10"}) as server:
        outbox = Outbox(settings(server, "qq"))
        assert (await send(outbox)).fate is Fate.ACCEPTED
        await outbox.close()


async def test_logins_are_no_closer_together_than_the_provider_wants() -> None:
    async with faulty_smtp({}) as server:
        outbox = Outbox(settings(server, login_every=0.15, mails_per_connection=1))
        clock = asyncio.get_running_loop().time
        began = clock()
        assert (await send(outbox)).fate is Fate.ACCEPTED
        assert (await send(outbox)).fate is Fate.ACCEPTED
        assert clock() - began >= 0.15
        await outbox.close()
    assert server.sessions == 2


async def test_a_login_that_failed_counts_as_one() -> None:
    faults: dict[str, Fault] = {"AUTH": Act.DROP}
    async with faulty_smtp(faults, once=True) as server:
        outbox = Outbox(settings(server, login_every=0.15))
        clock = asyncio.get_running_loop().time
        began = clock()
        assert (await send(outbox)).fate is Fate.TRANSIENT
        assert (await send(outbox)).fate is Fate.ACCEPTED
        assert clock() - began >= 0.15
        await outbox.close()


async def test_mails_over_one_connection_wait_for_no_login() -> None:
    async with faulty_smtp({}) as server:
        outbox = Outbox(settings(server, login_every=3600))
        for _ in range(3):
            assert (await asyncio.wait_for(send(outbox), 5)).fate is Fate.ACCEPTED
        await outbox.close()
    assert server.sessions == 1


async def test_a_refused_login_comes_with_the_providers_advice() -> None:
    async with faulty_smtp({"AUTH": "535 5.7.8 bad credentials"}) as server:
        wrong = settings(server, hint=HINT)
        delivery = await send(Outbox(wrong))
        assert delivery.text == f"5.7.8 bad credentials; {HINT}"
        problem = await check_login(wrong)
        assert problem is not None
        assert problem.endswith(HINT)


@pytest.mark.parametrize(
    ("point", "answer"),
    [
        ("AUTH", "454 4.7.0 try later"),
        ("AUTH", "535 Error: too many times"),
        ("RCPT", "550 5.1.1 no such user"),
        ("MAIL", "553 5.7.1 not your address"),
    ],
)
async def test_other_refusals_have_nothing_to_do_with_the_password(point: str, answer: str) -> None:
    async with faulty_smtp({point: answer}) as server:
        delivery = await send(Outbox(settings(server, "netease", hint=HINT)))
    assert HINT not in delivery.text
