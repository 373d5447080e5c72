"""What is not all right, and what to do about it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from tactd.adapters.store import journal, replies
from tactd.core.filing.words import Folder
from tactd.core.types import ReplyState
from tactd.flow.mailed_exports import WHOLE
from tactd.screens.times import iso

Facts = dict[str, Any]

LITTLE_SPACE = 500 << 20  # bytes


def troubles(conn: Connection) -> list[Facts]:
    """What the daemon has reported, and the replies that stopped on their way."""
    said = [
        {"what": row.what, "about": row.about, "detail": row.detail, "since": iso(row.at)}
        for row in journal.open_troubles(conn)
    ]
    told = {one["about"] for one in said}
    failed = replies.in_states(conn, ReplyState.FAILED, ReplyState.UNCLEAR)
    stopped = [
        {
            "what": "reply_stopped",
            "about": f"reply {one.reply.id}",
            "detail": one.file_name or "",
            "since": iso(one.reply.created),
        }
        for one in replies.in_states(conn, ReplyState.STAGED, ReplyState.HELD)
        if one.folder == Folder.TROUBLE
    ]
    return [*said, *stopped] + [
        {
            "what": f"reply_{one.reply.state}",
            "about": f"reply {one.reply.id}",
            "detail": one.reply.note,
            "since": iso(one.reply.created),
        }
        for one in failed
        if f"reply {one.reply.id}" not in told
    ]


# ------------------------------------------------------------------------------ for people

# What is wrong and what to do about it, for each code that the daemon reports.
TROUBLES = {
    "export": "order report {detail}",
    "export_unproven": "to {about} came an order report that seems to be from you, and nobody "
    "vouches for it: it was not read ({detail}). If it is yours, put it into the orders folder",
    "mail_poisoned": "{about} could not be handled ({detail}). It is kept: answer it yourself",
    "mail_unanswerable": "{about} cannot be answered here ({detail}): see your mail program",
    "folder_unreadable": "{detail}: look at the folder's owner and mode",
    "folder_unwritable": "{detail}: look at the folder's owner and free space",
    "file_failed": "{about}: {detail}",
    "reload_refused": "the configuration was changed and refused, the old one is in use: {detail}",
    "reply_homeless": "{about} is approved and cannot be sent: {detail}",
    "account_paused": "{about} sends nothing for now, the provider refuses: {detail}",
    "address_bounces": "mail to {about} comes back ({detail}): nothing goes there by itself until"
    " he writes again or `tactd resume {about}`",
    "reply_returned": "a reply did not reach {about} ({detail}): write to him again, or on the "
    "site",
    "follow_up_failed": "{about}: what fell due could not be decided ({detail}): see the log",
    "loop_paused": "{about} gets nothing by itself any more: {detail}. If a person writes there: "
    "`tactd resume {about}`",
    "reply_unclear": "{about} may have gone out or not ({detail}): see its file in trouble/",
    "reply_unconfirmed": "{about} ({detail}) was sent, but the marketplace has not confirmed that "
    "it passed it on: look on its site, and answer there if it is missing",
    "notice_unproven": "a notice of {about} cannot be proved to be genuine and was not believed: "
    "{detail}. Look on the site; `tactd check --learn` says whose word on senders to trust",
    "sender_not_approved": "{about} was refused: its address is not approved to send ({detail})."
    " Approve it there (Amazon: Seller Central, messaging permissions), then one reply here:"
    " until its copy comes, nothing goes there by itself",
    "message_refused": "{about} says that a message of yours was not passed on: {detail}",
    "notice_clash": "{about} was not believed: {detail}",
    "reply_stopped": "{about} was approved but not sent: trouble/{detail} says why on top",
    "reply_failed": "{about} was refused ({detail}): see its file in trouble/",
}


def problems(facts: Facts) -> list[str]:
    """What is not all right, one line each, the gravest first."""
    found = [f"config.toml is wrong: {one}" for one in facts.get("config_problems", ())]
    if found and facts["running"]:
        found.append("until it is mended, tactd works by what it has read before")
    if facts["not_reloaded"] and not found:
        found.append(
            "config.toml has been changed since tactd read it: reload it (`systemctl reload "
            "tactd`, or SIGHUP); other mailboxes or folders want a restart"
        )
    if facts["running"] is None:
        found.append("tactd is not running: start it with `tactd run`")
    if facts["paused_since"]:
        found.append("you have paused all sending: `tactd resume` lets it go on")
    found += [
        f"mailbox {one['name']}: {one['problem']}" for one in facts["mailboxes"] if one["problem"]
    ]
    if facts["disk_free"] is not None and facts["disk_free"] < LITTLE_SPACE:
        found.append(f"the disk is nearly full: {facts['disk_free'] >> 20} MB left")
    found += [
        TROUBLES.get(one["what"], _UNKNOWN).format_map(
            _named(one) if one["what"] == "export" else one
        )
        for one in facts["trouble"]
    ]
    if facts["orders"]["count"] == 0:
        found.append("the order book is empty: drop an orders export into the orders folder")
    return found


def _named(one: Facts) -> Facts:
    """A refusal begins with the file's name, a count of bad rows does not; of a mail that was too
    large only a note lies there."""
    about, said = one["about"], one["detail"]
    if said.startswith(about):
        said = f"{said}. It lies in trouble/: mend it, or throw it away"
    elif about.startswith(WHOLE):
        note = f"{about.removeprefix('mail ')}.problems.txt"
        said = f"of {about}: {said}, and throw trouble/{note} away"
    else:
        said = f"{about}: {said}; imported/{about}.problems.txt lists them, until you delete it"
    return one | {"detail": said}


_UNKNOWN = "{what} ({about}): {detail}"
