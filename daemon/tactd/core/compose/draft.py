"""COMPOSE: situations and facts become a letter, and the same letter in the seller's language.

Pure, and total over checked templates. Whatever does not fit is a trail entry that turns Send
into Stage; the seller then gets a sheet to fill in, never a letter with a hole in it.

| code | data | when |
| --- | --- | --- |
| `compose.no_template` | situation, language | not written in that language: English, or a sheet |
| `compose.missing_fact` | situation, fact | needs a fact that is not known: a sheet |
| `compose.no_gloss` | situation, language | the seller's own version could not be written |
| `compose.blank_left` | blanks | the seller has to fill in something |
| `compose.mark_left` | mark | the form of a template shows in the letter |
| `compose.too_long` | length, most | longer than the marketplace takes |
| `compose.link` | link | a web link where the marketplace forbids them |
| `compose.address`, `.phone`, `.elsewhere`, `.incentive`, `.important` | found | forbidden too |
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from tactd.core.compose.fact_names import STRANGER_FACTS
from tactd.core.compose.letter import Letter, write
from tactd.core.compose.pack_rules import breaches
from tactd.core.compose.render import one_line, one_lines
from tactd.core.compose.template_set import ENGLISH, FRAME, STRANGER, Key, Templates
from tactd.core.sheet.parse import blanks
from tactd.core.types import Draft, Pack, Situation, TrailEntry, Verdict

_MARK = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|^\[[a-z_]+\]$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    situations: tuple[Situation, ...]
    language: str  # to answer in
    seller_language: str
    named: Callable[[str], Mapping[str, str]]  # the facts, in a language (named.py)
    disclose: bool  # may facts of the order be told to this sender? if not, only `shop` is used
    stranger: bool = True  # if not: is he to get the letter for strangers, whatever he asked?
    original_subject: str = ""  # the buyer's own; "" where he wrote none
    variant: int = 0  # how many letters of this situation he has had: the wordings take turns
    pack: Pack | None = None
    reference: str = ""  # the line that the marketplace wants back; it counts for the length


@dataclass(frozen=True, slots=True)
class Composed:
    """`draft` is None where a situation has no letter, or there is no frame to put it in."""

    draft: Draft | None
    trail: tuple[TrailEntry, ...] = ()


def compose(request: Request, templates: Templates) -> Composed:
    folders = _folders(request)
    if not folders:
        return Composed(None)
    keys, trail = _texts(folders, request, templates)
    if not keys:
        return Composed(None, tuple(trail))
    facts = _facts(request, keys[0].language)
    letter = write(keys, facts, templates)
    trail += [_stage("missing_fact", situation=g.folder, fact=g.fact) for g in letter.gaps]
    gloss = _gloss(letter, request, templates)
    trail += [
        _stage("no_gloss", situation=g.folder, language=gloss.keys[0].language)
        for g in gloss.gaps
        if g not in letter.gaps
    ]
    draft = _draft(letter, gloss, facts, request)
    return Composed(draft, (*trail, *_checks(draft, request)))


# --------------------------------------------------------------------------- which texts


def _folders(request: Request) -> tuple[str, ...]:
    if request.stranger and not request.disclose:
        return (STRANGER,)
    wanted = (s for s in request.situations if s is not Situation.NO_REPLY_NEEDED)
    return tuple(dict.fromkeys(str(situation) for situation in wanted))


def _texts(
    folders: tuple[str, ...], request: Request, templates: Templates
) -> tuple[tuple[Key, ...], list[TrailEntry]]:
    """The texts to use, all in one language: the buyer's, else English. What is written in
    neither is handed over to the seller. Empty where there is no frame."""
    asked = request.language
    gaps = [f for f in folders if _language(templates, (f,), asked) is None]
    trail = [_stage("no_template", situation=folder, language=asked) for folder in gaps]
    kept = tuple(dict.fromkeys(Situation.HANDOVER if f in gaps else f for f in folders))
    language = _language(templates, kept, asked)
    if language is None:
        return (), trail or [_stage("no_template", situation=FRAME, language=asked)]
    if language == ENGLISH and _serving(templates, kept, asked) is None:
        trail += [_stage("no_template", situation=f, language=asked) for f in kept if f not in gaps]
    return tuple(_key(f, language, request.variant, templates) for f in kept), trail


def _language(templates: Templates, folders: tuple[str, ...], asked: str) -> str | None:
    return _serving(templates, folders, asked) or _serving(templates, folders, ENGLISH)


def _serving(templates: Templates, folders: tuple[str, ...], asked: str) -> str | None:
    """A sheet needs no text of its own to be served in a language (core/compose/letter.py)."""
    return templates.serving([f for f in folders if f != Situation.HANDOVER], asked)


def _key(folder: str, language: str, turn: int, templates: Templates) -> Key:
    variants = templates.variants(folder, language) or (1,)
    return Key(folder, language, variants[turn % len(variants)])


# --------------------------------------------------------------------------- the two letters


def _facts(request: Request, language: str) -> dict[str, str]:
    facts = one_lines(request.named(language))
    if request.disclose:
        return facts
    return {name: value for name, value in facts.items() if name in STRANGER_FACTS}


def _gloss(letter: Letter, request: Request, templates: Templates) -> Letter:
    """The same texts in the language that the seller reads, from the same facts."""
    own = letter.keys[0].language
    folders = tuple(key.folder for key in letter.keys)
    language = _language(templates, folders, request.seller_language) or own
    if language == own:
        return letter
    keys = tuple(_same(key, language, templates) for key in letter.keys)
    return write(keys, _facts(request, language), templates)


def _same(key: Key, language: str, templates: Templates) -> Key:
    twin = key._replace(language=language)
    return twin if twin in templates.sources else _key(key.folder, language, 0, templates)


def _draft(letter: Letter, gloss: Letter, facts: Mapping[str, str], request: Request) -> Draft:
    subject = one_line(request.original_subject)
    return Draft(
        subject=subject or letter.subject,
        body=letter.body,
        language=letter.keys[0].language,
        gloss_subject=subject or gloss.subject,
        gloss_body=gloss.body,
        facts={name: facts[name] for name in sorted(letter.facts)},
        blanks=tuple(dict.fromkeys(blanks(letter.body))),
    )


# --------------------------------------------------------------------------- what is wrong with it


def _checks(draft: Draft, request: Request) -> Iterator[TrailEntry]:
    if draft.blanks:
        yield _stage("blank_left", blanks=", ".join(draft.blanks))
    if mark := _MARK.search(draft.body):
        yield _stage("mark_left", mark=mark[0])
    own = (*draft.facts.values(), one_line(request.original_subject))
    for breach in breaches(
        draft.body, request.reference, request.pack, subject=draft.subject, facts=own
    ):
        yield _stage(breach.rule, **breach.data)


def _stage(code: str, **data: str) -> TrailEntry:
    return TrailEntry("compose", Verdict.STAGE, f"compose.{code}", data)
