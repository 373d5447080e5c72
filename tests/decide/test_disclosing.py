"""DISCLOSE: facts only for who is on file, by themselves only if the provider vouches for him."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings

from decide_kit import NOW, facts, mail_of, mails, order_of, policy, wrote
from tactd.core.decide.disclose import judge
from tactd.core.decide.steps import decide
from tactd.core.types import Candidate, Clue, EndpointKind, Facts, Mail, Verdict, Vouched

ORDER = order_of(1, address="buyer1@example.com")


@pytest.mark.parametrize(
    ("held", "known", "relay", "word", "elsewhere"),
    list(product((True, False), (True, False), (True, False), Vouched, ("", "x@example.net"))),
)
def test_every_row_of_the_table_keeps_the_promise(
    held: bool, known: bool, relay: bool, word: Vouched, elsewhere: str
) -> None:
    order = ORDER if known else None
    verdict, code, may = judge(
        held=held and known, order=order, relay=relay, word=word, elsewhere=elsewhere
    )
    allowed = held and known and not elsewhere and word is not Vouched.NO
    assert may == (allowed and (word is Vouched.YES or not relay))
    assert (verdict is Verdict.PASS) == (allowed and word is Vouched.YES)
    assert code.startswith("disclose.")


@given(mails, facts)
@settings(deadline=None)
def test_facts_are_never_allowed_for_an_endpoint_that_is_not_on_file(
    mail: Mail, known: Facts
) -> None:
    made = decide(wrote(mail), known, policy(), NOW)
    if made.disclosure is None or not made.disclosure.facts:
        return
    assert made.match is not None
    assert made.match.order is not None
    to = made.disclosure.to
    assert to is not None
    if made.tie is None:
        assert to in made.match.order.endpoints
    else:
        assert to.kind is EndpointKind.RELAY
        assert made.tie.one == to
        assert made.match.certain


@given(mails, facts)
@settings(deadline=None)
def test_the_reply_goes_to_who_wrote_and_nowhere_else(mail: Mail, known: Facts) -> None:
    made = decide(wrote(mail), known, policy(), NOW)
    if made.disclosure is not None and made.disclosure.to is not None:
        assert mail.sender is not None
        assert made.disclosure.to.value == mail.sender.email


@pytest.mark.parametrize("exists", [True, False])
def test_a_stranger_gets_the_same_disclosure_whether_the_order_exists_or_not(exists: bool) -> None:
    order = order_of(1, address="buyer1@example.com")
    found = (Candidate(order, (Clue("order", order.key.number),)),) if exists else ()
    mail = mail_of(f"Where is {order.key.number}?", sender="stranger@example.net")
    made = decide(wrote(mail), Facts(candidates=found), policy(), NOW)
    assert made.disclosure is not None
    assert not made.disclosure.facts
    assert not made.disclosure.by_itself
