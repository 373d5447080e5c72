"""Bounces without a report for machines: qmail, old Exim and Exchange, NetEase, QQ, Yandex …

They agree on little: an address, and after it what a server said. What is not plainly said is left
open ("" for action or status): it then means no more than that a mail came back.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from tactd.core.orders import normal_address
from tactd.core.read.charset import line

TEXT_CHARS = 50_000
WINDOW = 700  # characters after an address that may be about it
MOST = 100

_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}"
)
_STATUS = re.compile(r"(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![\d.])")
_CODE = re.compile(r"(?<![\d.])([45])\d\d(?![\d.])")
_ID = re.compile(r"^[ \t>]*message-id:\s{0,9}(<[!-;=?-~]{3,250}>)", re.IGNORECASE | re.MULTILINE)
_PRIVATE = re.compile(r"^[ \t>]*x-tactd-id:[ \t]{0,9}([!-~]{4,100})", re.IGNORECASE | re.MULTILINE)

# Where the copy of our own mail begins: what stands below was said by us.
_COPY = re.compile(
    r"^.{0,40}(?:below this line is a copy|this is a copy of (?:the|your) message|"
    r"(?:original|returned|undelivered) message|message follows|原始邮件|原邮件内容|"
    r"исходное сообщение)|^[ \t>]*(?:return-path|received|message-id|x-tactd-id):",
    re.IGNORECASE | re.MULTILINE,
)
_LATER = re.compile(
    r"will (?:keep|continue|be) (?:trying|to try|retr)|has been delayed|delivery (?:is )?delayed|"
    r"do not need to resend|only a warning|稍后.{0,6}重试|继续尝试|будет продолжать",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Words:
    address: str
    action: str
    status: str
    said: str


def told_in(text: str, failed: Collection[str] = ()) -> list[Words]:
    """What the text says about each address in it. `failed`: recipients that a header names."""
    text = text[:TEXT_CHARS]
    copy = _COPY.search(text)
    own = text[: copy.start()] if copy else text
    later = _LATER.search(own) is not None
    found: dict[str, Words] = {}
    for here in list(_ADDRESS.finditer(own))[:MOST]:
        address = normal_address(here[0]).strip(".'")
        words = _words(address, own[here.end() : here.end() + WINDOW], later)
        if address not in found or (words.status and not found[address].status):
            found[address] = words
    for address in failed:
        if address not in found:
            found[address] = _words(address, own, later)
    return list(found.values())


def _words(address: str, after: str, later: bool) -> Words:
    """What stands after an address, up to the next one that is not himself again."""
    other = next((o for o in _ADDRESS.finditer(after) if normal_address(o[0]) != address), None)
    said = line(after[: other.start()] if other else after).lstrip("):>,;，。）》'\" ")
    status, code = _STATUS.search(said), _CODE.search(said)
    kind = status[0][0] if status else (code[1] if code else "")
    action = "delayed" if later or kind == "4" else ("failed" if kind or _refused(said) else "")
    return Words(address, action, status[0] if status else "", said)


def _refused(said: str) -> bool:
    return any(mark in said.casefold() for mark in REFUSED)


# Said of a recipient who is not there, by servers that give no code.
NOBODY = (
    "user unknown", "unknown user", "no such user", "no such recipient", "no mailbox here",
    "user not found", "user doesn't exist", "does not exist", "doesn't exist", "mailbox not found",
    "mailbox unavailable", "account is disabled", "recipient not found", "couldn't be found",
    "could not be found", "wasn't found", "unrouteable address", "unrouteable mail domain",
    "account that you tried to reach", "invalid recipient", "host or domain name not found",
    "recipient address rejected", "recipient name is not recognized", "user not exist",
    "不存在", "无此用户", "無此用戶", "找不到收件人",
    "нет такого пользователя", "пользователь не найден", "no existe", "n'existe pas",
    "existiert nicht",
)  # fmt: skip
# Said of a recipient who is there, and has no room: another mail may reach him.
FULL = (
    "mailbox full", "mailbox is full", "inbox is full", "over quota", "overquota", "out of storage",
    "quota exceeded", "exceeded storage", "exceeds allowed", "mailfolder is full", "quota limit",
    "insufficient system storage", "receiving mail at a rate", "receiving mail too quickly",
    "邮箱已满", "邮箱空间已满", "空间不足", "信箱已满", "переполнен",
)  # fmt: skip
REFUSED = (*NOBODY, *FULL, "permanent", "退信原因", "被退回", "rejected", "giving up")


def ids_in(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Message-IDs and X-Tactd-Ids of a mail that is quoted in a text."""
    return tuple(_ID.findall(text)[:MOST]), tuple(_PRIVATE.findall(text)[:MOST])
