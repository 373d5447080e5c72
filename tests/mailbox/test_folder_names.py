"""Which folder is taken for the one of sent mail."""

from __future__ import annotations

import pytest

from tactd.adapters.mailbox.folders import SENT_NAMES, Listed, sent_folder


def _listed(*names: str, delimiter: str = "/", **flags: str) -> list[Listed]:
    return [Listed(name, frozenset(flags.get(name, "").split()), delimiter) for name in names]


def test_the_servers_own_mark_wins_over_any_name() -> None:
    assert sent_folder(_listed("INBOX", "Sent", "Ausgang", Ausgang="\\sent"), "auto") == "Ausgang"


@pytest.mark.parametrize("name", SENT_NAMES)
def test_common_names_are_known_in_any_case_and_below_any_folder(name: str) -> None:
    assert sent_folder(_listed("INBOX", name.upper()), "auto") == name.upper()
    below = f"INBOX.{name}"
    assert sent_folder(_listed("INBOX", below, delimiter="."), "auto") == below


def test_the_commoner_name_wins() -> None:
    assert sent_folder(_listed("已发送", "Sent Messages", "Sent"), "auto") == "Sent"


def test_a_folder_that_cannot_be_opened_is_none() -> None:
    assert sent_folder(_listed("Sent", Sent="\\noselect \\sent"), "auto") is None


def test_a_named_folder_is_taken_as_it_is_or_not_at_all() -> None:
    assert sent_folder(_listed("Sent", "Out", Sent="\\sent"), "Out") == "Out"
    assert sent_folder(_listed("Sent", Sent="\\sent"), "Gone") is None
