"""What a file that the seller moved or edited means. Pure: files and the store's word in, an action
for each file out.

`judge` is for one file and reads the table in core/filing/table.py; `judge_together` takes all
files that carry one id and settles copies first: a second copy that says nothing new is set aside,
one with another text is trouble, and of two contradicting decisions none is followed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tactd.core.filing.table import MEANINGS, flaw
from tactd.core.filing.words import (
    HOME,
    Action,
    Approve,
    Filed,
    Folder,
    Lying,
    Nothing,
    Reject,
    Restore,
    Retract,
    SetAside,
    Trouble,
    explain,
)
from tactd.core.sheet.parse import Parsed, same_text
from tactd.core.types import ReplyState

__all__ = [
    "HOME",
    "Action",
    "Approve",
    "Filed",
    "Folder",
    "Lying",
    "Nothing",
    "Reject",
    "Restore",
    "Retract",
    "SetAside",
    "Trouble",
    "explain",
    "flaw",
    "judge",
    "judge_together",
]

_MAY_STILL_GO = (
    ReplyState.STAGED,
    ReplyState.HELD,
    ReplyState.FAILED,
    ReplyState.APPROVED,
    ReplyState.READY,
)
_DECIDING = (Folder.APPROVED, Folder.REJECTED)
_DECISIONS: Mapping[ReplyState, tuple[Folder, ...]] = {
    **dict.fromkeys(_MAY_STILL_GO, _DECIDING),
    ReplyState.UNCLEAR: (Folder.REJECTED,),
}
_RESTING = (Folder.SENT, Folder.WITHDRAWN, Folder.TROUBLE)


def judge(file: Lying, filed: Filed | None) -> Action:
    """What one file means. `filed` is what the store knows of the id that the file carries."""
    if filed is None:
        return _stranger(file)
    row = MEANINGS[filed.state]
    return row.named.get(file.folder, row.elsewhere)(file.parsed, filed)


def judge_together(files: Sequence[Lying], filed: Filed | None) -> tuple[Action, ...]:
    """What each of the files means that carry one id, in their order."""
    if filed is None or len(files) < 2:
        return tuple(judge(file, filed) for file in files)
    if filed.state in _MAY_STILL_GO and (code := _clash(files)):
        return tuple(
            Trouble(code, filed) if file.folder in _DECIDING else Nothing() for file in files
        )
    main = min(files, key=lambda file: _rank(file, filed))
    return tuple(judge(file, filed) if file is main else _copy(file, main, filed) for file in files)


def _stranger(file: Lying) -> Action:
    """No id, or one that the store does not know: trouble where the seller wanted something."""
    if file.folder not in _DECIDING:
        return Nothing()
    return Trouble(flaw(file.parsed, None) or "unknown_id")


def _clash(files: Sequence[Lying]) -> str | None:
    approved = [_text(file.parsed) for file in files if file.folder is Folder.APPROVED]
    if approved and any(file.folder is Folder.REJECTED for file in files):
        return "two_decisions"
    return "conflict" if len(set(approved)) > 1 else None


def _rank(file: Lying, filed: Filed) -> tuple[bool, bool, bool, int, str]:
    """The smallest is the file that counts; the others are its copies."""
    decides = file.folder in _DECISIONS.get(filed.state, ())
    at_home = file.folder in (HOME[filed.state], filed.folder)
    return (not decides, not at_home, file.name != filed.file_name, len(file.name), file.name)


def _copy(file: Lying, main: Lying, filed: Filed) -> Action:
    at_rest = file.folder in _RESTING or file.folder is main.folder is Folder.REJECTED
    if at_rest or filed.state is ReplyState.SENDING:
        return Nothing()
    action = judge(file, filed)
    if filed.state not in _MAY_STILL_GO and not isinstance(action, Restore):
        return action
    unchanged = same_text(file.parsed, filed.subject, filed.body)
    if unchanged or _text(file.parsed) == _text(main.parsed):
        return SetAside()
    return Trouble("conflict", filed, copy=True)


def _text(parsed: Parsed) -> tuple[str, str, str]:
    return parsed.to.lower(), parsed.subject, parsed.body
