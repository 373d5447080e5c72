from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tactd.config.servers import LOOPBACK, Server, server


@pytest.mark.parametrize(
    ("text", "protocol", "value"),
    [
        ("imaps://imap.example.com", "imap", Server("imap.example.com", 993, "tls")),
        ("imap+starttls://imap.example.com", "imap", Server("imap.example.com", 143, "starttls")),
        (
            "imap+starttls://MX.example.com:1143/",
            "imap",
            Server("mx.example.com", 1143, "starttls"),
        ),
        ("imap://127.0.0.1:31143", "imap", Server("127.0.0.1", 31143, "plain")),
        ("imap://[::1]", "imap", Server("::1", 143, "plain")),
        ("smtps://smtp.example.com", "smtp", Server("smtp.example.com", 465, "tls")),
        ("smtp+starttls://smtp.example.com", "smtp", Server("smtp.example.com", 587, "starttls")),
        ("smtp://localhost:1025", "smtp", Server("localhost", 1025, "plain")),
    ],
)
def test_a_server_is_named_by_an_url(text: str, protocol: str, value: Server) -> None:
    assert server(text, protocol) == value


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("imap://imap.example.com", '"imaps://imap.example.com"'),
        ("imap://127.0.0.1.example.com", "in the clear"),
        ("imap://localhost.example.com", "in the clear"),
        ("smtps://smtp.example.com", "imaps:// or imap+starttls://"),
        ("https://imap.example.com", '"imaps://imap.example.com"'),
        ("imap.example.com", '"imaps://imap.example.com"'),
        ("imaps://jane:secret@imap.example.com", "no name or password"),
        ("imaps://jane@imap.example.com", "no name or password"),
        ("imaps://:secret@imap.example.com", "no name or password"),
        ("imaps://imap.example.com/INBOX", "only the server's name"),
        ("imaps://imap.example.com?x=1", "only the server's name"),
        ("imaps://", "only the server's name"),
        ("imaps://imap_example!com", "only the server's name"),
        ("imaps://imap.example.com:0", "from 1 to 65535"),
        ("imaps://imap.example.com:99999", "from 1 to 65535"),
        ("imaps://imap.exa\nmple.com", "a blank"),
        ("imaps://[::1", "no address"),
    ],
)
def test_an_url_that_is_wrong_or_unsafe_is_refused_with_a_hint(text: str, hint: str) -> None:
    with pytest.raises(ValueError, match=r".") as refusal:
        server(text, "imap")
    assert hint in str(refusal.value)
    assert "secret" not in str(refusal.value)


@given(st.text() | st.text("imap:/+stl.@[]0123456789 -").map("imap://{}".format))
def test_no_plain_connection_ever_leaves_the_machine(text: str) -> None:
    try:
        found = server(text, "imap")
    except ValueError:
        return
    assert found.security != "plain" or found.host in LOOPBACK
