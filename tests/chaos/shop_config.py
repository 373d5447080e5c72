"""The configuration of a day's shop."""

from __future__ import annotations

CONFIG = """
[seller]
name = "Blue Sheep Outdoor"
language = "en"
timezone = "Asia/Shanghai"
address = "me@example.org"

[[mailbox]]
name = "shop"
address = "shop@example.org"
imap = "imap://127.0.0.1:{imap}"
smtp = "smtp://127.0.0.1:{smtp}"
user = "{user}"
password = {{ env = "SHOP_PASSWORD" }}
authserv_id = ["mx.example.org"]

[replies]
mode = "{mode}"
auto = ["in_transit"]
settle = "0 seconds"

{more}
"""
