"""He asked, was told when his parcel should come, and that day passes: he is told first, once, by
day, and only if there is still something to tell."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from clock_shop import START, WINDOW_ENDS, ClockShop, clock_shop
from servers.pymap_server import Pymap
from shop import RELAY, day, ebay_mail, jane, mail
from story_kit import address_of, asks, pymap_shop, text_of, wire
from tactd import loops
from tactd.adapters.store import contacts, journal, people, ties
from tactd.adapters.store.schema import promise
from tactd.config import load
from tactd.core.types import (
    ContactKind,
    Endpoint,
    EndpointKind,
    Estimate,
    FolderRole,
    PostalAddress,
    PromiseState,
    ReplyState,
    Silence,
)
from tactd.screens import staged, status, why

EVENING = WINDOW_ENDS + timedelta(hours=12, minutes=1)  # 19:01 in New York, the last day is over
NIGHT = datetime(2026, 11, 11, 3, 0, tzinfo=UTC)  # 22:00 there
MORNING = datetime(2026, 11, 11, 13, 0, tzinfo=UTC)  # 08:00


@pytest.fixture
async def shop(tmp_path: Path) -> Any:
    async with clock_shop(tmp_path) as opened:
        yield opened


async def has_asked(shop: ClockShop) -> None:
    """He asks inside the window, and is answered by itself."""
    shop.book()
    await shop.asks()
    assert shop.states() == ["in_transit sent"], shop.last_codes()


async def late(shop: ClockShop, now: datetime = EVENING, **changed: Any) -> None:
    """The window is over, and a fresh export says nothing new."""
    shop.now = now
    shop.book(**changed)
    await shop.beat()


async def test_when_the_day_that_he_was_told_passes_he_is_told_first_and_once(
    shop: ClockShop,
) -> None:
    await has_asked(shop)
    await late(shop, EVENING - timedelta(minutes=2))
    assert len(shop.sent) == 1, "the last day belongs to the window"
    await late(shop)
    assert shop.states() == ["in_transit sent", "delay_notice sent"], shop.last_codes()
    notice: EmailMessage = wire(shop.sent[1].raw)
    assert shop.sent[1].recipients == (address_of(1),)
    assert notice["In-Reply-To"] == "<b1-1@example.com>"
    assert notice["Auto-Submitted"]
    assert "November 10, 2026" in text_of(shop.sent[1].raw)
    for days in range(1, 30):
        await late(shop, EVENING + timedelta(days=days))
    assert len(shop.sent) == 2


async def test_of_an_order_that_names_two_who_were_untied_a_person_tells(shop: ClockShop) -> None:
    await has_asked(shop)
    ada, bob = (Endpoint(EndpointKind.MAIL, address_of(one)) for one in (1, 2))
    with shop.service.parts.store.write() as conn:
        ties.undo(conn, ada, bob, shop.now)
    await late(shop, endpoints=(ada, bob))
    assert shop.states()[1] == "delay_notice staged"
    assert "disclose.taken_apart" in shop.last_codes()
    assert len(shop.sent) == 1


async def test_it_counts_as_unasked_mail_about_that_order(shop: ClockShop) -> None:
    await has_asked(shop)
    await late(shop)
    with shop.service.parts.store.read() as conn:
        rows = contacts.since(conn, [f"mail:{address_of(1)}"], START - timedelta(days=1))
    assert [row.kind for row in rows] == [ContactKind.ANSWER, ContactKind.UNASKED]
    assert rows[1].order == shop.replies()[1].reply.order
    assert rows[1].thread == rows[0].thread


async def test_at_his_night_it_is_held_and_goes_in_his_morning(shop: ClockShop) -> None:
    await has_asked(shop)
    await late(shop, NIGHT)
    assert shop.states()[1] == "delay_notice held"
    [path] = shop.files("held")
    assert "night where the buyer lives, until 2026-11-11 21:00" in path.read_text("utf-8")
    await late(shop, MORNING - timedelta(minutes=1))
    assert len(shop.sent) == 1
    await late(shop, MORNING)
    assert shop.states()[1] == "delay_notice sent"
    assert len(shop.sent) == 2
    assert not shop.files("held")
    assert len(shop.files("sent")) == 2


async def test_status_says_when_what_is_held_frees_up(shop: ClockShop) -> None:
    await has_asked(shop)
    await late(shop, NIGHT)
    config = load(shop.root / "config.toml", {})
    [held] = status.gather(shop.service.parts.store, config, shop.now)["held"]
    assert held["situation"] == "delay_notice"
    assert datetime.fromisoformat(held["next_attempt"]) == MORNING


async def test_moved_from_held_to_approved_it_goes_at_once(shop: ClockShop) -> None:
    await has_asked(shop)
    await late(shop, NIGHT)
    [path] = shop.files("held")
    shop.move(path, "approved")
    await shop.beat()
    assert shop.states()[1] == "delay_notice sent"
    assert len(shop.sent) == 2


async def test_moved_from_held_to_rejected_it_never_goes(shop: ClockShop) -> None:
    await has_asked(shop)
    await late(shop, NIGHT)
    shop.move(shop.files("held")[0], "rejected")
    await shop.beat()
    await late(shop, MORNING)
    assert shop.states()[1] == "delay_notice rejected"
    assert len(shop.sent) == 1


async def test_what_the_seller_edits_while_it_is_held_goes_only_when_he_approves_it(
    shop: ClockShop,
) -> None:
    await has_asked(shop)
    await late(shop, NIGHT)
    [path] = shop.files("held")
    path.write_text(path.read_text("utf-8").replace("Your money is safe.", "All is well."), "utf-8")
    await shop.beat()
    await late(shop, MORNING)
    assert shop.states()[1] == "delay_notice held"
    [path] = shop.files("held")
    shop.move(path, "approved")
    await shop.beat()
    assert "All is well." in text_of(shop.sent[1].raw)


async def test_a_full_limit_holds_it_until_it_frees_up(tmp_path: Path) -> None:
    more = '[limits]\nunasked = ["1 per 2 days"]\nquiet_hours = "off"\n'
    async with clock_shop(tmp_path, more=more) as shop:
        await has_asked(shop)
        shop.now = EVENING - timedelta(days=1)
        await shop.mail(by_hand("<hand@example.org>"), FolderRole.SENT)
        await late(shop)
        assert shop.states()[1] == "delay_notice held"
        assert "limit for unasked mail is full" in shop.files("held")[0].read_text("utf-8")
        frees_up = EVENING + timedelta(days=1)
        await late(shop, frees_up - timedelta(seconds=61))
        assert len(shop.sent) == 1
        await late(shop, frees_up + timedelta(seconds=61))
        assert len(shop.sent) == 2


async def test_what_is_stale_before_the_limit_frees_up_is_dropped(tmp_path: Path) -> None:
    more = '[limits]\nunasked = ["1 per 30 days"]\nquiet_hours = "off"\n'
    async with clock_shop(tmp_path, more=more) as shop:
        await has_asked(shop)
        shop.now = EVENING - timedelta(days=1)
        await shop.mail(by_hand("<hand@example.org>"), FolderRole.SENT)
        await late(shop)
        assert shop.states()[1] == "delay_notice held"
        await late(shop, EVENING + timedelta(days=7))
        assert shop.states()[1] == "delay_notice withdrawn"
        assert shop.last_codes()[-1] == "due.stale"


@pytest.mark.parametrize("mode", ["auto", "stage"])
async def test_of_several_that_are_held_for_one_buyer_one_goes_at_a_time(
    mode: str, tmp_path: Path
) -> None:
    """Two orders of one buyer are late in the same night."""
    more = '[limits]\nanswers = "off"\nunasked = ["1 per 2 days"]\n'
    async with clock_shop(tmp_path, mode=mode, more=more) as shop:
        his = shop.book().endpoints
        shop.book(2, endpoints=his)
        await shop.asks()
        await shop.mail(asks(2, sender=address_of(1), date=shop.now))
        await approve_all(shop)
        assert shop.states() == ["in_transit sent"] * 2
        for now, states in (
            (NIGHT, ["held", "held"]),
            (MORNING, ["held", "sent"]),
            (MORNING + timedelta(days=1), ["held", "sent"]),
            (MORNING + timedelta(days=2, minutes=1), ["sent", "sent"]),
        ):
            shop.now = now
            shop.book()
            shop.book(2, endpoints=his)
            await shop.beat()
            await approve_all(shop)
            assert notices(shop) == states
            assert len(shop.files("held")) == states.count("held")
            texts = [path.read_text("utf-8") for path in shop.files("held")]
            assert now == NIGHT or all("limit for unasked mail is full" in one for one in texts)


async def approve_all(shop: ClockShop) -> None:
    for path in shop.files("staged"):
        shop.move(path, "approved")
    await shop.beat()


def notices(shop: ClockShop) -> list[str]:
    """The states of what has not been set aside for another draft."""
    found = [one.removeprefix("delay_notice ") for one in shop.states() if "notice" in one]
    return sorted(state for state in found if state != "withdrawn")


def by_hand(message_id: str, **more: Any) -> bytes:
    given = {"sender": "shop@example.org", "to": address_of(1), "message_id": message_id}
    return mail("I look into it.", **{**given, "date": None, **more})


async def test_held_and_delivered_meanwhile_it_is_dropped(shop: ClockShop) -> None:
    await has_asked(shop)
    await late(shop, NIGHT)
    shop.now = MORNING
    shop.delivered()
    await shop.beat()
    assert shop.states()[1] == "delay_notice withdrawn"
    assert shop.last_codes()[-1] == "due.not_under_way"
    assert len(shop.sent) == 1
    [path] = shop.files("withdrawn")
    assert "not under way any more" in path.read_text("utf-8")


async def test_delivered_in_time_there_is_nothing_to_tell(shop: ClockShop) -> None:
    await has_asked(shop)
    shop.now = EVENING
    shop.delivered()
    await shop.beat()
    assert shop.states() == ["in_transit sent"]


async def test_he_writes_meanwhile_and_his_mail_is_what_is_answered(shop: ClockShop) -> None:
    await has_asked(shop)
    await late(shop, NIGHT)
    await shop.asks("Where is my order? It is late now.", number=2)
    assert shop.states()[1] == "delay_notice withdrawn"
    await late(shop, MORNING)
    assert "delay_notice sent" not in shop.states()


async def test_whoever_has_written_since_is_not_told_unasked(shop: ClockShop) -> None:
    await has_asked(shop)
    shop.now = START + timedelta(days=1)
    await shop.asks("Thank you very much, goodbye.", number=2)
    await late(shop)
    assert shop.last_codes()[-1] == "due.wrote_since"
    assert len(shop.sent) == 1


async def test_stop_drops_it(shop: ClockShop) -> None:
    await has_asked(shop)
    await late(shop, NIGHT)
    with shop.service.parts.store.write() as conn:
        people.set_silence(conn, [f"mail:{address_of(1)}"], Silence.STOP, "mail 9", shop.now)
    await late(shop, MORNING)
    assert shop.states()[1] == "delay_notice withdrawn"
    assert shop.last_codes()[-1] == "silence.stop"
    assert len(shop.sent) == 1


async def test_the_sellers_own_mail_in_that_thread_closes_it(shop: ClockShop) -> None:
    await has_asked(shop)
    await late(shop, NIGHT)
    reply = by_hand("<hand@example.org>", In_Reply_To="<b1-1@example.com>", date=shop.now)
    await shop.mail(reply, FolderRole.SENT)
    assert shop.states()[1] == "delay_notice withdrawn"
    await late(shop, MORNING)
    assert len(shop.sent) == 1


async def test_switched_off_nothing_is_sent_unasked(tmp_path: Path) -> None:
    async with clock_shop(tmp_path, more='[proactive]\ndelay_notice = "off"\n') as shop:
        await has_asked(shop)
        await late(shop)
        assert shop.last_codes()[-1] == "proactive.off"
        assert shop.states() == ["in_transit sent"]


async def test_a_later_estimate_puts_it_off(shop: ClockShop) -> None:
    await has_asked(shop)
    later = Estimate(WINDOW_ENDS, WINDOW_ENDS + timedelta(days=3))
    await late(shop, estimate=later)
    assert len(shop.sent) == 1
    with shop.service.parts.store.read() as conn:
        [waits] = journal.open_promises(conn)
    assert waits.due == WINDOW_ENDS + timedelta(days=3)
    await late(shop, EVENING + timedelta(days=3), estimate=later)
    assert shop.states()[1] == "delay_notice sent"


async def test_facts_that_are_old_make_it_a_persons(shop: ClockShop) -> None:
    await has_asked(shop)
    await shop.at(EVENING)
    assert shop.states()[1] == "delay_notice staged"
    assert "choose.fact_old" in shop.last_codes()


async def test_where_he_lives_is_not_known_so_a_person_decides(shop: ClockShop) -> None:
    await has_asked(shop)
    await late(shop, ship_to=PostalAddress(name="Jane"))
    assert shop.states()[1] == "delay_notice staged"
    assert "quiet.unknown_country" in shop.last_codes()


async def test_in_mode_stage_it_is_staged_and_approved_at_night_it_waits_for_his_day(
    tmp_path: Path,
) -> None:
    async with clock_shop(tmp_path, mode="stage") as shop:
        shop.book()
        await shop.asks()
        shop.move(shop.files("staged")[0], "approved")
        await shop.beat()
        await late(shop)
        assert shop.states() == ["in_transit sent", "delay_notice staged"]
        await shop.at(NIGHT)
        shop.move(shop.files("staged")[0], "approved")
        await shop.beat()
        assert shop.states()[1] == "delay_notice held"
        assert len(shop.sent) == 1
        await shop.at(MORNING)
        assert shop.states()[1] == "delay_notice sent"
        assert not wire(shop.sent[1].raw)["Auto-Submitted"]


async def test_approved_now_it_goes_in_the_night(tmp_path: Path) -> None:
    async with clock_shop(tmp_path, mode="stage") as shop:
        shop.book()
        await shop.asks()
        shop.move(shop.files("staged")[0], "approved")
        await shop.beat()
        await late(shop, NIGHT)
        store, root = shop.service.parts.store, shop.root / "replies"
        number = str(shop.replies()[1].reply.id)
        moved, problems = staged.move_all(store, root, (number,), "approved", at_once=True)
        assert (len(moved), problems) == (1, [])
        await shop.beat()
        assert shop.states()[1] == "delay_notice sent"


async def test_approving_what_is_held_without_now_says_until_when_it_is(shop: ClockShop) -> None:
    await has_asked(shop)
    await late(shop, NIGHT)
    store, root = shop.service.parts.store, shop.root / "replies"
    number = str(shop.replies()[1].reply.id)
    moved, [problem] = staged.move_all(store, root, (number,), "approved")
    assert moved == []
    assert "held until 2026-11-11T13:00" in problem
    assert "--now" in problem
    assert len(shop.files("held")) == 1


async def test_why_explains_a_reply_that_answers_no_mail(shop: ClockShop) -> None:
    await has_asked(shop)
    await late(shop, NIGHT)
    parts = shop.service.parts
    told = why.of_id(parts.store, parts.pipeline.rules.policy, str(shop.replies()[1].reply.id))
    assert (told["kind"], told["decision"], told["would"]) == ("follow_up", "hold", "hold")
    assert told["reply_state"] == "held"
    assert "2026-11-11 21:00" in told["note"]
    assert why.latest(parts.store, parts.pipeline.rules.policy)[0]["situation"] == "delay_notice"


async def test_the_promise_is_kept_by_it(shop: ClockShop) -> None:
    await has_asked(shop)
    await late(shop)
    with shop.service.parts.store.read() as conn:
        states = list(conn.execute(promise.select()).all())
    assert [row.state for row in states] == [PromiseState.KEPT]


async def test_the_running_daemon_looks_by_itself_and_answers_through_the_relay(
    pymap: Pymap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loops, "FOLLOW_UP", timedelta(seconds=0.2))
    more = 'settle = "0 seconds"\n[limits]\nquiet_hours = "off"\n'
    auto = ("in_transit", "delay_notice")
    async with pymap_shop(pymap, tmp_path, mode="auto", auto=auto, more=more) as shop:
        await shop.import_orders(jane())
        shop.give(ebay_mail("Hello, where is my parcel? It has not arrived yet."))
        [answer] = await shop.sent()
        await shop.until(lambda: shop.reply_states() == [ReplyState.SENT], "it is recorded")
        # Three weeks later, as far as the order book and the promise are concerned.
        late = {
            "Minimum_Estimated_Delivery_Date": day(-9),
            "Maximum_Estimated_Delivery_Date": day(-2),
        }
        await shop.import_orders(jane(**late), name="later.csv")
        with shop.service.parts.store.write() as conn:
            [made] = journal.open_promises(conn)
            journal.put_off_promise(conn, made.id, datetime.now(UTC) - timedelta(days=2))
        [_, notice] = await shop.sent(2)
        assert notice.recipients == answer.recipients == (RELAY,)
        assert wire(notice.raw)["In-Reply-To"] == "<m1@ebay.com>"
        states = [ReplyState.SENT, ReplyState.SENT]
        await shop.until(lambda: shop.reply_states() == states, "both are recorded")
