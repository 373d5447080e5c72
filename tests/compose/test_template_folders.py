from __future__ import annotations

from pathlib import Path

import pytest

from compose.letters import SHIPPED, SHIPPED_FOLDER, codes, letter
from tactd.adapters.templates import Loaded, load
from tactd.core.compose.template_set import Key
from tactd.core.types import Situation

OWN_TEXT = "Subject: Mine\n\n[answer]\nMy own words.\n"


def with_own(folder: Path, files: dict[str, bytes]) -> Loaded:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return load(SHIPPED_FOLDER, folder)


def test_the_sellers_own_file_wins_and_the_others_stay(tmp_path: Path) -> None:
    loaded = with_own(tmp_path, {"delayed/en.txt": OWN_TEXT.encode()})
    assert loaded.problems == ()
    changed = {
        key
        for key, text in loaded.templates.sources.items()
        if SHIPPED.templates.sources.get(key) != text
    }
    assert changed == {Key("delayed", "en")}
    assert loaded.templates.digest != SHIPPED.templates.digest


def test_the_digest_depends_on_nothing_but_the_texts(tmp_path: Path) -> None:
    assert load(SHIPPED_FOLDER).templates.digest == SHIPPED.templates.digest
    assert load(SHIPPED_FOLDER, tmp_path / "absent") == SHIPPED


def test_an_empty_file_switches_a_shipped_one_off(tmp_path: Path) -> None:
    loaded = with_own(tmp_path, {"delayed/en.2.txt": b"\n"})
    assert loaded.templates.variants("delayed", "en") == (1,)
    assert loaded.problems == ()


def test_a_wrong_file_is_told_and_nothing_stands_in_for_it(tmp_path: Path) -> None:
    wrong = OWN_TEXT.replace("words", "{{ wrods }}").encode()
    loaded = with_own(tmp_path / "mine", {"delayed/en.txt": wrong})
    assert loaded.problems == ("mine/delayed/en.txt:4: unknown fact 'wrods'",)
    assert not loaded.templates.has("delayed", "en")
    composed = letter(Situation.DELAYED, templates=loaded.templates)
    assert codes(composed)[0] == "compose.no_template"


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("delayd/en.txt", b"x", "unknown situation 'delayd'; did you mean 'delayed'?"),
        ("en.txt", b"x", "belongs into the folder of a situation"),
        ("delayed/english.txt", b"x", "name it by its language"),
        ("delayed/en.txt.txt", b"x", "name it by its language"),
        ("delayed/en.txt", OWN_TEXT.encode("utf-16"), "is not UTF-8 text"),
        ("delayed/en.txt", b"x" * 100_001, "is larger than"),
        ("delayed/en.txt", b"Dear buyer", "the first line must be 'Subject: "),
    ],
)
def test_every_wrong_file_is_told_with_its_place(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    problems = with_own(tmp_path / "mine", {name: data}).problems
    assert any(p.startswith(f"mine/{name}:") and reason in p for p in problems), problems


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    files = {"delayed/en.txt": b"a", "delayd/en.txt": b"b", "opt_out/xx.txt": b"c"}
    assert len({p.partition(":")[0] for p in with_own(tmp_path, files).problems}) == 3


@pytest.mark.parametrize("name", ["README.md", "delayed/.en.txt", "delayed/~en.txt", "a/b/c.txt"])
def test_notes_and_editors_litter_are_left_alone(tmp_path: Path, name: str) -> None:
    assert with_own(tmp_path, {name: b"\xff\xfe"}) == SHIPPED


def test_a_byte_order_mark_and_windows_line_ends_are_fine(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf" + OWN_TEXT.replace("\n", "\r\n").encode()
    loaded = with_own(tmp_path, {"delayed/en.txt": data, "delayed/en.2.txt": b""})
    composed = letter(Situation.DELAYED, templates=loaded.templates)
    assert composed.draft is not None
    assert (composed.draft.subject, "My own words." in composed.draft.body) == ("Mine", True)
    assert "\r" not in composed.draft.body
