"""COMPOSE, with what it needs from the order: the facts as text, then and now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from tactd.core.compose.draft import Request, compose
from tactd.core.compose.named import named_facts
from tactd.core.compose.template_set import Templates
from tactd.core.decide.case import asking, marketplace_of
from tactd.core.decide.permit import WILL
from tactd.core.decide.steps import outcome
from tactd.core.labels import FACTS, label
from tactd.core.sheet.words import label as sheet_label
from tactd.core.types import (
    BuyerWrote,
    ContactState,
    Decision,
    Draft,
    Event,
    Facts,
    Intent,
    MailKind,
    Order,
    Outcome,
    Policy,
    Reach,
    Situation,
)
from tactd.marketplaces.tracking import carrier_and_page

# A stranger who asks about an order gets the same letter, whether the order exists or not.
ABOUT_AN_ORDER = frozenset(
    {
        Intent.WHERE_IS_MY_ITEM,
        Intent.REFUND_REQUEST,
        Intent.RETURN_REQUEST,
        Intent.ITEM_PROBLEM,
        Intent.CANCEL_ORDER,
        Intent.CHANGE_ORDER,
        Intent.CUSTOMS,
    }
)
# Situations whose letters state nothing about an order.
STATES_NOTHING = frozenset({Situation.OPT_OUT, Situation.FEEDBACK_THANKS, Situation.HANDOVER})
# What his letter is where the order (here: its rating) would have made it another.
WITHOUT_ORDER = {Situation.FEEDBACK_MISCLICK: Situation.FEEDBACK_THANKS}


@dataclass(frozen=True, slots=True)
class Composition:
    decision: Decision  # with what composing had to say about it
    draft: Draft | None


def compose_reply(
    event: Event,
    facts: Facts,
    decision: Decision,
    policy: Policy,
    templates: Templates,
    now: datetime,
) -> Composition:
    """Write the draft. What is wrong with it turns Send into Stage (never the other way)."""
    if decision.outcome is Outcome.SKIP or not decision.situations:
        return Composition(decision, None)
    if decision.kind is MailKind.MESSAGE_NOTICE:
        return Composition(decision, _to_answer_there(event, policy.seller_language))
    composed = compose(_request(event, facts, decision, policy, now), templates)
    trail = (*decision.trail, *composed.trail)
    would = outcome(tuple(entry for entry in trail if entry.code not in WILL))
    decision = replace(decision, trail=trail, outcome=outcome(trail), would=would)
    return Composition(decision, composed.draft)


def _to_answer_there(event: Event, language: str) -> Draft:
    """What he has written is read on the site only, and so is answered there."""
    wrote = asking(event)
    subject, body = wrote.mail.subject if wrote else "", sheet_label("answer_there", language)
    return Draft(
        subject=subject, body=body, language=language, gloss_subject=subject, gloss_body=body
    )


def _request(
    event: Event, facts: Facts, decision: Decision, policy: Policy, now: datetime
) -> Request:
    disclosed = decision.disclosure is not None and decision.disclosure.facts
    order = decision.match.order if decision.match and disclosed else None
    marketplace, wrote = marketplace_of(event), asking(event)
    return Request(
        situations=_situations(decision, disclosed),
        language=decision.language,
        seller_language=policy.seller_language,
        named=_named(order, policy, now),
        disclose=disclosed,
        stranger=not disclosed and about_an_order(decision),
        original_subject=_subject(wrote, decision) if wrote else "",
        variant=_earlier_letters(facts, decision),
        pack=policy.packs.get(marketplace) if marketplace else None,
        reference=wrote.message.reference if wrote else "",
    )


def _subject(wrote: BuyerWrote, decision: Decision) -> str:
    """His own; a relay knows an answer by the subject that it wrote itself."""
    relayed = wrote.mail.subject if decision.reach is Reach.REPLY else ""
    return relayed or wrote.message.subject


def about_an_order(decision: Decision) -> bool:
    intent = decision.reading.intent if decision.reading else Intent.OTHER
    situations = _situations(decision, disclosed=False)
    return intent in ABOUT_AN_ORDER or not STATES_NOTHING.issuperset(situations)


def _situations(decision: Decision, disclosed: bool) -> tuple[Situation, ...]:
    if disclosed:
        return decision.situations
    return tuple(dict.fromkeys(WITHOUT_ORDER.get(one, one) for one in decision.situations))


def _named(order: Order | None, policy: Policy, now: datetime) -> Callable[[str], dict[str, str]]:
    return lambda language: named_facts(order, policy, language, now, carrier_and_page)


def _earlier_letters(facts: Facts, decision: Decision) -> int:
    """How many letters of this situation he has had: no two are to be the same."""
    return sum(
        1
        for row in facts.history
        if row.state is not ContactState.REFUSED
        and not set(row.situation.split()).isdisjoint(decision.situations)
    )


def facts_now(
    draft: Draft, order: Order, policy: Policy, drafted: datetime, now: datetime
) -> dict[str, str]:
    """The facts that a draft names, as they are now. Spans that count from the day of the draft
    ("in 5 days") stay what they were."""
    then = named_facts(order, policy, draft.language, drafted, carrier_and_page)
    today = named_facts(order, policy, draft.language, now, carrier_and_page)
    counted = {"search_until", "search_longest"}
    return {
        name: (then if name in counted else today)[name]
        for name in draft.facts
        if name in (then if name in counted else today)
    }


def differences(draft: Draft, current: dict[str, str], language: str) -> str:
    """What has changed since the draft, in one line for the seller; "" if nothing has."""
    changed = [
        f"{label(FACTS, name, language)}: {value} → {current.get(name, '?')}."
        for name, value in draft.facts.items()
        if current.get(name) != value
    ]
    return " ".join(changed)
