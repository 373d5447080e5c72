"""The fate of a mail, told from the stage and the reply."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tactd.core.fate import Fate, Stage, fate_of, one_line

BEFORE_DATA = [Stage.CONNECT, Stage.LOGIN, Stage.MAIL, Stage.RCPT]
CODES = st.one_of(st.none(), st.integers(-1, 1000))


@given(stage=st.sampled_from(BEFORE_DATA), code=CODES, text=st.text(max_size=40))
def test_before_data_nothing_can_have_been_delivered(
    stage: Stage, code: int | None, text: str
) -> None:
    assert fate_of(stage, code, text) in {Fate.PERMANENT, Fate.TRANSIENT, Fate.ACCOUNT}


@given(code=CODES, text=st.text(max_size=40))
def test_inside_data_only_a_true_refusal_means_that_nothing_was_delivered(
    code: int | None, text: str
) -> None:
    refused = fate_of(Stage.DATA, code, text) in {Fate.PERMANENT, Fate.TRANSIENT, Fate.ACCOUNT}
    assert refused == (code is not None and 400 <= code < 600)


@pytest.mark.parametrize("code", [250, 251, 252, 299])
def test_any_2yz_after_the_dot_is_success(code: int) -> None:
    assert fate_of(Stage.DATA, code) is Fate.ACCEPTED


@pytest.mark.parametrize(
    ("stage", "code", "text", "fate"),
    [
        (Stage.CONNECT, 421, "busy", Fate.TRANSIENT),
        (Stage.CONNECT, 554, "your address is blocked", Fate.ACCOUNT),
        (Stage.LOGIN, 454, "4.7.0 temporary authentication failure", Fate.TRANSIENT),
        (Stage.LOGIN, 454, "4.7.0 Too many login attempts", Fate.ACCOUNT),
        (Stage.LOGIN, 535, "5.7.8 bad credentials", Fate.ACCOUNT),
        (Stage.LOGIN, 550, "User suspended", Fate.ACCOUNT),
        (Stage.MAIL, 451, "later", Fate.TRANSIENT),
        (Stage.MAIL, 553, "sender must be the login", Fate.ACCOUNT),
        (Stage.MAIL, 530, "5.7.0 Must issue STARTTLS", Fate.ACCOUNT),
        (Stage.RCPT, 450, "greylisted", Fate.TRANSIENT),
        (Stage.RCPT, 550, "5.1.1 no such user", Fate.PERMANENT),
        (Stage.RCPT, 552, "5.2.2 mailbox over quota", Fate.PERMANENT),
        (Stage.RCPT, 550, "5.4.5 Daily user sending limit exceeded", Fate.ACCOUNT),
        (Stage.RCPT, 550, "5.7.30 Basic authentication is not supported", Fate.ACCOUNT),
        (Stage.DATA, 421, "closing", Fate.TRANSIENT),
        (Stage.DATA, 451, "MI:SFQ", Fate.ACCOUNT),
        (Stage.DATA, 554, "MI:STC 10.0.0.1", Fate.ACCOUNT),
        (Stage.DATA, 554, "DT:SPM content", Fate.PERMANENT),
        (Stage.DATA, 554, "5.2.0 STOREDRV; SubmissionQuotaExceededException", Fate.ACCOUNT),
        (Stage.DATA, 550, "Domain frequency limited", Fate.ACCOUNT),
        (Stage.DATA, 552, "message too large", Fate.PERMANENT),
    ],
)
def test_quota_login_and_policy_pause_the_account_and_never_condemn_the_buyers_address(
    stage: Stage, code: int, text: str, fate: Fate
) -> None:
    assert fate_of(stage, code, text) is fate


def test_what_the_server_said_becomes_one_clean_short_line() -> None:
    said = one_line("5.1.1 no\nsuch\x1b[31m user\u202e \udcff" + "x" * 1000)
    assert said.startswith("5.1.1 no such[31m user x")
    assert len(said) == 300
    said.encode()
