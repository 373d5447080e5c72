"""What the daemon makes of whole messages: `make evaluate`.

    python understanding/evaluate.py                  dev/ and test/
    python understanding/evaluate.py --on dev         one of them
    python understanding/evaluate.py --hint3 FOLDER   the outside test as well, if you have it

Prints a table, and writes results/evaluation.json and results/evaluation.html. Errors on dev/ are
shown with their texts; of test/ only numbers and ids, so that nobody tunes by it. dev/ has been
learnt from: only test/ says what to expect. Needs the package installed, nothing else.
"""

# ruff: noqa: T201
from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import page
from corpus import LANGUAGES

import tactd
from figures import Case, confident_errors, figures
from tactd.screens.classify import buyers_words
from tactd.shipped import reader

HERE: Final = Path(__file__).parent
RESULTS: Final = HERE / "results"
AGAIN: Final = 3  # the speed is the best of so many rounds

# Intents that are right for a label of the outside test.
HINT3: Final[Mapping[str, frozenset[str]]] = {
    **dict.fromkeys(
        ("ORDER_STATUS", "DELAY_IN_PARCEL", "DELAY_IN_DELIVERY", "RESUME_DELIVERY"),
        frozenset({"where_is_my_item"}),
    ),
    **dict.fromkeys(
        ("REFUNDS_RETURNS_REPLACEMENTS", "RETURN_EXCHANGE"),
        frozenset({"refund_request", "return_request", "item_problem"}),
    ),
}

_LOADING: Final = """
import time
def held():
    return int(open("/proc/self/statm").read().split()[1]) * 4096 / 1e6
from tactd.shipped import reader
before, start = held(), time.perf_counter()
reader().read("", "where is my parcel")
print((time.perf_counter() - start) * 1000, held() - before)
"""


def main() -> int:
    parser = argparse.ArgumentParser(description="What the daemon makes of whole messages.")
    parser.add_argument("--on", choices=("dev", "test"), help="only this set")
    parser.add_argument("--hint3", type=Path, help="folder with the *_test.csv of HINT3")
    parser.add_argument("--results", type=Path, default=RESULTS)
    options = parser.parse_args()
    options.results.mkdir(exist_ok=True)
    said: dict[str, Any] = {"reader": reader().version, "cost": cost()}
    errors: dict[str, list[dict[str, Any]]] = {}
    for name in (options.on,) if options.on else ("dev", "test"):
        cases = list(read_set(HERE / name))
        said[name] = figures(cases)
        errors[name] = [_error(case, texts=name == "dev") for case in confident_errors(cases)]
        print("\n".join(_table(name, said[name])), flush=True)
    if options.hint3:
        said["hint3"] = outside(options.hint3)
        print(f"\nhint3, where and refund: {said['hint3']}")
    print(f"\ncost: {said['cost']}")
    _write(options.results, said, errors)
    return 0


def read_set(folder: Path) -> Iterator[Case]:
    """Each message as `tactd classify` reads it."""
    mind = reader()
    for language in LANGUAGES:
        for line in (folder / f"{language}.jsonl").read_text(encoding="utf-8").splitlines():
            said = json.loads(line)
            words = buyers_words(said["body"])
            subject = said.get("subject") or ""
            yield Case(said["id"], subject, words, said, mind.read(subject, words))


def cost() -> dict[str, float]:
    """Load and memory in a fresh process; messages a second on one core, text in, answer out."""
    run = [sys.executable, "-c", _LOADING]
    told = subprocess.run(run, capture_output=True, check=True, text=True).stdout
    load, memory = (float(one) for one in told.split())
    files = (Path(tactd.__file__).parent / "trained").iterdir()
    return {
        "files MB": round(sum(one.stat().st_size for one in files) / 1e6, 2),
        "load ms": round(load),
        "memory MB": round(memory, 1),
        "messages a second": round(max(_rate() for _ in range(AGAIN))),
    }


def _rate() -> float:
    mind = reader()
    lines = (HERE / "dev" / "en.jsonl").read_text(encoding="utf-8").splitlines()
    lines += (HERE / "dev" / "ru.jsonl").read_text(encoding="utf-8").splitlines()
    told = [json.loads(line) for line in lines]
    start = time.perf_counter()
    for one in told:
        mind.read(one.get("subject") or "", buyers_words(one["body"]))
    return len(told) / (time.perf_counter() - start)


def outside(folder: Path) -> dict[str, float]:
    """HINT3's messages that are about a parcel or money back: how many are read so."""
    mind, right = reader(), []
    for file in sorted(folder.glob("*_test.csv")):
        with file.open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                if wanted := HINT3.get(row["label"]):
                    found = mind.read("", buyers_words(row["sentence"]))
                    right.append(str(found.intent) in wanted)
    return {"messages": len(right), "right": sum(right) / max(1, len(right))}


def _error(case: Case, texts: bool) -> dict[str, Any]:
    told = {
        "id": case.id,
        "meant": case.said["intent"],
        "also": case.said["also"],
        "read": str(case.read.intent),
        "confidence": case.read.confidence,
        "sure": case.read.sure,
    }
    shown = {"subject": case.subject, "words": case.words, "because": list(case.read.words)}
    return told | (shown if texts else {})


def _table(name: str, said: Mapping[str, Any]) -> Iterator[str]:
    sure, named = said["sure"], said["language_named"]
    yield f"\n{name}: {said['messages']} messages"
    yield "  " + "   ".join(f"{key} {said[key]:.3f}" for key in ("macro_f1", "accuracy", "tone"))
    yield (
        f"  sure {sure['messages']}, of them wrong {sure['wrong']:g} ({sure['wrong share']:.2%}), "
        f"with a danger {sure['with a danger in it']}; "
        f"sure of {sure['answerable']} answerable: {sure['sure of the answerable']:.1%}"
    )
    yield "  language: " + ", ".join(f"{key} {value:.1%}" for key, value in named.items())
    yield f"\n  {'':18}{'messages':>9}{'precision':>11}{'recall':>8}{'F1':>7}"
    for kind in ("intents", "flags"):
        for label, row in said[kind].items():
            yield (
                f"  {label:18}{row['messages']:9}{row['precision']:11.3f}"
                f"{row['recall']:8.3f}{row['f1']:7.3f}"
            )
        yield ""
    yield f"  {'':18}{'messages':>9}{'right':>8}{'macro-F1':>10}{'sure':>7}{'named':>7}"
    for language, row in said["languages"].items():
        yield (
            f"  {language:18}{row['messages']:9}{row['accuracy']:8.3f}{row['macro_f1']:10.3f}"
            f"{row['sure']:7.2f}{row['named']:7.3f}"
        )


def _write(folder: Path, said: dict[str, Any], errors: Mapping[str, Sequence[Any]]) -> None:
    told = json.dumps({**said, "confident_errors": errors}, ensure_ascii=False, indent=1)
    (folder / "evaluation.json").write_text(told, encoding="utf-8")
    (folder / "evaluation.html").write_text(page.of(said, errors), encoding="utf-8")
    print(f"\n{folder / 'evaluation.json'}\n{folder / 'evaluation.html'}")


if __name__ == "__main__":
    sys.exit(main())
