"""Templates against packs: which shipped or own texts a marketplace would not deliver.

Each text is written with invented facts as a whole letter, the way COMPOSE would write it for that
marketplace, and held against the marketplace's rules. What is found would always be staged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tactd.core.compose.fact_names import SAMPLE
from tactd.core.compose.letter import write
from tactd.core.compose.pack_rules import breaches
from tactd.core.compose.template_set import FRAME, STRANGER, Key, Templates
from tactd.core.reasons import sentence
from tactd.core.types import Pack

_PAGE = "tracking_page"


def lint_packs(templates: Templates, packs: Iterable[Pack]) -> list[str]:
    """One line a text and rule: file, marketplace, rule."""
    keys = [key for key in sorted(templates.sources) if key.folder != FRAME]
    framed = [key for key in keys if templates.has(FRAME, key.language)]
    every = tuple(packs)
    return [
        f"{key}: {pack.marketplace}: {wrong}"
        for key in framed
        for pack in every
        for wrong in _wrong(key, templates, pack)
    ]


def _wrong(key: Key, templates: Templates, pack: Pack) -> Iterator[str]:
    """What the facts say themselves breaks no rule, but for a page where links are forbidden."""
    facts = _facts(key, pack)
    letter = write((key,), facts, templates)
    if letter.gaps:
        yield f"cannot do without {letter.gaps[0].fact}, which is never known there"
        return
    own = [value for name, value in facts.items() if name != _PAGE]
    for breach in breaches(letter.body, "", pack, subject=letter.subject, facts=own):
        yield sentence(f"compose.{breach.rule}", "en", breach.data)


def _facts(key: Key, pack: Pack) -> Mapping[str, str]:
    if key.folder == STRANGER:
        return {"shop": SAMPLE["shop"]}
    return {name: value for name, value in SAMPLE.items() if pack.links or name != _PAGE}
