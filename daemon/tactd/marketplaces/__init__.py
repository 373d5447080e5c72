"""What each marketplace's files and mails look like. Adding one is a folder and a row here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from tactd.core.orders import normal_address
from tactd.core.types import Clue, Mail, MailKind, Message
from tactd.marketplaces.aliexpress import export as aliexpress_export
from tactd.marketplaces.aliexpress import mails as aliexpress_mails
from tactd.marketplaces.amazon import export as amazon_export
from tactd.marketplaces.amazon import mails as amazon_mails
from tactd.marketplaces.ebay import export as ebay_export
from tactd.marketplaces.ebay import mails as ebay_mails
from tactd.marketplaces.etsy import export as etsy_export
from tactd.marketplaces.etsy import mails as etsy_mails
from tactd.marketplaces.export import Export, NotAnExportError, OnRows, Problem, of_no_form
from tactd.marketplaces.generic import export as generic
from tactd.marketplaces.generic.form import Form
from tactd.marketplaces.leads import leads
from tactd.marketplaces.paypal import export as paypal_export
from tactd.marketplaces.paypal import mails as paypal_mails
from tactd.marketplaces.reader import Reader
from tactd.marketplaces.shopify import export as shopify_export
from tactd.marketplaces.shopify import mails as shopify_mails
from tactd.marketplaces.tables import refuse_what_is_no_table
from tactd.marketplaces.walmart import mails as walmart_mails

__all__ = ["Export", "NotAnExportError", "Problem", "clues", "open_mail", "readers", "recognise"]

EXPORTS: tuple[Reader, ...] = (
    ebay_export.READER,
    amazon_export.READER,
    shopify_export.READER,
    etsy_export.READER,
    aliexpress_export.READER,
    paypal_export.READER,
)
MAILS: tuple[Callable[[Mail], Message | None], ...] = (
    ebay_mails.open_mail,
    amazon_mails.open_mail,
    etsy_mails.open_mail,
    shopify_mails.open_mail,
    walmart_mails.open_mail,
    aliexpress_mails.open_mail,
    paypal_mails.open_mail,
)
RELAYS: tuple[Callable[[str], bool], ...] = (
    ebay_mails.is_relay,
    amazon_mails.is_relay,
    walmart_mails.is_relay,
)


def recognise(
    data: bytes,
    name: str,
    modified: datetime,
    on_rows: OnRows | None = None,
    forms: Sequence[Form] = (),
) -> Export:
    """The export in the file `name`, whichever marketplace it is from. What the seller has
    described himself (`forms`) is tried first: it fits only a file that has all its columns.

    A workbook is to be opened first (workbook.packed). Raises NotAnExportError, with what each
    reader missed, if it is none that tactd knows."""
    try:
        refuse_what_is_no_table(data)
    except NotAnExportError as error:
        raise NotAnExportError(f"{name}: {error}") from error
    missed = {}
    for reader in readers(forms):
        try:
            return reader.parse(data, name, modified, on_rows)
        except NotAnExportError as error:
            missed[reader.name] = error
    raise of_no_form(name, missed)


def readers(forms: Sequence[Form] = ()) -> tuple[Reader, ...]:
    """All that read exports, in the order in which they are tried."""
    return (*(generic.reader(form, is_relay) for form in forms), *EXPORTS)


def open_mail(mail: Mail) -> Message:
    """What the mail is and what its writer said. A mail of no marketplace is a plain mail, and
    counts as a buyer's until it is screened."""
    opened = (open_of_marketplace(mail) for open_of_marketplace in MAILS)
    return next((message for message in opened if message is not None), _plain(mail))


def _plain(mail: Mail) -> Message:
    return Message(kind=MailKind.BUYER_MESSAGE, subject=mail.subject, words=mail.own)


def clues(mail: Mail, message: Message) -> tuple[Clue, ...]:
    """All that may lead from this mail to an order, each once, the strongest kinds first.

    Kinds are those of types.Clue but for `thread`, `title` and `place`, which need the store.
    Values are normalised like those of core.orders.index_keys."""
    sender = normal_address(mail.sender.email) if mail.sender else ""
    return tuple(dict.fromkeys(leads(mail, message, relay=is_relay(sender))))


def is_relay(address: str) -> bool:
    """Is this an address that a marketplace has made up for a buyer?"""
    return any(made_up(address) for made_up in RELAYS)
