import asyncio

import pytest

from engine.local.emulator.flush import Flush


async def _fails(scope, receive, send):
    raise RuntimeError


async def _passes(scope, receive, send):
    pass


@pytest.mark.parametrize(
    ("scope", "saves"),
    [
        ({"type": "http", "method": "GET"}, 0),
        ({"type": "http", "method": "HEAD"}, 0),
        ({"type": "http", "method": "PUT"}, 1),
        ({"type": "http", "method": "POST"}, 1),
        ({"type": "http", "method": "DELETE"}, 1),
        ({"type": "websocket"}, 1),
        ({"type": "lifespan"}, 0),
    ],
)
def test_what_may_change_something_is_saved_once(scope, saves):
    saved = []
    flush = Flush(_passes, lambda: saved.append(1))
    asyncio.run(flush(scope, None, None))
    flush.flush()
    flush.flush()
    assert len(saved) == saves


def test_a_request_that_fails_may_have_changed_something():
    saved = []
    flush = Flush(_fails, lambda: saved.append(1))
    with pytest.raises(RuntimeError):
        asyncio.run(flush({"type": "http", "method": "POST"}, None, None))
    flush.flush()
    assert saved


def test_it_keeps_saving_what_comes_later():
    async def scenario():
        saved = []
        flush = Flush(_passes, lambda: saved.append(1), pause=0.01)
        keeping = asyncio.create_task(flush.keep())
        for _ in range(2):
            await flush({"type": "http", "method": "PUT"}, None, None)
            await asyncio.sleep(0.05)
        keeping.cancel()
        return len(saved)

    assert asyncio.run(scenario()) == 2
