"""The demo's own mail servers, apart from the demo."""

from __future__ import annotations

import asyncio

import pytest

from tactd.demo.servers import mailbox


@pytest.mark.parametrize("password", ["-begins-with-a-dash", "--debug", "plain"])
async def test_any_password_that_chance_gives_opens_the_mailbox(password: str) -> None:
    """One start in sixty-four failed: chance had given a password that looked like an option."""
    async with mailbox("seller", password) as box:
        await asyncio.to_thread(box.prepare)
