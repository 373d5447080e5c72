"""What comes with tactd: templates, the annotated configuration, the marketplaces' rules, and what
the reader of mail has learnt.

An installed tactd carries templates and configuration inside the package (pyproject.toml,
force-include). An editable install has them only in the checkout, beside daemon/.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args, get_type_hints

from pydantic import TypeAdapter, ValidationError

from tactd.config.fields import nearest
from tactd.config.load import read_toml
from tactd.config.spans import duration
from tactd.core.classify.reader import TrainedReader
from tactd.core.classify.reader import reader as trained_reader
from tactd.core.compose.pack_rules import RULES
from tactd.core.types import Marketplace, Pack
from tactd.errors import ConfigError, TactdError

SPANS = frozenset(
    key for key, kind in get_type_hints(Pack).items() if timedelta in (kind, *get_args(kind))
)

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


@lru_cache(1)
def reader() -> TrainedReader:
    """What understands buyers' mail: trained/*.bin, made by understanding/.

    Raises TactdError when the installation is not whole.
    """
    folder = _PACKAGE / "trained"
    try:
        return trained_reader(
            (folder / "intents.bin").read_bytes(), (folder / "languages.bin").read_bytes()
        )
    except OSError as error:
        missing = Path(error.filename).name
        raise TactdError(
            f"{missing} is missing from this installation of tactd: install it again"
        ) from error


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
    """One policy.toml: its keys are the fields of Pack; lengths of time are spans ("24 hours")."""
    raw = read_toml(path)
    wrong = _unfit(raw, path.parent.name)
    # a wrong span is in `wrong` already; pydantic would read a bare number as seconds
    spans = {key: _span(raw[key]) or timedelta(0) for key in raw if key in SPANS}
    try:
        pack = TypeAdapter(Pack).validate_python({**raw, **spans})
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
    spans = [key for key in raw if key in SPANS]
    wrong += [f'{key}: write it as "24 hours"' for key in spans if not _span(raw[key])]
    wrong += [f"forbids: {one!r} is unknown; {_meant(one, list(RULES))}" for one in _forbidden(raw)]
    return wrong


def _forbidden(raw: dict[str, Any]) -> list[str]:
    return [str(one) for one in raw.get("forbids", ()) if one not in RULES]


def _span(value: object) -> timedelta | None:
    try:
        return duration(str(value))
    except ValueError:
        return None


def _lines(error: ValidationError) -> list[str]:
    details = error.errors(include_url=False)
    return [f"{'.'.join(str(part) for part in row['loc'])}: {row['msg']}" for row in details]


def _meant(key: str, known: list[str]) -> str:
    meant = nearest(key, known)
    return f"did you mean {meant}?" if meant else f"known here: {', '.join(known)}"
