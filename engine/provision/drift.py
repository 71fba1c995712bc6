"""Pulumi's engine events of a refresh -> what differs: which property of which resource, and how."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from engine.provision.difference import Difference
from engine.provision.engine_events import Collector

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pulumi.automation.events import EngineEvent, StepEventMetadata, StepEventStateMetadata

_STEP = re.compile(r'\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.\[\]]+)')
# What people set by hand there may be a secret that nobody marked as one.
_VARIABLES = "environment"
_HIDDEN = "[secret]"


class Differences(Collector):
    """Takes the events of a refresh that only looks, and keeps what it found to differ."""

    def __init__(self) -> None:
        super().__init__(lambda _: None, planned=True)
        self._found: dict[str, list[Difference]] = {}

    @property
    def differences(self) -> tuple[Difference, ...]:
        """By resource, in the order of their names."""
        every = (difference for found in self._found.values() for difference in found)
        return tuple(sorted(every, key=lambda difference: (difference.name, difference.path)))

    def __call__(self, event: EngineEvent) -> None:
        """Take one event."""
        super().__call__(event)
        if event.res_outputs_event:
            metadata = event.res_outputs_event.metadata
            with self._lock:
                self._found[metadata.urn] = list(differences(metadata))


def differences(metadata: StepEventMetadata) -> Iterator[Difference]:
    """What a step of a refresh says to differ; nothing for a resource that is as it was."""
    name = metadata.urn.rsplit("::", 1)[-1]
    operation = str(metadata.op.value)
    if operation == "delete":
        yield Difference(metadata.type, name, metadata.urn, "")
    elif operation == "update":
        for path in metadata.detailed_diff or metadata.diffs or ():
            recorded, actual = _value(metadata.old, path), _value(metadata.new, path)
            yield Difference(metadata.type, name, metadata.urn, path, recorded, actual)


def value_at(values: Mapping[str, Any] | None, path: str) -> Any:
    """The value at a property path such as ``tags["a.b"]``, ``rules[0].name``; None where there is none."""
    here: Any = values
    for quoted, number, plain in _STEP.findall(path):
        try:
            here = here[int(number)] if number else here[quoted or plain]
        except (KeyError, IndexError, TypeError):
            return None
    return here


def _value(state: StepEventStateMetadata | None, path: str) -> Any:
    if state is None:
        return None
    found = value_at(state.inputs, path)
    found = value_at(state.outputs, path) if found is None else found
    return _HIDDEN if path.startswith(_VARIABLES) and found is not None else found
