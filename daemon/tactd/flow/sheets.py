"""The sheet of a staged reply: what the seller needs in order to judge it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from tactd.adapters.store.journal import Snapshot
from tactd.adapters.store.replies import Stored
from tactd.core.compose.wording import long_date
from tactd.core.decide.case import asking
from tactd.core.identity.check import doubt
from tactd.core.labels import SITUATIONS, label
from tactd.core.orders import known, state
from tactd.core.reach import pasted, place_of
from tactd.core.reasons import SENTENCES, sentence
from tactd.core.sheet import words
from tactd.core.sheet.fact_labels import fact_label, state_label
from tactd.core.sheet.file import Sheet
from tactd.core.types import (
    BuyerWrote,
    Decision,
    Draft,
    Endpoint,
    Event,
    FactGroup,
    Line,
    Order,
    Policy,
    ReplyState,
    TrailEntry,
    Verdict,
)
from tactd.marketplaces.tracking import carrier_and_page

# What a person should have seen before he approves, besides doubts about sender and order.
_WARNED_STEPS = frozenset({"disclose", "loop", "match", "screen"})
_WARNED = frozenset(
    (
        "classify.risk", "choose.open_case", "choose.fact_old", "choose.part_unshipped",
        "choose.past_protection", "choose.stop_or_other", "compose.blank_left", "permit.bounces",
        "permit.stop", "permit.stop_too",
    )
)  # fmt: skip

Fact = tuple[str, str, str]


def sheet_of(stored: Stored, snapshot: Snapshot, policy: Policy) -> Sheet:
    """The sheet of a reply as it stands now; its text may have been the seller's since."""
    reply = stored.reply
    draft = replace(stored.draft, subject=reply.subject, body=reply.body)
    drawn = draw(
        snapshot.event,
        snapshot.decision,
        draft,
        reply.to,
        reply.deadline,
        policy,
        stored.standing,
    )
    same = stored.draft.gloss_body == stored.draft.body
    return replace(
        drawn,
        id=reply.id,
        warnings=(*_noted(stored, policy), *drawn.warnings),
        gloss_subject="" if same else drawn.gloss_subject,
        gloss_body="" if same else drawn.gloss_body,
    )


def draw(
    event: Event,
    decision: Decision,
    draft: Draft,
    to: Endpoint,
    deadline: datetime,
    policy: Policy,
    standing: Sequence[str] = (),
) -> Sheet:
    """The sheet of a fresh draft; its id is still to come (0). `standing`: core/standing.py."""
    language = policy.seller_language
    order = decision.match.order if decision.match else None
    wrote = asking(event)
    same = draft.gloss_body == draft.body
    return Sheet(
        id=0,
        to=place_of(to, order.key if order else None),
        subject=draft.subject,
        body=draft.body,
        deadline=deadline,
        situation="+".join(decision.situations),
        situation_name="; ".join(label(SITUATIONS, one, language) for one in decision.situations),
        order=order.key.number if order else "",
        buyer=(wrote.message.username if wrote else "") or (order.buyer_name if order else ""),
        warnings=_warnings(decision, language),
        words=(wrote.message.words or wrote.mail.text) if wrote else "",
        words_gloss=_words_gloss(wrote, decision, policy),
        facts=order_facts(order, policy) if order else _candidates(decision, language),
        reasons=_sentences(filter(_is_reason, decision.trail), language),
        gloss_subject="" if same else draft.gloss_subject,
        gloss_body="" if same else draft.gloss_body,
        language=language,
        standing=tuple(words.label(mark, language) for mark in standing),
        timezone=policy.timezone,
        links=_links(order),
        pasted=pasted(to),
    )


def _words_gloss(wrote: BuyerWrote | None, decision: Decision, policy: Policy) -> str:
    """His words, roughly, in the seller's language; nothing where that is his own."""
    language = policy.seller_language.partition("-")[0]
    if wrote is None or decision.reading is None or decision.reading.language == language:
        return ""
    return policy.reader.gloss(wrote.message.words, decision.reading.language, language)


def _noted(stored: Stored, policy: Policy) -> tuple[str, ...]:
    """What has happened to the reply since it was drafted."""
    note, language = stored.reply.note, policy.seller_language
    if note in SENTENCES:
        return (sentence(note, language, {"why": frees_up(stored, policy)}),)
    ended = _ENDED.get(stored.reply.state)
    return (sentence(ended, language, {"why": note}),) if ended else ()


def frees_up(stored: Stored, policy: Policy) -> str:
    """When what is held may go, on the seller's clock."""
    return clock_text(stored.reply.next_attempt, policy) if stored.reply.next_attempt else ""


def clock_text(at: datetime, policy: Policy) -> str:
    """A time as the seller reads it."""
    return f"{at.astimezone(ZoneInfo(policy.timezone)):%Y-%m-%d %H:%M}"


_ENDED = {ReplyState.UNCLEAR: "trouble.unclear", ReplyState.FAILED: "trouble.refused"}


def _warnings(decision: Decision, language: str) -> tuple[str, ...]:
    return _sentences(filter(_is_warning, decision.trail), language)


def _is_reason(entry: TrailEntry) -> bool:
    return entry.verdict is not Verdict.PASS


def _is_warning(entry: TrailEntry) -> bool:
    return _is_reason(entry) and (entry.step in _WARNED_STEPS or entry.code in _WARNED)


def _sentences(entries: filter[TrailEntry], language: str) -> tuple[str, ...]:
    return tuple(sentence(entry.code, language, entry.data) for entry in entries)


def order_facts(order: Order, policy: Policy) -> tuple[Fact, ...]:
    """(label, value, age and source) of what the book holds, for the seller's eyes only."""
    language, zone = policy.seller_language, policy.timezone
    payment = fact_age(order, FactGroup.PAYMENT, zone)
    dispatch = fact_age(order, FactGroup.DISPATCH, zone)
    total = f"{order.total.amount} {order.total.currency}" if order.total else ""
    rows = [
        ("order", f"{order.key.number} ({state_label(state(order), language)})", ""),
        ("buyer", order.buyer_name, ""),
        *(("item", _goods(line), "") for line in order.lines),
        ("total", total, ""),
        ("paid", _day(order.paid, language), payment),
        ("ship_to", ", ".join(filter(None, (order.ship_to.city, order.ship_to.country))), ""),
        *_payer_and_consignee(order),
        ("ship_by", _day(order.ship_by, language), ""),
    ]
    for parcel in order.parcels:
        said = (_day(parcel.shipped_at, language), *parcel.numbers, parcel.carrier)
        rows.append(("shipped", " · ".join(filter(None, said)), dispatch))
    rows.append(("expected", _day(order.estimate.latest, language), ""))
    return tuple((fact_label(key, language), value, age) for key, value, age in rows if value)


def _goods(line: Line) -> str:
    return f"{line.title} × {line.quantity}" if line.quantity is not None else line.title


def _payer_and_consignee(order: Order) -> tuple[Fact, ...]:
    """Both in full, where one is to be compared with the other."""
    if doubt(order) is None or order.payer is None:
        return ()
    rows = (("payer", order.payer), ("consignee", order.ship_to))
    return tuple((key, ", ".join(filter(None, astuple(whom))), "") for key, whom in rows)


def fact_age(order: Order, group: FactGroup, zone: str) -> str:
    """Since when a group of facts is known, and from where."""
    fact = known(order, group)
    if fact is None:
        return ""
    return f"{fact.as_of.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}, {fact.source}"


def _day(when: datetime | None, language: str) -> str:
    return long_date(when.date(), language) if when else ""


def _candidates(decision: Decision, language: str) -> tuple[Fact, ...]:
    found = decision.match.candidates if decision.match else ()
    return tuple((fact_label("candidate", language), key.number, "") for key in found)


def _links(order: Order | None) -> tuple[tuple[str, str], ...]:
    numbers = [number for parcel in order.parcels for number in parcel.numbers] if order else []
    pages = [(number, carrier_and_page(number)) for number in numbers]
    return tuple((number, page[1]) for number, page in pages if page)
