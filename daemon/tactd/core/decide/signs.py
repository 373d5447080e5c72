"""Weak signs: what in a mail fits one order better than another, and proves nothing.

They are looked for in the orders that something else has led to, and only where these leave a
doubt: words of an item's title that no other of the orders has, the town or postcode it goes to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tactd.core.types import Candidate, Clue, Message, Order

SEARCHED = 5_000  # characters
ALONE = 2  # words of the title of the only order that must be there; one is chance

# Words of four letters and more; Japanese loan words, which are written without spaces.
_WORD = re.compile(r"[ァ-ヴー]{3,}|(?:(?![ァ-ヴー])[^\W\d_]){4,}")
_TOWN = 4  # letters; shorter names are too often other words
_POSTCODE = 5


def on_this_site(candidates: Sequence[Candidate], message: Message) -> tuple[Candidate, ...]:
    """Without what only a username leads to on another marketplace: there it is somebody else's."""
    return tuple(filter(None, (_of_site(one, message) for one in candidates)))


def _of_site(one: Candidate, message: Message) -> Candidate | None:
    if message.marketplace in (None, one.order.key.marketplace):
        return one
    clues = tuple(clue for clue in one.clues if clue.kind not in _OF_ONE_SITE)
    return replace(one, clues=clues) if clues else None


_OF_ONE_SITE = frozenset({"username", "username_item"})


def with_signs(candidates: Sequence[Candidate], message: Message) -> tuple[Candidate, ...]:
    """The candidates, each with the weak signs that speak for it."""
    said = f"{message.subject}\n{message.words[:SEARCHED]}\n{message.item_title}".casefold()
    words = _words(said)
    titles = [_title_words(one.order) for one in candidates]
    return tuple(
        _with(one, words & _only(titles, at), said, len(candidates))
        for at, one in enumerate(candidates)
    )


def _with(one: Candidate, shared: set[str], said: str, of: int) -> Candidate:
    clues = list(one.clues)
    if len(shared) >= (ALONE if of == 1 else 1):
        clues.append(Clue("title", " ".join(sorted(shared))))
    if place := _place(one.order, said):
        clues.append(Clue("place", place))
    return replace(one, clues=tuple(clues))


def _only(titles: Sequence[set[str]], at: int) -> set[str]:
    """The words of one title that no other has."""
    others = {word for other, words in enumerate(titles) if other != at for word in words}
    return titles[at] - others


def _title_words(order: Order) -> set[str]:
    return {word for line in order.lines for word in _words(line.title.casefold())}


def _words(text: str) -> set[str]:
    """Without a plural's s."""
    return {word.removesuffix("s") for word in _WORD.findall(text)}


def _place(order: Order, said: str) -> str:
    city, postcode = order.ship_to.city.casefold(), order.ship_to.zip.casefold()
    for name, least in ((city, _TOWN), (postcode, _POSTCODE)):
        if len(name) >= least and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said):
            return name
    return ""
