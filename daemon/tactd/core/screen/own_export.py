"""An export that the seller mails to himself: from his own address, with files that may be one."""

from __future__ import annotations

import re

from tactd.core.orders import normal_address
from tactd.core.types import Mail

EXPORTS = (".csv", ".tsv", ".txt", ".xls", ".xlsx")
PACKED = (".zip",)  # laid like the others, and refused like one in the folder: to be unpacked

_MAILED = re.compile(r"m(\d{1,18})-\d+ (.+)")
_PLAIN = re.compile(r"[^\w.()\[\] -]+")


def own_export(mail: Mail, seller_address: str) -> str:
    """The names of such files, if the mail says that the seller has written it; else "". Whether he
    has, somebody must vouch for."""
    sender = mail.sender.email if mail.sender and mail.senders == 1 else ""
    if normal_address(sender) != normal_address(seller_address):
        return ""
    return ", ".join(one.name for one in mail.attachments if may_be_export(one.name))


def may_be_export(name: str) -> bool:
    return name.lower().endswith((*EXPORTS, *PACKED))


def told_of(name: str) -> tuple[int, str]:
    """By what mail a file came (0: by none), and what it was called there, whatever its form."""
    found = _MAILED.fullmatch(name)
    mail, plain = (int(found[1]), found[2]) if found else (0, name)
    return mail, plain.rpartition(".")[0].casefold()


def file_name(mail: int, number: int, name: str) -> str:
    """How the `number`th file of a mail is called where it is laid. What the mail calls it is only
    shown: no part of it is a path, and its ending is one of those known."""
    stem, _, ending = name.rpartition(".")
    plain = _PLAIN.sub("_", stem.replace("\\", "/").rpartition("/")[2])[-60:].strip(" .")
    return f"m{mail}-{number} {plain or 'export'}.{ending.lower()}"
