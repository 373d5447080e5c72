"""The words of filing: folders, what is known of a file, and what may be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tactd.core.sheet.mark import letters_of, mark_line
from tactd.core.sheet.parse import Parsed
from tactd.core.sheet.words import label, trouble
from tactd.core.types import ReplyState


class Folder(StrEnum):
    """The folders below replies/, one for each state that a person sees."""

    STAGED = "staged"
    HELD = "held"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    SENT = "sent"
    TROUBLE = "trouble"


HOME: Mapping[ReplyState, Folder] = {
    ReplyState.STAGED: Folder.STAGED,
    ReplyState.HELD: Folder.HELD,
    ReplyState.APPROVED: Folder.APPROVED,
    ReplyState.READY: Folder.APPROVED,
    ReplyState.SENDING: Folder.APPROVED,
    ReplyState.SENT: Folder.SENT,
    ReplyState.UNCLEAR: Folder.TROUBLE,
    ReplyState.FAILED: Folder.TROUBLE,
    ReplyState.REJECTED: Folder.REJECTED,
    ReplyState.WITHDRAWN: Folder.WITHDRAWN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """What the store knows of a reply and its file."""

    id: int
    state: ReplyState
    to: str
    subject: str  # subject and body as tactd last wrote or accepted them
    body: str
    folder: Folder  # where tactd last put the file
    file_name: str
    pasted: bool = False  # it goes onto a site by the seller's hand, not out by mail


@dataclass(frozen=True, slots=True, kw_only=True)
class Lying:
    """A file as it lies there."""

    folder: Folder
    name: str
    parsed: Parsed


# --------------------------------------------------------------------------- actions


@dataclass(frozen=True, slots=True)
class Nothing:
    """It lies where it may lie."""


@dataclass(frozen=True, slots=True)
class Approve:
    """Send this text. Also means: an approved reply that waits was edited; send the new text."""

    edited: bool
    subject: str
    body: str
    now: bool = False  # it was held: the seller overrules what held it


@dataclass(frozen=True, slots=True)
class Reject:
    """Never send it."""


@dataclass(frozen=True, slots=True)
class Retract:
    """The seller took an approved reply back before it went; it is staged again."""


@dataclass(frozen=True, slots=True)
class Restore:
    """Move the file back where it belongs."""

    folder: Folder


@dataclass(frozen=True, slots=True)
class SetAside:
    """A second copy that says nothing new: move it to withdrawn/, without a word."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Move it to trouble/ with a note. A reply that was approved must not go out meanwhile, unless
    this is only a `copy` of its file."""

    code: str  # of core/sheet/words.py
    filed: Filed | None = None
    left: tuple[str, ...] = ()  # blanks not filled in
    copy: bool = False


Action = Nothing | Approve | Reject | Retract | Restore | SetAside | Trouble


def explain(action: Trouble, language: str) -> str:
    """The note for the file, in the seller's language: what is wrong and what to do."""
    sentence, filed = trouble(action.code, language), action.filed
    detail = ", ".join(f"[[{blank}]]" for blank in action.left)
    if filed and action.code in ("to_changed", "no_to"):
        detail = f"To: {filed.to}"
    if filed and action.code == "lost_letters":
        letters = letters_of(filed.to, filed.subject, filed.body)
        detail = mark_line(filed.id, label("not_sent", language), letters)
    return f"{sentence}\n{detail}" if detail else sentence
