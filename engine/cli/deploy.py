"""``windlass deploy``."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import click

from engine.cli.options import choice_of, choice_options, engine_of, json_option, project_options

if TYPE_CHECKING:
    from engine.cli.reporters import Reporter
    from engine.events import Event
    from engine.results import Deployment

EPILOG = """\b
Examples:
  windlass deploy                      the branch of the checkout, where its policy says
  windlass deploy --target local       on this machine, without an AWS account
  windlass deploy --pr 42 --branch fix-login
"""


@click.command("deploy", epilog=EPILOG)
@project_options
@choice_options
@click.option("--var", "variables", multiple=True, metavar="NAME=VALUE", help="A variable for the build.")
@click.option(
    "--secret",
    "secrets",
    multiple=True,
    metavar="NAME",
    help="A variable of this shell for the build, masked.",
)
@click.option(
    "--refresh", is_flag=True, help="Provision, and compare with AWS, even if the plan is unchanged."
)
@click.option("--rebuild", is_flag=True, help="Build even if no source has changed.")
@click.option("--allow-replace", is_flag=True, help="Let resources that hold data be replaced or deleted.")
@click.option("--verbose", "-v", is_flag=True, help="Keep every line of the build's output on the screen.")
@json_option
def command(
    variables: tuple[str, ...], secrets: tuple[str, ...], as_json: bool, verbose: bool, **options: Any
) -> None:
    """Provision, build, publish, activate and verify. What has not changed is not done again."""
    from engine.cli.running import run_verb

    engine = engine_of(options, variables=_pairs(variables), secrets=_from_shell(secrets))
    choice = choice_of(options)
    summary = _Summary()
    run_verb(
        lambda emit: engine.deploy(**choice, **options, on_event=summary.following(emit)),
        as_json=as_json,
        verbose=verbose,
        finish=summary.show,
    )


class _Summary:
    """Keeps what the end of a deployment tells: the steps with their times, the resources touched."""

    def __init__(self) -> None:
        self.steps: list[tuple[str, str, str]] = []
        self.resources: list[tuple[str, str, str, str]] = []

    def following(self, emit: Any) -> Any:
        def follow(event: Event) -> None:
            emit(event)
            self._keep(event)

        return follow

    def show(self, reporter: Reporter, deployment: Deployment) -> None:
        if self.resources:
            reporter.table("At AWS", ("", "resource", "type", "why"), self.resources)
        if not reporter.live:
            reporter.table("Steps", ("step", "time", ""), self.steps)
        reporter.value("deployed", dataclasses.asdict(deployment))
        reporter.note("")
        state = "nothing has changed: release" if deployment.unchanged else "live: release"
        reporter.note(f"{state} {deployment.release}, {deployment.seconds:.1f} s in all")
        reporter.note(deployment.url)

    def _keep(self, event: Event) -> None:
        from engine.cli.reporters.words import done, short_type
        from engine.events import ResourceChanged, StepFinished, StepSkipped
        from engine.plan.why import WHY

        match event:
            case StepFinished():
                self.steps.append((event.step, f"{event.seconds:.2f} s", event.summary))
            case StepSkipped():
                self.steps.append((event.step, "-", event.reason))
            case ResourceChanged() if event.status == "done":
                row = (done(event.operation), event.name, short_type(event.type), WHY.get(event.name, ""))
                self.resources.append(row)


def _pairs(variables: tuple[str, ...]) -> dict[str, str]:
    for variable in variables:
        if "=" not in variable:
            raise click.BadParameter(f"{variable!r} is not NAME=VALUE", param_hint="--var")
    return dict(variable.split("=", 1) for variable in variables)


def _from_shell(names: tuple[str, ...]) -> dict[str, str]:
    import os

    missing = [name for name in names if name not in os.environ]
    if missing:
        raise click.BadParameter(f"{', '.join(missing)} is not set in this shell", param_hint="--secret")
    return {name: os.environ[name] for name in names}
