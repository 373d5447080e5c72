"""IMAP servers that refuse or are gone: the other mailboxes go on, and status says what to do."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from faults.prepared_shop import Prepared, asked, prepare
from servers.imap_faults import FaultyImap, running_faulty_imap
from servers.smtp_faults import faulty_smtp

SECOND = """
[[mailbox]]
name = "second"
address = "second@example.org"
imap = "imap://127.0.0.1:{imap}"
smtp = "smtp://127.0.0.1:{smtp}"
password = {{ env = "SHOP_PASSWORD" }}
authserv_id = ["mx.example.org"]
"""


@pytest.fixture
def other_imap() -> Iterator[FaultyImap]:
    with running_faulty_imap() as server:
        yield server


def two_mailboxes(root: Path, imap: FaultyImap, second: int, smtp: int) -> Prepared:
    more = SECOND.format(imap=second, smtp=smtp)
    return prepare(root, imap=imap.port, smtp=smtp, more=more)


async def test_a_wrong_password_stops_one_mailbox_only(
    tmp_path: Path, faulty_imap: FaultyImap, other_imap: FaultyImap
) -> None:
    other_imap.refuse_login = "[AUTHENTICATIONFAILED] wrong password"
    async with faulty_smtp({}) as smtp:
        shop = two_mailboxes(tmp_path, faulty_imap, other_imap.port, smtp.port)
        async with shop.running():
            faulty_imap.add(asked())
            await shop.until(lambda: shop.files("staged"), "the first mailbox stages")
            await shop.until(lambda: "mailbox second" in shop.problems(), "the second is told")
            assert "check user and password" in shop.problems()
            assert "mailbox shop" not in shop.problems()
    assert other_imap.logins == 1, "a refused login is not repeated for minutes"


async def test_a_server_that_is_away_at_the_start_is_watched_when_it_comes(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        absent = int(probe.getsockname()[1])
    with running_faulty_imap() as imap:
        async with faulty_smtp({}) as smtp:
            shop = two_mailboxes(tmp_path, imap, absent, smtp.port)
            async with shop.running() as service:
                imap.add(asked())
                await shop.until(lambda: shop.files("staged"), "the first mailbox stages")
                await shop.until(lambda: "nothing answers at" in shop.problems(), "it is told")
                with running_faulty_imap(absent) as back:
                    back.add(asked(2, "I want my money back, please."))
                    await shop.until(lambda: len(shop.states()) == 2, "its mail is staged")
                    await service.loops.tick()
                    assert "mailbox second" not in shop.problems()


async def test_a_server_that_vanishes_and_comes_back_loses_nothing(
    tmp_path: Path, faulty_imap: FaultyImap
) -> None:
    async with faulty_smtp({}) as smtp:
        shop = prepare(tmp_path, imap=faulty_imap.port, smtp=smtp.port)
        async with shop.running() as service:
            box = service.parts.mailboxes["shop"]
            await shop.until(lambda: box.health.caught_up, "caught up")
            faulty_imap.bye_on, faulty_imap.greeting = "STATUS", "* BYE going down"
            await shop.until(lambda: box.health.problem, "the failure is told")
            faulty_imap.add(asked())
            faulty_imap.bye_on, faulty_imap.greeting = "", "* OK ready"
            await shop.until(lambda: shop.files("staged"), "the mail is staged")
