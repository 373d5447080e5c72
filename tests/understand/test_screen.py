"""The never-answer list: each header set and the code it deserves ("" passes)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tactd.core.screen.never_answer import RULES, never_answer
from tactd.core.screen.rules import FROM_BUYERS
from tactd.core.types import MailKind, Marketplace, Message, Verdict
from understand.header_sets import OWN, mail

PERSON = Message(kind=MailKind.BUYER_MESSAGE)
EBAY_BUYER = Message(kind=MailKind.BUYER_MESSAGE, marketplace=Marketplace.EBAY)

SKIPPED: dict[str, str] = {
    # RFC 3834: Auto-Submitted
    "Auto-Submitted: auto-replied": "auto_submitted",
    "auto-submitted: auto-generated": "auto_submitted",
    "AUTO-SUBMITTED: AUTO-NOTIFIED": "auto_submitted",
    'Auto-Submitted: auto-replied; owner-email="jane@example.net"': "auto_submitted",
    "Auto-Submitted: (Exim said so) auto-replied (vacation)": "auto_submitted",
    "Auto-Submitted:\n\tauto-replied": "auto_submitted",
    "Auto-Submitted: no\nAuto-Submitted: auto-replied": "auto_submitted",
    "Auto-Submitted:": "auto_submitted",
    "Auto-Submitted: yes": "auto_submitted",
    # null envelope sender
    "Return-Path: <>": "null_return_path",
    "RETURN-PATH:  < >": "null_return_path",
    "Return-Path: <> (bounce)": "null_return_path",
    "From: <>": "null_return_path",
    # daemons and robots, in From, Sender and envelope
    "From: Mail Delivery System <MAILER-DAEMON@mx.example.org>": "robot_address",
    "From: MAILER-DAEMON": "robot_address",
    "From: MAILER-DAEMON <>": "robot_address",
    "From: mailer_daemon@example.org": "robot_address",
    "Return-Path: <MAILER-DAEMON>": "robot_address",
    "From: Postmaster@example.org": "robot_address",
    "From: no-reply@example.org": "robot_address",
    "From: NoReply@example.org": "robot_address",
    "From: noreply+abc123@example.org": "robot_address",
    "From: no_reply@example.org": "robot_address",
    "From: donotreply@example.org": "robot_address",
    "From: do-not-reply@example.org": "robot_address",
    "From: claims-do-not-reply@example.org": "robot_address",
    "From: store.noreply@example.org": "robot_address",
    "From: noresponder@example.org": "robot_address",
    "From: ne-pas-repondre@example.org": "robot_address",
    "From: nicht-antworten@example.org": "robot_address",
    "Sender: noreply@example.org": "robot_address",
    "Return-Path: <bounce-77-jane=example.net@lists.example.org>": "robot_address",
    "Return-Path: <bounces+99@mail.example.org>": "robot_address",
    "Return-Path: <BOUNCE@example.org>": "robot_address",
    "From: knitters-request@lists.example.org": "robot_address",
    "From: owner-knitters@lists.example.org": "robot_address",
    "Return-Path: <owner-knitters@lists.example.org>": "robot_address",
    "From: LISTSERV@lists.example.org": "robot_address",
    "From: majordomo@lists.example.org": "robot_address",
    # lists
    "List-Id: Knitters <knitters.lists.example.org>": "list",
    "LIST-ID:\n <knitters.lists.example.org>": "list",
    "List-Post: <mailto:knitters@lists.example.org>": "list",
    "List-Unsubscribe: <https://example.org/u>": "list",
    "X-Mailing-List: knitters": "list",
    "X-BeenThere: knitters@lists.example.org": "list",
    # precedence
    "Precedence: bulk": "precedence",
    "Precedence: LIST": "precedence",
    "precedence: Junk": "precedence",
    "Precedence: auto_reply": "precedence",
    "X-Precedence: bulk": "precedence",
    # asked not to answer
    "X-Auto-Response-Suppress: All": "suppress",
    "X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply": "suppress",
    "x-auto-response-suppress: dr,\n autoreply": "suppress",
    # vendors' own marks
    "X-Autoreply: yes": "x_autoreply",
    "X-Autorespond: vacation": "x_autoreply",
    "X-Mail-Autoreply: 1": "x_autoreply",
    "X-POST-MessageClass: 9; Autoresponder": "x_autoreply",
    "Delivered-To: Autoresponder\nTo: shop@example.com": "x_autoreply",
    # ourselves
    "X-Loop: shop@example.com": "own_mark",
    "X-Tactd-Id: 17": "own_mark",
    "Message-ID: <A1b2.tactd@shop.example.net>": "own_mark",  # of another tactd
    "From: Blue Sheep <SHOP@example.com>": "from_self",
    "From: sales+staff@example.com": "from_self",
    "From: Jane <jane@example.net>, shop@example.com": "from_self",
    # reports
    "Content-Type: multipart/report; report-type=delivery-status; boundary=b": "report",
    'content-type: Multipart/Report;\n report-type="disposition-notification"': "report",
    "Content-Type: multipart/report; report-type=feedback-report; boundary=b": "report",
    "Content-Type: multipart/report; boundary=b": "report",
    "Content-Type: message/delivery-status": "report",
    "X-Failed-Recipients: jane@example.net": "report",
    # circles
    "Received: from a by b\n" * 25 + "Received: from a by b": "many_hops",
}

STAGED: dict[str, str] = {
    "To: other@example.org": "not_addressed",
    "To: undisclosed-recipients:;": "not_addressed",
    "Subject: Automatic reply: your parcel": "ooo_subject",
    "Subject: Out of Office": "ooo_subject",
    "Subject: RE: [External] Automatische Antwort: Bestellung": "ooo_subject",
    "Subject: Réponse automatique : commande": "ooo_subject",
    "Subject: Respuesta automática: pedido": "ooo_subject",
    "Subject: Re: 自动回复：订单": "ooo_subject",
    "Subject: 回复：自動返信": "ooo_subject",
    "Subject: 부재중: 주문": "ooo_subject",
    "Subject: رد تلقائي": "ooo_subject",
    "Subject: Автоответ: заказ": "ooo_subject",
    "Subject: Re: Re: Re: my order": "stacked_re",
    "Subject: Re: AW: 回复：Fwd: my order": "stacked_re",
    "Subject: RE[2]: SV: VS: my order": "stacked_re",
    "Subject: Fwd: Returned mail: see transcript for details": "bounce_subject",
    "Subject: Undeliverable: your parcel": "bounce_subject",
    "Subject: 系统退信/Systems bounce": "bounce_subject",
}

PASSED = (
    "",
    "Auto-Submitted: no",
    "auto-submitted: NO",
    "Auto-Submitted: no (a person wrote this)",
    "Auto-Submitted: no; by=hand",
    "Return-Path: <jane@example.net>",
    "Return-Path: <bounces+SRS=Ab12=3C@forwarder.example.org>",
    "Return-Path: <SRS0=Ab12=3C=example.net=jane@forwarder.example.org>",
    "From: bouncer77@example.net",
    "From: bouncehouse@example.net",
    "From: noreplyson@example.net",
    "From: postmasterson@example.net",
    "From: owner@example.net",
    "From: special-requests@example.net",
    'From: "no-reply fan" <jane@example.net>',
    'From: "shop@example.com" <jane@example.net>',
    "Precedence: first-class",
    "Precedence: normal",
    "X-Auto-Response-Suppress: DR, RN, NRN",
    "X-Autoreply: no",
    "To: SHOP@Example.COM",
    "To: shop+ebay@example.com",
    "To: other@example.org\nCc: Sales <sales@example.com>",
    "To: old@example.org\nX-Original-To: shop@example.com",
    "To: old@example.org\nDelivered-To: shop@example.com",
    "Content-Type: multipart/alternative; boundary=b",
    "In-Reply-To: <5f@tactd.example.com>",
    "Subject: Re: Re: my order",
    "Subject: Reserved: red: room: rex",
    "Subject: I was away: where is it?",
    "Received: from a by b\n" * 25,
)


def _code(block: str, message: Message = PERSON) -> str:
    refusal = never_answer(mail(block), message, OWN)
    return refusal.code.removeprefix("screen.") if refusal else ""


@pytest.mark.parametrize(("block", "code"), SKIPPED.items())
def test_robots_lists_bounces_and_ourselves_are_skipped(block: str, code: str) -> None:
    refusal = never_answer(mail(block), PERSON, OWN)
    assert refusal is not None
    assert (refusal.code, refusal.verdict) == (f"screen.{code}", Verdict.SKIP)
    assert refusal.kind is not MailKind.BUYER_MESSAGE
    assert refusal.data["detail"]


@pytest.mark.parametrize("block", ["From:", "From: undisclosed", "From: Jane <>"])
def test_a_person_without_an_address_cannot_be_answered(block: str) -> None:
    refusal = never_answer(mail(block), PERSON, OWN)
    assert refusal is not None
    assert (refusal.code, refusal.verdict) == ("screen.no_sender", Verdict.SKIP)
    assert refusal.kind is MailKind.BUYER_MESSAGE


@pytest.mark.parametrize(("block", "code"), STAGED.items())
def test_weak_evidence_is_left_to_a_person(block: str, code: str) -> None:
    refusal = never_answer(mail(block), PERSON, OWN)
    assert refusal is not None
    assert (refusal.code, refusal.verdict) == (f"screen.{code}", Verdict.STAGE)


@pytest.mark.parametrize("block", PASSED)
def test_people_pass(block: str) -> None:
    assert _code(block) == ""


@pytest.mark.parametrize(
    ("block", "kind"),
    [
        ("Content-Type: multipart/report; report-type=delivery-status", "delivery_failure"),
        ("Content-Type: multipart/report; report-type=disposition-notification", "auto_reply"),
        ("Content-Type: multipart/report; report-type=feedback-report", "other_notice"),
        ("From: mailer-daemon@example.org\nReturn-Path: <>", "delivery_failure"),
        ("Auto-Submitted: auto-replied", "auto_reply"),
        ("List-Id: <k.example.org>", "list"),
        ("Precedence: auto_reply", "auto_reply"),
        ("X-Tactd-Id: 3", "own_reply_copy"),
        ("From: no-reply@example.org", "other_notice"),
    ],
)
def test_a_refusal_says_what_the_mail_is(block: str, kind: str) -> None:
    refusal = never_answer(mail(block), PERSON, OWN)
    assert refusal is not None
    assert refusal.kind.value == kind


def test_a_delivery_report_among_the_parts_is_a_bounce_whatever_the_outer_type() -> None:
    bounce = mail("Content-Type: multipart/mixed", attachments=("message/delivery-status",))
    refusal = never_answer(bounce, PERSON, OWN)
    assert refusal is not None
    assert refusal.kind is MailKind.DELIVERY_FAILURE


@pytest.mark.parametrize("kind", [k for k in MailKind if k not in FROM_BUYERS])
def test_every_notice_is_skipped_as_what_it_is(kind: MailKind) -> None:
    refusal = never_answer(mail(""), Message(kind=kind, marketplace=Marketplace.EBAY), OWN)
    assert refusal is not None
    unknown = kind is MailKind.OTHER_NOTICE
    code = "screen.unknown_notice" if unknown else "screen.marketplace_notice"
    assert (refusal.code, refusal.kind) == (code, kind)
    assert refusal.verdict is Verdict.SKIP


@pytest.mark.parametrize(
    "block",
    [
        "Auto-Submitted: auto-generated",
        "Precedence: bulk",
        "List-Unsubscribe: <https://example.com/u>",
        "X-Auto-Response-Suppress: All",
        "Return-Path: <>",
        "From: shop-noreply@example.org",
        "Return-Path: <bounces+1@example.org>",
    ],
)
def test_a_real_buyer_inside_a_marketplace_mail_is_staged_not_skipped(block: str) -> None:
    refusal = never_answer(mail(block), EBAY_BUYER, OWN)
    assert refusal is not None
    assert (refusal.verdict, refusal.kind) == (Verdict.STAGE, MailKind.BUYER_MESSAGE)


@pytest.mark.parametrize("block", ["", "From: no-reply@account.etsy.com", "Precedence: bulk"])
def test_a_notice_of_a_message_without_its_text_is_a_persons_to_look_at(block: str) -> None:
    notice = Message(kind=MailKind.MESSAGE_NOTICE, marketplace=Marketplace.ETSY)
    refusal = never_answer(mail(block), notice, OWN)
    assert refusal is not None
    assert (refusal.code, refusal.kind) == ("screen.message_notice", MailKind.MESSAGE_NOTICE)
    assert refusal.verdict is Verdict.STAGE


@pytest.mark.parametrize("block", ["X-Tactd-Id: 4", "From: shop@example.com", "X-Autoreply: yes"])
def test_no_marketplace_parser_saves_a_loop(block: str) -> None:
    both = f"{block}\nAuto-Submitted: auto-replied"
    refusal = never_answer(mail(both), EBAY_BUYER, OWN)
    assert refusal is not None
    assert refusal.verdict is Verdict.SKIP


def test_marketplace_mail_need_not_name_the_shop() -> None:
    assert _code("To: jane-relay@members.ebay.com", EBAY_BUYER) == ""


def test_without_own_addresses_nothing_counts_as_addressed_to_us() -> None:
    refusal = never_answer(mail(""), PERSON, ())
    assert refusal is not None
    assert refusal.code == "screen.not_addressed"


@given(
    block=st.sampled_from([b for b in SKIPPED if b.isascii() and "\n" not in b]),
    data=st.data(),
)
def test_the_case_of_a_header_name_makes_no_difference(block: str, data: st.DataObject) -> None:
    name, _, value = block.partition(":")
    spelt = "".join(data.draw(st.sampled_from([c.lower(), c.upper()])) for c in name)
    assert _code(f"{spelt}:{value}") == SKIPPED[block]


def test_every_row_of_the_table_is_tried_by_a_test() -> None:
    tried = {f"screen.{code}" for code in [*SKIPPED.values(), *STAGED.values(), "no_sender"]}
    notices = {f"screen.{one}_notice" for one in ("marketplace", "message", "unknown")}
    assert {row.code for row in RULES} == tried | notices


def test_the_table_of_header_sets_is_long_enough() -> None:
    assert len(SKIPPED) + len(STAGED) + len(PASSED) >= 60
