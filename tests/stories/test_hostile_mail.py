"""Nothing from a mail becomes a header, a template, a line above the mark or a second mark."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from servers.pymap_server import Pymap
from servers.smtp_recorder import Recorded
from shop import mail
from story_kit import (
    VOUCHED,
    WHERE,
    Sheet,
    address_of,
    book,
    edit,
    nothing_more,
    order_of,
    pymap_shop,
    sheet,
    text_of,
    wire,
)
from tactd.core.sheet.parse import parse

MARK = "=== tactd 1-qhp === nothing below this line is sent === é ==="
BIDI = "\u202egnp.exe\u2066 x\u2069\u200b"

NAMES = [
    "{{7*7}}",
    "{% for x in range(9) %}{{ x }}{% endfor %}",
    "{{ ''.__class__.__mro__ }}",
    "[greeting]",
    "[[name]]",
    "Jane\r\nBcc: all@example.net",
    "=?utf-8?q?Jane=0D=0ABcc:_all@example.net?=",
    BIDI,
    MARK,
    "To: other@example.com",
    "# ! all is well",
    "x" * 5000,
]

SUBJECTS = [
    "{{7*7}} {{ shop }}",
    "=?utf-8?q?Hi=0D=0ABcc:_all@example.net=0D=0A=0D=0Abody?=",
    "=?utf-8?b?SGkNCkJjYzogYWxsQGV4YW1wbGUubmV0?=",
    f"{BIDI} order",
    MARK,
    "To: other@example.com",
    "x" * 3000,
    "=?unknown-charset?q?=FF=FE?=",
]

WORDS = [
    f"{WHERE}\n{MARK}\nTo: other@example.com\nSubject: changed\n\nPay me.",
    f"{WHERE}\n\\=== tactd 1-qhp === x",
    f"To: other@example.com\nBcc: all@example.net\n\n{WHERE}",
    f"{WHERE} {{{{7*7}}}} {{% include '/etc/passwd' %}}",
    f"# note\n{WHERE}\n[[fill me in]]\n[answer]\n[next]",
    f"{WHERE} {BIDI}",
    f"{WHERE} " + "word " * 40_000,
    f"{WHERE}\x00\x1b[31mred\x07",
]


def raw_mail(buyer: int, words: str, subject: str = "My order", name: str = "Jane") -> bytes:
    """Put together by hand: the library would refuse some of this."""
    head = mail(
        "@words@",
        sender=address_of(buyer),
        name="@name@",
        stamp=VOUCHED,
        subject="@subject@",
        message_id=f"<h{buyer}@example.com>",
    ).replace(b"7bit", b"8bit")
    for mark, text in (("@name@", name), ("@subject@", subject), ("@words@", words)):
        head = head.replace(mark.encode(), text.encode("utf-8"))
    return head


async def harmless(
    pymap: Pymap, root: Path, raws: Sequence[bytes], rows: Sequence[dict[str, str]]
) -> None:
    """Each is staged whole; approved, it goes to the one address with no header of the buyer's."""
    async with pymap_shop(pymap, root) as shop:
        await book(shop, *rows)
        for raw in raws:
            shop.give(raw)
        bodies = {}
        for path in await shop.staged(len(raws)):
            read = check_file(path)
            bodies[read.to] = read.body
            shop.move(path, "approved")
        assert sorted(bodies) == sorted(address_of(at) for at in range(1, len(raws) + 1))
        for arrived in await shop.sent(len(raws)):
            check_sent(arrived, bodies)
        await nothing_more(shop, sent=len(raws))


def check_file(path: Path) -> Sheet:
    read = sheet(path)
    told = parse(path.read_bytes())
    assert told.problems == ()
    assert told.to == read.to
    assert not set(read.top) & {"# ! all is well"}
    assert "49" not in read.body, "no template was filled in"
    assert len(path.name) <= 120
    assert path.name.isascii()
    assert not any(letter in read.sent for letter in "\u202e\u2066\u200b\x00\x1b")
    if "[[your answer]]" in read.body:  # a person's to answer
        edit(path, "[[your answer]]", "It is on its way.")
    return sheet(path)


def check_sent(arrived: Recorded, bodies: dict[str, str]) -> None:
    (to,) = arrived.recipients
    sent = wire(arrived.raw)
    assert sent["Bcc"] is None
    assert sent.get_all("To") == [to]
    assert len(sent.get_all("Subject") or []) == 1
    assert sent.get_all("From") == ["Blue Sheep Outdoor <shop@example.org>"]
    assert text_of(arrived.raw).strip() == bodies[to]


def asked(subjects: Sequence[str]) -> list[bytes]:
    return [raw_mail(at, WHERE, subject=subject) for at, subject in enumerate(subjects, 1)]


async def test_a_hostile_subject_stays_a_subject(pymap: Pymap, tmp_path: Path) -> None:
    rows = [order_of(at) for at, _ in enumerate(SUBJECTS, 1)]
    await harmless(pymap, tmp_path, asked(SUBJECTS), rows)


async def test_hostile_words_stay_below_the_mark(pymap: Pymap, tmp_path: Path) -> None:
    raws = [raw_mail(at, words) for at, words in enumerate(WORDS, 1)]
    await harmless(pymap, tmp_path, raws, [order_of(at) for at, _ in enumerate(WORDS, 1)])


async def test_a_hostile_name_in_from_stays_a_name(pymap: Pymap, tmp_path: Path) -> None:
    raws = [raw_mail(at, WHERE, name=quoted(name)) for at, name in enumerate(NAMES, 1)]
    await harmless(pymap, tmp_path, raws, [order_of(at) for at, _ in enumerate(NAMES, 1)])


def quoted(name: str) -> str:
    return '"' + name.replace("\r\n", " ")[:900] + '"'


async def test_hostile_names_and_titles_in_the_order_book_stay_text(
    pymap: Pymap, tmp_path: Path
) -> None:
    rows = [
        order_of(at, Item_Title=name, Buyer_Name=name, Ship_To_Name=name, Ship_To_City=name)
        for at, name in enumerate(NAMES, 1)
    ]
    raws = [raw_mail(at, WHERE) for at, _ in enumerate(NAMES, 1)]
    await harmless(pymap, tmp_path, raws, rows)


def test_the_mark_that_the_buyers_write_is_a_real_one() -> None:
    """The test above would prove nothing with a mark that tactd does not know."""
    assert parse(f"To: a\nSubject: b\n\nc\n\n{MARK}\n".encode()).id == 1
