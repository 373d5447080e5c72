"""Which folder holds the mails that the seller sent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

# As mail programs and providers name it; compared without case, path in front ignored.
SENT_NAMES = (
    "Sent",
    "Sent Items",
    "Sent Messages",
    "Sent Mail",
    "已发送",
    "已发送邮件",
    "已傳送",
    "已傳送郵件",
    "寄件備份",
    "寄件备份",
    "Gesendet",
    "Gesendete Objekte",
    "Gesendete Elemente",
    "Envoyés",
    "Messages envoyés",
    "Éléments envoyés",
    "Enviados",
    "Elementos enviados",
    "Itens enviados",
    "Inviata",
    "Inviati",
    "Posta inviata",
    "Verzonden",
    "Verzonden items",
    "Wysłane",
    "Elementy wysłane",
    "Отправленные",
    "Gönderilmiş Öğeler",
    "Gönderilenler",
    "送信済み",
    "送信済みメール",
    "送信済みアイテム",
    "보낸편지함",
    "보낸 메일함",
    "البريد المرسل",
    "العناصر المرسلة",
)
_RANK = {name.casefold(): rank for rank, name in enumerate(SENT_NAMES)}


class Listed(NamedTuple):
    """One line of the answer to LIST."""

    name: str
    flags: frozenset[str]  # lower case, with the backslash
    delimiter: str


def sent_folder(listed: Iterable[Listed], wanted: str) -> str | None:
    """The folder of sent mail: `wanted`, or for "auto" the special-use one (RFC 6154), else the
    one with the commonest name."""
    if wanted == "none":
        return None
    folders = [folder for folder in listed if "\\noselect" not in folder.flags]
    if wanted != "auto":
        return next((folder.name for folder in folders if folder.name == wanted), None)
    special = [folder.name for folder in folders if "\\sent" in folder.flags]
    named = sorted((rank, folder.name) for folder in folders if (rank := _rank(folder)) is not None)
    return next(iter([*special, *(name for _, name in named)]), None)


def _rank(folder: Listed) -> int | None:
    last = folder.name.rsplit(folder.delimiter, 1)[-1] if folder.delimiter else folder.name
    return _RANK.get(last.casefold())


def sent_problem(wanted: str) -> str:
    """What is to be said where no folder was found; "" where none is wanted."""
    if wanted == "none":
        return ""
    if wanted == "auto":
        return (
            "no folder of sent mail was found, so your own replies are not seen, and nothing goes "
            'out by itself; name it in config.toml: folders = { sent = … }, or say "none" there '
            "if your provider keeps none"
        )
    return (
        f"there is no folder {wanted!r} for sent mail, so nothing goes out by itself; "
        "check folders in config.toml"
    )
