"""The events of a run."""

from __future__ import annotations

import dataclasses
import inspect

from engine import events as module
from tools.docs.markdown import code, prose, table


def events() -> str:
    """Every event: its name in JSON lines, its class, what it says, its fields."""
    kinds = [
        kind
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, module.Event) and kind is not module.Event
    ]
    return table(
        ("event", "class", "says", "fields"),
        [
            (
                code(module.name_of(kind)),
                code(kind.__name__),
                prose(inspect.getdoc(kind) or ""),
                _fields(kind),
            )
            for kind in kinds
        ],
    )


def _fields(kind: type[module.Event]) -> str:
    return ", ".join(code(field.name) for field in dataclasses.fields(kind) if field.name != "time")
