"""The folders on disk: whole files, never one over another, only news read."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from staging.sheet_samples import SHEET, parsed
from tactd.adapters.staging import Found, Staging
from tactd.adapters.staging import whole as whole_files
from tactd.adapters.staging.look import LARGEST
from tactd.core.filing.judge import Folder
from tactd.core.sheet.file import parse, render

LATER = timedelta(seconds=10)


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def staging(tmp_path: Path) -> Staging:
    return Staging(tmp_path / "replies")


def look(staging: Staging) -> dict[str, Found]:
    return {f"{found.folder}/{found.name}": found for found in staging.scan(now() + LATER)}


def names(staging: Staging) -> set[str]:
    return {
        str(path.relative_to(staging.root)) for path in staging.root.rglob("*") if path.is_file()
    }


def test_all_folders_are_there_from_the_start(staging: Staging) -> None:
    assert {path.name for path in staging.root.iterdir()} == set(Folder)


def test_a_written_file_is_whole_readable_for_the_group_and_alone(staging: Staging) -> None:
    old = os.umask(0o007)
    try:
        used = staging.write("staged", "a.txt", render(SHEET))
    finally:
        os.umask(old)
    path = staging.root / "staged" / used
    assert path.read_text() == render(SHEET)
    assert path.stat().st_mode & 0o777 == 0o660
    assert path.stat().st_nlink == 1
    assert names(staging) == {"staged/a.txt"}


def test_writing_never_overwrites(staging: Staging) -> None:
    used = [staging.write("staged", "a.txt", text) for text in ("one", "two", "three")]
    assert used == ["a.txt", "a_2.txt", "a_3.txt"]
    assert (staging.root / "staged/a.txt").read_text() == "one"


def test_many_files_are_written_at_once_and_a_failure_harms_no_other(staging: Staging) -> None:
    (staging.root / "held").rmdir()
    (staging.root / "held").write_text("not a folder")
    items = [("staged", "same.txt", str(i)) for i in range(50)] + [("held", "x.txt", "x")]
    used = staging.write_many(items)
    assert isinstance(used.pop(), OSError)
    assert len(set(used)) == 50
    written = {path.read_text() for path in (staging.root / "staged").iterdir()}
    assert written == {str(i) for i in range(50)}


def test_a_full_disk_leaves_no_half_file_behind(
    staging: Staging, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(whole_files.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        staging.write("staged", "a.txt", "text")
    assert names(staging) == set()


def test_without_hard_links_nothing_is_overwritten_either(
    staging: Staging, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*args: object, **kwargs: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(whole_files.os, "link", no_links)
    assert [staging.write("staged", "a.txt", text) for text in ("one", "two")] == [
        "a.txt",
        "a_2.txt",
    ]
    (staging.root / "approved/a.txt").write_text("other")
    assert staging.move(look(staging)["staged/a.txt"], "approved") == "a_2.txt"
    assert (staging.root / "approved/a_2.txt").read_text() == "one"
    assert names(staging) == {"staged/a_2.txt", "approved/a.txt", "approved/a_2.txt"}


def test_moving_keeps_every_byte_and_never_overwrites(staging: Staging) -> None:
    (staging.root / "approved/a.txt").write_bytes(b"\xff\xfeh\0i\0")
    (staging.root / "sent/a.txt").write_text("other")
    assert staging.move(look(staging)["approved/a.txt"], "sent") == "a_2.txt"
    assert (staging.root / "sent/a_2.txt").read_bytes() == b"\xff\xfeh\0i\0"
    assert (staging.root / "sent/a.txt").read_text() == "other"


def test_moving_a_file_that_is_gone_says_so(staging: Staging) -> None:
    (staging.root / "approved/a.txt").write_text("x")
    found = look(staging)["approved/a.txt"]
    (staging.root / "approved/a.txt").unlink()
    with pytest.raises(FileNotFoundError):
        staging.move(found, "sent")
    assert names(staging) == set()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_note_goes_on_top_in_the_files_own_encoding_and_replaces_the_last_one(
    staging: Staging, encoding: str
) -> None:
    text = render(SHEET).replace("\n", "\r\n")
    path = staging.root / "approved/a.txt"
    path.write_bytes(text.encode(encoding))
    for note in ("Not sent: 第一", "Not sent: 改了\nTo: jane@example.com"):
        used = staging.move(look(staging)[f"{path.parent.name}/{path.name}"], "trouble", note)
        path = staging.root / "trouble" / used
    top = "# >> Not sent: 改了\r\n# >> To: jane@example.com\r\n"
    assert path.read_bytes() == (top + text).encode(encoding)
    assert parse(path.read_bytes()) == parsed()
    assert names(staging) == {"trouble/a.txt"}


def test_a_note_on_what_is_not_text_lies_beside_it(staging: Staging) -> None:
    picture = b"\x89PNG\r\n\x1a\n\0\0\0"
    (staging.root / "approved/a.png").write_bytes(picture)
    staging.move(look(staging)["approved/a.png"], "trouble", "Not sent.")
    assert (staging.root / "trouble/a.png").read_bytes() == picture
    assert (staging.root / "trouble/a.note.txt").read_text() == "Not sent.\n"


def test_a_second_look_reads_only_what_changed(staging: Staging) -> None:
    for name in ("a.txt", "b.txt"):
        (staging.root / "staged" / name).write_text(name)
    assert {found.data for found in look(staging).values()} == {b"a.txt", b"b.txt"}
    (staging.root / "staged/b.txt").write_text("edited")
    again = look(staging)
    assert {name: found.data for name, found in again.items()} == {
        "staged/a.txt": None,
        "staged/b.txt": b"edited",
    }
    assert staging.read(again["staged/a.txt"]) == b"a.txt"
    assert again["staged/a.txt"].digest != again["staged/b.txt"].digest


def test_everything_can_be_read_anew(staging: Staging) -> None:
    staging.write("staged", "a.txt", "text")
    assert [found.data for found in staging.scan(now() + LATER, anew=True)] == [b"text"]


def test_what_tactd_itself_wrote_or_moved_is_no_news(staging: Staging) -> None:
    staging.write("staged", "a.txt", "text")
    found = look(staging)["staged/a.txt"]
    assert found.data is None
    staging.move(found, "withdrawn")
    staging.move(look(staging)["withdrawn/a.txt"], "trouble", "A note.")
    assert [(name, found.data) for name, found in look(staging).items()] == [
        ("trouble/a.txt", None)
    ]


def test_a_moved_file_is_news_in_its_new_folder(staging: Staging) -> None:
    staging.write("staged", "a.txt", "text")
    look(staging)
    (staging.root / "staged/a.txt").rename(staging.root / "approved/another name.txt")
    assert {name: found.data for name, found in look(staging).items()} == {
        "approved/another name.txt": b"text"
    }


def test_a_moved_file_is_seen_at_once_even_right_after_it_was_written(staging: Staging) -> None:
    path = staging.root / "staged/a.txt"
    staging.write("staged", "a.txt", "text")
    os.utime(path, (path.stat().st_atime, path.stat().st_mtime - 60))
    path.rename(staging.root / "approved/a.txt")
    assert [found.folder for found in staging.scan(now())] == [Folder.APPROVED]


def test_an_editor_that_writes_a_new_file_and_renames_it_is_seen(staging: Staging) -> None:
    staging.write("staged", "a.txt", "text")
    (staging.root / "staged/.a.txt.new").write_text("edit")
    (staging.root / "staged/.a.txt.new").rename(staging.root / "staged/a.txt")
    assert look(staging)["staged/a.txt"].data == b"edit"


def test_an_edit_of_the_same_length_and_time_is_seen(staging: Staging) -> None:
    path = staging.root / "staged/a.txt"
    staging.write("staged", "a.txt", "text")
    before = path.stat()
    path.write_text("TEXT")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert look(staging)["staged/a.txt"].data == b"TEXT"


def test_a_file_that_is_still_being_written_is_left_for_the_next_look(staging: Staging) -> None:
    (staging.root / "approved/a.txt").write_text("half")
    assert staging.scan(now()) == []
    (staging.root / "approved/a.txt").write_text("half and half")
    assert [found.data for found in staging.scan(now() + LATER)] == [b"half and half"]


@pytest.mark.parametrize(
    "litter",
    [".DS_Store", "Thumbs.db", "desktop.ini", "a.txt~", ".a.txt.swp", "~$a.docx", ".~lock.a.txt#",
     "#a.txt#", ".tactd-0123", "4913", "a.txt.bak", "a.tmp", "~syncthing~a.txt.tmp"],
)  # fmt: skip
def test_what_editors_and_systems_leave_lying_about_is_not_looked_at(
    staging: Staging, litter: str
) -> None:
    (staging.root / "approved" / litter).write_text("x")
    assert staging.scan(now() + LATER) == []


def test_links_and_folders_and_pipes_are_not_followed(staging: Staging, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    (staging.root / "approved/link.txt").symlink_to(secret)
    (staging.root / "approved/folder.txt").mkdir()
    os.mkfifo(staging.root / "approved/pipe.txt")
    assert staging.scan(now() + LATER) == []


def test_a_huge_file_is_not_read_but_can_be_set_aside_with_a_note(staging: Staging) -> None:
    (staging.root / "approved/a.txt").write_bytes(b"x" * (LARGEST + 1))
    found = look(staging)["approved/a.txt"]
    assert (found.too_big, found.data, found.size) == (True, b"", LARGEST + 1)
    with pytest.raises(ValueError, match="larger than"):
        staging.read(found)
    staging.move(found, "trouble", "Too big.")
    assert names(staging) == {"trouble/a.txt", "trouble/a.note.txt"}


def test_a_file_that_cannot_be_read_is_reported_and_the_others_are_seen(
    staging: Staging, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.txt", "b.txt"):
        (staging.root / "approved" / name).write_text(name)
    opened = os.open

    def refuses(path: Path, *args: int) -> int:
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return opened(path, *args)

    monkeypatch.setattr("tactd.adapters.staging.look.os.open", refuses)
    found = look(staging)
    assert (found["approved/a.txt"].unreadable, found["approved/a.txt"].data) == (
        "Permission denied",
        b"",
    )
    assert found["approved/b.txt"].data == b"b.txt"
    assert look(staging)["approved/a.txt"].unreadable == "Permission denied"


def test_a_folder_that_somebody_deleted_is_empty_and_comes_back_when_needed(
    staging: Staging,
) -> None:
    (staging.root / "staged").rmdir()
    assert staging.scan(now()) == []
    staging.write("staged", "a.txt", "text")
    assert names(staging) == {"staged/a.txt"}


def test_very_long_and_odd_names_can_be_moved(staging: Staging) -> None:
    odd = [
        "x" * 251 + ".txt",
        "no suffix",
        "日本語 (copy 2).txt",
        "dots...",
        os.fsdecode(b"\xff.txt"),
    ]
    for name in odd:
        for folder in ("approved", "trouble"):
            (staging.root / folder / name).write_text(folder)
    used = [
        staging.move(found, "trouble")
        for found in look(staging).values()
        if found.folder is Folder.APPROVED
    ]
    assert len(used) == len(odd)
    assert len(names(staging)) == 2 * len(odd)


def test_temporary_files_of_a_crash_are_cleared_away_but_not_those_of_another_process(
    staging: Staging,
) -> None:
    old, new = (staging.root / "staged" / f".tactd-{age}" for age in ("old", "new"))
    old.touch()
    new.touch()
    os.utime(old, (0, 0))
    Staging(staging.root)
    assert names(staging) == {"staged/.tactd-new"}
