"""Known causes of a failed command, told from what it printed, and what to do about each."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cause:
    """``pattern`` finds it in the output; ``hint`` may use the pattern's named group ``what``."""

    pattern: re.Pattern[str]
    hint: str


def _cause(pattern: str, hint: str) -> Cause:
    return Cause(re.compile(pattern, re.IGNORECASE), hint)


# The first that matches wins, so the more certain ones come first.
_CAUSES = (
    _cause(
        r"can only install with an existing package-lock|ENOENT.*package-lock\.json",
        "`npm ci` needs package-lock.json beside package.json: run `npm install` and commit the file it "
        "writes, or use `npm install` in amplify.yml",
    ),
    _cause(
        r"package\.json and package-lock\.json.*in sync|frozen-lockfile|lockfile needs to be updated",
        "the lock file does not fit package.json: run the install on your machine and commit the lock file",
    ),
    _cause(
        r"ENOENT.*/package\.json",
        "there is no package.json where the command ran: check `appRoot` and any `cd` before it",
    ),
    _cause(
        r"heap out of memory",
        "Node ran out of memory: set `NODE_OPTIONS: --max-old-space-size=4096` under `env.variables` in "
        "amplify.yml",
    ),
    _cause(
        r"ERR_OSSL_EVP_UNSUPPORTED|digital envelope routines::unsupported",
        "an old webpack meets a newer Node: update it, or set `NODE_OPTIONS: --openssl-legacy-provider` "
        "under `env.variables` in amplify.yml",
    ),
    _cause(
        r"warnings as errors because process\.env\.CI",
        "fix the warnings above, or run the command as `CI=false npm run build`",
    ),
    _cause(
        r"missing script:? \"?(?P<what>[\w:.-]+)",
        "package.json has no script `{what}`: add it, or name one that is there",
    ),
    _cause(
        r"ENOSPC|no space left on device",
        "the disk is full: free some space (build caches are in the user's cache folder)",
    ),
    _cause(
        r"nvm: (command )?not found",
        "there is no `nvm` here: remove the line, the build uses the Node that is on PATH",
    ),
    _cause(
        r"(?:^|: )(?P<what>[^\s:]+): (?:command )?not found",
        "`{what}` is not on PATH: add it to the dependencies and call it with `npx {what}`, or install it in "
        "a command before this one",
    ),
    _cause(
        r"cannot find (?:module|package) '(?P<what>[^']+)'|can't resolve '(?P<at>[^']+)'"
        r"|failed to resolve import \"(?P<or>[^\"]+)\"",
        "`{what}` is not there: add it to the dependencies in package.json; if it is a file of yours, check "
        "upper and lower case, which differ on Linux",
    ),
    _cause(
        r"EBADENGINE|unsupported engine|requires? node(?:\.js)? version|node(?:\.js)? version .* is required"
        r"|engine \"node\" is incompatible",
        "the app wants another version of Node than the one on PATH: install the one that its package.json "
        "or .nvmrc names and put it first on PATH",
    ),
    _cause(
        r"ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|could not resolve host",
        "a server could not be reached: check the network, the proxy and the registry in .npmrc",
    ),
    _cause(
        r"\bE40[13]\b|ENEEDAUTH|authentication token",
        "the registry refused: set NPM_TOKEN, or log in so that ~/.npmrc holds a token",
    ),
)

_BY_EXIT_CODE = {
    126: "the file is there but may not be run: `chmod +x` it, or call it with its interpreter",
    127: "a program was not found: install it in a command before this one",
    137: "something killed the command, most likely for want of memory",
}


def hint_for(exit_code: int, output: tuple[str, ...]) -> str:
    """What to do about a command that ended with ``exit_code`` after it printed ``output``; may be empty."""
    text = "\n".join(output)
    for cause in _CAUSES:
        if found := cause.pattern.search(text):
            what = next((name for name in found.groupdict().values() if name), "")
            return cause.hint.format(what=what)
    return _BY_EXIT_CODE.get(exit_code, "")
