"""Who wrote a mail, by the check that its mailbox goes by: the provider's, or our own."""

from __future__ import annotations

from collections.abc import Iterable

from tactd.core.sender.domains import organisation
from tactd.core.sender.signatures import signs_for
from tactd.core.sender.vouched import from_domain, vouched
from tactd.core.types import BuyerWrote, Mail, Pack, Policy, Signed, Verify, Vouched

HOLDS = "sender.dkim_checked"


def proved(wrote: BuyerWrote, policy: Policy) -> tuple[Vouched, str]:
    """Who stands for the sender, and why (a code, `sender.…`): nobody, for mail of a mailbox that
    is not configured any more."""
    box = next((one for one in policy.mailboxes if one.name == wrote.mailbox), None)
    if box is not None and box.verify is Verify.DKIM:
        return by_signature(wrote.mail, wrote.signed, policy.packs.values())
    return vouched(wrote.mail, box.authserv_ids if box else ())


def files_proved(wrote: BuyerWrote, policy: Policy) -> tuple[Vouched, str]:
    """The same of what is attached: a signature must cover where the parts of the mail begin. Else
    a letter, in which another's words stand, can be sent on as files."""
    word, why = proved(wrote, policy)
    if why == HOLDS and wrote.signed is not None and not wrote.signed.whole:
        return Vouched.UNKNOWN, "sender.signature_partial"
    return word, why


def by_signature(mail: Mail, signed: Signed | None, packs: Iterable[Pack]) -> tuple[Vouched, str]:
    """YES: a signature of the domain of From, or of one above it, holds. A signature that does not
    hold is as good as none (RFC 6376 6.1): servers on the way change mails. What the mail says
    itself, in Authentication-Results too, counts for nothing here."""
    domain = from_domain(mail)
    if domain is None:
        return Vouched.NO, "sender.from_unclear"
    if signed is None:
        return Vouched.UNKNOWN, "sender.not_checked"
    if signed.code != HOLDS or not signs_for(signed.domain, domain):
        return Vouched.UNKNOWN, "sender.unsigned" if signed.code == HOLDS else signed.code
    if not signed.whole and _many_write_from(domain, packs):
        return Vouched.UNKNOWN, "sender.signature_partial"
    return Vouched.YES, HOLDS


def _many_write_from(domain: str, packs: Iterable[Pack]) -> bool:
    """A marketplace signs what its members write. If the signature leaves open where the parts of
    the mail begin, a member can send his words on as if the marketplace had written them."""
    names = {name for pack in packs for name in (*pack.own_domains, *pack.relay_domains)}
    return organisation(domain) in {organisation(name) for name in names}
