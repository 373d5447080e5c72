"""The reference: a plain imapclient that downloads an INBOX and does nothing with it.

Run as a process of its own, so that its memory is its own: bare.py PORT USER PASSWORD.
"""

from __future__ import annotations

import json
import sys
import time

from imapclient import IMAPClient

SLICE = 100


def download(port: int, user: str, password: str) -> dict[str, float]:
    started = time.perf_counter()
    count = 0
    with IMAPClient("127.0.0.1", port, ssl=False) as client:
        client.login(user, password)
        client.select_folder("INBOX", readonly=True)
        uids = client.search("ALL")
        for at in range(0, len(uids), SLICE):
            count += len(client.fetch(uids[at : at + SLICE], ["BODY.PEEK[]"]))
    return {"mails": count, "seconds": time.perf_counter() - started}


if __name__ == "__main__":
    print(json.dumps(download(int(sys.argv[1]), sys.argv[2], sys.argv[3])))
