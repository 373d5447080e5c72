from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import fields, replace
from datetime import time, timedelta
from pathlib import Path

import pytest

from tactd.config import load, policy_digest, policy_of
from tactd.config.spans import settle
from tactd.core.classify.reader import reader
from tactd.core.types import (
    Days,
    MailboxPolicy,
    Marketplace,
    Mode,
    Pack,
    Policy,
    Route,
    Season,
    Situation,
)
from tactd.shipped import shipped

PACKS = {
    Marketplace.EBAY: Pack(
        marketplace=Marketplace.EBAY, dated="2026-11-01", answer_within=timedelta(hours=24)
    )
}


def default_policy() -> Policy:
    return policy_of(load(shipped("config.toml"), {}), PACKS)


def test_the_policy_holds_what_the_configuration_says() -> None:
    policy = default_policy()
    assert policy.seller_name == "Blue Sheep Outdoor"
    assert (policy.mode, policy.settle) == (Mode.STAGE, timedelta(minutes=3))
    assert policy.mailbox("shop") == MailboxPolicy(
        "shop", "shop@example.com", (), ("mx.example.com",)
    )
    assert policy.auto == {Situation.IN_TRANSIT, Situation.FEEDBACK_THANKS}
    assert policy.limits.quiet == (time(21), time(8))
    assert policy.delivery.routes == (Route("US", Days(10, 20), "ePacket"),)
    assert policy.delivery.seasons == (Season((11, 15), (1, 10), 7),)
    assert policy.proactive["progress"] == "asked"
    assert policy.packs == PACKS


def test_equal_policies_have_the_same_digest_whatever_the_hash_seed() -> None:
    script = (
        "from tactd.config import load, policy_digest, policy_of; "
        "from tactd.shipped import shipped; "
        "print(policy_digest(policy_of(load(shipped('config.toml'), {}), {})))"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
            cwd=Path(__file__).parent,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert digests == {policy_digest(replace(default_policy(), packs={}))}


def test_every_change_of_a_policy_changes_its_digest() -> None:
    policy = default_policy()
    changed = {
        "seller_name": "Red Sheep",
        "seller_language": "de",
        "seller_address": "you@example.com",
        "timezone": "Europe/Berlin",
        "mailboxes": (),
        "mode": Mode.AUTO,
        "auto": frozenset({Situation.IN_TRANSIT}),
        "max_age": timedelta(hours=71),
        "settle": timedelta(minutes=4),
        "limits": replace(policy.limits, quiet=None),
        "delivery": replace(policy.delivery, handling=4),
        "proactive": {},
        "packs": {Marketplace.EBAY: replace(PACKS[Marketplace.EBAY], links=False)},
        "reader": reader(b"one file", b"another"),
    }
    assert set(changed) >= {field.name for field in fields(Policy)}
    variants = [replace(policy, **{name: value}) for name, value in changed.items()]  # type: ignore[arg-type]
    digests = {policy_digest(variant) for variant in [policy, *variants]}
    assert len(digests) == len(changed) + 1


@pytest.mark.parametrize("text", ["0 seconds", "0 minutes"])
def test_a_settle_time_of_nothing_answers_at_once(text: str) -> None:
    assert settle(text) == timedelta(0)
