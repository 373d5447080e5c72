"""A name server on loopback, over UDP and TCP: what stands in `texts`, and what it keeps silent
about."""

from __future__ import annotations

import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset


@dataclass
class Names:
    port: int = 0
    texts: dict[str, list[str]] = field(default_factory=dict)  # "sel._domainkey.example.com"
    broken: set[str] = field(default_factory=set)  # it answers that it cannot tell
    asked: list[str] = field(default_factory=list)

    @property
    def address(self) -> tuple[str, int]:
        return "127.0.0.1", self.port

    def answer(self, wire: bytes, *, whole: bool) -> bytes:
        question = dns.message.from_wire(wire)
        made = dns.message.make_response(question)
        name = question.question[0].name.to_text(omit_final_dot=True).lower()
        self.asked.append(name)
        if name in self.broken:
            made.set_rcode(dns.rcode.SERVFAIL)
        elif name not in self.texts:
            made.set_rcode(dns.rcode.NXDOMAIN)
        elif len(max(self.texts[name], default="")) > 400 and not whole:
            made.flags |= dns.flags.TC  # asked again over TCP
        else:
            texts = [_quoted(text) for text in self.texts[name]]
            found = dns.rrset.from_text(question.question[0].name, 60, "IN", "TXT", *texts)
            made.answer.append(found)
        return made.to_wire(max_size=65535)


def _quoted(text: str) -> str:
    """In strings of at most 255 letters (RFC 1035 3.3.14)."""
    parts = (text[at : at + 255] for at in range(0, len(text) or 1, 255))
    return " ".join('"' + part.replace("\\", "\\\\").replace('"', '\\"') + '"' for part in parts)


@contextmanager
def name_server() -> Iterator[Names]:
    names = Names()

    class Datagram(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            wire, link = self.request
            link.sendto(names.answer(wire, whole=False), self.client_address)

    class Stream(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            length = int.from_bytes(self.rfile.read(2), "big")
            made = names.answer(self.rfile.read(length), whole=True)
            self.wfile.write(len(made).to_bytes(2, "big") + made)

    udp, tcp = _on_one_port(Datagram, Stream)
    with udp, tcp:
        names.port = udp.server_address[1]
        threads = [threading.Thread(target=one.serve_forever, args=(0.05,)) for one in (udp, tcp)]
        for thread in threads:
            thread.start()
        try:
            yield names
        finally:
            for server, thread in zip((udp, tcp), threads, strict=True):
                server.shutdown()
                thread.join()


def _on_one_port(
    datagram: type[socketserver.BaseRequestHandler], stream: type[socketserver.BaseRequestHandler]
) -> tuple[socketserver.ThreadingUDPServer, socketserver.ThreadingTCPServer]:
    """A port that is free for the one may be taken for the other."""
    for _ in range(20):
        udp = socketserver.ThreadingUDPServer(("127.0.0.1", 0), datagram)
        try:
            return udp, socketserver.ThreadingTCPServer(udp.server_address, stream)
        except OSError:
            udp.server_close()
    raise OSError("no port is free for both")


def silent_port() -> tuple[socket.socket, tuple[str, int]]:
    """An address where somebody listens, and never answers."""
    link = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    link.bind(("127.0.0.1", 0))
    return link, link.getsockname()
