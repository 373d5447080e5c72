"""`tactd demo`: the real daemon on a shop of invented people, with mail servers of its own.

`orders.py` and `mails.py` are the shop: what was sold, and what comes in. `servers.py` are an IMAP
and an SMTP server on the loopback. `folder.py` makes the folder, `show.py` runs the daemon in it,
`tell.py` says what happens.
"""
