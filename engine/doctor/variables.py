"""Which variables a build of an app has, and which of them reach the browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.doctor.project import App

# Set by the tools themselves, by the shell, or by Windlass as Amplify does.
_BUILT_IN = re.compile(
    r"PUBLIC_URL|NODE_ENV|CI|GATSBY_ACTIVE_ENV|HOME|PATH|PWD|OLDPWD|USER|SHELL|LANG|TERM|TZ|TMPDIR|RANDOM|HOSTNAME"
    r"|LC_\w+|BASH\w*|SECONDS|LINENO|IFS|OPTARG|OPTIND|REPLY|PPID|UID|NVM_\w+|PNPM_HOME|BUN_INSTALL|NPM_TOKEN"
    r"|(?:HTTPS?|NO|ALL)_PROXY|npm_\w+|AWS_\w+|AMPLIFY_\w+|WINDLASS\w*|_\w+|VERCEL_\w+|EXPO_OS"
)
_ASSIGNED = re.compile(
    r"(?:^|[\s;&|(])(?P<set>[A-Za-z_]\w*)(?:=(?!\"?\$\{?(?P=set)\b)|\s+in\s)"
    r"|\bread\s+(?:-\w+\s+)*(?P<read>[A-Za-z_]\w*)",
    re.MULTILINE,
)
_SETS = r"(?:^|[\s;&|\"'(]|export\s|-e\s){name}="
_NOT_ITSELF = r"(?!\$\{{?{name}\}}?|\"?\$\{{?{name}\b)"


def is_set(app: App, name: str) -> bool:
    """Whether anything that other machines have as well gives ``name`` a value, in any environment."""
    if _BUILT_IN.fullmatch(name) or name in app.spec.secrets or any(name in p.variables for p in app.places):
        return True
    if any(entry.name == name and not app.project.is_ignored(entry.file) for entry in app.dotenv):
        return True
    sets = (_SETS + _NOT_ITSELF).format(name=re.escape(name))
    return bool(re.search(sets, _said(app))) or name in app.configuration


def lacking(app: App, name: str) -> tuple[str, ...]:
    """The environments that lack ``name`` where others are given it, and nothing else sets it."""
    given = [name in place.variables for place in app.places]
    elsewhere = any(entry.name == name for entry in app.dotenv) or name in _said(app) + app.configuration
    if all(given) or not any(given) or elsewhere or name in app.spec.secrets:
        return ()
    return tuple(place.title for place, has in zip(app.places, given, strict=True) if not has)


def assigned(app: App) -> frozenset[str]:
    """The names that the commands themselves give a value: ``export X=``, ``read X``, ``for X in``."""
    text = "\n".join(call.step.command for call in app.calls)
    return frozenset(found["set"] or found["read"] for found in _ASSIGNED.finditer(text))


def _said(app: App) -> str:
    scripts = app.package.scripts.values() if app.package else ()
    return "\n".join((*(call.step.command for call in app.calls), *scripts))
