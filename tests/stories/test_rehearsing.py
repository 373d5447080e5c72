"""`tactd rehearse`: the mail of two weeks, decided anew by other configurations."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from attacks.shop_in_steps import Steps, steps
from cli.seller import Ran, Seller
from clock_shop import clock_shop
from faults.prepared_shop import prepare
from shop import day, mail
from story_kit import asks, order_of
from tactd.adapters.store import readback
from tactd.core.types import By, FolderRole, ReplyState, SentRead
from tactd.screens import rehearse as screen
from tactd.screens import terminal
from tactd.screens.rehearse_shown import show

NIGHT = datetime(2026, 11, 11, 3, 0, tzinfo=UTC)  # where the buyer of the clock shop lives
TWO_WEEKS = timedelta(days=14)
ORDERS = (1, 2, 3, 4, 14, 24)  # 4, 14 and 24 are of one buyer


def on_its_way(order: int) -> dict[str, str]:
    """Shipped before the two weeks began, and expected after they end."""
    dates = {
        "Sale_Date": day(-20),
        "Paid_On_Date": day(-20),
        "Ship_By_Date": day(-18),
        "Shipped_On_Date": day(-18),
        "Minimum_Estimated_Delivery_Date": day(1),
        "Maximum_Estimated_Delivery_Date": day(20),
    }
    if order in (14, 24):
        dates |= {"Buyer_Email": "buyer4@example.com", "Buyer_Username": "user_4"}
    return order_of(order, **dates)


WHERE = (
    "Hello, where is my order? It has not arrived yet.",
    "When will my package arrive?",
    "I have not received my parcel. Where is it?",
)


class Fortnight:
    """The two weeks that a shop has behind it."""

    def __init__(self, shop: Steps) -> None:
        self.shop = shop
        self.mails = 0

    def at(self, days: float = 0, *, hours: float = 0, minutes: float = 0) -> None:
        self.shop.prepared.ahead = timedelta(days=days, hours=hours, minutes=minutes) - TWO_WEEKS

    def asks(self, buyer: int, words: str = WHERE[0], *, order: int = 0, **more: str) -> None:
        self.mails += 1
        subject = f"My order 12-34567-{order or buyer:05}"
        now = self.shop.prepared.now()
        raw = asks(buyer, words, number=self.mails, date=now, subject=subject, **more)
        self.shop.stage(raw)

    def seller_sends(self, order: int) -> None:
        for path in self.shop.files("staged"):
            if f"{order:05}" in path.name:
                self.shop.approve(path)
        self.shop.send()

    def minutes_later(self, count: float) -> None:
        self.shop.prepared.ahead += timedelta(minutes=count)
        self.shop.send()

    def pass_by(self) -> None:
        """The first buyer is answered an hour later and asks again; the second asks for his money;
        the third is never answered; the fourth asks about three orders within half an hour."""
        self.at(0)
        self.asks(1)
        self.minutes_later(60)
        self.seller_sends(1)
        self.at(3)
        self.asks(1, "Where is my parcel? It still has not arrived.")
        self.minutes_later(60)
        self.seller_sends(1)
        self.at(5)
        self.asks(2, "I would like my money back please.")
        self.minutes_later(60)
        self.asks(2, "I am away until Monday.", Auto_Submitted="auto-replied")
        self.at(6)
        self.asks(3)
        self.minutes_later(60)
        for minutes, order, words in zip((0, 5, 30), (4, 14, 24), WHERE, strict=True):
            self.at(8, minutes=minutes)
            self.asks(4, words, order=order)
            self.minutes_later(4)


@contextmanager
def fortnight(root: Path, **more: Any) -> Iterator[Steps]:
    prepared = prepare(root, imap=9, smtp=9, **more)
    prepared.ahead = -TWO_WEEKS
    with steps(root, prepared=prepared) as shop:
        shop.book(*map(on_its_way, ORDERS))
        with shop.parts.store.write() as conn:
            read = SentRead(folder="Sent", uidvalidity=7, window=timedelta(days=60), done=True)
            readback.note_sent_read(conn, "shop", read, prepared.now())
        Fortnight(shop).pass_by()
        yield shop


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Steps]:
    """In mode `stage`, which is what most begin with."""
    with fortnight(tmp_path_factory.mktemp("fortnight"), mode="stage") as shop:
        yield shop


def another(shop: Steps, name: str, more: str = "", **changed: str) -> str:
    """A copy of the shop's configuration in mode auto, with changes."""
    text = (shop.root / "config.toml").read_text("utf-8")
    text = text.replace('mode = "stage"', 'mode = "auto"')
    for old, new in changed.items():
        assert old in text
        text = text.replace(old, new)
    (shop.root / name).write_text(f"{text}\n{more}", encoding="utf-8")
    return name


def rehearse(shop: Steps, *words: str) -> Ran:
    return Seller(shop.root)("rehearse", *words)


def ends(told: dict[str, Any], number: int) -> tuple[int, ...]:
    """Sent, staged, held, skipped."""
    return tuple(told["configurations"][number]["total"].values())


def changes(told: dict[str, Any], number: int = 0) -> list[tuple[str, str, int, list[str]]]:
    return [
        (group["before"], group["after"], group["count"], group["codes"])
        for group in told["differences"][number]["groups"]
    ]


def test_configurations_are_compared_by_what_each_would_have_done(shop: Steps) -> None:
    usual = another(shop, "auto.toml")
    calm = another(shop, "calm.toml", '[limits]\nanswers = ["1 per 7 days"]')
    told = rehearse(shop, "--with", usual, "--with", calm, "--json").facts
    assert (told["events"], told["buyers"]) == (8, 4)
    # The second mail of the first buyer asks the same again; the refund is a person's; the fourth
    # buyer's second mail comes two minutes after an answer to him.
    assert ends(told, 0) == (0, 7, 0, 1)
    assert ends(told, 1) == (4, 3, 0, 1)
    assert ends(told, 2) == (3, 4, 0, 1)
    assert changes(told, 0) == [("staged", "sent", 4, ["permit.mode"])]
    assert changes(told, 1) == [("staged", "sent", 3, ["permit.mode"])]
    assert [one["mails"] for one in told["configurations"]] == [2, 5, 4]
    # Four mails went to, at most, four buyers in two weeks.
    assert told["configurations"][2]["per_buyer_and_week"] == pytest.approx(4 / 4 / 2, abs=0.01)


def test_an_answer_that_a_limit_stages_names_the_limit(shop: Steps) -> None:
    calm = another(shop, "calm.toml", '[limits]\nanswers = ["1 per 7 days"]')
    told = rehearse(shop, "--config", another(shop, "auto.toml"), "--with", calm, "--json").facts
    [group] = told["differences"][0]["groups"]
    assert (group["before"], group["after"], group["count"]) == ("sent", "staged", 1)
    assert group["codes"] == ["limit.answers_full"]
    [example] = group["examples"]
    assert (example["mail"], example["buyer"]) == ("m8", "buyer4@example.com")
    assert "7 days" in example["reasons"][0]


def test_what_went_by_itself_is_not_taken_for_approved(tmp_path: Path) -> None:
    """Else a stricter limit would seem to spare nobody a mail."""
    with fortnight(tmp_path, mode="auto") as shop:
        calm = another(shop, "calm.toml", '[limits]\nanswers = ["1 per 7 days"]')
        told = rehearse(shop, "--with", calm, "--json").facts
        assert [one["mails"] for one in told["configurations"]] == [5, 4]


def test_a_list_that_lets_less_go_shows_what_would_be_missing(shop: Steps) -> None:
    usual = another(shop, "auto.toml")
    listed = 'auto = ["in_transit", "feedback_thanks"]'
    thanks = another(shop, "thanks.toml", **{listed: 'auto = ["feedback_thanks"]'})
    told = rehearse(shop, "--with", usual, "--with", thanks, "--json").facts
    assert ends(told, 2) == (0, 7, 0, 1)
    assert changes(told, 1) == []


def test_a_seller_who_approves_sooner_fills_the_limits_sooner(shop: Steps) -> None:
    calm = another(shop, "calm.toml", '[limits]\nanswers = ["1 per 7 days"]')
    told = rehearse(shop, "--with", calm, "--approve-after", "1 minute", "--json").facts
    now, other = told["configurations"]
    assert now["mails"] == other["mails"] == 7  # all that is staged goes, sooner or later
    assert now["most_in_a_week"] == 3


def test_what_cannot_be_composed_is_staged_as_it_would_be(shop: Steps) -> None:
    """A configuration has texts of its own: here one that the seller has to fill in."""
    texts = shop.root / "blank" / "in_transit"
    texts.mkdir(parents=True)
    for name in ("en.txt", "en.2.txt"):
        (texts / name).write_text("Subject: Yours\n\n[answer]\nIt is at [[where?]].\n", "utf-8")
    blank = another(shop, "blank.toml", **{"[replies]": '[replies]\ntemplates = "blank"'})
    told = rehearse(shop, "--with", another(shop, "auto.toml"), "--with", blank, "--json").facts
    assert (ends(told, 1)[0], ends(told, 2)[0]) == (4, 0)
    ran = rehearse(shop, "--config", "auto.toml", "--with", blank, "--json").facts
    assert ran["differences"][0]["groups"][0]["codes"] == ["compose.blank_left"]


def test_people_read_figures_changes_and_reasons(shop: Steps) -> None:
    usual = another(shop, "auto.toml")
    ran = rehearse(shop, "--with", usual)
    assert ran.code == 0, ran.err
    assert re.search(r"in_transit +0 +6 +0 +0 +4 +2 +0 +0", ran.out)
    assert re.search(r"now +0\.\d\d mails per buyer and week +at most 2 in 7 days", ran.out)
    assert "What would be different with auto.toml: 4 of 8" in ran.out
    assert "no more: mode is stage" in ran.out
    assert "m1  buyer1@example.com  in_transit" in ran.out


@pytest.mark.parametrize(("readme", "language"), [("README.md", "en"), ("README.zh-CN.md", "zh")])
def test_the_readme_shows_what_it_really_says(tmp_path: Path, readme: str, language: str) -> None:
    change = {'language = "en"': f'language = "{language}"'}
    with fortnight(tmp_path, mode="auto", change=change) as shop:
        calm = another(shop, "calm.toml", '[limits]\nanswers = ["1 per 7 days"]')
        # In a process of its own: whoever runs tests side by side sets how wide a screen is.
        said = Seller(shop.root).fresh("rehearse", "--with", calm).out
    text = (Path(__file__).parents[2] / readme).read_text("utf-8")
    shown = re.search(r"```\n\$ tactd rehearse --with calm.toml\n(.+?)```", text, re.DOTALL)
    assert shown
    assert _without_dates(shown[1]) == _without_dates(said)


def _without_dates(text: str) -> list[str]:
    lines = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "DATE", text).strip().splitlines()
    return [line.rstrip() for line in lines]


def test_looking_back_less_far_sees_less(shop: Steps) -> None:
    told = rehearse(shop, "--days", "7", "--json").facts
    assert told["events"] == 3


def test_a_file_to_compare_with_that_is_missing_is_named_with_what_to_do(shop: Steps) -> None:
    calm = another(shop, "calm.toml")
    ran = rehearse(shop, "--with", calm, "--with", "clam.toml")
    assert ran.code == 78
    said = " ".join(ran.err.split())
    assert "clam.toml: there is no such file; --with takes a copy of your config.toml" in said
    assert "--config" not in said
    assert "calm.toml" not in said


def test_a_rehearsal_changes_nothing(shop: Steps) -> None:
    def everything() -> tuple[int, int, list[str]]:
        with shop.parts.store.read() as conn:
            counts = [
                conn.exec_driver_sql(f"select count(*) from {table}").scalar_one()
                for table in ("decision", "ledger")
            ]
        return counts[0], counts[1], [str(state) for state in shop.states()]

    before = everything()
    rehearse(shop, "--with", another(shop, "auto.toml"))
    assert everything() == before


def test_the_same_configuration_ends_as_it_really_did(tmp_path: Path) -> None:
    """In mode auto, with mails that settle, limits that fill up and answers that are approved."""
    with fortnight(tmp_path, mode="auto") as shop:
        told = rehearse(shop, "--json").facts
        really = {"sent": 0, "staged": 0, "held": 0, "skipped": 1}
        for stored in shop.replies():
            gone = stored.reply.state is ReplyState.SENT and stored.reply.by is By.AUTO
            really["sent" if gone else "staged"] += 1
        assert told["configurations"][0]["total"] == really
        assert really["sent"] == 4
        assert told["configurations"][0]["mails"] == len(shop.wires)


def test_what_the_seller_rejected_or_answered_himself_is_not_approved(tmp_path: Path) -> None:
    """However soon he is supposed to approve: here a day later, which is after both."""
    with fortnight(tmp_path, mode="stage") as shop:
        two_weeks = Fortnight(shop)
        two_weeks.mails = 90
        for order in (31, 32, 33):
            shop.book(on_its_way(order), name=f"{order}.csv")
            two_weeks.at(10)
            two_weeks.asks(order)
        two_weeks.at(10, hours=1)
        [rejected] = [path for path in shop.files("staged") if "00031" in path.name]
        rejected.rename(shop.root / "replies" / "rejected" / rejected.name)
        shop.look()
        reply = mail(
            "It is on its way.",
            sender="shop@example.org",
            to="buyer32@example.com",
            message_id="<hand@example.org>",
            date=shop.prepared.now(),
            In_Reply_To="<b32-92@example.com>",
        )
        shop.give(reply, role=FolderRole.SENT)
        shop.handle()
        told = rehearse(shop, "--approve-after", "1 day", "--days", "5", "--json").facts
        assert ends(told, 0) == (0, 3, 0, 0)
        assert told["configurations"][0]["mails"] == 1


def test_a_narrow_window_gives_each_configuration_a_line(shop: Steps) -> None:
    told = rehearse(shop, "--with", another(shop, "auto.toml"), "--json").facts
    wide, narrow = (_shown(told, width) for width in (100, 60))
    assert re.search(r"in_transit +0 +6 +0 +0 +4 +2 +0 +0", wide)
    assert re.search(r"in_transit +now +0 +6 +0 +0 *\n +auto.toml +4 +2 +0 +0", narrow)


def _shown(told: dict[str, Any], width: int) -> str:
    window = terminal.Terminal(width=width, file=io.StringIO(), highlight=False)
    show(told, window)
    return str(window.file.getvalue())  # type: ignore[attr-defined]


def test_another_shops_configuration_is_told_of(shop: Steps) -> None:
    other = another(shop, "other.toml", **{'name = "shop"': 'name = "second"'})
    told = rehearse(shop, "--with", other, "--json").facts
    assert ends(told, 1) == (0, 7, 0, 1)
    assert told["hints"] == ["other.toml has no mailbox shop: nobody vouches for its senders there"]


def test_a_decision_that_cannot_be_read_is_left_out_and_told_of(tmp_path: Path) -> None:
    with fortnight(tmp_path, mode="stage") as shop:
        with shop.parts.store.write() as conn:
            conn.exec_driver_sql("update decision set facts = '{\"version\": []}' where mail = 3")
        told = rehearse(shop, "--json").facts
        assert told["events"] == 7
        assert told["hints"] == ["1 stored decision could not be read and is left out"]


async def test_a_follow_up_that_was_held_and_went_is_one_event(tmp_path: Path) -> None:
    """It is decided once when it falls due and again when its hold is over."""
    async with clock_shop(tmp_path) as due:
        due.book()
        await due.asks()
        for due.now in (NIGHT, NIGHT + timedelta(hours=12)):
            due.book()
            await due.beat()
        assert due.states() == ["in_transit sent", "delay_notice sent"]
        own = (due.root / "config.toml").read_text("utf-8")
        never = due.root / "never.toml"
        never.write_text(f'{own}\n[proactive]\ndelay_notice = "off"\n', encoding="utf-8")
        compared = screen.configurations(due.root / "config.toml", [never], {})
        store = due.service.parts.store
        told = screen.gather(store, compared, due.now, 90, None, terminal.errors)
    assert (ends(told, 0), ends(told, 1)) == ((1, 0, 1, 0), (1, 0, 0, 1))
    assert changes(told) == [("held", "skipped", 1, ["proactive.off"])]
    [example] = told["differences"][0]["groups"][0]["examples"]
    assert example["mail"].startswith("delay_notice:ebay:12-34567-00001:")


def test_bad_configurations_are_refused_with_every_problem_and_its_file(shop: Steps) -> None:
    one = another(shop, "one.toml", '[limits]\nanswers = ["4 per 24 huors"]\nunasked = "0"')
    ran = rehearse(shop, "--with", one, "--with", "none.toml")
    assert ran.code == 78
    assert ran.err.count("one.toml: limits") == 2
    assert ran.err.count("none.toml") == 1


@pytest.mark.parametrize("words", [("--days", "0"), ("--approve-after", "soon")])
def test_what_cannot_be_understood_is_refused(shop: Steps, words: tuple[str, ...]) -> None:
    ran = rehearse(shop, *words)
    assert ran.code == 2
    assert words[0] in ran.err


def test_without_stored_decisions_it_says_what_to_do(tmp_path: Path) -> None:
    prepare(tmp_path, imap=9, smtp=9)
    seller = Seller(tmp_path)
    ran = seller("rehearse")
    assert ran.code == 0
    assert "tactd once" in ran.out
    assert seller("rehearse", "--json").facts["events"] == 0
