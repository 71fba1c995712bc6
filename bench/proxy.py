"""A proxy in front of the emulator that keeps what is read and what is written."""

from __future__ import annotations

import http.client
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_HOP = {"connection", "transfer-encoding", "content-length", "keep-alive"}


@dataclass
class Seen:
    """``method path`` of every request, by whether it can change anything."""

    port: int
    reads: list[str] = field(default_factory=list)
    writes: list[str] = field(default_factory=list)


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that ends its connection is no error."""


@contextmanager
def counting(upstream: int) -> Iterator[Seen]:
    """A proxy to 127.0.0.1:``upstream`` while the block runs."""
    seen = Seen(0)
    server = _Server(("127.0.0.1", 0), _handler(upstream, seen))
    seen.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield seen
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _handler(upstream: int, seen: Seen) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _pass_on(self) -> None:
            kept = seen.reads if self.command in ("GET", "HEAD") else seen.writes
            kept.append(f"{self.command} {self.path}")
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            there = http.client.HTTPConnection("127.0.0.1", upstream)
            there.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
            for name, value in self.headers.items():
                there.putheader(name, value)
            there.endheaders(body or None)
            self._answer(there.getresponse())
            there.close()

        def _answer(self, answer: http.client.HTTPResponse) -> None:
            content = answer.read()
            self.send_response_only(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in _HOP:
                    self.send_header(name, value)
            length = answer.getheader("content-length") if self.command == "HEAD" else str(len(content))
            self.send_header("Content-Length", length or "0")
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = do_PATCH = _pass_on  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler
