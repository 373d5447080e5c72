"""`tactd once` in mode auto reads Sent back before it decides."""

from __future__ import annotations

from pathlib import Path

import pytest

from faults.prepared_shop import prepare
from servers.dovecot import Dovecot
from servers.sent_box import lay, over_days
from servers.smtp_recorder import smtp_recorder
from shop import ebay_mail


@pytest.mark.dovecot
async def test_once_answers_by_itself_after_it_has_read_a_long_sent_folder(
    dovecot: Dovecot, tmp_path: Path
) -> None:
    user = dovecot.fresh_user()
    lay(dovecot, user, over_days(2000, 50))
    async with smtp_recorder(login=True) as smtp:
        settle = 'settle = "0 seconds"\n'
        shop = prepare(
            tmp_path, imap=dovecot.imap, smtp=smtp.port, user=user, mode="auto", more=settle
        )
        assert await shop.service().once() == []  # nothing lay there at the first start
        assert shop.status()["mailboxes"][0]["sent_read"]
        dovecot.deliver([ebay_mail("Hello, where is my parcel?")], user)
        assert await shop.service().once() == []
        assert len(smtp.mails) == 1
