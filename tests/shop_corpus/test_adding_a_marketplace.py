"""A marketplace is one new folder and the rows that CONTRIBUTING.md names: a copy of tactd learns
an invented one (tests/shop_corpus/fairground/) and reads its orders and mails."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from shop import CONFIG

CHECKOUT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent / "fairground"

# File, a line of it, and the lines that follow it in tactd with a marketplace more.
ROWS = (
    (
        "marketplaces/__init__.py",
        "from tactd.marketplaces.etsy import mails as etsy_mails",
        "from tactd.marketplaces.fairground import export as fairground_export\n"
        "from tactd.marketplaces.fairground import mails as fairground_mails",
    ),
    ("marketplaces/__init__.py", "    paypal_export.READER,", "    fairground_export.READER,"),
    ("marketplaces/__init__.py", "    paypal_mails.open_mail,", "    fairground_mails.open_mail,"),
    ("marketplaces/__init__.py", "    walmart_mails.is_relay,", "    fairground_mails.is_relay,"),
    (
        "marketplaces/numbers.py",
        "PATTERNS = (",
        '    Pattern(Marketplace.FAIRGROUND, "order", re.compile(r"FG-[0-9]{6}(?![0-9])")),',
    ),
    ("core/types.py", '    WALMART = "walmart"', '    FAIRGROUND = "fairground"'),
    ("core/types.py", '    WALMART = "user@walmart"', '    FAIRGROUND = "user@fairground"'),
    (
        "core/reach.py",
        '    EndpointKind.WALMART: "Walmart",',
        '    EndpointKind.FAIRGROUND: "Fairground",',
    ),
    (
        "core/compose/pack_rules.py",
        '    Marketplace.WALMART: re.compile(r"\\bwalmart\\b|沃尔玛", re.IGNORECASE),',
        '    Marketplace.FAIRGROUND: re.compile(r"\\bfairground\\b", re.IGNORECASE),',
    ),
)

SALES = """Ticket,Paid,Visitor,Visitor ID,Good,Pieces,Sum,Sent,Parcel
FG-100001,2026-11-02,Ada Vale,ada_v,Camping lantern,2,"38,00 €",2026-11-04,LZ612003456CN
FG-100002,2026-11-18,Bo Lind,bo.lind,Rain cape,1,"22,00 €",,
"""

STAMP = (
    "Authentication-Results: mx.example.org; dmarc=pass header.from={domain}\n"
    "Date: Fri, 20 Nov 2026 09:00:00 +0000\nTo: shop@example.org\n"
)
ASKED = (
    STAMP.format(domain="visitors.fairground.example")
    + """From: Ada <ada_v@visitors.fairground.example>
Subject: A visitor asks
Message-ID: <one@fairground.example>

A visitor wrote to you. They say:
Where is my lantern? My ticket is FG-100001.
-- Fairground
"""
)
WAITS = (
    STAMP.format(domain="fairground.example")
    + """From: Fairground <desk@fairground.example>
Subject: A visitor still waits
Message-ID: <two@fairground.example>

Ticket: FG-100001
Please answer by November 24, 2026.
"""
)


class Tactd:
    """A copy of tactd with the rows, and a seller who uses it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.site = root / "site"

    def __call__(self, *words: str) -> Any:
        done = subprocess.run(
            [sys.executable, "-m", "tactd", *words],
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": str(self.site), "SHOP_PASSWORD": "x"},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return json.loads(done.stdout)

    def why(self, mail: str) -> Any:
        (self.root / "mail.eml").write_text(mail, encoding="utf-8")
        return self("why", "mail.eml", "--at", "2026-11-20T09:01:00+00:00", "--json")


@pytest.fixture(scope="module")
def tactd(tmp_path_factory: pytest.TempPathFactory) -> Tactd:
    root = tmp_path_factory.mktemp("fairground")
    package = root / "site" / "tactd"
    unwanted = shutil.ignore_patterns("__pycache__")
    shutil.copytree(CHECKOUT / "daemon" / "tactd", package, ignore=unwanted)
    for name in ("templates", "config.toml"):
        (package / "shipped").mkdir(exist_ok=True)
        (package / "shipped" / name).symlink_to(CHECKOUT / name)
    shutil.copytree(FOLDER, package / "marketplaces" / "fairground", ignore=unwanted)
    for file, line, more in ROWS:
        _add(package / file, line, more)
    config = CONFIG.format(
        imap=1, smtp=1, user="seller", mode="stage", auto="[]", language="en", more=""
    )
    (root / "config.toml").write_text(config, encoding="utf-8")
    (root / "sales.csv").write_text(SALES, encoding="utf-8")
    return Tactd(root)


def _add(path: Path, line: str, more: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(f"{line}\n") == 1, (path, line)
    path.write_text(text.replace(f"{line}\n", f"{line}\n{more}\n"), encoding="utf-8")


def test_a_new_marketplace_is_one_folder_and_a_few_rows(tactd: Tactd) -> None:
    (taken,) = tactd("orders", "import", "sales.csv", "--json")
    assert (taken["orders"], taken["problems"]) == (2, [])

    asked = tactd.why(ASKED)
    said = (asked["kind"], asked["marketplace"], asked["order"], asked["match"]["certain"])
    assert said == ("buyer_message", "fairground", "FG-100001", True)
    assert asked["buyer"]["username"] == "ada_v"
    assert asked["buyer"]["endpoints"] == ["relay ada_v@visitors.fairground.example"]

    waits = tactd.why(WAITS)
    (told,) = waits["tells"]
    assert (waits["kind"], waits["order"]) == ("case_inr", "FG-100001")
    assert (told["changes"], told["cases"][0]["answer_by"]) == ("yes", "2026-11-24T12:00:00Z")


def test_what_contributing_names_are_the_files_that_a_marketplace_touches() -> None:
    text = (CHECKOUT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = text.partition("### a marketplace")[2].partition("\n### ")[0]
    for file in {file for file, _, _ in ROWS}:
        assert f"`{file}`" in section, file
