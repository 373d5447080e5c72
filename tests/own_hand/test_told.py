"""What `tactd status` says while Sent is read back."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from attacks.shop_in_steps import Steps, steps
from tactd.adapters.mailbox import Health, State
from tactd.adapters.mailbox.folders import sent_problem
from tactd.reporting import health_facts
from tactd.screens import status
from tactd.screens.terminal import Terminal


def said(shop: Steps, **health: Any) -> str:
    """What the seller reads, of a mailbox that is doing so."""
    facts = shop.prepared.status()
    box = health_facts(Health(state=State.WATCHING, caught_up=True, **health))
    facts["mailboxes"] = [{"name": "shop", **box}]
    out = io.StringIO()
    status.show(facts, "UTC", Terminal(file=out, width=200))
    return out.getvalue()


@pytest.fixture
def shop(tmp_path: Path) -> Any:
    with steps(tmp_path) as made:
        yield made


def test_how_far_it_is_stands_beside_the_mailbox_until_it_is_done(shop: Steps) -> None:
    assert "(600 of 20000)" in said(shop, sent_backlog=(600, 20_000))
    assert "Sent" not in said(shop, sent_read=True)


def test_a_missing_sent_folder_is_not_all_right(shop: Steps) -> None:
    for wanted in ("auto", "Gesendetes"):
        text = said(shop, problem=sent_problem(wanted))
        assert "not all right" in text
        assert "nothing goes out by itself" in text
    assert sent_problem("none") == ""
