"""`tactd status` while config.toml has a slip: what can be seen is shown, and the slip is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.seller import Seller
from tactd.config import load_for_looking
from tactd.errors import ConfigError

LIMIT = '[limits]\nanswers = ["1 per 10 minuts"]\n'


def test_a_slip_in_a_limit_is_told_and_the_rest_is_shown(seller: Seller) -> None:
    seller.configure(more=LIMIT)
    ran = seller("status")
    assert ran.code == 78
    assert "config.toml is wrong: limits.answers" in ran.out
    assert "No reply waits for you" in ran.out
    facts = seller("status", "--json").facts
    assert len(facts["config_problems"]) == 1
    assert facts["mode"] == "stage"


def test_without_a_slip_there_is_nothing_to_tell(seller: Seller) -> None:
    ran = seller("status", "--json")
    assert (ran.code, ran.facts["config_problems"]) == (0, [])


@pytest.mark.parametrize(
    "more",
    [
        '[store]\nurl = "mysql://elsewhere"\n',
        "[store]\nurl = 7\n",
        "[[mailbox]]\nname = 3\n",
        "[[limits]]\nanswers = 3\n",
        "[limits\n",
    ],
)
def test_nothing_is_opened_where_it_is_not_known_whose_or_where(more: str, seller: Seller) -> None:
    seller.configure(more=more)
    path = seller.root / "config.toml"
    with pytest.raises(ConfigError):
        load_for_looking(path, {})
    assert seller("status").code == 78
    assert not (seller.root / "tactd.db").exists()


def test_what_is_left_out_for_a_slip_takes_nothing_else_with_it(tmp_path: Path) -> None:
    made = Seller(tmp_path)
    made.configure(more='[limits]\nanswers = "often"\nunasked = "off"\nmoon = 1\n', mode="auto")
    config, wrong = load_for_looking(tmp_path / "config.toml", {})
    assert len(wrong) == 2
    assert config.limits.unasked == ()
    assert config.replies.mode == "auto"
    with pytest.raises(ConfigError) as refused:
        made.configure(more='[seller2]\nanswers = "often"\n')
        load_for_looking(tmp_path / "config.toml", {})
    assert refused.value.problems


def test_resume_agreed_wants_to_know_who(seller: Seller) -> None:
    ran = seller("resume", "--agreed")
    assert ran.code == 2
    assert "needs WHO" in ran.err
