"""Many short phrases looked for in a text at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

HEAD: Final = 3  # characters by which a phrase is found in the index


class Cues:
    """Each place of the text is looked up once, however many phrases there are."""

    __slots__ = ("_by_head", "_short")

    def __init__(self, phrases: Iterable[str]) -> None:
        all_of_them = sorted(phrases)
        self._short = tuple(one for one in all_of_them if len(one) < HEAD)
        self._by_head: dict[str, tuple[str, ...]] = {}
        for one in all_of_them:
            if len(one) >= HEAD:
                self._by_head[one[:HEAD]] = (*self._by_head.get(one[:HEAD], ()), one)

    def found(self, text: str) -> Iterator[str]:
        """Every phrase that stands in the text, also more than once."""
        yield from (one for one in self._short if one in text)
        by_head = self._by_head
        for at in range(len(text) - HEAD + 1):
            for one in by_head.get(text[at : at + HEAD], ()):
                if text.startswith(one, at):
                    yield one

    def any_in(self, text: str) -> bool:
        return next(self.found(text), None) is not None
