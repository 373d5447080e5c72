"""Numbers in what the seller reads: "1 mail", "2 mails"."""

from __future__ import annotations

from collections.abc import Mapping

from tactd.core.labels import Row, column

_UNITS: Mapping[str, tuple[Row, Row]] = {
    "days": (("{} day", "{}天", "{} día"), ("{} days", "{}天", "{} días")),
    "hours": (("{} hour", "{}小时", "{} hora"), ("{} hours", "{}小时", "{} horas")),
    "minutes": (("{} minute", "{}分钟", "{} minuto"), ("{} minutes", "{}分钟", "{} minutos")),
    "seconds": (("{} second", "{}秒", "{} segundo"), ("{} seconds", "{}秒", "{} segundos")),
}
_UNASKED: tuple[Row, Row] = (
    ("{} unasked mail", "{} 封主动邮件", "{} correo no pedido"),
    ("{} unasked mails", "{} 封主动邮件", "{} correos no pedidos"),
)
# By code and name of a trail entry: one of it, and several.
COUNTED: Mapping[str, tuple[Row, Row]] = {
    "limit.counted mails": (
        ("{} mail", "{} 封邮件", "{} correo"),
        ("{} mails", "{} 封邮件", "{} correos"),
    ),
    "limit.answers_full count": (
        ("{} answer", "{} 封回复", "{} respuesta"),
        ("{} answers", "{} 封回复", "{} respuestas"),
    ),
    "limit.unasked_full count": _UNASKED,
    "limit.unasked_per_order_full count": _UNASKED,
}


def count(number: int, one: str, many: str = "") -> str:
    """ "1 mail", "2 mails", "2 replies", in English."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def span_label(text: str, language: str) -> str:
    """A span of time as config.toml writes it, "7 days", for a sentence."""
    number, _, unit = text.partition(" ")
    return counted_label(_UNITS[unit], number, language) if unit in _UNITS else text


def counted_label(rows: tuple[Row, Row], number: str, language: str) -> str:
    """One of something, or several."""
    one, several = rows
    return (one if number == "1" else several)[column(language)].format(number)
