"""Which application of a file is meant, and its :class:`~engine.spec.model.Spec`."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from engine.errors import UsageError, Where
from engine.spec.env import Env, Variables
from engine.spec.fields import folder
from engine.spec.model import Application, Spec, SpecFile
from engine.spec.names import LABEL_LIMIT, slug
from engine.spec.node import Keys, Node, dotted

if TYPE_CHECKING:
    from collections.abc import Iterable

# What the top of the file says for every application.
_SHARED = ("redirects", "trailing_slash", "environments", "customHeaders")
_NONE = Variables()


def chosen(file: SpecFile, root: str | None, where: Where) -> int | None:
    """The number of the application whose ``appRoot`` is ``root``; the only one if ``root`` is None.

    None where the file has no ``applications``. Raises UsageError, naming the choices.
    """
    roots = _roots(file)
    if root is None:
        return _only(roots, where)
    wanted = _normal(root)
    if wanted in roots:
        return roots.index(wanted)
    if not roots and not wanted:
        return None
    raise UsageError(
        f"no application has the appRoot {wanted or '/'}",
        hint=f"Choose one with --app-root: {_shown(roots)}." if roots else "The file has no `applications:`.",
        where=where,
    )


def _normal(root: str) -> str:
    try:
        return folder(root)
    except ValueError as error:
        raise UsageError(f"the app root {error}", hint="Name a folder of the repository.") from None


def _only(roots: list[str], where: Where) -> int | None:
    if len(roots) > 1:
        raise UsageError(
            f"the file has {len(roots)} applications, and none is named",
            hint=f"Say --app-root, or set AMPLIFY_MONOREPO_APP_ROOT: {_shown(roots)}.",
            where=where,
        )
    return 0 if roots else None


def spec_of(file: SpecFile, number: int | None, default_app: str) -> Spec:
    """The application ``number`` of ``file`` (None: the file itself), with what the top shares with it.

    Its name is its own ``app``; else the file's; else ``default_app``, followed in a monorepo by its folder,
    so that two applications of one repository never share a stack.
    """
    own: Application = file if number is None else file.applications[number]
    app_root = (own.app_root or "") if number is not None else ""
    return Spec(
        app=own.app or file.app or application_name(default_app, app_root, _roots(file)),
        app_root=app_root,
        version=file.version,
        variables={**file.env.variables, **own.env.variables},
        secrets=tuple(dict.fromkeys((*file.env.secrets, *own.env.secrets))),
        branches=_branches(file.env, own.env),
        pull_requests=_over(file.env.pull_requests, own.env.pull_requests),
        backend=own.backend,
        frontend=own.frontend,
        test=own.test,
        custom_headers=own.custom_headers or file.custom_headers,
        redirects=own.redirects or file.redirects,
        trailing_slash=own.trailing_slash or file.trailing_slash,
        environments=own.environments or file.environments,
    )


def _roots(file: SpecFile) -> list[str]:
    return [application.app_root or "" for application in file.applications]


def _branches(shared: Env, own: Env) -> dict[str, Variables]:
    names = dict.fromkeys((*shared.branches, *own.branches))
    return {n: _over(shared.branches.get(n, _NONE), own.branches.get(n, _NONE)) for n in names}


def _over(shared: Variables, own: Variables) -> Variables:
    return Variables(variables={**shared.variables, **own.variables})


def application_name(base: str, app_root: str, roots: Iterable[str]) -> str:
    """The default name of the application in ``app_root``, of a repository called ``base`` with applications
    in ``roots``: no two of them have the same.
    """
    if not app_root:
        return base
    name = _joined(base, app_root)
    others = (_joined(base, root) for root in roots)
    if app_root.replace("/", "-") in name and list(others).count(name) == 1:
        return name
    mark = hashlib.sha256(app_root.encode()).hexdigest()[:6]
    return f"{slug(name, LABEL_LIMIT - 7)}-{mark}"


def _joined(base: str, app_root: str) -> str:
    return slug(f"{base[: LABEL_LIMIT // 2]}-{app_root}")


def lines_of(root: Node, number: int | None) -> dict[str, int]:
    """Dotted key -> line, for the keys of the application ``number`` and those at the top.

    The application's own come as if it were alone in the file: ``frontend.artifacts.baseDirectory``.
    """
    found = {path: node for path, node in root.walk() if path[0] != "applications"}
    if number is not None:
        entry = root.nearest(("applications", number))
        found = {path: node for path, node in found.items() if path[0] not in _overridden(entry)}
        found |= dict(entry.walk())
    return {dotted(path): node.where.line or 0 for path, node in found.items()}


def _overridden(entry: Node) -> Keys:
    return tuple(key for key in _SHARED if entry.child(key))


def _shown(roots: list[str]) -> str:
    return ", ".join(root or "/" for root in roots)
