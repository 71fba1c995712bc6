from __future__ import annotations

import pytest

from engine.build.hints import hint_for


@pytest.mark.parametrize(
    ("code", "line", "hint"),
    [
        (
            1,
            "npm error The `npm ci` command can only install with an existing package-lock.json or",
            "needs package-lock.json",
        ),
        (1, "npm error `npm ci` can only install packages when your package.json and package-lock.json or "
            "npm-shrinkwrap.json are in sync.", "lock file does not fit"),
        (254, "npm error enoent Could not read package.json: Error: ENOENT: no such file or directory, open "
              "'/app/package.json'", "no package.json where"),
        (127, "frontend.build.1: line 1: hugo: command not found", "`hugo` is not on PATH"),
        (127, "sh: 1: vite: not found", "`vite` is not on PATH"),
        (127, "frontend.preBuild.1: line 1: nvm: command not found", "no `nvm` here"),
        (134, "FATAL ERROR: Reached heap limit - JavaScript heap out of memory", "NODE_OPTIONS"),
        (1, "npm error code EBADENGINE", "another version of Node"),
        (1, 'error next@16: The engine "node" is incompatible with this', "another version of Node"),
        (1, "Error: Cannot find module 'left-pad'", "`left-pad` is not there"),
        (1, "Module not found: Error: Can't resolve './App' in '/app/src'", "`./App` is not there"),
        (1, 'Rollup failed to resolve import "react-dom" from "/app/x.js"', "`react-dom` is not there"),
        (1, 'npm error Missing script: "build"', "no script `build`"),
        (1, "Treating warnings as errors because process.env.CI = true.", "CI=false"),
        (1, "npm error code E401", "NPM_TOKEN"),
        (126, "", "chmod +x"),
        (137, "Killed", "memory"),
        (1, "a failure nobody knows {with} braces", ""),
    ],
)  # fmt: skip
def test_known_causes_get_a_hint(code, line, hint):
    found = hint_for(code, ("some output", line, "more"))
    assert hint in found
    assert bool(hint) == bool(found)


def test_the_more_certain_cause_wins():
    output = ("npm warn EBADENGINE Unsupported engine {", "sh: 1: vite: not found")
    assert "`vite`" in hint_for(127, output)
