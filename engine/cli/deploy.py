"""``windlass deploy``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from engine.cli.building import building_of, building_options
from engine.cli.options import choice_of, choice_options, engine_of, json_option, project_options
from engine.cli.variables import variable_options, variables_of

EPILOG = """\b
Examples:
  windlass deploy                      the branch of the checkout, where its policy says
  windlass deploy --target local       on this machine, without an AWS account
  windlass deploy --pr 42 --branch fix-login
  windlass deploy --changed-since origin/main
  windlass deploy --env prod --bundle bundle.tar.zst
"""


@click.command("deploy", epilog=EPILOG)
@project_options
@choice_options
@variable_options
@building_options
@click.option(
    "--refresh", is_flag=True, help="Provision, and compare with AWS, even if the plan is unchanged."
)
@click.option("--rebuild", is_flag=True, help="Build even if no source has changed.")
@click.option("--no-skip", is_flag=True, help="Deploy even if the commit message ends with [skip-cd].")
@click.option(
    "--changed-since",
    metavar="REF",
    help="Deploy only the applications that a change since this branch, tag or commit concerns; all of the "
    "file are looked at, or the one of --app-root.",
)
@click.option("--allow-replace", is_flag=True, help="Let resources that hold data be replaced or deleted.")
@click.option(
    "--bundle",
    type=click.Path(path_type=Path),
    help="Build nothing: deploy what `windlass build` wrote, a folder or a .tar.zst.",
)
@click.option(
    "--allow-inlined",
    is_flag=True,
    help="With --bundle: let values of the environment it was built for be in its files.",
)
@click.option("--verbose", "-v", is_flag=True, help="Keep every line of the build's output on the screen.")
@json_option
def command(
    changed_since: str | None,
    bundle: Path | None,
    allow_inlined: bool,
    as_json: bool,
    verbose: bool,
    **options: Any,
) -> None:
    """Provision, build, publish, activate and verify. What has not changed is not done again.

    A commit whose message ends with [skip-cd] is not deployed.
    """
    from engine.cli.running import run_verb
    from engine.cli.summary import Summary

    engine = engine_of(options, **variables_of(options), **building_of(options))
    choice = choice_of(options)
    summary = Summary()
    if bundle is not None:
        _refuse_with_bundle(options, changed_since)
        run_verb(
            lambda emit: engine.deploy_bundle(
                bundle, **choice, **options, allow_inlined=allow_inlined, on_event=summary.following(emit)
            ),
            as_json=as_json,
            verbose=verbose,
            finish=summary.show,
        )
        return
    if changed_since is not None:
        run_verb(
            lambda emit: engine.deploy_changed(
                changed_since, **choice, **options, on_event=summary.following(emit)
            ),
            as_json=as_json,
            verbose=verbose,
            finish=summary.show_all,
        )
        return
    run_verb(
        lambda emit: engine.deploy(**choice, **options, on_event=summary.following(emit)),
        as_json=as_json,
        verbose=verbose,
        finish=summary.show,
    )


def _refuse_with_bundle(options: dict[str, Any], changed_since: str | None) -> None:
    """Take the options out that are about a build; none may be given."""
    given = {"--changed-since": changed_since is not None}
    given |= {f"--{name.replace('_', '-')}": options.pop(name) for name in ("rebuild", "no_skip")}
    wrong = [name for name, value in given.items() if value]
    if wrong:
        raise click.BadParameter(f"goes with a build, not with --bundle: {', '.join(wrong)}")
