"""What is wrong with a file, in words a seller can act on: one line a problem, key path first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from tactd.config.fields import nearest

Path = Sequence[str | int]

# pydantic's own words are for programmers
_WORDS = {
    "missing": "missing",
    "string_type": "write it in quotes",
    "tuple_type": "write a list: [ … ]",
    "model_type": "is not a section of keys and values",
    "dict_type": "is not a section of keys and values",
}
_SHOWN = 60


def problems(error: ValidationError, model: type[BaseModel]) -> list[str]:
    return [_problem(detail, model) for detail in error.errors(include_url=False)]


def duplicates(raw: Mapping[str, object]) -> list[str]:
    """Names and addresses that two mailboxes share. Works on the raw file, so that they are
    reported together with everything else that is wrong."""
    boxes = raw.get("mailbox")
    if not isinstance(boxes, list):
        return []
    tables = [(f"mailbox[{at}]", box) for at, box in enumerate(boxes) if isinstance(box, dict)]
    names = ((f"{key}.name", box.get("name")) for key, box in tables)
    addresses = (pair for key, box in tables for pair in _addresses(key, box))
    return [*_shared(names), *_shared(addresses)]


def key_path(path: Path) -> str:
    """("limits", "answers", 1) is limits.answers[1]."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return _printable(text.removeprefix("."))


def known_keys(model: type[BaseModel]) -> dict[str, type[BaseModel] | None]:
    """The keys of a section as they are written, and the section below a key, if it is one."""
    return {
        field.alias or name: _section(field.annotation)
        for name, field in model.model_fields.items()
    }


def _problem(detail: ErrorDetails, model: type[BaseModel]) -> str:
    path, kind = detail["loc"], detail["type"]
    key = key_path(path)
    if kind == "extra_forbidden":
        return f"{key}: {_unknown(path, model)}"
    if kind == "value_error":
        return f"{key}: {_shown(detail)}{detail['ctx']['error']}"
    words = _WORDS.get(kind, detail["msg"])
    return f"{key}: {words}{_example(path, model) if kind == 'missing' else ''}"


def _shown(detail: ErrorDetails) -> str:
    """The value that was found, unless it may hold a password."""
    value = detail["input"]
    if "password" in detail["loc"] or isinstance(value, dict | list):
        return ""
    if isinstance(value, str):
        secret = "@" in value and "://" in value
        return "" if secret or len(value) > _SHOWN else f'"{_printable(value)}" - '
    return f"{str(value).lower() if isinstance(value, bool) else value} - "


def _printable(text: str) -> str:
    return "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text
    )


def _unknown(path: Path, model: type[BaseModel]) -> str:
    word = str(path[-1])
    known = known_keys(_walk(path[:-1], model))
    home = _home(word, model)
    if home:
        return f"unknown here; it belongs in {home}"
    meant = nearest(word, known)
    if meant:
        return f"unknown; did you mean {meant}?"
    return f"unknown; known here: {', '.join(known)}"


def _home(word: str, model: type[BaseModel]) -> str | None:
    """The section in which this very key stands."""
    sections = ((name, below) for name, below in known_keys(model).items() if below)
    return next((f"[{name}]" for name, below in sections if word in known_keys(below)), None)


def _example(path: Path, model: type[BaseModel]) -> str:
    section = _walk(path[:-1], model)
    below = known_keys(section).get(str(path[-1]))
    if below:
        keys = (key for key, field in below.model_fields.items() if field.is_required())
        return f"; it is a section of its own, with at least {', '.join(keys)}"
    for name, field in section.model_fields.items():
        if (field.alias or name) == path[-1] and field.examples:
            return f"; write {path[-1]} = {field.examples[0]}"
    return ""


def _walk(path: Path, model: type[BaseModel]) -> type[BaseModel]:
    for part in path:
        model = known_keys(model).get(str(part), model) or model
    return model


def _section(annotation: object) -> type[BaseModel] | None:
    """The section in `Section`, `tuple[Section, ...]` or `Section | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _section(part))), None)


def _addresses(key: str, box: Mapping[str, object]) -> list[tuple[str, object]]:
    aliases = box.get("aliases")
    listed = aliases if isinstance(aliases, list) else []
    more = [(f"{key}.aliases[{at}]", alias) for at, alias in enumerate(listed)]
    return [(f"{key}.address", box.get("address")), *more]


def _shared(values: Iterable[tuple[str, object]]) -> list[str]:
    first: dict[str, str] = {}
    found = []
    for key, value in values:
        if isinstance(value, str):
            taken = first.setdefault(value.casefold(), key)
            if taken != key:
                found.append(f'{key}: "{_printable(value)}" - is the same as {taken}')
    return found
