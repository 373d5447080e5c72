"""`tactd teach`: what the reader of mail took for something else."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from tactd.adapters.store import Store, corrections
from tactd.adapters.store.corrections import Correction
from tactd.config.fields import nearest
from tactd.core.classify.corrections import MANY
from tactd.core.labels import INTENTS, label
from tactd.core.types import Intent
from tactd.errors import TactdError
from tactd.flow.teaching import MOST, teach
from tactd.screens.terminal import Terminal
from tactd.screens.times import iso
from tactd.screens.why import mail_of

Facts = dict[str, Any]

_ADDRESS = re.compile(r"[^\s@<>]+@[^\s@<>]+")
_NUMBER = re.compile(r"\d(?:[\d\s-]{3,})\d")


def taught(store: Store, name: str, intent: str, now: datetime) -> Facts:
    """Raises TactdError for an unknown mail or intent, or a mail that has not been read."""
    meant = _intent(intent)
    with store.write() as conn:
        mail, _ = mail_of(conn, name)
        one = teach(conn, mail, meant, now) if mail is not None else None
        if one is None:
            raise TactdError(f"{name} has not been read as a buyer's mail: nothing to correct")
        alike = [c for c in corrections.latest(conn, MOST) if c.intent is meant]
    return _facts(one) | {"taught": len(alike), "needed": MANY}


def forgotten(store: Store, name: str) -> Facts:
    """Raises TactdError if nothing was taught of that mail."""
    with store.write() as conn:
        mail, _ = mail_of(conn, name)
        if mail is None or not corrections.forget(conn, mail):
            raise TactdError(f"nothing was taught of {name}; `tactd teach` lists what was")
    return {"mail": mail, "forgotten": True}


def listed(store: Store) -> list[Facts]:
    with store.read() as conn:
        return [_facts(one) for one in corrections.latest(conn, MOST)]


def exported(store: Store) -> list[Facts]:
    """To be handed on by the seller's own hand: addresses and long numbers are masked."""
    with store.read() as conn:
        found = corrections.latest(conn, corrections.count(conn))
    return [
        _facts(one) | {"subject": masked(one.subject), "words": masked(one.words)} for one in found
    ]


def masked(text: str) -> str:
    return _NUMBER.sub("#####", _ADDRESS.sub("<address>", text))


def show(facts: Facts, language: str, console: Terminal) -> None:
    if "forgotten" in facts:
        console.print(f"m{facts['mail']}: no longer counted")
        return
    console.print(f"m{facts['mail']}: {_change(facts, language)}")
    console.print(
        f"From now on such mail is staged for you. {facts['taught']} so far for this; "
        f"{facts['needed']} that agree may make such mail sure."
    )


def show_all(rows: list[Facts], language: str, console: Terminal) -> None:
    for row in rows:
        console.print(f"m{row['mail']}  {row['at'][:10]}  {_change(row, language)}")
        console.print(f"    {' '.join(row['words'].split())[:90]}", style="dim")
    if not rows:
        console.print("Nothing yet: `tactd teach m12 refund_request` says what mail 12 meant.")


def _change(facts: Facts, language: str) -> str:
    was, meant = (label(INTENTS, facts[key], language) for key in ("read_as", "intent"))
    return f"{was} → {meant}"


def _facts(one: Correction) -> Facts:
    return {
        "mail": one.mail,
        "at": iso(one.at),
        "language": one.language,
        "read_as": str(one.read_as),
        "intent": str(one.intent),
        "subject": one.subject,
        "words": one.words,
    }


def _intent(text: str) -> Intent:
    try:
        return Intent(text)
    except ValueError:
        meant = nearest(text, list(Intent))
        hint = f"did you mean {meant}?" if meant else f"known: {', '.join(Intent)}"
        raise TactdError(f"{text!r} is no intent; {hint}") from None
