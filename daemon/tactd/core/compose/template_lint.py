"""What is wrong with templates: each file by itself, and the languages beside one another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tactd.core.compose.fact_names import FACTS, SAMPLE, STRANGER_FACTS
from tactd.core.compose.render import MissingFactError, compiled, rendered
from tactd.core.compose.template_file import Fault, faults
from tactd.core.compose.template_set import ENGLISH, FRAME, STRANGER, Key, Templates

_BLANK = re.compile(r"\[\[")


def file_faults(key: Key, text: str) -> tuple[Fault, ...]:
    """What is wrong with one file: its form, else what goes wrong when it is filled in."""
    facts = STRANGER_FACTS if key.folder == STRANGER else FACTS
    return faults(text, frame=key.folder == FRAME, facts=facts) or tuple(_trial(text))


def _trial(text: str) -> Iterator[Fault]:
    try:
        for part in compiled(text):
            rendered(part, SAMPLE)
    except (TypeError, ValueError) as error:  # a filter with arguments it does not take
        yield Fault(1, str(error))


def lint(templates: Templates) -> list[str]:
    """All problems, each with its file; empty where every situation is written in every language
    of the set and says the same facts in all of them."""
    found = [
        f"{key}:{fault.line}: {fault.reason}"
        for key, text in templates.sources.items()
        for fault in file_faults(key, text)
    ]
    if found:
        return sorted(found)
    gaps = [gap for language in _languages(templates) for gap in _gaps(language, templates)]
    return [*gaps, *(fault for key in _references(templates) for fault in _compare(key, templates))]


def _languages(templates: Templates) -> list[str]:
    return sorted({key.language for key in templates.sources})


def _gaps(language: str, templates: Templates) -> Iterator[str]:
    """What is written in other languages, but not in this one: a line a language, for somebody
    who begins a new one has much to write."""
    if not templates.has(FRAME, language):
        yield f"{language}: none of its texts is used, because {FRAME}/{language}.txt is missing"
        return
    wanted = sorted({key.folder for key in templates.sources})
    missing = [folder for folder in wanted if not templates.has(folder, language)]
    if missing:
        there = "a blank sheet" if language == ENGLISH else "English"
        yield f"{language}: no text for {', '.join(missing)}; {there} is used there"


def _references(templates: Templates) -> tuple[Key, ...]:
    """One key for each wording: English where it is there, else the first language."""
    chosen: dict[tuple[str, int], Key] = {}
    for key in sorted(templates.sources, key=lambda key: (key.language != ENGLISH, key)):
        chosen.setdefault((key.folder, key.variant), key)
    return tuple(sorted(chosen.values()))


def _compare(reference: Key, templates: Templates) -> Iterator[str]:
    original = templates.sources[reference]
    for language in _languages(templates):
        key = reference._replace(language=language)
        text = templates.sources.get(key)
        if text is None and templates.has(key.folder, language):
            yield f"{key}: is missing; {reference} is there"
        if text is None or key == reference:
            continue
        for what, of in _COMPARED:
            if here := sorted(of(text) - of(original)):
                yield f"{key}: {what} {', '.join(here)}, unlike {reference}"
            if there := sorted(of(original) - of(text)):
                yield f"{reference}: {what} {', '.join(there)}, unlike {key}"


def named_in(text: str) -> frozenset[str]:
    return frozenset[str]().union(*(part.facts for part in compiled(text)))


def needed_in(text: str) -> frozenset[str]:
    """The facts without which the text cannot be written."""
    return frozenset(fact for fact in named_in(text) if not _writes(text, FACTS - {fact}))


def _writes(text: str, known: Iterable[str]) -> bool:
    facts = {name: SAMPLE[name] for name in known}
    try:
        for part in compiled(text):
            rendered(part, facts)
    except MissingFactError:
        return False
    return True


def _blanks_in(text: str) -> frozenset[str]:
    return frozenset({f"{len(_BLANK.findall(text))} blanks"})


_COMPARED = (("names", named_in), ("cannot do without", needed_in), ("has", _blanks_in))
