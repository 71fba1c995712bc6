"""The provider as a gRPC server on this machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import grpc

    from engine.target import Target

_WORKERS = 16  # requests at once; each waits for the emulator most of its time
_GRACE = 2.0  # seconds for requests under way when it stops
_LARGEST_MESSAGE = 400 * 1024 * 1024  # as the Pulumi engine sets it for its own side


@dataclass(frozen=True, slots=True)
class Serving:
    """A provider that serves. The engine attaches to it by ``PULUMI_DEBUG_PROVIDERS=aws:<port>``."""

    port: int
    server: grpc.Server

    def stop(self) -> None:
        """Ends it; requests under way have two seconds to finish."""
        self.server.stop(_GRACE).wait()


def serve(target: Target) -> Serving:
    """Starts a provider for ``target`` on a free port of 127.0.0.1, in threads of this process.

    One serves one stack operation: its configuration (region, default tags) is that of the last Configure.
    """
    import threading
    from concurrent.futures import ThreadPoolExecutor

    import grpc
    from pulumi.runtime.proto import provider_pb2_grpc

    from engine.local.provider.cloud import Cloud
    from engine.local.provider.servicer import Provider

    options = [("grpc.max_receive_message_length", _LARGEST_MESSAGE)]
    server = grpc.server(ThreadPoolExecutor(_WORKERS, "aws-provider"), options=options)
    cloud = Cloud(target)
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(Provider(cloud), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    threading.Thread(target=cloud.warm, daemon=True).start()
    return Serving(port, server)
