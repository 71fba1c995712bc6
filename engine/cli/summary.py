"""What the end of a deployment tells."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.cli.reporters import Reporter
    from engine.events import Event
    from engine.results import ChangedDeployments, Deployment


class Summary:
    """Keeps what the end of a deployment tells: the steps with their times, the resources touched."""

    def __init__(self) -> None:
        self.steps: list[tuple[str, str, str]] = []
        self.resources: list[tuple[str, str, str, str]] = []

    def following(self, emit: Any) -> Any:
        """An ``emit`` that keeps what it hands on."""

        def follow(event: Event) -> None:
            emit(event)
            self._keep(event)

        return follow

    def show(self, reporter: Reporter, deployment: Deployment) -> None:
        """Show the steps and how the deployment ended."""
        self._tables(reporter)
        self._ended(reporter, deployment)

    def show_all(self, reporter: Reporter, changed: ChangedDeployments) -> None:
        """Show the steps of all deployments and how each ended."""
        self._tables(reporter)
        for deployment in changed.deployments:
            self._ended(reporter, deployment)
        decisions = [dataclasses.asdict(decision) for decision in changed.decisions]
        reporter.value("changed", {"decisions": decisions})
        left = sum(not decision.deploys for decision in changed.decisions)
        reporter.note(f"\n{len(changed.deployments)} applications deployed, {left} skipped")

    def _tables(self, reporter: Reporter) -> None:
        if self.resources:
            reporter.table("Resources", ("", "resource", "type", "why"), self.resources)
        if not reporter.live:
            reporter.table("Steps", ("step", "time", ""), self.steps)

    def _ended(self, reporter: Reporter, deployment: Deployment) -> None:
        reporter.value("deployed", dataclasses.asdict(deployment))
        reporter.note("")
        if deployment.skipped:
            reporter.note(f"skipped: {deployment.skipped}")
            return
        state = "nothing has changed: release" if deployment.unchanged else "live: release"
        reporter.note(f"{state} {deployment.release}, {deployment.seconds:.1f} s in all")
        reporter.note(deployment.url)

    def _keep(self, event: Event) -> None:
        from engine.cli.reporters.words import done, short_type
        from engine.events import ResourceChanged, StepFinished, StepSkipped
        from engine.plan.why import why

        match event:
            case StepFinished():
                self.steps.append((event.step, f"{event.seconds:.2f} s", event.summary))
            case StepSkipped():
                self.steps.append((event.step, "-", event.reason))
            case ResourceChanged() if event.status == "done":
                row = (done(event.operation), event.name, short_type(event.type), why(event.name))
                self.resources.append(row)
