"""Pulumi's engine events -> Windlass's: what happens to which resource, and what went wrong."""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING, Any

from engine.events import ResourceChanged
from engine.plan.changes import Change
from engine.provision.retained import Planned

if TYPE_CHECKING:
    from collections.abc import Callable

    from pulumi.automation.events import EngineEvent, StepEventMetadata

_STACK_TYPE = "pulumi:pulumi:Stack"
_COLOR = re.compile(r"<\{%.*?%\}>")
_OPERATIONS = {
    "create": "create",
    "update": "update",
    "delete": "delete",
    "replace": "replace",
    "same": "same",
    "read": "read",
    "refresh": "refresh",
    "import": "create",
}


class Collector:
    """Takes engine events from any thread, never raises (an error in a callback would be swallowed by the
    SDK), tells ``report`` about resources, and keeps the changes, the error diagnostics and the stack's
    outputs (None if no event told them; secrets as ``[secret]``). Pulumi says "delete" of what it only lets
    go of as well: the URNs in ``kept``.
    """

    def __init__(
        self,
        report: Callable[[ResourceChanged], None],
        *,
        planned: bool = False,
        kept: frozenset[str] = frozenset(),
    ) -> None:
        self._report = report
        self._planned = planned
        self._kept = kept
        self._lock = threading.Lock()
        self._changes: dict[str, Change] = {}
        self._created: dict[str, Planned] = {}
        self.errors: list[str] = []
        self.outputs: dict[str, Any] | None = None

    def __call__(self, event: EngineEvent) -> None:
        """Take one event."""
        with self._lock:
            if event.resource_pre_event:
                self._step(event.resource_pre_event.metadata, "planned" if self._planned else "running")
            elif event.res_outputs_event and not self._planned:
                self._step(event.res_outputs_event.metadata, "done")
                self._take_outputs(event.res_outputs_event.metadata)
            elif event.res_op_failed_event:
                self._step(event.res_op_failed_event.metadata, "failed")
            elif event.diagnostic_event and event.diagnostic_event.severity == "error":
                self.errors.append(_plain(event.diagnostic_event.message))

    @property
    def changes(self) -> tuple[Change, ...]:
        """Every resource seen, in order, with what is done to it."""
        return tuple(self._changes.values())

    @property
    def created(self) -> tuple[Planned, ...]:
        """What a preview would create."""
        return tuple(self._created.values())

    def _step(self, metadata: StepEventMetadata, status: str) -> None:
        operation = _OPERATIONS.get(str(metadata.op.value))
        if operation == "delete" and metadata.urn in self._kept:
            operation = "keep"
        if operation is None or metadata.type == _STACK_TYPE or metadata.type.startswith("pulumi:providers:"):
            return
        name = metadata.urn.rsplit("::", 1)[-1]
        keys = tuple(metadata.detailed_diff or metadata.diffs or ())
        self._changes[metadata.urn] = Change(operation, metadata.type, name, metadata.urn, keys)
        if operation == "create" and metadata.new is not None:
            new, urn = metadata.new, metadata.urn
            inputs = dict(new.inputs or {})
            self._created[urn] = Planned(urn, new.type, name, new.parent, new.provider, inputs)
        if operation != "same":
            self._report(
                ResourceChanged(
                    operation=operation,
                    type=metadata.type,
                    name=name,
                    status=status,
                    urn=metadata.urn,
                    keys=keys,
                )
            )

    def _take_outputs(self, metadata: StepEventMetadata) -> None:
        if metadata.type == _STACK_TYPE and metadata.new is not None and metadata.new.outputs is not None:
            self.outputs = dict(metadata.new.outputs)


def _plain(message: str) -> str:
    return _COLOR.sub("", message).strip()
