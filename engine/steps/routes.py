"""The rules of an app: of its spec and output folder, of a bundle, or of the release that is live."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from engine.bundle.model import Bundle
from engine.errors import BuildError, NotFoundError
from engine.events import ignore
from engine.publish.entries import compile_entries
from engine.publish.environments import applies
from engine.publish.manifest import release_id
from engine.publish.proxies import is_proxy
from engine.publish.redirects import describe
from engine.results import ImportedRoutes, ListedRoute, TestedRoutes
from engine.routes.rules import Rules
from engine.spec import load_spec
from engine.spec.reader import contents
from engine.steps.resolve import opened, resolved

if TYPE_CHECKING:
    from engine.cancel import Cancel
    from engine.context import Settings
    from engine.environment.resolve import Choice
    from engine.events import Emit
    from engine.publish.environments import Names
    from engine.routes.model import Question
    from engine.spec.model import Redirect, Spec


async def rules_here(settings: Settings, choice: Choice, bundle: Path | None) -> Rules:
    """The rules of the spec, over the files of ``bundle``, or else of the output folder as it is now."""
    found = await asyncio.to_thread(resolved, settings, choice, ignore)
    spec, names = found.spec, found.environment.names
    if bundle:
        return _rules(await asyncio.to_thread(_described, bundle), spec, names)
    from engine.bundle.collect import collect

    try:
        return _rules(await collect(settings.project, spec, ignore), spec, names)
    except BuildError as error:
        empty = Bundle(Path(), (), spec.redirects, spec.custom_headers, trailing_slash=spec.trailing_slash)
        said = f"without an output folder, as if no file answered ({error.message})"
        return _rules(empty, spec, names, said)


async def rules_live(settings: Settings, choice: Choice, emit: Emit, cancel: Cancel) -> Rules:
    """The rules of the release that is live in an environment. Raises NotFoundError where none is."""
    from engine.publish.activate import live
    from engine.publish.bucket import read_manifest, s3_errors
    from engine.steps.publish import bucket_of, values_of

    context = await opened(settings, choice, emit, cancel, deploys=False)
    release = await live(await values_of(context))
    with s3_errors():
        manifest = await read_manifest(bucket_of(context), release) if release else None
    if manifest is None:
        raise NotFoundError(
            f"no release is live in {context.environment.name}",
            hint=f"Run `{context.environment.deploy_call}` first.",
        )
    where = _where(manifest.redirects, context.spec)
    names = context.environment.names
    remark = f"release {manifest.release}, live in {context.environment.name}"
    return Rules(manifest.keys, manifest.live, manifest.redirects, names, where, (remark,))


async def tested(settings: Settings, rules: Rules, questions: list[Question]) -> TestedRoutes:
    """What ``rules`` do to each of ``questions``."""
    outcomes = await asyncio.to_thread(rules.outcomes, questions, settings.host)
    return TestedRoutes(outcomes, rules.remarks)


def listed(settings: Settings, choice: Choice) -> tuple[ListedRoute, ...]:
    """The redirects of the spec that are for the environment, in order."""
    found = resolved(settings, choice, ignore)
    redirects = found.spec.redirects
    where = _where(redirects, found.spec)
    return tuple(
        ListedRoute(where.get(number, ""), describe(redirect), "reverse proxy" if is_proxy(redirect) else "")
        for number, redirect in enumerate(redirects)
        if applies(redirect, found.environment.names)
    )


def imported(settings: Settings, text: str, *, write: bool) -> ImportedRoutes:
    """See :meth:`engine.Engine.import_routes`."""
    from engine.routes.amplify_rules import amplify_rules
    from engine.routes.write import lines_of, with_redirects

    rules = amplify_rules(text)
    loaded = load_spec(settings.project, app_root=settings.app_root)
    spec, file = loaded.spec, Path(loaded.spec.file)
    added = [redirect for redirect in rules.redirects if redirect not in spec.redirects]
    lines = lines_of(added)
    if write and lines:
        number = loaded.applications.index(spec.app_root) if loaded.applications else None
        changed = with_redirects(contents(file).decode(), str(file), number, lines)
        file.write_bytes(changed.encode())
    already = len(rules.redirects) - len(added)
    return ImportedRoutes(str(file), tuple(lines), already, rules.untranslated)


def _rules(bundle: Bundle, spec: Spec, names: Names, *remarks: str) -> Rules:
    entries = compile_entries(bundle, release_id(bundle), names)
    where = _where(bundle.redirects, spec)
    return Rules(entries.keys, entries.live, bundle.redirects, names, where, remarks)


def _described(path: Path) -> Bundle:
    """A stored bundle without a look at its files, which no rule asks for."""
    from engine.bundle.load import describe_bundle

    return describe_bundle(path)


def _where(redirects: tuple[Redirect, ...], spec: Spec) -> dict[int, str]:
    """Number of a rule -> ``file:line`` of the same rule in ``spec``."""
    places: dict[int, str] = {}
    for number, redirect in enumerate(redirects):
        if redirect in spec.redirects:
            line = spec.lines.get(f"redirects[{spec.redirects.index(redirect)}]")
            places[number] = f"{spec.file}:{line}" if line else spec.file
    return places
