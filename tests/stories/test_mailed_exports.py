"""The seller mails order reports to himself: read like files of the orders folder if the mail is
vouched for as his, never answered, and from anybody else without any effect."""

from __future__ import annotations

import json
import zipfile
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from io import BytesIO
from pathlib import Path

import pytest

from clock_shop import ClockShop, clock_shop
from ebay_samples import report
from servers.pymap_server import Pymap
from shop import Shop
from story_kit import codes, number_of, order_of, pymap_shop
from tactd import loops
from tactd.adapters.store import orders
from tactd.core.types import Fetched, FolderRole, Marketplace, Order, OrderKey, Slice
from tactd.flow import mailed_exports
from tactd.screens.problems import problems

SELLER = "me@example.org"
PROVEN = "dmarc=pass header.from=example.org"


def to_himself(
    *files: tuple[str, bytes],
    sender: str = f"Me <{SELLER}>",
    stamp: str = PROVEN,
    number: int = 1,
    days_ago: float = 0,
    words: str = "",
) -> bytes:
    made = EmailMessage()
    if stamp:
        made["Authentication-Results"] = f"mx.example.org; {stamp}"
    made["From"] = sender
    made["To"] = "shop@example.org"
    made["Subject"] = "orders"
    made["Date"] = format_datetime(datetime.now(UTC) - timedelta(days=days_ago))
    made["Message-ID"] = f"<orders-{number}@example.org>"
    made.set_content(words or "see the file")
    for name, data in files:
        made.add_attachment(data, maintype="text", subtype="csv", filename=name)
    return made.as_bytes()


def export(*buyers: int, **changed: str) -> bytes:
    return report([order_of(one, **changed) for one in buyers], footer="").encode()


def held(shop: Shop, buyer: int) -> Order | None:
    with shop.service.parts.store.read() as conn:
        return orders.get(conn, OrderKey(Marketplace.EBAY, number_of(buyer)))


@pytest.fixture
async def shop(
    pymap: Pymap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Shop]:
    monkeypatch.setattr(loops, "LOOK_AT_EXPORTS", 0.1)
    async with pymap_shop(pymap, tmp_path) as made:
        yield made


def said(shop: Shop) -> object:
    order = held(shop, 1)
    return order and replace(order, known=())


async def decided(shop: Shop, number: int = 1) -> list[str]:
    await shop.until(lambda: len(shop.latest()) >= number, "the decision")
    return codes(shop.why(f"m{number}"))


def imported(shop: Shop) -> list[str]:
    return sorted(path.name for path in (shop.root / "orders" / "imported").iterdir())


async def test_what_he_mails_himself_is_read_into_the_book_and_not_answered(shop: Shop) -> None:
    shop.give(to_himself(("Orders.csv", export(1, 2))))
    assert await decided(shop) == ["import.mailed"]
    await shop.until(lambda: held(shop, 1) and held(shop, 2), "the orders")
    await shop.until(lambda: imported(shop) == ["m1-1 Orders.csv"], "the file is put aside")
    told = shop.why("m1")
    assert told["decision"] == "skip"
    assert told["reply"] is None
    assert "Orders.csv" in told["reasons"][0]
    assert shop.files("staged") == []
    assert json.loads(shop.troubles()) == []


async def test_a_workbook_and_a_report_go_together(shop: Shop) -> None:
    shop.give(to_himself(("a.csv", export(1)), ("notes.pdf", b"%PDF"), ("b.TXT", export(2))))
    await shop.until(lambda: held(shop, 1) and held(shop, 2), "the orders")
    await shop.until(lambda: imported(shop) == ["m1-1 a.csv", "m1-2 b.txt"], "put aside")


async def test_the_same_mail_twice_changes_nothing(shop: Shop) -> None:
    raw = to_himself(("Orders.csv", export(1)))
    shop.give(raw)
    await shop.until(lambda: held(shop, 1), "the order")
    await shop.until(lambda: len(imported(shop)) == 1, "put aside")
    before = said(shop)
    shop.give(raw)
    shop.give(to_himself(("Orders.csv", export(1)), number=2))
    await shop.until(lambda: len(imported(shop)) == 2, "the second mail's file")
    assert said(shop) == before


async def test_an_older_mail_never_overwrites_newer_facts(shop: Shop) -> None:
    shop.give(to_himself(("new.csv", export(1, Tracking_Number="LK473124829CN"))))
    await shop.until(lambda: held(shop, 1), "the order")
    await shop.until(lambda: len(imported(shop)) == 1, "put aside")
    old = export(1, Tracking_Number="", Shipped_On_Date="")
    shop.give(to_himself(("old.csv", old), number=2, days_ago=20))
    await shop.until(lambda: len(imported(shop)) == 2, "the old file")
    order = held(shop, 1)
    assert order is not None
    assert order.parcels


FORGED = {
    "nobody vouches": {"stamp": ""},
    "DMARC failed": {"stamp": "dmarc=fail header.from=example.org"},
    "another domain passed": {"stamp": "dmarc=pass header.from=evil.example"},
}


@pytest.mark.parametrize("forged", FORGED.values(), ids=list(FORGED))
async def test_what_only_seems_to_be_his_changes_nothing_and_is_told(
    shop: Shop, forged: dict[str, str]
) -> None:
    shop.give(to_himself(("Orders.csv", export(1)), **forged))
    assert await decided(shop) == ["import.unproven"]
    await shop.until(lambda: "export_unproven" in shop.troubles(), "the seller is told")
    assert held(shop, 1) is None
    assert shop.files("staged") == []
    assert list((shop.root / "orders").glob("*.csv")) == []
    assert any("seems to be from you" in one for one in problems(shop.status()))
    shop.give(to_himself(("Orders.csv", export(1)), number=2))
    await shop.until(lambda: held(shop, 1), "the true one")
    await shop.until(lambda: "export_unproven" not in shop.troubles(), "all is well again")


OTHERS = {
    "a buyer": {"sender": "buyer1@example.com", "stamp": "dmarc=pass header.from=example.com"},
    "his address as a name": {
        "sender": f'"{SELLER}" <x@evil.example>',
        "stamp": "dmarc=pass header.from=evil.example",
    },
    "two addresses": {"sender": f"{SELLER}, x@example.org"},
    "an address like his": {"sender": "me+x@example.org"},
    "his address below another domain": {
        "sender": "me@example.org.evil.example",
        "stamp": "dmarc=pass header.from=example.org.evil.example",
    },
}


@pytest.mark.parametrize("other", OTHERS.values(), ids=list(OTHERS))
async def test_from_anybody_else_it_is_a_mail_like_any_other(
    shop: Shop, other: dict[str, str]
) -> None:
    shop.give(to_himself(("Orders.csv", export(1)), **other))
    told = await decided(shop)
    assert not any(code.startswith("import.") for code in told)
    await shop.service.rounds.import_exports(settle=True)
    assert held(shop, 1) is None


def packed(*buyers: int) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("eBay-OrdersReport.csv", export(*buyers))
    return made.getvalue()


async def packed_is_told_of(shop: Shop) -> Path:
    shop.give(to_himself(("Orders.zip", packed(1))))
    await shop.until(lambda: "m1-1 Orders.zip: this is a zip" in shop.troubles(), "he is told")
    assert held(shop, 1) is None
    return shop.root / "orders" / "trouble" / "m1-1 Orders.zip"


async def test_what_is_packed_is_not_unpacked_and_he_is_told_until_he_throws_it_away(
    shop: Shop,
) -> None:
    there = await packed_is_told_of(shop)
    assert any("unpack it. It lies in trouble/" in one for one in problems(shop.status()))
    there.unlink()
    await shop.until(lambda: "Orders.zip" not in shop.troubles(), "it is forgotten")


@pytest.mark.parametrize("name", ["Orders.csv", "orders.TXT"])
async def test_what_was_packed_is_no_trouble_any_more_once_it_was_mailed_as_it_is(
    shop: Shop, name: str
) -> None:
    await packed_is_told_of(shop)
    shop.give(to_himself(("other.csv", export(2)), number=2))
    await shop.until(lambda: held(shop, 2), "another file")
    assert "Orders.zip" in shop.troubles()
    shop.give(to_himself((name, export(1)), number=3))
    await shop.until(lambda: held(shop, 1), "the file")
    await shop.until(lambda: "Orders.zip" not in shop.troubles(), "it is forgotten")


async def test_what_was_packed_is_no_trouble_any_more_once_it_lies_in_the_folder(
    shop: Shop,
) -> None:
    await packed_is_told_of(shop)
    (shop.root / "orders" / "Orders.csv").write_bytes(export(1))
    await shop.until(lambda: held(shop, 1), "the file")
    await shop.until(lambda: "Orders.zip" not in shop.troubles(), "it is forgotten")


async def too_large(shop: ClockShop) -> Path:
    """A mail of his of which only the beginning is fetched."""
    raw = to_himself(("Orders.csv", export(1)))
    part = Fetched(uid=1, raw=raw[:-40], size=len(raw), received=shop.now, truncated=True)
    mails = Slice(
        role=FolderRole.INBOX, folder="INBOX", uidvalidity=1, watermark=None, mails=(part,)
    )
    shop.service.parts.pipeline.keep("shop", mails)
    await shop.service.handle_all()
    await shop.service.rounds.import_exports()
    [trouble] = shop.status()["trouble"]
    assert (trouble["what"], trouble["about"]) == ("export", "mail m1")
    note = shop.root / "orders" / "trouble" / "m1.problems.txt"
    assert any(f"throw trouble/{note.name} away" in one for one in problems(shop.status()))
    return note


async def test_a_mail_that_was_too_large_is_forgotten_with_the_note_that_tells_of_it(
    tmp_path: Path,
) -> None:
    async with clock_shop(tmp_path) as shop:
        note = await too_large(shop)
        await shop.service.rounds.import_exports()
        assert shop.status()["trouble"]
        note.unlink()
        await shop.service.rounds.import_exports()
        assert shop.status()["trouble"] == []


async def test_a_mail_that_was_too_large_is_forgotten_once_a_smaller_one_was_read(
    tmp_path: Path,
) -> None:
    async with clock_shop(tmp_path) as shop:
        await too_large(shop)
        shop.uid = 1
        await shop.mail(to_himself(("Half.csv", export(1)), number=2))
        for _ in range(2):
            await shop.service.rounds.import_exports()
            shop.now += timedelta(seconds=5)
        assert shop.status()["orders"]["count"] == 1
        assert shop.status()["trouble"] == []


async def test_a_file_that_is_no_export_is_told_of_like_one_in_the_folder(shop: Shop) -> None:
    shop.give(to_himself(("notes.txt", b"buy milk")))
    await shop.until(lambda: "m1-1 notes.txt" in shop.troubles(), "the seller is told")
    assert [path.name for path in (shop.root / "orders" / "trouble").glob("*.txt")]


@pytest.mark.parametrize(
    "name",
    ["../../evil.csv", "/etc/cron.d/x.csv", "..\\x.csv", ".hidden.csv", "a\x00b.csv", "~$.csv"],
)
async def test_no_name_in_a_mail_is_a_path(shop: Shop, name: str) -> None:
    raw = to_himself(("PLACE.csv", export(1))).replace(b"PLACE.csv", name.encode())
    shop.give(raw)
    await shop.until(lambda: held(shop, 1), "the order")
    await shop.until(lambda: len(imported(shop)) == 1, "put aside")
    assert imported(shop)[0].startswith("m1-1 ")
    assert not list(shop.root.parent.glob("*.csv"))


async def test_a_plain_mail_of_his_is_a_mail_like_any_other(shop: Shop) -> None:
    shop.give(to_himself(words="Where is my order?"))
    assert "screen.person" in await decided(shop)


async def test_what_cannot_be_laid_into_the_folder_waits_until_it_can(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = OSError(28, "No space left on device")

    def fails(*_: object) -> None:
        raise full

    with monkeypatch.context() as patch:
        patch.setattr(mailed_exports, "lay", fails)
        shop.give(to_himself(("Orders.csv", export(1))))
        await decided(shop)
        await shop.until(lambda: "No space left" in shop.troubles(), "the seller is told")
        assert held(shop, 1) is None
    await shop.until(lambda: held(shop, 1), "the order")
    await shop.until(lambda: "No space left" not in shop.troubles(), "all is well again")
