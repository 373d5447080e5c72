"""Mail and files that are broken, hostile or huge, through the whole daemon: each meets a fate, and
the next one goes on (promise 1)."""

from __future__ import annotations

import base64
import random
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from faults.prepared_shop import Prepared, asked, prepare, stage
from servers.dovecot import Dovecot
from servers.imap_faults import FaultyImap
from servers.smtp_faults import faulty_smtp
from shop import mail
from tactd.adapters import exports
from tactd.adapters.store import open_store
from tactd.adapters.store.schema import mail as mails
from tactd.flow import judge, writing

HEAD = (
    b"From: Bo <bo@example.com>\r\nTo: shop@example.org\r\nSubject: Order\r\n"
    b"Message-ID: <%s@example.com>\r\n"
)


def nested(depth: int) -> bytes:
    parts = [b"Content-Type: multipart/mixed; boundary=b0\r\n\r\n"]
    for number in range(depth):
        inner = b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n" % (number + 1)
        parts.append(b"--b%d\r\n%s" % (number, inner))
    return b"".join([HEAD % b"nested", *parts, b"Where is my order?\r\n"])


def with_attachment(size: int) -> bytes:
    data = base64.encodebytes(random.Random(1).randbytes(size)).replace(b"\n", b"\r\n")
    start = b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nWhere is my order?\r\n"
    file = b"--x\r\nContent-Type: image/jpeg\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return HEAD % b"attached" + start + file + data + b"--x--\r\n"


BAD: dict[str, bytes] = {
    "garbage": random.Random(2).randbytes(20_000).replace(b"\n", b"").replace(b"\r", b""),
    "no header": b"\r\nWhere is my order?\r\n",
    "nothing": b"\r\n",
    "half a part": HEAD % b"half" + b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nCont",
    "no boundary": HEAD % b"none" + b"Content-Type: multipart/mixed\r\n\r\nWhere is it?\r\n",
    "bad base64": HEAD % b"b64" + b"Content-Transfer-Encoding: base64\r\n\r\n!!!A=A\r\n",
    "bad charset": HEAD % b"set"
    + b"Content-Type: text/plain; charset=\x00utf-99\r\n\r\n\xff\xfe\r\n",
    "bad date": HEAD % b"date" + b"Date: Foo, 99 Bar 0000 99:99:99 +9999\r\n\r\nWhere is it?\r\n",
    "bad from": b"From: <<>,,;@@\xff\r\nFrom: x\r\nMessage-ID: <>\r\nReferences: <\r\n\r\nHi\r\n",
    "headers": HEAD % b"many" + b"".join(b"X-%d: y\r\n" % n for n in range(20_000)) + b"\r\nHi\r\n",
    "template": HEAD % b"t" + b"\r\nWhere is my order {{ 1/0 }} {%% for %%} $(reboot) \\u0000?\r\n",
    "long references": HEAD % b"refs" + b"References: " + b"<a@b.c> " * 9000 + b"\r\n\r\nHi\r\n",
    "3,000 nested parts": nested(3000),
    "one line of 2 MB": HEAD % b"line" + b"\r\n" + b"where is it " * 170_000 + b"\r\n",
    "html of 2 MB": HEAD % b"html" + b"Content-Type: text/html\r\n\r\n" + b"<div><b>a" * 200_000,
}
HUGE: dict[str, bytes] = {
    "attachment of 10 MB": with_attachment(10 << 20),
    "50 MB": HEAD % b"huge" + b"\r\n" + b"Where is my order? I ask again.\r\n" * (50 << 15),
}


def fates(shop: Prepared) -> list[str]:
    store = open_store(shop.config.store.url)
    try:
        with store.read() as conn:
            return list(conn.execute(select(mails.c.state).order_by(mails.c.id)).scalars())
    finally:
        store.close()


async def test_every_bad_mail_meets_a_fate_and_the_next_goes_on(
    tmp_path: Path, faulty_imap: FaultyImap
) -> None:
    async with faulty_smtp({}) as smtp:
        shop = prepare(tmp_path, imap=faulty_imap.port, smtp=smtp.port)
        for raw in BAD.values():
            faulty_imap.add(raw)
        faulty_imap.add(asked())
        async with shop.running():
            await shop.until(lambda: fates(shop).count("done") == len(BAD) + 1, "all have a fate")
            await shop.until(lambda: shop.contents("12-34567-89012"), "the good one is staged")
    assert "mail_poisoned" not in shop.troubles()


@pytest.mark.dovecot
async def test_huge_mails_meet_a_fate_and_the_next_goes_on(
    dovecot: Dovecot, tmp_path: Path
) -> None:
    user = dovecot.fresh_user()
    dovecot.deliver([*HUGE.values(), BAD["nothing"], BAD["3,000 nested parts"], asked()], user)
    async with faulty_smtp({}) as smtp:
        shop = prepare(tmp_path, imap=dovecot.imap, smtp=smtp.port, user=user)
        async with shop.running():
            await shop.until(lambda: fates(shop) == ["done"] * 5, "all have a fate")
            await shop.until(lambda: shop.contents("12-34567-89012"), "the good one is staged")
    assert shop.size_of("tactd.db") < 8 << 20, "only beginnings are kept"


# ------------------------------------------------------------------ poison


def fails_for(real: Any, mark: str) -> Any:
    def step(*arguments: Any, **named: Any) -> Any:
        if any(mark in repr(one) for one in arguments):
            raise RuntimeError("nobody foresaw this")
        return real(*arguments, **named)

    return step


@pytest.mark.parametrize("step", ["read", "decide", "compose_reply"])
async def test_a_poisoned_mail_is_set_aside_and_told_once(
    step: str, tmp_path: Path, faulty_imap: FaultyImap, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judge, step, fails_for(getattr(judge, step), "poison@example.com"))
    shop = prepare(tmp_path, imap=faulty_imap.port, smtp=9)
    poison = mail("Where is my order?", message_id="<poison@example.com>")
    with shop.parts() as parts:
        stage(parts, [poison, asked()], shop.now())
        assert parts.pipeline.handle_new() == 0, "it is not tried again"
    assert fates(shop) == ["poisoned", "done"]
    assert len(shop.files("staged")) == 1
    (told,) = [one for one in shop.status()["trouble"] if one["what"] == "mail_poisoned"]
    assert told["about"] == "mail 1"


async def test_a_reply_that_cannot_be_shown_keeps_no_other_from_being_shown(
    tmp_path: Path, faulty_imap: FaultyImap, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = prepare(tmp_path, imap=faulty_imap.port, smtp=9)
    poison = mail("Where is my order?", sender="bad@example.com", message_id="<p@example.com>")
    with monkeypatch.context() as broken:
        for room in (judge, writing):
            broken.setattr(room, "render", fails_for(room.render, "bad@example.com"))
        with shop.parts() as parts:
            stage(parts, [poison, asked()], shop.now())
    assert len(shop.files("staged")) == 1
    assert "file_failed" in shop.troubles()
    with shop.parts() as parts:
        parts.desk.look(anew=True)
        parts.desk.write_new()
    assert len(shop.files("staged")) == 2, "the next start makes it good"
    assert "file_failed" not in shop.troubles()


# ------------------------------------------------------------------ exports

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("orders.csv", PDF),
        ("orders.pdf", PDF),
        ("binary.csv", random.Random(3).randbytes(50_000)),
        ("truncated.csv", b'"Sales Record Number","Order Num'),
        ("empty.csv", b""),
    ],
    ids=["pdf named csv", "pdf", "binary", "truncated", "empty"],
)
async def test_an_export_that_is_none_goes_to_trouble_with_a_report(
    name: str,
    data: bytes,
    tmp_path: Path,
    faulty_imap: FaultyImap,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # An empty file may still be written, and gets a minute; the test has none.
    monkeypatch.setattr(exports, "UNFINISHED_SETTLE", exports.SETTLE)
    async with faulty_smtp({}) as smtp:
        shop = prepare(tmp_path, imap=faulty_imap.port, smtp=smtp.port)
        (tmp_path / "orders").mkdir(exist_ok=True)
        (tmp_path / "orders" / name).write_bytes(data)
        trouble = tmp_path / "orders" / "trouble"
        async with shop.running():
            report = trouble / f"{name}.problems.txt"
            await shop.until(report.exists, "the report beside it")
            assert (trouble / name).read_bytes() == data
            assert name in report.read_text()
            await shop.until(lambda: name in shop.problems(), "status says it")
            faulty_imap.add(asked())
            await shop.until(lambda: shop.files("staged"), "mail goes on")
