"""What the phases may do, settled and told before anything is touched."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.build.controls import Controls, read_controls
from engine.environment.variables import values

if TYPE_CHECKING:
    from engine.context import Context


def controls_of(context: Context) -> Controls:
    """Amplify's control variables, as this deployment sees them. Raises BuildError."""
    return read_controls(context.spec, values(context.variables), context.settings.host)


def checked_phases(context: Context) -> Context:
    """The context with a spec that can run: commands that deploy an Amplify backend are left out of it.

    Warnings are emitted. Raises BuildError where a control variable makes no sense or no build could succeed,
    PrerequisiteError where the isolation that is demanded cannot be had, GuardError where less is asked.
    """
    # Not needed, and not loaded, where nothing has changed.
    from engine.build.amplify_backend import without_backend_deploys
    from engine.steps.isolation import settled_isolation

    controls = controls_of(context)
    settled_isolation(context).check()
    if controls.limit.warning:
        context.emit(controls.limit.warning)
    spec = without_backend_deploys(
        context.spec,
        context.app_folder,
        context.settings.host,
        context.emit,
        skip_backend=controls.skip_backend,
    )
    return replace(context, spec=spec)
