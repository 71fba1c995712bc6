"""Which variables a build of an app has, and which of them reach the browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.doctor.project import App

_PUBLIC = re.compile(
    r"(?:VITE|NEXT_PUBLIC|REACT_APP|VUE_APP|GATSBY|EXPO_PUBLIC|NUXT_PUBLIC|NG_APP|STORYBOOK|PUBLIC|SNOWPACK_PUBLIC)_\w+"
)
# Set by the tools themselves, by the shell, or by Windlass as Amplify does.
_BUILT_IN = re.compile(
    r"PUBLIC_URL|NODE_ENV|CI|GATSBY_ACTIVE_ENV|HOME|PATH|PWD|OLDPWD|USER|SHELL|LANG|TERM|TZ|TMPDIR|RANDOM|HOSTNAME"
    r"|LC_\w+|BASH\w*|SECONDS|LINENO|IFS|OPTARG|OPTIND|REPLY|PPID|UID|NVM_\w+|PNPM_HOME|BUN_INSTALL|NPM_TOKEN"
    r"|(?:HTTPS?|NO|ALL)_PROXY|npm_\w+|AWS_\w+|AMPLIFY_\w+|WINDLASS\w*|_\w+|VERCEL_\w+|EXPO_OS"
)
_CONFIGS = (
    "vite.config.",
    "next.config.",
    "nuxt.config.",
    "astro.config.",
    "svelte.config.",
    "webpack.",
    "rsbuild.config.",
    "vue.config.",
    "gatsby-config.",
    "craco.config.",
    "config-overrides.",
    "app.config.",
    "angular.json",
    "env.d.ts",
    ".env-cmdrc",
    "quasar.config.",
    "rollup.config.",
)
_ASSIGNED = re.compile(
    r"(?:^|[\s;&|(])(?P<set>[A-Za-z_]\w*)(?:=(?!\"?\$\{?(?P=set)\b)|\s+in\s)"
    r"|\bread\s+(?:-\w+\s+)*(?P<read>[A-Za-z_]\w*)",
    re.MULTILINE,
)
_SETS = r"(?:^|[\s;&|\"'(]|export\s|-e\s){name}="
_NOT_ITSELF = r"(?!\$\{{?{name}\}}?|\"?\$\{{?{name}\b)"


def is_public(name: str) -> bool:
    """Whether a framework puts variables of such names into what the browser gets."""
    return bool(_PUBLIC.fullmatch(name))


def is_set(app: App, name: str) -> bool:
    """Whether anything that other machines have as well gives ``name`` a value."""
    if name in app.spec.variables or _BUILT_IN.fullmatch(name):
        return True
    if any(e.name == name and not app.project.is_ignored(e.file) for e in app.dotenv):
        return True
    return bool(
        re.search((_SETS + _NOT_ITSELF).format(name=re.escape(name)), _said(app))
    ) or name in configuration(app)


def assigned(app: App) -> frozenset[str]:
    """The names that the commands themselves give a value: ``export X=``, ``read X``, ``for X in``."""
    text = "\n".join(call.step.command for call in app.calls)
    return frozenset(found["set"] or found["read"] for found in _ASSIGNED.finditer(text))


def _said(app: App) -> str:
    scripts = app.package.scripts.values() if app.package else ()
    return "\n".join((*(call.step.command for call in app.calls), *scripts))


def configuration(app: App) -> str:
    """The text of the configuration files beside package.json: `define`, `env`, `envPrefix`."""
    folder = app.project.folder / app.working
    files = (path for path in folder.iterdir() if path.name.startswith(_CONFIGS) and path.is_file())
    return "\n".join(path.read_text(errors="replace")[:200_000] for path in files)
