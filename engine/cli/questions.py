"""What ``windlass init`` asks in a terminal: which apps, and where a build writes that no file tells of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.detection.model import Detection


def chosen(found: Sequence[Detection]) -> list[Detection]:
    """Those of the apps that somebody wants, asked in the terminal."""
    roots = [one.app_root or "." for one in found]
    for one, root in zip(found, roots, strict=True):
        click.echo(f"  {root}: {one.framework.name if one.framework else 'no framework known'}")
    question = "Which apps? Their folders, or all"
    wanted = click.prompt(question, default="all", value_proc=lambda text: _folders(text, roots))
    return [one for one, root in zip(found, roots, strict=True) if root in wanted]


def _folders(text: str, roots: Sequence[str]) -> list[str]:
    named = text.replace(",", " ").split()
    wanted = list(roots) if named == ["all"] else [name.strip("/") or "." for name in named]
    if not wanted or not set(wanted) <= set(roots):
        raise click.UsageError(f"say some of {', '.join(roots)}, or all")
    return wanted


def located(found: Sequence[Detection], output: str, *, asking: bool) -> list[Detection]:
    """Each app with the folder that its build writes: ``output`` of a single one, else what was found, what
    somebody answers, or a guess that says so.

    Raises UsageError for one ``output`` of several apps, click.UsageError for one outside of the app.
    """
    from engine.errors import UsageError

    if output and len(found) > 1:
        raise UsageError("--output is of one app, and there are several", hint="Name it with --app-root.")
    return [_located(one, output, asking=asking) for one in found]


def _located(one: Detection, output: str, *, asking: bool) -> Detection:
    from engine.detection.model import Evidence
    from engine.detection.render import GUESS

    if output or (asking and not one.output):
        name = one.app_root or "the app"
        question = f"Which folder does the build of {name} write?"
        told = _folder(output) if output else click.prompt(question, default=GUESS, value_proc=_folder)
        kept = tuple(e for e in one.evidence if e.noun != "output folder")
        return replace(one, output=told, evidence=(*kept, Evidence("output folder", told, "as you said")))
    if one.output:
        return one
    return replace(one, advice=(*one.advice, f"the output folder `{GUESS}` is a guess: say --output FOLDER"))


def _folder(text: str) -> str:
    from engine.spec.fields import folder

    try:
        return folder(text) or "."
    except ValueError as error:
        raise click.UsageError(f"the folder {error}") from None
