"""What a deployment says of functions on this machine."""

import asyncio
from types import SimpleNamespace

from engine.steps.local_functions import with_runtimes


def spec(runtime):
    function = SimpleNamespace(runtime=runtime, language="python")
    return SimpleNamespace(backend=SimpleNamespace(functions={"work": function}))


def said(tmp_path, kind):
    events = []
    asyncio.run(
        with_runtimes(
            SimpleNamespace(
                target=SimpleNamespace(kind=kind),
                spec=spec("python3.99"),
                settings=SimpleNamespace(host={"PATH": str(tmp_path), "HOME": str(tmp_path)}),
                emit=events.append,
            )
        )
    )
    return [event.message for event in events]


def test_a_runtime_that_is_not_here_is_warned_of(tmp_path):
    (warned,) = said(tmp_path, "local")
    assert "runtime python3.99 run on Python" in warned


def test_aws_has_them_all(tmp_path):
    assert said(tmp_path, "aws") == []
