"""The table of what a file means, for one file: the state of the reply, the folder it lies in.

The text of an open reply is never judged while it lies in staged/ or held/, where the seller may
still be writing: he says that he is done by moving the file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tactd.core.filing.words import (
    HOME,
    Action,
    Approve,
    Filed,
    Folder,
    Nothing,
    Reject,
    Restore,
    Retract,
    Trouble,
)
from tactd.core.sheet.mark import WITNESS, letters_of
from tactd.core.sheet.parse import Parsed, blanks, one_line, same_text
from tactd.core.types import ReplyState

Meaning = Callable[[Parsed, Filed], Action]


# --------------------------------------------------------------------------- flaws


def flaw(parsed: Parsed, filed: Filed | None) -> str | None:
    """Why this file could not be sent as it is (a code of core/sheet/words.py), or None.

    An untouched text cannot have lost letters, whatever the marked line looks like."""
    if filed is None:
        return next(iter(parsed.problems), "unknown_id")
    untouched = same_text(parsed, filed.subject, filed.body)
    own = (code for code in parsed.problems if not (untouched and code == "lost_letters"))
    met = (code for code, wrong in _FLAWS if wrong(parsed, filed))
    return next(own, None) or next(met, None)


def _to_changed(parsed: Parsed, filed: Filed) -> bool:
    return parsed.to.lower() != one_line(filed.to).lower()


def _subject_gone(parsed: Parsed, filed: Filed) -> bool:
    return not parsed.subject and bool(filed.subject.strip())


def _letters_lost(parsed: Parsed, filed: Filed) -> bool:
    """A letter that the draft had is neither in the marked line nor in the text any more."""
    kept = {*parsed.letters, *letters_of(WITNESS, parsed.subject, parsed.body)}
    promised = letters_of(filed.to, filed.subject, filed.body)
    return not kept.issuperset(promised)


def _blank_left(parsed: Parsed, filed: Filed) -> bool:
    return bool(_left(parsed))


def _left(parsed: Parsed) -> tuple[str, ...]:
    return blanks(f"{parsed.subject}\n{parsed.body}")


_FLAWS: tuple[tuple[str, Callable[[Parsed, Filed], bool]], ...] = (
    ("to_changed", _to_changed),
    ("no_subject", _subject_gone),
    ("lost_letters", _letters_lost),
    ("blanks", _blank_left),
)


# --------------------------------------------------------------------------- meanings


def _rest(parsed: Parsed, filed: Filed) -> Action:
    return Nothing()


def _home(parsed: Parsed, filed: Filed) -> Action:
    return Restore(HOME[filed.state])


def _stay(parsed: Parsed, filed: Filed) -> Action:
    """An open reply whose file tactd itself put into trouble/ may stay there until mended."""
    return Nothing() if filed.folder is Folder.TROUBLE else Restore(HOME[filed.state])


def _approve(parsed: Parsed, filed: Filed) -> Action:
    if code := flaw(parsed, filed):
        return Trouble(code, filed, _left(parsed) if code == "blanks" else ())
    edited = not same_text(parsed, filed.subject, filed.body)
    return Approve(edited, parsed.subject, parsed.body, now=filed.state is ReplyState.HELD)


def _update(parsed: Parsed, filed: Filed) -> Action:
    """It waits in approved/ for its turn: only an edit or damage is news."""
    action = _approve(parsed, filed)
    return Nothing() if isinstance(action, Approve) and not action.edited else action


def _reject(parsed: Parsed, filed: Filed) -> Action:
    return Reject()


def _retract(parsed: Parsed, filed: Filed) -> Action:
    return Retract()


def _pasted_or(closed: Meaning) -> Meaning:
    """What is pasted on a site has been, even if it was withdrawn meanwhile."""

    def meaning(parsed: Parsed, filed: Filed) -> Action:
        return _approve(parsed, filed) if filed.pasted else closed(parsed, filed)

    return meaning


def _never_again(parsed: Parsed, filed: Filed) -> Action:
    return Trouble("unclear", filed)


def _closed(code: str) -> Meaning:
    """The reply is no longer open: an untouched file goes home, another text needs a person."""

    def meaning(parsed: Parsed, filed: Filed) -> Action:
        unchanged = same_text(parsed, filed.subject, filed.body)
        return Restore(HOME[filed.state]) if unchanged else Trouble(code, filed)

    return meaning


@dataclass(frozen=True, slots=True)
class Row:
    elsewhere: Meaning
    named: Mapping[Folder, Meaning]


def _row(elsewhere: Meaning, **named: Meaning) -> Row:
    return Row(elsewhere, {Folder(name): meaning for name, meaning in named.items()})


_WAITING = _row(_retract, approved=_update, rejected=_reject)

MEANINGS: Mapping[ReplyState, Row] = {
    ReplyState.STAGED: _row(
        _home, staged=_rest, approved=_approve, rejected=_reject, trouble=_stay
    ),
    ReplyState.HELD: _row(_home, held=_rest, approved=_approve, rejected=_reject, trouble=_stay),
    ReplyState.FAILED: _row(_home, approved=_approve, rejected=_reject, trouble=_rest),
    ReplyState.UNCLEAR: _row(_home, approved=_never_again, rejected=_reject, trouble=_rest),
    ReplyState.APPROVED: _WAITING,
    ReplyState.READY: _WAITING,
    ReplyState.SENDING: _row(_rest),
    ReplyState.SENT: _row(_closed("already_sent"), sent=_rest, trouble=_rest),
    ReplyState.REJECTED: _row(
        _closed("already_rejected"),
        approved=_pasted_or(_closed("already_rejected")),
        rejected=_rest,
        trouble=_rest,
    ),
    ReplyState.WITHDRAWN: _row(
        _closed("withdrawn"),
        approved=_pasted_or(_closed("withdrawn")),
        withdrawn=_rest,
        trouble=_rest,
    ),
}
