"""``python -m engine.local.provider --endpoint http://127.0.0.1:4610``: the provider as a process.

Prints its port on stdout and runs until stdin closes or SIGTERM or SIGINT arrives.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from typing import TYPE_CHECKING

import click

from engine.local.provider.server import serve
from engine.target import LOCAL_REGION, Target

if TYPE_CHECKING:
    from types import FrameType


@click.command()
@click.option("--endpoint", required=True, help="Where the embedded AWS is: http://127.0.0.1:PORT.")
@click.option("--region", default=LOCAL_REGION, show_default=True, help="The region of its resources.")
def main(endpoint: str, region: str) -> None:
    """Serve the local `aws` provider until stdin closes."""
    over = _until_told_to_stop()
    serving = serve(Target("local", region=region, endpoint=endpoint))
    print(serving.port, flush=True)
    over.wait()
    serving.stop()


def _until_told_to_stop() -> threading.Event:
    over = threading.Event()

    def tell(_signal: int, _frame: FrameType | None) -> None:
        over.set()

    signal.signal(signal.SIGTERM, tell)
    signal.signal(signal.SIGINT, tell)
    threading.Thread(target=_tell_when_closed, args=(sys.stdin.fileno(), over), daemon=True).start()
    return over


def _tell_when_closed(stdin: int, over: threading.Event) -> None:
    while os.read(stdin, 4096):
        pass
    over.set()


if __name__ == "__main__":
    main()
