"""The rules that say what a buyer wants, over the concepts of core/classify/lexicon.py.

A rule is a row of places, in order. A place is a concept, or several with `|`; `?` makes it
optional; `~` is up to two unknown words; `^` and `$` are the ends of a clause. A rule does not
fit right after NOT, unless it begins with it; nor, if it is about the parcel, right after REFUND
("my refund has not arrived"). `unless` are concepts that spoil it anywhere in the sentence.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from tactd.core.types import Intent

_PRESALE: Final = frozenset({"IF", "BUY", "PRESALE", "ORIGIN", "PAYMENT"})


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    intent: Intent
    places: str
    unless: frozenset[str] = frozenset()
    clean: bool = True  # alone enough to be sure
    question: bool = False  # only in a question
    form: re.Pattern[str] = field(init=False)
    needs: frozenset[str] = field(init=False)  # one of these must stand in the sentence

    def __post_init__(self) -> None:
        places = self.places.split()
        not_after = ["REFUND"] if self.intent is Intent.WHERE_IS_MY_ITEM else []
        object.__setattr__(self, "form", re.compile(_form(places, not_after)))
        wanted = next(p for p in places if p not in "^$~" and not p.endswith("?"))
        object.__setattr__(self, "needs", frozenset(wanted.split("|")))


def _form(places: list[str], not_after: Sequence[str] = ()) -> str:
    negated = [] if places[0].startswith("NOT") else ["NOT"]
    begin = r"(?<![A-Z_])" + "".join(f"(?<!{name} )" for name in [*negated, *not_after])
    return begin + "".join(_PLACES[p] if p in _PLACES else _place(p) for p in places)


def _place(place: str) -> str:
    names = place.rstrip("?").split("|")
    return f"(?:{'|'.join(f'{name} ' for name in names)}){'?' if place.endswith('?') else ''}"


_PLACES: Final = {
    ",": ", ",
    "~": r"(?:_ ){0,2}",
    "^": r"(?:^|(?<=, )|(?<=BUT ))",
    "$": r"(?=$|, |BUT )",
}


def _where(places: str, *, question: bool = False, clean: bool = True) -> Rule:
    return Rule(Intent.WHERE_IS_MY_ITEM, places, _PRESALE, clean, question)


def _refund(places: str, *, question: bool = False, clean: bool = True) -> Rule:
    return Rule(Intent.REFUND_REQUEST, places, _PRESALE, clean, question)


RULES: Final = (
    Rule(Intent.OPT_OUT, "OPTOUT", frozenset({"IF"})),
    # refund
    _refund("WANT KNOW? ~ RECEIVE? FULL? REFUND"),
    _refund("WANT KNOW? WHEN ~ REFUND"),
    _refund("WANT RETURN REFUND", clean=False),
    _refund("^ REFUND WANT $"),
    _refund("^ WANT , REFUND"),
    _refund("^ REFUND PARCEL|IT|WANT"),
    _refund("^ REFUND $", clean=False),
    _refund("^ REFUND $", question=True, clean=False),
    _refund("WHERE|STATUS ~ REFUND"),
    _refund("WHEN RECEIVE|RECEIVED|ARRIVE|EXPECT|SHIP|WANT? RECEIVE? REFUND"),
    _refund("WHEN REFUND PARCEL|IT|ARRIVE|RECEIVE|RECEIVED|$"),
    _refund("REFUND WHERE|LOCATE|STATUS"),
    _refund("REFUND WHEN ARRIVE|RECEIVE|RECEIVED"),
    _refund("NOT RECEIVE|RECEIVED|ARRIVED|SHIP ~ REFUND"),
    _refund("REFUND ~ NOT RECEIVE|RECEIVED|ARRIVE|ARRIVED|HERE"),
    _refund("WAIT REFUND"),
    _refund("RECEIVE IT? REFUND", clean=False),
    _refund("CANCEL|RETURN|PROBLEM PARCEL|IT? ~ REFUND", clean=False),
    # where is it
    _where("WHERE PARCEL|IT"),
    _where("PARCEL|IT WHERE"),
    _where("PARCEL|IT ARRIVE? LOCATE"),
    _where("^ LOCATE $"),
    _where("LOCATE PARCEL"),
    _where("WHERE ~ TRACK"),
    _where("WHERE ~ $", clean=False),
    _where("NOT RECEIVE|RECEIVED ~ PARCEL|IT|NOT"),
    _where("NOT RECEIVE|RECEIVED $"),
    _where("NOT ARRIVE|ARRIVED|DELIVERED PARCEL|IT|NOT"),
    _where("NOT ARRIVE|ARRIVED|DELIVERED HERE? $"),
    _where("PARCEL|IT NOT ARRIVE|ARRIVED|DELIVERED|RECEIVED|HERE|SHIP"),
    _where("NOT HERE $"),
    _where("NOT SHIP PARCEL|IT"),
    _where("WHEN WANT? EXPECT? ARRIVE|ARRIVED|RECEIVE|RECEIVED|DELIVERED|SHIP|EXPECT PARCEL|IT"),
    _where("^ WHEN WANT? ARRIVE|ARRIVED|RECEIVE|RECEIVED|DELIVERED|SHIP $"),
    _where("KNOW WHEN WANT? ARRIVE|ARRIVED|RECEIVE|RECEIVED|DELIVERED|SHIP $"),
    _where("WHEN WANT? PARCEL|IT ARRIVE|ARRIVED|DELIVERED|HERE|SHIP|RECEIVE|RECEIVED"),
    _where("PARCEL|IT WHEN ARRIVE|RECEIVE|RECEIVED|DELIVERED|SHIP"),
    _where("WANT KNOW? ~ SHIP? TRACK"),
    _where("WANT KNOW? WHERE|WHEN ~ PARCEL|IT"),
    _where("^ TRACK WANT $"),
    _where("NOT TRACK $"),
    _where("NOT TRACK STATUS|PARCEL"),
    _where("TRACK NOT STATUS|SHIP|ARRIVE"),
    _where("TRACK PARCEL|IT", clean=False),
    _where("PARCEL TRACK $", question=True),
    _where("^ TRACK $", question=True),
    _where("STATUS PARCEL"),
    _where("PARCEL|TRACK STATUS", question=True),
    _where("WANT STATUS", clean=False),
    _where("NOT STATUS PARCEL|TRACK"),
    _where("WAIT ~ PARCEL|IT"),
    _where("WAIT ~ ARRIVE PARCEL|IT"),
    _where("^ SHIP PARCEL|IT $", question=True),
    _where("^ PARCEL|IT SHIP $", question=True),
    _where("PARCEL|IT LOST", clean=False),
    # the rest: only so that they are not taken for one of the three
    Rule(Intent.ITEM_PROBLEM, "PROBLEM", clean=False),
    Rule(Intent.RETURN_REQUEST, "RETURN", frozenset({"IF", "BUY", "PRESALE"}), clean=False),
    Rule(Intent.CANCEL_ORDER, "CANCEL", clean=False),
    Rule(Intent.CHANGE_ORDER, "CHANGE", clean=False),
    Rule(Intent.CHANGE_ORDER, "ADDRESS", clean=False),
    Rule(Intent.CUSTOMS, "CUSTOMS", clean=False),
    Rule(Intent.WHOLESALE, "WHOLESALE", clean=False),
    Rule(Intent.NEGOTIATION, "NEGOTIATE", clean=False),
    Rule(Intent.PAYMENT_QUESTION, "PAYMENT", clean=False),
    Rule(Intent.PRODUCT_QUESTION, "PRESALE", clean=False),
    Rule(Intent.PRODUCT_QUESTION, "IF ~ BUY", clean=False),
)


def by_need() -> Mapping[str, tuple[Rule, ...]]:
    """The rules that a concept calls up, so that most are never tried."""
    found: dict[str, list[Rule]] = defaultdict(list)
    for rule in RULES:
        for name in rule.needs:
            found[name].append(rule)
    return {name: tuple(rules) for name, rules in found.items()}


BY_NEED: Final = by_need()

# When several fit, the first of these is the intent, the others are `also`. A fault outweighs the
# refund that is asked for it (playbook: item_problem), an unwelcome mail everything.
PRIORITY: Final = (
    Intent.OPT_OUT,
    Intent.CANCEL_ORDER,
    Intent.ITEM_PROBLEM,
    Intent.RETURN_REQUEST,
    Intent.REFUND_REQUEST,
    Intent.CHANGE_ORDER,
    Intent.CUSTOMS,
    Intent.NEGOTIATION,
    Intent.WHOLESALE,
    Intent.WHERE_IS_MY_ITEM,
    Intent.PAYMENT_QUESTION,
    Intent.PRODUCT_QUESTION,
)

FLAGS: Final = {
    "LEGAL": "legal_threat",
    "CHARGEBACK": "chargeback",
    "ABUSE": "abuse",
    "INJURY": "injury",
    "FRAUD": "fraud",
    "HUMAN": "human_wanted",
}

# He has it already, or takes back what the rules found: doubt.
CONTRADICTIONS: Final = tuple(
    re.compile(_form(places.split()))
    for places in (
        "PARCEL|IT ARRIVED",
        "^ RECEIVED PARCEL|IT|$",
        "^ ARRIVED $",
        "THANKS ~ TRACK|REFUND|STATUS",
        "NOT ~ WANT KNOW? ~ RECEIVE? REFUND|TRACK",
        "NOT REFUND",
        "RECEIVED ~ REFUND",
        "FUTURE ~",
    )
)

# Praise is only praise where nothing of this stands in the whole text.
SPOILS_PRAISE: Final = frozenset({
    "NOT", "BAD", "BUT", "PROBLEM", "IF", "WHERE", "LOCATE", "WHEN", "WAIT", "LOST", "REFUND",
    "RETURN", "CANCEL", "CHANGE", "FUTURE", "WANT", "PRESALE", "TRACK", "NEGOTIATE", "WHOLESALE",
    "PAYMENT", "CUSTOMS", "BUY", "KNOW", "STATUS", "EXPECT", "OPTOUT",
    "CANNOT", "ASK", "OURS",
})  # fmt: skip
PRAISE: Final = frozenset({"GOOD", "STARS"})
PRAISED: Final = frozenset(
    {"STARS", "PARCEL", "IT", "SELLER", "FEEDBACK", "SHIP", "ARRIVED", "RECEIVED"}
)

# All that a mail of pure thanks is made of.
OF_THANKS: Final = frozenset(
    {"THANKS", "GOOD", "RECEIVED", "ARRIVED", "DELIVERED", "PARCEL", "IT", "HERE", ",", "_"}
    | {"SELLER", "SHIP", "TRACK", "STATUS", "REPLY"}
)
# What may stand in the clause beside a clean rule. An unknown word there may turn it: "it does
# not come in blue", "I have not received the item back from repair".
BESIDE: Final = frozenset({
    "WANT", "KNOW", "PARCEL", "IT", "HERE", "ASK", "EXPECT", "STATUS", "WHERE", "WHEN", "LOCATE",
    "RECEIVE", "RECEIVED", "ARRIVE", "ARRIVED", "DELIVERED", "SHIP", "TRACK", "WAIT", "NOT",
    "THANKS", "REPLY",
})  # fmt: skip
# What may stand in a question that asks nothing of its own ("Can you help me, please?").
ASKS_NOTHING: Final = frozenset({"REPLY", "WANT", "KNOW", "STATUS", "THANKS", ",", "PARCEL"})
