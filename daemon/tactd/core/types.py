"""The data model: every noun of tactd, as frozen values.

Nothing here does anything. All times are timezone-aware UTC. A day that came without a time of
day (marketplace exports have many) is held as 12:00 UTC, so that it stays the same calendar day
from UTC-12 to UTC+11.

The words are the seller's: an *order* has *parcels*; a *buyer* writes a *mail*; tactd *decides*
and drafts a *reply*; what went out stands in the *ledger*.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

# --------------------------------------------------------------------------- vocabularies


class Marketplace(StrEnum):
    EBAY = "ebay"
    AMAZON = "amazon"
    ETSY = "etsy"
    ALIEXPRESS = "aliexpress"
    SHOPIFY = "shopify"
    PAYPAL = "paypal"
    WALMART = "walmart"
    OWN = "own"


class MailKind(StrEnum):
    """What sort of mail a mail is; only a `buyer_message` is ever answered."""

    BUYER_MESSAGE = "buyer_message"
    SALE_NOTICE = "sale_notice"
    PAYMENT_NOTICE = "payment_notice"
    DISPATCH_NOTICE = "dispatch_notice"
    DELIVERY_NOTICE = "delivery_notice"
    OFFER_NOTICE = "offer_notice"
    MESSAGE_NOTICE = "message_notice"
    FEEDBACK_NOTICE = "feedback_notice"
    CASE_INR = "case_inr"
    CASE_RETURN = "case_return"
    CASE_CANCEL = "case_cancel"
    CASE_CLAIM = "case_claim"
    PAYOUT = "payout"
    OWN_REPLY_COPY = "own_reply_copy"
    REFUSAL_NOTICE = "refusal_notice"
    DELIVERY_FAILURE = "delivery_failure"
    AUTO_REPLY = "auto_reply"
    LIST = "list"
    PHISHING_SUSPECT = "phishing_suspect"
    OTHER_NOTICE = "other_notice"


class Intent(StrEnum):
    WHERE_IS_MY_ITEM = "where_is_my_item"
    REFUND_REQUEST = "refund_request"
    RETURN_REQUEST = "return_request"
    ITEM_PROBLEM = "item_problem"
    CANCEL_ORDER = "cancel_order"
    CHANGE_ORDER = "change_order"
    PRODUCT_QUESTION = "product_question"
    NEGOTIATION = "negotiation"
    WHOLESALE = "wholesale"
    PAYMENT_QUESTION = "payment_question"
    CUSTOMS = "customs"
    FEEDBACK = "feedback"
    THANKS = "thanks"
    OPT_OUT = "opt_out"
    OTHER = "other"


class Situation(StrEnum):
    """What tactd answers with; each has one folder of templates and one row in decide/choose.py."""

    NOT_YET_SHIPPED = "not_yet_shipped"
    SHIP_LATE = "ship_late"
    DISPATCHED = "dispatched"
    TRACKING_PENDING = "tracking_pending"
    IN_TRANSIT = "in_transit"
    DELAYED = "delayed"
    STILL_SEARCHING = "still_searching"
    LOST_CHOICE = "lost_choice"
    REFUND_PROMISED = "refund_promised"
    RESEND_PROMISED = "resend_promised"
    REFUND_NOT_YET = "refund_not_yet"
    REFUND_STATUS = "refund_status"
    REFUND_AFTER_DELIVERY = "refund_after_delivery"
    DELIVERED_CLAIM = "delivered_claim"
    CUSTOMS = "customs"
    RETURNED_PARCEL = "returned_parcel"
    ITEM_PROBLEM = "item_problem"
    RETURN_REQUEST = "return_request"
    CANCEL_UNSHIPPED = "cancel_unshipped"
    CANCEL_SHIPPED = "cancel_shipped"
    CHANGE_UNSHIPPED = "change_unshipped"
    CHANGE_SHIPPED = "change_shipped"
    OUT_OF_STOCK = "out_of_stock"
    IDENTITY_CHECK = "identity_check"
    PAYMENT_REMINDER = "payment_reminder"
    PRODUCT_QUESTION = "product_question"
    PAYMENT_QUESTION = "payment_question"
    OPPORTUNITY = "opportunity"
    FEEDBACK_THANKS = "feedback_thanks"
    FEEDBACK_MISCLICK = "feedback_misclick"
    FEEDBACK_RESCUE = "feedback_rescue"
    FEEDBACK_REQUEST = "feedback_request"
    DELAY_NOTICE = "delay_notice"
    PROGRESS = "progress"
    OPT_OUT = "opt_out"
    NO_REPLY_NEEDED = "no_reply_needed"
    HANDOVER = "handover"


class Outcome(StrEnum):
    SEND = "send"
    STAGE = "stage"
    HOLD = "hold"
    SKIP = "skip"


class Verdict(StrEnum):
    """What one step of DECIDE says. The strictest of a trail is the outcome."""

    PASS = "pass"
    STAGE = "stage"
    HOLD = "hold"
    SKIP = "skip"


class ParcelState(StrEnum):
    ANNOUNCED = "announced"
    MOVING = "moving"
    CUSTOMS = "customs"
    PICKUP = "pickup"
    DELIVERED = "delivered"
    RETURNED = "returned"
    LOST = "lost"
    UNKNOWN = "unknown"


class OrderState(StrEnum):
    """Derived from an order and its parcels by core/orders.py, never stored."""

    UNPAID = "unpaid"
    TO_SHIP = "to_ship"
    SHIPPED = "shipped"
    CUSTOMS = "customs"
    PICKUP = "pickup"
    DELIVERED = "delivered"
    RETURNED = "returned"
    LOST = "lost"
    REFUNDED = "refunded"
    CANCELLED = "cancelled"


class Traced(StrEnum):
    """How far a parcel can be followed: to the door, only when it leaves, or not at all."""

    FULL = "full"
    DEPARTURE = "departure"
    NONE = "none"


class FactGroup(StrEnum):
    PAYMENT = "payment"
    DISPATCH = "dispatch"
    TRACKING = "tracking"
    FEEDBACK = "feedback"


class EndpointKind(StrEnum):
    MAIL = "mail"
    RELAY = "relay"
    EBAY = "user@ebay"
    AMAZON = "user@amazon"
    ETSY = "user@etsy"
    ALIEXPRESS = "user@aliexpress"
    SHOPIFY = "user@shopify"
    PAYPAL = "user@paypal"
    WALMART = "user@walmart"


class Reach(StrEnum):
    """How a buyer can be written to about an order."""

    MAIL = "mail"
    REPLY = "reply"
    PASTE = "paste"
    NONE = "none"


class Mode(StrEnum):
    OBSERVE = "observe"
    STAGE = "stage"
    AUTO = "auto"


class ContactKind(StrEnum):
    ANSWER = "answer"
    UNASKED = "unasked"
    HAND = "hand"


class By(StrEnum):
    AUTO = "auto"
    APPROVED = "approved"
    SELLER = "seller"


class ContactState(StrEnum):
    """State of a ledger row; `refused` (nothing was delivered) does not count."""

    CLAIMED = "claimed"
    SENT = "sent"
    UNCLEAR = "unclear"
    REFUSED = "refused"


class ReplyState(StrEnum):
    STAGED = "staged"
    HELD = "held"
    APPROVED = "approved"
    READY = "ready"
    SENDING = "sending"
    SENT = "sent"
    UNCLEAR = "unclear"
    FAILED = "failed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Sentiment(StrEnum):
    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"


class Rating(StrEnum):
    """What a buyer has rated; `removed`: he has, and it does not stand any more."""

    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"
    REMOVED = "removed"


class PromiseKind(StrEnum):
    ANSWER = "answer"
    SEARCH = "search"
    REFUND = "refund"
    RESEND = "resend"
    SHIP = "ship"


class PromiseState(StrEnum):
    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
    WITHDRAWN = "withdrawn"


class Silence(StrEnum):
    """What a buyer asked for: `no_unasked` no unasked mail; `stop` no automatic mail at all."""

    NONE = "none"
    NO_UNASKED = "no_unasked"
    STOP = "stop"


# --------------------------------------------------------------------------- people


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A place where a person can be reached. `value` is normalised: lower case, no white space."""

    kind: EndpointKind
    value: str


@dataclass(frozen=True, slots=True)
class Tie:
    """Why two endpoints are one person. Never a name or a postal address."""

    one: Endpoint
    other: Endpoint
    evidence: str  # "order ebay 12-34567-89012", "PayPal 8DE43526FG170894H"
    at: datetime
    undone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Buyer:
    endpoints: tuple[Endpoint, ...]
    name: str = ""
    orders: int = 0  # how many orders the book holds for him
    silence: Silence = Silence.NONE
    large: bool = False  # one of them is among the largest of the shop
    untied: tuple[Endpoint, ...] = ()  # an order names them too; the seller says: not his


@dataclass(frozen=True, slots=True)
class PostalAddress:
    name: str = ""
    street: str = ""
    city: str = ""
    region: str = ""
    zip: str = ""
    country: str = ""  # ISO 3166-1 alpha-2, "" where unknown


# --------------------------------------------------------------------------- orders


@dataclass(frozen=True, slots=True, order=True)
class OrderKey:
    marketplace: Marketplace
    number: str

    def __str__(self) -> str:
        return f"{self.marketplace}:{self.number}"


@dataclass(frozen=True, slots=True)
class OtherNumber:
    """Another number of an order: kind is `sales_record`, `transaction`, `invoice`, `paypal`."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Money:
    amount: Decimal
    currency: str  # ISO 4217


@dataclass(frozen=True, slots=True)
class Line:
    item: str  # the marketplace's item number
    title: str
    sku: str = ""
    quantity: int | None = 1  # None: not said
    price: Money | None = None
    variation: str = ""


@dataclass(frozen=True, slots=True)
class Estimate:
    """The marketplace's own estimate of arrival; either end may be missing."""

    earliest: datetime | None = None
    latest: datetime | None = None


@dataclass(frozen=True, slots=True)
class Refund:
    """One telling of money that went back; core/refunds.py knows which of them are one refund."""

    amount: Money | None
    at: datetime
    number: str = ""  # its own, as its source numbers refunds
    source: str = ""  # who tells it: marketplace and "notice" or "export"
    so_far: bool = False  # the sum of all until now, and `at` is not when


@dataclass(frozen=True, slots=True)
class Feedback:
    rating: Rating
    comment: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MarketplaceCase:
    """A case, claim or chargeback: freezes automatic mail for its order until closed."""

    kind: str  # "inr" | "return" | "cancel" | "claim" | "chargeback"
    number: str
    opened: datetime
    answer_by: datetime | None = None
    closed: datetime | None = None
    said_open: datetime | None = None  # when it was last said to be open; merging fills it


@dataclass(frozen=True, slots=True)
class Scan:
    at: datetime
    kind: ParcelState
    place: str = ""


@dataclass(frozen=True, slots=True)
class Parcel:
    numbers: tuple[str, ...] = ()  # tracking numbers, the one to show first
    carrier: str = ""
    service: str = ""
    lines: tuple[str, ...] = ()  # item numbers in it; empty: unknown or all
    shipped_at: datetime | None = None
    scans: tuple[Scan, ...] = ()
    traced: Traced = Traced.FULL
    state: ParcelState = ParcelState.UNKNOWN


@dataclass(frozen=True, slots=True)
class Known:
    """Since when, and from where, a group of facts is known. Never the time of an import."""

    group: FactGroup
    as_of: datetime
    source: str  # "eBay-OrdersReport-Nov-20-2026.csv", "notice <id@…>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    key: OrderKey
    buyer_name: str = ""
    endpoints: tuple[Endpoint, ...] = ()
    numbers: tuple[OtherNumber, ...] = ()
    shop: str = ""
    lines: tuple[Line, ...] = ()
    total: Money | None = None
    refunds: tuple[Refund, ...] = ()
    placed: datetime | None = None
    paid: datetime | None = None
    ship_by: datetime | None = None
    estimate: Estimate = Estimate()
    ship_to: PostalAddress = PostalAddress()
    payer: PostalAddress | None = None
    cancelled_at: datetime | None = None
    feedback: Feedback | None = None
    cases: tuple[MarketplaceCase, ...] = ()
    without_case: datetime | None = None  # a report that tells of cases knew of none then
    marks: frozenset[str] = frozenset()  # "hold", "out_of_stock"
    parcels: tuple[Parcel, ...] = ()
    known: tuple[Known, ...] = ()
    note: str = ""  # what the buyer wrote when he bought


# --------------------------------------------------------------------------- mail


@dataclass(frozen=True, slots=True)
class Address:
    name: str
    email: str  # as written, without white space; "" where there is none


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str  # data only, never a path
    type: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail as READ: always a record, whatever the bytes were. All text is NFC, free of NUL,
    other control characters, and bidirectional and zero-width marks."""

    content_key: str  # the same mail in two folders, or fetched twice, has the same key
    received: datetime  # the server's INTERNALDATE, else the time of fetching
    size: int = 0
    date: datetime | None = None  # the Date header, if it can be read
    message_id: str | None = None  # with its angle brackets
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    sender: Address | None = None  # the first address of From
    senders: int = 0  # addresses in all From headers together; other than 1 is suspicious
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    subject: str = ""
    headers: tuple[tuple[str, str], ...] = ()  # lower-case name and unfolded value, in order
    text: str = ""  # all the text
    own: str = ""  # what the writer wrote himself: quotes and signature cut
    cut: str = ""  # what was cut away, for people to see
    links: tuple[str, ...] = ()  # where its HTML leads, if that is its text: data, never shown
    attachments: tuple[Attachment, ...] = ()
    flaws: tuple[str, ...] = ()  # what could not be read: "charset", "truncated", "depth" …

    def header(self, name: str) -> str | None:
        """The first header of that (lower-case) name."""
        return next((value for key, value in self.headers if key == name), None)

    def all_headers(self, name: str) -> tuple[str, ...]:
        return tuple(value for key, value in self.headers if key == name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A mail with its marketplace's wrapper opened: what it is, and what the buyer said in it."""

    kind: MailKind
    marketplace: Marketplace | None = None
    subject: str = ""  # his own, or what he chose from a list; "" where the marketplace wrote it
    words: str = ""  # the buyer's own words, all else cut
    username: str = ""
    items: tuple[str, ...] = ()  # item numbers that the wrapper names
    item_title: str = ""
    orders: tuple[str, ...] = ()  # order numbers that the wrapper names (not the buyer)
    reference: str = ""  # what an answer must carry, e.g. eBay's "[#…#]_[#…#]"
    opened: bool = True  # False: a wrapper was recognised, its text was not found in it
    tells: tuple[Order, ...] = ()  # what a notice says of orders, as far as it says it
    refused: str = ""  # of a refusal: "opted_out" | "sender_not_approved" | "not_delivered"
    link: str = ""  # the page to answer on, where no mail of ours reaches the buyer
    writer: str = ""  # the address that he has typed into a shop's form: anybody could have


@dataclass(frozen=True, slots=True)
class Thread:
    """(buyer endpoint, order or item, root message)."""

    endpoint: Endpoint
    about: str  # str(OrderKey), "item:…" or ""
    root: str  # a Message-ID


# --------------------------------------------------------------------------- what a mail means


@dataclass(frozen=True, slots=True)
class Reading:
    """What the buyer wants, from his words alone (core/classify/reading.py)."""

    intent: Intent
    confidence: float  # calibrated, 0 to 1
    also: tuple[Intent, ...] = ()
    language: str = "en"  # one of the fifteen codes
    variant: str = ""  # "Hant", "BR" where it matters
    language_sure: bool = False
    sentiment: Sentiment = Sentiment.NEUTRAL
    flags: tuple[str, ...] = ()  # risks: "legal_threat", "chargeback", "abuse", "injury" …
    words: tuple[str, ...] = ()  # what decided
    agreed: bool = False  # a rule or concept agrees with the model
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Taught:
    """What the seller's corrections of other mails say of one (core/classify/corrections.py)."""

    adds: tuple[tuple[Intent, float], ...] = ()  # to the margin of an intent
    agreeing: tuple[tuple[Intent, int], ...] = ()  # how many corrections of such texts mean it


NOT_TAUGHT = Taught()


class Reader(Protocol):
    """Understands what a buyer writes; core/classify/reader.py is the trained one."""

    @property
    def version(self) -> str: ...

    def __hash__(self) -> int: ...

    def read(
        self,
        subject: str,
        words: str,
        *,
        prior: str = "",
        country: str = "",
        taught: Taught = NOT_TAUGHT,
    ) -> Reading:
        """`prior` is the language last sure in this conversation, `country` an ISO 3166-1 code."""
        ...

    def marks(self, subject: str, words: str) -> frozenset[int]:
        """What a text is compared with the seller's corrections by."""
        ...

    def gloss(self, words: str, spoken: str, language: str) -> str:
        """What the words, of the language `spoken`, speak of in another, roughly."""
        ...


@dataclass(frozen=True, slots=True)
class Unread:
    """Where nobody asked for understanding: every mail is left to a person."""

    version: str = ""

    def read(
        self,
        subject: str,
        words: str,
        *,
        prior: str = "",
        country: str = "",
        taught: Taught = NOT_TAUGHT,
    ) -> Reading:
        return Reading(Intent.OTHER, 0.0)

    def marks(self, subject: str, words: str) -> frozenset[int]:
        return frozenset()

    def gloss(self, words: str, spoken: str, language: str) -> str:
        return ""


UNREAD = Unread()


@dataclass(frozen=True, slots=True)
class Clue:
    """Something in a mail that may lead to an order. kind: order | tracking | transaction |
    misnamed (a number, under another kind than the words beside it say) | username_item | thread |
    order_quoted | tracking_quoted | relay | address | username | item | name | title | place."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """An order of the book that at least one clue leads to."""

    order: Order
    clues: tuple[Clue, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    kind: str
    value: str
    weight: float


@dataclass(frozen=True, slots=True)
class Match:
    order: Order | None
    candidates: tuple[OrderKey, ...] = ()
    confidence: float = 0.0
    certain: bool = False
    evidence: tuple[Evidence, ...] = ()


class Vouched(StrEnum):
    """What is known about who really wrote a mail (core/sender/vouched.py)."""

    YES = "yes"  # the provider's own Authentication-Results pass and are aligned with From
    NO = "no"  # they fail, or From itself is ambiguous
    UNKNOWN = "unknown"  # nobody vouches: no authserv-id configured, or nothing stamped


class Verify(StrEnum):
    """By whose check of senders a mailbox goes."""

    AUTHSERV = "authserv"  # the provider's, as its Authentication-Results say it
    DKIM = "dkim"  # our own, of the bytes that were fetched: the provider stamps nothing


@dataclass(frozen=True, slots=True)
class Signed:
    """What our own check of a mail's DKIM signatures has found, when it was fetched (RFC 6376)."""

    code: str  # "sender.dkim_checked": one holds; else why none does
    domain: str = ""  # whose signature it is that holds (d=)
    whole: bool = False  # it also covers the headers that say how the body is to be read


@dataclass(frozen=True, slots=True)
class Disclosure:
    """May facts of the order be told to this sender, and may that happen by itself?"""

    facts: bool  # may stand in the draft
    by_itself: bool
    to: Endpoint | None  # where the reply goes
    warning: str = ""  # code of the warning for the staged file


# --------------------------------------------------------------------------- facts of a decision


@dataclass(frozen=True, slots=True)
class LedgerRow:
    at: datetime
    endpoint: Endpoint
    mailbox: str
    kind: ContactKind
    by: By
    state: ContactState
    order: OrderKey | None = None
    thread: str = ""
    situation: str = ""
    reply: int | None = None


@dataclass(frozen=True, slots=True)
class Unanswered:
    """An earlier mail of the same buyer that nobody has answered yet."""

    mail: int
    received: datetime
    subject: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Past:
    """What went before in this thread."""

    orders: tuple[OrderKey, ...] = ()  # orders that earlier mails of it were matched to
    language: str = ""  # the buyer's language, last time it was sure
    answered_by_hand: datetime | None = None  # the seller's own reply to this very mail


@dataclass(frozen=True, slots=True)
class LoopSigns:
    """What tells that a machine may be answering ours (mail.md section 4)."""

    alike: int = 0  # earlier mails of his within the hour that read nearly the same
    quick: int = 0  # how often running he has written within 30 s of a mail of ours, this included
    domain_hour: int = 0  # automatic mails to his domain within the last hour
    paused: bool = False  # an earlier alarm has paused this conversation


FACTS_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that DECIDE may know, gathered before and stored with the decision."""

    version: int = FACTS_VERSION
    candidates: tuple[Candidate, ...] = ()
    too_many: bool = False  # more orders fit the clues than were gathered
    buyer: Buyer | None = None
    past: Past = Past()
    unanswered: tuple[Unanswered, ...] = ()
    history: tuple[LedgerRow, ...] = ()
    at_start: bool = False  # lay in the mailbox before tactd was started for the first time
    flagged_answered: bool = False  # the server's \Answered flag
    loop: LoopSigns = LoopSigns()
    sent_read: bool = True  # what lay in Sent before the first start stands in the ledger
    suppressed: bool = False  # a mail to him has bounced for good
    wrote_since: datetime | None = None  # of a follow-up: his newest mail after what it follows
    writes_again: bool = False  # only to the address that this mail came from, and before it came
    taught: Taught = NOT_TAUGHT


# --------------------------------------------------------------------------- events


@dataclass(frozen=True, slots=True)
class BuyerWrote:
    """A mail came in. (Events that later parts add stand beside it: a notice, a parcel's new
    state, a follow-up that is due, a hold that ended.)"""

    mail: Mail
    message: Message
    mailbox: str
    signed: Signed | None = None  # None: not checked by ourselves


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """Something is due that he has not asked for just now: news of his parcel, or what an earlier
    answer promised him. `asked` is his newest mail about that order, in whose conversation it is
    written; None: he never wrote."""

    situation: Situation
    order: OrderKey
    mailbox: str
    at: datetime  # when it fell due
    kind: ContactKind = ContactKind.UNASKED
    asked: BuyerWrote | None = None
    to: Endpoint | None = None  # of several addresses of an order, if he has never written


Event = BuyerWrote | FollowUp


# --------------------------------------------------------------------------- policy


@dataclass(frozen=True, slots=True)
class Rule:
    """A limit: at most `count` in any `period`."""

    count: int
    period: timedelta


@dataclass(frozen=True, slots=True)
class Limits:
    """Empty tuple: off."""

    answers: tuple[Rule, ...] = ()
    unasked: tuple[Rule, ...] = ()
    unasked_per_order: tuple[Rule, ...] = ()
    per_mailbox: tuple[Rule, ...] = ()
    quiet: tuple[time, time] | None = None  # from, to; on the buyer's clock


@dataclass(frozen=True, slots=True)
class Days:
    """A span of calendar days, first to last."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Route:
    to: str  # ISO country
    days: Days
    service: str = ""  # "" any


@dataclass(frozen=True, slots=True)
class Season:
    """Extra days for what ships between two days of the year (month, day), both included."""

    start: tuple[int, int]
    end: tuple[int, int]
    add: int


@dataclass(frozen=True, slots=True)
class Delivery:
    default: Days
    guarantee: int
    handling: int
    ship_from: str
    routes: tuple[Route, ...] = ()
    seasons: tuple[Season, ...] = ()


@dataclass(frozen=True, slots=True)
class MailboxPolicy:
    name: str
    address: str
    aliases: tuple[str, ...] = ()
    authserv_ids: tuple[str, ...] = ()
    budget: tuple[Rule, ...] = ()  # what its provider allows; binds beside Limits.per_mailbox
    provider: str = ""  # who sends for it, by its name in config/providers.toml; "" unknown
    verify: Verify = Verify.AUTHSERV

    @property
    def own_addresses(self) -> tuple[str, ...]:
        return (self.address, *self.aliases)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The seller's configuration as far as decisions depend on it."""

    seller_name: str
    seller_language: str
    seller_address: str
    timezone: str
    mailboxes: tuple[MailboxPolicy, ...]
    mode: Mode
    auto: frozenset[Situation]
    max_age: timedelta
    settle: timedelta
    limits: Limits
    delivery: Delivery
    proactive: Mapping[str, str] = field(default_factory=dict)
    packs: Mapping[Marketplace, Pack] = field(default_factory=dict)
    reader: Reader = UNREAD

    def mailbox(self, name: str) -> MailboxPolicy:
        """Raises KeyError for a mailbox that is not configured."""
        return next((box for box in self.mailboxes if box.name == name), None) or _missing(name)


def _missing(name: str) -> MailboxPolicy:
    raise KeyError(f"no mailbox named {name!r} is configured")


# --------------------------------------------------------------------------- decision and reply


@dataclass(frozen=True, slots=True)
class TrailEntry:
    """One step's word. `code` is stable (`limit.answers_full`); `data` fills the sentence that
    core/reasons.py writes for the code in the seller's language."""

    step: str
    verdict: Verdict
    code: str
    data: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    outcome: Outcome
    would: Outcome  # if the mode were auto and the situation allowed
    trail: tuple[TrailEntry, ...]
    kind: MailKind = MailKind.BUYER_MESSAGE
    situations: tuple[Situation, ...] = ()
    match: Match | None = None
    reading: Reading | None = None
    disclosure: Disclosure | None = None
    reach: Reach = Reach.NONE
    language: str = "en"  # the language to answer in
    deadline: datetime | None = None
    tie: Tie | None = None  # a relay that this mail proves to be the buyer's


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A composed reply, before it is a file or a mail."""

    subject: str
    body: str
    language: str
    gloss_subject: str  # the same reply in the seller's language, from the same facts
    gloss_body: str
    facts: Mapping[str, str] = field(default_factory=dict)  # what the templates named, as text
    blanks: tuple[str, ...] = ()  # marks that the seller must fill in before it may go


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A row of the outbox, from draft to sent."""

    id: int
    state: ReplyState
    mailbox: str
    to: Endpoint
    subject: str
    body: str
    kind: ContactKind
    deadline: datetime
    created: datetime
    by: By | None = None
    mail: int | None = None  # the mail it answers
    decision: int | None = None
    order: OrderKey | None = None
    situations: tuple[Situation, ...] = ()
    message_id: str = ""
    attempts: int = 0
    next_attempt: datetime | None = None
    note: str = ""  # why it failed or is unclear


@dataclass(frozen=True, slots=True)
class Promise:
    """What a reply promised; it counts from the sending of that reply."""

    kind: PromiseKind
    due: datetime


# --------------------------------------------------------------------------- marketplaces' rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A marketplace's rules for those who sell on it (marketplaces/<name>/policy.toml)."""

    marketplace: Marketplace
    dated: str  # day on which the rules were last read, "2026-11-01"
    answer_within: timedelta  # how soon the marketplace wants an answer
    case_within: timedelta | None = None  # and to a case, where the case names no day itself
    max_length: int | None = None  # characters of a reply's body
    links: bool = True  # may a reply hold web links?
    reach: Reach = Reach.MAIL  # how a buyer who wrote can be answered
    mark_automatic: bool = True  # False: its relay drops mail that says Auto-Submitted
    confirms: bool = False  # it sends a copy of what it has passed on; before that, nothing is sure
    confirm_within: timedelta | None = None  # that copy is here by then, else something is wrong
    needs_reference: bool = False  # an answer arrives only with the reference of the buyer's mail
    usernames: bool = True  # its mails name him by his username; False: others may have that name
    asks_for_ratings: bool = True  # may a message ask a buyer to change his rating?
    page: str = ""  # where its messages are answered by hand
    forbids: tuple[str, ...] = ()  # what a message must not hold: rows of compose/pack_rules.py
    inr_from: str = ""  # "not received" counts from: "estimate" (its last day) | "payment"
    inr_opens: timedelta | None = None  # and may be said from so long after that
    inr_until: timedelta | None = None  # and no longer than so long after that, counted short
    relay_domains: tuple[str, ...] = ()  # addresses there are the buyer's relay
    own_domains: tuple[str, ...] = ()  # the marketplace's own sending domains


# --------------------------------------------------------------------------- fetching


class FolderRole(StrEnum):
    INBOX = "inbox"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class Watermark:
    """Every UID up to `uid` of that UIDVALIDITY is stored (RFC 3501 2.3.1.1), but for mails up to
    `start`: those lay there before the first start, and what was not asked for then never is."""

    uidvalidity: int
    uid: int
    start: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A mail as the server gave it."""

    uid: int
    raw: bytes  # whole, or as much as the size cap allows
    size: int  # RFC822.SIZE
    received: datetime  # INTERNALDATE
    flags: tuple[str, ...] = ()
    truncated: bool = False
    signed: Signed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """Mails fetched together. Storing them and moving the watermark is one transaction."""

    role: FolderRole
    folder: str
    uidvalidity: int
    watermark: Watermark | None  # to be stored with the mails; None: leave it (an overlap rescan)
    mails: tuple[Fetched, ...]
    at_start: bool = False  # lay there before the first start, or before a UIDVALIDITY change


@dataclass(frozen=True, slots=True, kw_only=True)
class SentRead:
    """How far what lay in Sent has been read back into the ledger, newest first: of the mails of
    the last `window` all that have UIDs from `down_to` up. (What comes later is fetched whole.)"""

    folder: str  # "": the mailbox has none
    uidvalidity: int
    window: timedelta
    down_to: int = 0
    read: int = 0  # mails
    total: int = 0
    done: bool = False
