"""What a rehearsal knows of the past: the facts that an event is decided from in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from tactd.core.decide.case import asking
from tactd.core.decide.disclose import orders_of, writer
from tactd.core.decide.limit import next_allowed
from tactd.core.rehearse.contacts import Contacts
from tactd.core.rehearse.values import Recorded
from tactd.core.rehearse.waiting import Waiting
from tactd.core.types import (
    BuyerWrote,
    Candidate,
    Decision,
    Endpoint,
    Event,
    Facts,
    FollowUp,
    Mode,
    Order,
    Outcome,
    Policy,
    Rule,
    Unanswered,
)

_LONG_AGO = timedelta(days=60)


class Memory:
    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self.contacts = Contacts(policy.packs.values(), _longest(policy))
        self.waiting = Waiting()

    def facts(self, one: Recorded, now: datetime) -> Facts:
        """The stored facts; but the contacts and the mails that wait are the rehearsal's own."""
        facts, waited = one.facts, now - one.at
        endpoints = facts.buyer.endpoints if facts.buyer else ()
        return replace(
            facts,
            candidates=_as_fresh(facts.candidates, waited) if waited else facts.candidates,
            history=self.contacts.history(facts.history, endpoints),
            unanswered=self._unanswered(one, endpoints, now),
            loop=replace(facts.loop, domain_hour=self._domain_hour(one.event, facts, now)),
            wrote_since=self._wrote_since(one.event, facts, endpoints),
        )

    def note_mail(self, one: Recorded, decision: Decision) -> None:
        """A mail waits until it is answered, unless there is nothing to answer."""
        if one.mail is None or not isinstance(one.event, BuyerWrote):
            return
        self.waiting.met(one.mail)
        sender = self._sender(one.event, one.facts)
        if sender is not None and decision.outcome is not Outcome.SKIP:
            self.waiting.add(one.mail, sender, one.event, one.closed)

    def mailbox_free(self, name: str, now: datetime) -> datetime:
        """When this mailbox may send its next mail; the seller's limits and the provider's bind."""
        return next_allowed(self.contacts.from_mailbox(name), _rules(self._policy, name), now)

    def _unanswered(
        self, one: Recorded, endpoints: Sequence[Endpoint], now: datetime
    ) -> tuple[Unanswered, ...]:
        really = one.facts.unanswered
        if not isinstance(one.event, BuyerWrote):
            return really
        return self.waiting.of(really, endpoints, one.mail, now)

    def _domain_hour(self, event: Event, facts: Facts, now: datetime) -> int:
        automatic = self._policy.mode is Mode.AUTO
        return self.contacts.domain_hour(self._sender(event, facts), now) if automatic else 0

    def _wrote_since(
        self, event: Event, facts: Facts, endpoints: Sequence[Endpoint]
    ) -> datetime | None:
        if not isinstance(event, FollowUp) or facts.wrote_since is not None:
            return facts.wrote_since
        since = event.asked.mail.received if event.asked else event.at - _LONG_AGO
        return self.waiting.wrote_since(endpoints, since)

    def _sender(self, event: Event, facts: Facts) -> Endpoint | None:
        wrote = asking(event)
        if wrote is None:
            return None
        marketplace = wrote.message.marketplace
        pack = self._policy.packs.get(marketplace) if marketplace else None
        return writer(wrote, pack, orders_of(facts))


def _as_fresh(candidates: tuple[Candidate, ...], waited: timedelta) -> tuple[Candidate, ...]:
    """The facts of these orders, as old as they were when they were first looked at."""
    return tuple(replace(one, order=_aged(one.order, waited)) for one in candidates)


def _aged(order: Order, waited: timedelta) -> Order:
    known = tuple(replace(fact, as_of=fact.as_of + waited) for fact in order.known)
    return replace(order, known=known)


def _rules(policy: Policy, name: str) -> tuple[Rule, ...]:
    budget = next((box.budget for box in policy.mailboxes if box.name == name), ())
    return (*policy.limits.per_mailbox, *budget)


def _longest(policy: Policy) -> timedelta:
    rules = (rule for box in policy.mailboxes for rule in _rules(policy, box.name))
    return max((rule.period for rule in rules), default=timedelta(0))
