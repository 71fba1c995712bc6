"""The emulator's process: ``python -m engine.local.emulator.server '{"folder": ..., "port": ...}'``.

A daemon. It tells that it serves by one line on stdout, the port, and then closes it; what goes wrong it
writes to stderr, and ends. Only here, in a process of its own, is ministack imported, for it reads
os.environ on import and changes logging and Hypercorn for the whole process.
"""

from __future__ import annotations

import asyncio
import fcntl
import logging
import os
import shutil
import signal
import socket
import sys
import time
from typing import TYPE_CHECKING

from engine.errors import LocalTargetError, WindlassError
from engine.local.edge import Edge, sites_of
from engine.local.emulator import patches
from engine.local.emulator.flush import Flush
from engine.local.emulator.functions import Functions
from engine.local.emulator.guard import Guard
from engine.local.emulator.record import Record, write
from engine.local.emulator.settings import Settings, functions_folder, take_environment
from engine.local.page_script import PageScript, sites_with_users
from engine.process import started

if TYPE_CHECKING:
    from pathlib import Path

    from engine.local.asgi import App, Message, Receive, Scope, Send

_LOOK_EVERY = 2.0
_GRACE_SECONDS = 1.0


def main() -> None:
    """Become a daemon and serve until SIGTERM or SIGINT."""
    settings = Settings.from_json(sys.argv[1])
    if os.fork():
        os._exit(0)
    try:
        run(settings)
    except WindlassError as error:
        sys.exit(error.message)


def run(settings: Settings) -> None:
    """Serve with ``settings`` in this process.

    Raises PrerequisiteError for a wrong ministack, LocalTargetError if the port or the data is taken.
    """
    os.umask(0o077)
    patches.check_version()
    with (settings.folder / "emulator.lock").open("a") as lock, listen(settings.port) as listener:
        hold(lock.fileno())
        port: int = listener.getsockname()[1]
        take_environment(settings, port)
        patches.check_names()
        write(settings.folder, Record(port, os.getpid(), started(os.getpid()) or "", time.time()))
        asyncio.run(serve(settings, listener, port))


def listen(port: int) -> socket.socket:
    """A socket that listens on ``port`` of 127.0.0.1, and on nothing else."""
    try:
        return socket.create_server(("127.0.0.1", port), backlog=128)
    except OSError as error:
        raise LocalTargetError(f"port {port} cannot be used: {error.strerror}") from error


def hold(descriptor: int) -> None:
    """Take the lock that one emulator has for as long as it lives: two on the same data would ruin it."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise LocalTargetError("another emulator already has this project's data") from None


async def serve(settings: Settings, listener: socket.socket, port: int) -> None:
    """Serve on ``listener`` until a signal asks to stop; the state is on disk afterwards."""
    from hypercorn.asyncio import serve as hypercorn
    from hypercorn.config import Config

    logging.getLogger("windlass").setLevel(logging.INFO)
    functions = Functions(settings.data / "tmp" / "functions")
    patches.apply(functions, settings)
    app, flush = assemble(port)
    config = Config()
    config.bind = [f"fd://{os.dup(listener.fileno())}"]  # Hypercorn closes what it is given
    config.graceful_timeout = _GRACE_SECONDS
    config.keep_alive_timeout = 75
    config.loglevel = "WARNING"
    keeping = asyncio.create_task(flush.keep())

    async def until_asked() -> None:
        gone = asyncio.create_task(_folder_gone(settings.data))
        asked = asyncio.create_task(_signalled())
        await asyncio.wait({gone, asked}, return_when=asyncio.FIRST_COMPLETED)
        if asked.done():
            flush.flush()
        gone.cancel()

    await hypercorn(_announced(app, port), config, shutdown_trigger=until_asked)
    keeping.cancel()
    await asyncio.to_thread(end_children, functions, settings)


def end_children(functions: Functions, settings: Settings) -> None:
    """End the processes of functions and resolvers, which outlive this one for a moment otherwise."""
    from ministack.core import appsync_js, lambda_runtime

    functions.close()
    appsync_js.reset()
    lambda_runtime.reset()
    shutil.rmtree(functions_folder(settings, os.environ), ignore_errors=True)


def assemble(port: int) -> tuple[App, Flush]:
    """All of it in order, outermost first: guard, then edge or flush and ministack."""
    from ministack import app as gateway
    from ministack.core.persistence import save_all
    from ministack.services import cloudfront, cognito

    def save() -> None:
        save_all(gateway._build_persistence_save_dict())

    edge = Edge(
        lambda: sites_of(cloudfront._distributions.values(), cloudfront._tags),
        cloudfront.handle_viewer_request,
        port,
        cloudfront._get_distribution_aliases,
    )
    pages = PageScript(edge, lambda: sites_with_users(cognito._user_pools.values()), port)
    flush = Flush(gateway.app, save)
    return Guard(pages, edge.with_index(flush), edge.has), flush


async def _folder_gone(data: Path) -> None:
    """Return once somebody has removed the project's data: nobody could find this process any more."""
    while data.is_dir():  # noqa: ASYNC110  # the file system tells nobody
        await asyncio.sleep(_LOOK_EVERY)


async def _signalled() -> None:
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, asked.set)
    await asked.wait()


def _announced(app: App, port: int) -> App:
    async def announce_and_serve(scope: Scope, receive: Receive, send: Send) -> None:
        async def announcing(message: Message) -> None:
            await send(message)
            if message["type"] == "lifespan.startup.complete":
                _say_ready(port)

        await app(scope, receive, announcing if scope["type"] == "lifespan" else send)

    return announce_and_serve


def _say_ready(port: int) -> None:
    print(port, flush=True)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


if __name__ == "__main__":
    main()
