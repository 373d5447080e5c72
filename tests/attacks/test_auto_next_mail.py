"""Attacks with what a buyer writes next, while the answer to his first mail settles."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from attacks.auto_shop import at_address, read_stop_as, settling
from clock_shop import START, ClockShop, clock_shop
from story_kit import asks, sheet
from tactd.adapters.store import inbound
from tactd.core.types import Intent, Reading

NO_LIMIT = '[limits]\nanswers = "off"\n'
SETTLED = START + timedelta(minutes=7)
SECOND = "second@example.com"
CHANGES_IT = [
    "Arrived today, thank you very much!",
    "It has just arrived, thank you very much!",
    "Please stop writing to me.",
    "I want my money back.",
    "",
    "zxcv qwer asdf",
]


@pytest.mark.parametrize("words", CHANGES_IT)
async def test_his_first_mail_is_not_answered_as_if_he_had_not_gone_on(
    tmp_path: Path, words: str
) -> None:
    async with clock_shop(tmp_path, more=NO_LIMIT) as shop:
        await settling(shop)
        shop.now += timedelta(minutes=1)
        await shop.mail(asks(1, words, number=2, date=shop.now))
        await shop.at(SETTLED)
        await shop.at(SETTLED + timedelta(hours=1))
        assert shop.sent == []
        assert any(one.endswith("staged") for one in shop.states()), shop.states()


async def test_an_old_mail_that_is_moved_into_the_inbox_is_a_persons(tmp_path: Path) -> None:
    """It comes now, as far as the server says; the seller may have answered it a month ago."""
    async with clock_shop(tmp_path, more=NO_LIMIT) as shop:
        shop.book()
        await shop.mail(asks(1, date=START - timedelta(days=30)))
        assert shop.states() == ["in_transit staged"]
        assert "permit.too_old" in shop.last_codes()


async def test_an_automatic_reply_of_his_does_not_stop_the_answer(tmp_path: Path) -> None:
    async with clock_shop(tmp_path, more=NO_LIMIT) as shop:
        await settling(shop)
        shop.now += timedelta(minutes=1)
        await shop.mail(
            asks(1, "I am away.", number=2, date=shop.now, Auto_Submitted="auto-replied")
        )
        await shop.at(SETTLED)
        assert len(shop.sent) == 1


def two_orders(shop: ClockShop) -> None:
    username = shop.book(1).endpoints[0]
    shop.book(2, endpoints=(username, at_address(SECOND)))


STOPS = {
    "a stop": Reading(Intent.OPT_OUT, 0.5, language_sure=True),
    "a stop, or a cancelled order": Reading(Intent.OPT_OUT, 0.98, (Intent.CANCEL_ORDER,)),
    "a stop, and a return": Reading(Intent.OPT_OUT, 0.98, (Intent.RETURN_REQUEST,)),
    "a return, and a stop": Reading(Intent.RETURN_REQUEST, 0.98, (Intent.OPT_OUT,)),
    "anything, and a stop": Reading(Intent.OTHER, 0.3, (Intent.OPT_OUT,)),
}


async def stop_from_his_other_address(shop: ClockShop, reading: Reading) -> None:
    """While the answer about his first order settles."""
    await settling(shop)
    two_orders(shop)
    read_stop_as(shop, reading)
    shop.now += timedelta(minutes=1)
    await shop.mail(asks(2, "Stop!", sender=SECOND, date=shop.now))


@pytest.mark.parametrize("reading", STOPS.values(), ids=STOPS)
async def test_a_stop_from_his_other_address_stops_what_settles(
    tmp_path: Path, reading: Reading
) -> None:
    async with clock_shop(tmp_path, more=NO_LIMIT) as shop:
        await stop_from_his_other_address(shop, reading)
        await shop.at(SETTLED)
        assert shop.sent == []
        assert shop.states()[0] == "in_transit staged"


@pytest.mark.parametrize("reading", STOPS.values(), ids=STOPS)
async def test_after_a_stop_beside_whatever_else_nothing_is_answered_by_itself(
    tmp_path: Path, reading: Reading
) -> None:
    async with clock_shop(tmp_path, more=NO_LIMIT) as shop:
        await stop_from_his_other_address(shop, reading)
        await shop.at(SETTLED + timedelta(days=9))
        await shop.asks(number=3)
        await shop.at(shop.now + timedelta(hours=1))
        assert shop.sent == []
        assert "permit.stop" in shop.last_codes()


async def test_what_may_also_be_a_cancelled_order_has_the_letter_of_a_stop_ready(
    tmp_path: Path,
) -> None:
    auto = '["in_transit", "opt_out"]'
    async with clock_shop(tmp_path, auto=auto, more=NO_LIMIT) as shop:
        both = Reading(Intent.OPT_OUT, 0.98, (Intent.CANCEL_ORDER,), sure=True)
        shop.book()
        read_stop_as(shop, both)
        await shop.asks("Stop!")
        await shop.at(SETTLED)
        assert shop.states() == ["opt_out staged"]
        [top] = sheet(shop.files("staged")[0]).top
        assert "cancel" in top


async def test_the_seller_reads_that_he_has_been_asked_for_silence_beside_something_else(
    tmp_path: Path,
) -> None:
    async with clock_shop(tmp_path, more=NO_LIMIT) as shop:
        shop.book()
        read_stop_as(shop, STOPS["a return, and a stop"])
        await shop.asks("Stop!")
        assert any("no more mail" in one for one in sheet(shop.files("staged")[0]).top)
        assert "asked for silence" in shop.screen()


async def test_a_guess_silences_nobody(tmp_path: Path) -> None:
    async with clock_shop(tmp_path, more=NO_LIMIT) as shop:
        await stop_from_his_other_address(shop, Reading(Intent.OPT_OUT, 0.49))
        await shop.at(SETTLED)
        assert len(shop.sent) == 1


async def test_a_faint_stop_after_a_question_that_waits_is_one(tmp_path: Path) -> None:
    """Read together with the question, it is a question."""
    async with clock_shop(tmp_path, mode="stage", more=NO_LIMIT) as shop:
        shop.book()
        await shop.asks()
        read_stop_as(shop, Reading(Intent.OPT_OUT, 0.6))
        await shop.mail(asks(1, "Stop!", number=2, date=shop.now))
        assert "classify.earlier_question" in shop.last_codes()
        assert "asked for silence" in shop.screen()


async def test_what_he_asks_about_another_order_does_not_stop_the_answer(tmp_path: Path) -> None:
    async with clock_shop(tmp_path, more=NO_LIMIT) as shop:
        await settling(shop)
        two_orders(shop)
        shop.now += timedelta(minutes=1)
        await shop.mail(asks(2, "I want my money back.", sender=SECOND, date=shop.now))
        await shop.at(SETTLED)
        assert sorted(shop.states())[0] == "in_transit sent", shop.states()


async def test_an_answer_about_one_order_does_not_pass_for_one_about_the_other(
    tmp_path: Path,
) -> None:
    """What waits for the seller still waits: `why` and the deadline of his next mail say so."""
    async with clock_shop(tmp_path, more=NO_LIMIT) as shop:
        two_orders(shop)
        await shop.asks("I want my money back.")
        await shop.mail(asks(2, sender=SECOND, date=shop.now))
        assert shop.states() == ["refund_not_yet staged", "in_transit sent"]
        with shop.service.parts.store.read() as conn:
            waiting = inbound.waiting(conn, ["mail:buyer1@example.com"], START - timedelta(days=1))
        assert [one.mail for one in waiting] == [1]


@pytest.mark.parametrize("flag", ["legal_threat", "abuse", "injury"])
async def test_no_letter_of_ours_lies_ready_for_one_who_is_hurt_threatens_or_insults(
    tmp_path: Path, flag: str
) -> None:
    async with clock_shop(tmp_path, more=NO_LIMIT) as shop:
        shop.book()
        read_stop_as(shop, Reading(Intent.WHERE_IS_MY_ITEM, 0.99, flags=(flag,)))
        await shop.asks("Stop!")
        assert shop.states() == ["handover staged"]


async def test_one_who_insults_and_wants_no_more_mail_is_left_in_peace(tmp_path: Path) -> None:
    async with clock_shop(tmp_path, more=NO_LIMIT) as shop:
        shop.book()
        read_stop_as(shop, Reading(Intent.OPT_OUT, 0.99, flags=("abuse",)))
        await shop.asks("Stop!")
        assert shop.states() == ["opt_out staged"]
