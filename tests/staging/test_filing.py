"""What one file that the seller moved or edited means: design of the folders, row by row."""

from __future__ import annotations

import pytest

from staging.sheet_samples import BODY, SHEET, filed, lying, parsed, sheet
from tactd.core.filing.judge import (
    HOME,
    Approve,
    Folder,
    Nothing,
    Reject,
    Restore,
    Retract,
    Trouble,
    explain,
    judge,
)
from tactd.core.sheet.file import Parsed, parse, render
from tactd.core.types import ReplyState

UNTOUCHED = parsed()
EDITED = parsed(body="Dear Jane,\nit is on its way.")
DAMAGED = parse(render(SHEET).replace("To: ", "At: ").encode())
OPEN = (ReplyState.STAGED, ReplyState.HELD, ReplyState.FAILED)
WAITING = (ReplyState.APPROVED, ReplyState.READY)
CLOSED = {
    ReplyState.SENT: "already_sent",
    ReplyState.REJECTED: "already_rejected",
    ReplyState.WITHDRAWN: "withdrawn",
}


@pytest.mark.parametrize("state", ReplyState)
@pytest.mark.parametrize("content", [UNTOUCHED, EDITED, DAMAGED])
def test_a_file_at_home_is_left_alone(state: ReplyState, content: Parsed) -> None:
    if state in WAITING:
        content = UNTOUCHED  # an edit in approved/ is news, see below
    assert judge(lying(HOME[state], content), filed(state)) == Nothing()


@pytest.mark.parametrize("state", OPEN)
def test_moving_to_approved_sends_the_text_as_it_is_then(state: ReplyState) -> None:
    held = state is ReplyState.HELD
    as_drafted = Approve(False, SHEET.subject, SHEET.body, now=held)
    as_edited = Approve(True, SHEET.subject, "Dear Jane,\nit is on its way.", now=held)
    assert judge(lying(Folder.APPROVED, UNTOUCHED), filed(state)) == as_drafted
    assert judge(lying(Folder.APPROVED, EDITED), filed(state)) == as_edited


def test_only_moving_from_held_overrules_what_held_it() -> None:
    now = {state: judge(lying(Folder.APPROVED), filed(state)) for state in OPEN}
    assert [state for state, act in now.items() if isinstance(act, Approve) and act.now] == [
        ReplyState.HELD
    ]


@pytest.mark.parametrize("state", [*OPEN, *WAITING, ReplyState.UNCLEAR])
@pytest.mark.parametrize("content", [UNTOUCHED, EDITED, DAMAGED])
def test_moving_to_rejected_drops_it_whatever_it_says(state: ReplyState, content: Parsed) -> None:
    assert judge(lying(Folder.REJECTED, content), filed(state)) == Reject()


@pytest.mark.parametrize("state", [ReplyState.STAGED, ReplyState.HELD])
@pytest.mark.parametrize("folder", Folder)
def test_an_open_reply_in_a_folder_where_it_does_not_belong_goes_back(
    state: ReplyState, folder: Folder
) -> None:
    if folder in (HOME[state], Folder.APPROVED, Folder.REJECTED):
        return
    assert judge(lying(folder), filed(state)) == Restore(HOME[state])


@pytest.mark.parametrize("state", CLOSED)
@pytest.mark.parametrize("folder", Folder)
def test_a_reply_no_longer_open_goes_home_untouched_and_is_trouble_with_another_text(
    state: ReplyState, folder: Folder
) -> None:
    if folder in (HOME[state], Folder.TROUBLE):
        return
    known = filed(state)
    assert judge(lying(folder, UNTOUCHED), known) == Restore(HOME[state])
    assert judge(lying(folder, EDITED), known) == Trouble(CLOSED[state], known)


@pytest.mark.parametrize("folder", Folder)
@pytest.mark.parametrize("content", [UNTOUCHED, EDITED])
def test_a_reply_whose_fate_is_unclear_is_never_sent_again(folder: Folder, content: Parsed) -> None:
    action = judge(lying(folder, content), filed(ReplyState.UNCLEAR))
    assert not isinstance(action, Approve)
    if folder is Folder.APPROVED:
        assert action == Trouble("unclear", filed(ReplyState.UNCLEAR))


@pytest.mark.parametrize("folder", Folder)
def test_nothing_happens_to_a_file_while_its_reply_is_being_sent(folder: Folder) -> None:
    assert judge(lying(folder, EDITED), filed(ReplyState.SENDING)) == Nothing()


@pytest.mark.parametrize("state", WAITING)
def test_an_approved_reply_that_waits_can_be_edited_or_taken_back(state: ReplyState) -> None:
    known = filed(state)
    edited = judge(lying(Folder.APPROVED, EDITED), known)
    assert edited == Approve(True, EDITED.subject, EDITED.body)
    assert judge(lying(Folder.APPROVED, DAMAGED), known) == Trouble("no_to", known)
    elsewhere = set(Folder) - {Folder.APPROVED, Folder.REJECTED}
    assert {judge(lying(folder), known) for folder in elsewhere} == {Retract()}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("=== tactd", "tactd", "no_mark"),
        ("=== tactd 123", "=== tactd 132", "no_id"),
        ("Dear", "=== tactd 5-abc ===\nDear", "two_marks"),
        (BODY, "", "empty"),
        ("jane@example.com", "john@example.com", "to_changed"),
        ("To: jane@example.com", "", "no_to"),
        ("Subject: Where is my tent?", "Subject:", "no_subject"),
        ("tent?\n\n", "tent?\n", "extra_line"),
        ("12 November", "[[date of dispatch]]", "blanks"),
        ("Where is my tent?", "[[subject]]", "blanks"),
    ],
)
def test_nothing_wrong_is_ever_sent_and_the_note_says_what_to_do(
    old: str, new: str, code: str
) -> None:
    content = parse(render(SHEET).replace(old, new, 1).encode())
    known = filed() if content.id else None
    action = judge(lying(Folder.APPROVED, content), known)
    assert isinstance(action, Trouble)
    assert action.code == code
    for language in ("en", "zh", "es", "ru"):
        assert len(explain(action, language)) > 20
    assert explain(action, "ru").startswith(explain(action, "en")[:40])


def test_the_address_may_be_written_in_other_letters_but_not_be_another() -> None:
    shouted = parse(render(SHEET).replace("To: jane@", "To:  JANE@").encode())
    assert isinstance(judge(lying(Folder.APPROVED, shouted), filed()), Approve)


def test_if_the_marked_line_lost_its_letters_only_an_untouched_text_is_sent() -> None:
    lost = render(SHEET).replace("=== é", "=== ?")
    edited = parse(lost.replace("Dear", "Hello").encode())
    assert isinstance(judge(lying(Folder.APPROVED, parse(lost.encode())), filed()), Approve)
    assert judge(lying(Folder.APPROVED, edited), filed()) == Trouble("lost_letters", filed())


def test_letters_that_an_editor_dropped_without_a_trace_are_noticed() -> None:
    body = "Señor, 1 ½ días"
    dropped = parse(render(sheet(body=body)).encode().replace("½".encode(), b""))
    known = filed(body=body)
    assert judge(lying(Folder.APPROVED, dropped), known) == Trouble("lost_letters", known)


def test_deleting_a_sentence_with_special_letters_is_no_loss() -> None:
    body = "Señor,\n1 ½ días"
    shorter = parse(render(sheet(body=body)).replace("\n1 ½ días", "", 1).encode())
    assert judge(lying(Folder.APPROVED, shorter), filed(body=body)) == Approve(
        True, SHEET.subject, "Señor,"
    )


@pytest.mark.parametrize(
    ("code", "shown"),
    [("to_changed", "To: jane@example.com"), ("lost_letters", "=== tactd 123-"),
     ("blanks", "[[date of dispatch]]")],
)  # fmt: skip
def test_the_note_gives_what_is_needed_to_mend_it(code: str, shown: str) -> None:
    assert shown in explain(Trouble(code, filed(), ("date of dispatch",)), "en")


def test_a_file_mended_as_the_note_says_is_sent() -> None:
    known = filed(body="Señor, gracias")
    good = render(sheet(body=known.body))
    lost = good.replace("Señor", "Estimado señor").encode("ascii", "replace")
    action = judge(lying(Folder.APPROVED, parse(lost)), known)
    assert isinstance(action, Trouble)
    line = explain(action, "en").splitlines()[1]
    broken = next(line for line in lost.decode().splitlines() if line.startswith("=== tactd"))
    mended = lost.decode().replace("se?or", "señor").replace(broken, line)
    assert judge(lying(Folder.APPROVED, parse(mended.encode())), known) == Approve(
        True, SHEET.subject, "Estimado señor, gracias"
    )


@pytest.mark.parametrize("folder", Folder)
def test_a_file_that_belongs_to_no_reply_is_trouble_only_where_something_was_wanted(
    folder: Folder,
) -> None:
    wanted = folder in (Folder.APPROVED, Folder.REJECTED)
    shopping_list = parse("Milk, señor\n".encode())
    expected = Trouble("unknown_id") if wanted else Nothing()
    assert judge(lying(folder, UNTOUCHED), None) == expected
    expected = Trouble("no_mark") if wanted else Nothing()
    assert judge(lying(folder, shopping_list), None) == expected


def test_an_open_reply_that_tactd_put_into_trouble_waits_there_and_can_be_approved_again() -> None:
    known = filed(folder=Folder.TROUBLE)
    assert judge(lying(Folder.TROUBLE, DAMAGED), known) == Nothing()
    assert judge(lying(Folder.STAGED, EDITED), known) == Nothing()
    assert isinstance(judge(lying(Folder.APPROVED, EDITED), known), Approve)
