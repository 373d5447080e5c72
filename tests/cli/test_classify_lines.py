"""`tactd classify` in a script's hands: every line gets its answer, whatever it is."""

from __future__ import annotations

import json

import pytest

from cli.seller import Seller

ASKED = json.dumps({"id": "a", "subject": "", "body": "Hello, where is my parcel?"})


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{broken", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[1, 2]", "not a JSON object"),
        ('{"id": 7, "body": ["a", {"b": 1}]}', "must be texts"),
        ('{"id": 7, "subject": 5, "body": "where is it"}', "must be texts"),
        ('{"id": 7, "text": "where is it"}', "neither subject nor body"),
    ],
)
def test_a_line_that_cannot_be_read_is_answered_so_and_the_next_one_is_read(
    seller: Seller, line: str, said: str
) -> None:
    ran = seller("classify", given=f"{line}\n{ASKED}\n")
    bad, good = map(json.loads, ran.out.splitlines())
    assert said in bad["error"]
    assert bad["id"] == (7 if '"id"' in line else None)
    assert (ran.code, good["id"], good["intent"]) == (0, "a", "where_is_my_item")


def test_a_windows_mark_before_the_first_line_is_no_mistake(seller: Seller) -> None:
    ran = seller("classify", given=f"\ufeff{ASKED}\r\n")
    assert json.loads(ran.out)["intent"] == "where_is_my_item"


def test_an_empty_mail_is_a_mail(seller: Seller) -> None:
    assert json.loads(seller("classify", given='{"body": ""}').out)["intent"] == "other"
