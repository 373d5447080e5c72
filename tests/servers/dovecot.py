"""A real Dovecot in a private folder, on ports of its own, with LMTP for delivery.

Any user name is let in with PASSWORD, so each test takes a fresh one and has an empty mailbox.
"""

from __future__ import annotations

import getpass
import grp
import os
import shutil
import smtplib
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from imapclient import IMAPClient

PASSWORD = "open-sesame"
HOW_TO_GET_IT = "no Dovecot: apt-get install dovecot-imapd dovecot-lmtpd dovecot-sieve"

_CONFIG = """\
base_dir = {dir}/run
log_path = {dir}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
ssl = yes
ssl_cert = <{dir}/cert.pem
ssl_key = <{dir}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_username_format = %Ln
auth_failure_delay = 0
default_internal_user = {inner_user}
default_login_user = {inner_user}
default_internal_group = {inner_group}
first_valid_uid = {first_uid}
mail_location = maildir:~/Maildir
mail_fsync = never
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={mail_user} gid={mail_group} home={dir}/home/%u allow_all_users=yes
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Sent {{
    auto = subscribe
    special_use = \\Sent
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    port = {lmtp}
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
protocol lmtp {{
  postmaster_address = postmaster@example.org
}}
"""


@dataclass(frozen=True)
class Dovecot:
    folder: Path
    imap: int
    imaps: int
    lmtp: int
    host: str = "127.0.0.1"
    password: str = PASSWORD
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def owner(self) -> tuple[str, str]:
        """The user and group whose files the mailboxes are."""
        return ("nobody", "nogroup") if os.geteuid() == 0 else _me()

    def fresh_user(self) -> str:
        return f"seller{next(self._numbers)}"

    def deliver(self, raws: Sequence[bytes], user: str, connections: int = 1) -> None:
        """By LMTP; the mails are dealt out to the connections. Returns when all are accepted."""
        shares = [raws[start::connections] for start in range(connections)]
        with ThreadPoolExecutor(connections) as pool:
            list(pool.map(lambda share: self._deliver(share, user), shares))

    def _deliver(self, raws: Sequence[bytes], user: str) -> None:
        with smtplib.LMTP(self.host, self.lmtp) as lmtp:
            for raw in raws:
                lmtp.sendmail("buyer@example.com", [f"{user}@example.org"], raw)

    @contextmanager
    def client(self, user: str) -> Iterator[IMAPClient]:
        """Another mail program of the same seller."""
        with IMAPClient(self.host, self.imap, ssl=False, timeout=10) as client:
            client.login(user, self.password)
            yield client

    def trusting(self) -> ssl.SSLContext:
        """TLS settings of a client that trusts this server, under the name `localhost`."""
        return ssl.create_default_context(cafile=str(self.folder / "cert.pem"))

    def kick(self, user: str) -> None:
        config = str(self.folder / "dovecot.conf")
        subprocess.run(
            [_program("doveadm"), "-c", config, "kick", user], check=True, capture_output=True
        )


@contextmanager
def running_dovecot(more: str = "") -> Iterator[Dovecot]:
    """Works as root and, with its own user for everything, as anybody else. `more` is added to its
    configuration."""
    folder = Path(tempfile.mkdtemp(prefix="tactd-dovecot-"))
    folder.chmod(0o755)  # the mail user must get through
    server = Dovecot(folder, *(_free_port() for _ in range(3)))
    _write(server, more)
    process = subprocess.Popen(
        [_program("dovecot"), "-c", str(folder / "dovecot.conf"), "-F"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _await_port(server.imap, process)
        _await_port(server.lmtp, process)
        yield server
    finally:
        process.terminate()
        process.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


def installed() -> bool:
    return bool(_program("dovecot")) and Path("/usr/lib/dovecot/lmtp").exists()


def required() -> bool:
    return os.environ.get("TACTD_REQUIRE_DOVECOT") == "1" or os.environ.get("CI") == "true"


def _program(name: str) -> str:
    """Debian keeps dovecot in /usr/sbin, which is not on everybody's path."""
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/bin") or ""


def _write(server: Dovecot, more: str) -> None:
    home = server.folder / "home"
    home.mkdir()
    _certify(server.folder)
    root = os.geteuid() == 0
    me, group = _me()
    shutil.chown(home, *server.owner)
    config = _CONFIG.format(
        dir=server.folder,
        imap=server.imap,
        imaps=server.imaps,
        lmtp=server.lmtp,
        password=server.password,
        inner_user="nobody" if root else me,
        inner_group="nogroup" if root else group,
        mail_user=server.owner[0],
        mail_group=server.owner[1],
        first_uid=1,
    )
    (server.folder / "dovecot.conf").write_text(config + more, encoding="utf-8")


def _me() -> tuple[str, str]:
    return getpass.getuser(), grp.getgrgid(os.getegid()).gr_name


def _certify(folder: Path) -> None:
    words = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    words += ["-subj", "/CN=localhost"]
    words += ["-addext", "subjectAltName=DNS:localhost"]
    words += ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    subprocess.run(words, check=True, capture_output=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await_port(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.02)
    raise RuntimeError(f"nothing listens on port {port}")
