"""The text of an explicit, commented ``amplify.yml`` for what was found."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from engine.spec.application import application_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from engine.detection.model import Detection

GUESS = "dist"
"""The output folder where none can be told; most bundlers write there."""

_WIDTH = 96


def render(found: Sequence[Detection], app: str) -> str:
    """The file for ``found``, one app or several, of a repository whose default name is ``app``."""
    lines = ["# Amplify's build specification; every key: windlass explain", "version: 1"]
    if len(found) == 1 and not found[0].app_root:
        lines += [f"app: {app}", *_application(found[0])]
    else:
        lines.append("applications:")
        roots = [one.app_root for one in found]
        for one in found:
            name = application_name(app, one.app_root, roots)
            body = [f"app: {name}", f"appRoot: {_scalar(one.app_root or '/')}", *_application(one)]
            lines += _indented(body, first="  - ", rest="    ")
    return "\n".join(lines) + "\n"


def _application(found: Detection) -> Iterator[str]:
    yield from _about(found)
    yield "frontend:"
    yield from _indented([*_place(found), *_phases(found), *_artifacts(found), *_cache(found)], "  ", "  ")
    if found.fallback:
        yield "redirects:"
        yield "  # a single page app: its router knows what no file answers"
        yield f"  - {{source: /<*>, target: {_scalar(found.fallback)}, status: 404-200}}"


def _about(found: Detection) -> Iterator[str]:
    for evidence in found.evidence:
        if evidence.noun in ("framework", "package manager", "Node", "rendering"):
            yield from _comment(str(evidence))
    for advice in found.advice:
        yield from _comment(f"note: {advice}")
    if found.framework and found.framework.public_prefixes:
        prefixes = " and ".join(found.framework.public_prefixes)
        yield from _comment(f"variables that begin with {prefixes} reach the browser: no secrets in them")


def _place(found: Detection) -> Iterator[str]:
    if found.build_path:
        yield "# commands run in, and folders count from, the repository's root"
        yield f"buildPath: {found.build_path}"


def _phases(found: Detection) -> Iterator[str]:
    if found.install or found.build:
        yield "phases:"
    for phase, commands in (("preBuild", found.install), ("build", found.build)):
        if commands:
            yield f"  {phase}:"
            yield "    commands:"
            yield from (f"      - {_scalar(command)}" for command in commands)


def _artifacts(found: Detection) -> Iterator[str]:
    base = "the repository's root" if found.build_path else "this folder" if not found.app_root else "appRoot"
    why = next((e.why for e in found.evidence if e.noun == "output folder"), "")
    yield "artifacts:"
    told = why if found.output else f"a guess, mend it: {why}" if why else "a guess, mend it"
    yield from _indented(_comment(f"what is published, relative to {base} ({told})"), "  ", "  ")
    yield f"  baseDirectory: {_scalar(found.output or GUESS)}"
    yield "  files:"
    yield from (f'    - "{glob}"' for glob in ("**/*", *found.unpublished))
    if found.framework and found.framework.fingerprinted:
        globs = ", ".join(found.framework.fingerprinted)
        yield from _indented(
            _comment(f"browsers keep for ever what has a hash in its name: {globs}"), "  ", "  "
        )


def _cache(found: Detection) -> Iterator[str]:
    if found.cache:
        yield "cache:"
        yield "  # kept from one build to the next"
        yield "  paths:"
        yield from (f'    - "{path}"' for path in found.cache)


def _comment(text: str) -> list[str]:
    plain = "".join(c if c.isprintable() else " " for c in text)
    return [f"# {line}" for line in textwrap.wrap(plain, _WIDTH)]


def _indented(lines: Sequence[str], first: str, rest: str) -> list[str]:
    return [(rest if number else first) + line for number, line in enumerate(lines)]


def _scalar(text: str) -> str:
    import yaml

    return yaml.safe_dump(text, allow_unicode=True, width=10**6).removesuffix("\n").removesuffix("\n...")
