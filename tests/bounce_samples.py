"""Bounces in the forms of several servers, written here; all people and places are invented."""

from __future__ import annotations

OURS = "<k3v9q2@example.org>"
PRIVATE = "k3v9q2"
BUYER = "jane.poole@example.com"
SHOP = "shop@example.org"


def report(
    *,
    sender: str,
    subject: str,
    words: str,
    fields: list[str],
    returned: str,
    returned_type: str = "message/rfc822",
    kind: str = "message/delivery-status",
) -> bytes:
    """A multipart/report of RFC 6522."""
    lines = [
        "Return-Path: <>",
        f"From: {sender}",
        f"To: {SHOP}",
        f"Subject: {subject}",
        "Date: Sat, 21 Nov 2026 12:00:00 +0000",
        f"Message-ID: <report.{abs(hash((words, returned, *fields)))}@mx.example.net>",
        "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="=_b"',
        "",
        "--=_b",
        "Content-Type: text/plain; charset=utf-8",
        "",
        words,
        "--=_b",
        f"Content-Type: {kind}",
        "",
        *fields,
        "--=_b",
        f"Content-Type: {returned_type}",
        "",
        returned,
        "--=_b--",
        "",
    ]
    return "\r\n".join(lines).encode()


def letter(message_id: str = OURS, private: str = PRIVATE, to: str = BUYER) -> str:
    """Our own mail, as it comes back."""
    lines = [
        f"From: Blue Sheep Outdoor <{SHOP}>",
        f"To: {to}",
        "Subject: Re: My order",
        f"Message-ID: {message_id}",
        *([f"X-Tactd-Id: {private}"] if private else []),
        "MIME-Version: 1.0",
        "",
        "Your parcel is under way.",
    ]
    return "\r\n".join(lines)


def postfix(
    to: str = BUYER,
    message_id: str = OURS,
    private: str = "",
    *,
    action: str = "failed",
    status: str = "5.1.1",
    said: str = "",
    remote: str = "mx.example.com",
    original: str = "",
) -> bytes:
    """Postfix: Final- and Original-Recipient, Remote-MTA, the answer as it was given."""
    answer = said or f"550 {status} <{to}>: Recipient address rejected: User unknown"
    fields = [
        "Reporting-MTA: dns; mail.example.org",
        "X-Postfix-Queue-ID: 4XyZ1234",
        "",
        f"Final-Recipient: rfc822; {to}",
        f"Original-Recipient: rfc822;{original or to}",
        f"Action: {action}",
        f"Status: {status}",
        *([f"Remote-MTA: dns; {remote}"] if remote else []),
        f"Diagnostic-Code: smtp; {answer}",
        "",
    ]
    return report(
        sender="Mail Delivery System <MAILER-DAEMON@mail.example.org>",
        subject="Undelivered Mail Returned to Sender",
        words=f"The mail system\r\n\r\n<{to}>: host {remote} said: {answer}",
        fields=fields,
        returned=letter(message_id, private, to),
        returned_type="text/rfc822-headers",
    )


def qmail(to: str = BUYER, message_id: str = OURS) -> bytes:
    """qmail: one text for people, and the mail below a line."""
    lines = [
        "Return-Path: <>",
        "From: MAILER-DAEMON@mail.example.net",
        f"To: {SHOP}",
        "Subject: failure notice",
        "Date: Sat, 21 Nov 2026 12:00:00 -0000",
        "Message-ID: <q1@mail.example.net>",
        "",
        "Hi. This is the qmail-send program at mail.example.net.",
        "This is a permanent error; I've given up.",
        "",
        f"<{to}>:",
        "Sorry, no mailbox here by that name. (#5.1.1)",
        "",
        "--- Below this line is a copy of the message.",
        "",
        "Return-Path: <shop@example.org>",
        letter(message_id, "", to),
    ]
    return "\r\n".join(lines).encode()


def plain(sender: str, subject: str, *lines: str, header: tuple[str, ...] = ()) -> bytes:
    """A bounce without a report."""
    top = [
        "Return-Path: <>",
        *header,
        f"From: {sender}",
        f"To: {SHOP}",
        f"Subject: {subject}",
        "Message-ID: <plain@mx.example.net>",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        "",
    ]
    return "\r\n".join([*top, *lines, ""]).encode()


def exim() -> bytes:
    """Exim: the status is left open, the answer says more; a header names the recipient."""
    fields = [
        "Reporting-MTA: dns; mail.example.net",
        "",
        "Action: failed",
        f"Final-Recipient: rfc822;{BUYER}",
        "Status: 5.0.0",
        "Remote-MTA: dns; mx.example.com",
        f"Diagnostic-Code: smtp; 550 5.1.1 <{BUYER}> no such user",
    ]
    return report(
        sender="Mail Delivery System <Mailer-Daemon@mail.example.net>",
        subject="Mail delivery failed: returning message to sender",
        words="This message was created automatically by mail delivery software.",
        fields=fields,
        returned=letter(),
    )


def old_exim() -> bytes:
    """Exim before it wrote reports: a header of its own, and the mail below."""
    return plain(
        "Mail Delivery System <Mailer-Daemon@mail.example.net>",
        "Mail delivery failed: returning message to sender",
        "A message that you sent could not be delivered. The following address failed:",
        "",
        f"  {BUYER}",
        "    Unrouteable address",
        "",
        "------ This is a copy of the message, including all the headers. ------",
        "",
        letter(),
        header=(f"X-Failed-Recipients: {BUYER}",),
    )


def exchange() -> bytes:
    """Microsoft 365: its own Message-ID for our mail, ours only in our private header; the
    answer of a directory that does not know the recipient is 5.4.1."""
    fields = [
        "Reporting-MTA: dns;eu01.prod.example.net",
        "Received-From-MTA: dns;eu02.prod.example.net",
        "",
        f"Final-Recipient: rfc822;{BUYER}",
        "Action: failed",
        "Status: 5.4.1",
        "Diagnostic-Code: smtp;550 5.4.1 Recipient address rejected: Access denied.",
    ]
    return report(
        sender="postmaster@example.net",
        subject="Undeliverable: Re: My order",
        words="Your message could not be delivered.",
        fields=fields,
        returned=letter("<EU01MB1234@eu01.prod.example.net>"),
    )


def gmail() -> bytes:
    """Gmail: an answer of several lines, and our Message-ID in the report itself."""
    fields = [
        "Reporting-MTA: dns; googlemail.example",
        f"X-Original-Message-ID: {OURS}",
        "",
        f"Final-Recipient: rfc822; {BUYER}",
        "Action: failed",
        "Status: 5.1.1",
        "Remote-MTA: dns; mx.example.com. (192.0.2.7, the server for the domain.)",
        "Diagnostic-Code: smtp; 550-5.1.1 The account that you tried to reach does not",
        " 550-5.1.1 exist. Please check for typing errors.",
        " 550 5.1.1 - gsmtp",
    ]
    return report(
        sender="Mail Delivery Subsystem <mailer-daemon@googlemail.example>",
        subject="Delivery Status Notification (Failure)",
        words=f"Your message wasn't delivered to {BUYER}.",
        fields=fields,
        returned="From: Blue Sheep Outdoor <shop@example.org>\r\nSubject: Re: My order\r\n",
    )


def ses() -> bytes:
    """Amazon SES: another Message-ID, a list of forwarding hosts, a disabled mailbox."""
    fields = [
        "Reporting-MTA: dns; a1-2.smtp-out.example.net",
        "",
        "Action: failed",
        f"Final-Recipient: rfc822; {BUYER}",
        "Diagnostic-Code: smtp; 550 5.2.1 mailbox disabled",
        "Status: 5.2.1",
    ]
    return report(
        sender="MAILER-DAEMON@a1-2.smtp-out.example.net",
        subject="Delivery Status Notification (Failure)",
        words="An error occurred while trying to deliver the mail.",
        fields=fields,
        returned=letter("<0100018f-000000@email.example.net>"),
    )


def utf8_report() -> bytes:
    """RFC 6533: the types of mail with letters beyond ASCII."""
    fields = [
        "Reporting-MTA: dns; mail.example.net",
        "",
        f"Final-Recipient: utf-8; {BUYER}",
        "Action: failed",
        "Status: 5.1.1",
    ]
    return report(
        sender="MAILER-DAEMON@mail.example.net",
        subject="Undelivered",
        words="gone",
        fields=fields,
        returned=letter(),
        returned_type="message/global-headers",
        kind="message/global-delivery-status",
    )


def qq() -> bytes:
    """QQ: a text for people, in Chinese."""
    return plain(
        "PostMaster@qq.example",
        "系统退信/Systems bounce",
        "抱歉，您的邮件被退回来了……",
        f"收件人邮件地址（{BUYER}）不存在，邮件无法送达。",
        f"host mx.example.com[192.0.2.7] said: 550 5.1.1 <{BUYER}> user unknown",
        "原始邮件",
        letter(),
    )


def netease() -> bytes:
    """NetEase: the fields of the mail first, the reason after."""
    return plain(
        "Postmaster@163.example",
        "系统退信",
        "您的邮件被退回",
        "主题：Re: My order",
        f"收件人：{BUYER}",
        "退信原因：SMTP error, RCPT TO: 550 User not found",
        "原邮件内容",
        letter(),
    )


def yandex() -> bytes:
    return plain(
        "mailer-daemon@yandex.example",
        "Недоставленное сообщение",
        "Это письмо отправлено почтовым сервером.",
        f"<{BUYER}>: нет такого пользователя (550 5.1.1)",
        "",
        letter(),
    )


DEAD = (postfix, qmail, exim, old_exim, exchange, gmail, ses, utf8_report, qq, netease, yandex)
