"""What ``windlass status --refresh`` shows."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any

from engine.cli.running import run_verb
from engine.errors import DriftError

if TYPE_CHECKING:
    from engine import Engine
    from engine.cli.reporters import Reporter
    from engine.provision.difference import Difference
    from engine.results import Drift

_LONGEST = 60  # characters of a value


def show_drift(engine: Engine, choice: dict[str, Any], *, as_json: bool) -> None:
    """Show what differs. Raises DriftError where anything does."""
    found = run_verb(lambda emit: engine.drift(**choice, on_event=emit), as_json=as_json, finish=_show)
    if found.differences:
        resources = {difference.urn for difference in found.differences}
        raise DriftError(
            f"{len(resources)} of the resources of {found.environment} are not as they were deployed",
            hint="Deploy with `--refresh` to make them as amplify.yml says.",
        )


def _show(reporter: Reporter, found: Drift) -> None:
    from engine.cli.reporters.words import short_type

    reporter.value("drift", dataclasses.asdict(found))
    if not found.differences:
        reporter.note(f"{found.environment} is as it was deployed")
        return
    rows = [
        (d.name, short_type(d.type), d.path or "(all of it)", _text(d.recorded), _actual(d))
        for d in found.differences
    ]
    reporter.table("", ("resource", "type", "property", "deployed", "at AWS"), rows)


def _actual(difference: Difference) -> str:
    return "gone" if difference.gone else _text(difference.actual)


def _text(value: Any) -> str:
    text = "-" if value is None else value if isinstance(value, str) else json.dumps(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."
