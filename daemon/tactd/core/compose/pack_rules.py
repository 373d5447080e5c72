"""What a marketplace forbids in a message to a buyer. A draft that breaks a rule is staged; a reply
that the seller has made to break one is not sent, because the marketplace would not deliver it.

A pack (marketplaces/<name>/policy.toml) names the rows of RULES that hold on its marketplace, with
the source of each. What an order itself says (its title, its numbers) breaks none of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import NamedTuple

from tactd.core.types import Marketplace, Pack

_LINK = re.compile(
    r"https?://\S+|\bwww\.\S+|\b(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,20}/\S*", re.IGNORECASE
)
_ADDRESS = re.compile(r"[\w.+%-]{1,64}@(?:[\w-]{1,63}\.){1,5}\w{2,20}")
# Bare digits may be an order or a parcel: a telephone number says that it is one.
_PHONE = re.compile(
    r"\+\d[\d ().-]{7,20}\d"
    r"|(?:\b(?:tele)?phone|\btel|\bcall us|\bmobile|\btel[eé]fono|\bll[aá]m(?:e|enos|anos)"
    r"|\btelefon|\bt[eé]l[eé]phone|电话|電話|手机|手機)\W{0,3}[^\d\n]{0,12}\d[\d ().-]{5,20}\d"
    r"|\bwhats ?app\b|\bwechat\b|\btelegram\b|\bviber\b|微信",
    re.IGNORECASE,
)
_IMPORTANT = re.compile(
    r"[\[【]\s*(?:important[e]?|wichtig|belangrijk|重要)\s*[\]】]", re.IGNORECASE
)
_SENTENCE = re.compile(r"[^.!?\n。！？]+")
_RATING = re.compile(
    r"review|feedback|rating|\bstars?\b|rese[ñn]a|valoraci[oó]n|opini[oó]n|estrellas?|bewertung"
    r"|sterne|\bavis\b|[ée]toiles|recensione|评价|好评|评论|五星|評價|評論",
    re.IGNORECASE,
)
_REWARD = re.compile(
    r"discount|coupon|voucher|gift|cash ?back|refund|rebate|reward|for free|descuento|cup[oó]n"
    r"|regalo|reembolso|gratis|rabatt|gutschein|geschenk|r[ée]duction|cadeau|sconto"
    r"|折扣|优惠|返现|红包|礼品|赠品|退款|優惠|返現|禮品",
    re.IGNORECASE,
)
_NAMES: Mapping[Marketplace, re.Pattern[str]] = {
    Marketplace.EBAY: re.compile(r"\bebay\b", re.IGNORECASE),
    Marketplace.AMAZON: re.compile(r"\bamazon\b|亚马逊", re.IGNORECASE),
    Marketplace.ETSY: re.compile(r"\betsy\b", re.IGNORECASE),
    Marketplace.ALIEXPRESS: re.compile(r"\baliexpress\b|速卖通", re.IGNORECASE),
    Marketplace.WALMART: re.compile(r"\bwalmart\b|沃尔玛", re.IGNORECASE),
}


class Breach(NamedTuple):
    """A rule that a text breaks: `too_long` (length, most), or one of RULES (found)."""

    rule: str
    data: Mapping[str, str]


def breaches(
    body: str,
    reference: str,
    pack: Pack | None,
    *,
    subject: str = "",
    facts: Collection[str] = (),
) -> Iterator[Breach]:
    """`reference` is the line that is added when it is sent (envelope.py); it counts too. `facts`
    are the order's own words, and the buyer's subject: no rule is about them."""
    if pack is None:
        return
    length = len(body.strip()) + (len(f"\n\n{reference}") if reference else 0)
    if pack.max_length is not None and length > pack.max_length:
        yield Breach("too_long", {"length": str(length), "most": str(pack.max_length)})
    if not pack.links and (link := _LINK.search(body)):
        yield Breach("link", {"link": link[0]})
    own = _without(f"{subject}\n{body}", facts)
    for rule in pack.forbids:
        if found := RULES[rule](own, pack.marketplace):
            yield Breach(rule, {"found": found})


def _without(text: str, facts: Collection[str]) -> str:
    for fact in sorted(filter(None, facts), key=len, reverse=True):
        text = text.replace(fact, "…")
    return text


# --------------------------------------------------------------------------- the rules


def _pattern(pattern: re.Pattern[str]) -> Callable[[str, Marketplace], str]:
    def first(text: str, _on: Marketplace) -> str:
        found = pattern.search(text)
        return found[0].strip() if found else ""

    return first


def _elsewhere(text: str, on: Marketplace) -> str:
    """Another marketplace by name: the buyer is led away."""
    others = (pattern.search(text) for name, pattern in _NAMES.items() if name is not on)
    return next((found[0] for found in others if found), "")


def _incentive(text: str, _on: Marketplace) -> str:
    """A reward and a review in one sentence."""
    said = (found[0].strip() for found in _SENTENCE.finditer(text))
    return next((one for one in said if _RATING.search(one) and _REWARD.search(one)), "")


RULES: Mapping[str, Callable[[str, Marketplace], str]] = {
    "address": _pattern(_ADDRESS),
    "phone": _pattern(_PHONE),
    "elsewhere": _elsewhere,
    "incentive": _incentive,
    "important": _pattern(_IMPORTANT),
}
"""What a text may break: each finds the words that do, "" if none."""
