"""The evaluation as one page: tables, and plots as SVG inside it. Standard library only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any, Final

WIDTH: Final = 560
HEIGHT: Final = 240
EDGE: Final = 44
INK: Final = "#1660a8"
SHOWN: Final = 400  # characters of a text

_STYLE: Final = """
body { font: 15px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem;
       color: #222; background: #fff }
table { border-collapse: collapse; margin: 1rem 0 }
td, th { padding: .15rem .6rem; text-align: right; border-bottom: 1px solid #ddd }
td:first-child, th:first-child, .words td { text-align: left; vertical-align: top }
.sure { color: #b00020; font-weight: 600 }
svg text { font: 11px system-ui, sans-serif; fill: #444 }
"""


def of(said: Mapping[str, Any], errors: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    """The whole page."""
    parts = [f"<h1>How well tactd understands buyers</h1><p>Reader {escape(said['reader'])}.</p>"]
    parts.append(_table(("cost", "figure"), said["cost"].items()))
    for name in ("test", "dev"):
        if name in said:
            parts += _set(name, said[name], errors[name])
    if "hint3" in said:
        parts.append("<h2>Outside test (HINT3): where and refund</h2>")
        parts.append(_table(("", "figure"), said["hint3"].items()))
    head = f"<meta charset='utf-8'><title>tactd: evaluation</title><style>{_STYLE}</style>"
    return f"<!doctype html><html lang='en'><head>{head}</head><body>{''.join(parts)}</body></html>"


def _set(name: str, said: Mapping[str, Any], errors: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    note = (
        "learnt from: it shows errors, not what to expect" if name == "dev" else "never learnt from"
    )
    yield f"<h2>{name}: {said['messages']} whole messages ({note})</h2>"
    first = {"macro-F1": said["macro_f1"], "right": said["accuracy"], "tone": said["tone"]}
    yield _table(("", "figure"), [*first.items(), *said["sure"].items()])
    yield "<h3>Wrong share against the share of messages, the most confident first</h3>"
    yield curve(said["curve"])
    yield "<h3>F1 of the intents</h3>" + bars({k: v["f1"] for k, v in said["intents"].items()})
    yield _rows("intent", said["intents"])
    yield "<h3>Right in each language</h3>"
    yield bars({k: v["accuracy"] for k, v in said["languages"].items()})
    yield _rows("language", said["languages"])
    yield "<h3>Which language</h3>" + _table(("", "share"), said["language_named"].items())
    yield "<h3>Flags</h3>" + _rows("flag", said["flags"])
    yield "<h3>Kinds of messages</h3>" + _rows("kind", said["kinds"])
    yield "<h3>What is taken for what</h3>"
    yield _table(("meant → read", "messages"), [(f"{a} → {b}", n) for a, b, n in said["confused"]])
    yield f"<h3>Confident errors: {len(errors)}</h3>" + _errors(errors)


def curve(points: Sequence[tuple[float, float]]) -> str:
    """Across: share of the messages. Up: share of them that is wrong."""
    top = max(0.05, *(wrong for _, wrong in points))
    line = " ".join(f"{_x(share):.1f},{_y(wrong / top):.1f}" for share, wrong in points)
    marks = [_text(_x(n / 4), HEIGHT - EDGE + 16, f"{n * 25} %", "middle") for n in range(5)]
    marks += [_text(EDGE - 6, _y(n / 4) + 4, f"{n / 4 * top:.1%}", "end") for n in range(5)]
    return _svg(HEIGHT, f"{_frame()}<polyline points='{line}' fill='none' stroke='{INK}'/>", marks)


def bars(values: Mapping[str, float]) -> str:
    """One bar for each, from 0 to 1."""
    drawn, marks = [], []
    for number, (name, value) in enumerate(values.items()):
        up = 8 + 18 * number
        long = value * (WIDTH - 210)
        drawn.append(f"<rect x='150' y='{up}' width='{long:.1f}' height='13' fill='{INK}'/>")
        marks.append(_text(144, up + 11, name, "end"))
        marks.append(_text(156 + long, up + 11, f"{value:.2f}", "start"))
    return _svg(16 + 18 * len(values), "".join(drawn), marks)


def _svg(height: int, drawn: str, marks: Iterable[str]) -> str:
    return f"<svg viewBox='0 0 {WIDTH} {height}' width='{WIDTH}'>{drawn}{''.join(marks)}</svg>"


def _frame() -> str:
    heights = (round(_y(n / 4)) for n in range(5))
    across = f"x1='{EDGE}' x2='{WIDTH - 8}' stroke='#ddd'"
    return "".join(f"<line {across} y1='{one}' y2='{one}'/>" for one in heights)


def _x(share: float) -> float:
    return EDGE + share * (WIDTH - EDGE - 16)


def _y(share: float) -> float:
    return HEIGHT - EDGE - share * (HEIGHT - EDGE - 12)


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f"<text x='{x:.1f}' y='{y:.1f}' text-anchor='{anchor}'>{escape(words)}</text>"


def _rows(name: str, rows: Mapping[str, Mapping[str, float]]) -> str:
    columns = list(next(iter(rows.values()), {}))
    return _table((name, *columns), [(key, *row.values()) for key, row in rows.items()])


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    top = "".join(f"<th>{escape(one)}</th>" for one in head)
    body = "".join(f"<tr>{''.join(f'<td>{_cell(c)}</td>' for c in row)}</tr>" for row in rows)
    return f"<table><tr>{top}</tr>{body}</table>"


def _cell(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else escape(str(value))


def _errors(errors: Sequence[Mapping[str, Any]]) -> str:
    rows = (
        f"<tr{' class=sure' if one['sure'] else ''}><td>{escape(one['id'])}</td>"
        f"<td>{one['confidence']:.3f}</td><td>{escape(one['meant'])} → {escape(one['read'])}</td>"
        f"<td>{escape(one.get('subject', ''))}<br>{escape(one.get('words', '')[:SHOWN])}<br>"
        f"<i>{escape(', '.join(one.get('because', ())))}</i></td></tr>"
        for one in errors
    )
    return f"<table class='words'>{''.join(rows)}</table>"
