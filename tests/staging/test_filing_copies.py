"""Copies: of one reply nothing is ever sent twice, nor a text that nobody chose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staging.sheet_samples import filed, lying, parsed
from tactd.core.filing.judge import (
    Approve,
    Folder,
    Lying,
    Nothing,
    Reject,
    Restore,
    SetAside,
    Trouble,
    judge_together,
)
from tactd.core.sheet.file import Parsed
from tactd.core.types import ReplyState

DRAFT = parsed()
OTHER = parsed(body="Another text.")
THIRD = parsed(body="A third text.")
CONFLICT = "x (conflicted copy).txt"


def _judged(*files: tuple[Folder, Parsed, str], state: ReplyState = ReplyState.STAGED) -> list[str]:
    lie = [lying(folder, content, name) for folder, content, name in files]
    return [_short(action) for action in judge_together(lie, filed(state))]


def _short(action: object) -> str:
    return action.code if isinstance(action, Trouble) else type(action).__name__


@pytest.mark.parametrize("content", [DRAFT, OTHER])
def test_a_file_copied_to_approved_is_sent_once_and_its_original_set_aside(
    content: Parsed,
) -> None:
    files = ((Folder.STAGED, DRAFT, "x.txt"), (Folder.APPROVED, content, "x.txt"))
    assert _judged(*files) == ["SetAside", "Approve"]


def test_two_identical_copies_in_approved_are_one_approval() -> None:
    files = ((Folder.APPROVED, OTHER, "x copy.txt"), (Folder.APPROVED, OTHER, "x.txt"))
    assert _judged(*files) == ["SetAside", "Approve"]


def test_of_two_texts_in_approved_neither_is_sent() -> None:
    files = ((Folder.APPROVED, DRAFT, "x.txt"), (Folder.APPROVED, OTHER, CONFLICT))
    assert _judged(*files) == ["conflict", "conflict"]
    assert _judged(*files, state=ReplyState.READY) == ["conflict", "conflict"]


def test_a_conflict_copy_with_another_text_beside_the_draft_is_shown_to_the_seller() -> None:
    files = ((Folder.STAGED, OTHER, "x.txt"), (Folder.STAGED, THIRD, CONFLICT))
    assert _judged(*files) == ["Nothing", "conflict"]
    lie = [lying(*file) for file in files]
    assert judge_together(lie, filed())[1] == Trouble("conflict", filed(), copy=True)


def test_a_copy_edited_elsewhere_is_not_lost_when_the_other_is_approved() -> None:
    files = ((Folder.STAGED, OTHER, "x.txt"), (Folder.APPROVED, DRAFT, "x.txt"))
    assert _judged(*files) == ["conflict", "Approve"]


@pytest.mark.parametrize("state", [ReplyState.STAGED, ReplyState.APPROVED, ReplyState.HELD])
def test_of_two_contradicting_decisions_none_is_followed(state: ReplyState) -> None:
    files = ((Folder.APPROVED, DRAFT, "x.txt"), (Folder.REJECTED, DRAFT, "x.txt"))
    assert _judged(*files, state=state) == ["two_decisions", "two_decisions"]


def test_a_copy_of_a_sent_reply_is_set_aside_and_an_edited_one_is_trouble() -> None:
    files = (
        (Folder.SENT, DRAFT, "x.txt"),
        (Folder.APPROVED, DRAFT, "x.txt"),
        (Folder.APPROVED, OTHER, "y.txt"),
    )
    assert _judged(*files, state=ReplyState.SENT) == ["Nothing", "SetAside", "already_sent"]


def test_approving_a_copy_of_a_reply_whose_fate_is_unclear_says_so() -> None:
    files = ((Folder.TROUBLE, DRAFT, "x.txt"), (Folder.APPROVED, DRAFT, "x.txt"))
    assert _judged(*files, state=ReplyState.UNCLEAR) == ["Nothing", "unclear"]


def test_copies_that_were_set_aside_stay_there() -> None:
    files = ((Folder.STAGED, DRAFT, "x.txt"), (Folder.WITHDRAWN, DRAFT, "x.txt"))
    assert _judged(*files) == ["Nothing", "Nothing"]


def test_the_last_copy_comes_back_if_the_seller_deleted_the_other() -> None:
    lie = [lying(Folder.WITHDRAWN, DRAFT)]
    assert judge_together(lie, filed()) == (Restore(Folder.STAGED),)


def test_two_rejected_versions_are_one_rejection_and_both_stay() -> None:
    files = ((Folder.REJECTED, DRAFT, "x.txt"), (Folder.REJECTED, OTHER, CONFLICT))
    assert _judged(*files) == ["Reject", "Nothing"]


files = st.builds(
    Lying,
    folder=st.sampled_from(Folder),
    name=st.sampled_from(["x.txt", "y.txt", CONFLICT]),
    parsed=st.sampled_from([DRAFT, OTHER, THIRD]),
)


@given(
    st.lists(files, min_size=1, max_size=5), st.sampled_from(ReplyState), st.sampled_from(Folder)
)
def test_of_any_heap_of_copies_at_most_one_decides_and_only_while_the_reply_is_open(
    heap: list[Lying], state: ReplyState, folder: Folder
) -> None:
    actions = judge_together(heap, filed(state, folder=folder))
    decisions = [action for action in actions if isinstance(action, Approve | Reject)]
    assert len(decisions) <= 1
    for file, action in zip(heap, actions, strict=True):
        if isinstance(action, Approve):
            assert file.folder is Folder.APPROVED
            approved = {f.parsed.body for f in heap if f.folder is Folder.APPROVED}
            assert approved == {action.body}
            assert not any(f.folder is Folder.REJECTED for f in heap)
    if state in (ReplyState.SENDING, ReplyState.SENT, ReplyState.UNCLEAR, ReplyState.WITHDRAWN):
        assert not any(isinstance(action, Approve) for action in actions)


@given(st.lists(files, min_size=2, max_size=5), st.sampled_from(ReplyState))
def test_no_text_of_the_seller_is_set_aside_unless_another_file_holds_it(
    heap: list[Lying], state: ReplyState
) -> None:
    actions = judge_together(heap, filed(state))
    quiet = [f.parsed.body for f, a in zip(heap, actions, strict=True) if isinstance(a, SetAside)]
    kept = [
        f.parsed.body for f, a in zip(heap, actions, strict=True) if not isinstance(a, SetAside)
    ]
    assert set(quiet) <= {*kept, DRAFT.body}


def test_the_order_in_which_files_are_listed_makes_no_difference() -> None:
    lie = [
        lying(Folder.STAGED, DRAFT),
        lying(Folder.APPROVED, OTHER, "a.txt"),
        lying(Folder.APPROVED, OTHER, "b.txt"),
        lying(Folder.TROUBLE, THIRD),
    ]
    forth = judge_together(lie, filed())
    back = judge_together(lie[::-1], filed())
    assert forth == back[::-1]
    assert forth[3] == Nothing()
