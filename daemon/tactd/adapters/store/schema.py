"""The tables. Times are UTC; values of core/types.py that are read whole are JSON documents.

SQL stays portable (PostgreSQL will come): no SQLite-only types, and every uniqueness that a
promise leans on is a constraint of the database, not a habit of the code.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    and_,
)

metadata = MetaData()


class Utc(TypeDecorator[datetime]):
    """An aware datetime, stored in UTC."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value else None


# Every mail that was fetched, raw. `content_key` is known once the mail has been read; the same
# mail in two folders, or fetched again after a UIDVALIDITY change, is then state "twin".
mail = Table(
    "mail",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("mailbox", String, nullable=False),
    Column("role", String, nullable=False),  # FolderRole
    Column("state", String, nullable=False),  # new | done | twin | poisoned
    Column("received", Utc, nullable=False),
    Column("kept_at", Utc, nullable=False),
    Column("size", Integer, nullable=False),
    Column("truncated", Boolean, nullable=False),
    Column("at_start", Boolean, nullable=False),
    Column("flagged_answered", Boolean, nullable=False),
    Column("raw", LargeBinary, nullable=False),
    Column("content_key", String, unique=True),
    Column("message_id", String),
    Column("endpoint", String),  # "relay:…", see replies.endpoint_text
    Column("subject", Text),
    Column("words", Text),
    Column("language", String),
    Column("order_key", String),
    Column("root", String),  # Message-ID of the thread's first mail
    Column("answered_at", Utc),  # by a reply of ours, by the seller's hand, or with a newer mail
    Column("answered_by", String),  # "reply 12" | "hand" | "mail 34" | "nothing to answer"
    Column("note", Text),  # why it is poisoned
    Column("likeness", String),  # a hash of its words: nearly the same words, the same hash
    Column("signed", Text),  # core.types.Signed; NULL: not checked by ourselves
)
Index("mail_new", mail.c.state, mail.c.role.desc(), mail.c.id)  # in the order of handling
Index("mail_message_id", mail.c.message_id)
Index("mail_endpoint", mail.c.endpoint, mail.c.received)
Index("mail_root", mail.c.root)
Index("mail_answered_by", mail.c.answered_by)

# Where a mail was seen. UIDs only mean something with their UIDVALIDITY (RFC 3501 2.3.1.1).
sighting = Table(
    "sighting",
    metadata,
    Column("mailbox", String, primary_key=True),
    Column("folder", String, primary_key=True),
    Column("uidvalidity", Integer, primary_key=True),
    Column("uid", Integer, primary_key=True),
    Column("mail", ForeignKey("mail.id"), nullable=False),
)

watermark = Table(
    "watermark",
    metadata,
    Column("mailbox", String, primary_key=True),
    Column("folder", String, primary_key=True),
    Column("role", String, nullable=False),
    Column("uidvalidity", Integer, nullable=False),
    Column("uid", Integer, nullable=False),
    Column("start", Integer, nullable=False),  # what lay there before the first start
)

# Message-IDs that the seller's own mails refer to, as his Sent folder shows, and to whom those
# went: a mail that he has forwarded to somebody else is not answered.
answered = Table(
    "answered",
    metadata,
    Column("message_id", String, primary_key=True),
    Column("recipient", String, primary_key=True),  # a normalised address
    Column("at", Utc, nullable=False),
)

# The order book. `doc` is a core.types.Order; `order_key` finds it. Keys are written by the million
# when a book is filled: no constraint and no second index that another line keeps already. Whoever
# changes what an order is filed under (core/payments.keys) files the book afresh in a migration.
order_book = Table(
    "order_book",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("marketplace", String, nullable=False),
    Column("number", String, nullable=False),
    Column("doc", Text, nullable=False),
    UniqueConstraint("marketplace", "number"),
)
order_key = Table(
    "order_key",
    metadata,
    Column("kind", String, primary_key=True),
    Column("value", String, primary_key=True),
    Column("order_id", Integer, primary_key=True),  # of order_book
    sqlite_with_rowid=False,
)

# What notices tell of orders that no export and no sale has brought yet: joined to them when they
# come. Number "": cases of orders that their notices do not name.
told = Table(
    "told",
    metadata,
    Column("marketplace", String, primary_key=True),
    Column("number", String, primary_key=True),
    Column("doc", Text, nullable=False),
)

imported = Table(
    "imported",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False),
    Column("at", Utc, nullable=False),
    Column("orders", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("problems", Text, nullable=False),  # JSON list of [line, reason]
)

tie = Table(
    "tie",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("one", String, nullable=False),
    Column("other", String, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("at", Utc, nullable=False),
    Column("undone_at", Utc),
    UniqueConstraint("one", "other", "evidence"),
)
_undone = tie.c.undone_at.is_not(None)
Index("tie_undone", tie.c.one, tie.c.other, sqlite_where=_undone, postgresql_where=_undone)

# One row a decision, with all that it was taken from.
decision = Table(
    "decision",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("mail", ForeignKey("mail.id")),
    Column("at", Utc, nullable=False),
    Column("outcome", String, nullable=False),
    Column("would", String, nullable=False),
    Column("event", Text, nullable=False),
    Column("facts", Text, nullable=False),
    Column("decided", Text, nullable=False),
    Column("policy", String, nullable=False),
    Column("templates", String, nullable=False),
)
Index("decision_mail", decision.c.mail)
Index("decision_at", decision.c.at)

# What the seller has taught (`tactd teach`): what a mail was read as, and what it meant.
correction = Table(
    "correction",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("mail", ForeignKey("mail.id"), nullable=False, unique=True),
    Column("at", Utc, nullable=False),
    Column("subject", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("language", String, nullable=False),
    Column("read_as", String, nullable=False),
    Column("intent", String, nullable=False),
)

# The outbox. `claim` is the event a reply answers; it is set when the reply is made ready to be
# sent, and being unique it lets one reply an event out, whatever the code above it does.
reply = Table(
    "reply",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("state", String, nullable=False),
    Column("mailbox", String, nullable=False),
    Column("endpoint", String, nullable=False),
    Column("recipient", String),  # where exactly it goes; None: the endpoint says it
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("draft", Text, nullable=False),  # core.types.Draft as composed
    Column("kind", String, nullable=False),
    Column("by", String),
    Column("buyer", Text, nullable=False, default=""),  # all his endpoints, for the limits
    Column("standing", String, nullable=False, default=""),  # "returning", "large"
    Column("deadline", Utc, nullable=False),
    Column("created", Utc, nullable=False),
    Column("mail", ForeignKey("mail.id")),
    Column("decision", ForeignKey("decision.id")),
    Column("order_key", String),
    Column("situations", String, nullable=False),
    Column("event_key", String, nullable=False),  # content key of the newest mail it answers
    Column("claim", String, unique=True),
    Column("root", String),
    Column("in_reply_to", String),
    Column("references", Text),
    Column("reference_line", Text),
    Column("message_id", String, unique=True),
    Column("wire", LargeBinary),
    Column("attempts", Integer, nullable=False, default=0),
    Column("next_attempt", Utc),
    Column("first_attempt", Utc),
    Column("sent_at", Utc),
    Column("looked_up", Integer, nullable=False, default=0),
    Column("copied", Boolean),  # a copy lies in Sent: None not yet, False given up
    Column("confirm_by", Utc),  # when its marketplace should have said that it passed it on
    Column("confirmed_at", Utc),  # and when it did
    Column("note", Text, nullable=False, default=""),
    Column("at_once", Boolean, nullable=False, default=False),  # approved over limits and night
    Column("folder", String),  # where its file lies, None: not yet written
    Column("file_name", String),
    Column("sheet_name", Text),  # the file as it is to be written, until it is
    Column("sheet_text", Text),
    Column("move_to", String),  # where its file has yet to be moved
    Column("move_note", Text, nullable=False, default=""),  # what the seller should read in it
)
Index("reply_state", reply.c.state)
_without_file = reply.c.folder.is_(None)
Index(
    "reply_without_file",
    reply.c.state,
    sqlite_where=_without_file,
    postgresql_where=_without_file,
)
_to_move = reply.c.move_to.is_not(None)
Index("reply_to_move", reply.c.id, sqlite_where=_to_move, postgresql_where=_to_move)
_to_confirm = and_(reply.c.confirm_by.is_not(None), reply.c.confirmed_at.is_(None))
Index(
    "reply_to_confirm",
    reply.c.confirm_by,
    sqlite_where=_to_confirm,
    postgresql_where=_to_confirm,
)
Index("reply_mail", reply.c.mail)
Index("reply_endpoint", reply.c.endpoint)
Index("reply_root", reply.c.root)

# Every mail to a person, whoever wrote it and however it went out (promise 3).
ledger = Table(
    "ledger",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Utc, nullable=False),
    Column("endpoint", String, nullable=False),
    Column("mailbox", String, nullable=False),
    Column("order_key", String),
    Column("thread", String, nullable=False, default=""),
    Column("kind", String, nullable=False),
    Column("by", String, nullable=False),
    Column("situation", String, nullable=False, default=""),
    Column("reply", ForeignKey("reply.id")),
    Column("state", String, nullable=False),
    Column("message_id", String, unique=True),
)
Index("ledger_endpoint", ledger.c.endpoint, ledger.c.at)
Index("ledger_mailbox", ledger.c.mailbox, ledger.c.at)
Index("ledger_reply", ledger.c.reply)

# Who asked for less mail: `no_unasked` or `stop` (core.types.Silence).
silence = Table(
    "silence",
    metadata,
    Column("endpoint", String, primary_key=True),
    Column("level", String, nullable=False),
    Column("why", Text, nullable=False),
    Column("at", Utc, nullable=False),
)

# Addresses to which a mail of ours has bounced for good.
suppressed = Table(
    "suppressed",
    metadata,
    Column("endpoint", String, primary_key=True),
    Column("why", Text, nullable=False),
    Column("reply", ForeignKey("reply.id")),
    Column("at", Utc, nullable=False),
)

# Conversations in which nothing goes out by itself any more: a machine seems to be answering.
paused_thread = Table(
    "paused_thread",
    metadata,
    Column("root", String, primary_key=True),
    Column("endpoint", String, nullable=False),
    Column("why", Text, nullable=False),
    Column("at", Utc, nullable=False),
    Column("over_at", Utc),
)
Index("paused_thread_endpoint", paused_thread.c.endpoint)

promise = Table(
    "promise",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("due", Utc, nullable=False),
    Column("reply", ForeignKey("reply.id"), nullable=False),
    Column("order_key", String),
    Column("state", String, nullable=False),
    UniqueConstraint("reply", "kind"),
)
Index("promise_due", promise.c.state, promise.c.due)
todo = Table(
    "todo",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("what", String, nullable=False),
    Column("due", Utc, nullable=False),
    Column("order_key", String),
    Column("about", String, nullable=False, default=""),  # the number of a case
    Column("reply", ForeignKey("reply.id")),
    Column("done_at", Utc),
    UniqueConstraint("what", "order_key", "about"),
)

# What the seller should look at, said once: a poisoned mail, an unreadable export …
trouble = Table(
    "trouble",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Utc, nullable=False),
    Column("what", String, nullable=False),
    Column("about", String, nullable=False),
    Column("detail", Text, nullable=False),
    Column("over_at", Utc),
    UniqueConstraint("what", "about"),
)

# Small facts about the daemon itself: mailbox health, kill switch.
flag = Table(
    "flag",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),
    Column("at", Utc, nullable=False),
)
