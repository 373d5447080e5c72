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
    return [problem for key in _references(templates) for problem in _compare(key, templates)]


def _references(templates: Templates) -> tuple[Key, ...]:
    """One key for each wording: English where it is there, else the first language."""
    chosen: dict[tuple[str, int], Key] = {}
    for key in sorted(templates.sources, key=lambda key: (key.language != ENGLISH, key)):
        chosen.setdefault((key.folder, key.variant), key)
    return tuple(sorted(chosen.values()))


def _compare(reference: Key, templates: Templates) -> Iterator[str]:
    original = templates.sources[reference]
    for language in sorted({key.language for key in templates.sources} - {reference.language}):
        key = reference._replace(language=language)
        text = templates.sources.get(key)
        if text is None:
            yield f"{key}: is missing; {reference} is there"
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
