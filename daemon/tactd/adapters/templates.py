"""Templates from their folders: the shipped ones, and the seller's own, which win file by file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from tactd.core.compose.template_lint import file_faults, lint
from tactd.core.compose.template_set import FRAME, LANGUAGES, STRANGER, Key, Templates, template_set
from tactd.core.types import Situation

__all__ = ["Loaded", "lint", "load"]

LARGEST = 100_000  # bytes; a letter is a few hundred

_FOLDERS = (FRAME, STRANGER, *(str(situation) for situation in Situation))
_FILE = re.compile(r"(?P<language>[A-Za-z]+(-[A-Za-z]+)?)(\.(?P<variant>[2-9]))?\.txt", re.I)


@dataclass(frozen=True, slots=True)
class Loaded:
    templates: Templates
    problems: tuple[str, ...]  # "my-templates/in_transit/en.txt:4: unknown fact 'itm' …"


@dataclass(frozen=True, slots=True)
class _Folder:
    texts: Mapping[Key, str]
    problems: tuple[str, ...]
    broken: frozenset[tuple[str, str]]  # situation and language of files that are wrong


def load(shipped: Path, own: Path | None = None) -> Loaded:
    """All templates; `own` may be absent. An empty file of the seller's switches a shipped one
    off. Where a file of his is wrong, nothing stands in for it: the situation is then staged in
    that language (with its problem told), rather than answered in words he had replaced."""
    ours, theirs = _read(shipped), _read(own) if own else _Folder({}, (), frozenset())
    kept = {
        key: text
        for key, text in {**ours.texts, **theirs.texts}.items()
        if text.strip() and (key.folder, key.language) not in theirs.broken
    }
    return Loaded(template_set(kept), (*ours.problems, *theirs.problems))


def _read(root: Path) -> _Folder:
    texts: dict[Key, str] = {}
    problems: list[str] = []
    broken: set[tuple[str, str]] = set()
    for path in _files(root):
        where = f"{root.name}/{path.relative_to(root).as_posix()}"
        key = _key(path.relative_to(root))
        if isinstance(key, str):
            problems.append(f"{where}: {key}")
            continue
        text, wrong = _checked(path, key)
        texts[key] = text
        if wrong:
            broken.add((key.folder, key.language))
            problems.extend(f"{where}{problem}" for problem in wrong)
    sound = {k: text for k, text in texts.items() if (k.folder, k.language) not in broken}
    return _Folder(sound, tuple(problems), frozenset(broken))


def _files(root: Path) -> Iterator[Path]:
    """Text files; notes, editors' litter and hidden files are nobody's business."""
    found = (*root.glob("*"), *root.glob("*/*"))
    return (
        path
        for path in sorted(found)
        if path.suffix.lower() == ".txt" and not path.name.startswith((".", "~")) and path.is_file()
    )


def _key(path: Path) -> Key | str:
    """Where the file belongs, or what is wrong with its name."""
    if len(path.parts) != 2:
        return "belongs into the folder of a situation"
    folder, named = path.parts[0], _FILE.fullmatch(path.name)
    if folder not in _FOLDERS:
        near = get_close_matches(folder, _FOLDERS, 1)
        return f"unknown situation {folder!r}" + (f"; did you mean {near[0]!r}?" if near else "")
    if named is None or named["language"] not in LANGUAGES:
        return "name it by its language: en.txt, or en.2.txt for a second wording; there are " + (
            " ".join(sorted(LANGUAGES))
        )
    return Key(folder, named["language"], int(named["variant"] or 1))


def _checked(path: Path, key: Key) -> tuple[str, tuple[str, ...]]:
    try:
        data = path.read_bytes() if path.stat().st_size <= LARGEST else None
        text = data.decode("utf-8-sig") if data is not None else None
    except UnicodeDecodeError:
        return "", (": is not UTF-8 text; save it as UTF-8",)
    except OSError as error:
        return "", (f": cannot be read: {error.strerror}",)
    if text is None:
        return "", (f": is larger than {LARGEST} bytes",)
    found = file_faults(key, text) if text.strip() else ()
    return text, tuple(f":{fault.line}: {fault.reason}" for fault in found)
