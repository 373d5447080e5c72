"""A seller with a configuration and an order, before a server that is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.seller import Seller


@pytest.fixture
def seller(tmp_path: Path) -> Seller:
    made = Seller(tmp_path)
    made.configure()
    return made
