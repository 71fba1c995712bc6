"""``windlass routes``."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engine.cli.options import choice_of, choice_options, engine_of, json_option, project_options

if TYPE_CHECKING:
    from engine.cli.reporters import Reporter
    from engine.results import ImportedRoutes, TestedRoutes
    from engine.routes.model import RouteOutcome

EPILOG = """\b
Examples:
  windlass routes test /old/page '/docs?id=7'
  windlass routes list --env staging
  aws amplify get-app --app-id d123 | windlass routes import -
"""
_TEST_EPILOG = """\b
Examples:
  windlass routes test /blog/first https://www.example.com/ --country US
  windlass routes test /old --env staging --live
"""
_VERBS = {"redirect": "to", "file": "is", "proxy": "fetched from", "generated": "by the edge:"}


@click.group("routes", epilog=EPILOG)
def command() -> None:
    """Redirects, rewrites and headers: what they would do to a URL, and which rule does it."""


@command.command("test", epilog=_TEST_EPILOG)
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@project_options
@choice_options
@click.option(
    "--bundle", metavar="PATH", type=click.Path(path_type=Path), help="A bundle that `windlass build` made."
)
@click.option("--live", is_flag=True, help="The release that is live, instead of the files here.")
@click.option("--country", metavar="CODE", default="", help="The visitor's country, such as US.")
@click.option("--host", metavar="NAME", default="", help="The host that is asked, where the URL names none.")
@click.option("--method", metavar="NAME", default="GET", help="The method of the request.  [GET]")
@json_option
def test_command(urls: tuple[str, ...], as_json: bool, **options: Any) -> None:
    """Say what would happen to each URL: by the function that runs at the edge, without deploying.

    The files are those of the output folder as it is now; without one, as if no file answered.
    """
    from engine.cli.running import run_verb

    engine = engine_of(options)
    choice = choice_of(options)
    run_verb(
        lambda emit: engine.test_routes(urls, **choice, **options, on_event=emit),
        as_json=as_json,
        finish=_show_tested,
    )


@command.command("list", epilog="Example: windlass routes list --pr 7")
@project_options
@choice_options
@json_option
def list_command(as_json: bool, **options: Any) -> None:
    """List the redirects that are for an environment, in order."""
    from engine.cli.errors import near
    from engine.cli.reporters import reporter_for

    found = engine_of(options).routes(**choice_of(options))
    with reporter_for(as_json=as_json) as reporter:
        reporter.value("routes", {"rules": [dataclasses.asdict(route) for route in found]})
        rows = [
            (number, route.rule, route.remark, near(route.where)) for number, route in enumerate(found, 1)
        ]
        if rows:
            reporter.table("", ("", "rule", "", "from"), rows)
        else:
            reporter.note("there are no redirects")


@command.command(
    "import", epilog="Example: aws amplify get-app --app-id d1a2b3c4d5 | windlass routes import -"
)
@click.argument("file", type=click.File(encoding="utf-8"))
@project_options
@click.option("--print", "printed", is_flag=True, help="Print the rules instead of writing them.")
@json_option
def import_command(file: Any, printed: bool, as_json: bool, **options: Any) -> None:
    """Write the rules of an Amplify app into `redirects:` of amplify.yml; comments stay.

    FILE is the output of `aws amplify get-app`, or its list `customRules`; - reads it from a pipe.
    """
    from engine.cli.reporters import reporter_for

    done = engine_of(options).import_routes(file.read(), write=not printed)
    with reporter_for(as_json=as_json) as reporter:
        reporter.value("imported", dataclasses.asdict(done))
        if not as_json:
            _show_imported(reporter, done, printed)


def _show_tested(reporter: Reporter, tested: TestedRoutes) -> None:
    reporter.value("routes", dataclasses.asdict(tested))
    for remark in tested.remarks:
        reporter.note(remark)
    for outcome in tested.outcomes:
        for line in _lines(outcome):
            reporter.note(line)


def _lines(outcome: RouteOutcome) -> list[str]:
    from engine.cli.errors import near

    rule = f"rule {outcome.rule}" if outcome.rule else "no rule"
    where = f" ({near(outcome.where)})" if outcome.where else ""
    return [
        f"{outcome.url}: {outcome.status}, {_VERBS[outcome.kind]} {outcome.target}",
        f"  {rule}{where}",
        *(f"  header {name}: {value}" for name, value in outcome.headers.items()),
    ]


def _show_imported(reporter: Reporter, done: ImportedRoutes, printed: bool) -> None:
    from engine.cli.errors import near

    for line in done.added if printed else ():
        reporter.note(line)
    for rule in done.untranslated:
        reporter.note(f"left out: {rule.rule}")
        reporter.note(f"  {rule.reason}{f'; {rule.hint}' if rule.hint else ''}")
    counts = f"{len(done.added)} rules {'found' if printed else 'added'}, {done.already} were there"
    reporter.note(f"{near(done.file)}: {counts}, {len(done.untranslated)} left out")
