"""A stand-in for ``pulumi-language-python``, where the official download of Pulumi is out of reach.

Only the CLI is a Go module that can be built; its Python language host comes with the official download.
This one says the same protocol with the server of the SDK and runs the program in its own process. It does
less than the real one (no second process for the program, no look for plugins), so it never favors Windlass.
"""
# ruff: noqa: N802  (the method names are those of the protocol)

from __future__ import annotations

import runpy
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import grpc
from pulumi.automation._server import LanguageServer
from pulumi.runtime.proto import language_pb2, language_pb2_grpc


class Host(LanguageServer):
    """Runs ``__main__.py`` of the working directory, which the CLI sets to that of ``Pulumi.yaml``."""

    def __init__(self, engine: str) -> None:
        super().__init__(_program)
        self._engine = engine

    def Handshake(self, request: Any, context: Any) -> language_pb2.LanguageHandshakeResponse:
        """Agree to everything."""
        return language_pb2.LanguageHandshakeResponse()

    def Run(self, request: Any, context: Any) -> Any:
        """Run the program; the address of the engine comes on the command line, not in the request."""
        request.args[:] = [self._engine]
        return super().Run(request, context)  # type: ignore[no-untyped-call]


def main() -> None:
    """Serve until the CLI ends this process; the port is the first line of stdout."""
    server = grpc.server(ThreadPoolExecutor(max_workers=4))
    language_pb2_grpc.add_LanguageRuntimeServicer_to_server(Host(sys.argv[-1]), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(port, flush=True)
    threading.Event().wait()


def _program() -> None:
    runpy.run_path(str(Path("__main__.py").resolve()), run_name="__main__")


if __name__ == "__main__":
    main()
