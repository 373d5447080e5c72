"""The link breaks at every point of the conversation: the fate is right and nothing goes twice."""

from __future__ import annotations

import asyncio
import socket
from dataclasses import replace

import pytest

from servers.smtp_faults import Act, Fault, FaultySmtp, Late, faulty_smtp
from tactd.adapters.outbox import Delivery, Fate, Outbox, SmtpSettings, Stage, Timeouts

MAIL = b"From: shop@example.com\r\nSubject: Re: tent\r\n\r\nDear Jane\r\n.\r\n..dots\r\n"
ON_THE_WIRE = (
    b"From: shop@example.com\r\nSubject: Re: tent\r\n\r\nDear Jane\r\n..\r\n...dots\r\n.\r\n"
)
SHORT = Timeouts(connect=0.2, login=0.2, command=0.2, data=0.2, quit=0.1)


def settings(server: FaultySmtp) -> SmtpSettings:
    return SmtpSettings(
        name="shop",
        host="127.0.0.1",
        port=server.port,
        security="plain",
        user="shop@example.com",
        password=lambda: "secret",
        timeouts=SHORT,
    )


async def send(outbox: Outbox, mail: bytes = MAIL) -> Delivery:
    return await outbox.send("shop@example.com", "jane@example.org", mail)


TWELVE_POINTS: list[tuple[str, Fault, Fate, Stage]] = [
    ("CONNECT", Act.DROP, Fate.TRANSIENT, Stage.CONNECT),
    ("CONNECT", Act.HANG, Fate.TRANSIENT, Stage.CONNECT),
    ("EHLO", Act.DROP, Fate.TRANSIENT, Stage.CONNECT),
    ("AUTH", Act.DROP, Fate.TRANSIENT, Stage.LOGIN),
    ("AUTH", Act.HANG, Fate.TRANSIENT, Stage.LOGIN),
    ("MAIL", Act.DROP, Fate.TRANSIENT, Stage.MAIL),
    ("MAIL", Act.HANG, Fate.TRANSIENT, Stage.MAIL),
    ("RCPT", Act.DROP, Fate.TRANSIENT, Stage.RCPT),
    ("RCPT", "hello?", Fate.TRANSIENT, Stage.RCPT),
    ("DATA", Act.DROP, Fate.UNCLEAR, Stage.DATA),
    ("DATA", "250 what body?", Fate.UNCLEAR, Stage.DATA),
    ("BODY", Act.DROP, Fate.UNCLEAR, Stage.DATA),
    ("DOT", Act.DROP, Fate.UNCLEAR, Stage.DATA),
    ("DOT", Act.KEEP_AND_DROP, Fate.UNCLEAR, Stage.DATA),
    ("DOT", Act.HANG, Fate.UNCLEAR, Stage.DATA),
    ("DOT", "garbage", Fate.UNCLEAR, Stage.DATA),
    ("DOT", "354 go on", Fate.UNCLEAR, Stage.DATA),
    ("RSET", Act.DROP, Fate.ACCEPTED, Stage.DATA),
    ("QUIT", Act.DROP, Fate.ACCEPTED, Stage.DATA),
    ("QUIT", Act.HANG, Fate.ACCEPTED, Stage.DATA),
]


@pytest.mark.parametrize(("point", "fault", "fate", "stage"), TWELVE_POINTS)
async def test_a_break_at_any_point_gives_the_right_fate_and_at_most_one_mail(
    point: str, fault: Fault, fate: Fate, stage: Stage
) -> None:
    async with faulty_smtp({point: fault}) as server:
        outbox = Outbox(settings(server))
        delivery = await send(outbox)
        await outbox.close()
    assert (delivery.fate, delivery.stage) == (fate, stage)
    assert delivery.text
    assert len(server.accepted) <= 1
    if server.accepted:
        assert fate in {Fate.ACCEPTED, Fate.UNCLEAR}
    if fate is Fate.ACCEPTED:
        assert server.accepted == [ON_THE_WIRE]


@pytest.mark.parametrize("fault", [Act.DROP, "454 4.7.0 not now", "250 odd", "220 but not TLS"])
async def test_without_starttls_nothing_is_said_in_the_clear(fault: Fault) -> None:
    async with faulty_smtp({"STARTTLS": fault}) as server:
        outbox = Outbox(replace(settings(server), security="starttls"))
        delivery = await send(outbox)
        await outbox.close()
    assert (delivery.fate, delivery.stage) == (Fate.TRANSIENT, Stage.CONNECT)
    assert {command.split()[0] for command in server.commands} <= {"EHLO", "STARTTLS"}


async def test_a_server_that_does_not_offer_starttls_gets_nothing() -> None:
    async with faulty_smtp({"EHLO": "250-mx.example.net\r\n250 AUTH PLAIN"}) as server:
        delivery = await send(Outbox(replace(settings(server), security="starttls")))
    assert (delivery.fate, delivery.stage) == (Fate.TRANSIENT, Stage.CONNECT)
    assert "STARTTLS" in delivery.text
    assert [command.split()[0] for command in server.commands] == ["EHLO"]


async def test_a_late_250_is_unclear_and_is_not_taken_for_the_next_mails() -> None:
    late = Late("250 queued late", asyncio.Event())
    async with faulty_smtp({"DOT": late}, once=True) as server:
        outbox = Outbox(settings(server))
        first = await send(outbox)
        server.faults["RCPT"] = "550 5.1.1 no such user"
        late.when.set()
        second = await send(outbox)
        await outbox.close()
    assert first.fate is Fate.UNCLEAR
    assert (second.fate, second.code) == (Fate.PERMANENT, 550)
    assert server.accepted == [ON_THE_WIRE]


async def test_after_a_cancel_in_mid_data_no_reply_is_mixed_up() -> None:
    late = Late("250 queued late", asyncio.Event())
    async with faulty_smtp({"DOT": late}, once=True) as server:
        outbox = Outbox(replace(settings(server), timeouts=Timeouts()))
        sending = asyncio.create_task(send(outbox))
        await asyncio.wait_for(server.reached["DOT"].wait(), 2)
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
        late.when.set()
        server.faults["MAIL"] = "451 4.3.0 the second mail's own answer"
        second = await send(outbox)
        await outbox.close()
    assert second.text == "4.3.0 the second mail's own answer"
    assert server.sessions == 2
    assert server.accepted == [ON_THE_WIRE]


async def test_a_cancelled_mail_is_not_completed_behind_our_back() -> None:
    """What still lies in our own buffer when we are stopped does not go out."""
    more_than_the_sockets_hold = MAIL + b"x" * 70 + (b"\r\n" + b"x" * 70) * 200_000
    slow = Late("", asyncio.Event())
    async with faulty_smtp({"BODY": slow}) as server:
        outbox = Outbox(replace(settings(server), timeouts=Timeouts()))
        sending = asyncio.create_task(send(outbox, more_than_the_sockets_hold))
        await asyncio.wait_for(server.reached["BODY"].wait(), 5)
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)
        slow.when.set()
        await asyncio.wait_for(server.gone.wait(), 5)
    assert server.accepted == []


async def test_a_cancel_while_waiting_for_another_mail_leaves_that_mail_alone() -> None:
    late = Late("250 2.0.0 queued", asyncio.Event())
    async with faulty_smtp({"DOT": late}) as server:
        outbox = Outbox(replace(settings(server), timeouts=Timeouts()))
        first = asyncio.create_task(send(outbox))
        await asyncio.wait_for(server.reached["DOT"].wait(), 2)
        second = asyncio.create_task(send(outbox))
        await asyncio.sleep(0)
        second.cancel()
        await asyncio.gather(second, return_exceptions=True)
        late.when.set()
        assert (await first).fate is Fate.ACCEPTED
        await outbox.close()
    assert len(server.accepted) == 1


REFUSALS: list[tuple[str, str, Fate, Stage]] = [
    ("CONNECT", "554 5.7.1 blocked", Fate.ACCOUNT, Stage.CONNECT),
    ("CONNECT", "421 4.3.2 busy", Fate.TRANSIENT, Stage.CONNECT),
    ("AUTH", "535 5.7.8 bad credentials", Fate.ACCOUNT, Stage.LOGIN),
    ("AUTH", "454 4.7.0 try later", Fate.TRANSIENT, Stage.LOGIN),
    ("MAIL", "553 5.7.1 not your address", Fate.ACCOUNT, Stage.MAIL),
    ("MAIL", "451 4.3.0 later", Fate.TRANSIENT, Stage.MAIL),
    ("RCPT", "550 5.1.1 no such user", Fate.PERMANENT, Stage.RCPT),
    ("RCPT", "450 4.2.0 greylisted", Fate.TRANSIENT, Stage.RCPT),
    ("DATA", "554 5.6.0 no valid recipients", Fate.PERMANENT, Stage.DATA),
    ("DOT", "421 4.3.2 going down", Fate.TRANSIENT, Stage.DATA),
    ("DOT", "452 4.3.1 disk full", Fate.TRANSIENT, Stage.DATA),
    ("DOT", "554 5.7.1 content refused", Fate.PERMANENT, Stage.DATA),
]


@pytest.mark.parametrize(("point", "answer", "fate", "stage"), REFUSALS)
async def test_a_refusal_is_told_with_its_code_and_text_and_ends_the_connection(
    point: str, answer: str, fate: Fate, stage: Stage
) -> None:
    async with faulty_smtp({point: answer, "RSET": Act.HANG, "QUIT": Act.HANG}) as server:
        outbox = Outbox(settings(server))
        delivery = await send(outbox)
        await asyncio.wait_for(server.gone.wait(), 2)
        await outbox.close()
    assert delivery == Delivery(fate, int(answer[:3]), answer[4:], stage)
    assert server.accepted == []
    assert "RSET" not in server.commands


@pytest.mark.parametrize("answer", ["251 2.0.0 forwarded", "252 2.0.0 perhaps", "250-a\r\n250 b"])
async def test_any_2yz_after_the_dot_is_success_and_the_connection_is_kept(answer: str) -> None:
    async with faulty_smtp({"DOT": answer}) as server:
        outbox = Outbox(settings(server))
        assert [(await send(outbox)).fate for _ in range(3)] == [Fate.ACCEPTED] * 3
        await outbox.close()
    assert server.accepted == [ON_THE_WIRE] * 3
    assert server.sessions == 1


async def test_the_answer_to_the_dot_has_a_patience_of_its_own() -> None:
    late = Late("250 2.0.0 queued at last", asyncio.Event())
    async with faulty_smtp({"DOT": late}) as server:
        outbox = Outbox(replace(settings(server), timeouts=replace(SHORT, connect=0.1, data=5)))
        asyncio.get_running_loop().call_later(0.15, late.when.set)
        delivery = await send(outbox)
        await outbox.close()
    assert (delivery.fate, delivery.text) == (Fate.ACCEPTED, "2.0.0 queued at last")


async def test_a_251_to_rcpt_is_success() -> None:
    async with faulty_smtp({"RCPT": "251 user not local, will forward"}) as server:
        outbox = Outbox(settings(server))
        assert (await send(outbox)).fate is Fate.ACCEPTED
        await outbox.close()


async def test_a_login_is_tried_once_with_one_method() -> None:
    faults: dict[str, Fault] = {
        "EHLO": "250-mx.example.net\r\n250 AUTH CRAM-MD5 LOGIN PLAIN",
        "AUTH": "535 5.7.8 bad credentials",
    }
    async with faulty_smtp(faults) as server:
        delivery = await send(Outbox(settings(server)))
    assert delivery.fate is Fate.ACCOUNT
    assert sum(command.startswith("AUTH") for command in server.commands) == 1


@pytest.mark.parametrize("ehlo", ["250 mx.example.net", "250-mx.example.net\r\n250 AUTH GSSAPI"])
async def test_a_server_without_a_login_we_know_pauses_the_account(ehlo: str) -> None:
    async with faulty_smtp({"EHLO": ehlo}) as server:
        delivery = await send(Outbox(settings(server)))
    assert (delivery.fate, delivery.stage) == (Fate.ACCOUNT, Stage.LOGIN)


async def test_a_password_that_cannot_be_read_pauses_the_account() -> None:
    def missing() -> str:
        raise FileNotFoundError("credential shop is not there")

    async with faulty_smtp({}) as server:
        delivery = await send(Outbox(replace(settings(server), password=missing)))
    assert (delivery.fate, delivery.stage) == (Fate.ACCOUNT, Stage.LOGIN)
    assert "credential shop is not there" in delivery.text


@pytest.mark.parametrize("fault", [Act.DROP, "421 4.4.2 idle too long"])
async def test_a_server_tired_of_the_old_connection_costs_no_attempt(fault: Fault) -> None:
    async with faulty_smtp({}, once=True) as server:
        outbox = Outbox(settings(server))
        assert (await send(outbox)).fate is Fate.ACCEPTED
        server.faults["MAIL"] = fault
        assert (await send(outbox)).fate is Fate.ACCEPTED
        await outbox.close()
    assert server.sessions == 2
    assert len(server.accepted) == 2


async def test_a_mail_that_did_not_go_leaves_the_next_one_alone() -> None:
    async with faulty_smtp({"RCPT": "550 5.1.1 no such user"}, once=True) as server:
        outbox = Outbox(settings(server))
        assert (await send(outbox)).fate is Fate.PERMANENT
        assert (await send(outbox)).fate is Fate.ACCEPTED
        await outbox.close()
    assert server.accepted == [ON_THE_WIRE]


async def test_a_port_where_nobody_listens_is_transient() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        nobody = SmtpSettings(name="shop", host="127.0.0.1", port=port, security="plain")
        delivery = await send(Outbox(nobody))
    assert (delivery.fate, delivery.stage, delivery.code) == (Fate.TRANSIENT, Stage.CONNECT, None)


async def test_hostile_server_text_is_made_harmless() -> None:
    async with faulty_smtp({"RCPT": "550 \x1b[2J\u202ego away\x00 " + "!" * 2000}) as server:
        delivery = await send(Outbox(settings(server)))
    assert delivery.text.startswith("[2Jgo away !!!")
    assert len(delivery.text) <= 300


async def test_an_endless_answer_after_the_dot_is_unclear() -> None:
    async with faulty_smtp({"DOT": "250-" + "x" * 200_000}) as server:
        assert (await send(Outbox(settings(server)))).fate is Fate.UNCLEAR
