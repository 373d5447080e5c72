"""verify = "dkim": a signature proves who wrote only if it covers what is read, is of the
sender's own domain, and holds by a key that may be trusted (RFC 6376, RFC 8301)."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servers.dns_server import Names, name_server, silent_port
from shop import CONFIG, mail
from signed_samples import HEADERS, HOW, ed25519_key, key, sign
from tactd import wiring
from tactd.adapters import dkim as adapter
from tactd.adapters.dkim import Signatures
from tactd.config import load
from tactd.core.sender.signatures import (
    RSA_ONLY,
    header_fields,
    key_fits,
    signatures,
    signs_for,
    tags,
)
from tactd.core.types import Fetched, FolderRole, Signed, Slice
from tactd.errors import ConfigError
from tactd.flow.signed import PATIENCE, SenderCheck
from tactd.screens import why

PLACE = "s1._domainkey.example.com"
HOLDS = Signed("sender.dkim_checked", "example.com", whole=True)


@pytest.fixture
def names() -> Iterator[Names]:
    with name_server() as made:
        made.texts[PLACE] = [key().record]
        yield made


def clock() -> datetime:
    return datetime.now(UTC)


def check(raw: bytes, names: Names) -> Signed:
    return SenderCheck(Signatures(names.address), clock).of_bytes(raw)


def plain(words: str = "Where is  my order?  \n\n\n", **more: str) -> bytes:
    return mail(words, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("header", [b"relaxed", b"simple"])
@pytest.mark.parametrize("body", [b"relaxed", b"simple"])
def test_a_signature_of_the_senders_domain_proves_who_wrote(
    names: Names, header: bytes, body: bytes
) -> None:
    raw = sign(plain(), canonical=(header, body))
    assert check(raw, names) == HOLDS
    assert check(raw.replace(b"my order", b"my other"), names).code == "sender.signature_broken"
    assert check(raw.replace(b"Jane", b"Joan"), names).code == "sender.signature_broken"


def test_a_key_that_takes_two_packets_is_asked_for_over_tcp(names: Names) -> None:
    names.texts["long._domainkey.example.com"] = [f"{key().record}; n={'x' * 400}"]
    assert check(sign(plain(), selector="long"), names) == HOLDS


def test_a_key_is_asked_for_once(names: Names) -> None:
    checks = SenderCheck(Signatures(names.address), clock)
    assert [checks.of_bytes(sign(plain())) for _ in range(3)] == [HOLDS] * 3
    assert names.asked == [PLACE]


# ------------------------------------------------------------------ what proves nothing


def edited(raw: bytes, pattern: bytes, by: bytes) -> bytes:
    made, number = re.subn(pattern, by, raw, count=1)
    assert number == 1
    return made


WEAK = {
    "the length of the body": lambda: sign(plain(), length=True),
    "SHA-1": lambda: sign(plain(), algorithm=b"rsa-sha1"),
    "no subject": lambda: sign(plain(), headers=(b"from", b"date")),
    "no date": lambda: sign(plain(), headers=(b"from", b"subject")),
    "no Reply-To": lambda: sign(plain(Reply_To="jane@example.com")),
    "too old": lambda: edited(sign(plain()), rb"; t=\d+;", b"; t=1000000; x=1000001;"),
    "to come": lambda: edited(sign(plain()), rb"; t=\d+;", b"; t=99999999999;"),
    "another version": lambda: edited(sign(plain()), rb"v=1;", b"v=2;"),
    "a strange time": lambda: edited(sign(plain()), rb"; t=\d+;", b"; t=-1;"),
}


@pytest.mark.parametrize("made", WEAK.values(), ids=list(WEAK))
def test_a_signature_that_leaves_something_open_proves_nothing(names: Names, made: object) -> None:
    assert callable(made)
    assert check(made(), names).code == "sender.signature_weak"
    assert names.asked == []


@pytest.mark.parametrize("signer", ["example.net", "com", "mail.example.com", "xample.com"])
def test_a_signature_of_another_domain_proves_nothing(names: Names, signer: str) -> None:
    names.texts[f"s1._domainkey.{signer}"] = [key().record]
    assert check(sign(plain(), signer), names).code == "sender.unsigned"
    assert names.asked == []


def test_a_domain_may_be_signed_for_by_the_one_above_it(names: Names) -> None:
    assert check(sign(plain(sender="jane@shop.example.com")), names) == HOLDS


@pytest.mark.parametrize(
    ("signer", "domain", "expected"),
    [
        ("example.com", "example.com", True),
        ("example.com", "a.b.example.com", True),
        ("a.example.com", "example.com", False),
        ("a.example.com", "b.example.com", False),
        ("com", "example.com", False),
        ("co.uk", "shop.co.uk", False),
        ("shop.co.uk", "mail.shop.co.uk", True),
        ("", "example.com", False),
    ],
)
def test_nobody_signs_for_a_name_above_or_beside_his_own(
    signer: str, domain: str, expected: bool
) -> None:
    assert signs_for(signer, domain) is expected


ADDED = {
    "a second From": b"From: evil@example.net\r\n",
    "a From with a gap": b"From : evil@example.net\r\n",
    "a second Subject": b"Subject: I want my money back\r\n",
    "a second Content-Type": b"Content-Type: multipart/mixed; boundary=x\r\n",
    "a line that is no field": b"hello\r\n",
    "a line of a mailbox file": b"From jane Sat Nov 21\r\n",
    "a lone CR": b"X-A: b\rFrom: evil@example.net\r\n",
    "a NUL": b"X-A: b\0\r\n",
    "a line that continues nothing": b" x\r\n",
}


@pytest.mark.parametrize("added", ADDED.values(), ids=list(ADDED))
def test_what_two_readers_may_read_differently_proves_nothing(names: Names, added: bytes) -> None:
    found = check(added + sign(plain()), names)
    assert found.code in ("sender.header_unclear", "sender.from_unclear")


def test_a_signature_that_leaves_the_parts_open_says_so(names: Names) -> None:
    headers = tuple(name for name in HEADERS if name not in HOW)
    assert check(sign(plain(), headers=headers), names) == Signed(HOLDS.code, HOLDS.domain)


def test_of_several_signatures_one_that_holds_is_enough_and_few_are_tried(names: Names) -> None:
    good = sign(plain(), selector="s9")
    names.texts["s9._domainkey.example.com"] = [key().record]
    assert check(sign(good, "example.net"), names) == HOLDS
    assert check(sign(sign(good, selector="a"), selector="b"), names) == HOLDS
    raw = good
    for at in range(5):
        raw = sign(raw, selector=f"x{at}")
    names.asked.clear()
    assert check(raw, names).code == "sender.signature_broken"
    assert len(names.asked) == 3


# ------------------------------------------------------------------ ed25519 (RFC 8463)

NEWER = b"ed25519-sha256"


@pytest.fixture
def newer(names: Names) -> Names:
    names.texts["e1._domainkey.example.com"] = [ed25519_key().record]
    return names


def test_a_signature_of_the_newer_kind_proves_who_wrote(newer: Names) -> None:
    raw = sign(plain(), selector="e1", algorithm=NEWER)
    assert check(raw, newer) == HOLDS
    assert check(raw.replace(b"my order", b"my other"), newer).code == "sender.signature_broken"


@pytest.mark.parametrize("selector", ["s1", "gone"])
def test_a_signature_needs_a_key_of_its_own_kind(newer: Names, selector: str) -> None:
    raw = sign(plain(), selector=selector, algorithm=NEWER)
    assert check(raw, newer).code == "sender.signature_broken"
    assert check(sign(plain(), selector="e1"), newer).code == "sender.signature_broken"


@pytest.mark.parametrize("first", [NEWER, b"rsa-sha256"])
def test_where_the_newer_kind_cannot_be_checked_the_one_beside_it_counts(
    newer: Names, monkeypatch: pytest.MonkeyPatch, first: bytes
) -> None:
    monkeypatch.setattr(adapter, "ALGORITHMS", RSA_ONLY)
    alone = sign(plain(), selector="e1", algorithm=NEWER)
    both = sign(alone) if first == NEWER else sign(sign(plain()), selector="e1", algorithm=NEWER)
    assert check(both, newer) == HOLDS
    assert check(alone, newer).code == "sender.signature_weak"


# ------------------------------------------------------------------ keys


@pytest.mark.parametrize(
    "record",
    [
        "",
        "v=DKIM1; k=rsa; p=",
        "v=DKIM2; p=KEY",
        "v=DKIM1; k=ed25519; p=KEY",
        "v=DKIM1; t=y; p=KEY",
        "v=DKIM1; t=y:s; p=KEY",
        "v=DKIM1; h=sha1; p=KEY",
        "v=DKIM1; s=tlsrpt; p=KEY",
        "v=DKIM1; p=KEY; p=KEY",
        "v=DKIM1; p=AAAA",
        "v=DKIM1; p=%%%%",
        "v=DKIM1; n=" + "x" * 1300 + "; p=KEY",
        "hello",
    ],
)
def test_a_key_that_is_withdrawn_on_trial_or_for_something_else_proves_nothing(
    names: Names, record: str
) -> None:
    names.texts[PLACE] = [record.replace("KEY", key().public)]
    assert check(sign(plain()), names).code == "sender.signature_broken"


@pytest.mark.parametrize(
    "record", ["p=KEY", "v=DKIM1; h=sha1:sha256; s=*; t=s; p=KEY;", "k=rsa; s=email; p=KEY; n=x"]
)
def test_what_a_key_leaves_out_has_its_usual_value(names: Names, record: str) -> None:
    names.texts[PLACE] = [record.replace("KEY", key().public)]
    assert check(sign(plain()), names) == HOLDS


def test_a_key_that_wants_the_domain_itself_does_not_speak_for_one_below(names: Names) -> None:
    names.texts[PLACE] = [f"t=s; {key().record}"]
    raw = sign(plain(), identity="@mail.example.com")
    assert check(raw, names).code == "sender.signature_broken"


def test_a_short_key_proves_nothing(names: Names) -> None:
    names.texts[PLACE] = [key(768).record]
    assert check(sign(plain(), bits=768), names).code == "sender.signature_broken"


def test_two_keys_under_one_name_are_none_and_other_texts_do_not_matter(names: Names) -> None:
    names.texts[PLACE] = [key().record, "v=spf1 -all"]
    assert check(sign(plain()), names) == HOLDS
    names.texts[PLACE] = [key().record, "v=DKIM1; p=AAAA"]
    assert check(sign(plain()), names).code == "sender.signature_broken"


# ------------------------------------------------------------------ DNS that is silent


def test_where_dns_cannot_tell_nobody_vouches_and_it_is_said_so(names: Names) -> None:
    names.broken.add(PLACE)
    assert check(sign(plain()), names).code == "sender.key_unknown"
    assert check(sign(plain(), selector="none"), names).code == "sender.signature_broken"


def test_silent_dns_delays_mail_by_a_bounded_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapter, "TIMEOUT", 0.2)
    link, address = silent_port()
    with link:
        assert (
            SenderCheck(Signatures(address), clock).of_bytes(sign(plain())).code
            == "sender.key_unknown"
        )


class Slow:
    """Somebody who takes the time that a whole slice may take."""

    algorithms = RSA_ONLY

    def __init__(self) -> None:
        self.now, self.asked = 0.0, 0

    def hold(self, raw: bytes, signature: object) -> None:
        self.asked += 1
        self.now += PATIENCE


def test_a_slice_waits_for_dns_only_so_long() -> None:
    slow = Slow()
    checks = SenderCheck(slow, clock, ticks=lambda: slow.now)
    raw = sign(plain())
    fetched = [Fetched(uid=at, raw=raw, size=len(raw), received=clock()) for at in range(1, 60)]
    batch = Slice(
        role=FolderRole.INBOX, folder="INBOX", uidvalidity=1, watermark=None, mails=tuple(fetched)
    )
    found = checks.of_slice(batch).mails
    assert slow.asked == 1
    assert {one.signed.code for one in found if one.signed} == {"sender.key_unknown"}


def test_a_mail_of_which_only_the_beginning_was_fetched_is_not_checked(names: Names) -> None:
    raw = sign(plain())
    cut = Fetched(uid=1, raw=raw, size=9**9, received=clock(), truncated=True)
    batch = Slice(
        role=FolderRole.INBOX, folder="INBOX", uidvalidity=1, watermark=None, mails=(cut,)
    )
    (found,) = SenderCheck(Signatures(names.address), clock).of_slice(batch).mails
    assert found.signed == Signed("sender.cut_short")


# ------------------------------------------------------------------ hostile input


@pytest.mark.parametrize(
    "body",
    [
        b" " * 1_500_000 + b"x",
        (b" " * 150 + b"x") * 10_000,
        b"\t \r\n" * 300_000,
        b"\r\n" * 700_000,
    ],
    ids=["one gap", "gaps", "blank lines", "line ends"],
)
def test_no_body_takes_long_to_check(names: Names, body: bytes) -> None:
    raw = sign(plain()).partition(b"\r\n\r\n")[0] + b"\r\n\r\n" + body
    begun = time.monotonic()
    assert check(raw, names).code == "sender.signature_broken"
    assert time.monotonic() - begun < 3


@pytest.mark.parametrize(
    "value", [b"v=1; a=" + b" " * 7000, b"v=1;" * 1500, b";" * 8000, b"b=" + b"A \r\n\t" * 1500]
)
def test_no_signature_takes_long_to_read(names: Names, value: bytes) -> None:
    begun = time.monotonic()
    raw = b"DKIM-Signature: d=example.com; " + value + b"\r\n" + plain().replace(b"\n", b"\r\n")
    assert check(raw, names).code != HOLDS.code
    assert time.monotonic() - begun < 1


@given(st.binary(max_size=400))
@settings(max_examples=150)
def test_any_bytes_can_be_read(raw: bytes) -> None:
    now = clock()
    signatures(raw, "example.com", now)
    signatures(b"From: a@example.com\nDKIM-Signature: " + raw, "example.com", now)
    assert header_fields(raw) is None or isinstance(header_fields(raw), tuple)
    assert tags(raw) is None or all(tags(raw) or ())


@given(st.binary(max_size=60), st.integers(0, 1500))
@settings(max_examples=60)
def test_a_mail_that_was_changed_anywhere_below_is_not_proved(by: bytes, at: int) -> None:
    raw = sign(plain(), canonical=(b"simple", b"simple"))
    at = raw.index(b"\r\nFrom:") + at % (len(raw) - raw.index(b"\r\nFrom:"))
    changed = raw[:at] + by + raw[at + len(by) :]
    found = SenderCheck(Here(), clock).of_bytes(changed)
    assert found.code != HOLDS.code or _lines(changed) == _lines(raw) or _unsigned(raw, changed)


class Here(Signatures):
    """Knows the key without asking."""

    def _texts(self, name: str) -> list[bytes]:
        return [key().record.encode()]


def _lines(raw: bytes) -> bytes:
    return raw.replace(b"\r\n", b"\n").rstrip(b"\n")


def _unsigned(raw: bytes, changed: bytes) -> bool:
    """Did only change what the signature leaves open (Mime-Version)?"""
    fields, others = header_fields(raw) or (), header_fields(changed) or ()
    signed = set(HEADERS)
    body, other = raw.partition(b"\r\n\r\n")[2], changed.partition(b"\r\n\r\n")[2]
    return _lines(body) == _lines(other) and [one for one in fields if one[0] in signed] == [
        one for one in others if one[0] in signed
    ]


def test_key_fits_only_what_it_is_for() -> None:
    (one,) = signatures(sign(plain()), "example.com", clock() + timedelta(minutes=1))
    assert not isinstance(one, str)
    assert key_fits(key().record.encode(), one)
    assert not key_fits(key().record.encode() + b"; t=y", one)


def test_why_checks_the_mail_of_a_file_too(names: Names, tmp_path: Path) -> None:
    text = CONFIG.format(imap=9, smtp=9, user="x", mode="stage", auto="[]", language="en", more="")
    path = tmp_path / "config.toml"
    path.write_text(text.replace('authserv_id = ["mx.example.org"]', 'verify = "dkim"'), "utf-8")
    config = load(path, {})
    (tmp_path / "mail.eml").write_bytes(sign(plain("Where is my order?")))
    checks = wiring.sender_checks(config, wiring.Knobs(nameserver=names.address))
    store = wiring.store(config)
    told = why.of_file(store, wiring.rules(config), tmp_path / "mail.eml", clock(), checks)
    store.close()
    assert "sender.dkim_checked" in [one["data"].get("why") for one in told["trail"]]


def test_who_checks_himself_names_no_server_whose_word_counts(tmp_path: Path) -> None:
    text = CONFIG.format(imap=9, smtp=9, user="x", mode="stage", auto="[]", language="en", more="")
    path = tmp_path / "config.toml"
    path.write_text(text.replace("[replies]", 'verify = "dkim"\n[replies]'), "utf-8")
    with pytest.raises(ConfigError, match="leave out one of the two"):
        load(path, {})
    path.write_text(text.replace("[replies]", 'verify = "dkmi"\n[replies]'), "utf-8")
    with pytest.raises(ConfigError, match=r"mailbox\[0\].verify.*dkim"):
        load(path, {})
