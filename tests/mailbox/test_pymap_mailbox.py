"""The mailbox against pymap, which has no SPECIAL-USE: another real server, another dialect."""

from __future__ import annotations

from servers.pymap_server import Pymap
from servers.shop_mailbox import MemoryKeeper, mail, settings_for, watching
from tactd.adapters.mailbox import check_login


def test_mail_is_fetched_found_and_copied_on_pymap(pymap: Pymap) -> None:
    ours = "<reply.17@shop.example.org>"
    keeper = MemoryKeeper()
    pymap.create("Sent Items")
    pymap.append(mail(1))
    pymap.append(mail(2), flags=(b"\\Answered",))
    with watching(keeper, settings_for(pymap)) as box:
        first = keeper.uids(at_start=True)
        pymap.append(mail(3))
        keeper.await_uids(max(first) + 2)
        assert box.find_sent(ours).result(3) is False
        assert box.append_sent(mail(4, message_id=ours), ours).result(3) is True
        assert box.find_sent(ours).result(3) is True
    assert [m.raw for m in keeper.mails()] == [mail(1), mail(3)]


def test_a_login_is_checked_on_pymap(pymap: Pymap) -> None:
    pymap.create("Sent Items")
    good = check_login(settings_for(pymap))
    assert (good.problem, good.inbox, good.sent) == ("", "INBOX", "Sent Items")
    bad = check_login(settings_for(pymap, password=lambda: "wrong"))
    assert "check user and password" in bad.problem
