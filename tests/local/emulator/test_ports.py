import socket

import pytest

from engine.errors import LocalTargetError
from engine.local.emulator.ports import FIRST, choose, free


@pytest.fixture
def taken():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_port_that_somebody_has_is_not_free(taken):
    assert not free(taken)


def test_the_recorded_port_comes_first_and_the_next_free_one_after_it(taken):
    with socket.create_server(("127.0.0.1", 0)) as server:
        recorded = server.getsockname()[1]
    assert choose(None, recorded) == recorded
    assert choose(None, taken) >= FIRST
    assert choose(None, taken) != taken


def test_a_port_asked_for_is_used_or_refused(taken):
    assert choose(0, 4610) == 0
    with pytest.raises(LocalTargetError, match=str(taken)):
        choose(taken, None)
