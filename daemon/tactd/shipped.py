"""What comes with tactd: the templates, the annotated configuration, the marketplaces' rules.

An installed tactd carries templates and configuration inside the package (pyproject.toml,
force-include). An editable install has them only in the checkout, beside daemon/.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import timedelta
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from tactd.config.fields import nearest
from tactd.config.load import read_toml
from tactd.config.spans import duration
from tactd.core.types import Marketplace, Pack
from tactd.errors import ConfigError, TactdError

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parent.parent


def shipped(name: str) -> Path:
    """The shipped file or folder of that name: "templates" or "config.toml".

    Raises TactdError when the installation is not whole.
    """
    inside = _PACKAGE / "shipped" / name
    if inside.exists():
        return inside
    beside = _CHECKOUT / name
    if (_CHECKOUT / "pyproject.toml").is_file() and beside.exists():
        return beside
    raise TactdError(f"{name} is missing from this installation of tactd: install it again")


def packs() -> Mapping[Marketplace, Pack]:
    """The rules of every marketplace that has a marketplaces/<name>/policy.toml.

    Raises ConfigError with everything that is wrong in them.
    """
    found: dict[Marketplace, Pack] = {}
    wrong: list[str] = []
    for path in sorted((_PACKAGE / "marketplaces").glob("*/policy.toml")):
        try:
            pack = read_pack(path)
            found[pack.marketplace] = pack
        except ConfigError as error:
            wrong += error.problems
    if wrong:
        raise ConfigError(wrong)
    return found


def read_pack(path: Path) -> Pack:
    """One policy.toml: its keys are the fields of Pack; `answer_within` is a span ("24 hours")."""
    raw = read_toml(path)
    wrong = _unfit(raw, path.parent.name)
    # a wrong span is in `wrong` already; pydantic would read a bare number as seconds
    span = {"answer_within": _span(raw) or timedelta(0)} if "answer_within" in raw else {}
    try:
        pack = TypeAdapter(Pack).validate_python({**raw, **span})
    except ValidationError as error:
        wrong += _lines(error)
    if wrong:
        raise ConfigError([f"{path.parent.name}/{path.name}: {line}" for line in wrong])
    return pack


def _unfit(raw: dict[str, Any], folder: str) -> list[str]:
    """What is wrong with a policy.toml beyond the types of its values."""
    known = [field.name for field in fields(Pack)]
    wrong = [f"{key}: unknown; {_meant(key, known)}" for key in raw if key not in known]
    if raw.get("marketplace") != folder:
        wrong.append(f'marketplace: write it as "{folder}", like the folder')
    if "answer_within" in raw and not _span(raw):
        wrong.append('answer_within: write it as "24 hours"')
    return wrong


def _span(raw: dict[str, Any]) -> timedelta | None:
    try:
        return duration(str(raw["answer_within"]))
    except ValueError:
        return None


def _lines(error: ValidationError) -> list[str]:
    details = error.errors(include_url=False)
    return [f"{'.'.join(str(part) for part in row['loc'])}: {row['msg']}" for row in details]


def _meant(key: str, known: list[str]) -> str:
    meant = nearest(key, known)
    return f"did you mean {meant}?" if meant else f"known here: {', '.join(known)}"
