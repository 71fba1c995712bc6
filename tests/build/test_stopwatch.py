from __future__ import annotations

import time

import pytest

from engine.build.stopwatch import Stopwatch


def test_blocks_add_up_and_what_is_between_does_not():
    watch = Stopwatch()
    with watch.running() as before:
        assert before == 0
        time.sleep(0.02)
    time.sleep(0.05)
    with pytest.raises(ValueError), watch.running() as before:
        assert 0.02 <= before < 0.05
        raise ValueError
    assert watch.seconds < 0.06
