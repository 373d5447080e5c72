"""Attacks on "nothing is lost": mails that look alike, fail, or are hidden by others."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from attacks.shop_in_steps import Steps, steps
from faults.prepared_shop import Prepared
from shop import day, mail
from story_kit import asks, no_fact_of, order_of, sheet
from tactd import wiring
from tactd.adapters.store.inbound import Kept
from tactd.core.types import FolderRole, ReplyState
from tactd.pipeline import Fate, Pipeline

STAGED, WITHDRAWN = ReplyState.STAGED, ReplyState.WITHDRAWN


def test_two_mails_whose_text_the_server_never_gave_are_two(tmp_path: Path) -> None:
    """They are alike byte for byte: there is none."""
    with steps(tmp_path) as shop:
        shop.give(b"")
        shop.prepared.ahead += timedelta(minutes=1)
        shop.give(b"")
        shop.handle()
        assert mail_states(shop) == ["done", "done"]


def mail_states(shop: Steps) -> list[str]:
    with shop.parts.store.read() as conn:
        return [row[0] for row in conn.execute(text("SELECT state FROM mail ORDER BY id"))]


@pytest.mark.parametrize("raw", [b"", b"Subject: hello\n\nWhere is my order?\n", b"\x00" * 50])
def test_a_mail_that_nobody_can_be_answered_for_is_reported(tmp_path: Path, raw: bytes) -> None:
    with steps(tmp_path) as shop:
        shop.give(raw)
        shop.handle()
        assert shop.files("staged") or shop.troubles()


def test_a_forger_who_wants_the_answer_elsewhere_takes_no_draft_away(tmp_path: Path) -> None:
    fails = "dmarc=fail header.from=example.com"
    with steps(tmp_path) as shop:
        (genuine,) = shop.stage(asks(1))
        shop.stage(asks(1, number=2, stamp=fails, Reply_To="x@example.net"))
        assert shop.states() == [STAGED, STAGED]
        assert genuine in shop.files("staged")


def test_a_mail_that_the_seller_forwards_is_not_answered_by_that(tmp_path: Path) -> None:
    """Gmail and Apple Mail name the forwarded mail in References and In-Reply-To."""
    with steps(tmp_path) as shop:
        shop.stage(asks(1))
        shop.give(forward(), role=FolderRole.SENT)
        shop.handle()
        assert shop.states() == [STAGED]


def test_a_mail_that_was_forwarded_before_it_was_read_is_still_staged(tmp_path: Path) -> None:
    with steps(tmp_path) as shop:
        shop.give(forward(), role=FolderRole.SENT)
        assert len(shop.stage(asks(1))) == 1


def test_a_form_that_gives_all_mails_one_id_is_answered_each_time(tmp_path: Path) -> None:
    with steps(tmp_path) as shop:
        today = shop.prepared.now()
        shop.stage(asks(1, date=today - timedelta(days=3)))
        by_hand = mail(
            "It is on its way.",
            sender="shop@example.org",
            to="buyer1@example.com",
            message_id="<h1@example.org>",
            date=today - timedelta(days=2),
            In_Reply_To="<b1-1@example.com>",
        )
        shop.give(by_hand, role=FolderRole.SENT)
        shop.handle()
        assert shop.states() == [WITHDRAWN]
        shop.stage(asks(1, "Where is my parcel now?", date=today))
        assert shop.states() == [WITHDRAWN, STAGED]


def forward() -> bytes:
    return mail(
        "Please have a look at this parcel.",
        sender="shop@example.org",
        name="Blue Sheep",
        to="warehouse@example.net",
        subject="Fwd: My order",
        message_id="<f1@example.org>",
        In_Reply_To="<b1-1@example.com>",
        References="<b1-1@example.com>",
    )


def test_an_answer_to_a_stranger_in_a_buyers_thread_leaves_the_buyer_his(tmp_path: Path) -> None:
    """The stranger has hung his mail into the thread; the seller answers him alone."""
    with steps(tmp_path) as shop:
        shop.stage(asks(1))
        shop.stage(stranger())
        shop.give(
            mail(
                "Who are you?",
                sender="shop@example.org",
                to="stranger@example.net",
                subject="Re: My order",
                message_id="<h1@example.org>",
                In_Reply_To="<s1@example.net>",
                References="<b1-1@example.com> <s1@example.net>",
            ),
            role=FolderRole.SENT,
        )
        shop.handle()
        assert shop.states() == [STAGED, WITHDRAWN]


def stranger() -> bytes:
    return mail(
        "And where is it now?",
        sender="stranger@example.net",
        name="Ann Other",
        subject="Re: My order",
        message_id="<s1@example.net>",
        stamp="dmarc=pass header.from=example.net",
        References="<b1-1@example.com>",
        In_Reply_To="<b1-1@example.com>",
    )


def test_a_stranger_in_a_buyers_thread_is_told_nothing(tmp_path: Path) -> None:
    with steps(tmp_path) as shop:
        (first,) = shop.stage(asks(1))
        (path,) = [one for one in shop.stage(stranger()) if one != first]
        read = sheet(path)
        assert read.to == "stranger@example.net"
        assert no_fact_of(read.sent, 1, 2) == []
        assert first in shop.files("staged"), "nor does he take the buyer's answer away"


def test_one_draft_that_cannot_be_drawn_again_keeps_no_other_from_it(tmp_path: Path) -> None:
    with steps(tmp_path) as shop:
        shop.stage(asks(1), asks(2))
        late = {"Maximum_Estimated_Delivery_Date": day(31)}
        shop.book(order_of(1, **late), order_of(2, **late), name="Second.csv")
        poison(shop.parts.pipeline, 1)
        shop.parts.desk.check_facts()
        shop.handle()
        assert shop.states() == [STAGED, WITHDRAWN, STAGED]


def poison(pipeline: Pipeline, number: int) -> None:
    """Handling this mail fails from now on, whatever the reason."""
    handle = pipeline._handle

    def fails(conn: Connection, kept: Kept) -> Fate:
        if kept.id == number:
            raise ValueError("poisoned")
        return handle(conn, kept)

    pipeline._handle = fails  # type: ignore[method-assign]


def test_a_reload_that_renames_a_mailbox_sets_no_mail_aside(tmp_path: Path) -> None:
    """It needs a restart, and until then mail comes in under the old name."""
    with steps(tmp_path) as shop:
        path = tmp_path / "config.toml"
        old = shop.prepared.config
        path.write_text(path.read_text().replace('name = "shop"', 'name = "store"'))
        wiring.reload(RunningOnly(shop.service), path, {"SHOP_PASSWORD": "x"}, old)
        assert len(shop.stage(asks(1))) == 1


class RunningOnly:
    """A service that is told of a reload without a loop to note it in."""

    def __init__(self, service: object) -> None:
        self.parts = service.parts  # type: ignore[attr-defined]

    def reloaded(self, problems: object) -> None: ...


def test_mail_kept_under_a_mailbox_that_was_renamed_is_still_staged(tmp_path: Path) -> None:
    with steps(tmp_path) as shop:
        shop.stage(asks(1))
        shop.give(asks(2))
    path = tmp_path / "config.toml"
    path.write_text(path.read_text().replace('name = "shop"', 'name = "store"'))
    with steps(tmp_path, prepared=Prepared(tmp_path)) as shop:
        shop.handle()
        assert shop.states() == [STAGED, STAGED]
        for one in shop.files("staged"):
            shop.approve(one)
        assert shop.states() == [STAGED, STAGED], "there is no server to send it by"
        assert all("shop" in one.read_text().split("To:")[0] for one in shop.files("trouble"))
        assert len(shop.files("trouble")) == 2
