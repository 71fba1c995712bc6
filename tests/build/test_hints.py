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
        (127, "frontend.preBuild.1: line 1: nvm: command not found", "`nvm` is a function"),
        (134, "FATAL ERROR: Reached heap limit - JavaScript heap out of memory", "NODE_OPTIONS"),
        (1, "npm error code EBADENGINE", "another version of Node"),
        (1, 'error next@16: The engine "node" is incompatible with this', "another version of Node"),
        (1, "Error: Cannot find module 'left-pad'", "`left-pad` is not there"),
        (1, "Module not found: Error: Can't resolve './App' in '/app/src'", "`./App` is not there"),
        (1, 'Rollup failed to resolve import "react-dom" from "/app/x.js"', "`react-dom` is not there"),
        (1, 'npm error Missing script: "build"', "no script `build`"),
        (1, "Treating warnings as errors because process.env.CI = true.", "CI=false"),
        (1, "npm error code E401", "NPM_TOKEN"),
        (1, "npm error code ERESOLVE", "legacy-peer-deps"),
        (1, " ERR_PNPM_OUTDATED_LOCKFILE  Cannot install with", "lock file does not fit"),
        (1, "➤ YN0028: │ The lockfile would have been modified by this install", "lock file does not fit"),
        (1, " ERR_PNPM_NO_LOCKFILE  Cannot install with", "lock file that is not committed"),
        (1, "frontend.build.1: line 1: cd: frontend: No such file or directory", "share one shell"),
        (1, "Error: Cannot find module @rollup/rollup-linux-x64-gnu. npm has a bug", "for this platform"),
        (1, "Could not resolve \"../amplify_outputs.json\" from \"src/main.ts\"", "Amplify backend"),
        (127, "backend.build.1: line 1: amplifyPush: command not found", "AMPLIFY_SKIP_BACKEND_BUILD"),
        (127, "frontend.preBuild.1: line 1: yum: command not found", "does not change the system"),
        (127, "sh: 1: python3: not found", "`python3` is not on PATH"),
        (1, "Internal Error: Cannot find matching keyid: {", "packageManager"),
        (1, "request failed, reason: self-signed certificate in certificate chain", "NODE_EXTRA_CA_CERTS"),
        (1, "next/font: error: Failed to fetch `Inter` from Google Fonts.", "`Inter`"),
        (1, "browserType.launch: Executable doesn't exist at /root/.cache", "npx playwright install"),
        (1, "Error: listen EADDRINUSE: address already in use :::3000", "port 3000 is taken"),
        (1, "Error: Environment variable not found: DATABASE_URL.", "`DATABASE_URL`"),
        (1, "CredentialsProviderError: Could not load credentials", "never given those"),
        (3, "The Angular CLI requires a minimum Node.js version of v22.22.3", "another version of Node"),
        (1, "Node.js v20.20.2 is not supported by Astro!", "another version of Node"),
        (1, "TypeError: Promise.withResolvers is not a function", "another version of Node"),
        (1, "error TS2345: Argument of type", "TypeScript"),
        (128, "git@github.com: Permission denied (publickey).", "private repository"),
        (128, "fatal: could not read Username for 'https://github.com':", "asks for an answer"),
        (1, "npm error 404 'left-padd@*' is not in this registry.", "does not have a package"),
        (1, "cp: cannot create regular file '/usr/bin/x': Permission denied", "a build may not"),
        (1, "Need to install the following packages:\nx\nOk to proceed? (y) ", "asks for an answer"),
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
