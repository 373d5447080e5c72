"""The marked line: where the reply ends, whose it is, and whether letters were lost.

    === tactd 123-kqx === nothing below this line is sent === é ñ 中 ===

- `123` is the id of the reply; `kqx` is derived from it, so that a mistyped digit is noticed.
- The letters are every non-ASCII letter of what will be sent, with blanks between them; `é` always
  stands first. An editor that saves in an encoding without them writes "?" here as well as in
  the text. A file that is read in the wrong encoding shows another letter than the leading `é`:
  Latin-1's byte for it followed by a blank is no GBK, and Korean, Japanese and traditional Chinese
  encodings hold it elsewhere or not at all.
- A line of the reply that looks like a marked line gets a backslash in front (one more if it has
  some already), and loses it again when read, as mboxrd does with "From ".
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

WITNESS = "é"
_CONSONANTS = "bcdfghjkmnpqrstvwxyz"
_PRIME = 7993  # the largest below 20**3: no change of one digit, and no swap of two, keeps the rest
_LOOKS = re.compile(r"\s*={2,}\s*tactd\b", re.IGNORECASE)
_QUOTED = re.compile(r"\\*\s*={2,}\s*tactd\b", re.IGNORECASE)
_ID = re.compile(r"\s*={2,}\s*tactd\s+([0-9]{1,18})\s*[-‐‑–—]\s*([a-z]{3})\b", re.IGNORECASE)
_LONGEST_TAIL = 40_000  # characters; a wrapped line of letters ends well before


@dataclass(frozen=True, slots=True)
class Mark:
    line: int  # its index among the lines of the file
    id: int | None  # None: the number is missing, or its check letters do not fit
    letters: tuple[str, ...]  # without the witness
    whole: bool  # the witness is there and every letter is one non-ASCII letter


def check_letters(number: int) -> str:
    rest, letters = number * 4111 % _PRIME, ""
    for _ in range(3):
        rest, at = divmod(rest, len(_CONSONANTS))
        letters += _CONSONANTS[at]
    return letters


def letters_of(*texts: str) -> tuple[str, ...]:
    """The non-ASCII letters of texts, composed (NFC), each once; no blanks, no invisible marks."""
    found = set(unicodedata.normalize("NFC", "\n".join(texts)))
    return tuple(sorted(letter for letter in found if _is_letter(letter)))


def mark_line(number: int, sentence: str, letters: tuple[str, ...]) -> str:
    shown = " ".join([WITNESS, *(letter for letter in letters if letter != WITNESS)])
    return f"{mark_start(number)} {sentence} === {shown} ==="


def mark_start(number: int) -> str:
    return f"=== tactd {number}-{check_letters(number)} ==="


def find_marks(lines: list[str]) -> list[int]:
    """Indexes of all marked lines, quoted ones left out."""
    return [at for at, line in enumerate(lines) if _LOOKS.match(line)]


def read_mark(lines: list[str], at: int) -> Mark:
    tail = "\n".join(lines[at : at + 400])[:_LONGEST_TAIL]  # an editor may have wrapped the line
    match = _ID.match(tail)
    number = int(match[1]) if match and check_letters(int(match[1])) == match[2].lower() else None
    parts = re.split(r"={2,}", unicodedata.normalize("NFC", tail), maxsplit=4)
    tokens = parts[3].split() if len(parts) == 5 else []
    whole = tokens[:1] == [WITNESS] and all(len(token) == 1 and token > "\x7f" for token in tokens)
    return Mark(line=at, id=number, letters=tuple(tokens[1:]), whole=whole)


def quote(line: str) -> str:
    return "\\" + line if "==" in line and _QUOTED.match(line) else line


def unquote(line: str) -> str:
    return line[1:] if line.startswith("\\") and _QUOTED.match(line) else line


def _is_letter(letter: str) -> bool:
    return letter > "\x7f" and not letter.isspace() and unicodedata.category(letter)[0] != "C"
