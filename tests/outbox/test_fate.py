"""The fate of a mail, told from the stage and the reply."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tactd.core.fate import Delivery, Fate, QuotaSign, Stage, fate_of, one_line, under_quota

HOUR = timedelta(hours=1)
SIGNS = (
    QuotaSign(code=550, says="frequency limited", pause=HOUR, rests="account"),
    QuotaSign(code=451, says="mi:sfq", pause=HOUR / 4, rests="mailbox"),
)
BEFORE_DATA = [Stage.CONNECT, Stage.LOGIN, Stage.MAIL, Stage.RCPT]
CODES = st.one_of(st.none(), st.integers(-1, 1000))


@given(stage=st.sampled_from(BEFORE_DATA), code=CODES)
def test_before_data_nothing_can_have_been_delivered(stage: Stage, code: int | None) -> None:
    assert fate_of(stage, code) in {Fate.PERMANENT, Fate.TRANSIENT, Fate.ACCOUNT}


@given(code=CODES)
def test_inside_data_only_a_true_refusal_means_that_nothing_was_delivered(
    code: int | None,
) -> None:
    refused = fate_of(Stage.DATA, code) in {Fate.PERMANENT, Fate.TRANSIENT, Fate.ACCOUNT}
    assert refused == (code is not None and 400 <= code < 600)


@pytest.mark.parametrize("code", [250, 251, 252, 299])
def test_any_2yz_after_the_dot_is_success(code: int) -> None:
    assert fate_of(Stage.DATA, code) is Fate.ACCEPTED


@pytest.mark.parametrize(
    ("stage", "code", "fate"),
    [
        (Stage.CONNECT, 421, Fate.TRANSIENT),
        (Stage.CONNECT, 554, Fate.ACCOUNT),  # our address is blocked
        (Stage.LOGIN, 454, Fate.TRANSIENT),
        (Stage.LOGIN, 535, Fate.ACCOUNT),
        (Stage.LOGIN, 550, Fate.ACCOUNT),  # user suspended
        (Stage.MAIL, 451, Fate.TRANSIENT),
        (Stage.MAIL, 553, Fate.ACCOUNT),  # the sender must be the login
        (Stage.MAIL, 530, Fate.ACCOUNT),
        (Stage.RCPT, 530, Fate.ACCOUNT),
        (Stage.RCPT, 450, Fate.TRANSIENT),
        (Stage.RCPT, 550, Fate.PERMANENT),
        (Stage.RCPT, 552, Fate.PERMANENT),
        (Stage.DATA, 421, Fate.TRANSIENT),
        (Stage.DATA, 554, Fate.PERMANENT),
    ],
)
def test_what_is_refused_before_the_recipient_is_named_never_condemns_the_buyers_address(
    stage: Stage, code: int, fate: Fate
) -> None:
    assert fate_of(stage, code) is fate


@pytest.mark.parametrize("stage", list(Stage))
def test_a_quota_rests_the_account_at_whatever_stage_it_is_spoken_of(stage: Stage) -> None:
    said = "Domain Frequency Limited [10.0.0.1]"
    end = under_quota(Delivery(fate_of(stage, 550), 550, said, stage), SIGNS)
    assert (end.fate, end.pause, end.quota) == (Fate.ACCOUNT, HOUR, SIGNS[0])
    assert (end.code, end.text, end.stage) == (550, said, stage)


@given(
    stage=st.sampled_from(Stage),
    code=CODES.filter(lambda code: code not in (550, 451)),
    said=st.sampled_from(["frequency limited", "MI:SFQ", "no such user"]),
)
def test_no_other_reply_is_taken_for_a_quota_whatever_it_says(
    stage: Stage, code: int | None, said: str
) -> None:
    end = Delivery(fate_of(stage, code), code, said, stage)
    assert under_quota(end, SIGNS) == end
    assert end.pause is None


@pytest.mark.parametrize(
    ("stage", "code", "all_wait"),
    [
        (Stage.CONNECT, 421, True),
        (Stage.LOGIN, 454, True),
        (Stage.MAIL, 450, True),
        (Stage.CONNECT, None, False),  # nobody answered: each mail finds out for itself
        (Stage.MAIL, 334, False),  # no answer that could be understood
        (Stage.RCPT, 450, False),  # greylisting is about the one recipient
        (Stage.DATA, 451, False),
        (Stage.MAIL, 550, False),  # that is no matter of minutes
    ],
)
def test_a_4yz_before_the_recipient_is_named_puts_off_all_mails(
    stage: Stage, code: int | None, all_wait: bool
) -> None:
    assert Delivery(fate_of(stage, code), code, "later", stage).puts_off_all is all_wait


def test_what_the_server_said_becomes_one_clean_short_line() -> None:
    said = one_line("5.1.1 no\nsuch\x1b[31m user\u202e \udcff" + "x" * 1000)
    assert said.startswith("5.1.1 no such[31m user x")
    assert len(said) == 300
    said.encode()
